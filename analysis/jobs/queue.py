"""What the app asks of the job table: start a run, and see that a worker is there to do it."""

from __future__ import annotations

import os
import subprocess
import sys

from analysis.access import Actor
from analysis.ingest.part import part
from analysis.records import Consultation
from analysis.settings import PROJECT
from analysis.store.rows import PART_OF
from analysis.store.store import Entry, Job, Store

FIRST = 2000  # respondents that can be analysed before all others
MANY = 5000  # respondents from which on that is offered


def start(store: Store, consultation_id: str, actor: Actor) -> Job:
    """Queue a run of the consultation and make sure that a worker will take it.

    Raises TooMany where `actor` has set a language model to work too often.
    """
    if store.entry(consultation_id).llm_enabled:
        store.use("model", actor, consultation_id)
    job = store.enqueue(consultation_id)
    ensure_worker(store)
    return job


def start_part(store: Store, entry: Entry, whole: Consultation, actor: Actor) -> Entry:
    """A consultation of its own with FIRST of the respondents, its analysis started."""
    some = part(whole, FIRST)
    made = store.create(some.title, [], source=f"{PART_OF}{entry.id}")
    store.confirm(made.id, some, entry.mapping or "")
    start(store, made.id, actor)
    return made


def ensure_worker(store: Store) -> None:
    """Start a worker process unless one has given a sign of life lately."""
    if store.has_worker():
        return
    store.home.mkdir(parents=True, exist_ok=True)
    with (store.home / "worker.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "analysis", "worker"],
            cwd=PROJECT,
            env={**os.environ, "HEARD_HOME": str(store.home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def seconds_left(job: Job, now: float) -> float | None:
    """Estimate for the stage under way, from its own speed; None before there is any."""
    if not job.done or not job.total or job.stage_started is None:
        return None
    return (now - job.stage_started) / job.done * (job.total - job.done)
