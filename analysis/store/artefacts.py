"""Results on disk, one folder each, named by fingerprint: Parquet, .npy and JSON, never pickles.

A folder appears whole or not at all: it is written beside its place and renamed.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from analysis.errors import StoreError

T = TypeVar("T")


class Artefacts:
    """The results of one consultation, below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str, fp: str) -> Path:
        return self.folder / f"{name}-{fp[:24]}"

    def has(self, name: str, fp: str) -> bool:
        return (self.path(name, fp) / "fields.json").exists()

    def save(self, name: str, fp: str, result: Any) -> None:
        """Write the dataclass `result`; an equal name that is already there is kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.path(name, fp)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".part-") as part:
            made = Path(part) / "whole"
            made.mkdir()
            _write(made, result)
            if not self.has(name, fp):
                shutil.rmtree(place, ignore_errors=True)
                made.rename(place)

    def load(self, name: str, fp: str, kind: type[T]) -> T:
        """Raises StoreError if it is not there or cannot be read."""
        place = self.path(name, fp)
        try:
            return _read(place, kind)
        except (OSError, ValueError, KeyError) as cause:
            raise StoreError(
                f"The stored result “{name}” of this run cannot be read. Run the analysis again."
            ) from cause


def _write(folder: Path, result: Any) -> None:
    plain: dict[str, Any] = {}
    hints = get_type_hints(type(result))
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if isinstance(value, pd.DataFrame):
            value.to_parquet(folder / f"{field.name}.parquet", index=False)
        elif isinstance(value, np.ndarray):
            np.save(folder / f"{field.name}.npy", value, allow_pickle=False)
        else:
            plain[field.name] = TypeAdapter(hints[field.name]).dump_python(value, mode="json")
    text = json.dumps(plain, ensure_ascii=False)
    (folder / "fields.json").write_text(text, encoding="utf-8")


def _read(folder: Path, kind: type[T]) -> T:
    plain = json.loads((folder / "fields.json").read_text(encoding="utf-8"))
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        frame, array = folder / f"{field.name}.parquet", folder / f"{field.name}.npy"
        if frame.exists():
            values[field.name] = pd.read_parquet(frame)
        elif array.exists():
            values[field.name] = np.load(array, mmap_mode="r", allow_pickle=False)
        elif field.name not in plain and field.default_factory is not dataclasses.MISSING:
            continue  # stored before the field was there
        else:
            values[field.name] = TypeAdapter(hints[field.name]).validate_python(plain[field.name])
    return kind(**values)
