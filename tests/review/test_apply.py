"""Edits on themes: nothing is lost, an undo restores, a stale edit is listed with its reason."""

from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.records import Points, Themes
from analysis.review.apply import GONE, apply
from analysis.review.edits import Edit, Kind

IDS = ["a", "b", "c", "d"]
POINTS = [f"p{n}" for n in range(8)]


def _themes() -> tuple[Themes, Points]:
    frame = pd.DataFrame(
        {"theme_id": IDS, "parent_id": ["", "", "", "a"], "question_id": "q", "name": IDS,
         "description": "", "keywords": "", "stability": 1.0}
    )  # fmt: skip
    held = [*IDS, "a", "b", "c", ""]
    assigned = pd.DataFrame({"point_id": POINTS, "theme_id": held, "similarity": 0.5})
    points = pd.DataFrame({"point_id": POINTS, "question_id": "q"})
    return Themes(frame, assigned, pd.DataFrame()), Points(points)


def _edit(n: int, kind: Kind, themes: tuple[str, ...], **payload: Any) -> Edit:
    return Edit(f"e{n}", kind, "q", themes, "Ann", float(n), payload)


some = st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True).map(tuple)
passages = st.lists(st.sampled_from([*POINTS, "gone"]), max_size=3, unique=True)


@st.composite
def _any(draw: st.DrawFn, n: int) -> Edit:
    themes, points = draw(some), draw(passages)
    new = draw(st.sampled_from(["x", "y"]))
    payloads: dict[Kind, dict[str, Any]] = {
        "rename": {"name": "new"}, "merge": {}, "hide": {}, "restore": {}, "check": {},
        "apart": {},
        "note": {"text": "n"}, "move": {"points": points, "to": draw(st.sampled_from(["", *IDS]))},
        "add": {"theme_id": new, "name": "N", "points": points},
        "split": {"parts": [{"theme_id": new, "name": "N", "points": points}]},
        "undo": {"edit": f"e{draw(st.integers(0, 8))}"},
    }  # fmt: skip
    kind = draw(st.sampled_from(sorted(payloads)))
    return _edit(n, kind, themes, **payloads[kind])


edits = st.integers(0, 8).flatmap(lambda n: st.tuples(*(_any(i) for i in range(n))))


@given(edits)
def test_no_point_is_lost_and_every_theme_it_is_in_is_listed(made: tuple[Edit, ...]) -> None:
    themes, points = _themes()
    got = apply(themes, points, made)
    assert got.themes.assigned["point_id"].tolist() == POINTS
    known = set(got.themes.themes["theme_id"]) | {""}
    assert set(got.themes.assigned["theme_id"]) <= known
    assert set(got.themes.themes["parent_id"]) <= known


@given(edits)
def test_undoing_all_restores_the_run(made: tuple[Edit, ...]) -> None:
    themes, points = _themes()
    real = [e for e in made if e.kind != "undo"]
    back = [_edit(100 + n, "undo", e.themes, edit=e.id) for n, e in enumerate(real)]
    got = apply(themes, points, [*real, *back])
    pd.testing.assert_frame_equal(got.themes.themes, themes.themes)
    pd.testing.assert_frame_equal(got.themes.assigned, themes.assigned)
    assert not got.not_carried


def test_edits_on_different_themes_do_not_depend_on_their_order() -> None:
    themes, points = _themes()
    one, two = _edit(0, "rename", ("a",), name="A"), _edit(1, "merge", ("b", "c"))
    this, that = apply(themes, points, [one, two]), apply(themes, points, [two, one])
    pd.testing.assert_frame_equal(this.themes.themes, that.themes.themes)
    pd.testing.assert_frame_equal(this.themes.assigned, that.themes.assigned)


def test_a_stale_edit_is_listed_with_its_reason() -> None:
    themes, points = _themes()
    stale = _edit(1, "rename", ("c",), name="C")
    got = apply(themes, points, [_edit(0, "merge", ("b", "c")), stale])
    assert [(x.edit, x.reason) for x in got.not_carried] == [(stale, GONE)]


def test_points_of_a_hidden_theme_are_not_grouped_until_it_is_restored() -> None:
    themes, points = _themes()
    hide = _edit(0, "hide", ("a",))
    got = apply(themes, points, [hide])
    assert (got.themes.assigned["theme_id"] == "").sum() == 4  # its own two, its sub-theme's, p7
    assert got.states.set_index("theme_id").loc["a", "hidden"]
    back = apply(themes, points, [hide, _edit(1, "restore", ("a",))])
    pd.testing.assert_frame_equal(back.themes.assigned, themes.assigned)


def test_a_merged_or_split_theme_has_no_stability_and_a_renamed_one_keeps_it() -> None:
    themes, points = _themes()
    got = apply(themes, points, [
        _edit(0, "merge", ("b", "c")),
        _edit(1, "rename", ("a",), name="A"),
        _edit(2, "move", (), points=["p7"], to="d"),
    ])  # fmt: skip
    frame = got.themes.themes.set_index("theme_id")
    assert frame["stability"].isna().to_dict() == {"a": False, "b": True, "d": True}
    assert got.themes.assigned.set_index("point_id").loc["p7", "theme_id"] == "d"


def test_what_was_checked_is_not_once_its_members_change() -> None:
    themes, points = _themes()
    check = _edit(0, "check", ("b",))
    moved = _edit(1, "move", ("b",), points=["p1"], to="c")
    assert apply(themes, points, [check]).states.set_index("theme_id").loc["b", "checked"]
    assert (
        not apply(themes, points, [check, moved]).states.set_index("theme_id").loc["b", "checked"]
    )


def test_a_theme_that_all_points_left_is_not_shown_and_comes_back_with_the_undo() -> None:
    themes, points = _themes()
    move = _edit(0, "move", ("b",), points=["p1", "p5"], to="c")
    assert "b" not in set(apply(themes, points, [move]).themes.themes["theme_id"])
    back = apply(themes, points, [move, _edit(1, "undo", (), edit="e0")])
    pd.testing.assert_frame_equal(back.themes.themes, themes.themes)


def test_a_theme_that_nobody_spoke_of_stays() -> None:
    themes, points = _themes()
    more = pd.concat([themes.themes, themes.themes.tail(1).assign(theme_id="z", parent_id="")])
    got = apply(replace(themes, themes=more), points, [_edit(0, "hide", ("b",))])
    assert set(got.themes.themes["theme_id"]) == {"a", "c", "d", "z"}


def test_themes_kept_apart_stay_as_they_are_and_are_remembered_until_the_undo() -> None:
    themes, points = _themes()
    made = _edit(0, "apart", ("b", "c"))
    got = apply(themes, points, [made])
    pd.testing.assert_frame_equal(got.themes.themes, themes.themes)
    assert got.apart == {frozenset({"b", "c"})}
    assert apply(themes, points, [made, _edit(1, "undo", ("b", "c"), edit="e0")]).apart == set()
