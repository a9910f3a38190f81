"""What the Groups pages ask of a run: small frames with small numbers hidden, ready to draw."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.counting import Way, counted_points
from analysis.crossing import Ask, ask
from analysis.differences import published
from analysis.disclosure import disclose, disclose_sizes
from analysis.export.tables import counted
from analysis.groups import EVERYONE, cross, members_of_groups, theme_members, with_intervals
from analysis.groups import sizes as people_by_group
from analysis.records import POSITIONS, TONES, Question, Run
from analysis.settings import Rule
from dashboard import results

MONTHS_FROM = 120  # days between the first and the last reply from which months are shown
THEME, WEEK = "Theme", "Submitted"


@st.cache_resource(show_spinner=False, max_entries=8)
def _disclosed(_run: Run, run_id: str, way: Way, rule: Rule) -> pd.DataFrame:
    return disclose(counted(_run, way), rule, _run.groups.links)


def crosstab(run: Run, wanted: Ask, way: Way = "all", rule: Rule = "none") -> pd.DataFrame:
    """CROSSTABS plus `shown` for one chart: everyone first, then the groups by size.

    Raises HeardError where the rule does not allow what is wanted.
    """
    if wanted.plain:
        attribute = wanted.by[0] if wanted.by else ""
        frame = _disclosed(run, run.id, way, rule)
        frame = frame[
            (frame["question_id"] == wanted.question_id)
            & (frame["measure"] == wanted.measure)
            & frame["attribute"].isin(["", attribute])
        ]
        order = results.groups(run, attribute) if attribute else []
    else:
        frame = ask(run, wanted, way, rule)
        own = frame[frame["attribute"] != ""].drop_duplicates("group")
        order = own.sort_values(["base", "group"], ascending=[False, True])["group"].tolist()
    at = {g: i for i, g in enumerate([EVERYONE, *order])}
    rank = frame["group"].map(at).fillna(len(at))
    return frame.assign(_o=rank).sort_values("_o", kind="stable").drop(columns="_o")


def position_by_theme(run: Run, question_id: str, way: Way, rule: Rule) -> pd.DataFrame:
    """The stated position of those who raised each theme, and of all whose answer was analysed."""
    points = counted_points(run.points, run.prepared, way)
    members = theme_members(points, run.themes, run.prepared)
    top = results.themes(run, question_id, way).query("parent_id == ''")
    own = members[members["theme_id"].isin(top["theme_id"])]
    inside = points.points.query("question_id == @question_id")["response_id"]
    frame = run.prepared.responses
    people = frame.loc[frame["response_id"].isin(inside), "respondent_id"]
    groups = own[["respondent_id", "theme_id"]].drop_duplicates().assign(attribute=THEME)
    groups = groups.rename(columns={"theme_id": "group"})
    return _by(run, question_id, "position", groups, pd.Index(people.unique()), rule, POSITIONS)


def tone_over_time(run: Run, question_id: str, way: Way, rule: Rule) -> pd.DataFrame:
    """The tone of the answers by the week (or month) they came in; empty without dates."""
    frame = run.prepared.responses.query("question_id == @question_id")
    kept = counted_points(run.points, run.prepared, way).points["response_id"]
    frame = frame[frame["response_id"].isin(kept)]
    people = pd.Index(frame["respondent_id"].unique())
    dates = submitted(run)
    dates = dates[dates.notna()]
    if dates.empty:
        return pd.DataFrame()
    months = (dates.max() - dates.min()).days > MONTHS_FROM
    spans = dates.dt.to_period("M" if months else "W-SUN").dt.start_time
    spans = spans.sort_values(kind="stable")
    names = [f"{d:%B %Y}" if months else f"Week of {d.day} {d:%b %Y}" for d in spans]
    groups = pd.DataFrame({"respondent_id": spans.index, "attribute": WEEK, "group": names})
    return _by(run, question_id, "tone", groups, people, rule, TONES)


def submitted(run: Run) -> pd.Series:
    """respondent_id → when the reply came in; NaT where the file does not say."""
    people = run.consultation.respondents.set_index("respondent_id")["submitted"]
    return pd.to_datetime(people, errors="coerce", format="ISO8601", utc=True).dt.tz_localize(None)


def _by(
    run: Run,
    question_id: str,
    measure: str,
    groups: pd.DataFrame,
    people: pd.Index,
    rule: Rule,
    values: tuple[str, ...],
) -> pd.DataFrame:
    everyone = members_of_groups(run.consultation).query("attribute == ''")
    both = pd.concat([everyone, groups], ignore_index=True)
    if measure == "position":
        held = run.judged.respondents.rename(columns={"position": "value"})
    else:
        tones = run.prepared.responses.merge(run.judged.responses, on="response_id")
        tones = tones.query("question_id == @question_id and tone != ''")
        held = tones[["respondent_id", "tone"]].rename(columns={"tone": "value"})
        people = people.intersection(pd.Index(held["respondent_id"]), sort=False)
    table = cross(question_id, measure, held, people, values, both)
    return disclose(with_intervals(table.assign(counting="all")), rule)


def sizes(run: Run, attribute: str, rule: Rule) -> pd.DataFrame:
    """group, n (empty where the rule hides it) of all who replied, in the order of display."""
    shown = disclose_sizes(people_by_group(run.consultation), rule, run.groups.links)[attribute]
    order = results.groups(run, attribute)
    return pd.DataFrame({"group": order, "n": shown.loc[order].to_numpy()})


def differences(run: Run, rule: Rule) -> pd.DataFrame:
    """The clear differences that the rule allows to be shown."""
    return published(run.groups, rule).query("clear")


def alike(run: Run) -> list[tuple[Question, ...]]:
    """Closed questions with the same answers in the same order, where there are several."""
    found: dict[tuple[str, ...], list[Question]] = {}
    for question in run.consultation.closed_questions:
        if question.kind == "single":
            found.setdefault(question.options, []).append(question)
    return [tuple(own) for own in found.values() if len(own) > 1]


def public_way(way: Way, rule: Rule) -> Way:
    """Beside each other two ways of counting would tell about the few who sent a letter."""
    return way if rule == "none" else "all"
