"""Files with named fields: JSON, JSON Lines and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.errors import FileError
from analysis.ingest.child import cell_text
from analysis.ingest.encoding import find_encoding
from analysis.ingest.raw import MOST_COLUMNS, Raw, ReadOptions, text_frame
from analysis.records import Notice

_MOST_CELLS = 200_000_000
_DEEP = "The file is JSON that is nested too deeply to be a table; export it as CSV."


def read_json(data: bytes, options: ReadOptions) -> Raw:
    """One object a line, or one list of objects; fields in order of first sight.

    Raises FileError naming the first line that is no object.
    """
    encoding = find_encoding(data, options.encoding)
    text = data.decode(encoding.codec, encoding.errors)
    try:
        records = _whole(text) if text.lstrip().startswith("[") else _lines(text)
        flat = [dict(_flat(r)) for r in records]
    except RecursionError:
        raise FileError(_DEEP) from None
    fields = list(dict.fromkeys(key for record in flat for key in record))
    if not fields:
        raise FileError("The file is JSON without any responses in it; export them again.")
    if len(fields) > MOST_COLUMNS or len(fields) * len(flat) > _MOST_CELLS:
        raise FileError("The file is JSON with a different set of fields in each row, not a table.")
    rows = [[record.get(name, "") for name in fields] for record in flat]
    frame = text_frame([fields, *rows])
    # Line 1 is the first reply: rows are counted as in the file, the header as row 0.
    frame.index = frame.index - 1
    return Raw(frame, encoding.name, named=True, notices=encoding.notices)


def _loads(text: str) -> Any:
    # Numbers stay as written: 007.10 is not ours to tidy.
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _whole(text: str) -> list[dict[str, Any]]:
    try:
        found = _loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise FileError(f"The file is JSON that breaks off or is wrong in line {line}.") from None
    for i, item in enumerate(found, 1):
        if not isinstance(item, dict):
            raise FileError(f"Item {i} of the JSON list is no object with named fields.")
    return list(found)


def _lines(text: str) -> Iterator[dict[str, Any]]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = _loads(line)
        except ValueError:
            if number == 1 and (record := _single(text)):
                yield from record
                return
            raise FileError(
                f"Line {number} of the file is not complete JSON; "
                f"{number - 1} lines before it are. Export the responses again."
            ) from None
        if not isinstance(item, dict):
            raise FileError(f"Line {number} of the file is no object with named fields.")
        if number == 1 and not any(map(str.strip, lines[1:])):
            yield from _inside(item)
            return
        yield item


def _single(text: str) -> list[dict[str, Any]] | None:
    """One object over many lines that holds the list of responses."""
    try:
        found = _loads(text)
    except ValueError:
        return None
    return _inside(found) if isinstance(found, dict) else None


def _inside(found: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [
        v
        for v in found.values()
        if isinstance(v, list) and v and all(isinstance(i, dict) for i in v)
    ]
    return max(lists, key=len) if lists else [found]


def _flat(record: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}/")
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        if all(not isinstance(v, dict | list) for v in value):
            return ";".join(_text(v) for v in value)
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def read_parquet(data: bytes, options: ReadOptions) -> Raw:
    """Columns as text. Raises FileError if the file is damaged."""
    del options
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        total = file.metadata.num_rows * max(1, file.metadata.num_columns)
        if total > _MOST_CELLS:
            raise FileError(f"The file holds {total:,} cells, more than can be read; split it.")
        table = file.read()
        given = [(str(name), table.column(name)) for name in table.column_names]
        own = [(name, values) for name, values in given if not name.startswith("__index_level")]
        columns = [_column(values.to_pylist()) for _, values in own]
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        raise FileError(
            "The Parquet file is damaged or cut short and cannot be read; write it again."
        ) from None
    frame = text_frame(_rows([name for name, _ in own], columns))
    frame.index = frame.index - 1
    notice = Notice("typed", "The file holds typed values; they were turned into text.")
    return Raw(frame, named=True, notices=(notice,))


def _rows(names: list[str], columns: list[list[str]]) -> Iterable[list[str]]:
    yield names
    for row in zip(*columns, strict=True):
        yield list(row)


def _column(values: list[Any]) -> list[str]:
    return [_text(v) if isinstance(v, list | dict) else cell_text(v) for v in values]
