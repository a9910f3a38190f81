"""Who sees texts as received stands in the audit log, once per page opened and filter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.errors import StoreError
from analysis.store.store import Store
from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]
ACTION = "unredacted text seen"
BEFORE = 0


@pytest.fixture(autouse=True)
def _nothing_before(home: Path) -> None:
    global BEFORE
    BEFORE = len(Store(home).audit("sample"))


def lines(home: Path) -> list[str]:
    """What was logged since the test began; other tests may have opened pages on the store."""
    seen = [a.detail for a in Store(home).audit("sample")[BEFORE:] if a.action == ACTION]
    return [line for line in seen if not line.startswith("Responses, ticks")]


def test_responses_once_per_opening_and_filter(home: Path, open_page: Open) -> None:
    app = open_page(home, "responses")
    [first] = lines(home)
    assert first.startswith("Responses: ")
    assert first.endswith(" answers")
    app.run()
    assert lines(home) == [first]
    app.text_input(key="search").input("form").run()
    assert len(lines(home)) == 2
    assert lines(home)[1].endswith(", by search")
    assert "form" not in lines(home)[1].removeprefix("Responses")
    app.text_input(key="search").input("").run()
    assert len(lines(home)) == 2  # seen already since the page was opened
    app.switch_page("views/team/overview.py").run()
    assert len(lines(home)) == 2  # it shows redacted quotations alone
    app.switch_page("views/team/responses.py").run()
    assert lines(home)[2] == first
    assert Store(home).verify_audit() is None


def test_personal_data_and_themes(home: Path, open_page: Open) -> None:
    open_page(home, "privacy")
    assert [x for x in lines(home) if x.startswith("Personal data: ") and "by masks" in x]
    open_page(home, "themes")
    assert lines(home)[-1].startswith("Themes: ")
    assert "question id, theme id" in lines(home)[-1]


def test_export_with_texts_as_received(home: Path, open_page: Open) -> None:
    app = open_page(home, "exports")
    app.button(key="prepare-brief.html").click().run()
    assert lines(home) == []
    app.button(key="prepare-results.json").click().run()
    assert [x for x in lines(home) if x.startswith("Exports, results.json: ")]


def test_columns_shows_the_first_rows(home: Path, open_page: Open) -> None:
    open_page(home, "columns")
    assert [x for x in lines(home) if x.startswith("Columns, first rows of the files: ")]


def test_nothing_is_shown_that_cannot_be_logged(
    home: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The audit log takes no new line.")

    monkeypatch.setattr(Store, "record_view", full)
    app = open_page(home, "privacy")
    assert "The audit log takes no new line." in words(app)
    assert "Original" not in words(app)
