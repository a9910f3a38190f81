"""Position by theme and tone over time: counted from the run, hidden with all other tables."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.groups import EVERYONE, theme_members
from analysis.records import Run
from analysis.unlisted import BY_DATE, BY_POSITION, submitted
from dashboard import group_results
from tests.attack import Attack


@pytest.fixture
def question(sample_run: Run) -> str:
    return sample_run.consultation.open_questions[0].id


def test_position_by_theme_counts_people(sample_run: Run, question: str) -> None:
    found = group_results.position_by_theme(sample_run, question, "all", "none")
    members = theme_members(sample_run.points, sample_run.themes, sample_run.prepared)
    side = sample_run.judged.respondents.set_index("respondent_id")["position"]
    themes = [g for g in found["group"].unique() if g != EVERYONE]
    assert themes
    for theme in themes:
        people = members.loc[members["theme_id"] == theme, "respondent_id"].unique()
        own = found[found["group"] == theme].set_index("value")
        assert own["base"].unique().tolist() == [len(people)]
        wanted = side.loc[people].value_counts()
        assert own["n"].to_dict() == wanted.reindex(own.index, fill_value=0).to_dict()
    everyone = found[found["group"] == EVERYONE]
    assert everyone["n"].sum() == everyone["base"].iloc[0]


def test_tone_over_time_leaves_nobody_out(sample_run: Run, question: str) -> None:
    found = group_results.tone_over_time(sample_run, question, "all", "none")
    weeks = found[found["attribute"] == BY_DATE]
    everyone = found[found["attribute"] == ""].set_index("value")["n"]
    assert weeks.groupby("value")["n"].sum().to_dict() == everyone.to_dict()
    starts = pd.to_datetime(weeks["group"].unique(), format="Week of %d %b %Y")
    assert starts.is_monotonic_increasing
    assert submitted(sample_run.consultation).between(
        starts[0], starts[-1] + pd.Timedelta(days=7)
    ).all()  # fmt: skip


@pytest.mark.parametrize("measure", ["theme", "tone"])
def test_both_are_hidden_together_with_the_attributes(
    sample_run: Run, question: str, measure: str
) -> None:
    extra = {"theme": BY_POSITION, "tone": BY_DATE}[measure]
    true = sample_run.groups.tables().query("counting == 'all'")
    shown = group_results.disclosed(sample_run, "five").reset_index(drop=True)
    true = true.reset_index(drop=True)
    own = (true["attribute"] == extra) & (true["question_id"] == question)
    small = own & (true["n"] > 0) & (true["n"] < 5)
    assert small.any()
    assert not shown.loc[small, "shown"].any()
    assert shown.loc[own, "shown"].any()
    table = shown[
        (shown["question_id"] == question)
        & (shown["measure"] == measure)
        & shown["attribute"].isin(["", extra])
    ]
    found = Attack(table, sample_run.groups.links, 5).determined()
    cells = {
        (r.attribute, f"{r.question_id}|{r.measure}", r.group, r.value)
        for r in true[small].itertuples()
    }
    assert not found & cells


def test_a_hidden_cell_is_hidden_on_the_page_too(sample_run: Run, question: str) -> None:
    whole = group_results.position_by_theme(sample_run, question, "all", "none")
    shown = group_results.position_by_theme(sample_run, question, "all", "five")
    small = (whole["n"] > 0) & (whole["n"] < 5) & (whole["group"] != EVERYONE)
    assert small.any()
    assert not shown.loc[small, "shown"].any()
    assert shown.loc[~shown["shown"], ["n", "share", "low", "high"]].isna().all(axis=None)
