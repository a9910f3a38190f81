"""Reads one workbook or PDF in a process of its own, as text.

Parsers of binary formats can be made to eat all memory, to run for hours or to bring their process
down, and a damaged file is enough for it. Here they can only bring down this script. It is run by
path, without the project on its search path, so it imports nothing of the project.

In: a line of JSON ({"task", "password", "memory", "seconds"}), then the file.
Out: JSON, one object a line.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Item = dict[str, Any]
Place = tuple[int, int]
Looked = tuple[dict[str, list[Place]], dict[str, dict[Place, int]], dict[str, dict[Place, str]]]
BLOCK = 2_000
MOST_CELLS = 60_000_000
MOST_PAGES = 2_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERROR = re.compile(rb"<(?:\w+:)?c [^>]*t=.e.")
_PADDED = re.compile(rb'formatCode="0{2,}"')


class Refused(Exception):
    """A file that will not be read, with the reason in words for the user."""


# ---------------------------------------------------------------- workbooks
def workbook(data: bytes, password: str) -> Iterator[Item]:
    """For each worksheet one object with its facts, then its rows in blocks."""
    del password  # `unlock` has been there before
    import python_calamine as calamine

    formulas, padded, errors = _look(data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        raise Refused("password") from None
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        cells = sheet.to_python(skip_empty_area=False)
        rows = [[cell_text(cell) for cell in row] for row in cells]
        for (row, column), error in errors.get(meta.name, {}).items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = error
        shown = padded.get(meta.name, {})
        for (row, column), width in shown.items():
            if row < len(rows) and column < len(rows[row]) and rows[row][column].isdigit():
                rows[row][column] = rows[row][column].zfill(width)
        yield {
            "sheet": meta.name,
            "hidden": meta.visible != calamine.SheetVisibleEnum.Visible,
            "merges": [
                [top + 1, left, bottom + 1, right]
                for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())
            ],
            "formulas": formulas.get(meta.name, []),
            "padded": len(shown),
            "dates": dates_among_words(cells),
        }
        for start in range(0, len(rows), BLOCK):
            yield {"rows": rows[start : start + BLOCK]}


def cell_text(cell: object) -> str:
    """A typed cell as text: whole numbers without ".0", dates as ISO, true as TRUE."""
    if isinstance(cell, str):
        return _ESCAPED.sub(_unescaped, cell) if "_x" in cell else cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return _moment(cell)
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if cell is None else str(cell)


def _unescaped(match: re.Match[str]) -> str:
    """Excel writes a control character in a text as _x000D_; a real "_x" as _x005F_x."""
    code = int(match[1], 16)
    return chr(code) if code < 32 or code == 0x5F else match[0]


def _moment(value: dt.datetime) -> str:
    if value.microsecond:  # Excel keeps days as fractions: 10:30 comes as 10:29:59.999
        up = value.microsecond >= 500_000 and value.year < 9999
        value = value.replace(microsecond=0) + dt.timedelta(seconds=int(up))
    if (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat(timespec="seconds")


def dates_among_words(cells: Sequence[Sequence[object]]) -> list[list[Any]]:
    """[row, column, day, month] of lone dates in columns of words, rows from 1, columns from 0.

    Excel turns "10-12" into 10 December; such a date was probably a range.
    """
    found: list[list[Any]] = []
    for column in range(len(cells[0]) if cells else 0):
        below = [(n, row[column]) for n, row in enumerate(cells[1:], 2) if row[column] != ""]
        dates = [(n, cell) for n, cell in below if isinstance(cell, dt.date)]
        if dates and len(dates) <= 0.5 * len(below):
            found += [[n, column, cell.day, cell.month] for n, cell in dates]
    return found[:50]


# What the fast parser does not tell. Looked for only where there is a sign of it.
def _look(data: bytes) -> Looked:
    """Cells whose formula has no stored result, numbers shown with leading zeros, error values."""
    if not data.startswith(b"PK"):
        return {}, {}, {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                return {}, {}, {}
            sheets = [n for n in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n)]
            signs = [_scan(archive, n) for n in sheets]
            styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    except Refused:
        raise
    except Exception:  # the parser that follows reports what is wrong with the file
        return {}, {}, {}
    return _second_opinion(data) if any(signs) or _PADDED.search(styles) else ({}, {}, {})


def _scan(archive: zipfile.ZipFile, name: str) -> bool:
    """Does a sheet hold formulas? Also refuses one whose used area is absurdly large."""
    formula = False
    tail = b""
    column = row = 0
    with archive.open(name) as stream:
        while block := stream.read(1 << 20):
            text = tail + block
            formula = formula or bool(_FORMULA.search(text) or _ERROR.search(text))
            for letters, digits in re.findall(rb' r="([A-Z]{1,3})(\d{1,7})"', text):
                column, row = max(column, _number(letters)), max(row, int(digits))
            tail = text[-40:]
    if column * row > MOST_CELLS:
        raise Refused(
            f"A sheet reaches to column {column:,} and row {row:,}, though most of it is empty; "
            "delete the empty rows and columns in Excel, or save it as CSV."
        )
    return formula


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _second_opinion(data: bytes) -> Looked:
    import openpyxl

    formulas: dict[str, list[Place]] = {}
    padded: dict[str, dict[Place, int]] = {}
    errors: dict[str, dict[Place, str]] = {}
    try:
        results = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        source = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        for sheet in source.worksheets:
            values = results[sheet.title]
            sheet.reset_dimensions()  # the size that a file claims need not be true
            values.reset_dimensions()
            for row, stored in zip(sheet.iter_rows(), values.iter_rows(), strict=False):
                for cell, value in zip(row, stored, strict=False):
                    if cell.value is None:
                        continue
                    place = (cell.row - 1, cell.column - 1)
                    if cell.data_type == "f":
                        if value.value is None:
                            formulas.setdefault(sheet.title, []).append(place)
                        elif value.data_type == "e":
                            errors.setdefault(sheet.title, {})[place] = str(value.value)
                    elif cell.data_type == "e":
                        errors.setdefault(sheet.title, {})[place] = str(cell.value)
                    elif re.fullmatch(r"0{2,}", cell.number_format or ""):
                        padded.setdefault(sheet.title, {})[place] = len(cell.number_format)
    except Exception:  # a second opinion only: the file is read without it
        return {}, {}, {}
    return formulas, padded, errors


# ---------------------------------------------------------------- PDF
def pdf(data: bytes, password: str) -> Iterator[Item]:
    """One object a page with its text."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(password):
        raise Refused("password")
    if len(reader.pages) > MOST_PAGES:
        raise Refused(f"The PDF has over {MOST_PAGES:,} pages; split it.")
    for page in reader.pages:
        yield {"page": page.extract_text()}


def unlock(data: bytes, password: str) -> Iterator[Item]:
    """A workbook without its password, in base 64."""
    import msoffcrypto

    out = io.BytesIO()
    office = msoffcrypto.OfficeFile(io.BytesIO(data))
    try:
        office.load_key(password=password, verify_password=True)
        office.decrypt(out)
    except msoffcrypto.exceptions.InvalidKeyError:
        raise Refused("wrong password") from None
    yield {"bytes": base64.b64encode(out.getvalue()).decode("ascii")}


# ---------------------------------------------------------------- the process
_TASKS: dict[str, Callable[[bytes, str], Iterator[Item]]] = {
    "workbook": workbook,
    "unlock": unlock,
    "pdf": pdf,
}


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the process is still one of its own
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def main() -> None:
    """Read one file from standard input and write what it holds."""
    source, out = sys.stdin.buffer, sys.stdout
    task = json.loads(source.readline())
    data = source.read()
    _limit(int(task["memory"]), int(task["seconds"]))
    try:
        for item in _TASKS[task["task"]](data, str(task["password"] or "")):
            out.write(json.dumps(item) + "\n")
        out.write('{"end": true}\n')
    except Refused as refused:
        out.write(json.dumps({"refused": str(refused)}) + "\n")
    except ModuleNotFoundError as error:
        missing = f"This file cannot be read here: the package {error.name} is not installed."
        out.write(json.dumps({"refused": missing}) + "\n")
    except BaseException as error:  # also what a parser written in Rust reports of itself
        out.write(json.dumps({"damaged": type(error).__name__}) + "\n")


if __name__ == "__main__":
    main()
