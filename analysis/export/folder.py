"""Writes a run as a folder of open files, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from analysis.counting import Way
from analysis.errors import FileError
from analysis.export.brief import brief
from analysis.export.content import TABLES, content_of
from analysis.export.tables import csv_text
from analysis.records import Run


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def files(run: Run, way: Way = "all") -> dict[str, str]:
    """File name → text of everything that a run leaves behind."""
    content = content_of(run, way)
    return {
        "ledger.json": _json(content.ledger),
        **{f"{name}.csv": csv_text(getattr(content, name)) for name in TABLES},
        "summary.json": _json(content.summary),
        "brief.html": brief(content),
        "run.json": _json(content.meta),
    }


def write(run: Run, target: Path, way: Way = "all") -> None:
    """Write all files into `target`, replacing an earlier run's folder in one step.

    Raises FileError if the folder holds something else, or cannot be written.
    """
    if target.exists() and not _ours(target):
        raise FileError(
            f"{target} is not an empty folder or an earlier run. Choose another folder for --out."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".heard-") as part:
            made = Path(part) / "run"
            made.mkdir()
            for name, text in files(run, way).items():
                (made / name).write_text(text, encoding="utf-8", newline="")
            if target.exists():
                target.rename(Path(part) / "before")
            made.rename(target)
            shutil.rmtree(Path(part) / "before", ignore_errors=True)
    except OSError as cause:
        raise FileError(f"{target} cannot be written: {cause.strerror}.") from cause


def _ours(target: Path) -> bool:
    return target.is_dir() and (not any(target.iterdir()) or (target / "run.json").exists())
