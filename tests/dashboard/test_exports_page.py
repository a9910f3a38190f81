"""The Exports page, and what the overview says about coverage, requests and flagged replies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.export.files import EXPORTS
from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]


def test_a_file_is_made_when_it_is_asked_for(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "exports")
    assert not app.get("download_button")
    app.button(key="prepare-atrs.docx").click().run()
    assert not app.exception
    assert [b.label.split(" (")[0] for b in app.get("download_button")] == ["Download atrs.docx"]
    said = words(app)
    assert all(export.title.split(" (")[0] in said.replace("\\", "") for export in EXPORTS)
    assert "Data flow of this run" in said


def test_the_overview_says_what_it_covers_and_what_is_asked(
    open_page: Open, analysed_home: Path
) -> None:
    said = words(open_page(analysed_home, "overview"))
    assert "The themes described cover" in said
    assert "ask for something to be done" in said


def test_a_request_leads_to_exactly_its_replies(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "overview")
    third = app.selectbox(key="overview-question").options[-1]
    app.selectbox(key="overview-question").select(
        app.session_state["overview-question"].replace("q7", "q9")
    ).run()
    assert third
    app.button(key="asked-q9-1").click().run()
    said = words(app)
    assert "Only these" in said
    count = int(said.split("Only these ")[1].split(" answers")[0])
    assert f"**{count} answers by" in said
    app.button(key="show-all").click().run()
    assert "Only these" not in words(app)
