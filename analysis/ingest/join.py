"""Several tables as one: columns with the same label are joined, rows stand below each other.

Upper and lower case and punctuation make no difference; two columns of one table stay two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingLike
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.ingest.labels import fold
from analysis.records import ColumnChoice, Role, Table


@dataclass
class Merged:
    """A column of the consultation. cells: one str a respondent, "" where a table lacks it.

    names and labels: what the column is called in each table that has it, by the table's number.
    """

    label: str
    role: Role
    question: str | None
    options: tuple[str, ...]
    names: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    cells: pd.Series[str] = field(default_factory=lambda: pd.Series(dtype="str"))


@dataclass(frozen=True)
class Joined:
    """columns in the order of the first table, then what later tables add. size: respondents."""

    columns: tuple[Merged, ...]
    size: int

    def by_role(self, role: Role) -> list[Merged]:
        """The columns of one role."""
        return [c for c in self.columns if c.role == role]

    def by_name(self, name: str) -> Merged | None:
        """The column that holds a table's column of that name."""
        return next((c for c in self.columns if name in c.names.values()), None)


# A respondent has one of each, whatever the files call it.
_ONE_EACH: tuple[Role, ...] = ("id", "date", "permission")


def join_tables(tables: Sequence[Table], choices: MappingLike[str, ColumnChoice]) -> Joined:
    """All columns of all tables, with their choices."""
    merged: dict[tuple[str, int], Merged] = {}
    for number, table in enumerate(tables):
        seen: dict[str, int] = {}
        for column in table.columns:
            choice = choices[column.name]
            label = fold(choice.label or column.label) or column.name
            what = f"\0{choice.role}" if choice.role in _ONE_EACH else _same(label)
            # The second column of one label in one table is a column of its own.
            turn = seen[what] = seen.get(what, 0) + 1
            _add(merged, (what, turn), choice, label)
            merged[what, turn].names[number] = column.name
            merged[what, turn].labels[number] = label
    for one in merged.values():
        one.cells = _cells(tables, one.names)
    return Joined(tuple(merged.values()), sum(len(t.rows) for t in tables))


def _same(label: str) -> str:
    """What is the same of a label in files that were typed by different people."""
    return " ".join(re.findall(r"\w+", label)).casefold() or label


def _add(
    merged: dict[tuple[str, int], Merged], key: tuple[str, int], choice: ColumnChoice, label: str
) -> None:
    known = merged.get(key)
    if known is None:
        shown = label if key[1] == 1 or key[0].startswith("\0") else f"{label} ({key[1]})"
        merged[key] = Merged(shown, choice.role, choice.question, choice.options)
    elif known.role == "ignore":
        known.role, known.question, known.options = choice.role, choice.question, choice.options


def _cells(tables: Sequence[Table], names: dict[int, str]) -> pd.Series[str]:
    parts = [
        table.rows[names[i]].reset_index(drop=True)
        if i in names
        else pd.Series([""] * len(table.rows), dtype="str")
        for i, table in enumerate(tables)
    ]
    return pd.concat(parts, ignore_index=True)
