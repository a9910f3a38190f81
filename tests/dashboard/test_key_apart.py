"""LLM-14: the key of the language model is in no session, page, file, log or download."""

from __future__ import annotations

import io
import logging
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.export.content import content_of
from analysis.export.files import EXPORTS
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.store.store import Store
from tests.llm.conftest import KEY
from tests.llm.loopback import Loopback, serve
from tests.llm.test_in_the_line import TEXTS
from tests.make import consultation

Open = Callable[[Path, str], AppTest]
PART = KEY[:13]
PAGES = ("run", "method", "exports", "overview", "review", "ask")
ECHO = {"code": "invalid_api_key", "message": f"Incorrect API key provided: {KEY}."}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A server that refuses the key and repeats it; the environment of Heard names both."""
    with serve([{"status": 401, "error": ECHO}]) as refusing:
        monkeypatch.setenv("OPENAI_BASE_URL", refusing.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setattr("analysis.sample.ensure_sample", lambda _store: False)
        yield refusing


def consulted(store: Store, ident: str, *, model: bool) -> None:
    store.create(ident, [("a.csv", b"")], ident=ident)
    store.confirm(ident, consultation(TEXTS), "")
    store.switch_llm(ident, model)
    store.enqueue(ident)
    work(store, once=True)


def seen(app: AppTest) -> str:
    """All that a session holds: what its page shows, in full, its state and its address."""
    shown = [str(getattr(e, "proto", "")) for part in (app.main, app.sidebar) for e in part]
    return f"{' '.join(shown)} {vars(app.session_state)!r} {app.query_params!r}"


def unpacked(data: bytes) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return b" ".join(whole.read(name) for name in whole.namelist())


def test_llm_14_a_key_stays_where_heard_was_started(
    server: Loopback,
    open_page: Open,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    store = Store(tmp_path)
    consulted(store, "a", model=True)
    assert [h["authorization"] for h in server.headers] == [f"Bearer {KEY}"]
    consulted(store, "b", model=False)
    assert len(server.requests) == 1  # no call for a consultation that is not switched on

    found = []
    for page in PAGES:
        one, two = open_page(tmp_path, page), open_page(tmp_path, page)
        for app, ident in ((one, "a"), (two, "b")):
            app.session_state["consultation"] = ident
            app.run()
            assert not app.exception
            found.append(seen(app))
            typed = [*app.text_input, *app.text_area]
            assert not [t.label for t in typed if "key" in t.label.casefold().split()]
    assert len(server.requests) == 1
    assert any("the key was refused" in said.casefold() for said in found)

    for ident in ("a", "b"):
        stored = store.latest_run(ident)
        assert stored is not None
        run = load(stored.fingerprints, stored.meta, store.artefacts(ident))
        found += [unpacked(e.make(content_of(run))).decode("latin-1") for e in EXPORTS]
    found += [f.read_bytes().decode("latin-1") for f in tmp_path.rglob("*") if f.is_file()]
    out, err = capfd.readouterr()
    hits = [text for text in (*found, caplog.text, out, err) if PART in text]
    assert hits == []
    assert [k for k, v in os.environ.items() if PART in v] == ["OPENAI_API_KEY"]  # as started
