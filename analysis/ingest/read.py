"""One entry for every kind of file: bytes in, a Table of text out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import FileError
from analysis.ingest import layouts
from analysis.ingest.body import replies
from analysis.ingest.cells import cell_notices, clean_cells
from analysis.ingest.columns import guess_columns
from analysis.ingest.csvtext import read_csv
from analysis.ingest.documents import read_docx, read_letter, read_pdf
from analysis.ingest.headers import find_header, top_rows
from analysis.ingest.mail import read_mail
from analysis.ingest.raw import Raw, ReadOptions
from analysis.ingest.sniff import Kind, sniff
from analysis.ingest.structured import read_json, read_parquet
from analysis.ingest.turned import upright
from analysis.ingest.webtable import read_web
from analysis.ingest.workbook import read_workbook
from analysis.ingest.xmlsheet import read_xml_sheet
from analysis.ingest.zips import only_file
from analysis.records import ColumnGuess, Notice, Table

__all__ = ["ReadOptions", "read"]

MAX_BYTES = 1_000_000_000
_READERS: dict[Kind, Callable[[bytes, ReadOptions], Raw]] = {
    "text": read_csv,
    "workbook": read_workbook,
    "web": read_web,
    "xml_sheet": read_xml_sheet,
    "json": read_json,
    "parquet": read_parquet,
    "docx": read_docx,
    "pdf": read_pdf,
    "letter": read_letter,
    "mail": read_mail,
}


def read(
    source: Path | bytes, *, name: str | None = None, options: ReadOptions | None = None
) -> Table:
    """A file as a Table: every cell text, one row a reply, each column with a guessed role.

    The content decides what the file is, never its name. A header without rows gives a Table
    without rows and a notice. Raises FileError, and nothing else, for a file that cannot be read.
    """
    chosen = options or ReadOptions()
    data, file = _load(source, name)
    kind = sniff(data, file)
    if kind == "zip":
        data, file = only_file(data, file)
        kind = sniff(data, file)
        if kind == "zip":
            raise FileError(f"{file} is a zip inside a zip; unpack it first.")
    try:
        raw = _READERS[kind](data, chosen)
    except FileError as error:
        raise FileError(f"{file}: {error}") from None
    if kind in ("docx", "pdf", "letter"):
        raw = replace(raw, frame=_named_after(raw.frame, file))
    return to_table(raw, file, chosen)


def _named_after(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """A letter has no reference of its own: it is called after its file."""
    out, stem = frame.copy(), Path(file).stem
    several = len(out) > 2
    out.isetitem(0, [out.iloc[0, 0], *(
        f"{stem}-{n}" if several else stem for n in range(1, len(out)))])  # fmt: skip
    if out.iloc[1, 2]:
        out.iloc[1, 2] = file
    return out


def _load(source: Path | bytes, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data, file = source, name or "file"
    else:
        file = name or source.name
        try:
            if source.stat().st_size > MAX_BYTES:
                raise FileError(
                    f"{file} is over {MAX_BYTES // 10**6:,} MB; split it and try again."
                )
            data = source.read_bytes()
        except OSError as error:
            why = error.strerror or "it cannot be opened"
            raise FileError(f"{file} cannot be opened: {why}. Check its name and place.") from None
    if not data:
        raise FileError(f"{file} is empty (0 bytes). Export the responses again.")
    return data, file


def _one_row_an_answer(columns: Sequence[ColumnGuess]) -> list[Notice]:
    """A table where each row is an answer, not a reply, is pointed out: people count twice."""
    names = {c.name.strip().casefold(): c for c in columns}
    asked = next(
        (c for n, c in names.items() if re.fullmatch(r"question( (text|title))?", n)), None
    )
    answers = any(re.fullmatch(r"answer|response|comment|value|text", n) for n in names)
    shared = any(c.reason.startswith("references that many rows share") for c in columns)
    if not (asked and answers and shared and len(asked.values) > 1):
        return []
    message = (
        f"Each row seems to be one answer (column “{asked.name}”), so that a person has several "
        "rows. Turn it into one row a person with a column for each question (in Excel: a pivot), "
        "or upload one file a question; as it is, each row counts as a respondent."
    )
    return [Notice("row_per_answer", message, column=asked.name)]


def to_table(raw: Raw, file: str, options: ReadOptions) -> Table:
    """Header, layout, rows and columns of a file's raw rows.

    Raises FileError if the file holds no text at all, or an option does not fit it.
    """
    if options.header_rows is None and not options.layout:
        raw = upright(raw)
    _, top = top_rows(raw.frame)
    if not top:
        raise FileError(f"{file} holds no text: every cell is empty. Export the responses again.")
    found = layouts.named(options.layout, top) if options.layout else layouts.detect(top)
    header = find_header(raw, found.layout, found.row, options.header_rows)
    rows, notices = replies(raw, header, found.layout)
    rows, cleaned = clean_cells(rows, found.layout)
    columns = guess_columns(rows, header.labels, found.layout)
    if found.layout.name != "plain":
        message = f"Read as an export of {found.layout.tool}: {found.reason}."
        notices.insert(0, Notice("layout", message))
    notices += _one_row_an_answer(columns)
    if not len(rows):
        listed = ", ".join(str(c) for c in list(rows.columns)[:10])
        notices.append(
            Notice("no_responses", f"{len(rows.columns)} columns, no responses: {listed}.")
        )
    return Table(
        file=file,
        rows=rows,
        columns=columns,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        sheet=raw.sheet,
        sheets=raw.sheets,
        layout=found.layout.name,
        layout_reason=found.reason,
        header_rows=header.rows,
        notices=(*raw.notices, *header.notices, *notices, *cleaned, *cell_notices(rows)),
    )
