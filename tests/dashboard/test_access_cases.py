"""Failure cases on who sees what: two consultations at once (APP-08), personal data (PRI-01)."""

from __future__ import annotations

import html
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from analysis.export.content import Content, content_of
from analysis.export.files import EXPORTS, Export
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.jobs.worker import work
from analysis.pipeline import run
from analysis.review.checklist import hidden
from analysis.review.editions import make, texts
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.store.store import Store
from tests.conftest import ROOT

MAIN = str(ROOT / "dashboard" / "main.py")


def shown(app: AppTest) -> str:
    words = [str(e.value) for e in [*app.markdown, *app.caption, *app.text]]
    return " ".join([*words, *(t.value.to_string() for t in app.table)])


def read_back(export: Export, content: Content) -> str:
    """The text of a file that may be passed on."""
    data = export.make(content)
    if export.to == "html":
        return html.unescape(data.decode())
    paper = Document(io.BytesIO(data))
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    return " ".join([*(p.text for p in paper.paragraphs), *cells])


@pytest.fixture(params=["own names", "one name"])
def two(request: pytest.FixtureRequest, cases: Path, tmp_path: Path) -> dict[str, str]:
    """alpha.csv and beta.csv, also both uploaded as responses.csv, analysed: marker → its id."""
    store, ids = Store(tmp_path), {}
    for name in ("alpha", "beta"):
        content = (cases / "APP-08" / f"{name}.csv").read_bytes()
        file = "responses.csv" if request.param == "one name" else f"{name}.csv"
        table = read(content, name=file)
        ident = store.create(name, [(file, content)]).id
        store.confirm(ident, build([table], propose([table], "T")), "")
        store.enqueue(ident)
        ids[f"{name.upper()}-ONLY"] = ident
    work(store, once=True)
    return ids


def test_two_sessions_never_show_each_others_replies(
    two: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    sessions: dict[str, AppTest] = {}
    for marker, ident in two.items():
        app = sessions[marker] = AppTest.from_file(MAIN, default_timeout=60)
        app.query_params["consultation"] = ident
        app.run()
    for page in ("responses", "overview", "themes", "responses"):
        for marker, app in sessions.items():
            app.switch_page(f"views/team/{page}.py").run()
            other = next(m for m in two if m != marker)
            assert not app.exception
            assert other not in shown(app)
            assert page != "responses" or shown(app).count(marker) >= 6


def test_personal_details_never_reach_an_edition(cases: Path, tmp_path: Path) -> None:
    """The case's replies, each sent by four people in other words, so that there are themes."""
    data = pd.read_csv(cases / "PRI-01" / "pii.csv", dtype=str)
    expected = (cases / "PRI-01" / "expect.md").read_text().split("```json")[1].split("```")[0]
    column = data.columns[-1]
    ends = ("", " This matters a lot.", " Please look at it.", " I say so again.")
    parts = [data.assign(**{column: data[column] + end}) for end in ends]
    whole = pd.concat(parts).assign(**{"Response ID": [f"R{n:03}" for n in range(32)]})
    table = read(whole.to_csv(index=False).encode(), name="pii.csv")
    result = run(build([table], propose([table], "T")), Settings(), Artefacts(tmp_path))
    content = make(result, "all")
    told = [*texts(content.public), *texts(content.brief)]
    assert content.public["received"] == 32
    assert any("jo.testperson" in t for t in hidden(result))
    masked = [
        *json.loads(expected)["mask"], "Sam Example", "14 Sample Street", "HB/2026/00417", "Alex",
        "Hilltop", "ZZ99",
    ]  # fmt: skip
    for secret in masked:
        assert not any(secret in t for t in told), secret
    passed_on = {e.file: read_back(e, content_of(result)) for e in EXPORTS if not e.received}
    assert set(passed_on) >= {"brief.html", "report.docx"}
    for file, words in passed_on.items():
        assert [s for s in masked if s in words] == [], file
