"""Workbooks (XLSX, XLSB, XLS, ODS): the sheet with the responses, every cell as text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.errors import FileError
from analysis.ingest.body import replies
from analysis.ingest.headers import find_header, top_rows
from analysis.ingest.isolated import read_outside
from analysis.ingest.layouts import detect
from analysis.ingest.raw import Merge, Raw, ReadOptions, filled, text_frame
from analysis.ingest.unlock import unlock
from analysis.ingest.zips import check_zip
from analysis.records import Notice, SheetInfo

_DEMOTED = re.compile(
    r"read ?me|guide|instruction|notes?|look ?ups?|lists?|cover|contents?|codebook|dictionary|help|"
    r"summary|pivot|chart|metadata|about|issues|key|legend|template|options|admin",
    re.IGNORECASE,
)
_WANTED = re.compile(r"respon|answer|data|result|submission|raw|comment|survey", re.IGNORECASE)


@dataclass(frozen=True)
class _Sheet:
    name: str
    hidden: bool
    raw: Raw
    rows: int
    score: float


def read_workbook(data: bytes, options: ReadOptions) -> Raw:
    """The sheet with the most response text, or the one asked for.

    Raises FileError for a password that is missing or wrong, a damaged or dangerous file, or a
    sheet that is not there.
    """
    data, unlocked = unlock(data, options.password)
    check_zip(data)
    sheets = list(_sheets(read_outside("workbook", data, None)))
    chosen = _choose(sheets, options.sheet)
    infos = tuple(SheetInfo(s.name, s.rows, s.hidden) for s in sheets)
    notices = (*unlocked, *_about_sheets(sheets, chosen), *chosen.raw.notices)
    return Raw(
        chosen.raw.frame, sheet=chosen.name, sheets=infos, merges=chosen.raw.merges, notices=notices
    )


def _sheets(items: Iterator[dict[str, Any]]) -> Iterator[_Sheet]:
    facts: dict[str, Any] = {}
    rows: list[list[str]] = []
    for item in items:
        if "sheet" in item:
            if facts:
                yield _sheet(facts, rows)
            facts, rows = item, []
        else:
            rows += item["rows"]
    if facts:
        yield _sheet(facts, rows)


def _sheet(facts: dict[str, Any], rows: list[list[str]]) -> _Sheet:
    name, hidden = str(facts["sheet"]), bool(facts["hidden"])
    merges = tuple(Merge(*m) for m in facts["merges"])
    notices = [
        *_about_formulas(facts["formulas"], rows),
        *_about_padded(int(facts["padded"])),
        *_fill_down(rows, merges),
        *_about_dates(facts["dates"], rows),
    ]
    raw = Raw(text_frame(rows), merges=merges, notices=tuple(notices))
    count = _replies(raw)
    return _Sheet(name, hidden, raw, count, _score(name, hidden, raw, count))


def _about_formulas(places: list[list[int]], rows: list[list[str]]) -> Iterator[Notice]:
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in places:
        columns[column].append(row)
    for column, at in sorted(columns.items()):
        head = next((r[column] for r in rows if column < len(r) and r[column]), "")
        head = " ".join(head.split()) or f"Column {column + 1}"
        message = (
            f"{len(at)} cells in {head[:60]} are formulas with no stored result; open the file "
            "in Excel, save it and read it again. They are not blank answers."
        )
        yield Notice("formula", message, min(at) + 1, head)


def _about_padded(count: int) -> Iterator[Notice]:
    if count:
        message = f"{count} numbers are kept with the leading zeros that Excel shows."
        yield Notice("leading_zeros", message)


def _about_dates(places: list[list[int]], rows: list[list[str]]) -> Iterator[Notice]:
    for row, column, day, month in places:
        message = (
            f"Row {row}: the date {rows[row - 1][column]} stands among words; Excel probably "
            f"made it of “{day}-{month}”."
        )
        yield Notice("date_among_words", message, row, rows[0][column] or None)


def _fill_down(rows: list[list[str]], merges: Sequence[Merge]) -> list[Notice]:
    """A value merged over several rows holds for each of them, below the header."""
    notices: list[Notice] = []
    first = _first_full(rows)
    for m in merges:
        if m.bottom <= m.top or m.right > m.left or m.bottom > len(rows) or m.top <= first:
            continue
        value = rows[m.top - 1][m.left] if m.left < len(rows[m.top - 1]) else ""
        beside = any(r.right > r.left and r.top <= m.top <= r.bottom for r in merges)
        if not value or beside:
            continue
        for row in rows[m.top : m.bottom]:
            row[m.left] = row[m.left] or value
        message = f"“{value[:40]}” is merged over rows {m.top} to {m.bottom} and holds for each."
        notices.append(Notice("merged_rows", message, m.top))
    return notices


def _first_full(rows: list[list[str]]) -> int:
    counts = [sum(1 for c in row if c) for row in rows[:40]]
    widest = max(counts, default=0)
    return next((i + 1 for i, n in enumerate(counts) if n >= max(2, widest / 2)), 1)


def _replies(raw: Raw) -> int:
    """How many replies a sheet holds."""
    _, top = top_rows(raw.frame)
    if not top:
        return 0
    found = detect(top)
    header = find_header(raw, found.layout, found.row, None)
    return len(replies(raw, header, found.layout)[0])


def _score(name: str, hidden: bool, raw: Raw, rows: int) -> float:
    """How likely a sheet holds the responses: much text in a table of several columns."""
    if not rows:
        return 0.0
    frame = raw.frame.iloc[:2000]
    columns = int(filled(frame).any().sum())
    text = float(sum(frame[c].str.len().sum() for c in frame.columns))
    score = text if columns > 1 else 0.02 * text
    if _DEMOTED.search(name):
        score *= 0.05
    if _WANTED.search(name):
        score *= 2
    return score * (0.01 if hidden else 1.0) + 0.001


def _choose(sheets: list[_Sheet], wanted: str | None) -> _Sheet:
    if wanted is not None:
        for sheet in sheets:
            if sheet.name.strip().casefold() == wanted.strip().casefold():
                return sheet
        names = ", ".join(f"“{s.name}”" for s in sheets)
        raise FileError(f"There is no sheet “{wanted}” in the workbook; it has {names}.")
    written = [s for s in sheets if filled(s.raw.frame).any(axis=None)]
    if not written:
        raise FileError("The workbook holds no text in any sheet; export the responses again.")
    return max(written, key=lambda s: (s.score, not s.hidden))


def _about_sheets(sheets: list[_Sheet], chosen: _Sheet) -> list[Notice]:
    if len(sheets) < 2:
        return []
    others = [s for s in sheets if s is not chosen]
    listed = ", ".join(
        f"“{s.name}” ({'hidden, ' if s.hidden else ''}{s.rows} rows)" for s in others[:10]
    )
    message = (
        f"The sheet “{chosen.name}” ({chosen.rows} rows) is read, because it holds the most text; "
        f"not read: {listed}."
    )
    notices = [Notice("sheet", message)]
    for other in others:
        if other.rows and _same_head(other, chosen):
            message = (
                f"The sheet “{other.name}” ({other.rows} rows) has the same columns as "
                f"“{chosen.name}”; add it as a second source to stack the two."
            )
            notices.append(Notice("stack_sheets", message))
    return notices


def _same_head(a: _Sheet, b: _Sheet) -> bool:
    first, second = (
        [str(c).strip().casefold() for c in s.raw.frame.iloc[0] if str(c).strip()] for s in (a, b)
    )
    return first == second and len(first) > 1
