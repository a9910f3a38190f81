"""Time-outs, and signing out everywhere."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from analysis.access import Actor
from analysis.roles import Roles
from analysis.store import sign_in_store
from analysis.store.store import Store

ANA = Actor("Ana", "analyst", "ana@dept.example")
BOB = Actor("Bob", "analyst", "bob@dept.example")
LIMITS = Roles(idle=600, longest=3600)


class Clock:
    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self, _: object) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(sign_in_store, "now", made)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_it_ends_when_it_is_not_used(store: Store, clock: Clock) -> None:
    began = clock.now
    assert store.touch(ANA, began, LIMITS)
    for _ in range(3):
        clock.now += 500
        assert store.touch(ANA, began, LIMITS)
    clock.now += 601
    assert not store.touch(ANA, began, LIMITS)
    clock.now -= 601  # once over it stays over
    assert not store.touch(ANA, began, LIMITS)
    assert [line.action for line in store.audit()] == ["sign-in", "sign-in ended"]


def test_a_page_that_looks_by_itself_is_no_use(store: Store, clock: Clock) -> None:
    began = clock.now
    assert store.touch(ANA, began, LIMITS)
    clock.now += 400
    assert store.touch(ANA, began, LIMITS, used=False)
    clock.now += 400
    assert not store.touch(ANA, began, LIMITS, used=False)


def test_it_ends_after_its_time_however_much_it_is_used(store: Store, clock: Clock) -> None:
    began = clock.now
    for _ in range(8):
        assert store.touch(ANA, began, LIMITS)
        clock.now += 450
    clock.now = began + 3601
    assert not store.touch(ANA, began, LIMITS)


def test_an_old_cookie_that_the_store_never_saw_is_refused(store: Store, clock: Clock) -> None:
    assert not store.touch(ANA, clock.now - 4000, LIMITS)
    assert not store.touch(ANA, 0.0, LIMITS)
    assert store.sign_ins() == []


def test_sign_out_everywhere_ends_all_of_one_person_only(store: Store, clock: Clock) -> None:
    first = clock.now
    assert store.touch(ANA, first, LIMITS)
    clock.now += 60
    second = clock.now
    assert store.touch(ANA, second, LIMITS)
    assert store.touch(BOB, second, LIMITS)
    clock.now += 60
    store.end_own_sign_ins(ANA)
    assert not store.touch(ANA, first, LIMITS)
    assert not store.touch(ANA, second, LIMITS)
    assert not store.touch(ANA, second - 30, LIMITS)  # a device that was not seen yet
    assert store.touch(BOB, second, LIMITS)
    clock.now += 5
    assert store.touch(ANA, clock.now, LIMITS)
    store.end_sign_ins(" BOB@dept.example", ANA)
    assert not store.touch(BOB, second, LIMITS)
    assert store.verify_audit() is None
