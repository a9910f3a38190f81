from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.prepare.content import classify
from analysis.prepare.points import split
from analysis.records import POINTS, Question, Themes, Vectors
from analysis.settings import SAMPLE, Settings
from analysis.themes.find import find_themes
from tests.themes.make import OPEN, case, points, theme_of, themes, vectors

LABEL = re.compile(r"_|-1|^\d")


def together(result: Themes, rows: list[int]) -> float:
    """Share of these points that the theme with most of them holds."""
    found = pd.Series(theme_of(result)).iloc[rows]
    return float(
        (found[found != ""].value_counts().max() if (found != "").any() else 0) / len(rows)
    )


def check_names(result: Themes) -> None:
    names = result.themes["name"]
    assert names.is_unique
    assert not names.str.contains(LABEL).any()
    assert (names.str[:1] == names.str[:1].str.upper()).all()


@pytest.mark.parametrize("texts", [[], ["?!"], ["the of and"] * 40, ["🙂", "...", "—"] * 5])
def test_nothing_to_group(texts: list[str]) -> None:
    result = themes(texts)
    assert len(result.themes) == 0
    assert list(result.assigned["theme_id"]) == [""] * len(texts)
    assert len(result.map) == len(texts)


def test_three_replies_are_too_few(cases: Path) -> None:
    result = themes(case(cases / "CLU-01"))
    assert len(result.themes) == 0
    assert (result.assigned["similarity"] == 0).all()


def test_a_letter_sent_by_many_hides_nobody(cases: Path) -> None:
    texts = case(cases / "CLU-03")
    letter = max(set(texts), key=texts.count)
    theme = pd.Series(themes(texts).assigned["theme_id"])
    sent = pd.Series(texts) == letter
    assert theme[sent].nunique() == 1
    assert (theme[~sent] == theme[sent].iloc[0]).sum() <= 1


A_BUS, A_BIN, A_PARK = (
    "The bus is late every morning.",
    "Bins are left full for weeks.",
    "The park needs more benches.",
)


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        ([A_BUS, A_BIN, A_PARK] * 20, {20: 3}),
        ([A_BUS, A_BIN] * 30, {30: 2}),
        ([A_BUS] * 60, {60: 1}),
        ([A_BUS] * 50 + [A_BIN], {50: 1}),
    ],
    ids=["three wordings", "two", "one", "one, and one reply"],
)
def test_what_many_say_in_the_same_words_is_a_theme(
    texts: list[str], sizes: dict[int, int]
) -> None:
    result = themes(texts)
    held = result.assigned.query("theme_id != ''")["theme_id"].value_counts()
    assert held.value_counts().to_dict() == sizes


def test_thousands_of_no_are_one_text() -> None:
    real = ["The bus is never on time in our village."] * 3
    assert len(themes(["no"] * 3000 + real).themes) == 0


def test_short_answers_left_out_three_subjects_or_none(cases: Path) -> None:
    texts = [t for t in case(cases / "CLU-05") if classify(t) == "analysed"]
    assert len(texts) == 12
    result = themes(texts)
    check_names(result)
    assert len(result.themes) <= 4


def test_unrelated_remarks_have_no_theme(cases: Path) -> None:
    texts = case(cases / "CLU-07")
    result = themes(texts)
    assert (result.assigned["theme_id"] == "").sum() >= len(texts) - 3


def test_chatty_replies_never_make_a_name(cases: Path) -> None:
    texts = case(cases / "CLU-08")
    result = themes(texts)
    check_names(result)
    chatty = [i for i, t in enumerate(texts) if texts.count(t) > 1]
    assert together(result, chatty) == 0
    assert 2 <= len(result.themes) <= 6


def test_six_subjects_of_eight(cases: Path) -> None:
    result = themes(case(cases / "CLU-09"))
    check_names(result)
    assert 4 <= (result.themes["parent_id"] == "").sum() <= 8
    kept = [together(result, list(range(8 * s, 8 * s + 8))) for s in range(6)]
    assert np.mean(kept) >= 0.65
    assert (result.assigned["theme_id"] == "").mean() <= 0.25


def test_five_among_ninety_five(cases: Path) -> None:
    texts = case(cases / "CLU-12")
    few = [
        i for i, t in enumerate(texts) if re.search("sign language|Deaf|BSL|interpreter", t, re.I)
    ]
    result = themes(texts)
    found = pd.Series(theme_of(result))
    assert together(result, few) == 1
    assert set(found.iloc[few]).isdisjoint(found.drop(few))


def test_all_alike() -> None:
    texts = [f"Please keep the library in {place} open." for place in "ABCDEFGHIJKLMNOPQRST"]
    result = themes(texts)
    check_names(result)
    assert (result.themes["parent_id"] == "").sum() <= 3


def test_three_people_among_hundreds_keep_their_own_theme() -> None:
    """Three sample replies say that voice systems cut off people who stammer; nobody else does."""
    table = pd.read_csv(SAMPLE / "responses.csv", dtype=str, keep_default_na=False)
    column = next(c for c in table.columns if c.startswith("What concerns"))
    replies = {str(r): t for r, t in zip(table["Response ID"], table[column], strict=True) if t}
    least = Settings().point_min_words
    rows = [
        (f"{r}-{n}", r, "q1", start, end, text[start:end])
        for r, text in replies.items()
        for n, (start, end) in enumerate(split(text, least), 1)
    ]
    frame = pd.DataFrame(rows, columns=list(POINTS.columns)[:6])
    frame = frame.reindex(columns=list(POINTS.columns), fill_value="")
    question = Question("q1", column, "open")
    result = find_themes((question,), frame, vectors(frame), Settings(theme_resamples=0))
    said = frame["text"].str.contains("stammer", case=False).to_numpy()
    held = result.assigned["theme_id"][said]
    few = held.mode()[0]
    people = frame["response_id"][(result.assigned["theme_id"] == few).to_numpy()].nunique()
    assert frame["response_id"][said].nunique() == 3
    assert (held == few).mean() >= 0.75
    assert people <= 6
    assert "tammer" in result.themes.set_index("theme_id").at[few, "name"]


def test_one_person_makes_no_theme() -> None:
    said = [f"The ferry to the island was late on day {d} of the month." for d in range(1, 30)]
    other = case_free()
    frame = points(said + other)
    frame.loc[: len(said) - 1, "response_id"] = "q1-one"
    result = find_themes((OPEN,), frame, vectors(frame), Settings())
    assert set(result.assigned["theme_id"][: len(said)]) == {""}


def case_free() -> list[str]:
    return [
        "The library needs longer opening hours.", "Bins are collected too rarely.",
        "My street has no lighting at night.", "A swimming pool would be welcome.",
        "The market square floods in winter.", "Allotments have a waiting list.",
        "The choir lost its piano.", "Parking near the school is chaos.",
        "Goats got into the cemetery twice.", "The clock tower is an hour out.",
    ]  # fmt: skip


def test_row_order_changes_nothing(cases: Path) -> None:
    frame = points(case(cases / "CLU-09"))
    found = vectors(frame)
    mixed = frame.sample(frac=1, random_state=7).reset_index(drop=True)
    turned = Vectors(found.texts.iloc[::-1].reset_index(drop=True), found.vectors[::-1].copy())
    one = find_themes((OPEN,), frame, found, Settings())
    two = find_themes((OPEN,), mixed, turned, Settings())
    pd.testing.assert_frame_equal(one.themes, two.themes)
    again = two.assigned.set_index("point_id").loc[one.assigned["point_id"]].reset_index()
    pd.testing.assert_frame_equal(one.assigned, again)


def test_frames_agree(cases: Path) -> None:
    frame = points(case(cases / "CLU-09"))
    before = frame.copy()
    result = find_themes((OPEN,), frame, vectors(frame), Settings())
    pd.testing.assert_frame_equal(frame, before)
    assert list(result.assigned["point_id"]) == list(frame["point_id"])
    assert set(result.assigned["theme_id"]) - {""} <= set(result.themes["theme_id"])
    parents = set(result.themes["parent_id"]) - {""}
    assert parents <= set(result.themes["theme_id"])
    assert set(result.assigned["theme_id"]).isdisjoint(parents)
    assert result.map[["x", "y"]].notna().all(axis=None)
    assert result.themes["stability"].between(0, 1).all()


def test_a_sample_is_clustered_and_the_rest_assigned(cases: Path) -> None:
    texts = [f"{t} {n}" for t in case(cases / "CLU-09") for n in range(6)]
    result = themes(texts, Settings(theme_sample=150))
    assert (result.assigned["theme_id"] != "").mean() > 0.7
