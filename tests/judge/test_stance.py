"""How points speak of their theme: by what was asked and by outright words, never by tone alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.judge.stance import asks_for, point_stance, theme_stances


@pytest.mark.parametrize(
    ("question", "stance"),
    [
        ("What benefits, if any, do you see?", "supportive"),
        ("What concerns, if any, do you have about it?", "concerned"),
        ("What should the government do before it is used more widely?", "suggestion"),
        ("What are the benefits and risks?", "unclear"),
        ("Please tell us what you think.", "unclear"),
        ("", "unclear"),
    ],
)
def test_what_a_question_asks_for(question: str, stance: str) -> None:
    assert asks_for(question) == stance


@pytest.mark.parametrize(
    ("text", "tone", "asked", "stance"),
    [
        ("The letters come a month late.", "neutral", "concerned", "concerned"),
        ("The letters come a month late.", "neutral", "unclear", "unclear"),
        ("Faster answers.", "positive", "supportive", "supportive"),
        ("None.", "neutral", "supportive", "concerned"),
        ("None at all.", "neutral", "concerned", "supportive"),
        ("It will be a cruel mess.", "negative", "supportive", "unclear"),
        ("You should publish the results.", "neutral", "unclear", "suggestion"),
        ("Publish the results every year.", "neutral", "concerned", "suggestion"),
        ("I’m strongly opposed to this.", "neutral", "supportive", "concerned"),
        ("I am worried about mistakes.", "neutral", "unclear", "concerned"),
    ],
)
def test_the_stance_of_a_point(text: str, tone: str, asked: str, stance: str) -> None:
    assert point_stance(text, tone, asked) == stance  # type: ignore[arg-type]


def test_polite_opponents_and_angry_supporters(cases: Path) -> None:
    frame = pd.read_csv(cases / "SEN-04" / "stance.csv", dtype=str)
    tones = ["positive", "negative", "negative", "positive"]
    found = [point_stance(t, w, "unclear") for t, w in zip(frame["Q1"][:4], tones, strict=True)]
    assert found == ["concerned", "supportive", "supportive", "concerned"]


def test_people_are_counted_once_a_theme_and_both_sides_are_mixed() -> None:
    said = [
        ("a", "T1", "supportive"), ("a", "T1", "concerned"), ("b", "T1", "supportive"),
        ("b", "T1", "supportive"), ("c", "T1", "suggestion"), ("c", "T1", "unclear"),
        ("d", "T1", "suggestion"), ("d", "T1", "concerned"), ("a", "T2", "unclear"),
    ]  # fmt: skip
    ids = [f"p{n}" for n in range(len(said))]
    members = pd.DataFrame(
        {"theme_id": [t for _, t, _ in said], "respondent_id": [w for w, _, _ in said],
         "point_id": ids}
    )  # fmt: skip
    points = pd.DataFrame({"point_id": ids, "stance": [s for _, _, s in said]})
    made = theme_stances(members, points)
    counts = made.set_index(["theme_id", "stance"])["n"]
    assert counts["T1"].to_dict() == {
        "supportive": 1, "mixed": 1, "concerned": 1, "suggestion": 1, "unclear": 0,
    }  # fmt: skip
    assert counts["T2"].to_dict()["unclear"] == 1
    assert made.groupby("theme_id")["base"].first().to_dict() == {"T1": 4, "T2": 1}


def test_no_members_no_rows() -> None:
    members = pd.DataFrame(columns=["theme_id", "respondent_id", "point_id"], dtype="str")
    assert theme_stances(members, pd.DataFrame(columns=["point_id", "stance"], dtype="str")).empty
