"""Repair of delimited text whose quotation marks do not match.

A quote that is opened and never closed swallows the rows after it into one cell, usually without
an error: some later quote closes it by accident. A swallowed line is known by its look: as many
cells as the header, and a first cell of the same shape as the other first cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_RUNS = re.compile(r"[^\W\d_]+|\d+|\s+")
_LOOK_ROWS = 300


def shape(cell: str) -> str:
    """What a cell looks like: "R003" and "R12" are both "a9"."""
    text = cell.strip()[:60]
    return _RUNS.sub(lambda m: "9" if m[0].isdigit() else " " if m[0].isspace() else "a", text)


@dataclass
class Look:
    """What the rows of this file look like."""

    delimiter: str
    width: int = 0
    shapes: set[str] = field(default_factory=set)

    def learn(self, row: Sequence[str]) -> None:
        if not row:
            return
        if not self.width:
            self.width = len(row)
        elif len(self.shapes) < 50 and len(row) == self.width:
            self.shapes.add(shape(row[0]))

    def is_row(self, line: str, need_digit: bool = False) -> bool:
        """Could this physical line be a row of its own?"""
        if self.width < 2 or self.delimiter not in line:
            return False
        first = shape(line.split(self.delimiter, 1)[0].strip('"'))
        if first not in self.shapes or not first:
            return False
        if "9" not in first and (need_digit or self.width < 3):
            return False
        cells, rest = split_line(line, self.delimiter)
        if rest is None:
            return len(cells) == self.width
        return 1 <= len(cells) < self.width

    def swallowed(self, row: Sequence[str]) -> bool:
        """Does a cell of this well-formed row hold lines that are rows themselves?"""
        for cell in row:
            if "\n" in cell or "\r" in cell:
                later = cell.splitlines()[1:]
                if any(self.is_row(line, need_digit=True) for line in later):
                    return True
        return False


@dataclass
class Repaired:
    """rows, and the 1-based numbers of those whose quote was closed for them or was stray."""

    rows: list[list[str]]
    unclosed: list[int]
    stray: list[int]


def split_line(
    line: str, delimiter: str, inside: str | None = None
) -> tuple[list[str], str | None]:
    """The cells of one physical line, and the text of a quoted cell that is still open.

    `inside` is the text of a quoted cell opened on an earlier line. A quote ends a cell only
    before a delimiter or the line's end; any other single quote mark is taken as typed.
    """
    body = line.rstrip("\r\n")
    if inside is None and '"' not in body:
        return body.split(delimiter), None
    cells: list[str] = []
    at = 0
    while True:
        if inside is None:
            if body.startswith('"', at):
                inside, at = "", at + 1
            else:
                end = body.find(delimiter, at)
                cells.append(body[at:] if end < 0 else body[at:end])
                if end < 0:
                    return cells, None
                at = end + len(delimiter)
                continue
        close = _closing(body, at, delimiter)
        if close < 0:
            return cells, inside + body[at:].replace('""', '"') + line[len(body) :]
        cells.append(inside + body[at:close].replace('""', '"'))
        inside, at = None, close + 1 + len(delimiter)
        if close + 1 >= len(body):
            return cells, None


def _closing(body: str, at: int, delimiter: str) -> int:
    end = body.find('"', at)
    while end >= 0:
        if body.startswith('"', end + 1):
            end = body.find('"', end + 2)
        elif end + 1 == len(body) or body.startswith(delimiter, end + 1):
            return end
        else:
            end = body.find('"', end + 1)
    return -1


def repair_rows(lines: Sequence[str], delimiter: str) -> Repaired:
    """Rows from physical lines; a quote that would swallow whole rows ends before the first."""
    look = Look(delimiter)
    for line in lines[:_LOOK_ROWS]:
        cells, rest = split_line(line, delimiter)
        if rest is None and any(cells):
            look.learn(cells)
    out = Repaired([], [], [])
    at = 0
    while at < len(lines):
        at = _one_row(lines, at, look, out)
    return out


def _one_row(lines: Sequence[str], at: int, look: Look, out: Repaired) -> int:
    """Append the row that begins at line `at`; return the line after it."""
    row, rest = split_line(lines[at], look.delimiter)
    number = len(out.rows) + 1
    nxt = at + 1
    while rest is not None and nxt < len(lines) and not look.is_row(lines[nxt]):
        more, rest = split_line(lines[nxt], look.delimiter, rest)
        row += more
        nxt += 1
    if rest is not None:
        row.append(rest.rstrip("\r\n"))
        as_typed = lines[at].rstrip("\r\n").split(look.delimiter)
        if len(row) < look.width == len(as_typed) and nxt == at + 1:
            row = [cell.removeprefix('"') for cell in as_typed]
        out.unclosed.append(number)
    elif any('"' in cell for cell in row) and _is_stray("".join(lines[at:nxt]), look.delimiter):
        out.stray.append(number)
    out.rows.append([] if row == [""] else row)
    return nxt


def _is_stray(text: str, delimiter: str) -> bool:
    """Is there a quote mark that is neither doubled nor at the edge of a cell?"""
    edge = re.escape(delimiter)
    return bool(re.search(rf'(?<![{edge}\r\n"])"(?![{edge}\r\n"])', text[1:-1]))
