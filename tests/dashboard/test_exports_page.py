"""The Exports page, and what the overview says about coverage, requests and flagged replies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from analysis.export.files import EXPORTS
from analysis.store.store import Store
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
    app.selectbox(key="overview-question").set_value("q9").run()
    app.button(key="asked-q9-1").click().run()
    said = words(app)
    assert "Only these" in said
    count = int(said.split("Only these ")[1].split(" answers")[0])
    assert f"**{count} answers by" in said
    app.button(key="show-all").click().run()
    assert "Only these" not in words(app)


def altered(home: Path, **meta: object) -> None:
    """Changes what the stored run says of how it went."""
    store = Store(home)
    run = store.latest_run("sample")
    assert run is not None
    with sqlite3.connect(home / "heard.sqlite") as base:
        base.execute("UPDATE runs SET meta = ?", [json.dumps({**run.meta, **meta})])


def test_what_the_model_refused_or_left_undone_is_on_the_page(open_page: Open, home: Path) -> None:
    struck = [
        {"question_id": "q7", "theme_id": "q7-t01", "position": "support", "kind": kind,
         "text": text, "cites": cites, "reason": reason}
        for kind, text, cites, reason in (
            ("needs_person", "", ["AIPS-0001-q7"], "not read by the model: a person must read it"),
            ("viewpoint", "", [], "not written: the account has no credit left"),
            ("sentence", "97% [agree](x)", ["AIPS-0002-q7"], "holds a number"),
        )
    ]  # fmt: skip
    altered(home, struck=struck)
    app = open_page(home, "overview")
    warned = "\n".join(str(w.value) for w in app.warning).replace("\\", "")
    assert "Incomplete" in warned
    assert "no credit left" in warned
    assert "safeguarding" in warned
    app.button(key="refused-q7").click().run()
    assert "**1 answers by 1 people**" in words(app)
    page = open_page(home, "exports")
    assert not page.exception
    assert "What the language model wrote and was not taken" in words(page)
