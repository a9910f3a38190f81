"""Decisions made on an earlier analysis, said anew of the themes of a later one.

A theme is the same where most of its passages are: over half of those that either of the two holds,
counted over the passages that both analyses have (Jaccard), so that at most one can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.groups import on_both_levels
from analysis.records import Points, Themes, each
from analysis.review.apply import GONE, NO_PASSAGE, NotCarried
from analysis.review.edits import Edit, named_points

PLACE = ["response_id", "start", "end"]


@dataclass(frozen=True)
class Ways:
    """From one analysis to another: theme → theme, point → point; names are the earlier ones'."""

    themes: Mapping[str, str]
    points: Mapping[str, str]
    names: Mapping[str, str]
    nearest: Mapping[str, tuple[str, float]]  # of the themes without a match: name, share


def ways(before: Themes, old: Points, after: Themes, new: Points, least: float) -> Ways:
    """`least`: two themes are the same with over this share of passages in common."""
    pairs = old.points[["point_id", *PLACE]].merge(
        new.points[["point_id", *PLACE]], on=PLACE, suffixes=("_old", "_new")
    )
    points = dict(zip(pairs["point_id_old"], pairs["point_id_new"], strict=True))
    one = _members(before, pairs["point_id_old"].rename("point_id"))
    two = _members(after, pairs["point_id_new"].rename("point_id"))
    back = dict(zip(pairs["point_id_new"], pairs["point_id_old"], strict=True))
    shares = _shares(one, two.assign(point_id=two["point_id"].map(back)))
    best = shares.sort_values(["share", "level", "after"], ascending=[False, False, True])
    best = best.drop_duplicates("before")
    same = best[best["share"] > least]
    later, rest = _names(after), best[best["share"] <= least]
    return Ways(
        dict(zip(same["before"], same["after"], strict=True)),
        points,
        _names(before),
        {str(r.before): (later[r.after], float(r.share)) for r in each(rest)},
    )


def _names(themes: Themes) -> dict[str, str]:
    return dict(zip(themes.themes["theme_id"], themes.themes["name"], strict=True))


def _members(themes: Themes, points: pd.Series) -> pd.DataFrame:
    """point_id, theme_id, top: a point of a sub-theme counts for its theme too."""
    own = themes.assigned[themes.assigned["point_id"].isin(points)][["point_id", "theme_id"]]
    parent = themes.themes.set_index("theme_id")["parent_id"]
    both = on_both_levels(own, themes)
    return both.assign(top=both["theme_id"].map(parent) == "")


def _shares(one: pd.DataFrame, two: pd.DataFrame) -> pd.DataFrame:
    """before, after, share (Jaccard), level (both themes, or both sub-themes)."""
    joined = one.merge(two, on="point_id", suffixes=("_one", "_two"))
    keys = ["theme_id_one", "theme_id_two", "top_one", "top_two"]
    both = joined.groupby(keys).size().rename("both").reset_index()
    first, second = one["theme_id"].value_counts(), two["theme_id"].value_counts()
    whole = both["theme_id_one"].map(first) + both["theme_id_two"].map(second) - both["both"]
    return pd.DataFrame(
        {"before": both["theme_id_one"], "after": both["theme_id_two"],
         "share": both["both"] / whole, "level": both["top_one"] == both["top_two"]}
    )  # fmt: skip


def carried(edit: Edit, by: Ways) -> tuple[Edit | None, NotCarried | None]:
    """The edit in the words of the later analysis, and what of it is lost, if anything."""
    missing = [t for t in _own(edit) if t in by.names and t not in by.themes]
    if missing and edit.kind not in ("add", "move"):
        return None, NotCarried(edit, _unlike(missing[0], by))
    to = edit.payload.get("to", "")
    if to in by.names and to not in by.themes:
        return None, NotCarried(edit, _unlike(to, by))
    themes = tuple(dict.fromkeys(by.themes.get(t, t) for t in edit.themes if t not in missing))
    if edit.kind in ("merge", "apart") and len(themes) < 2:
        return None, None  # the later analysis has them as one already
    named = named_points(edit)
    lost = sum(p not in by.points for p in named)
    if named and lost == len(named):
        return None, NotCarried(edit, NO_PASSAGE)
    made = replace(edit, themes=themes, payload=_payload(edit.payload, by))
    if not lost:
        return made, None
    some = f"{lost:,} of its {len(named):,} passages are not there any more"
    return made, NotCarried(edit, some, partly=True)


def _own(edit: Edit) -> list[str]:
    parent = edit.payload.get("parent_id", "")
    return [*edit.themes, *([parent] if parent else [])]


def _unlike(theme: str, by: Ways) -> str:
    name = by.names[theme]
    if theme not in by.nearest:
        return f"{GONE}: none of the passages of “{name}” is in a theme"
    near, share = by.nearest[theme]
    return (
        f"the later analysis has no theme like “{name}”; the nearest is “{near}”, with {share:.0%} "
        "of the passages in common"
    )


def _payload(payload: dict[str, Any], by: Ways) -> dict[str, Any]:
    def points(own: dict[str, Any]) -> dict[str, Any]:
        if "points" not in own:
            return own
        return {**own, "points": [by.points[p] for p in own["points"] if p in by.points]}

    made = points(payload)
    for key in ("to", "parent_id"):
        if made.get(key):
            made = {**made, key: by.themes.get(made[key], "" if key == "parent_id" else made[key])}
    if "parts" in made:
        made = {**made, "parts": [points(p) for p in made["parts"]]}
    return made
