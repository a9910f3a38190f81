"""The Analysis page after an analysis that did not come to its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.ingest.part import part
from analysis.jobs import queue
from analysis.sample import ID, sample_consultation
from analysis.store.store import Store
from dashboard.session import CHOSEN
from tests.dashboard.test_pages import words

WORKER = "gone"


def test_llm_12_it_goes_on_where_it_stopped(
    home: Path, open_page: Callable[[Path, str], AppTest]
) -> None:
    store = Store(home)
    store.enqueue(ID)
    job = store.claim(WORKER)
    assert job is not None
    store.report(job, WORKER, "write", "Write out viewpoints", 7, 20, time.time())
    store.finish(job, WORKER, "cancelled")
    said = words(open_page(home, "run"))
    assert "goes on from 7 of 20 in the step “Write out viewpoints”" in said
    assert "are not made again" in said


def test_ing_38_how_long_it_takes_stands_before_the_start(
    home: Path, open_page: Callable[[Path, str], AppTest]
) -> None:
    store = Store(home)
    whole = sample_consultation()[0]
    other = store.create("Another", [("a.csv", b"a")])
    store.confirm(other.id, part(whole, 50), "")
    app = open_page(home, "")
    app.session_state[CHOSEN] = other.id
    said = words(app.switch_page("views/team/run.py").run())
    few = part(whole, 50).responses
    assert f"50 respondents, {len(few):,} answers: about " in said
    assert f"going by an analysis of {len(whole.responses):,} answers that took " in said


def test_ing_38_some_replies_can_be_analysed_first(
    home: Path, open_page: Callable[[Path, str], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [b for b in open_page(home, "run").button if b.key == "start-part"]
    monkeypatch.setattr(queue, "MANY", 100)
    monkeypatch.setattr(queue, "FIRST", 60)
    app = open_page(home, "run")
    app.button(key="start-part").click().run()
    (made,) = [e for e in Store(home).entries() if e.id != ID]
    assert app.session_state[CHOSEN] == made.id
    assert "60 of " in made.title
    job = Store(home).latest_job(made.id)
    assert job is not None
    assert job.active
    assert "a part of another consultation" in words(app.switch_page("views/team/columns.py").run())


def test_after_a_finished_analysis_nothing_goes_on(
    home: Path, open_page: Callable[[Path, str], AppTest]
) -> None:
    assert "goes on" not in words(open_page(home, "run"))
