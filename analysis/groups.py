"""Who says what: counts, bases and shares of themes, positions, tone and closed answers by group.

People are counted, never ticks or points. Shares carry Wilson score intervals (Wilson 1927); they
describe those who replied, who chose to do so, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pandas as pd
from scipy.stats import binomtest

from analysis.counting import counted_people, counted_points, ways
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

NOT_ANSWERED = "Not answered"
EVERYONE = "Everyone"


@lru_cache(maxsize=100_000)
def wilson(n: int, base: int) -> tuple[float, float]:
    """95 % Wilson interval of n in base (base > 0)."""
    interval = binomtest(n, base).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def theme_members(points: Points, themes: Themes, prepared: Prepared) -> pd.DataFrame:
    """question_id, theme_id, response_id, respondent_id, point_id: one row a point and theme.

    A point in a sub-theme counts for its theme too.
    """
    joined = points.points[["point_id", "question_id", "response_id"]].merge(
        themes.assigned[["point_id", "theme_id"]], on="point_id"
    )
    joined = joined[joined["theme_id"] != ""]
    parent = themes.themes.set_index("theme_id")["parent_id"]
    above = joined.assign(theme_id=joined["theme_id"].map(parent).astype("str"))
    both = pd.concat([joined, above[above["theme_id"] != ""]], ignore_index=True)
    owner = prepared.responses.set_index("response_id")["respondent_id"]
    return both.assign(respondent_id=both["response_id"].map(owner).astype("str"))


def _group_frame(consultation: Consultation) -> pd.DataFrame:
    """respondent_id, attribute, group: long; every respondent has one group per attribute."""
    frame = consultation.respondents
    everyone = pd.DataFrame(
        {"respondent_id": frame["respondent_id"], "attribute": "", "group": EVERYONE}
    )
    parts = [everyone] + [
        pd.DataFrame(
            {
                "respondent_id": frame["respondent_id"],
                "attribute": name,
                "group": frame[name].where(frame[name].str.strip() != "", NOT_ANSWERED),
            }
        )
        for name in consultation.attributes
    ]
    return pd.concat(parts, ignore_index=True)


def _cross(
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


def _measures(
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
    consultation: Consultation, prepared: Prepared, points: Points, themes: Themes, judged: Judged
) -> Groups:
    """CROSSTABS for every question, measure, attribute and group; attribute "" is everyone.

    With campaigns, for each way of counting them; without, counting "all" is the only one.
    """
    groups = _group_frame(consultation)
    ids = consultation.respondents["respondent_id"]
    parts = []
    for way in ways(prepared):
        kept = counted_points(points, prepared, way)
        people = pd.Index(counted_people(prepared, ids, way))
        tables = _measures(consultation, prepared, kept, themes, judged, people)
        parts += [_cross(*table, groups).assign(counting=way) for table in tables]
    columns = list(CROSSTABS.columns)
    if not parts:
        numbers = {"n": "int64", "base": "int64", "share": "float", "low": "float", "high": "float"}
        return Groups(pd.DataFrame({c: pd.Series(dtype=numbers.get(c, "str")) for c in columns}))
    frame = pd.concat(parts, ignore_index=True).astype({"n": "int64", "base": "int64"})
    intervals = [wilson(n, base) for n, base in zip(frame["n"], frame["base"], strict=True)]
    frame["share"] = frame["n"] / frame["base"]
    frame["low"], frame["high"] = [low for low, _ in intervals], [high for _, high in intervals]
    return Groups(CROSSTABS.validate(frame[columns]))
