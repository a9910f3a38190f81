"""Groups by different attributes that are nearly the same people: a difference would count twice.

Organisations are those without an age, the Isles are both a region and a nation.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

Group = tuple[str, str]  # attribute, group


def twins(members: pd.DataFrame, least: float) -> list[tuple[Group, Group]]:
    """Pairs of groups whose people in both are `least` of those in either (Jaccard index).

    `members`: respondent_id, attribute, group, one row for each group that a person is in.
    """
    person, _ = pd.factorize(members["respondent_id"])
    at, groups = pd.MultiIndex.from_frame(members[["attribute", "group"]]).factorize()
    inside = coo_array((np.ones(len(at)), (person, at))).tocsr()
    both = (inside.T @ inside).tocoo()
    size = inside.sum(axis=0)
    share = both.data / (size[both.row] + size[both.col] - both.data)
    names: list[Group] = [(str(a), str(g)) for a, g in groups]
    return [
        (names[i], names[j])
        for i, j, s in sorted(zip(both.row, both.col, share, strict=True))
        if i < j and s >= least and names[i][0] != names[j][0]
    ]
