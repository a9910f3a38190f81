"""Workbooks (XLSX, XLSB, XLS, ODS): the sheet with the responses, every cell as text."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import python_calamine as calamine

from analysis.errors import FileError
from analysis.ingest.headers import find_header
from analysis.ingest.layouts import PLAIN
from analysis.ingest.openxml import Repairs, check_zip, look
from analysis.ingest.raw import Merge, Raw, ReadOptions, filled, text_frame
from analysis.ingest.unlock import unlock
from analysis.records import Notice, SheetInfo

_DEMOTED = re.compile(
    r"read ?me|guide|instruction|notes?|look ?ups?|lists?|cover|contents?|codebook|dictionary|help|"
    r"summary|pivot|chart|metadata|about|issues|key|legend|template|options|admin",
    re.IGNORECASE,
)
_WANTED = re.compile(r"respon|answer|data|result|submission|raw|comment|survey", re.IGNORECASE)
Cell = object


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
    repairs = look(data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = _sheets(book, repairs)
    except FileError:
        raise
    except calamine.PasswordError:
        raise FileError(
            "The workbook has a password. Give the password, or open it in Excel, remove the "
            "password under File, Info, Protect Workbook, and save it again."
        ) from None
    except BaseException as error:
        # A parser written in Rust reports a fault in itself as a BaseException of its own.
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise FileError(
            "The workbook is damaged and cannot be read; open it in Excel and save it again."
        ) from None
    chosen = _choose(sheets, options.sheet)
    infos = tuple(SheetInfo(s.name, s.rows, s.hidden) for s in sheets)
    notices = (*unlocked, *_about_sheets(sheets, chosen), *chosen.raw.notices)
    return Raw(
        chosen.raw.frame, sheet=chosen.name, sheets=infos, merges=chosen.raw.merges, notices=notices
    )


def _sheets(book: calamine.CalamineWorkbook, repairs: Repairs) -> list[_Sheet]:
    out = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        raw = _raw(sheet, meta.name, repairs)
        rows = _replies(raw)
        out.append(_Sheet(meta.name, hidden, raw, rows, _score(meta.name, hidden, raw, rows)))
    return out


def _raw(sheet: calamine.CalamineSheet, name: str, repairs: Repairs) -> Raw:
    cells = sheet.to_python(skip_empty_area=False)
    merges = tuple(
        Merge(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())
    )
    rows = [[cell_text(cell) for cell in row] for row in cells]
    notices = repairs.apply(name, rows)
    notices += _fill_down(rows, merges)
    notices += _dates_among_words(cells, rows)
    return Raw(text_frame(rows), merges=merges, notices=tuple(notices))


def cell_text(cell: Cell) -> str:
    """A typed cell as text: whole numbers without ".0", dates as ISO, true as TRUE."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return _moment(cell)
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, dt.timedelta):
        return _span(cell)
    return "" if cell is None else str(cell)


def _moment(value: dt.datetime) -> str:
    if value.microsecond:  # Excel keeps days as fractions: 10:30 comes as 10:29:59.999
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    if (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat(timespec="seconds")


def _span(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _fill_down(rows: list[list[str]], merges: Sequence[Merge]) -> list[Notice]:
    """A value merged over several rows holds for each of them, below the header."""
    notices = []
    for m in merges:
        if m.bottom <= m.top or m.right > m.left or m.bottom > len(rows) or m.top < 2:
            continue
        value = rows[m.top - 1][m.left]
        above = [r for r in merges if r.right > r.left and r.top <= m.top <= r.bottom]
        if not value or above or m.top <= _first_full(rows):
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


def _dates_among_words(cells: Sequence[Sequence[Cell]], rows: list[list[str]]) -> list[Notice]:
    """Excel turns "10-12" into 10 December; a lone date among words was probably such a range."""
    notices = []
    for i in range(len(rows[0]) if rows else 0):
        column = [row[i] for row in cells[1:] if i < len(row) and row[i] not in ("", None)]
        dates = [c for c in column if isinstance(c, (dt.datetime, dt.date))]
        if not dates or len(dates) > 0.5 * len(column):
            continue
        for number, row in enumerate(cells[1:], 2):
            cell = row[i] if i < len(row) else None
            if isinstance(cell, (dt.datetime, dt.date)):
                message = (
                    f"Row {number}: the date {cell_text(cell)} stands among words; Excel probably "
                    f"made it of “{cell.day}-{cell.month}”."
                )
                notices.append(Notice("date_among_words", message, number, rows[0][i] or None))
    return notices[:50]


def _replies(raw: Raw) -> int:
    """How many rows lie below the header of a sheet."""
    if not bool(filled(raw.frame).to_numpy().any()):
        return 0
    header = find_header(raw, PLAIN, None, None)
    below = filled(raw.frame.iloc[header.first :])
    return int(below.any(axis=1).sum())


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
    if not sheets or not any(s.score for s in sheets):
        raise FileError("The workbook holds no text in any sheet; export the responses again.")
    return max(sheets, key=lambda s: s.score)


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
