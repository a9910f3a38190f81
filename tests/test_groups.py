import numpy as np
import pandas as pd
import pytest

from analysis.groups import EVERYONE, NOT_ANSWERED, crosstabs
from analysis.intervals import wilson
from analysis.judge.judge import judge
from analysis.records import Consultation, Points, Prepared, Themes, Vectors
from analysis.settings import Settings
from tests.make import consultation, frame


def parts(made: Consultation, theme_of: dict[str, str]) -> tuple[Prepared, Points, Themes]:
    """Every response is one point; theme_of: response → theme id ("t1" or its sub-theme)."""
    responses = made.responses.assign(
        shown_text=made.responses["text"], language="en", status="analysed",
        campaign_id="", campaign_copy="",
    )  # fmt: skip
    points = pd.DataFrame(
        {
            "point_id": responses["response_id"] + "-1",
            "response_id": responses["response_id"],
            "question_id": "q2",
            "start": 0,
            "end": responses["text"].str.len(),
            "text": responses["text"],
            "campaign_id": "",
        }
    )
    themes = frame(
        [("q2-t01", "", "q2", "One", "", ""), ("q2-t01-s1", "q2-t01", "q2", "Sub", "", "")],
        ["theme_id", "parent_id", "question_id", "name", "description", "keywords"],
    ).assign(stability=1.0)
    assigned = pd.DataFrame(
        {
            "point_id": points["point_id"],
            "theme_id": responses["response_id"].map(theme_of).fillna("").astype("str"),
            "similarity": 1.0,
        }
    )
    none = frame([], ["response_id", "start", "end", "kind", "template_response_id"])
    whole = frame([], ["respondent_id", "campaign_id", "template_respondent_id"])
    return Prepared(responses, none, none, whole), Points(points), Themes(themes, assigned, none)


@pytest.fixture
def tables() -> pd.DataFrame:
    made = consultation(
        ["a one", "b two", "c three", "", "e five"],
        ["Support", "Oppose", "Oppose", "Support", ""],
        ["North", "North", "South", "South", ""],
    )
    prepared, points, themes = parts(made, {"R000-q2": "q2-t01", "R001-q2": "q2-t01-s1"})
    texts = pd.DataFrame({"text": points.points["text"].unique()}).astype("str")
    vectors = Vectors(texts, np.zeros((len(texts), 384), np.float32))
    judged = judge(made, prepared, points, vectors, Settings())
    return crosstabs(made, prepared, points, themes, judged, Settings()).crosstabs


def cell(tables: pd.DataFrame, measure: str, group: str, value: str) -> tuple[int, int]:
    row = tables.query("measure == @measure and group == @group and value == @value").iloc[0]
    return int(row["n"]), int(row["base"])


def test_a_sub_theme_counts_for_its_theme(tables: pd.DataFrame) -> None:
    assert cell(tables, "theme", EVERYONE, "q2-t01") == (2, 4)
    assert cell(tables, "theme", "North", "q2-t01-s1") == (1, 2)


def test_the_base_of_a_theme_is_those_whose_answer_was_analysed(tables: pd.DataFrame) -> None:
    assert cell(tables, "theme", "South", "q2-t01") == (0, 1)


def test_silence_is_counted_and_bases_are_everybody(tables: pd.DataFrame) -> None:
    assert cell(tables, "position", EVERYONE, "not stated") == (1, 5)
    assert cell(tables, "closed", EVERYONE, NOT_ANSWERED) == (1, 5)
    assert cell(tables, "position", NOT_ANSWERED, "not stated") == (1, 1)


def test_positions_of_a_group_add_up_to_its_base(tables: pd.DataFrame) -> None:
    position = tables.query("measure == 'position'")
    sums = position.groupby(["attribute", "group"]).agg(n=("n", "sum"), base=("base", "first"))
    assert (sums["n"] == sums["base"]).all()


def test_an_option_nobody_chose_is_there(tables: pd.DataFrame) -> None:
    assert cell(tables, "closed", EVERYONE, "Don't know") == (0, 5)


def test_wilson_as_published() -> None:
    low, high = wilson(81, 263)  # Newcombe 1998, table I, method 3
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 10)[0] == 0.0
