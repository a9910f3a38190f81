"""Secondary suppression: which further cells must be hidden so that no hidden one can be told.

For each small cell a way is kept open by which it could have been large: a rectangle of hidden
cells (two groups, two answers) around which people can be moved without a change of any number
that is shown (the hypercube method: Repsilber 1994; Giessing and Repsilber 2002). Groups that are
too small as a whole are hidden together with others. Where tables are linked, what has to move in
one is hidden in the others too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """One table: counts `n` (groups x values), `base` (groups), `total` (values, of everyone).

    partition: each person has one value, so that a group's counts add up to its base.
    """

    groups: tuple[str, ...]
    values: tuple[str, ...]
    n: Ints
    base: Ints
    total: Ints
    partition: bool


# owner → other → value of owner → part that it shares with values of other
Parts = Mapping[str, Mapping[str, Mapping[str, int]]]


@dataclass
class _Table:
    """`cells` with groups that are hidden as a whole put together: unit → its rows."""

    cells: Cells
    units: list[list[int]]
    n: Ints
    base: Ints
    hidden: Bools
    members: dict[str, int] = field(default_factory=dict)  # group → its unit


def _far(owner: str, names: Sequence[str], parts: Parts) -> list[tuple[int, ...]]:
    """For each value its parts in all linked partitions; equal = nothing linked tells them apart"""
    others = parts.get(owner, {})
    return [tuple(others[o].get(name, -1) for o in others) for name in names]


def hidden_groups(
    bases: Mapping[str, tuple[Sequence[str], Ints]], parts: Parts, minimum: int
) -> tuple[dict[str, Bools], set[str]]:
    """attribute → which of its groups are hidden as a whole, and the attributes withheld entirely.

    `bases`: attribute → its groups and their sizes.
    """
    out: dict[str, Bools] = {}
    withheld: set[str] = set()
    for attribute, (groups, base) in bases.items():
        hidden = (base > 0) & (base < minimum)
        blocks = _far(attribute, groups, parts)
        for block in dict.fromkeys(b for b, h in zip(blocks, hidden, strict=True) if h):
            rows = [i for i, b in enumerate(blocks) if b == block and base[i] > 0]
            if not _enough(rows, base, hidden, minimum):
                withheld.add(attribute)
        out[attribute] = hidden
    withheld = _family(withheld, parts) & set(out)
    out |= {attribute: bases[attribute][1] > 0 for attribute in withheld}
    return out, withheld


def _enough(rows: list[int], base: Ints, hidden: Bools, minimum: int) -> bool:
    """Hide the smallest of `rows` until those hidden are enough together; False: they cannot be."""
    for extra in [-1, *sorted((i for i in rows if not hidden[i]), key=lambda i: (base[i], i))]:
        if extra >= 0:
            hidden[extra] = True
        own = [i for i in rows if hidden[i]]
        if len(own) > 1 and base[own].sum() - (len(own) - 1) >= minimum:
            return True
    return False


def _family(names: set[str], parts: Parts) -> set[str]:
    """`names` and all that is linked with them, directly or by way of others."""
    found, queue = set(names), list(names)
    while queue:
        for other in parts.get(queue.pop(), {}):
            if other not in found:
                found.add(other)
                queue.append(other)
    return found


def _united(cells: Cells, hidden: Bools, blocks: list[tuple[int, ...]], whole: bool) -> _Table:
    units: dict[object, list[int]] = {}
    for i in range(len(cells.groups)):
        key = ("hidden", () if whole else blocks[i]) if hidden[i] else ("shown", i)
        units.setdefault(key, []).append(i)
    rows = list(units.values())
    n = np.array([cells.n[own].sum(axis=0) for own in rows], dtype=np.int64)
    base = np.array([cells.base[own].sum() for own in rows], dtype=np.int64)
    members = {cells.groups[i]: u for u, own in enumerate(rows) for i in own}
    return _Table(cells, rows, n, base, np.zeros(n.shape, dtype=bool), members)


class Suppressor:
    """Hides cells in all tables of one population at once.

    `tables`: (attribute, measure) → Cells; measures with the same base people only.
    """

    def __init__(
        self,
        tables: Mapping[tuple[str, str], Cells],
        rows: Parts,
        columns: Parts,
        minimum: int,
    ) -> None:
        self.rows, self.columns, self.minimum = rows, columns, minimum
        self.safe: set[tuple[str, str, str, str]] = set()  # attribute, group, measure, value
        bases = {a: (t.groups, t.base) for (a, _), t in tables.items()}
        self.groups, withheld = hidden_groups(bases, rows, minimum)
        self.tables: dict[tuple[str, str], _Table] = {}
        for (attribute, measure), cells in tables.items():
            blocks = _far(attribute, cells.groups, rows)
            hidden = self.groups[attribute]
            self.tables[attribute, measure] = _united(cells, hidden, blocks, attribute in withheld)

    def hidden(self) -> dict[tuple[str, str], Bools]:
        """(attribute, measure) → groups x values: what must not be shown."""
        for table in self.tables.values():
            table.hidden |= (table.n > 0) & (table.n < self.minimum)
        for key, table in self.tables.items():
            small = (table.n > 0) & (table.n < self.minimum)
            places = sorted(zip(*np.nonzero(small), strict=True), key=lambda p: (table.n[p], p))
            for unit, value in places:
                self._protect(key, int(unit), int(value))
        return {key: self._flat(key) for key in self.tables}

    def _flat(self, key: tuple[str, str]) -> Bools:
        table = self.tables[key]
        out = np.zeros(table.cells.n.shape, dtype=bool)
        for unit, own in enumerate(table.units):
            out[own] = table.hidden[unit]
        out[self.groups[key[0]]] = True
        return out

    def withhold(self, key: tuple[str, str], values: Sequence[int]) -> None:
        """Hide these values in every group."""
        self._hide(key, list(range(len(self.tables[key].units))), list(values))

    def _protect(self, key: tuple[str, str], unit: int, value: int) -> None:
        """Keep it possible that the cell is `minimum` or more (or all that there is)."""
        table = self.tables[key]
        group, answer = self._names(table)[unit], table.cells.values[value]
        if (key[0], group, key[1], answer) in self.safe:
            return
        alone = len(table.units[unit]) == 1
        groups = [(key[0], group), *(_same(key[0], group, self.rows) if alone else [])]
        answers = [(key[1], answer), *_same(key[1], answer, self.columns)]
        self.safe |= {(a, g, m, v) for a, g in groups for m, v in answers}
        target = min(self.minimum, int(table.cells.total[value]))
        near_rows = ~self._apart(self.rows, key[0], self._names(table), unit)
        near_columns = ~self._apart(self.columns, key[1], table.cells.values, value)
        way = _exchange if table.cells.partition else _handed_over
        for rows, columns in (  # what linked tables cannot tell apart comes first
            (near_rows, near_columns),
            (near_rows, near_columns | True),
            (near_rows | True, near_columns),
            (near_rows | True, near_columns | True),
        ):
            found = way(table, unit, value, target, rows, columns)
            if found is not None:
                self._hide(key, *found)
                return
        everything = list(range(len(table.cells.values)))
        self.withhold(key, everything if table.cells.partition else [value])

    @staticmethod
    def _names(table: _Table) -> list[str]:
        return [table.cells.groups[own[0]] for own in table.units]

    @staticmethod
    def _apart(parts: Parts, owner: str, names: Sequence[str], at: int) -> Bools:
        """For each name: could a linked table tell it from the one `at`."""
        far = _far(owner, names, parts)
        return np.array([f != far[at] for f in far], dtype=bool)

    def _hide(self, key: tuple[str, str], units: list[int], values: list[int]) -> None:
        """Hide the cells, and in linked tables all that has to move with them."""
        table = self.tables[key]
        rows = {table.cells.groups[i] for u in units for i in table.units[u]}
        moved_rows = _moved(key[0], rows, self.rows)
        moved = _moved(key[1], {table.cells.values[v] for v in values}, self.columns)
        for attribute, groups in moved_rows.items():
            for measure, answers in moved.items():
                other = self.tables.get((attribute, measure))
                if other is not None:
                    u = sorted({other.members[g] for g in groups if g in other.members})
                    v = [i for i, a in enumerate(other.cells.values) if a in answers]
                    other.hidden[np.ix_(u, v)] = True


def _same(owner: str, name: str, parts: Parts) -> list[tuple[str, str]]:
    """The values of linked partitions that are the same people by another name."""
    out = []
    for other, of_here in parts.get(owner, {}).items():
        part = of_here.get(name, -1)
        mine = [n for n, p in of_here.items() if p == part]
        theirs = [n for n, p in parts[other][owner].items() if p == part]
        if len(mine) == len(theirs) == 1:
            out.append((other, theirs[0]))
    return out


def _moved(owner: str, names: set[str], parts: Parts) -> dict[str, set[str]]:
    """partition → its values whose sums change when people move among `names` of `owner`.

    What moves in a linked partition follows from `owner`, and nothing more in `owner` from that.
    """
    out, queue = {owner: set(names)}, [owner]
    while queue:
        here = queue.pop()
        for other, of_here in parts.get(here, {}).items():
            if other == owner:
                continue
            touched = {of_here[n] for n in out[here] if n in of_here}
            back = parts[other][here]
            new = {n for n, part in back.items() if part in touched} if len(touched) > 1 else set()
            if new - out.get(other, set()):
                out[other] = out.get(other, set()) | new
                queue.append(other)
    return out


Found = tuple[list[int], list[int]] | None  # units and values whose cells are to be hidden


def _price(table: _Table) -> Ints:
    """What hiding a cell costs: the people that it counts, nothing if it is hidden anyway."""
    return np.where(table.hidden, 0, table.n + 1)


def _exchange(table: _Table, u: int, v: int, target: int, rows: Bools, columns: Bools) -> Found:
    """The cheapest cells, of others in `rows` and `columns`, round which people could have moved:
    from other answers of the group to this one, and as many back in other groups."""
    n, price = table.n, _price(table)
    up = np.minimum(n[u][None, :], n[:, v][:, None])
    down = np.minimum(n[u, v], n)
    fits = (n[u, v] + up >= target) & (up + down >= 1) & rows[:, None] & columns[None, :]
    fits[u, :] = fits[:, v] = False
    cost = np.where(fits, price + price[u][None, :] + price[:, v][:, None], np.iinfo(np.int64).max)
    one = np.unravel_index(np.argmin(cost), n.shape)
    found: Found = ([u, int(one[0])], [v, int(one[1])]) if fits[one] else None
    many = _several(table, u, v, target - int(n[u, v]), rows, columns)
    if many is None or (found is not None and cost[one] <= price[np.ix_(*many)].sum()):
        return found
    return many


def _several(table: _Table, u: int, v: int, need: int, rows: Bools, columns: Bools) -> Found:
    """As _exchange, with several other groups and answers that together hold `need` people."""
    n, price = table.n, _price(table)
    others = np.flatnonzero(columns & (n[u] > 0) & (np.arange(n.shape[1]) != v))
    answers = _cover(others, n[u], price[u], need)
    if answers is None:
        return None
    wanted = [v, *answers]
    near = np.flatnonzero(rows & (n[:, v] > 0) & (np.arange(n.shape[0]) != u))
    groups = _cover(near, n[:, v], price[:, wanted].sum(axis=1), need)
    return None if groups is None else ([u, *groups], wanted)


def _cover(places: NDArray[np.intp], n: Ints, price: Ints, need: int) -> list[int] | None:
    """The places, cheapest for what they hold first, whose counts are `need` or more together."""
    if need <= 0:
        return None
    ranked = sorted(map(int, places), key=lambda i: (price[i] / min(int(n[i]), need), i))
    held = np.cumsum([n[i] for i in ranked]) if ranked else np.array([0])
    if held[-1] < need:
        return None
    return ranked[: int(np.searchsorted(held, need)) + 1]


def _handed_over(table: _Table, u: int, v: int, target: int, rows: Bools, _columns: Bools) -> Found:
    """The cheapest other groups that could have had fewer (or more) of a value that stands alone,
    so that this group had more (or fewer)."""
    n, base, price = table.n[:, v], table.base, _price(table)[:, v]
    need = target - int(n[u])
    others = rows & (np.arange(len(n)) != u)
    if need > 0:
        places = np.flatnonzero(others & (n > 0))
        groups = _cover(places, n, price, need) if base[u] >= target else None
    else:
        places = np.flatnonzero(others & (np.minimum(n[u], base - n) >= 1))
        groups = [int(min(places, key=lambda i: (price[i], i)))] if len(places) else None
    return None if groups is None else ([u, *groups], [v])
