"""What reports call a theme, where its own words say less."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.embed.minilm import MiniLM
from analysis.themes.graph import Floats
from analysis.themes.subjects import Subjects, _subjects

ROADS = [
    "The 43 bus never comes on time.", "Mend the potholes in our road.",
    "Traffic lights that see the bus coming would be good.",
    "It could plan the bus timetable round the school run.",
    "They found potholes with a camera on a lorry.", "Roads here are a disgrace.",
]  # fmt: skip
OTHERS = [
    "My mother could not follow the letter.", "I trust my own doctor.", "A letter came in June.",
    "The nurse was kind to us.", "Nobody wrote back to me.", "We liked the new library.",
    "My sister paid twice.", "The office was shut.", "I like the park.",
]  # fmt: skip
INSIDE: NDArray[np.bool_] = np.arange(len(ROADS) + len(OTHERS)) < len(ROADS)


@cache
def _vectors() -> Floats:
    return MiniLM().encode([*ROADS, *OTHERS])


def _found(question: str, inside: NDArray[np.bool_] = INSIDE, least: float = 0.0) -> str:
    named = Subjects([*ROADS, *OTHERS], question, _vectors(), MiniLM().encode)
    return named.heading(inside, least)


def test_a_subject_with_many_words_has_its_heading() -> None:
    assert _found("What would help?") == "Roads and transport"


@pytest.mark.parametrize(
    ("question", "inside", "least"),
    [
        ("What should we do about buses and roads?", INSIDE, 0.0),  # all answers are about them
        ("What would help?", INSIDE, 2.0),  # words of their own that are nearer
        ("What would help?", np.arange(len(INSIDE)) % 2 == 0, 0.0),  # of everything a little
    ],
)
def test_none_where_it_tells_nothing(
    question: str, inside: NDArray[np.bool_], least: float
) -> None:
    assert _found(question, inside, least) == ""


def test_each_subject_says_its_words_and_no_name_comes_twice() -> None:
    names = [s.name for s in _subjects()]
    assert len(set(names)) == len(names)
    for subject in _subjects():
        assert sum(bool(subject.words.search(s)) for s in subject.says) >= 2, subject.name
        assert subject.name[0].isupper(), subject.name
        assert len(subject.name) <= 36, subject.name
