"""Two apps that queue and two workers that run, all on one store at once."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from analysis.pipeline import load
from analysis.store.schema import jobs, runs
from analysis.store.store import Store
from tests.conftest import ROOT
from tests.make import consultation

TEXTS = [f"The telephone line number {n} is always busy in the morning." for n in range(8)]


def waiting(store: Store, number: int) -> list[str]:
    made = []
    for n in range(number):
        entry = store.create(f"Consultation {n}", [("a.csv", b"")])
        store.confirm(entry.id, consultation([*TEXTS, f"Only here: {n}."]), "")
        made.append(entry.id)
    return made


def test_each_consultation_is_run_exactly_once(store: Store) -> None:
    waited = waiting(store, 4)
    apps = [store, Store(store.home)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda app: [app.enqueue(ident) for ident in waited], apps))
    workers = [_worker(store.home) for _ in range(2)]
    errors = [w.communicate(timeout=300)[1].decode() for w in workers]
    assert [w.returncode for w in workers] == [0, 0], errors
    assert "Traceback" not in "".join(errors)
    with store._connect() as c:
        done = list(c.execute(select(jobs).order_by(jobs.c.id)))
        made = sorted(c.execute(select(runs.c.consultation_id)).scalars())
    assert [(j.state, j.attempts, j.message) for j in done] == [("done", 1, "")] * 4
    assert sorted(j.consultation_id for j in done) == made == sorted(waited)
    assert {j.worker.rpartition("-")[2] for j in done} <= {str(w.pid) for w in workers}
    for ident in waited:
        run = store.latest_run(ident)
        assert run is not None
        assert load(run.fingerprints, run.meta, apps[1].artefacts(ident)).ledger["received"] == 9
    assert not store.has_worker()
    assert not list((store.home / "consultations").rglob(".part-*"))


def _worker(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "analysis", "worker", "--once"],
        cwd=ROOT, env={**os.environ, "HEARD_HOME": str(home)}, stderr=subprocess.PIPE,
    )  # fmt: skip
