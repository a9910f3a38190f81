"""What a chart of groups says, as one sentence: its alternative text and the line above it.

Only what is shown is said; with hidden cells the sentence speaks of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.groups import EVERYONE
from analysis.summarise.words import percent, rounding_note

LOW_BASE = 30  # people under which a share is read with care
TABLE = "The table holds the same numbers."


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    own = frame[frame["shown"] & frame["base"].notna()]
    return own[own["base"] > 0]


def of_value(frame: pd.DataFrame, value: str, name: str, attribute: str) -> str:
    """Where a value is most and least frequent: "… highest in North, 12 of 40 (30 %) …"."""
    own = _shown(frame[frame["value"] == value])
    everyone = own[own["group"] == EVERYONE]
    groups = own[own["group"] != EVERYONE]
    parts = [f"“{name}”"]
    if len(everyone):
        row = everyone.iloc[0]
        parts = [f"“{name}”: {_number(row)} of everyone"]
    steady = groups[groups["base"] >= LOW_BASE]
    if len(steady) > 1:
        ranked = steady.assign(rate=steady["n"] / steady["base"])
        ranked = ranked.sort_values(["rate", "group"], ascending=[False, True])
        high, low = ranked.iloc[0], ranked.iloc[-1]
        parts.append(
            f"by {attribute} highest for {high['group']}, {_number(high)}, and lowest for "
            f"{low['group']}, {_number(low)}"
        )
    elif len(groups):
        parts.append(f"by {attribute}: too few groups of {LOW_BASE} people or more to compare")
    return "; ".join(parts) + "."


def _number(row: pd.Series) -> str:
    n, base = int(row["n"]), int(row["base"])
    return f"{n:,} of {base:,} ({percent(n, base)})"


def of_heatmap(
    frame: pd.DataFrame, names: dict[str, str], groups: Sequence[str], attribute: str
) -> str:
    """The cell that stands out most from everyone's share."""
    own = _shown(frame[frame["value"].isin(names)])
    whole = own[own["group"] == EVERYONE].set_index("value")
    cells = own[
        own["group"].isin(groups) & (own["base"] >= LOW_BASE) & own["value"].isin(whole.index)
    ]
    start = f"{len(names)} themes by {attribute}, {len(groups)} groups"
    if cells.empty:
        return f"{start}; no group has {LOW_BASE} people or more. {TABLE}"
    usual = (whole["n"] / whole["base"]).reindex(cells["value"]).to_numpy(dtype=float)
    away = (cells["n"] / cells["base"]).to_numpy(dtype=float) - usual
    at = int(np.abs(away).argmax())
    row = cells.iloc[at]
    everyone = whole.loc[row["value"]]
    return (
        f"{start}. Furthest from everyone: {names[row['value']]} in {row['group']}, {_number(row)} "
        f"against {_number(everyone)}. {TABLE}"
    )


def of_stack(
    frame: pd.DataFrame,
    inside: Sequence[str],
    names: dict[str, str],
    by: str,
) -> str:
    """The most frequent answer of everyone, and where it is most and least frequent."""
    own = _shown(frame[frame["value"].isin(inside)])
    everyone = own[own["group"] == EVERYONE].sort_values("n", ascending=False, kind="stable")
    if everyone.empty:
        return f"Shares by {by}. {TABLE}"
    first = str(everyone["value"].iloc[0])
    return f"{of_value(frame, first, names.get(first, first), by)} {TABLE}"


def of_panels(panels: dict[str, pd.DataFrame], inside: Sequence[str]) -> str:
    """For each panel the most frequent answer of everyone. `panels`: title → frame."""
    parts = []
    for title, frame in panels.items():
        own = _shown(frame[frame["value"].isin(inside) & (frame["group"] == EVERYONE)])
        if len(own):
            first = own.sort_values("n", ascending=False, kind="stable").iloc[0]
            parts.append(f"“{title}”: most often “{first['value']}”, {_number(first)}.")
    return " ".join([*parts, TABLE])


def rounding(frame: pd.DataFrame) -> str:
    """A note where the whole per cents of a group do not add up to 100; "" where they do."""
    off = any(
        rounding_note(own["n"], int(own["base"].iloc[0]))
        for _, own in _shown(frame).groupby("group")
    )
    return "Per cents are rounded; in some rows they add up to 99 or 101." if off else ""


def of_makeup(frame: pd.DataFrame, attribute: str) -> str:
    """The groups furthest from the reference. `frame`: one attribute of representation.makeup."""
    parts = []
    for verdict, word, ascending in (("more", "most over", False), ("fewer", "most under", True)):
        there = frame[frame["verdict"] == verdict].sort_values("ratio", ascending=ascending)
        if len(there):
            row = there.iloc[0]
            wanted = f"{100 * row['reference']:.0f} %"
            parts.append(f"{word}-represented {row['group']}, {_number(row)} against {wanted}")
    nobody = frame.loc[frame["verdict"] == "nobody", "group"]
    if len(nobody):
        parts.append(f"nobody replied from {', '.join(nobody)}")
    said = "; ".join(parts) or "no group clearly differs from the reference"
    return f"Replies by {attribute}, beside the reference: {said}."
