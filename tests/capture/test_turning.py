"""A text is turned round by what denies it and by words put for their opposites."""

from __future__ import annotations

import pytest

from analysis.capture.turning import MOST, turned_round


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("The museum is open on Mondays.", "The museum is not open on Mondays."),
        ("The museum isn’t open on Mondays.", "The museum is open on Mondays."),
        ("Ferries never sail in fog.", "Ferries always sail in fog."),
        ("Paint the railings.", "Do not paint the railings."),
        ("There is no need to paint them.", "must paint them."),
        ("It was demolished last year.", "It was built last year."),
        ("Skippers hated the toll.", "Skippers loved the toll."),
        ("They stopped the ferry.", "They continued the ferry."),
        ("Get rid of the toll.", "hold on to the toll."),
        ("The toll is cheaper.", "The toll is dearer."),
    ],
)
def test_a_text_is_turned_round(text: str, turned: str) -> None:
    assert turned in turned_round(text)


@pytest.mark.parametrize("text", ["", "?", "Harbour.", "more " * 50])
def test_any_text_gives_a_few(text: str) -> None:
    assert 1 <= len(turned_round(text)) <= MOST
