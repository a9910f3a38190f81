"""Files as the store keeps them, read as the team said they should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from analysis.ingest.read import ReadOptions, read
from analysis.records import Table


class File(Protocol):
    """`options` may hold encoding, delimiter, layout, header_rows and sheets (several)."""

    @property
    def name(self) -> str: ...
    @property
    def options(self) -> dict[str, Any]: ...


F = TypeVar("F", bound=File)


def read_stored(files: Sequence[F], content: Callable[[F], bytes]) -> list[Table]:
    """A table a file, or a table a sheet where several sheets were asked for.

    Raises FileError.
    """
    tables = []
    for file in files:
        chosen = dict(file.options)
        sheets = chosen.pop("sheets", None) or [None]
        rows = chosen.pop("header_rows", None)
        for sheet in sheets:
            name = f"{file.name} ({sheet})" if len(sheets) > 1 else file.name
            options = ReadOptions(
                sheet=sheet, header_rows=None if rows is None else tuple(rows), **chosen
            )
            tables.append(read(content(file), name=name, options=options))
    return tables
