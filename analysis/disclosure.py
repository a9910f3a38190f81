"""Small numbers: no published table lets a reader find out what very few people said.

Applied in the query, so charts, tables and exports hide the same cells.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PARTITIONS = ("position", "closed")  # measures whose values add up to the base


def _hide_one_more(hidden: NDArray[np.bool_], n: NDArray[np.int64], axis: int) -> bool:
    """Where a line has one hidden cell, hide its smallest other: else a sum gives it away."""
    changed = False
    lines = zip(hidden if axis else hidden.T, n if axis else n.T, strict=True)
    for line, counts in lines:
        if line.sum() == 1 and len(line) > 1:
            open_cells = np.flatnonzero(~line)
            used = open_cells[counts[open_cells] > 0]
            pick = used if len(used) else open_cells
            line[pick[np.argmin(counts[pick])]] = True
            changed = True
    return changed


def _hidden(table: pd.DataFrame, minimum: int, partition: bool) -> pd.Series:
    """True for each row of one (question, measure, attribute) table that must not be shown."""
    n = table.pivot(index="value", columns="group", values="n")
    base = table.pivot(index="value", columns="group", values="base")
    counts = n.to_numpy(dtype="int64")
    small = (counts > 0) & (counts < minimum)
    hidden = small | (base.to_numpy() < minimum)
    while _hide_one_more(hidden, counts, axis=1) | (
        partition and _hide_one_more(hidden, counts, axis=0)
    ):
        pass
    flat = pd.DataFrame(hidden, index=n.index, columns=n.columns).stack()
    keys = pd.MultiIndex.from_frame(table[["value", "group"]])
    return pd.Series(flat.reindex(keys).to_numpy(dtype=bool), index=table.index)


def disclose(crosstabs: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """CROSSTABS plus `shown`; where it is false, n, share, low and high are empty.

    `minimum` = 0 shows everything (the team's own pages). The table of everyone together
    (attribute "") is the published total and stays whole.
    """
    shown = pd.Series(True, index=crosstabs.index)
    if minimum > 1:
        for (_, measure, attribute), table in crosstabs.groupby(
            ["question_id", "measure", "attribute"], sort=False
        ):
            if attribute:
                hidden = _hidden(table, minimum, partition=measure in PARTITIONS)
                shown.loc[table.index] = ~hidden
    out = crosstabs.assign(shown=shown, n=crosstabs["n"].astype("Int64"))
    out.loc[~shown, ["n", "share", "low", "high"]] = pd.NA
    return out
