"""Three ways to count campaigns: every copy, each letter once, or without them.

What an edited copy adds to its letter is that person's own and counts in each way. Nothing is
removed from the result: a way of counting only says which points and people a figure counts.
"""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd

from analysis.records import Points, Prepared

Way = Literal["all", "once", "without"]
WAYS: tuple[Way, ...] = get_args(Way)


def ways(prepared: Prepared) -> tuple[Way, ...]:
    """The ways that can differ: without letters, whether in one answer or over all, "all" alone."""
    return WAYS if len(prepared.campaigns) or len(prepared.whole) else WAYS[:1]


def counted_points(points: Points, prepared: Prepared, way: Way) -> Points:
    """The points that are counted; `campaign_id` marks those that repeat a letter."""
    frame = points.points
    if way == "all" or not (frame["campaign_id"] != "").any():
        return points
    own = frame["campaign_id"] == ""
    if way == "once":
        templates = prepared.responses["respondent_id"].isin(
            prepared.whole["template_respondent_id"]
        )
        of_whole = frame["response_id"].isin(prepared.responses.loc[templates, "response_id"])
        own |= frame["response_id"].isin(prepared.campaigns["template_response_id"])
        own |= of_whole & frame["campaign_id"].isin(prepared.whole["campaign_id"])
    return Points(frame[own].reset_index(drop=True))


def counted_people(prepared: Prepared, everyone: pd.Series, way: Way) -> list[str]:
    """The respondent ids that are counted where people are, not points: position, closed answers.

    Whoever sent a copy counts with the letter, whatever else they wrote.
    """
    copies = prepared.responses.query("campaign_id != ''")
    whole = prepared.whole
    if way == "all" or (copies.empty and whole.empty):
        return list(everyone)
    out = set(copies["respondent_id"]) | set(whole["respondent_id"])
    if way == "once":
        templates = copies["response_id"].isin(prepared.campaigns["template_response_id"])
        alone = set(copies.loc[templates, "respondent_id"]) - set(whole["respondent_id"])
        out -= alone | set(whole["template_respondent_id"])
    return [i for i in everyone if i not in out]
