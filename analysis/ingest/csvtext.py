"""Delimited text: encoding, delimiter and rows, with unclosed quotes repaired and named."""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pandas as pd

from analysis.errors import FileError
from analysis.ingest.encoding import Encoding, find_encoding
from analysis.ingest.quotes import Look, Repaired, repair_rows
from analysis.ingest.raw import Raw, ReadOptions, filled, text_frame
from analysis.records import Notice

# The csv module refuses cells over 131,072 characters unless told otherwise.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

DELIMITERS = (",", ";", "\t", "|", "^", "~")
_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
_SINGLE = "\x1f"  # of a file with one column: stands in no text
_SAMPLE_ROWS = 400
_SAMPLE_CHARS = 1 << 19


def read_csv(data: bytes, options: ReadOptions) -> Raw:
    """Delimited text as rows.

    Raises FileError if the bytes are not text, or an option does not fit the file.
    """
    encoding = find_encoding(data, options.encoding)
    if not encoding.codec.startswith(("utf-16", "utf-32")):
        data = data.rstrip(b"\x1a")  # how DOS ended a text file
    while data.startswith(2 * codecs.BOM_UTF8):  # files joined, or saved twice with a mark
        data = data.removeprefix(codecs.BOM_UTF8)
    with _open(data, encoding) as text:
        sample = text.read(_SAMPLE_CHARS)
    refuse_binary(sample)
    declared = _declared(sample)
    delimiter = _chosen(options) or declared or find_delimiter(sample)
    skip = 1 if declared else 0
    frame, notices = _rows(data, encoding, _dialect(sample, delimiter or _SINGLE, skip), skip)
    frame.index = frame.index + skip
    if not data.rstrip(b"\0").endswith((b"\n", b"\r")):
        notices += _cut_short(frame)
    return Raw(frame, encoding.name, delimiter, notices=(*encoding.notices, *notices))


def refuse_binary(sample: str) -> None:
    """Raises FileError if a sample holds more control characters than writing does."""
    odd = sum(1 for c in sample if c < " " and c not in "\t\n\r\v\f\x1a") + sample.count("�")
    if odd > 2 + len(sample) // 100:
        raise FileError(
            "The file is not a table of text: it seems to be a damaged file or one of another "
            "kind. Export the responses again as CSV or XLSX."
        )


def find_delimiter(sample: str) -> str | None:
    """The delimiter that cuts most rows to one width above 1; None means a single column.

    The commas of prose seldom give every row the same width, so the share of rows decides.
    """
    best: tuple[float, int] = (0.0, 0)
    found = None
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        counts = Counter(w for w in widths if w > 1)
        if not counts:
            continue
        width, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
        share = rows / len(widths)
        if widths[0] == 1 and _is_prose(sample, delimiter):
            continue
        # A header of the same width says more than any one row.
        score = (round(share + (0.25 if widths[0] == width else 0.0), 3), width)
        if share >= 0.5 and score > best:
            best, found = score, delimiter
    return found


def _is_prose(sample: str, delimiter: str) -> bool:
    """Does a space follow most of the marks outside quotation marks, as in sentences?"""
    bare = re.sub(r'"[^"]*"', "", sample)
    marks = bare.count(delimiter)
    return marks > 0 and bare.count(delimiter + " ") > 0.5 * marks


def _widths(sample: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: list[int] = []
    for row in reader:
        if any(row):
            widths.append(len(row))
        if len(widths) > _SAMPLE_ROWS:
            break
    if len(sample) == _SAMPLE_CHARS and len(widths) > 1:
        widths.pop()  # the last row of the sample may be cut
    return widths


def _chosen(options: ReadOptions) -> str | None:
    delimiter = _WORDS.get(options.delimiter or "", options.delimiter)
    if delimiter and (len(delimiter) != 1 or delimiter in '"\r\n '):
        raise FileError(
            f"“{delimiter}” cannot separate columns; choose comma, semicolon, tab or bar."
        )
    return delimiter or None


def _declared(sample: str) -> str | None:
    """Excel's own first line "sep=;"."""
    first = sample.split("\n", 1)[0].rstrip("\r").strip('"')
    return first[4] if first[:4].lower() == "sep=" and len(first) == 5 else None


def _dialect(sample: str, delimiter: str, skip: int) -> dict[str, Any]:
    """How the header is quoted: as usual, with a space before each mark, or with apostrophes."""
    lines = sample.split("\n", skip + 1)
    head, mark = (lines[skip].strip() if len(lines) > skip else ""), re.escape(delimiter)
    single = re.fullmatch(rf"'[^']*'(?:{mark} *'[^']*')+", head) is not None
    spaced = re.search(rf"{mark} +[\"']", head) is not None and (single or '"' in head)
    return {
        "delimiter": delimiter,
        "quotechar": "'" if single else '"',
        "skipinitialspace": spaced,
    }


def _open(data: bytes, encoding: Encoding) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding.codec, encoding.errors, newline="")


class _Swallowed(Exception):
    """A quote swallowed whole rows without making the file malformed."""


def _watched(reader: Iterator[list[str]], delimiter: str) -> Iterator[list[str]]:
    look = Look(delimiter)
    for row in reader:
        if look.swallowed(row):
            raise _Swallowed
        look.learn(row)
        yield row


def _rows(
    data: bytes, encoding: Encoding, dialect: dict[str, Any], skip: int
) -> tuple[pd.DataFrame, list[Notice]]:
    delimiter = dialect["delimiter"]
    with _open(data, encoding) as text:
        for _ in range(skip):
            text.readline()
        try:
            reader = csv.reader(text, strict=True, **dialect)
            return text_frame(_watched(reader, delimiter)), []
        except (csv.Error, _Swallowed):
            pass
    if b'\\"' in data and (found := _backslashed(data, encoding, delimiter, skip)):
        return found
    with _open(data, encoding) as text:
        repaired = repair_rows(text.readlines()[skip:], delimiter)
    return text_frame(repaired.rows), _notices(repaired, skip)


def _backslashed(
    data: bytes, encoding: Encoding, delimiter: str, skip: int
) -> tuple[pd.DataFrame, list[Notice]] | None:
    """Rows of a file that writes \\" where CSV asks for "", if it does so throughout."""
    with _open(data, encoding) as text:
        lines = (line.replace('\\"', '""') for line in islice(text, skip, None))
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
        except csv.Error:
            return None
    if len({len(row) for row in rows if row}) != 1:
        return None
    message = 'Quotation marks inside answers are written \\" in this file; they are read as ".'
    return text_frame(rows), [Notice("backslash_quotes", message)]


def _cut_short(frame: pd.DataFrame) -> list[Notice]:
    """A file that ends within a row, where all rows before it are longer."""
    full = filled(frame.iloc[-50:])
    if len(full) < 4 or len(frame.columns) < 2:
        return []
    counts = [int(full.columns[row].max()) + 1 if row.any() else 0 for row in full.to_numpy()]
    if counts[-1] >= min(counts[:-1]):
        return []
    row = int(frame.index[-1])
    message = (
        f"The file ends within row {row}, after {counts[-1]} of {len(frame.columns)} cells: it may "
        "be cut short. Compare the number of rows with the survey tool's."
    )
    return [Notice("cut_short", message, row)]


def _notices(repaired: Repaired, skip: int) -> list[Notice]:
    total = sum(1 for row in repaired.rows if any(row))
    notices = []
    for number in repaired.unclosed[:20]:
        row = repaired.rows[number - 1]
        opened = row[-1] if row[-1].strip() else row[0]
        begin = " ".join(opened.split())[:60]
        message = (
            f"Row {number + skip} ({row[0][:40]}) opens a quotation mark that is never closed: "
            f"“{begin}…”. It was closed before the next row, so that no row is lost: "
            f"{total} rows in the file, header included, {total} rows read."
        )
        notices.append(Notice("unclosed_quote", message, number + skip))
    if repaired.stray:
        rows = ", ".join(str(n + skip) for n in repaired.stray[:5])
        message = (
            f"Quotation marks inside {len(repaired.stray)} rows are not doubled as CSV asks "
            f"(rows {rows}{' …' if len(repaired.stray) > 5 else ''}); they were read as typed."
        )
        notices.append(Notice("stray_quotes", message, repaired.stray[0] + skip))
    return notices
