"""A group's submissions beside all replies, and letters of a campaign."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.access import PUBLIC
from analysis.capture.check import Found, Status
from analysis.capture.compare import Named, baseline, compare, letters, named_in, named_of
from analysis.capture.submissions import group
from analysis.errors import FileError
from analysis.records import Run
from analysis.settings import PublicLimits
from analysis.store.guard import guarded
from analysis.store.store import Store
from tests import town

NAMED = Named(frozenset({"t1"}), frozenset({"t2"}), {"t1-s1": "t1", "t2": "", "t3": ""})
LETTER = (
    "I am writing to ask that the council keeps every library in our town open on all days of the "
    "week, because children and older people have nowhere else to go."
)


def found(status: Status, theme: str) -> Found:
    return Found("Mine.", status, "q1", theme, theme, 3, 0.7, 3, (), (), False)


@pytest.fixture(scope="module")
def run(published_home: Path) -> Run:
    return town.run_of(Store(published_home))


def with_letter(run: Run, refused: int = 0) -> Run:
    """Seven people sent the letter, one of them changed it."""
    frame = run.prepared.responses.copy()
    rows = frame.index[:7]
    frame.loc[rows, ["text", "campaign_id", "campaign_copy"]] = (LETTER, "q3-c1", "standard")
    frame.loc[rows[6], ["text", "campaign_copy"]] = (f"{LETTER} Thank you.", "edited")
    question = frame.loc[rows[0], "question_id"]
    known = pd.DataFrame(
        [("q3-c1", question, frame.loc[rows[0], "response_id"], 6, 1)],
        columns=["campaign_id", "question_id", "template_response_id", "standard", "edited"],
    )
    people = run.consultation.respondents.copy()
    people.loc[people.index[:refused], "permission"] = "no"
    return replace(
        run, prepared=replace(run.prepared, responses=frame, campaigns=known),
        consultation=replace(run.consultation, respondents=people),
    )  # fmt: skip


def test_points_are_in_the_summary_in_themes_or_nowhere() -> None:
    own = [found("captured", t) for t in ("t1", "t1-s1", "t2", "t3", "")]
    made = compare([own[:2], [*own[2:], found("missing", "t1")]], NAMED)
    assert (made.submissions, made.points, made.captured) == (2, 6, 5)
    assert made.places == {"summary": 2, "themes": 1, "nowhere": 3}


def test_the_baseline_is_counted_over_all_points(run: Run) -> None:
    named = named_of(run)
    (everyone,) = baseline(run, named, "", "none").rows
    frame = run.points.points.merge(run.themes.assigned, on="point_id")
    inside = frame["theme_id"].map(named.place).value_counts()
    assert everyone.people == "60"
    assert everyone.summary == f"{inside.get('summary', 0) / len(frame):.0%}".replace("%", " %")


def test_a_single_hidden_group_takes_another_with_it(run: Run) -> None:
    people = run.consultation.respondents.copy()
    people["Region"] = "North"
    people.loc[people.index[:20], "Region"] = "South"
    people.loc[people.index[20:23], "Region"] = "Rare"
    other = replace(run, consultation=replace(run.consultation, respondents=people))
    every = baseline(other, named_of(run), "Region", "none")
    assert {r.group for r in every.rows} == {"", "North", "South", "Rare"}
    shown = baseline(other, named_of(run), "Region", "five")
    assert len(shown.rows) == 2
    assert "Rare" not in {r.group for r in shown.rows}


def test_a_letter_is_told_with_its_copies(run: Run) -> None:
    sent = with_letter(run)
    (own,) = letters(sent, [f"Dear all, {LETTER}", "The buses are late."])
    assert (own.people, own.standard, own.edited, own.submissions) == ("7", "6", "1", 1)
    (public,) = letters(sent, [LETTER], 5)
    assert (public.people, public.standard, public.edited) == ("7", "", "")
    assert letters(sent, ["I am writing to ask that the council mends the road."]) == ()
    assert letters(with_letter(run, refused=3), [LETTER], 5) == ()


def test_the_public_gets_places_by_the_edition(published_home: Path) -> None:
    store = guarded(Store(published_home), PUBLIC)
    made = store.compare_group(town.ID, 1, [town.CAPTURED, town.MISSING, town.SECRET])
    edition = store.published_edition(town.ID, 1)
    assert made.whole.places == {"summary": 1, "themes": 0, "nowhere": 2}
    assert [p.status for p in made.points].count("missing") == 2
    assert edition["method"]["captured"]["rows"][0]["people"] == "60"
    assert named_in(edition["questions"], {}).summary


def test_a_group_is_bounded(published_home: Path) -> None:
    store, most = Store(published_home), PublicLimits()
    for texts in (["a b c"] * (most.group_most + 1), ["a" * (most.group_longest + 1)]):
        with pytest.raises(FileError, match="too many, or too long"):
            store.compare_group(town.ID, 1, texts)


def test_a_groups_file_is_a_table_or_a_letter() -> None:
    rows = b"Response ID,What should change?\nA1,Buses are late every day\nA2,More benches please\n"
    assert group(rows, "ours.csv") == ["Buses are late every day", "More benches please"]
    assert group(b"Buses are late.", "ours.txt") == ["Buses are late."]
    with pytest.raises(FileError, match="not a letter"):
        group(b"PK", "ours.xlsx")
