"""Which published tables say the same of the same people, so that one can undo another's hiding.

Two attributes are linked where some groups of the one are together some groups of the other
(individuals are those without a sector): then the sums over both must agree. The same holds for two
closed questions, and for the position that is read off one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.records import LINKS


def _components(left: pd.Series, right: pd.Series) -> tuple[int, dict[str, dict[str, int]]]:
    """The parts of the graph whose edges are (value of left, value of right) of a person."""
    a, b = pd.Categorical(left), pd.Categorical(right)
    size = len(a.categories) + len(b.categories)
    edges = coo_array((np.ones(len(a)), (a.codes, b.codes + len(a.categories))), shape=(size, size))
    count, labels = connected_components(edges, directed=False)
    own = {"left": labels[: len(a.categories)], "right": labels[len(a.categories) :]}
    values = {"left": a.categories, "right": b.categories}
    return int(count), {
        side: dict(zip(map(str, values[side]), map(int, own[side]), strict=True)) for side in own
    }


def links(kind: str, partitions: Mapping[str, pd.Series]) -> pd.DataFrame:
    """LINKS for each linked pair of `partitions` (name → value of each person, same order).

    One row for each value of both sides, with the part that it belongs to; pairs whose values all
    hang together are left out, for nothing follows from one for the other.
    """
    rows = []
    for left, right in combinations(partitions, 2):
        count, parts = _components(partitions[left], partitions[right])
        if count > 1:
            rows += [
                (kind, left, right, owner, value, part)
                for owner, side in ((left, "left"), (right, "right"))
                for value, part in parts[side].items()
            ]
    return linked(pd.DataFrame(rows, columns=list(LINKS.columns)))


def linked(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` as LINKS, also when it has no rows."""
    typed = frame.astype(dict.fromkeys(list(LINKS.columns)[:-1], "str") | {"component": "int64"})
    return LINKS.validate(typed.reset_index(drop=True))
