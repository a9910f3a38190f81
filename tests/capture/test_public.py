"""Beside a published edition nothing is shown that the edition does not say."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from pypdf import PdfWriter

from analysis.access import PUBLIC
from analysis.capture.check import Checked, Found, Quote, Status
from analysis.capture.public import compared
from analysis.capture.submissions import group, letter
from analysis.errors import FileError
from analysis.review.editions import EditionContent, named_themes, texts
from analysis.review.quotable import quotable
from analysis.settings import PublicLimits
from analysis.store.guard import guarded
from analysis.store.store import Store
from tests import town

UNPUBLISHED = "A reply that nobody published."


def found(status: Status, theme: str) -> Found:
    quotes = (Quote("R1-q1", UNPUBLISHED),)
    name = f"The machine's name of {theme}"
    return Found("Mine.", status, "q1", theme, name, 3, 0.7, 3, (UNPUBLISHED,), quotes, False)


def content() -> EditionContent:
    question = {
        "text": "What?", "base": 40,
        "themes": [{"theme_id": "t1", "name": "Buses", "people": "20", "share": "50 %",
                    "quotes": ["Late."]}],
        "also": [{"theme_id": "t2", "name": "Bins", "people": "fewer than 5"}],
    }  # fmt: skip
    rows = [("t1", ""), ("t1-s1", "t1"), ("t2", ""), ("t3", "")]
    themes = pd.DataFrame(rows, columns=["theme_id", "parent_id"])
    return EditionContent({"questions": [question]}, {}, pd.DataFrame(), themes)


def test_only_what_the_edition_says_is_passed_on() -> None:
    points = tuple(found("captured", t) for t in ("t1", "t1-s1", "t2", "t3", ""))
    made = compared(Checked(points, 1.0), content(), lambda _, among: among[:3])
    assert [(p.status, p.theme, p.people, p.share, p.quotes) for p in made] == [
        ("captured", "Buses", "20", "50 %", ("Late.",)),
        ("captured", "Buses", "20", "50 %", ("Late.",)),
        ("captured", "Bins", "fewer than 5", "", ()),
        ("missing", "", "", "", ()),
        ("missing", "", "", "", ()),
    ]
    told = [t for p in made for t in texts(list(vars(p).values()))]
    assert UNPUBLISHED not in told
    assert not any("machine" in t for t in told)


def test_who_did_not_want_to_be_published_cannot_be_found_out(published_home: Path) -> None:
    public = guarded(Store(published_home), PUBLIC)
    (point,) = public.compare(town.ID, 1, town.SECRET)
    assert point.status == "missing"
    (point,) = public.compare(town.ID, 1, town.CAPTURED)
    assert point.status == "captured"


def test_the_three_nearest_of_what_the_edition_holds_are_quoted(published_home: Path) -> None:
    store = guarded(Store(published_home), PUBLIC)
    _, content = Store(published_home).edition(town.ID, 1)
    (point,) = store.compare(town.ID, 1, "Buses should run later so that nurses get home.")
    held = content.quotes[point.theme_id]
    assert set(point.quotes) == set(held)
    assert "nurses" in point.quotes[0]


def test_how_many_ticked_for_and_against_stands_beside_a_point(published_home: Path) -> None:
    (point,) = guarded(Store(published_home), PUBLIC).compare(town.ID, 1, town.CAPTURED)
    run = town.run_of(Store(published_home))
    given, points, answers = run.themes.assigned, run.points.points, run.prepared.responses
    own = given.loc[given["theme_id"] == point.theme_id, "point_id"]
    said = points.loc[points["point_id"].isin(own), "response_id"]
    people = answers.loc[answers["response_id"].isin(said), "respondent_id"]
    sides = run.judged.respondents.set_index("respondent_id")["position"]
    ticked = sides[people.unique()].value_counts()
    shown = {s["side"]: s["people"].split(" ")[0] for s in point.sides}
    assert shown == {s: str(ticked[s]) for s in ("support", "oppose") if s in ticked}
    assert shown


def test_an_edition_holds_no_word_of_who_refused(published_home: Path) -> None:
    run = town.run_of(Store(published_home))
    _, content = Store(published_home).edition(town.ID, 1)
    held = [q for own in content.quotes.values() for q in own]
    people = run.consultation.respondents.set_index("respondent_id")["permission"]
    frame = run.consultation.responses
    for quote in held:
        by = frame.loc[frame["text"].str.contains(quote, regex=False), "respondent_id"]
        assert (people[by] != "no").any(), quote
    assert not any("alpacas" in q for q in held)
    assert {t for t, own in content.quotes.items() if own} <= set(named_themes(content.public))


def test_a_theme_of_very_few_is_quoted_only_as_on_the_page(published_home: Path) -> None:
    run = town.run_of(Store(published_home))
    _, content = Store(published_home).edition(town.ID, 1)
    named = named_themes(content.public)
    few = {t: {**x, "people": "fewer than 5", "quotes": x["quotes"][:1]} for t, x in named.items()}
    made = quotable(run, few, {}, 5)
    assert made == {t: x["quotes"] for t, x in few.items() if x["quotes"]}


def test_the_words_of_a_text_do_not_stay_in_memory(published_home: Path) -> None:
    store = Store(published_home)
    store.compare(town.ID, 1, "The zyxwvut of our town is quite wonderful.")
    (checker,) = store._checkers.values()
    assert "zyxwvut" not in checker._known._known


def test_a_text_that_is_too_long_is_not_compared(published_home: Path) -> None:
    most = PublicLimits().compared_longest
    with pytest.raises(FileError, match="too long"):
        Store(published_home).compare(town.ID, 1, "a" * (most + 1))


def docx(text: str) -> bytes:
    paper, file = Document(), io.BytesIO()
    paper.add_paragraph(text)
    paper.save(file)
    return file.getvalue()


def scanned() -> bytes:
    """A page without a letter of text."""
    paper, file = PdfWriter(), io.BytesIO()
    paper.add_blank_page(width=200, height=200)
    paper.write(file)
    return file.getvalue()


MEMBERS = f"Response ID,What should change?\nA1,{town.CAPTURED}\nA2,{town.MISSING}\n".encode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ours.csv", MEMBERS, "2 points"),
        ("mine.docx", docx(town.MISSING), "1 points"),
        (
            "welsh.txt",
            "Mae’r bysiau’n hwyr bob bore.".encode(),
            "1 points",
        ),
        ("empty.txt", b"", "no free text"),
        ("empty.csv", b"", "empty"),
        ("empty.pdf", b"", "empty"),
        ("scan.pdf", scanned(), "text"),
        ("large.txt", b"The bus is late. " * 300_000, "too many, or too long"),
        ("mine.exe", b"MZ", "not a letter"),
    ],
)
def test_each_kind_of_file_ends_in_a_result_or_a_sentence(
    published_home: Path, name: str, content: bytes, said: str
) -> None:
    store = guarded(Store(published_home), PUBLIC)
    try:
        made = store.compare_group(town.ID, 1, group(content, name))
        told = f"{len(made.points)} points"
    except FileError as error:
        told = str(error)
    assert said in told


def test_a_letter_is_read_and_a_table_is_not() -> None:
    assert letter(b"Dear all,\nbuses are late.", "mine.TXT") == "Dear all,\nbuses are late."
    for name in ("replies.csv", "replies.xlsx", "mine.txt.exe", "mine"):
        with pytest.raises(FileError, match="TXT, DOCX or PDF"):
            letter(b"a,b\n1,2", name)
    with pytest.raises(FileError):
        letter(b"%PDF-1.7 broken", "mine.pdf")
