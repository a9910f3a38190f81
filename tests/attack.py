"""An attacker who knows every published table, what must add up, and what each rule hides.

All that is published becomes one system of linear equations and bounds over the hidden cells; a
cell is found out if the equations fix it, or if whole numbers leave it no room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.linalg import null_space
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.unlisted import BY_POSITION

Cell = tuple[str, str, str, str]  # attribute, question|measure, group, value ("" is the base)


@dataclass
class Attack:
    """`shown`: disclosed crosstabs. `links`: Groups.links; what an attacker may know by logic."""

    shown: pd.DataFrame
    links: pd.DataFrame
    minimum: int

    def __post_init__(self) -> None:
        frame = self.shown.assign(key=self.shown["question_id"] + "|" + self.shown["measure"])
        self.everyone = frame[frame["attribute"] == ""]
        self.frame = frame[frame["attribute"] != ""]
        self.place: dict[Cell, int] = {}
        self.rows: list[dict[int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.known: dict[int, float] = {}
        for r in self.frame.itertuples():
            base = self._at((r.attribute, r.key, r.group, ""))
            cell = self._at((r.attribute, r.key, r.group, r.value))
            if pd.notna(r.base):
                self.known[base] = float(r.base)
            if r.shown:
                self.known[cell] = float(r.n)
        self._sums()
        self._linked()

    def _at(self, cell: Cell) -> int:
        return self.place.setdefault(cell, len(self.place))

    def _equal(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def _sums(self) -> None:
        total = {(r.key, r.value): float(r.n) for r in self.everyone.itertuples()}
        size = {r.key: float(r.base) for r in self.everyone.itertuples()}
        adds = {  # a person can raise several themes, even where their number happens to fit
            key: not str(key).endswith("|theme") and own["n"].sum() == own["base"].iloc[0]
            for key, own in self.everyone.groupby("key")
        }
        for (attribute, key), table in self.frame.groupby(["attribute", "key"]):
            groups = table["group"].unique()
            values = table["value"].unique()
            for v in values:
                own = {self._at((attribute, key, g, v)): 1.0 for g in groups}
                self._equal(own, total[key, v], total[key, v])
            bases = {self._at((attribute, key, g, "")): 1.0 for g in groups}
            self._equal(bases, size[key], size[key])
            for g in groups:
                base = self._at((attribute, key, g, ""))
                cells = [self._at((attribute, key, g, v)) for v in values]
                if adds[key]:
                    self._equal({**dict.fromkeys(cells, 1.0), base: -1.0}, 0, 0)
                for cell in cells:
                    self._equal({cell: 1.0, base: -1.0}, -np.inf, 0)
        for (attribute, _, g, v), at in self.place.items():
            held = [n for (k, p), n in total.items() if k.endswith("|position") and p == g]
            if attribute == BY_POSITION and v == "" and held:
                self._equal({at: 1.0}, -np.inf, held[0])
        themes = self.links[self.links["kind"] == "theme"]
        for attribute, key, g, v in list(self.place):
            above = themes.loc[themes["value"] == v, "owner"]
            if len(above):
                parent = self._at((attribute, key, g, above.iloc[0]))
                self._equal({self._at((attribute, key, g, v)): 1.0, parent: -1.0}, -np.inf, 0)

    def _linked(self) -> None:
        keys = self.frame["key"].unique()
        attributes = self.frame["attribute"].unique()
        adding = set(self.links.loc[self.links["kind"] == "question", "owner"])
        for (kind, left, right, _), part in self.links.groupby(
            ["kind", "left", "right", "component"]
        ):
            one = part.loc[part["owner"] == left, "value"]
            two = part.loc[part["owner"] == right, "value"]
            if kind == "attribute":
                for key in keys:
                    own = self.frame[self.frame["key"] == key]
                    for v in ["", *own["value"].unique()]:
                        self._same(
                            [(left, key, g, v) for g in one], [(right, key, g, v) for g in two]
                        )
            if kind == "question" and left in adding:
                for a in attributes:
                    for g in self.frame.loc[self.frame["attribute"] == a, "group"].unique():
                        self._same([(a, left, g, v) for v in one], [(a, right, g, v) for v in two])

    def _same(self, left: list[Cell], right: list[Cell]) -> None:
        terms: dict[int, float] = {}
        if not all(any(c in self.place for c in side) for side in (left, right)):
            return  # one of the two tables is not made
        for cells, sign in ((left, 1.0), (right, -1.0)):
            for cell in cells:
                if cell in self.place:
                    terms[self.place[cell]] = terms.get(self.place[cell], 0.0) + sign
        self._equal(terms, 0, 0)

    def _system(self) -> tuple[np.ndarray[Any, Any], Any]:
        size = len(self.place)
        matrix = np.zeros((len(self.rows), size))
        for i, terms in enumerate(self.rows):
            for j, weight in terms.items():
                matrix[i, j] += weight
        bases = np.array([cell[3] == "" for cell in self.place])
        low, high = bases.astype(float), np.full(size, np.inf)
        empty = {
            self.place[c] for c in self.place if c[3] == "" and self.known.get(self.place[c]) == 0
        }
        for j in empty:
            low[j] = 0
        for j, value in self.known.items():
            low[j] = high[j] = value
        return matrix, Bounds(low, high)

    def determined(self) -> set[Cell]:
        """The hidden cells that the equations fix, by linear algebra alone."""
        matrix, _ = self._system()
        equal = np.array(self.low) == np.array(self.high)
        hidden = [j for j in range(len(self.place)) if j not in self.known]
        if not hidden:
            return set()
        free = null_space(matrix[np.ix_(equal, hidden)])
        fixed = np.abs(free).max(axis=1, initial=0.0) < 1e-9
        names = list(self.place)
        return {names[j] for j, f in zip(hidden, fixed, strict=True) if f}

    def reach(self, cell: Cell) -> tuple[int, int]:
        """The least and the most that a hidden cell can be, in whole numbers."""
        matrix, bounds = self._system()
        rows = LinearConstraint(matrix, np.array(self.low), np.array(self.high))
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(self.place))
            goal[self.place[cell]] = sign
            found = milp(goal, constraints=rows, bounds=bounds, integrality=np.ones(len(goal)))
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]
