"""Who fares worse: errors, points left ungrouped and quotes, by group, length and language.

Units of one person are not independent, so people are what is permuted: were the group's members
drawn at random from all respondents, how often would their cases be so many? The permutation
distribution of the sum is taken as normal with its exact mean and variance, which needs a group of
some size; smaller groups are shown and not tested. False alarms are held down over all tests
(Benjamini & Hochberg 1995).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, norm

from analysis.groups import NOT_ANSWERED
from analysis.records import (
    FAIRNESS,
    Consultation,
    Fairness,
    Judged,
    Points,
    Prepared,
    Themes,
    empty,
)  # fmt: skip
from analysis.settings import Settings

LENGTH, LANGUAGE = "Length of the reply", "Language of the reply"
_EDGES = (-1, 10, 25, 60, 150, 10**9)
_BANDS = ("up to 10 words", "11 to 25 words", "26 to 60 words", "61 to 150 words", "over 150 words")
# A measure as cases: respondent_id, n, of. One row a person.
_Cases = tuple[str, pd.DataFrame]


def fairness(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    themes: Themes,
    judged: Judged,
    summary: list[dict[str, Any]],
    settings: Settings,
) -> Fairness:
    """FAIRNESS over every attribute, the length and the language of replies.

    Errors need something to be measured against: ticks for the position, labels by the team for the
    tone. `worse`: more cases than among the others, and more than chance explains.
    """
    groups = _groups(consultation, prepared)
    rows = [
        row
        for measure, cases in _measures(consultation, prepared, points, themes, judged, summary)
        for row in _rows(measure, cases, groups, settings)
    ]
    if not rows:
        return Fairness(empty(FAIRNESS))
    table = pd.DataFrame(rows, columns=list(FAIRNESS.columns)[:-2])
    tested = table["p"].notna()
    adjusted = pd.Series(np.nan, index=table.index)
    if tested.any():
        adjusted[tested] = false_discovery_control(table.loc[tested, "p"])
    worse = (table["share"] > table["others"]) & (adjusted <= settings.fair_level)
    table = table.assign(adjusted=adjusted, worse=worse).astype(dict(empty(FAIRNESS).dtypes))
    return Fairness(FAIRNESS.validate(table))


def _groups(consultation: Consultation, prepared: Prepared) -> pd.DataFrame:
    """respondent_id and one column each per attribute, for length and for language."""
    people = consultation.respondents
    frame = people[["respondent_id", *consultation.attributes]]
    named = frame[list(consultation.attributes)].apply(
        lambda c: c.where(c.str.strip() != "", NOT_ANSWERED)
    )
    own = prepared.responses
    words = own["text"].str.count(r"\S+").groupby(own["respondent_id"]).sum()
    first = own[own["language"] != "und"].groupby("respondent_id")["language"].first()
    length = pd.cut(people["respondent_id"].map(words), _EDGES, labels=_BANDS).astype("str")
    joined: pd.DataFrame = pd.concat([frame[["respondent_id"]], named], axis=1)
    return joined.assign(**{LENGTH: length, LANGUAGE: people["respondent_id"].map(first)})


def _measures(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    themes: Themes,
    judged: Judged,
    summary: list[dict[str, Any]],
) -> Iterator[_Cases]:
    owner = prepared.responses.set_index("response_id")["respondent_id"]
    frame = points.points.merge(themes.assigned[["point_id", "theme_id"]], on="point_id")
    frame = frame.merge(judged.points[["point_id", "tone"]], on="point_id")
    frame = frame.assign(respondent_id=frame["response_id"].map(owner))
    away = prepared.responses.query("status == 'other_language'")["respondent_id"]
    yield (
        "not_grouped",
        _summed(
            pd.concat([frame["respondent_id"], away]),
            np.r_[frame["theme_id"].to_numpy() == "", np.ones(len(away), bool)],
        ),
    )
    toned = frame[frame["tone"] != ""]
    yield "tone_unclear", _summed(toned["respondent_id"], toned["tone"] == "unclear")
    quotes = {q["response_id"] for view in _views(summary) for q in view["quotes"]}
    may = consultation.respondents.query("permission != 'no'")["respondent_id"]
    able = frame[frame["respondent_id"].isin(may)]
    quoted = able["response_id"].isin(quotes).groupby(able["respondent_id"]).max()
    yield "not_quoted", _summed(quoted.index.to_series(), ~quoted.to_numpy(bool))
    checked = judged.checked
    wrong = checked.assign(wrong=checked["gold"] != checked["told"])
    tone = wrong[wrong["measure"] == "tone"]
    who = tone["unit"].map(frame.set_index("point_id")["respondent_id"])
    yield "tone_error", _summed(who, tone["wrong"])
    position = wrong[wrong["measure"] == "position"]
    yield "position_error", _summed(position["unit"], position["wrong"])


def _views(summary: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for question in summary:
        yield from (*question["viewpoints"], *question["smaller_views"])


def _summed(who: pd.Series[str], cases: Iterable[bool]) -> pd.DataFrame:
    long = pd.DataFrame({"respondent_id": who.to_numpy(), "n": np.asarray(cases, dtype="int64")})
    made = long.groupby("respondent_id")["n"].agg(["sum", "size"]).reset_index()
    return made.set_axis(["respondent_id", "n", "of"], axis=1)


def _rows(
    measure: str, cases: pd.DataFrame, groups: pd.DataFrame, settings: Settings
) -> Iterator[tuple[Any, ...]]:
    joined = cases.merge(groups, on="respondent_id")
    for attribute in groups.columns[1:]:
        held = joined[joined[attribute].notna()]
        for group in sorted(held[attribute].unique()):
            inside = (held[attribute] == group).to_numpy(bool)
            yield measure, attribute, group, *_compared(held, inside, settings)


def _compared(held: pd.DataFrame, inside: Any, settings: Settings) -> tuple[Any, ...]:
    """people, n, base, share, share among the others, p (missing: too few to tell)."""
    n, of = held["n"].to_numpy(float), held["of"].to_numpy(float)
    size, rest = int(inside.sum()), int((~inside).sum())
    share = n[inside].sum() / of[inside].sum()
    others = n[~inside].sum() / of[~inside].sum() if rest else np.nan
    overall = n.sum() / of.sum()
    expected = of[inside].sum() * min(overall, 1 - overall)
    p = np.nan
    if min(size, rest) >= settings.fair_people and expected >= settings.fair_cases:
        left = n - overall * of
        spread = size * rest / (len(n) * (len(n) - 1)) * float((left**2).sum())
        p = float(2 * norm.sf(abs(left[inside].sum()) / np.sqrt(spread))) if spread else np.nan
    return size, int(n[inside].sum()), int(of[inside].sum()), share, others, p
