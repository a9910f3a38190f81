"""The Ask page on the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]


def test_a_question_is_answered_and_leads_to_its_replies(
    open_page: Open, analysed_home: Path
) -> None:
    app = open_page(analysed_home, "ask")
    app.text_input(key="question").set_value("What do people say about appeals?").run()
    assert not app.exception
    said = words(app)
    assert "people speak of this" in said
    assert "Position of these people" in said
    assert "appeal" in said.lower()
    app.button(key="ask-read").click().run()
    assert "Only these" in words(app)


def test_what_nobody_spoke_of_has_no_answer(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "ask")
    app.text_input(key="question").set_value("What about ![x](https://example.org) whales?").run()
    assert not app.exception
    said = words(app).replace("\\", "")
    assert "finds no reply that speaks of" in said
    assert not app.get("plotly_chart")
