"""The worker process: takes jobs from the table, runs the pipeline, writes progress as it goes."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from analysis.embed.encode import choose, encoder
from analysis.errors import Cancelled, HeardError, StoreAway
from analysis.jobs.onto import base
from analysis.pipeline import earlier, run
from analysis.records import Consultation
from analysis.settings import LlmSettings, Settings
from analysis.store.store import Job, Store, StoredRun
from analysis.themes.frame import in_frames
from analysis.wording import writer

PAUSE = 0.5  # seconds between two looks at an empty table
BEAT = 3.0  # seconds between two signs of life
WRITE = 0.25  # seconds between two lines of progress of the same stage


class _Reporter:
    """Passes the pipeline's steps on to the job table; raises Cancelled when told to stop."""

    def __init__(self, store: Store, job: Job, worker: str) -> None:
        self._store, self._job, self._worker = store, job, worker
        self._stage, self._started, self._written = "", 0.0, 0.0

    def __call__(self, stage: str, title: str, done: int, total: int) -> None:
        now = time.time()
        if stage != self._stage:
            self._stage, self._started = stage, now
        elif now - self._written < WRITE and done != total:
            return
        self._written = now
        if not self._store.report(
            self._job, self._worker, stage, title, done, total, self._started
        ):
            raise Cancelled("The run was stopped. What was finished is kept.")


def _settings(store: Store, consultation_id: str) -> Settings:
    entry = store.entry(consultation_id)
    return Settings(
        llm=LlmSettings.from_environment(enabled=entry.llm_enabled),
        embedder=choose(entry.multilingual)[0],
    )


def do(store: Store, job: Job, worker: str) -> None:
    """Run one claimed job to its end and write down how it ended.

    Raises StoreAway where the database goes away meanwhile: the job is neither done nor failed.
    """
    try:
        entry = store.entry(job.consultation_id)
        if entry.consultation_fp is None:
            raise HeardError("The columns of this consultation have not been confirmed yet.")
        settings = _settings(store, entry.id)
        artefacts = store.artefacts(entry.id)
        consultation = artefacts.load("consultation", entry.consultation_fp, Consultation)
        client, reason = writer(settings.llm, artefacts.folder / "calls")
        onto = base(store, entry, consultation, settings).prints
        kept = earlier(onto, artefacts) if onto else None
        encode = encoder(settings.embedder).encode
        result = run(
            consultation, settings, artefacts, client=client, llm_reason=reason,
            watch=_Reporter(store, job, worker), edits=store.redaction_edits(entry.id),
            labels=store.labels(entry.id), decided=store.decided(entry.id),
            embed_reason=choose(entry.multilingual)[1],
            onto=in_frames(store.frames(entry.id), consultation.open_questions, encode, kept),
        )  # fmt: skip
        prints = result.meta["fingerprints"]
        store.add_run(StoredRun(result.id, entry.id, time.time(), prints, result.meta))
        _log_calls(store, entry.id, result.meta["left_the_machine"])
        store.finish(job, worker, "done")
    except Cancelled as stop:
        store.finish(job, worker, "cancelled", str(stop))
    except StoreAway:
        raise
    except HeardError as error:
        store.finish(job, worker, "failed", str(error))
    except Exception:
        traceback.print_exc()
        message = "A fault in Heard stopped the run. The details are in worker.log."
        store.finish(job, worker, "failed", message)


def _log_calls(store: Store, consultation_id: str, sent: Mapping[str, Any]) -> None:
    if sent["calls"]:
        said = ", ".join(f"{name} {n}" for name, n in sent.items())
        store.log("worker", "language model", consultation_id, said)


def work(store: Store, *, once: bool = False) -> None:
    """Take jobs until the process ends (or, with `once`, until none is waiting).

    While the database does not answer, it waits; then it goes on with the job that it had.
    """
    name = f"{socket.gethostname()}-{os.getpid()}"
    stop = threading.Event()

    def beat() -> None:
        while not stop.is_set():
            try:
                store.beat(name)
            except HeardError as error:
                print(error, file=sys.stderr)
            stop.wait(BEAT)

    beater = threading.Thread(target=beat, daemon=True)
    beater.start()
    try:
        while True:
            try:
                job = store.claim(name)
                if job is not None:
                    do(store, job, name)
                    continue
            except StoreAway as away:
                print(away, file=sys.stderr)
            else:
                if once:
                    return
            time.sleep(PAUSE)
    finally:
        stop.set()
        beater.join()
        with suppress(StoreAway):  # it is forgotten after a while
            store.leave(name)
