"""Files as the store keeps them, read as the team said they should be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
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
    return [t for f in files for t in read_as_told(content(f), f.name, f.options)]


def read_as_told(
    source: Path | bytes, name: str, told: dict[str, Any], password: str | None = None
) -> list[Table]:
    """One file as a table, or as a table a sheet. Raises FileError."""
    chosen = dict(told)
    sheets = chosen.pop("sheets", None) or [None]
    rows = chosen.pop("header_rows", None)
    tables = []
    for sheet in sheets:
        options = ReadOptions(
            sheet=sheet, header_rows=None if rows is None else tuple(rows), password=password,
            **chosen,
        )  # fmt: skip
        shown = f"{name} ({sheet})" if len(sheets) > 1 else name
        tables.append(read(source, name=shown, options=options))
    return tables
