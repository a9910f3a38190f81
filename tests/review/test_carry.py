"""Decisions on an earlier analysis are carried to a later one, or listed, never dropped."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.records import Points, Themes
from analysis.review.edits import Edit, Kind
from analysis.review.review import Base, edited, review
from analysis.settings import Settings

BEFORE = {"bus": range(6), "bins": range(6, 12), "park": range(12, 18)}


def base(held: dict[str, Any], prefix: str = "", shift: int = 0) -> Base:
    """Eighteen passages, one a response, in the themes named; ids begin with `prefix`."""
    numbers = range(18)
    owner = {n: t for t, own in held.items() for n in own}
    themes = pd.DataFrame(
        {"theme_id": [prefix + t for t in held], "parent_id": "", "question_id": "q",
         "name": [t.capitalize() for t in held], "description": "", "keywords": list(held),
         "stability": 1.0}
    )  # fmt: skip
    ids = [f"R{n}-{1 + shift}" for n in numbers]
    assigned = pd.DataFrame(
        {"point_id": ids, "theme_id": [prefix + owner[n] if n in owner else "" for n in numbers],
         "similarity": 0.5}
    )  # fmt: skip
    points = pd.DataFrame(
        {"point_id": ids, "response_id": [f"R{n}" for n in numbers], "question_id": "q",
         "start": 0, "end": 9, "text": [f"text {n}" for n in numbers], "campaign_id": ""}
    )  # fmt: skip
    return Themes(themes, assigned, pd.DataFrame()), Points(points)


def made(n: int, kind: Kind, themes: tuple[str, ...], **payload: Any) -> Edit:
    return Edit(f"e{n}", kind, "q", themes, "Ann", float(n), payload, run="one")


def later(held: dict[str, Any], edits: list[Edit]) -> tuple[dict[str, set[int]], list[str]]:
    """Name → numbers of the responses, after the edits on the run before; and what is listed."""
    themes, points = base(held, prefix="new-", shift=3)
    got = edited(themes, points, edits, {"one": base(BEFORE)}, Settings())
    names = dict(zip(got.themes.themes["theme_id"], got.themes.themes["name"], strict=True))
    found: dict[str, set[int]] = {}
    for point, theme in got.themes.assigned[["point_id", "theme_id"]].to_numpy():
        found.setdefault(names.get(theme, ""), set()).add(int(point[1:].split("-")[0]))
    return found, [n.reason for n in got.not_carried]


def test_every_kind_of_decision_follows_its_theme_to_new_numbers() -> None:
    parts = [{"theme_id": "q-hx", "name": "Late bus", "keywords": "", "points": ["R0-1", "R1-1"]}]
    found, lost = later(
        {"a": range(7), "b": range(7, 12), "c": range(12, 18)},
        [
            made(0, "rename", ("bus",), name="Buses"),
            made(1, "merge", ("bins", "park")),
            made(2, "split", ("bus",), parts=parts),
            made(3, "move", ("bus",), points=["R2-1"], to="park"),
        ],
    )
    # park was merged away before the move: said, and nothing else is touched
    assert lost == ["a theme that it names is not there any more"]
    assert found == {"Buses": {2, 3, 4, 5, 6}, "Late bus": {0, 1}, "B": set(range(7, 18))}


def test_a_theme_without_a_like_is_named_with_the_nearest() -> None:
    found, lost = later(
        {"a": [0, 1, 2, 12, 13, 14, 15, 16, 17], "b": range(6, 12)},
        [made(0, "rename", ("bus",), name="Buses"), made(1, "rename", ("bins",), name="Waste")],
    )
    assert lost == [
        "the later analysis has no theme like “Bus”; the nearest is “A”, with 25% of the passages "
        "in common"
    ]
    assert set(found) == {"A", "Waste", ""}


def test_half_is_not_enough_or_two_themes_would_be_the_same_one() -> None:
    _, lost = later({"a": range(12), "c": range(12, 18)}, [made(0, "rename", ("bus",), name="B")])
    assert [x.split(";")[0] for x in lost] == ["the later analysis has no theme like “Bus”"]


def test_a_theme_made_by_hand_is_there_again_with_the_passages_that_are() -> None:
    add = made(0, "add", (), theme_id="q-hz", name="Own", points=["R3-1", "R9-1", "gone"])
    renamed = made(1, "rename", ("q-hz",), name="Our own")
    found, lost = later({"a": range(6), "b": range(6, 12)}, [add, renamed])
    assert found["Our own"] == {3, 9}
    assert lost == ["1 of its 3 passages are not there any more"]


def test_decisions_on_an_analysis_that_is_not_stored_are_listed() -> None:
    themes, points = base(BEFORE)
    got = review(themes, points, [made(0, "hide", ("bus",))], {"one": None}, Settings())
    assert [(n["id"], n["reason"]) for n in got.not_carried] == [
        ("e0", "the analysis that it was made on is not stored any more")
    ]
    pd.testing.assert_frame_equal(got.rows, themes.themes)


def test_a_decision_taken_back_is_neither_applied_nor_listed() -> None:
    undo = made(1, "undo", ("bus",), edit="e0")
    found, lost = later({"a": range(12, 18)}, [made(0, "hide", ("bus",)), undo])
    assert (set(found), lost) == ({"A", ""}, [])


def test_themes_kept_apart_are_so_under_their_new_numbers() -> None:
    themes, points = base(BEFORE, prefix="new-", shift=3)
    made_ = [made(0, "apart", ("bus", "bins"))]
    got = edited(themes, points, made_, {"one": base(BEFORE)}, Settings())
    assert got.apart == {frozenset({"new-bus", "new-bins"})}
    assert got.not_carried == ()
