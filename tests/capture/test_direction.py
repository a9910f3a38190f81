"""Who says the opposite of what the replies say is not told that it was captured."""

from __future__ import annotations

import pytest

from analysis.capture.check import Checker
from analysis.capture.direction import leaning, opposite
from analysis.capture.features import Words
from analysis.capture.report import from_run
from analysis.embed.minilm import MiniLM
from analysis.records import Run
from tests.benchmarks.capture import opposites


@pytest.fixture(scope="module")
def known() -> Words:
    return Words(MiniLM().encode)


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("a computer must decide", "a computer must never decide", True),
        ("do not sell our data", "never sell our data", False),
        ("the buses run later", "the buses run earlier", True),
        ("the buses do not run later", "the buses run earlier", False),
        ("close the library", "keep the library open", True),
        ("not only the old need paper", "the old need paper", False),
    ],
)
def test_signs_turn_a_clause_and_two_cancel_out(one: str, other: str, turned: bool) -> None:
    assert opposite(one, other) is turned


def test_statements_on_something_else_have_no_say(known: Words) -> None:
    assert leaning("Close the library.", ["The bus is never on time."], known).value == 0
    said = ["Do not close the library, please.", "The bus is never on time."]
    assert leaning("Close the library.", said, known).opposed


def test_opposites_of_what_people_say_on_the_sample(sample_run: Run) -> None:
    found = opposites(Checker(from_run(sample_run)))
    whole = found.groupby(level=0).sum()
    assert whole.loc["opposite", "captured"] <= 16  # of 110
    assert found.loc["opposite"].loc[["earlier", "learnt from"], "captured"].sum() <= 8  # of 80
    assert whole.loc["view", ["captured", "partly"]].sum() >= 90
    assert whole.loc["view", "captured"] >= 44
