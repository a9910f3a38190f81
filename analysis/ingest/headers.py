"""Which rows of a file are the header, and what its columns are called."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.errors import FileError
from analysis.ingest.labels import Labels, label_columns
from analysis.ingest.quotes import shape
from analysis.ingest.raw import Raw
from analysis.ingest.tools import Layout
from analysis.ingest.values import kind_of
from analysis.records import Notice

LOOK = 40
_CODE = re.compile(r"(?:[A-Za-z]{1,8}[ _.-]?\d+(?:[._]\d+)*(?:_TEXT)?|[A-Z][A-Za-z]+)")
_STACKED = re.compile(r"Q\d+(?:\.\d+)+\.\s?.*", re.DOTALL)


@dataclass(frozen=True)
class Header:
    """rows: file rows of the header. first: where the replies begin, a position in the frame."""

    rows: tuple[int, ...]
    first: int
    labels: Labels
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class _Top:
    """The first rows: `at` their positions in the frame, `cells` their text, stripped."""

    at: list[int]
    cells: list[list[str]]


def top_rows(frame: pd.DataFrame) -> tuple[list[int], list[list[str]]]:
    """Positions and stripped cells of the first rows that are not blank."""
    at: list[int] = []
    cells: list[list[str]] = []
    for i, row in enumerate(frame.iloc[: LOOK * 3].itertuples(index=False, name=None)):
        texts = [str(cell).strip() for cell in row]
        if any(texts):
            at.append(i)
            cells.append(texts)
        if len(at) == LOOK:
            break
    return at, cells


def find_header(
    raw: Raw, layout: Layout, layout_row: int | None, rows: tuple[int, ...] | None
) -> Header:
    """The header of a file. `layout_row` is the top row that held the layout's own columns.

    Raises FileError if the rows asked for are not in the file.
    """
    top = _Top(*top_rows(raw.frame))
    if rows is not None:
        positions = _asked(raw.frame, rows)
    elif raw.named:
        positions = [0]
    else:
        positions = [top.at[i] for i in _stack(raw, top, layout, layout_row)]
    file_rows = () if raw.named else tuple(int(raw.frame.index[i]) for i in positions)
    labels = label_columns(raw, positions, layout)
    first = positions[-1] + 1 if positions else 0
    return Header(file_rows, first, labels, tuple(_above(raw, top, positions)))


def _asked(frame: pd.DataFrame, rows: tuple[int, ...]) -> list[int]:
    places = {int(row): i for i, row in enumerate(frame.index[: LOOK * 25])}
    wanted = [places.get(row, -1) for row in sorted(set(rows))]
    if any(i < 0 for i in wanted):
        raise FileError(f"The header rows {list(rows)} are not all in the file; check the numbers.")
    return wanted


def _above(raw: Raw, top: _Top, positions: list[int]) -> list[Notice]:
    start = positions[0] if positions else 0
    notices = []
    for i, cells in zip(top.at, top.cells, strict=True):
        if i < start:
            text = " ".join(" ".join(c for c in cells if c).split())[:120]
            row = int(raw.frame.index[i])
            message = f"Row {row} stands above the header and was left out: “{text}”."
            notices.append(Notice("above_header", message, row))
    if len(positions) > 1:
        rows = [int(raw.frame.index[i]) for i in positions]
        message = f"Rows {rows[0]} to {rows[-1]} were taken together as the header."
        notices.append(Notice("header_rows", message, rows[0]))
    if not positions:
        notices.append(Notice("no_header", "The first row looks like a reply: no header is used."))
    return notices


# ---------------------------------------------------------------- which rows
def _stack(raw: Raw, top: _Top, layout: Layout, layout_row: int | None) -> list[int]:
    if not top.cells:
        return []
    first = layout_row if layout_row is not None else _first(top.cells)
    if layout.stack == "qualtrics":
        above = first > 0 and _questions_under_codes(top.cells[first - 1], top.cells[first])
        return _through_codes(top.cells, first - 1 if above else first)
    if layout.stack == "surveymonkey" and (rows := _surveymonkey(top.cells, first)):
        return rows
    rows = [first]
    if layout.stack == "smartsurvey":
        while _next_is(top.cells, rows, lambda row: any(map(_STACKED.fullmatch, row))):
            rows.append(rows[-1] + 1)
        if len(rows) == 1 and _options_below(top.cells, first):
            rows.append(first + 1)
    elif merged := _merged(raw, top, first):
        rows = merged
    elif first and (_groups(raw, top, first) or _is_second(top.cells, first - 1, first)):
        rows = [first - 1, first]
    elif _options_below(top.cells, first):
        rows = [first, first + 1]
    elif _next_is(top.cells, rows, lambda row: _questions_under_codes(top.cells[first], row)):
        rows.append(first + 1)
    if _next_is(top.cells, rows, lambda row: _names_again(raw.frame, top, rows[-1] + 1, row)):
        rows.append(rows[-1] + 1)
    if len(rows) == 1 and layout_row is None and _is_data(top.cells, first):
        return []
    return rows


def _next_is(cells: list[list[str]], rows: list[int], test: Callable[[list[str]], bool]) -> bool:
    """Does the row after the header so far pass a test, with at least one row left below it?"""
    nxt = rows[-1] + 1
    return nxt < len(cells) - 1 and test(cells[nxt])


def _count(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _first(cells: list[list[str]]) -> int:
    """The first row that is about as full as the fullest: titles fill one cell or two."""
    width = max(map(_count, cells))
    least = max(min(2, width), math.ceil(width / 2))
    return next(i for i, row in enumerate(cells) if _count(row) >= least)


def _through_codes(cells: list[list[str]], first: int) -> list[int]:
    for i in range(first, min(first + 4, len(cells))):
        if any(cell.startswith(('{"ImportId"', "{'ImportId'")) for cell in cells[i]):
            return list(range(first, i + 1))
    if first + 1 < len(cells) and _questions_under_codes(cells[first], cells[first + 1]):
        return [first, first + 1]
    return [first]


def _surveymonkey(cells: list[list[str]], first: int) -> list[int]:
    tokens = {"response", "open-ended response"}
    for i in range(first, min(first + 2, len(cells))):
        if sum(1 for cell in cells[i] if cell.lower() in tokens) >= 2:
            return [i - 1, i] if i else [i]
    return []


def _merged(raw: Raw, top: _Top, first: int) -> list[int]:
    """Header rows that merged cells tie together: a heading over two columns needs a row below."""
    number = int(raw.frame.index[top.at[first]])
    here = [m for m in raw.merges if m.top <= number <= m.bottom]
    wide = max(map(_count, top.cells))
    last = max((m.bottom for m in here), default=number)
    if any(m.right > m.left and m.right - m.left + 1 < wide for m in here):
        last = max(last, number + 1)
    rows = [i for i, at in enumerate(top.at) if number <= int(raw.frame.index[at]) <= last]
    return rows if len(rows) > 1 else []


def _groups(raw: Raw, top: _Top, first: int) -> bool:
    """Is the row above a row of headings, each over several of the full row's columns?"""
    above, below = top.cells[first - 1], top.cells[first]
    number = int(raw.frame.index[top.at[first - 1]])
    if number + 1 != int(raw.frame.index[top.at[first]]) or not all(below) or _count(above) < 2:
        return False
    wide = [m for m in raw.merges if m.top == m.bottom == number and m.right > m.left]
    told = bool(wide) or not above[0]
    return told and all(kind_of(c) == "text" for c in above if c)


def _is_second(cells: list[list[str]], upper: int, lower: int) -> bool:
    """Two header rows without merged cells: the lower fills the upper's gaps, and its first cell
    is empty though every reply below has one."""
    above, below = cells[upper], cells[lower]
    rest = cells[lower + 1 :]
    if not above[0] or below[0] or _count(above) < 2 or len(rest) < 2:
        return False
    gaps = sum(1 for a, b in zip(above, below, strict=True) if b and not a)
    has_first = sum(1 for row in rest if row[0])
    return gaps >= 1 and has_first >= 0.9 * len(rest)


def _options_below(cells: list[list[str]], first: int) -> bool:
    return first + 1 < len(cells) and _is_second(cells, first, first + 1)


def _questions_under_codes(codes: Sequence[str], texts: Sequence[str]) -> bool:
    """Q1, Q2, Ident 3 … with the questions in words below."""
    pairs = [(c, t) for c, t in zip(codes, texts, strict=True) if c]
    if len(pairs) < 2 or sum(1 for c, _ in pairs if any(map(str.isdigit, c))) < 2:
        return False
    coded = sum(1 for c, _ in pairs if _CODE.fullmatch(c))
    worded = sum(1 for c, t in pairs if t and t != c and len(t.split()) >= 4 and len(t) > len(c))
    named = sum(1 for _, t in pairs if t)
    asks = any("?" in t or t.endswith((".", ":")) for _, t in pairs)
    return coded >= 0.8 * len(pairs) and named >= 0.8 * len(pairs) and worded >= 1 and asks


def _names_again(frame: pd.DataFrame, top: _Top, at: int, row: Sequence[str]) -> bool:
    """A row of short names under the header: none of them is ever an answer below.

    Only where there are enough rows to be sure: else a reply would be lost.
    """
    below = frame.iloc[top.at[at] + 1 :]
    if len(below) < 20 or not all(row) or len(set(row)) < len(row) or max(map(len, row)) > 60:
        return False
    sure = 0
    for i, name in enumerate(row):
        column = below.iloc[:, i].str.strip()
        kinds = column.head(50).map(kind_of)
        if (kinds.isin(["number", "date"])).mean() > 0.8:
            if kind_of(name) in ("number", "date"):
                return False
            sure += 1
        elif column.nunique() <= 0.3 * len(column):
            if (column == name).any():
                return False
            sure += 1
    return sure >= 3


def _is_data(cells: list[list[str]], first: int) -> bool:
    """Does the first row look like the rows below it, so that there is no header?"""
    rest = cells[first + 1 :]
    if len(cells[first]) == 1 and cells[first][0].endswith((".", "!")):
        begin = cells[first][0].rpartition(" ")[0]
        if re.search(r"\w{3}", begin):
            return len(rest) >= 1  # a list of remarks: a header does not end like a sentence
    same = differs = 0
    for i, cell in enumerate(cells[first]):
        below = [row[i] for row in rest if row[i]]
        if len(below) < 3:
            continue
        kinds = [kind_of(text) for text in below]
        kind = max(set(kinds), key=kinds.count)
        if kind != "text" and kinds.count(kind) >= 0.8 * len(kinds):
            same += kind_of(cell) == kind
            differs += kind_of(cell) != kind
            continue
        shapes = [shape(text) for text in below]
        usual = max(set(shapes), key=shapes.count)
        if "9" in usual and shapes.count(usual) >= 0.8 * len(shapes):
            same += shape(cell) == usual
            differs += shape(cell) != usual
    return same >= 1 and differs == 0
