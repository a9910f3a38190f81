"""What must be known of a zipped Office file before and beside its parser.

Before: is it a zip bomb? Beside: formulas without a stored result, ids whose leading zeros are
only a number format.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field

from analysis.errors import FileError
from analysis.records import Notice

MAX_ENTRIES = 10_000
MAX_BYTES = 4_000_000_000
MAX_RATIO = 200
_RATIO_FROM = 50_000_000
_CELLS = 60_000_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_PADDED = re.compile(r'formatCode="(0{2,})"')


def check_zip(data: bytes) -> None:
    """Raises FileError if a zip would unpack to more than it may, before anything is unpacked."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except Exception:  # a broken directory; zipfile raises many kinds
        raise FileError("The file is damaged or cut short; export or copy it again.") from None
    total = sum(i.file_size for i in infos)
    packed = max(1, sum(i.compress_size for i in infos))
    if len(infos) > MAX_ENTRIES or total > MAX_BYTES:
        raise FileError(
            "The file would unpack to more than can be read here "
            f"({len(infos):,} parts, {total // 10**6:,} MB); split it or save it as CSV."
        )
    if total > _RATIO_FROM and total / packed > MAX_RATIO:
        raise FileError(
            f"The file unpacks to {total // packed} times its size, as a zip bomb does; "
            "it was not opened. Save it as CSV if it is genuine."
        )


def only_file(data: bytes, file: str) -> tuple[bytes, str]:
    """The one file in a zip, as some survey tools send it, and its name.

    Raises FileError if there is not exactly one, or it may not be unpacked.
    """
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [
                i for i in archive.infolist()
                if not i.is_dir() and not i.filename.startswith(("__MACOSX", "."))
            ]  # fmt: skip
            if len(inside) != 1:
                raise FileError(
                    f"{file} is a zip with {len(inside)} files; unpack it and choose the files "
                    "with the responses."
                )
            return archive.read(inside[0]), inside[0].filename.rsplit("/", 1)[-1]
    except FileError:
        raise
    except RuntimeError:
        raise FileError(f"{file} is a zip with a password; unpack it first.") from None
    except Exception:  # a broken archive raises many kinds
        raise FileError(f"{file} is damaged or cut short; copy it again.") from None


@dataclass(frozen=True)
class Repairs:
    """For each sheet: cells whose formula has no result, and cells shown with leading zeros.

    formulas: sheet → [(row, column)], padded: sheet → {(row, column): width}, both from 0.
    """

    formulas: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    padded: dict[str, dict[tuple[int, int], int]] = field(default_factory=dict)

    def apply(self, sheet: str, rows: list[list[str]]) -> list[Notice]:
        """Pad the ids of one sheet in place, and say which formulas have no result."""
        notices: list[Notice] = []
        for (row, column), width in self.padded.get(sheet, {}).items():
            if row < len(rows) and column < len(rows[row]) and rows[row][column].isdigit():
                rows[row][column] = rows[row][column].zfill(width)
        if self.padded.get(sheet):
            n = len(self.padded[sheet])
            notices.append(
                Notice("leading_zeros", f"{n} numbers are kept with the leading zeros Excel shows.")
            )
        columns: dict[int, list[int]] = defaultdict(list)
        for row, column in self.formulas.get(sheet, []):
            columns[column].append(row)
        for column, at in sorted(columns.items()):
            head = next((r[column] for r in rows if column < len(r) and r[column]), "")
            head = " ".join(head.split()) or f"Column {column + 1}"
            message = (
                f"{len(at)} cells in {head[:60]} are formulas with no stored result; open the file "
                "in Excel, save it and read it again. They are not blank answers."
            )
            notices.append(Notice("formula", message, min(at) + 1, head))
        return notices


def look(data: bytes) -> Repairs:
    """Find what the fast parser does not tell, and only where there is a sign of it."""
    if not data.startswith(b"PK"):
        return Repairs()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                return Repairs()
            sheets = [n for n in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n)]
            formulas = any(_scan(archive, n) for n in sheets)
            styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    except FileError:
        raise
    except Exception:  # the parser that follows reports what is wrong with the file
        return Repairs()
    padded = bool(_PADDED.search(styles.decode("utf-8", "replace")))
    return _with_openpyxl(data) if formulas or padded else Repairs()


def _scan(archive: zipfile.ZipFile, name: str) -> bool:
    """Does a sheet hold formulas? Also refuses one whose used area is absurdly large."""
    formula = False
    tail = b""
    column = row = 0
    with archive.open(name) as stream:
        while block := stream.read(1 << 20):
            text = tail + block
            formula = formula or bool(_FORMULA.search(text))
            for letters, digits in re.findall(rb' r="([A-Z]{1,3})(\d{1,7})"', text):
                column, row = max(column, _letters(letters)), max(row, int(digits))
            tail = text[-40:]
    if column * row > _CELLS:
        raise FileError(
            f"A sheet of the workbook reaches to column {column:,} and row {row:,}, though most of "
            "it is empty; delete the empty rows and columns in Excel, or save it as CSV."
        )
    return formula


def _letters(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _with_openpyxl(data: bytes) -> Repairs:
    import openpyxl

    repairs = Repairs()
    try:
        results = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        source = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        for sheet in source.worksheets:
            values = results[sheet.title].iter_rows(values_only=True)
            for row, value_row in zip(sheet.iter_rows(), values, strict=False):
                for cell, value in zip(row, value_row, strict=False):
                    if cell.value is None:
                        continue
                    place = (cell.row - 1, cell.column - 1)
                    if cell.data_type == "f":
                        if value is None:
                            repairs.formulas.setdefault(sheet.title, []).append(place)
                    elif re.fullmatch(r"0{2,}", cell.number_format or ""):
                        width = len(cell.number_format)
                        repairs.padded.setdefault(sheet.title, {})[place] = width
    except Exception:  # a second opinion only: the file is read without it
        return Repairs()
    return repairs
