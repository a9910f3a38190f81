"""Which survey tool wrote a file, with the reason.

A file is of a tool if one of its first rows holds enough of the columns that the tool always
writes; see tools.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.errors import FileError
from analysis.ingest.tools import LAYOUTS, STAMP, Layout
from analysis.records import Role

LONGEST = 1_000
_BY_NAME = {layout.name: layout for layout in LAYOUTS}
PLAIN = _BY_NAME["plain"]


@dataclass(frozen=True)
class Found:
    """A layout, why it was taken, and which of the rows given holds the tool's columns."""

    layout: Layout
    reason: str
    row: int | None = None


def detect(top: Sequence[Sequence[str]]) -> Found:
    """The layout of a file from its first rows (those that are not blank)."""
    rows = [_line(row) for row in top]
    for layout in LAYOUTS:
        if found := _match(layout, top, rows):
            return found
    return Found(PLAIN, "no survey tool's own columns were seen")


def named(name: str, top: Sequence[Sequence[str]]) -> Found:
    """The layout that the user chose. Raises FileError if there is none of that name."""
    layout = _BY_NAME.get(name)
    if layout is None:
        raise FileError(f"There is no layout “{name}”; choose one of {', '.join(_BY_NAME)}.")
    found = _match(layout, top, [_line(row) for row in top])
    return Found(layout, "chosen by the user", found.row if found else None)


def role_of(layout: Layout, header: str) -> Role | None:
    """The role of one of the tool's own columns, or None."""
    for pattern, role in layout.roles:
        if re.fullmatch(pattern, header, re.IGNORECASE):
            return role
    return None


def _match(layout: Layout, top: Sequence[Sequence[str]], rows: Sequence[str]) -> Found | None:
    best: list[str] = []
    at = None
    for i, row in enumerate(top):
        # Where headers are stacked, the tool's marks may lie in two rows.
        below = rows[i + 1 : i + 2] if layout.stack == "surveymonkey" else ()
        hits = _hits(layout, "\n".join([rows[i], *below]))
        if len(hits) >= layout.need and not (layout.name == "google_forms" and not _timed(row)):
            best, at = hits, i
            break
    for i, row in enumerate(top):
        for cell in row:
            for pattern in layout.cells:
                if re.fullmatch(pattern, cell.strip(), re.DOTALL):
                    first = 0 if at is None and layout.name == "qualtrics" else at
                    reason = f"row {i + 1} holds “{cell.strip()[:40]}”, as {layout.tool} writes it"
                    return Found(layout, reason, first)
    if at is None:
        return None
    return Found(layout, f"has the columns {', '.join(best[:4])} of {layout.tool}", at)


def _line(row: Sequence[str]) -> str:
    """A row with one cell a line, as the patterns want it, without what is longer than a mark."""
    cells = [cell for cell in row if cell.strip() and len(cell) <= LONGEST]
    return "\n".join(" ".join(cell.split()) for cell in cells)


def _hits(layout: Layout, row: str) -> list[str]:
    """The cells of a row that are the tool's own."""
    hits = []
    for mark in layout.marks:
        # One scan over the whole row: a worksheet may have thousands of columns.
        found = re.search(rf"^(?:{mark})$", row, re.IGNORECASE | re.MULTILINE)
        if found and found[0] not in hits:
            hits.append(found[0])
    return [hit if len(hit) <= 40 else hit[:39] + "…" for hit in hits]


def _timed(row: Sequence[str]) -> bool:
    return bool(row) and re.fullmatch(STAMP, row[0].strip(), re.IGNORECASE) is not None
