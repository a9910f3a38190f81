"""Replies that came later: what will be kept is said before, and what was kept after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.jobs import worker
from analysis.jobs.worker import work
from analysis.settings import Settings
from analysis.store.store import Store
from tests.jobs.test_onto import EARLY, LATE
from tests.make import consultation

Open = Callable[[Path, str], AppTest]


def words(app: AppTest) -> str:
    return " ".join(str(e.value) for e in [*app.markdown, *app.caption, *app.text])


def opened(open_page: Open, home: Path, view: str) -> AppTest:
    """The page on the one consultation beside the sample."""
    app = open_page(home, view)
    mine = next(e.id for e in Store(home).entries() if e.title == "Test")
    app.session_state["consultation"] = mine
    return app.run()


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """An analysed consultation to which two replies were added since."""
    store = Store(tmp_path)
    ident = store.create("Test", [("a.csv", b"")]).id
    store.confirm(ident, consultation(EARLY), "")
    store.enqueue(ident)
    work(store, once=True)
    store.confirm(ident, consultation([*EARLY, *LATE]), "")
    return tmp_path


def test_the_plan_says_that_themes_are_kept_and_can_be_told_not_to(
    open_page: Open, late: Path
) -> None:
    app = opened(open_page, late, "run")
    assert not app.exception
    assert "keep their numbers and names. 2 answers have come since" in words(app)
    app.toggle(key="keep-themes").set_value(False).run()
    assert not app.exception
    assert "found anew" in words(app)
    assert [e.keep_themes for e in Store(late).entries() if e.title == "Test"] == [False]


def test_pages_say_what_was_kept_and_what_is_new(open_page: Open, late: Path) -> None:
    store = Store(late)
    store.enqueue(store.entries()[0].id)
    work(store, once=True)
    said = "text that was not in it: 2; placed in these themes 1, in 0 new themes 0, fitting none 1"
    for view in ("overview", "method"):
        app = opened(open_page, late, view)
        assert not app.exception
        assert said in words(app)
    table = next(t.value for t in app.table if "Told apart" in t.value.columns)
    assert list(table["Themes"]) == ["Kept from an earlier analysis"]
    assert list(table["Placed"]) == ["2"]


def test_a_first_analysis_has_nothing_kept(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "method")
    assert not app.exception
    assert "was not in it" not in words(app)
    assert any("Found among all points" in set(t.value.get("Themes", [])) for t in app.table)


def test_a_sample_is_reported_with_its_limit(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(Settings(), theme_limit=30)
    monkeypatch.setattr(worker, "_settings", lambda *_: few)
    store = Store(tmp_path)
    ident = store.create("Test", [("a.csv", b"")]).id
    store.confirm(ident, consultation(EARLY), "")
    store.enqueue(ident)
    work(store, once=True)
    app = opened(open_page, tmp_path, "method")
    assert not app.exception
    assert "over 30 different texts" in words(app)
    table = next(t.value for t in app.table if "In the sample" in t.value.columns)
    assert list(table["Themes"]) == ["Found on a sample, the others placed"]
    assert list(table["Texts"]) == ["40"]
    assert int(table["In the sample"].iloc[0]) + int(table["Placed"].iloc[0]) == 40
