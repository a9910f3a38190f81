"""Jobs in another process: progress, cancelling, and going on after the worker was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, update
from sqlalchemy.exc import OperationalError

from analysis.jobs.queue import seconds_left
from analysis.jobs.worker import work
from analysis.records import Prepared
from analysis.store.database import failed
from analysis.store.schema import jobs
from analysis.store.store import Job, Store
from tests.conftest import ROOT
from tests.make import consultation

TEXTS = [
    f"Sentence number {n} about the telephone line. And one about costs {n}." for n in range(900)
]


def queued(home: Path, texts: list[str]) -> tuple[Store, str]:
    store = Store(home)
    entry = store.create("Test", [("a.csv", b"")])
    store.confirm(entry.id, consultation(texts), "")
    store.enqueue(entry.id)
    return store, entry.id


def started(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "analysis", "worker", "--once"],
        cwd=ROOT, env={**os.environ, "HEARD_HOME": str(home)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def until(store: Store, ident: str, wanted: object, seconds: float = 60) -> Job:
    end = time.time() + seconds
    while time.time() < end:
        job = store.latest_job(ident)
        assert job is not None
        if wanted(job):  # type: ignore[operator]
            return job
        time.sleep(0.02)
    raise AssertionError(f"never came: {job}")


def _expire(store: Store) -> None:
    """The lease of a dead worker runs out; here at once, instead of after LEASE seconds."""
    with store._connect() as c:
        c.execute(update(jobs).values(lease=time.time() - 1))


def test_a_killed_workers_job_goes_on_from_its_stored_stages(
    tmp_path: Path,
) -> None:
    store, ident = queued(tmp_path, TEXTS)
    first = started(tmp_path)
    until(store, ident, lambda j: j.stage == "embed" and j.done > 0)
    first.send_signal(signal.SIGKILL)
    first.wait()
    job = store.latest_job(ident)
    assert job is not None
    assert job.state == "running"
    prepared = next((store.folder(ident) / "artefacts").glob("prepare-*"))
    made_at = prepared.stat().st_mtime_ns
    _expire(store)
    work(store, once=True)
    job = store.latest_job(ident)
    assert job is not None
    assert job.state == "done"
    run = store.latest_run(ident)
    assert run is not None
    assert run.meta["stages"]["prepare"]["stored"]
    assert not run.meta["stages"]["embed"]["stored"]
    assert prepared.stat().st_mtime_ns == made_at
    assert store.artefacts(ident).load("prepare", run.fingerprints["prepare"], Prepared)


def test_a_worker_outlives_a_database_that_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of a job, and when it looks for one: neither is the job failed by it."""
    store, ident = queued(tmp_path, TEXTS[:20])
    real, times = Store._connect, {"report": 0, "claim": 0}

    def away(name: str) -> None:
        method = getattr(Store, name)

        def call(self: Store, *args: object) -> object:
            times[name] += 1
            if times[name] == 2:
                with monkeypatch.context() as gone:
                    gone.setattr(Store, "_connect", broken)
                    return method(self, *args)
            return method(self, *args)

        monkeypatch.setattr(Store, name, call)

    @contextmanager
    def broken(self: Store) -> Iterator[Connection]:
        with real(self) as c:
            yield c
            raise failed(OperationalError("", {}, Exception("gone")))

    away("report")
    away("claim")
    work(store, once=True)
    job = store.latest_job(ident)
    assert job is not None
    assert (job.state, job.message) == ("done", "")
    assert times["claim"] >= 4  # the job, not reached, the job again, none
    assert store.latest_run(ident) is not None


def test_progress_is_written_and_a_cancelled_job_stops(tmp_path: Path) -> None:
    store, ident = queued(tmp_path, TEXTS)
    worker = started(tmp_path)
    job = until(store, ident, lambda j: j.stage == "embed" and 0 < j.done < j.total)
    assert job.title
    assert seconds_left(job, time.time()) is not None
    store.cancel(job)
    job = until(store, ident, lambda j: not j.active)
    worker.wait(20)
    assert job.state == "cancelled"
    assert store.latest_run(ident) is None
    assert not store.has_worker()


def test_a_job_without_confirmed_columns_fails_in_plain_words(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ident = store.create("Test", []).id
    store.enqueue(ident)
    work(store, once=True)
    job = store.latest_job(ident)
    assert job is not None
    assert (job.state, "confirmed" in job.message) == ("failed", True)


def test_a_fault_is_not_shown_to_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("analysis.jobs.worker.run", broken)
    store, ident = queued(tmp_path, ["a"])
    work(store, once=True)
    job = store.latest_job(ident)
    assert job is not None
    assert job.state == "failed"
    assert "secret detail" not in job.message
    assert "secret detail" in capfd.readouterr().err
