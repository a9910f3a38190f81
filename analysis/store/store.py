"""The store: which consultations, jobs and runs there are. SQLite by default, any server by URL.

The only module that speaks to the database. Bulk results are artefacts, not rows.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, create_engine, event, insert, or_, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import SQLAlchemyError

from analysis.errors import StoreError
from analysis.fingerprint import fingerprint
from analysis.records import Consultation
from analysis.settings import runtime
from analysis.store.artefacts import Artefacts
from analysis.store.schema import consultations, jobs, metadata, runs, workers

LEASE = 15.0  # seconds a running job is left alone without a sign of life of its worker
ALIVE = 15.0  # seconds after its last beat that a worker counts as there


@dataclass(frozen=True)
class StoredFile:
    name: str
    sha256: str


@dataclass(frozen=True)
class Entry:
    """A consultation as the store lists it; `mapping` is TOML or None before it is confirmed."""

    id: str
    title: str
    created: float
    files: tuple[StoredFile, ...]
    mapping: str | None
    consultation_fp: str | None
    llm_enabled: bool
    source: str


@dataclass(frozen=True)
class Job:
    id: int
    consultation_id: str
    state: str
    created: float
    started: float | None
    finished: float | None
    stage: str
    title: str
    stage_started: float | None
    done: int
    total: int
    cancel: bool
    message: str

    @property
    def active(self) -> bool:
        return self.state in ("queued", "running")


@dataclass(frozen=True)
class StoredRun:
    id: str
    consultation_id: str
    created: float
    fingerprints: dict[str, str]
    meta: dict[str, Any]


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _settings(connection: Any, _record: Any) -> None:
            for pragma in ("journal_mode=WAL", "busy_timeout=10000", "synchronous=NORMAL"):
                connection.execute(f"PRAGMA {pragma}")

    return engine


class Store:
    """`home` holds the files; `url` the database (HEARD_DATABASE_URL, else SQLite in `home`)."""

    def __init__(self, home: Path | None = None, url: str | None = None) -> None:
        self.home = home or runtime()
        address = url or os.environ.get("HEARD_DATABASE_URL")
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(address or f"sqlite:///{self.home / 'heard.sqlite'}")
            metadata.create_all(self._engine)
        except (OSError, SQLAlchemyError) as cause:
            raise StoreError(
                f"The store in {self.home} cannot be opened. Check that the folder can be written "
                "to, or set HEARD_HOME to another one."
            ) from cause

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as cause:
            raise StoreError(
                "The store does not answer. Nothing was changed; try again in a moment."
            ) from cause

    # ------------------------------------------------------------ consultations
    def folder(self, consultation_id: str) -> Path:
        return self.home / "consultations" / consultation_id

    def artefacts(self, consultation_id: str) -> Artefacts:
        return Artefacts(self.folder(consultation_id) / "artefacts")

    def create(
        self, title: str, files: list[tuple[str, bytes]], ident: str = "", source: str = ""
    ) -> Entry:
        """A new consultation with the files as they came; `source` marks where they are from."""
        ident = ident or secrets.token_hex(6)
        uploads = self.folder(ident) / "files"
        try:
            uploads.mkdir(parents=True)
            kept = []
            for name, content in files:
                digest = hashlib.sha256(content).hexdigest()
                (uploads / digest).write_bytes(content)
                kept.append({"name": name, "sha256": digest})
        except OSError as cause:
            shutil.rmtree(self.folder(ident), ignore_errors=True)
            raise StoreError("The file could not be kept: the disk is full or locked.") from cause
        row = {
            "id": ident, "title": title, "created": time.time(), "files": kept, "llm_enabled": 0,
            "source": source,
        }  # fmt: skip
        with self._connect() as c:
            c.execute(insert(consultations).values(row))
        return self.entry(ident)

    def file(self, entry: Entry, file: StoredFile) -> bytes:
        return (self.folder(entry.id) / "files" / file.sha256).read_bytes()

    def entries(self) -> list[Entry]:
        with self._connect() as c:
            rows = c.execute(select(consultations).order_by(consultations.c.created.desc()))
            return [_entry(r) for r in rows]

    def entry(self, consultation_id: str) -> Entry:
        query = select(consultations).where(consultations.c.id == consultation_id)
        with self._connect() as c:
            row = c.execute(query).first()
        if row is None:
            raise StoreError("This consultation is not in the store any more.")
        return _entry(row)

    def confirm(self, consultation_id: str, consultation: Consultation, mapping: str) -> None:
        """Keep the confirmed columns and the consultation that was built with them."""
        fp = fingerprint("consultation", consultation)
        self.artefacts(consultation_id).save("consultation", fp, consultation)
        self._update(consultation_id, title=consultation.title, mapping=mapping, consultation_fp=fp)

    def switch_llm(self, consultation_id: str, on: bool) -> None:
        self._update(consultation_id, llm_enabled=int(on))

    def _update(self, consultation_id: str, **values: Any) -> None:
        with self._connect() as c:
            c.execute(
                update(consultations).where(consultations.c.id == consultation_id).values(**values)
            )

    def delete(self, consultation_id: str) -> None:
        """Remove the consultation: its rows, its files and every result."""
        with self._connect() as c:
            for table in (jobs, runs):
                c.execute(delete_from(table).where(table.c.consultation_id == consultation_id))
            c.execute(delete_from(consultations).where(consultations.c.id == consultation_id))
        shutil.rmtree(self.folder(consultation_id), ignore_errors=True)

    # ------------------------------------------------------------ runs
    def add_run(self, run: StoredRun) -> None:
        """Keep a finished run; the same run again only moves to the front."""
        with self._connect() as c:
            c.execute(
                delete_from(runs).where(
                    runs.c.id == run.id, runs.c.consultation_id == run.consultation_id
                )
            )
            c.execute(insert(runs).values(**run.__dict__))

    def latest_run(self, consultation_id: str) -> StoredRun | None:
        query = select(runs).where(runs.c.consultation_id == consultation_id)
        with self._connect() as c:
            row = c.execute(query.order_by(runs.c.created.desc())).first()
        return StoredRun(**row._mapping) if row else None

    # ------------------------------------------------------------ jobs
    def enqueue(self, consultation_id: str) -> Job:
        """A new job, or the one that is already waiting or running for this consultation."""
        now = self.latest_job(consultation_id)
        if now and now.active:
            return now
        row = {"consultation_id": consultation_id, "state": "queued", "created": time.time()}
        with self._connect() as c:
            c.execute(insert(jobs).values(row))
        made = self.latest_job(consultation_id)
        assert made is not None
        return made

    def latest_job(self, consultation_id: str) -> Job | None:
        query = select(jobs).where(jobs.c.consultation_id == consultation_id)
        with self._connect() as c:
            row = c.execute(query.order_by(jobs.c.id.desc())).first()
        return _job(row) if row else None

    def claim(self, worker: str) -> Job | None:
        """Take the oldest job that waits, or whose worker has gone; one conditional UPDATE."""
        now = time.time()
        free = or_(jobs.c.state == "queued", (jobs.c.state == "running") & (jobs.c.lease < now))
        with self._connect() as c:
            row = c.execute(select(jobs.c.id).where(free).order_by(jobs.c.id)).first()
            if row is None:
                return None
            taken = c.execute(
                update(jobs)
                .where(jobs.c.id == row.id, free)
                .values(
                    state="running", worker=worker, lease=now + LEASE, started=now,
                    attempts=jobs.c.attempts + 1, message="",
                )
            )  # fmt: skip
            if taken.rowcount != 1:
                return None
            claimed = c.execute(select(jobs).where(jobs.c.id == row.id)).one()
        return _job(claimed)

    def report(
        self, job: Job, worker: str, stage: str, title: str, done: int, total: int, started: float
    ) -> bool:
        """Write progress and renew the lease. False: stop, it was cancelled or taken over."""
        own = (jobs.c.id == job.id) & (jobs.c.worker == worker) & (jobs.c.state == "running")
        with self._connect() as c:
            kept = c.execute(
                update(jobs)
                .where(own, jobs.c.cancel == 0)
                .values(
                    stage=stage, title=title, done=done, total=total, stage_started=started,
                    lease=time.time() + LEASE,
                )
            )  # fmt: skip
            return kept.rowcount == 1

    def finish(self, job: Job, worker: str, state: str, message: str = "") -> None:
        own = (jobs.c.id == job.id) & (jobs.c.worker == worker) & (jobs.c.state == "running")
        with self._connect() as c:
            c.execute(
                update(jobs)
                .where(own)
                .values(state=state, message=message, finished=time.time(), lease=None)
            )

    def cancel(self, job: Job) -> None:
        """A waiting job ends at once, a running one at its next step."""
        with self._connect() as c:
            c.execute(update(jobs).where(jobs.c.id == job.id).values(cancel=1))
            c.execute(
                update(jobs)
                .where(jobs.c.id == job.id, jobs.c.state == "queued")
                .values(state="cancelled", finished=time.time())
            )

    # ------------------------------------------------------------ workers
    def beat(self, worker: str) -> None:
        """A sign of life: the worker is there, and its job's lease runs on."""
        with self._connect() as c:
            c.execute(
                update(jobs)
                .where(jobs.c.worker == worker, jobs.c.state == "running")
                .values(lease=time.time() + LEASE)
            )
            c.execute(delete_from(workers).where(workers.c.beat < time.time() - 10 * ALIVE))
            found = c.execute(
                update(workers).where(workers.c.id == worker).values(beat=time.time())
            )
            if found.rowcount == 0:
                c.execute(insert(workers).values(id=worker, beat=time.time()))

    def leave(self, worker: str) -> None:
        with self._connect() as c:
            c.execute(delete_from(workers).where(workers.c.id == worker))

    def has_worker(self) -> bool:
        with self._connect() as c:
            fresh = select(workers.c.id).where(workers.c.beat > time.time() - ALIVE)
            return c.execute(fresh).first() is not None


def _entry(row: Row[Any]) -> Entry:
    values = dict(row._mapping)
    values["files"] = tuple(StoredFile(f["name"], f["sha256"]) for f in values["files"])
    values["llm_enabled"] = bool(values["llm_enabled"])
    return Entry(**values)


def _job(row: Row[Any]) -> Job:
    names = Job.__dataclass_fields__
    values = {k: v for k, v in row._mapping.items() if k in names}
    return Job(**{**values, "cancel": bool(values["cancel"])})
