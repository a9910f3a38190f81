"""The same behaviour on every database that Heard is run on."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from analysis.access import LOCAL
from analysis.errors import StoreAway, StoreError
from analysis.records import Points
from analysis.store import job_store as module
from analysis.store.artefacts import Artefacts
from analysis.store.store import Store, StoredRun
from tests.make import consultation, frame


def test_a_consultation_keeps_its_files_as_they_came(store: Store) -> None:
    entry = store.create("Title", [("a.csv", b"x,y\r\n1,2"), ("b.csv", b"")])
    again = Store(store.home).entry(entry.id)
    assert again == entry
    assert [store.file(again, f) for f in again.files] == [b"x,y\r\n1,2", b""]


def test_deleting_leaves_nothing_behind(store: Store) -> None:
    entry = store.create("Title", [("a.csv", b"secret")])
    store.confirm(entry.id, consultation(["a"]), "title = 'x'")
    store.enqueue(entry.id)
    store.delete(entry.id, LOCAL)
    assert not store.folder(entry.id).exists()
    assert store.latest_job(entry.id) is None
    with pytest.raises(StoreError):
        store.entry(entry.id)


def test_one_active_job_a_consultation(store: Store) -> None:
    entry = store.create("Title", [])
    assert store.enqueue(entry.id).id == store.enqueue(entry.id).id


def test_processes_that_ask_at_once_get_one_job(store: Store) -> None:
    ident = store.create("Title", []).id
    stores = [Store(store.home) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda s: s.enqueue(ident).id, stores))
    assert len(set(made)) == 1


def test_processes_that_open_a_new_database_at_once_all_can(
    tmp_path: Path, url: str | None
) -> None:
    assert url is None or url.startswith("postgresql")
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: Store(tmp_path / "first"), range(4)))
    assert [s.entries() for s in stores] == [[]] * 4


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="HEARD_DATABASE_URL") as refused:
        Store(tmp_path, "postgresql://heard:hunter2@127.0.0.1:9/heard")
    assert "hunter2" not in str(refused.value)


def test_a_connection_that_breaks_at_the_commit_is_a_store_that_is_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error is not one of SQLAlchemy's, and no page would know it."""

    def broken(*_: object) -> None:
        raise ConnectionResetError(104, "Connection reset by peer")

    monkeypatch.setattr(store._engine.dialect, "do_commit", broken)
    with pytest.raises(StoreAway, match="does not answer just now"):
        store.entries()


def test_a_job_is_claimed_once(store: Store) -> None:
    store.enqueue(store.create("Title", []).id)
    got: list[object] = []
    threads = [
        threading.Thread(target=lambda n=n: got.append(store.claim(f"w{n}"))) for n in range(6)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sum(job is not None for job in got) == 1


def test_workers_that_ask_at_once_all_get_a_job_while_there_are_enough(store: Store) -> None:
    for n in range(4):
        store.enqueue(store.create(f"Title {n}", []).id)
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(store.claim, "abcd"))
    assert len({job.id for job in got if job is not None}) == 4


def test_a_dead_workers_job_is_taken_over_and_it_can_no_longer_report(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE", 0.5)
    store.enqueue(store.create("Title", []).id)
    first = store.claim("dead")
    assert first is not None
    assert store.claim("other") is None
    time.sleep(0.6)
    second = store.claim("other")
    assert second is not None
    assert second.id == first.id
    assert not store.report(first, "dead", "embed", "", 1, 2, 0.0)
    store.finish(first, "dead", "failed")
    job = store.latest_job(first.consultation_id)
    assert job is not None
    assert job.state == "running"


def test_a_sign_of_life_keeps_a_long_stage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LEASE", 0.2)
    store.enqueue(store.create("Title", []).id)
    assert store.claim("slow")
    for _ in range(4):
        time.sleep(0.1)
        store.beat("slow")
    assert store.claim("other") is None
    assert store.has_worker()


def test_cancelling(store: Store) -> None:
    waiting = store.enqueue(store.create("Title", []).id)
    store.cancel(waiting)
    job = store.latest_job(waiting.consultation_id)
    assert job is not None
    assert job.state == "cancelled"
    store.enqueue(waiting.consultation_id)
    running = store.claim("w")
    assert running is not None
    assert store.report(running, "w", "embed", "", 1, 9, 0.0)
    store.cancel(running)
    assert not store.report(running, "w", "embed", "", 2, 9, 0.0)


def test_the_latest_run_comes_first(store: Store) -> None:
    for n, ident in enumerate(["a", "b", "a"]):
        store.add_run(StoredRun(ident, "c", float(n), {}, {"n": n}))
    found = store.latest_run("c")
    assert found is not None
    assert (found.id, found.meta) == ("a", {"n": 2})


def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="HEARD_HOME"):
        Store(tmp_path / "file")


def test_artefacts_come_back_as_they_were(tmp_path: Path) -> None:
    kept = Artefacts(tmp_path / "artefacts")
    made = consultation(["a", "", "c"], ["Support"], ["North"])
    kept.save("consultation", "f" * 64, made)
    again = kept.load("consultation", "f" * 64, type(made))
    assert again.questions == made.questions
    assert again.responses.equals(made.responses)
    assert again.position_values == made.position_values


def test_a_damaged_artefact_is_an_error_for_the_reader(tmp_path: Path) -> None:
    kept = Artefacts(tmp_path)
    kept.save("points", "a" * 64, Points(frame([], ["x"])))
    (kept.path("points", "a" * 64) / "points.parquet").write_bytes(b"broken")
    with pytest.raises(StoreError, match="Run the analysis again"):
        kept.load("points", "a" * 64, Points)
    assert not kept.has("points", "b" * 64)


def test_a_store_of_an_older_version_gets_the_new_columns(store: Store, tmp_path: Path) -> None:
    ident = store.create("Title", [("a.csv", b"x")]).id
    with store._connect() as c:
        c.execute(text("ALTER TABLE consultations DROP COLUMN multilingual"))
    later = Store(tmp_path)
    assert not later.entry(ident).multilingual
    later.switch_multilingual(ident, True)
    assert Store(tmp_path).entry(ident).multilingual
    assert not later.entry(later.create("Other", []).id).multilingual
