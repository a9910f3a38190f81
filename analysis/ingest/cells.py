"""Traces that exporting tools leave in the cells: repaired where certain, else pointed out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.ingest.raw import EXCEL_LIMIT
from analysis.ingest.tools import Layout
from analysis.records import Notice

BLOCK = 200_000  # cells looked at together: a call for each column is slow in a wide file
_ERRORS = ("#NAME?", "#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!")
_ESCAPES = (("@SQ@", "'"), ("@DQ@", '"'))
# Plain strings: the frame's own engine is many times faster on them than compiled patterns.
_HTML = r"<(?:br|p|div|span|b|i|em|strong|a|ul|li)(?:\s[^<>]*)?/?>|&(?:#\d+|nbsp|amp|quot|lt|gt);"
_MOJIBAKE = "â€[™œ“”˜¦]|â\x80[\x90-\xbf]|Ã[©¨¼¶¤ªŸ±§]|Â[£§°]"
_WRAPPED = r"=\"[^\"]*\""
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_RANGES = rf"\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{2}}"
_SCIENTIFIC = r"\d\.\d+E\+\d{2,}"


def clean_cells(rows: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, list[Notice]]:
    """Undo what the survey tool is known to write in place of an answer's text."""
    rows, notices = _unwrapped(rows)
    if not layout.blanks:
        return rows, notices
    out = rows.copy()
    blanks = escapes = 0
    for i in range(out.shape[1]):
        column = out.iloc[:, i]
        empty = column.isin(layout.blanks)
        blanks += int(empty.sum())
        column = column.mask(empty, "")
        for code, char in _ESCAPES:
            hits = column.str.contains(code, regex=False)
            escapes += int(hits.sum())
            if hits.any():
                column = column.str.replace(code, char, regex=False)
        out.isetitem(i, column.array)
    if blanks:
        mark = "”, “".join(layout.blanks)
        message = f"{blanks} cells hold “{mark}”, which {layout.tool} writes for no answer: empty."
        notices.append(Notice("blank_mark", message))
    if escapes:
        message = f"{escapes} cells hold “@SQ@”, which {layout.tool} writes for an apostrophe."
        notices.append(Notice("escape", message))
    return out, notices


def _unwrapped(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Notice]]:
    """Some tools write ="00012" so that Excel keeps the zeros; and join files with their marks."""
    out, wrapped, apostrophes = rows, 0, 0
    for i in _starting_with(rows, ('="', "\ufeff", "'")):
        column = rows.iloc[:, i]
        hits = column.str.fullmatch(_WRAPPED)
        marked = column.str.startswith("\ufeff")
        quoted = column.str.startswith("'")
        if len(rows) > 2 and bool((quoted | (column == "")).all()) and quoted.any():
            out = out.copy() if out is rows else out
            apostrophes += int(quoted.sum())
            out.isetitem(i, column.str.removeprefix("'").array)
        elif hits.any() or marked.any():
            out = out.copy() if out is rows else out
            wrapped += int(hits.sum())
            column = column.str.removeprefix("\ufeff")
            out.isetitem(i, column.mask(hits, column.str.slice(2, -1)).array)
    notices = []
    if apostrophes:
        message = (
            f"{apostrophes} cells began with an apostrophe, as all cells of their columns do: "
            "Excel's mark for text. It is left out."
        )
        notices.append(Notice("excel_apostrophe", message))
    if not wrapped:
        return out, notices
    message = f'{wrapped} cells were written ="…" to keep Excel from changing them; read as text.'
    return out, [*notices, Notice("excel_text", message)]


def _blocks(rows: pd.DataFrame) -> Iterator[tuple[int, pd.Series[str]]]:
    """The first column's place and the cells of several columns, one below the other."""
    step = max(1, BLOCK // max(1, len(rows)))
    for start in range(0, rows.shape[1] if len(rows) else 0, step):
        columns = [rows.iloc[:, i] for i in range(start, min(start + step, rows.shape[1]))]
        yield start, pd.concat(columns, ignore_index=True)


def _starting_with(rows: pd.DataFrame, marks: tuple[str, ...]) -> Iterator[int]:
    """The places of the columns in which a cell starts with one of the marks."""
    for start, cells in _blocks(rows):
        hits = cells.str.startswith(marks).to_numpy(dtype=bool).reshape(-1, len(rows))
        yield from (start + int(i) for i in np.flatnonzero(hits.any(axis=1)))


def cell_notices(rows: pd.DataFrame) -> list[Notice]:
    """What the user should know about single cells; one notice a kind, cut cells one each."""
    out: list[Notice] = []
    found: dict[str, list[tuple[str, int, int]]] = {}
    index = rows.index.to_numpy()
    for start, cells in _blocks(rows):
        names = [str(name) for name in rows.columns[start : start + len(cells) // len(rows)]]
        for code, hits in _hits(cells).items():
            for name, column in zip(names, hits.reshape(len(names), -1), strict=True):
                at = index[column]
                if code == "cell_limit":
                    out += [_cut(int(row), name) for row in at]
                elif len(at):
                    found.setdefault(code, []).append((name, len(at), int(at[0])))
    for code, places in found.items():
        name, _, row = places[0]
        total = sum(n for _, n, _ in places)
        where = f"“{name[:60]}”" + (f" and {len(places) - 1} more columns" if places[1:] else "")
        message = f"{total} cells in {where} {_SAYS[code]} (first: row {row})."
        out.append(Notice(code, message, row, name))
    return out


_SAYS = {
    "excel_error": "hold an Excel error such as #NAME? in place of an answer, which was probably "
    "lost in Excel because it began with “-” or “=”",
    "html_in_text": "hold HTML; it is kept as received, and shown as plain text where the survey "
    "tool wrote it throughout a question, else as typed",
    "garbled": "look garbled in the source itself (such as â€™ for ’)",
    "date_among_words": "look like ranges that Excel turned into dates (such as 10-Dec for 10-12)",
    "scientific": "are numbers that Excel shortened (such as 1.23E+11)",
}


def _hits(cells: pd.Series[str]) -> dict[str, np.ndarray[Any, np.dtype[np.bool_]]]:
    found = {
        "cell_limit": cells.str.len() == EXCEL_LIMIT,
        "excel_error": cells.isin(_ERRORS),
        "html_in_text": cells.str.contains(_HTML),
        "garbled": cells.str.contains(_MOJIBAKE),
        "scientific": cells.str.fullmatch(_SCIENTIFIC),
        "date_among_words": cells.str.fullmatch(_RANGES),
    }
    return {code: hits.to_numpy(dtype=bool) for code, hits in found.items()}


def _cut(row: int, name: str) -> Notice:
    message = (
        f"The cell in row {row}, column “{name[:60]}”, has exactly 32,767 characters, the most "
        "that Excel keeps: it may be cut in the source."
    )
    return Notice("cell_limit", message, row, name)
