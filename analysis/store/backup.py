"""A back-up of the whole store in one archive, and its return into an empty one.

Rows are lines of JSON, so what was kept in SQLite can be restored into PostgreSQL and the other way
round. The manifest, last in the archive, has the SHA-256 of everything before it. Models, secrets
and the file of roles are no part of the store, and not in it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, func, insert, select

from analysis.errors import StoreError
from analysis.store.database import snapshot
from analysis.store.schema import consultations, metadata, uses, workers
from analysis.store.store import Store

FORMAT = 1
MANIFEST = "manifest.json"
FILES, TABLES = "consultations", "tables"  # the two folders of an archive
LEFT_OUT = frozenset({workers.name, uses.name})  # what was true of that machine and hour only
UNPACKED = ".restore-"  # beside the store's folders, until all is checked
CHUNK = 1 << 20
BATCH = 1_000  # rows

_DAMAGED = (
    "{} is not a whole back-up of Heard: it was cut off, changed or is another kind of file. "
    "Nothing was restored; take another copy of it."
)
_MOVED = "A consultation was deleted while the back-up was made. Nothing was kept; make it again."
_FULL = "Stopped: {} could not be read or written ({}). Nothing was kept."


@dataclass(frozen=True)
class Member:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`rows` by table, `members` by name in the archive; `made` in seconds since 1970."""

    format: int
    made: float
    rows: dict[str, int]
    members: dict[str, Member]

    def text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, indent=1)

    @property
    def digest(self) -> str:
        """Stands for the whole back-up: kept elsewhere, it shows that none was put in its place."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    @property
    def files(self) -> int:
        return sum(name.startswith(f"{FILES}/") for name in self.members)

    def __str__(self) -> str:
        return f"{sum(self.rows.values())} rows, {self.files} files, SHA-256 {self.digest}"


# ---------------------------------------------------------------- back up
def backup(store: Store, file: Path, who: str) -> Manifest:
    """Write everything that the store holds into the new `file`, whole or not at all."""
    if file.exists():
        raise StoreError(f"{file} is there already. Name a new file for the back-up.")
    part = file.with_name(f".{file.name}.part")
    try:
        with _private(part) as out:
            made = _written(store, out)
        part.replace(file)
    except FileNotFoundError as cause:  # rows go before files, so somebody deleted it just now
        raise StoreError(
            _MOVED if file.parent.is_dir() else f"There is no folder {file.parent}."
        ) from cause
    except OSError as cause:
        raise StoreError(_FULL.format(file, cause.strerror or "unknown")) from cause
    finally:
        part.unlink(missing_ok=True)
    store.log(who, "back-up", "", str(made))
    return made


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, on the disk when the block ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _written(store: Store, out: IO[bytes]) -> Manifest:
    rows: dict[str, int] = {}
    members: dict[str, Member] = {}
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as archive:
        with snapshot(store._engine) as c:
            for table in _tables():
                with tempfile.TemporaryFile() as lines:
                    rows[table.name] = _dump(c, table, lines)
                    name = f"{TABLES}/{table.name}.jsonl"
                    members[name] = _add(archive, name, lines)
            known = set(c.execute(select(consultations.c.id)).scalars())
        # files after rows: whatever a row names was written before it
        for path in _files(store.home / FILES):
            name = path.relative_to(store.home).as_posix()
            with path.open("rb") as content:
                members[name] = _add(archive, name, content)
        if known - {e.id for e in store.entries()}:
            raise StoreError(_MOVED)
        made = Manifest(FORMAT, time.time(), rows, members)
        with tempfile.TemporaryFile() as text:
            text.write(made.text().encode())
            _add(archive, MANIFEST, text)
    return made


def _tables() -> list[Table]:
    return [t for t in metadata.sorted_tables if t.name not in LEFT_OUT]


def _dump(c: Connection, table: Table, out: IO[bytes]) -> int:
    number = 0
    for row in c.execute(select(table).order_by(*table.primary_key.columns)):
        out.write(json.dumps(dict(row._mapping)).encode() + b"\n")
        number += 1
    return number


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> Member:
    """`content` from its beginning; what a file grows by meanwhile is left for the next time."""
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, os.SEEK_END)
    info.mtime, info.mode = int(time.time()), 0o600
    content.seek(0)
    through = _Hashing(content)
    archive.addfile(info, through)
    return Member(info.size, through.digest.hexdigest())


class _Hashing:
    def __init__(self, content: IO[bytes]) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        got = self._content.read(size)
        self.digest.update(got)
        return got


def _files(folder: Path) -> Iterator[Path]:
    """All files but those that are still being written."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".part-"))
        paths = (Path(place) / name for name in sorted(names) if not name.endswith(".part"))
        yield from (path for path in paths if path.is_file())


# ---------------------------------------------------------------- restore
def restore(store: Store, file: Path, who: str) -> Manifest:
    """Everything in the back-up `file` into an empty store, whole or not at all.

    Each hash is checked before anything is put in its place. Raises StoreError.
    """
    _take_back(store)
    with store._connect() as c:
        _refuse_unless_empty(store, c)
    try:
        with tempfile.TemporaryDirectory(dir=store.home, prefix=UNPACKED) as place:
            made = _checked(file, Path(place))
            _put(store, Path(place), made)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError) as cause:
        raise StoreError(_DAMAGED.format(file)) from cause
    except OSError as cause:
        raise StoreError(_FULL.format(file, cause.strerror or "unknown")) from cause
    store.log(who, "restored", "", str(made))
    return made


def broken_off(store: Store) -> None:
    """Asked before an app or a worker starts. Raises StoreError if a restore was killed half-way.

    If it was killed after its rows were kept, all is there, and only what it unpacked is left.
    """
    left = list(store.home.glob(f"{UNPACKED}*"))
    if not left:
        return
    with store._connect() as c:
        if not _full(c):
            raise StoreError(
                "A restore is under way, or was broken off: the store is not whole. Run “python "
                "-m analysis restore FILE” again with the same back-up, then start Heard."
            )
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)


def _take_back(store: Store) -> None:
    """What a restore that was killed left: its files are in place when its rows are not."""
    left = list(store.home.glob(f"{UNPACKED}*"))
    with store._connect() as c:
        if left and not _full(c):
            shutil.rmtree(store.home / FILES, ignore_errors=True)
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)


def _full(c: Connection) -> bool:
    return any(c.execute(select(t).limit(1)).first() is not None for t in _tables())


def _refuse_unless_empty(store: Store, c: Connection) -> None:
    folder = store.home / FILES
    if _full(c) or (folder.is_dir() and any(folder.iterdir())):
        raise StoreError(
            "The store is not empty, and nothing is written over. Restore into a new folder "
            "(HEARD_HOME) and, on a server, a new database, before the app is started on them."
        )


def _checked(file: Path, place: Path) -> Manifest:
    """The archive unpacked below `place`, when all of it is as it was written."""
    found: dict[str, Member] = {}
    with gzip.open(file) as packed:
        with tarfile.open(fileobj=packed, mode="r|") as archive:
            for info in archive:
                content = archive.extractfile(info) if _in_its_place(info) else None
                if content is None or info.name in found:
                    raise ValueError(info.name)
                found[info.name] = _unpacked(content, place / info.name)
        while packed.read(CHUNK):  # to the check sum at its end
            pass
    if found.pop(MANIFEST, None) is None:
        raise ValueError("no manifest")
    made = TypeAdapter(Manifest).validate_json((place / MANIFEST).read_bytes())
    if made.format != FORMAT or made.rows.keys() - {t.name for t in _tables()}:
        raise StoreError(f"{file} was made by a newer version of Heard. Restore it with that one.")
    if found != made.members:
        raise ValueError("hashes differ")
    return made


def _in_its_place(info: tarfile.TarInfo) -> bool:
    parts = PurePosixPath(info.name).parts
    inside = info.name == MANIFEST or (len(parts) > 1 and parts[0] in (FILES, TABLES))
    return inside and info.isreg() and ".." not in parts


def _unpacked(content: IO[bytes], target: Path) -> Member:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        while got := content.read(CHUNK):
            digest.update(got)
            size += out.write(got)
    return Member(size, digest.hexdigest())


def _put(store: Store, place: Path, made: Manifest) -> None:
    """Rows in one transaction, and the files in one move just before it ends."""
    target, moved = store.home / FILES, False
    try:
        with store._connect() as c:
            _refuse_unless_empty(store, c)
            for table in _tables():
                _fill(c, table, place / TABLES / f"{table.name}.jsonl", made.rows)
            if (place / FILES).is_dir():
                shutil.rmtree(target, ignore_errors=True)  # an empty folder
                (place / FILES).rename(target)
                moved = True
    except BaseException:
        if moved:
            target.rename(place / "taken back")
        raise


def _fill(c: Connection, table: Table, lines: Path, expected: Mapping[str, int]) -> None:
    if table.name not in expected:  # a back-up of an older version
        return
    number, batch = 0, list[dict[str, Any]]()
    with lines.open("rb") as content:
        for line in content:
            batch.append(json.loads(line))
            if len(batch) == BATCH:
                number += _inserted(c, table, batch)
    number += _inserted(c, table, batch)
    if number != expected[table.name]:
        raise ValueError(table.name)
    column = table.autoincrement_column
    if number and column is not None and c.dialect.name == "postgresql":
        own = func.pg_get_serial_sequence(table.name, column.name)
        last = select(func.max(column)).scalar_subquery()
        c.execute(select(func.setval(own, last)))  # new rows are numbered after these


def _inserted(c: Connection, table: Table, batch: list[dict[str, Any]]) -> int:
    if strange := {key for row in batch for key in row} - set(table.columns.keys()):
        raise StoreError(
            f"The back-up holds “{min(strange)}” of {table.name}, which this version of Heard does "
            "not know. Restore it with the version that made it."
        )
    if batch:
        c.execute(insert(table), batch)
    number = len(batch)
    batch.clear()
    return number
