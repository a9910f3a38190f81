"""A file before its header is known, and what the caller may overrule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import FileError
from analysis.records import Notice, SheetInfo

CHUNK = 20_000
EXCEL_LIMIT = 32_767
MOST_COLUMNS = 16_384  # of a worksheet in Excel


@dataclass(frozen=True)
class ReadOptions:
    """What the reader of a file may overrule; None means: find it out.

    header_rows: the file rows (from 1) that hold the header; an empty tuple means no header.
    layout: the name of a layout (see layouts.py). password: for an encrypted workbook or PDF.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_rows: tuple[int, ...] | None = None
    layout: str | None = None
    password: str | None = None

    def __repr__(self) -> str:  # the password must not reach a log
        shown = "'…'" if self.password else "None"
        return f"ReadOptions(sheet={self.sheet!r}, layout={self.layout!r}, password={shown})"


@dataclass(frozen=True)
class Merge:
    """A merged range: file rows and columns, rows from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Raw:
    """Every row of a file as text.

    frame: columns 0 to n-1, every cell a str; the index is the 1-based file row.
    named: the first row was made by a format that has field names (no header to look for).
    """

    frame: pd.DataFrame
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[SheetInfo, ...] = ()
    merges: tuple[Merge, ...] = ()
    named: bool = False
    notices: tuple[Notice, ...] = ()


def text_array(values: Sequence[str]) -> pa.Array:
    """Strings as an arrow array; half characters (lone surrogates) become U+FFFD."""
    try:
        return pa.array(values, pa.large_string())
    except (UnicodeEncodeError, pa.ArrowInvalid):
        clean = [v.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for v in values]
        return pa.array(clean, pa.large_string())


def text_frame(rows: Iterable[Sequence[str]]) -> pd.DataFrame:
    """Rows of unequal length as a frame of text, padded with "".

    Works in blocks, so that a file of a million rows never stands in memory as Python strings.
    Raises FileError if a row has more cells than a worksheet has columns.
    """
    blocks: list[list[pa.Array]] = []
    width, count = 0, 0
    source = iter(rows)
    while block := list(islice(source, CHUNK)):
        wide = max(map(len, block))
        if wide > MOST_COLUMNS:
            raise FileError(
                f"A row has {wide:,} cells, more than the {MOST_COLUMNS:,} columns of a worksheet: "
                "the delimiter is another, or the file is damaged. Export the responses again."
            )
        width = max(width, wide)
        padded = [r if len(r) == wide else [*r, *[""] * (wide - len(r))] for r in block]
        blocks.append([text_array(column) for column in zip(*padded, strict=True)])
        count += len(block)
    index = pd.RangeIndex(1, count + 1)
    dtype: Any = pd.StringDtype("pyarrow", na_value=np.nan)
    columns: dict[int, pd.Series[str]] = {}
    for i in range(width):
        parts = [_part(b, i) for b in blocks]
        columns[i] = pd.Series(dtype.__from_arrow__(pa.chunked_array(parts)), index=index)
    return pd.DataFrame(columns, index=index)


def _part(block: list[pa.Array], i: int) -> pa.Array:
    if i < len(block):
        return block[i]
    size = len(block[0]) if block else 0
    return pa.array([""] * size, pa.large_string())


def filled(frame: pd.DataFrame) -> pd.DataFrame:
    """True where a cell holds more than white space."""
    full = np.zeros(frame.shape, dtype=bool)
    for i in range(frame.shape[1]):
        full[:, i] = (frame.iloc[:, i].str.strip() != "").to_numpy(dtype=bool)
    return pd.DataFrame(full, index=frame.index, columns=frame.columns)
