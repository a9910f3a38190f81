"""Deleting a consultation: files first, then rows, a look at what is left, and a proof of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import StoreError

NAMED = 3  # files that could not be removed, named in the error

_STAYS = """\
What stays: the lines of the audit log about it (who did what and when, no text of a reply),
back-ups that were made before (delete those too, or let them run out), and what people took away
as files or wrote with the command line ("run --out", and the folder "runs" in HEARD_HOME). Files
were unlinked, not overwritten: what a disk holds in its free space is up to its encryption.
"""


@dataclass(frozen=True)
class Certificate:
    """What was removed; `when` in seconds since 1970.

    `sha256` is over the sorted lines "name, tab, size" of the files, names below HEARD_HOME.
    """

    consultation_id: str
    when: float
    who: str
    rows: dict[str, int]
    files: int
    bytes: int
    sha256: str

    @property
    def detail(self) -> str:
        """For the audit log."""
        rows = ", ".join(f"{table} {n}" for table, n in self.rows.items())
        return f"rows: {rows}; files: {self.files}, {self.bytes} bytes, SHA-256 {self.sha256}"

    def text(self) -> str:
        """For people."""
        at = datetime.fromtimestamp(self.when, UTC).strftime("%d %B %Y, %H:%M:%S UTC")
        rows = [f"  {table}: {n}" for table, n in self.rows.items()]
        return "\n".join(
            (
                "Record of deletion", "",
                f"Consultation: {self.consultation_id}",
                f"Deleted on:   {at}",
                f"Deleted by:   {self.who}",
                f"Files:        {self.files} ({self.bytes:,} bytes), none is left",
                f"SHA-256 of their names and sizes: {self.sha256}",
                "Rows of the database, none is left:", *rows, "", _STAYS,
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Removed:
    files: int
    bytes: int
    sha256: str


def remove(home: Path, *folders: Path) -> Removed:
    """Remove the folders, all below `home`; raises StoreError naming what could not be removed."""
    found = sorted((p.relative_to(home).as_posix(), p.lstat().st_size) for p in _below(folders))
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    refuse_left(home, *folders)
    lines = "".join(f"{name}\t{size}\n" for name, size in found)
    digest = hashlib.sha256(lines.encode(errors="surrogateescape")).hexdigest()
    return Removed(len(found), sum(size for _, size in found), digest)


def refuse_left(home: Path, *folders: Path) -> None:
    """Raises StoreError if anything is left of the folders, an empty one included."""
    left = [p.relative_to(home).as_posix() for p in _below(folders)]
    left = left or [f.relative_to(home).as_posix() for f in folders if os.path.lexists(f)]
    if left:
        names = ", ".join(sorted(left)[:NAMED]) + (" and others" if len(left) > NAMED else "")
        raise StoreError(
            f"Not everything could be removed; left in {home}: {names}. Close what uses it or "
            "correct its permissions, then delete the consultation again."
        )


def certificate(consultation_id: str, who: str, rows: dict[str, int], gone: Removed) -> Certificate:
    return Certificate(
        consultation_id, time.time(), who, rows, gone.files, gone.bytes, gone.sha256
    )  # fmt: skip


def _below(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for place, inside, names in os.walk(folder):
            links = [name for name in inside if (Path(place) / name).is_symlink()]
            yield from (Path(place) / name for name in (*names, *links))
