"""Who says what: counts, bases and shares of themes, positions, tone and closed answers by group.

People are counted, never ticks or points. Shares carry Wilson score intervals (Wilson 1927); they
describe those who replied, who chose to do so, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.counting import counted_people, counted_points, ways
from analysis.differences import differences
from analysis.ingest.multi import Splitter, find_splitter
from analysis.intervals import wilson
from analysis.links import linked, links
from analysis.records import (
    CROSSTABS,
    POSITIONS,
    TONES,
    Consultation,
    Groups,
    Judged,
    Points,
    Prepared,
    Themes,
)  # fmt: skip
from analysis.settings import Settings
from analysis.unlisted import GROUPED_BY, unlisted

NOT_ANSWERED = "Not answered"
EVERYONE = "Everyone"


def theme_members(points: Points, themes: Themes, prepared: Prepared) -> pd.DataFrame:
    """question_id, theme_id, response_id, respondent_id, point_id: one row a point and theme.

    A point in a sub-theme counts for its theme too.
    """
    joined = points.points[["point_id", "question_id", "response_id"]].merge(
        themes.assigned[["point_id", "theme_id"]], on="point_id"
    )
    both = on_both_levels(joined, themes)
    owner = prepared.responses.set_index("response_id")["respondent_id"]
    return both.assign(respondent_id=both["response_id"].map(owner).astype("str"))


def on_both_levels(held: pd.DataFrame, themes: Themes) -> pd.DataFrame:
    """Rows with a theme_id; those of a sub-theme stand for its theme as well, those of none go."""
    held = held[held["theme_id"] != ""]
    parent = themes.themes.set_index("theme_id")["parent_id"]
    above = held.assign(theme_id=held["theme_id"].map(parent).astype("str"))
    return pd.concat([held, above[above["theme_id"] != ""]], ignore_index=True)


def ranked(frame: pd.DataFrame, size: str) -> pd.DataFrame:
    """Themes (theme_id, parent_id) by the column `size`, each followed by its sub-themes."""
    sizes = frame.set_index("theme_id")[size]
    sub = frame["parent_id"] != ""
    top = frame["parent_id"].where(sub, frame["theme_id"])
    keyed = frame.assign(_size=top.map(sizes), _top=top, _sub=sub)
    order = keyed.sort_values(
        ["_size", "_top", "_sub", size, "theme_id"], ascending=[False, True, True, False, True]
    )
    return order.drop(columns=["_size", "_top", "_sub"]).reset_index(drop=True)


def multi_select(values: pd.Series) -> Splitter | None:
    """How the cells of an attribute are cut if people could tick several groups, else None."""
    found = find_splitter(values.tolist())
    return found if found is not None and found.separator in ";|" else None


def members_of_groups(consultation: Consultation) -> pd.DataFrame:
    """respondent_id, attribute, group: long; attribute "" is everyone.

    Each respondent is in one group of each attribute, or in each one ticked where several could be.
    """
    frame = consultation.respondents
    ids = frame["respondent_id"]
    everyone = pd.DataFrame({"respondent_id": ids, "attribute": "", "group": EVERYONE})
    parts = [everyone]
    for name in consultation.attributes:
        splitter = multi_select(frame[name])
        group = frame[name].where(frame[name].str.strip() != "", NOT_ANSWERED)
        if splitter is not None:
            group = group.map(lambda cell, cut=splitter: cut.split(cell) or (NOT_ANSWERED,))
        own = pd.DataFrame({"respondent_id": ids, "attribute": name, "group": group})
        parts.append(own.explode("group", ignore_index=True).astype("str"))
    return pd.concat(parts, ignore_index=True)


def sizes(consultation: Consultation) -> dict[str, pd.Series]:
    """attribute → number of people in each of its groups, the largest first."""
    members = members_of_groups(consultation)
    out = {}
    for name in consultation.attributes:
        own = members[members["attribute"] == name]
        counts = own.groupby("group")["respondent_id"].nunique()
        out[name] = counts.sort_values(ascending=False, kind="stable")
    return out


def cross(
    question_id: str,
    measure: str,
    held: pd.DataFrame,
    base_ids: pd.Index,
    values: tuple[str, ...],
    groups: pd.DataFrame,
) -> pd.DataFrame:
    """Counts of distinct respondents per value and group; `held`: respondent_id, value."""
    base_groups = groups[groups["respondent_id"].isin(base_ids)]
    base = base_groups.groupby(["attribute", "group"], sort=False)["respondent_id"].nunique()
    joined = base_groups.merge(held.drop_duplicates(), on="respondent_id")
    n = joined.groupby(["attribute", "group", "value"])["respondent_id"].nunique()
    index = pd.MultiIndex.from_tuples(
        [(a, g, v) for a, g in base.index for v in values], names=["attribute", "group", "value"]
    )
    frame = n.reindex(index, fill_value=0).rename("n").reset_index()
    pairs = pd.MultiIndex.from_frame(frame[["attribute", "group"]])
    return frame.assign(
        base=base.reindex(pairs).to_numpy(), question_id=question_id, measure=measure
    )


def measures(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    themes: Themes,
    judged: Judged,
    everyone: pd.Index,
) -> Iterator[tuple[str, str, pd.DataFrame, pd.Index, tuple[str, ...]]]:
    """(question_id, measure, held, base, values) of every table that is made."""
    if consultation.position_question:
        position = judged.respondents.rename(columns={"position": "value"})
        yield consultation.position_question, "position", position, everyone, POSITIONS
    for question in consultation.closed_questions:
        answers = consultation.answers.query("question_id == @question.id")
        answered = pd.Index(answers["respondent_id"].unique()).intersection(everyone, sort=False)
        held, base, values = answers[["respondent_id", "value"]], answered, question.options
        if question.kind == "single":
            silent = everyone.difference(answered, sort=False)
            blank = pd.DataFrame({"respondent_id": silent, "value": NOT_ANSWERED})
            held, base, values = pd.concat([held, blank]), everyone, (*values, NOT_ANSWERED)
        yield question.id, "closed", held, base, values
    members = theme_members(points, themes, prepared)
    inside = prepared.responses["response_id"].isin(points.points["response_id"])
    analysed = prepared.responses[inside]
    tones = analysed.merge(judged.responses[["response_id", "tone"]], on="response_id")
    for question in consultation.open_questions:
        base = pd.Index(analysed.query("question_id == @question.id")["respondent_id"].unique())
        own = members.query("question_id == @question.id")
        held = own[["respondent_id", "theme_id"]].rename(columns={"theme_id": "value"})
        ids = themes.themes.query("question_id == @question.id")["theme_id"]
        yield question.id, "theme", held, base, tuple(ids)
        tone = tones.query("question_id == @question.id and tone != ''")[["respondent_id", "tone"]]
        base = pd.Index(tone["respondent_id"].unique())
        yield question.id, "tone", tone.rename(columns={"tone": "value"}), base, TONES


def crosstabs(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    themes: Themes,
    judged: Judged,
    settings: Settings,
) -> Groups:
    """CROSSTABS for every question, measure, attribute and group; attribute "" is everyone.

    With campaigns, for each way of counting them; without, counting "all" is the only one.
    """
    groups = members_of_groups(consultation)
    other = _members_of_unlisted(consultation, judged)
    ids = consultation.respondents["respondent_id"]
    parts, more = [], []
    for way in ways(prepared):
        kept = counted_points(points, prepared, way)
        people = pd.Index(counted_people(prepared, ids, way))
        tables = list(measures(consultation, prepared, kept, themes, judged, people))
        parts += [cross(*table, groups).assign(counting=way) for table in tables]
        more += [
            cross(*table, other[GROUPED_BY[table[1]]]).assign(counting=way)
            for table in tables
            if GROUPED_BY.get(table[1]) in other
        ]
    made = _joined(parts)
    top = set(themes.themes.query("parent_id == ''")["theme_id"])
    found = differences(made, top, settings)
    return Groups(made, _links(consultation, themes, judged), found, _joined(more))


def _members_of_unlisted(consultation: Consultation, judged: Judged) -> dict[str, pd.DataFrame]:
    """BY_POSITION, BY_DATE → respondent_id, attribute, group, without everyone."""
    return {
        name: group.rename("group").rename_axis("respondent_id").reset_index()
        .assign(attribute=name)
        for name, group in unlisted(consultation, judged).items()
    }  # fmt: skip


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    empty = pd.DataFrame(columns=list(CROSSTABS.columns)).astype("str")
    return with_intervals(pd.concat(parts or [empty], ignore_index=True))


def with_intervals(counts: pd.DataFrame) -> pd.DataFrame:
    """CROSSTABS from counts without share, low and high."""
    frame = counts.astype({"n": "int64", "base": "int64"})
    ends = [wilson(n, base) for n, base in zip(frame["n"], frame["base"], strict=True)]
    frame = frame.assign(
        share=frame["n"] / frame["base"], low=[e[0] for e in ends], high=[e[1] for e in ends]
    )
    typed = frame[list(CROSSTABS.columns)].astype({"low": "float64", "high": "float64"})
    return CROSSTABS.validate(typed)


def _links(consultation: Consultation, themes: Themes, judged: Judged) -> pd.DataFrame:
    """What follows from one published table for another: see analysis.links."""
    people = consultation.respondents.set_index("respondent_id", drop=False)
    attributes = {
        name: people[name].where(people[name].str.strip() != "", NOT_ANSWERED)
        for name in consultation.attributes
        if multi_select(people[name]) is None
    }
    for name, group in unlisted(consultation, judged).items():
        attributes[name] = group.reindex(people.index)
    asked = {}
    for question in consultation.closed_questions:
        if question.kind == "single":
            own = consultation.answers.query("question_id == @question.id")
            value = own.drop_duplicates("respondent_id").set_index("respondent_id")["value"]
            asked[f"{question.id}|closed"] = value.reindex(people.index).fillna(NOT_ANSWERED)
    if consultation.position_question:
        value = judged.respondents.set_index("respondent_id")["position"]
        asked[f"{consultation.position_question}|position"] = value.reindex(people.index)
    below = themes.themes.query("parent_id != ''")
    parents = pd.DataFrame(
        {
            "kind": "theme", "left": below["parent_id"], "right": below["theme_id"],
            "owner": below["parent_id"], "value": below["theme_id"], "component": 0,
        }
    )  # fmt: skip
    found = [links("attribute", attributes), links("question", asked), parents]
    return linked(pd.concat(found, ignore_index=True))
