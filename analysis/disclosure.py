"""Small numbers: no published table lets a reader find out what very few people said.

Applied in the query, so charts, tables, alternative texts and exports hide the same cells. The
numbers of everyone together are published as they are. One way of counting campaigns is published,
never two beside each other, for their difference would be a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.intervals import wilson
from analysis.records import LINKS, each
from analysis.settings import SMALL_NUMBERS, Rule
from analysis.suppression import Cells, Parts, Suppressor, hidden_groups

NO_LINKS = pd.DataFrame(columns=list(LINKS.columns))


def disclose(crosstabs: pd.DataFrame, rule: Rule, links: pd.DataFrame = NO_LINKS) -> pd.DataFrame:
    """CROSSTABS of one way of counting plus `shown`; where it is false, n and share are empty.

    `links` (Groups.links) say which tables could give each other's hidden cells away. The base is
    empty too where the whole group is too small, and rounded where the rule rounds. Give whole
    tables, all that are published together: what one of them hides depends on the others.
    """
    minimum, nearest = SMALL_NUMBERS[rule]
    out = crosstabs.assign(
        shown=True, n=crosstabs["n"].astype("Int64"), base=crosstabs["base"].astype("Int64")
    )
    if minimum == 0:
        return out
    secret, groups = _hidden(crosstabs, links, minimum)
    out["shown"] = ~secret
    if nearest:
        own = out["attribute"] != ""
        out = pd.concat([out[~own], _rounded(out[own], nearest)]).loc[crosstabs.index]
    out.loc[~out["shown"], ["n", "share", "low", "high"]] = pd.NA
    out.loc[groups, "base"] = pd.NA
    return out


def number(n: int, minimum: int) -> str:
    """A number of people as the public sees it."""
    return f"fewer than {minimum}" if 0 < n < minimum else f"{n:,}"


def together(counts: Mapping[str, int], minimum: int) -> list[tuple[tuple[str, ...], int]]:
    """The counts with small ones put together with the next larger, so that they still add up.

    Where all of them are one, that is their sum: give only counts whose sum is published anyway.
    """
    rows: list[tuple[tuple[str, ...], int]] = [((key,), n) for key, n in counts.items() if n]
    while len(rows) > 1 and min(n for _, n in rows) < minimum:
        (first, one), (second, two), *rest = sorted(rows, key=lambda row: row[1])
        rows = [(first + second, one + two), *rest]
    place = {key: at for at, key in enumerate(counts)}
    ordered = [(tuple(sorted(keys, key=place.__getitem__)), n) for keys, n in rows]
    return sorted(ordered, key=lambda row: place[row[0][0]])


def disclose_sizes(
    sizes: Mapping[str, pd.Series], rule: Rule, links: pd.DataFrame = NO_LINKS
) -> dict[str, pd.Series]:
    """attribute → sizes of its groups (Int64), empty where too few people are in one.

    `sizes`: attribute → number of people (indexed by group), of all attributes together.
    """
    minimum, nearest = SMALL_NUMBERS[rule]
    bases = {a: (tuple(map(str, s.index)), s.to_numpy(dtype="int64")) for a, s in sizes.items()}
    hidden, _ = hidden_groups(bases, _parts(links, "attribute"), minimum)
    rounded = {a: _nearest(s, nearest) if nearest else s for a, s in sizes.items()}
    return {a: s.astype("Int64").mask(hidden[a]) for a, s in rounded.items()}


def _nearest(numbers: pd.Series, to: int) -> pd.Series:
    """To the nearest multiple, halves upwards."""
    return (numbers + to // 2) // to * to


def _rounded(frame: pd.DataFrame, to: int) -> pd.DataFrame:
    """Counts and bases to the nearest multiple; shares and intervals from these, not from below."""
    n, base = _nearest(frame["n"], to), _nearest(frame["base"], to)
    n = n.where(n < base, base)
    ends = [wilson(int(a), int(b)) if b else (np.nan, np.nan) for a, b in zip(n, base, strict=True)]
    share = [a / b if b else np.nan for a, b in zip(n, base, strict=True)]
    return frame.assign(
        n=n, base=base, share=share, low=[e[0] for e in ends], high=[e[1] for e in ends]
    )


def _parts(links: pd.DataFrame, kind: str) -> Parts:
    out: dict[str, dict[str, dict[str, int]]] = {}
    for row in each(links[links["kind"] == kind]):
        other = row.right if row.owner == row.left else row.left
        out.setdefault(row.owner, {}).setdefault(other, {})[row.value] = row.component
    return out


@dataclass(frozen=True)
class _Place:
    """Where the cells of one table are: row numbers of the frame, and their group and value."""

    rows: NDArray[np.intp]
    group: NDArray[np.intp]
    value: NDArray[np.intp]


def _hidden(
    crosstabs: pd.DataFrame, links: pd.DataFrame, minimum: int
) -> tuple[pd.Series, pd.Series]:
    """For each row: must it be hidden, and must its base be hidden."""
    parents = links[links["kind"] == "theme"].set_index("value")["owner"]
    keys = crosstabs["question_id"] + "|" + crosstabs["measure"]
    frame = crosstabs.assign(key=keys).reset_index(drop=True)
    below = frame["value"].isin(parents.index) & (frame["measure"] == "theme")
    by_group = frame["attribute"] != ""
    whole: dict[tuple[str, str], int] = {
        (r.key, r.value): int(r.n) for r in each(frame[~by_group][["key", "value", "n"]])
    }
    cells: dict[tuple[str, str], Cells] = {}
    places: dict[tuple[str, str], _Place] = {}
    for (attribute, key), table in frame[by_group & ~below].groupby(
        ["attribute", "key"], sort=False
    ):
        at = (str(attribute), str(key))
        cells[at], places[at] = _cells(table, whole, str(key))
    secret = (below & by_group).to_numpy(dtype=bool, copy=True)
    too_small: set[tuple[str, str, str]] = set()
    rows, columns = _parts(links, "attribute"), _parts(links, "question")
    at_risk = {
        parents[value]
        for (_, value), n in whole.items()
        if value in parents.index and 0 < n < minimum
    }
    for tables in _populations(cells):
        suppressor = Suppressor(tables, rows, columns, minimum)
        _withhold_concentrated(suppressor, at_risk)
        for at, hidden in suppressor.hidden().items():
            place = places[at]
            secret[place.rows] |= hidden[place.group, place.value]
            gone = suppressor.groups[at[0]]
            too_small |= {(*at, g) for g, h in zip(tables[at].groups, gone, strict=True) if h}
    names = zip(frame["attribute"], frame["key"], frame["group"], strict=True)
    groups = np.fromiter((name in too_small for name in names), dtype=bool, count=len(frame))
    return pd.Series(secret, crosstabs.index), pd.Series(groups, crosstabs.index)


def _cells(
    table: pd.DataFrame, whole: Mapping[tuple[str, str], int], key: str
) -> tuple[Cells, _Place]:
    group, groups = pd.factorize(table["group"])
    value, values = pd.factorize(table["value"])
    n = np.zeros((len(groups), len(values)), dtype=np.int64)
    base = np.zeros(len(groups), dtype=np.int64)
    n[group, value] = table["n"]
    base[group] = table["base"]
    sums = n.sum(axis=0)
    total = np.array(
        [whole.get((key, v), s) for v, s in zip(values, sums, strict=True)], dtype=np.int64
    )
    adds_up = bool((n.sum(axis=1) == base).all())
    found = Cells(tuple(map(str, groups)), tuple(map(str, values)), n, base, total, adds_up)
    return found, _Place(table.index.to_numpy(), group, value)


def _populations(
    cells: Mapping[tuple[str, str], Cells],
) -> list[dict[tuple[str, str], Cells]]:
    """Tables of the same people together: measures that add up and have the same bases."""
    bases: dict[str, list[object]] = {}
    for (attribute, measure), table in cells.items():
        bases.setdefault(measure, []).append(
            (attribute, table.partition, table.groups, tuple(table.base))
        )
    kinds: dict[object, dict[tuple[str, str], Cells]] = {}
    for (attribute, measure), table in cells.items():
        whole = tuple(bases[measure]) if table.partition else measure
        kinds.setdefault(whole, {})[attribute, measure] = table
    return list(kinds.values())


def _withhold_concentrated(suppressor: Suppressor, at_risk: set[str]) -> None:
    """A theme that one group alone raised gives away that group's share of a small sub-theme."""
    for key, table in suppressor.tables.items():
        for place, value in enumerate(table.cells.values):
            if value in at_risk and (table.n[:, place] > 0).sum() == 1:
                suppressor.withhold(key, [place])
