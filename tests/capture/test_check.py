"""A submission is compared with themes by meaning and direction, and never kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.capture.check import MOST, Checker, _thinned
from analysis.capture.report import Report
from analysis.capture.submissions import submissions
from analysis.errors import FileError
from analysis.prepare.language import detect

SAID = {
    "q1-t1": [
        "The waiting times at the clinic are far too long.",
        "I waited eleven weeks for a letter from the clinic.",
        "Waiting lists get longer every year.",
        "Nobody should have to wait months for an appointment.",
    ],
    "q1-t2": [
        "A computer must never decide about benefits.",
        "Decisions on benefits should be made by a person.",
        "I want a human being to decide on my claim.",
        "A machine cannot understand why somebody needs help.",
    ],
    "q1-t3": [
        "Older people have no smartphone and are left out.",
        "My mother does not use the internet.",
        "Keep paper forms for those who are not online.",
        "Not everyone has a computer at home.",
    ],
    "": ["The car park is full by nine.", "I like the new logo."],
}


@pytest.fixture(scope="module")
def report() -> Report:
    rows = [
        ("q1", f"r{n}", f"p{n}", theme, text)
        for n, (theme, text) in enumerate((t, x) for t, own in SAID.items() for x in own)
    ]
    columns = ["question_id", "response_id", "respondent_id", "theme_id", "text"]
    names = {"q1-t1": "Waiting times", "q1-t2": "Decisions by people", "q1-t3": "Access offline"}
    themes = pd.DataFrame(
        [(t, n, "", "q1", 4) for t, n in names.items()],
        columns=["theme_id", "name", "parent_id", "question_id", "respondents"],
    ).set_index("theme_id")
    statements = pd.DataFrame(rows, columns=columns)
    statuses = statements.assign(status="analysed").drop(columns="theme_id")
    sentences = {"q1-t1": ["4 of 14 people raised “Waiting times”."]}
    asked = {"q1": "What should we know about AI in public services?"}
    return Report(asked, statements, themes, sentences, {}, statuses)


@pytest.fixture(scope="module")
def checker(report: Report) -> Checker:
    return Checker(report)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("People wait far too long for the clinic.", "q1-t1"),
        ("It should be a human who decides on a benefits claim.", "q1-t2"),
        ("Elderly people without a smartphone are excluded.", "q1-t3"),
    ],
)
def test_a_point_in_other_words_finds_its_theme(checker: Checker, text: str, theme: str) -> None:
    (point,) = checker.check(text).points
    assert point.theme_id == theme
    assert point.status in ("captured", "partly")
    assert point.similar_responses >= 1
    assert point.closest[0].text in SAID[theme]


WELSH = "Mae’r amseroedd aros yn y clinig yn llawer rhy hir i bobl hŷn."


def test_a_point_in_a_language_of_no_reply_is_not_compared(report: Report) -> None:
    english = Checker(replace(report, languages=frozenset({"en"})))
    welsh, other = english.check(f"{WELSH}\nPeople wait far too long for the clinic.").points
    assert (welsh.language, welsh.status, welsh.theme_id) == ("cy", "missing", "")
    assert (other.language, other.theme_id) == ("", "q1-t1")
    whole = english.check(f"{WELSH}\nPeople wait far too long for the clinic.")
    assert whole.coverage == english.check("People wait far too long for the clinic.").coverage
    both = Checker(replace(report, languages=frozenset({"en", "cy"})))
    assert both.check(WELSH).points[0].language == ""


def test_english_points_are_compared(report: Report) -> None:
    english = Checker(replace(report, languages=frozenset({"en"})))
    files = [Path(__file__).parent / f"{n}.csv" for n in ("paraphrases", "absent")]
    texts = [t for f in files for t in pd.read_csv(f, dtype=str)["text"]]
    assert len(texts) >= 200
    assert [t for t in texts if english._foreign(detect([t], [t])[0])] == []


def test_a_point_that_nobody_made_is_missing(checker: Checker) -> None:
    checked = checker.check("Grey squirrels are wiping out the red ones in Northumberland.")
    assert [p.status for p in checked.points] == ["missing"]
    assert checked.coverage == 0


def test_the_summary_sentences_of_the_theme_are_named(checker: Checker, report: Report) -> None:
    (point,) = checker.check("The waiting times at the clinic are much too long.").points
    assert list(point.in_summary) == report.sentences["q1-t1"]


def test_saying_the_opposite_is_not_being_captured(checker: Checker) -> None:
    for text in (
        "A computer must always decide about benefits.",
        "The waiting times at the clinic are not long.",
        "A machine can understand why somebody needs help.",
    ):
        (point,) = checker.check(text).points
        assert point.status != "captured", text


def test_what_is_denied_beside_it_does_not_turn_a_point(report: Report) -> None:
    added = report.statements.iloc[[0]].assign(
        response_id="r99", respondent_id="p99",
        text="The ferry is late every single morning and nobody tells us why.",
    )  # fmt: skip
    both = Checker(replace(report, statements=pd.concat([report.statements, added])))
    (point,) = both.check("The ferry is late every morning.").points
    assert point.status in ("captured", "partly")
    assert not point.opposed


def test_a_greeting_is_no_point(checker: Checker) -> None:
    text = "Dear Sir or Madam,\n\nPeople wait far too long for the clinic.\n\nYours faithfully,"
    assert len(checker.check(text).points) == 1


def test_ones_own_reply_does_not_vouch_for_itself(checker: Checker) -> None:
    text = "The car park is full by nine."
    (found,) = checker.check(text).points
    (without,) = checker.check(text, respondent="p12").points
    assert found.similarity > without.similarity
    assert text not in [q.text for q in without.closest]


def test_several_points_are_checked_one_by_one(checker: Checker) -> None:
    text = "People wait far too long for the clinic. Ponies on the common are hit by cars at dusk."
    checked = checker.check(text)
    assert [p.text for p in checked.points] == text.replace(". P", ".\nP").split("\n")
    assert checked.points[0].similarity > checked.points[1].similarity


@pytest.mark.parametrize("text", ["", " \n ", "...", "the and of"])
def test_nothing_to_check_is_said(checker: Checker, text: str) -> None:
    with pytest.raises(FileError, match="at least one sentence"):
        checker.check(text)


def test_what_was_pasted_is_not_kept(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    checker.check("A secret sentence about my uncle's allotment and the clinic.")
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert not [p for p in kept if b"allotment" in p.read_bytes()]


def test_thinning_keeps_small_themes_whole() -> None:
    sizes = {"a": 5000, "b": 700, "c": 3}
    own = pd.DataFrame(
        [(t, f"{t}{n}") for t, size in sizes.items() for n in range(size)], columns=["top", "text"]
    )
    counts = _thinned(own)["top"].value_counts()
    assert counts["c"] == 3
    assert counts["b"] == 700
    assert counts.sum() <= MOST
    assert counts["a"] > 1000


def test_a_table_is_one_submission_a_row() -> None:
    rows = ["Ref,What do you think about it?", "1,I think that it is too slow.", "2,", "3,Costly."]
    assert len(submissions("\n".join(rows).encode(), "members.csv")) == 2


def test_a_letter_is_one_submission() -> None:
    assert submissions(b"Dear Sir,\n\nwe object.", "letter.txt") == ["Dear Sir,\n\nwe object."]
    with pytest.raises(FileError, match="no free text"):
        submissions(b" \n", "empty.txt")
