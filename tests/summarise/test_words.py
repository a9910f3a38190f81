import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summarise.words import percent, quantity


@pytest.mark.parametrize(
    ("n", "base", "words"),
    [
        (1, 200, "One person (1 of 200)"),
        (3, 200, "A few people (3 of 200, 2 %)"),
        (40, 200, "Some people (40 of 200, 20 %)"),
        (90, 200, "Many people (90 of 200, 45 %)"),
        (120, 200, "Most people (120 of 200, 60 %)"),
        (180, 200, "A large majority of people (180 of 200, 90 %)"),
        (200, 200, "All people (200 of 200, 100 %)"),
        (4, 7, "4 of 7 people"),
    ],
)
def test_words_follow_the_counts(n: int, base: int, words: str) -> None:
    assert quantity(n, base) == words


def test_percent_never_calls_something_nothing_or_all() -> None:
    assert percent(1, 1000) == "under 1 %"
    assert percent(0, 10) == "0 %"
    assert percent(3, 0) == "–"


@given(st.integers(1, 500), st.integers(1, 500))
def test_every_count_is_in_the_words(n: int, more: int) -> None:
    assert f"{n:,}" in quantity(n, n + more).replace("One", "1")
