"""A limit of use holds for a person, over processes, and slides."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.access import LOCAL, Actor
from analysis.jobs import queue
from analysis.roles import Roles
from analysis.settings import RATES, Rate
from analysis.store import rate_store
from analysis.store.rate_store import TooMany
from analysis.store.store import Store

ADA = Actor("Ada", "admin", "ada@dept.example")
RAE = Actor("Rae", "reviewer", "rae@dept.example")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000_000.0]
    monkeypatch.setitem(RATES, "export", Rate(3, 600))
    monkeypatch.setitem(RATES, "model", Rate(1, 600))
    monkeypatch.setattr(rate_store, "now", lambda _: now[0])
    return now


def test_the_window_slides_and_a_refusal_is_logged_once(store: Store, clock: list[float]) -> None:
    other = Store(store.home)  # another process
    for app in (store, other, store):
        app.use("export", ADA)
        clock[0] += 60
    for app in (other, store):
        with pytest.raises(
            TooMany, match=r"3 times in the last 10 minutes.*about 7 min"
        ) as refused:
            app.use("export", ADA)
        assert "\n" not in str(refused.value)
    store.use("export", RAE)
    assert [(x.who, x.action, x.detail) for x in store.audit()] == [
        (ADA.email, "refused", "export: more than 3 times")
    ]
    clock[0] += 421  # the first is ten minutes ago, the others are not
    store.use("export", ADA)
    with pytest.raises(TooMany):
        store.use("export", ADA)


def test_those_who_ask_at_once_are_counted_one_by_one(store: Store, clock: list[float]) -> None:
    stores = [Store(store.home) for _ in range(6)]

    def asked(app: Store) -> bool:
        try:
            app.use("export", ADA)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(asked, stores)) == 3


def test_a_run_counts_only_where_a_model_takes_part(
    store: Store, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "ensure_worker", lambda _: None)
    ident = store.create("Title", []).id
    for _ in range(2):
        store.cancel(queue.start(store, ident, LOCAL))
    store.switch_llm(ident, True)
    store.cancel(queue.start(store, ident, LOCAL))
    with pytest.raises(TooMany):
        queue.start(store, ident, LOCAL)
    job = store.latest_job(ident)
    assert job is not None
    assert job.state == "cancelled"


def test_sign_ins(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RATES, "sign-in", Rate(2, 600))
    now = time.time()
    assert store.touch(ADA, now - 1, Roles())
    assert store.touch(ADA, now - 1, Roles())  # the same one
    assert store.touch(ADA, now - 2, Roles())
    with pytest.raises(TooMany):
        store.touch(ADA, now - 3, Roles())
    assert len(store.sign_ins()) == 2
    assert [x.action for x in store.audit()] == ["sign-in", "sign-in", "refused"]


def test_a_machine_whose_clock_is_wrong_neither_ends_sign_ins_nor_opens_limits(
    store: Store, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if url is None:
        pytest.skip("SQLite is a file of this machine, and its clock the only one")
    monkeypatch.setitem(RATES, "export", Rate(1, 600))
    began, right = time.time() - 1, time.time
    assert store.touch(ADA, began, Roles())
    store.use("export", ADA)
    monkeypatch.setattr(time, "time", lambda: right() + 2 * 86_400)
    assert store.touch(ADA, began, Roles())
    with pytest.raises(TooMany):
        store.use("export", ADA)
    store.end_own_sign_ins(ADA)
    assert store.touch(ADA, right() + 1, Roles())  # what begins afterwards is not ended too
    assert max(line.at for line in store.audit()) < right() + 3600
