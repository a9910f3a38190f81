"""The Analysis page after an analysis that did not come to its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.sample import ID
from analysis.store.store import Store
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


def test_after_a_finished_analysis_nothing_goes_on(
    home: Path, open_page: Callable[[Path, str], AppTest]
) -> None:
    assert "goes on" not in words(open_page(home, "run"))
