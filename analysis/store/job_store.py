"""The job table and the workers that take from it: every change is one conditional statement."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy import delete as delete_from

from analysis.errors import StoreError
from analysis.store.database import now, one_at_a_time
from analysis.store.rows import Job, job_of
from analysis.store.schema import jobs, workers

LEASE = 15.0  # seconds a running job is left alone without a sign of life of its worker
ALIVE = 15.0  # seconds after its last beat that a worker counts as there


class JobStore:
    """The part of the store that `Store` takes in for jobs and workers."""

    _connect: Callable[[], AbstractContextManager[Connection]]

    def enqueue(self, consultation_id: str) -> Job:
        """A new job, or the one that is already waiting or running for this consultation."""
        now = self.latest_job(consultation_id)
        if now and now.active:
            return now
        row = {"consultation_id": consultation_id, "state": "queued", "created": time.time()}
        mine, active = jobs.c.consultation_id == consultation_id, ("queued", "running")
        with self._connect() as c:
            one_at_a_time(c, consultation_id)
            if c.execute(select(jobs.c.id).where(mine, jobs.c.state.in_(active))).first() is None:
                c.execute(insert(jobs).values(row))
        made = self.latest_job(consultation_id)
        assert made is not None
        return made

    def latest_job(self, consultation_id: str) -> Job | None:
        query = select(jobs).where(jobs.c.consultation_id == consultation_id)
        with self._connect() as c:
            row = c.execute(query.order_by(jobs.c.id.desc())).first()
        return job_of(row) if row else None

    def claim(self, worker: str) -> Job | None:
        """Take the oldest job that waits, or whose worker has gone; one conditional UPDATE.

        A worker does one job at a time, so one that runs under its name it had to leave. Where
        another worker was first, the next job; None when there is none.
        """
        running = jobs.c.state == "running"
        while True:
            with self._connect() as c:
                at = now(c)
                left = running & or_(jobs.c.lease < at, jobs.c.worker == worker)
                free = or_(jobs.c.state == "queued", left)
                row = c.execute(select(jobs.c.id).where(free).order_by(jobs.c.id)).first()
                if row is None:
                    return None
                taken = c.execute(
                    update(jobs)
                    .where(jobs.c.id == row.id, free)
                    .values(
                        state="running", worker=worker, lease=at + LEASE, started=time.time(),
                        attempts=jobs.c.attempts + 1, message="",
                    )
                )  # fmt: skip
                if taken.rowcount == 1:
                    return job_of(c.execute(select(jobs).where(jobs.c.id == row.id)).one())

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
                    lease=now(c) + LEASE,
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

    def _stop_jobs(self, consultation_id: str) -> None:
        job = self.latest_job(consultation_id)
        if job is None or not job.active:
            return
        self.cancel(job)
        running = (jobs.c.id == job.id) & (jobs.c.state == "running")
        with self._connect() as c:
            alive = running & (jobs.c.lease > now(c))
            if c.execute(select(jobs.c.id).where(alive)).first() is not None:
                raise StoreError(
                    "This consultation is being analysed. The analysis was told to stop; delete "
                    "the consultation again in a moment."
                )

    # ------------------------------------------------------------ workers
    def beat(self, worker: str) -> None:
        """A sign of life: the worker is there, and its job's lease runs on."""
        with self._connect() as c:
            at = now(c)
            c.execute(
                update(jobs)
                .where(jobs.c.worker == worker, jobs.c.state == "running")
                .values(lease=at + LEASE)
            )
            c.execute(delete_from(workers).where(workers.c.beat < at - 10 * ALIVE))
            found = c.execute(update(workers).where(workers.c.id == worker).values(beat=at))
            if found.rowcount == 0:
                c.execute(insert(workers).values(id=worker, beat=at))

    def leave(self, worker: str) -> None:
        with self._connect() as c:
            c.execute(delete_from(workers).where(workers.c.id == worker))

    def has_worker(self) -> bool:
        with self._connect() as c:
            fresh = select(workers.c.id).where(workers.c.beat > now(c) - ALIVE)
            return c.execute(fresh).first() is not None
