from __future__ import annotations

import pytest

from analysis.themes.forms import written
from analysis.themes.phrases import allowed, fold, has_content, phrases, stem
from analysis.themes.rare import rare_words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We risk a loss of human contact.", "loss of human contact"),
        ("Mental health services are slow", "mental health services"),
        ("The white collar workers lose out", "white collar workers"),
    ],
)
def test_noun_phrases_are_found_whole(text: str, wanted: str) -> None:
    assert (wanted, True) in phrases(text)


@pytest.mark.parametrize(
    "text", ["It was good and they were the best.", "?!...", "To be or not to be"]
)
def test_no_phrase_in_empty_talk(text: str) -> None:
    assert phrases(text) == []


def test_a_piece_of_a_longer_run_is_not_whole() -> None:
    assert ("collar workers", False) in phrases("The white collar workers lose out")


def test_a_demand_is_a_verb() -> None:
    assert "ban robots" not in [p for p, _ in phrases("Ban robots now")]


@pytest.mark.parametrize("phrase", ["terrible service", "worried parents", "the of"])
def test_stance_and_stop_words_are_refused(phrase: str) -> None:
    assert not allowed(phrase)


def test_forms_of_one_word() -> None:
    assert fold("job losses") == fold("job-losses")
    assert stem("stammers") == stem("stammering") == stem("stammer")


def test_content() -> None:
    assert has_content("Buses")
    assert has_content("Could not be better")
    assert not has_content("so ...")


def test_rare_words_need_three_replies() -> None:
    texts = ["a kazoo here", "one kazoo there", "kazoo again", "nothing else"]
    assert [list(r) for r in rare_words(texts, [["a"], ["b"], ["c"], ["d"]])] == [[0, 1, 2]]
    assert rare_words(texts, [["a"], ["a"], ["b"], ["d"]]) == []


def test_names_are_written_as_people_write_them() -> None:
    found = written(
        ["we met Angus and the NHS", "then Angus went", "the council", "SHOUTING IS BAD"]
    )
    assert found["angus"] == "Angus"
    assert found["nhs"] == "NHS"
    assert "council" not in found


def test_a_shortened_verb_or_a_careless_spelling_names_nothing() -> None:
    found = {p for p, _ in phrases("There'll be a mast tho, who'd want that box coz they cant.")}
    assert found == {"mast", "box"}
