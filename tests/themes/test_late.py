"""Late replies and samples: themes keep ids, names and members; what fits none is said so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.records import Question, Themes, Vectors
from analysis.settings import Settings
from analysis.themes.assign import learn, place, top
from analysis.themes.group import Earlier, group_points
from analysis.themes.sample import draw
from tests.themes.make import OPEN, model, points, vectors

PLACES = ("the park", "our village", "the harbour", "the school", "the square", "the old town")
SAID = {
    "bus": (
        "The bus to {} comes too late in the morning.",
        "Please let the evening bus run to {} again.",
        "The bus timetable for {} cannot be relied on.",
    ),
    "bins": (
        "The bins at {} are collected far too rarely.",
        "Rubbish piles up beside the bins near {}.",
        "Recycling bins are missing around {}.",
    ),
    "doctor": (
        "It takes weeks to get a doctor's appointment near {}.",
        "The surgery by {} never answers calls for appointments.",
        "We need another doctor for patients around {}.",
    ),
    "lights": (
        "The street lights near {} are broken at night.",
        "It is too dark to walk by {} without street lamps.",
        "Better street lighting is needed around {}.",
    ),
}
SETTINGS = Settings(theme_resamples=0)
NO_STRATA = pd.Series(dtype="str")


def remarks(subject: str) -> list[str]:
    return [s.format(p) for s in SAID[subject] for p in PLACES]


def grouped(
    frame: pd.DataFrame,
    found: Vectors,
    earlier: Earlier | None = None,
    settings: Settings = SETTINGS,
    question: Question = OPEN,
) -> Themes:
    return group_points(
        (question,), frame, found, NO_STRATA, settings, encode=model().encode, earlier=earlier
    )


@pytest.fixture(scope="module")
def first() -> Earlier:
    frame = points([*remarks("bus"), *remarks("bins"), *remarks("doctor")])
    found = vectors(frame)
    themes = grouped(frame, found)
    assert (themes.themes["parent_id"] == "").sum() >= 2
    return Earlier("run-1", {"themes": "t", "name": "n"}, {"q1": OPEN.text}, frame, found, themes)


def with_late(earlier: Earlier, texts: list[str]) -> pd.DataFrame:
    late = points(texts)
    late["point_id"] = "late-" + late["point_id"]
    late["response_id"] = "late-" + late["response_id"]
    return pd.concat([earlier.points, late], ignore_index=True)


def test_old_points_keep_their_themes_and_themes_their_rows(first: Earlier) -> None:
    late = [
        "The bus to the market is late every single morning.",
        "The bins by the pier are hardly ever collected.",
    ]
    frame = with_late(first, late)
    result = grouped(frame, vectors(frame), first)
    old = result.assigned.iloc[: len(first.points)]
    pd.testing.assert_frame_equal(old, first.themes.assigned)
    pd.testing.assert_frame_equal(result.themes, first.themes.themes)
    placed = result.assigned["theme_id"].iloc[-2:].map(top).tolist()
    held = first.themes.assigned["theme_id"].map(top)
    assert placed == [held.iloc[:18].mode()[0], held.iloc[18:36].mode()[0]]
    account = result.made["q1"]
    assert (account["how"], account["run"], account["placed_replies"]) == ("kept", "run-1", 2)
    assert account["measured"]["held_back"] == len(first.points)
    assert account["measured"]["precision"] > 0.9


def test_a_remark_on_nothing_of_these_fits_none(first: Earlier) -> None:
    frame = with_late(first, ["My grandmother's opera tickets were printed in Portuguese."])
    result = grouped(frame, vectors(frame), first)
    assert result.assigned["theme_id"].iloc[-1] == ""
    assert result.made["q1"]["fit_none_replies"] == 1
    assert result.made["q1"]["themes_new"] == []


def test_a_new_subject_of_many_late_replies_becomes_a_theme(first: Earlier) -> None:
    frame = with_late(first, [*remarks("lights"), "The bus to the market is always late."])
    result = grouped(frame, vectors(frame), first)
    account = result.made["q1"]
    new = result.themes[~result.themes["theme_id"].isin(first.themes.themes["theme_id"])]
    assert account["themes_new"] == list(new["theme_id"])
    assert len(new) >= 1
    assert not set(new["name"]) & set(first.themes.themes["name"])
    late = result.assigned["theme_id"].iloc[len(first.points) : len(first.points) + 18]
    assert late.isin(new["theme_id"]).mean() >= 0.8
    old = result.assigned.iloc[: len(first.points)].merge(first.themes.assigned, on="point_id")
    had = old[old["theme_id_y"] != ""]
    assert (had["theme_id_x"] == had["theme_id_y"]).all()
    again = Earlier("run-2", {}, {"q1": OPEN.text}, frame, vectors(frame), result)
    third = grouped(frame, vectors(frame), again)
    pd.testing.assert_frame_equal(third.assigned, result.assigned)
    assert third.made["q1"]["further_texts"] == 0


def test_few_late_replies_make_no_theme(first: Earlier) -> None:
    frame = with_late(first, remarks("lights")[:4])
    result = grouped(frame, vectors(frame), first)
    assert len(result.themes) == len(first.themes.themes)


def test_another_wording_of_the_question_is_found_anew(first: Earlier) -> None:
    asked = replace(OPEN, text="Something else?")
    result = grouped(first.points, first.vectors, first, question=asked)
    assert result.made["q1"]["how"] == "found"


def test_only_late_files_are_placed_by_the_earlier_vectors(first: Earlier) -> None:
    frame = points(["The evening bus to the harbour should run again."])
    result = grouped(frame, vectors(frame), first)
    assert top(result.assigned["theme_id"].iloc[0]) == top(
        first.themes.assigned["theme_id"].iloc[:18].mode()[0]
    )


def test_the_order_of_rows_changes_nothing(first: Earlier) -> None:
    frame = with_late(first, remarks("lights"))
    mixed = frame.sample(frac=1, random_state=3).reset_index(drop=True)
    one, two = grouped(frame, vectors(frame), first), grouped(mixed, vectors(mixed), first)
    again = two.assigned.set_index("point_id").loc[one.assigned["point_id"]].reset_index()
    pd.testing.assert_frame_equal(one.assigned, again)
    pd.testing.assert_frame_equal(one.themes, two.themes)
    assert one.made == two.made


def test_themes_far_apart_are_told_apart() -> None:
    draw = np.random.default_rng(0)
    centres = draw.normal(size=(3, 384))
    rows = np.concatenate([c + draw.normal(scale=0.8, size=(100, 384)) for c in centres])
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    ids = [f"q1-t{n // 100}" for n in range(300)]
    fit = learn(rows, ids, SETTINGS)
    assert fit.measured.precision == fit.measured.recall == 1.0
    assert fit.measured.theirs_missing == 1.0
    found, similarity = place(fit, rows, np.array([0, 150, 299]))
    assert list(found) == ["q1-t0", "q1-t1", "q1-t2"]
    assert ((similarity > 0) & (similarity <= 1)).all()


def test_over_the_limit_a_sample_is_grouped_and_the_others_placed() -> None:
    frame = points([t for subject in SAID for t in remarks(subject)])
    settings = replace(SETTINGS, theme_limit=48, theme_stratum=5)
    result = grouped(frame, vectors(frame), settings=settings)
    account = result.made["q1"]
    assert (account["how"], account["texts"], account["sample"]) == ("sample", 72, 48)
    tops = result.assigned["theme_id"].map(top)
    assert (tops != "").mean() > 0.8
    own = [tops.iloc[18 * n : 18 * n + 18].value_counts().max() for n in range(4)]
    assert np.mean(own) / 18 > 0.6


def test_with_a_sample_the_order_of_rows_changes_nothing() -> None:
    frame = points([t for subject in SAID for t in remarks(subject)])
    mixed = frame.sample(frac=1, random_state=5).reset_index(drop=True)
    settings = replace(SETTINGS, theme_limit=48, theme_stratum=5)
    one, two = (grouped(f, vectors(f), settings=settings) for f in (frame, mixed))
    again = two.assigned.set_index("point_id").loc[one.assigned["point_id"]].reset_index()
    pd.testing.assert_frame_equal(one.assigned, again)
    pd.testing.assert_frame_equal(one.themes, two.themes)
    assert one.made == two.made


def test_a_sample_takes_from_every_stratum_and_does_not_depend_on_order() -> None:
    frame = points([f"Remark number {n} on the plan." for n in range(1000)])
    strata = pd.Series(["few" if n < 8 else "many" for n in range(1000)], frame["response_id"])
    settings = replace(SETTINGS, theme_limit=100, theme_stratum=20)
    drawn = draw(frame, strata, settings)
    stratum = frame.set_index("text")["response_id"].map(strata)
    assert (stratum.loc[drawn] == "few").sum() == 8
    assert 95 <= len(drawn) <= 110
    assert draw(frame.sample(frac=1, random_state=1), strata, settings) == drawn
    assert draw(frame, strata, replace(settings, seed=2)) != drawn
