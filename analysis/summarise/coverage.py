"""How much of what was said a summary covers, and which well-supported views it leaves out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from analysis.records import each
from analysis.settings import Settings
from analysis.summarise.words import percent


def coverage(
    points: pd.DataFrame,
    held: pd.DataFrame,
    written: Collection[str],
    groups: pd.DataFrame,
    smaller: Sequence[dict[str, Any]],
    settings: Settings,
) -> dict[str, Any]:
    """What the themes that a summary writes out cover, of one question's analysed points.

    points: point_id, respondent_id of all of them, grouped or not. held: point_id, theme_id of
    those in a theme, parents too. groups: respondent_id, attribute, group. smaller: the views that
    are only listed, most people first. Shares of groups have no counts beside them and only stand
    for groups of at least `disclosure_min` people.
    """
    covered = held.loc[held["theme_id"].isin(set(written)), "point_id"]
    grouped = held["point_id"]
    frame = points[["point_id", "respondent_id"]].assign(
        covered=points["point_id"].isin(covered), listed=points["point_id"].isin(grouped)
    )
    kept = ("theme_id", "theme", "respondents")
    out = [{key: v[key] for key in kept} for v in smaller if not v["parent_id"]]
    return {
        "respondents": _people(frame, "covered"),
        "points": _points(frame, "covered"),
        "listed": {"respondents": _people(frame, "listed"), "points": _points(frame, "listed")},
        "groups": _groups(frame, groups, settings.disclosure_min),
        "left_out": out[: settings.left_out_most],
    }


def covers(summary: dict[str, Any]) -> str:
    """What the summary of one question covers, in a plain sentence or three."""
    meter, listed = summary["coverage"], summary["coverage"]["listed"]

    def said(part: dict[str, Any], what: str) -> str:
        return f"{percent(part['n'], part['base'])} of {part['base']:,} {what}"

    return (
        f"The themes described cover {said(meter['respondents'], 'people')} and "
        f"{said(meter['points'], 'points')}; with the views that are listed, "
        f"{said(listed['respondents'], 'people')} and {said(listed['points'], 'points')}. "
        f"Not grouped: {summary['not_grouped']['responses']:,} answers, all listed in Heard."
    )


def _share(n: int, base: int) -> dict[str, Any]:
    return {"n": n, "base": base, "share": round(n / base, 4) if base else None}


def _people(frame: pd.DataFrame, column: str) -> dict[str, Any]:
    inside = frame.loc[frame[column], "respondent_id"].nunique()
    return _share(inside, frame["respondent_id"].nunique())


def _points(frame: pd.DataFrame, column: str) -> dict[str, Any]:
    return _share(int(frame[column].sum()), len(frame))


def _groups(frame: pd.DataFrame, groups: pd.DataFrame, minimum: int) -> list[dict[str, Any]]:
    joined = frame.merge(groups, on="respondent_id")
    table = joined.groupby(["attribute", "group"], sort=True).agg(
        people=("respondent_id", "nunique"), share=("covered", "mean")
    )
    kept = table[table["people"] >= max(minimum, 1)].reset_index()
    return [
        {"attribute": r.attribute, "group": r.group, "share_of_points": round(float(r.share), 2)}
        for r in each(kept)
    ]
