"""The store: which consultations, jobs and runs there are. SQLite by default, any server by URL.

Only this package speaks to the database. Bulk results are artefacts, not rows.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import SQLAlchemyError

from analysis.access import Actor
from analysis.errors import StoreError
from analysis.fingerprint import fingerprint
from analysis.records import Consultation
from analysis.settings import runtime
from analysis.store.artefacts import Artefacts
from analysis.store.blind_store import BlindStore
from analysis.store.challenge_store import ChallengeStore
from analysis.store.database import failed, opened, settle
from analysis.store.deletion import Certificate, certificate, refuse_left, remove
from analysis.store.edition_store import EditionStore
from analysis.store.job_store import JobStore
from analysis.store.rate_store import RateStore
from analysis.store.receipt_store import ReceiptStore
from analysis.store.review_store import ReviewStore
from analysis.store.rows import PART_OF, Entry, Job, StoredFile, StoredRun, entry_of
from analysis.store.schema import (
    blind_codes,
    blind_samples,
    challenge_answers,
    challenges,
    considerations,
    consultations,
    editions,
    hand_labels,
    jobs,
    receipt_keys,
    receipt_tries,
    redaction_edits,
    runs,
    sign_offs,
    theme_edits,
)  # fmt: skip
from analysis.store.sign_in_store import SignInStore
from analysis.store.theme_store import ThemeStore

__all__ = ["Entry", "Job", "Store", "StoredFile", "StoredRun"]

# tables with rows of one consultation, which go with it
OWNED = (
    jobs, runs, redaction_edits, theme_edits, hand_labels, considerations, challenge_answers,
    challenges, receipt_keys, receipt_tries, sign_offs, editions, blind_samples, blind_codes,
)  # fmt: skip


def _plain(files: Sequence[StoredFile]) -> list[dict[str, Any]]:
    return [asdict(f) for f in files]


class Store(
    JobStore, ReviewStore, ThemeStore, EditionStore, ChallengeStore, ReceiptStore, SignInStore,
    BlindStore, RateStore,
):  # fmt: skip
    """`home` holds the files; `url` the database (HEARD_DATABASE_URL, else SQLite in `home`)."""

    def __init__(self, home: Path | None = None, url: str | None = None) -> None:
        self.home = home or runtime()
        address = url or os.environ.get("HEARD_DATABASE_URL", "")
        self._engine = opened(self.home, address)
        self._checkers = {}
        self._opened = {}

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, ConnectionError) as cause:
            raise failed(cause) from cause

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
        try:
            kept = self._keep(ident, files)
        except StoreError:
            shutil.rmtree(self.folder(ident), ignore_errors=True)
            raise
        row = {
            "id": ident, "title": title, "created": time.time(), "files": _plain(kept),
            "llm_enabled": 0, "source": source,
        }  # fmt: skip
        with self._connect() as c:
            c.execute(insert(consultations).values(row))
        return self.entry(ident)

    def _keep(self, ident: str, files: list[tuple[str, bytes]]) -> list[StoredFile]:
        uploads = self.folder(ident) / "files"
        kept = []
        try:
            uploads.mkdir(parents=True, exist_ok=True)
            for name, content in files:
                digest = hashlib.sha256(content).hexdigest()
                (uploads / digest).write_bytes(content)
                kept.append(StoredFile(name, digest))
        except OSError as cause:
            raise StoreError("The file could not be kept: the disk is full or locked.") from cause
        return kept

    def add_files(self, entry: Entry, files: list[tuple[str, bytes]]) -> None:
        """More files for a consultation, such as late replies; its columns need a new look."""
        self.set_files(entry.id, [*entry.files, *self._keep(entry.id, files)])

    def set_files(self, consultation_id: str, files: Sequence[StoredFile]) -> None:
        """The files with what was overruled of how they are read; confirmed again afterwards."""
        self._update(consultation_id, files=_plain(files), consultation_fp=None)

    def file(self, entry: Entry, file: StoredFile) -> bytes:
        return (self.folder(entry.id) / "files" / file.sha256).read_bytes()

    def keep_reference(self, consultation_id: str, content: bytes) -> None:
        """The team's reference population; an earlier one is replaced."""
        folder = self.folder(consultation_id)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / "reference.part"
            part.write_bytes(content)
            part.replace(folder / "reference.csv")
        except OSError as cause:
            raise StoreError("The file could not be kept: the disk is full or locked.") from cause

    def reference(self, consultation_id: str) -> bytes | None:
        """The reference population that was kept, if one was."""
        file = self.folder(consultation_id) / "reference.csv"
        return file.read_bytes() if file.is_file() else None

    def entries(self) -> list[Entry]:
        with self._connect() as c:
            rows = c.execute(select(consultations).order_by(consultations.c.created.desc()))
            return [entry_of(r) for r in rows]

    def entry(self, consultation_id: str) -> Entry:
        query = select(consultations).where(consultations.c.id == consultation_id)
        with self._connect() as c:
            row = c.execute(query).first()
        if row is None:
            raise StoreError("This consultation is not in the store any more.")
        return entry_of(row)

    def confirm(self, consultation_id: str, consultation: Consultation, mapping: str) -> None:
        """Keep the confirmed columns and the consultation that was built with them."""
        fp = fingerprint("consultation", consultation)
        self.artefacts(consultation_id).save("consultation", fp, consultation)
        self._update(consultation_id, title=consultation.title, mapping=mapping, consultation_fp=fp)

    def switch_llm(self, consultation_id: str, on: bool) -> None:
        self._update(consultation_id, llm_enabled=int(on))

    def switch_multilingual(self, consultation_id: str, on: bool) -> None:
        self._update(consultation_id, multilingual=int(on))

    def switch_keep_themes(self, consultation_id: str, on: bool) -> None:
        self._update(consultation_id, keep_themes=int(on))

    def _update(self, consultation_id: str, **values: Any) -> None:
        with self._connect() as c:
            c.execute(
                update(consultations).where(consultations.c.id == consultation_id).values(**values)
            )

    def delete(self, consultation_id: str, actor: Actor) -> Certificate:
        """Remove the consultation: its files, every result and its rows; audit lines stay.

        Files go first: where one cannot be removed, StoreError names it, and the consultation stays
        in the list to be deleted again. Refused while a worker is at it, who would write more, and
        while a part of it, which holds replies of it, is there.
        """
        self.entry(consultation_id)
        parts = [e.title for e in self.entries() if e.source == f"{PART_OF}{consultation_id}"]
        if parts:
            raise StoreError(f"Delete “{parts[0]}” first: it holds replies of this consultation.")
        self._stop_jobs(consultation_id)
        # vectors of all consultations stand there under their hashes; they are made again as needed
        own = (self.folder(consultation_id), self.home / "capture")
        gone = remove(self.home, *own)
        made: list[Certificate] = []

        def write(c: Connection) -> list[tuple[str, tuple[str, str]]]:
            rows = {
                t.name: c.execute(
                    delete_from(t).where(
                        (t.c.id if t is consultations else t.c.consultation_id) == consultation_id
                    )
                ).rowcount
                for t in (*OWNED, consultations)
            }
            made[:] = [certificate(consultation_id, actor.who, rows, gone)]
            return [(actor.who, ("deleted", made[0].detail))]

        self._append(consultation_id, write)
        refuse_left(self.home, own[0])
        settle(self._engine)
        return made[0]

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
