"""Counts on request, for the team: two attributes crossed, and filters by any others.

Such tables overlap in ways that no rule for small numbers can follow, so they are never published.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.counting import Way, counted_people, counted_points
from analysis.errors import HeardError
from analysis.groups import EVERYONE, cross, measures, members_of_groups, with_intervals
from analysis.records import Run
from analysis.settings import Rule

JOINED = " · "  # between the names of two groups that are crossed


@dataclass(frozen=True)
class Ask:
    """Which table: `by` one or two attributes, `where` (attribute, group) that all must be in."""

    question_id: str
    measure: str
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> bool:
        return len(self.by) <= 1 and not self.where


def people_in(run: Run, where: tuple[tuple[str, str], ...]) -> pd.Index:
    """The respondents who are in all of the groups."""
    members = members_of_groups(run.consultation)
    ids: pd.Index = pd.Index(run.consultation.respondents["respondent_id"])
    for attribute, group in where:
        own = members[(members["attribute"] == attribute) & (members["group"] == group)]
        ids = pd.Index(ids.intersection(pd.Index(own["respondent_id"]), sort=False))
    return ids


def ask(run: Run, wanted: Ask, way: Way = "all", rule: Rule = "none") -> pd.DataFrame:
    """CROSSTABS plus `shown` of one table; attribute "" holds everyone who is in `where`.

    Raises HeardError if it is asked for with a rule for small numbers: tables of this kind are the
    team's alone.
    """
    if rule != "none":
        raise HeardError(
            "Crossed groups and filters are not part of the published view: several such tables "
            "together would give small groups away. Choose one attribute and no filter."
        )
    ids = people_in(run, wanted.where)
    groups = _crossed(members_of_groups(run.consultation), wanted.by)
    groups = groups[groups["respondent_id"].isin(ids)]
    points = counted_points(run.points, run.prepared, way)
    everyone = run.consultation.respondents["respondent_id"]
    people = pd.Index(counted_people(run.prepared, everyone, way)).intersection(ids, sort=False)
    tables = measures(run.consultation, run.prepared, points, run.themes, run.judged, people)
    found = [
        cross(q, measure, held, base.intersection(ids, sort=False), values, groups)
        for q, measure, held, base, values in tables
        if (q, measure) == (wanted.question_id, wanted.measure)
    ]
    frame = with_intervals(pd.concat(found, ignore_index=True).assign(counting=way))
    return frame.assign(
        shown=True, n=frame["n"].astype("Int64"), base=frame["base"].astype("Int64")
    )


def _crossed(members: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """respondent_id, attribute, group for everyone and for the combinations of `by`."""
    everyone = members[members["attribute"] == ""]
    if not by:
        return everyone
    joined = members[members["attribute"] == by[0]]
    for name in by[1:]:
        other = members.loc[members["attribute"] == name, ["respondent_id", "group"]]
        both = joined.merge(other, on="respondent_id", suffixes=("", "_other"))
        joined = both.assign(
            attribute=both["attribute"] + JOINED + name,
            group=both["group"] + JOINED + both["group_other"],
        ).drop(columns="group_other")
    return pd.concat([everyone.assign(group=EVERYONE), joined], ignore_index=True)
