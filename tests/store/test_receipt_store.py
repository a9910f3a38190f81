"""Codes for respondents: made once, the same message for every wrong one, and few tries."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from analysis.access import PUBLIC, Actor, Denied
from analysis.capture import receipt as rules
from analysis.capture.receipt import WRONG, ReceiptError
from analysis.errors import StoreError
from analysis.settings import PublicLimits
from analysis.store.guard import guarded
from analysis.store.store import Store, StoredRun
from tests import town
from tests.make import consultation

ANA = Actor("Ana", "analyst", "ana@dept.example")
MIA = Actor("Mia", "minister", "mia@dept.example")


@pytest.fixture
def store(tmp_path: Path, url: str | None, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Edition 1 of c1, of two people, whose receipts are their reference numbers."""
    made = Store(tmp_path, url)
    made.artefacts("c1").save("consultation", "f", consultation(["one", "two"]))
    made.add_run(StoredRun("r1", "c1", 1.0, {"consultation": "f"}, {}))
    nothing: Any = None
    monkeypatch.setattr(made, "_published", lambda *_: (nothing, nothing))
    monkeypatch.setattr(made, "_loaded", lambda _: nothing)
    monkeypatch.setattr(rules, "receipt", lambda *given: given[-1])
    return made


def tried(store: Store) -> int:
    with store._connect() as c:
        return len(list(c.execute(sql("SELECT id FROM receipt_tries"))))


def test_codes_are_the_same_each_time_and_open_their_own_reply_only(store: Store) -> None:
    codes = dict(guarded(store, ANA).receipts("c1", ANA))
    assert list(codes) == ["R000", "R001"]
    assert dict(store.receipts("c1", ANA)) == codes
    public = guarded(store, PUBLIC)
    assert public.receipt("c1", 1, " R000 ", codes["R000"]) == "R000"
    wrong = (("R000", codes["R001"]), ("R001", codes["R000"]), ("R999", codes["R000"]), ("", ""))
    for reference, code in wrong:
        with pytest.raises(ReceiptError) as told:
            public.receipt("c1", 1, reference, code)
        assert str(told.value) == WRONG
    assert tried(store) == len(wrong)


def test_each_consultation_has_a_key_of_its_own(store: Store) -> None:
    store.artefacts("c2").save("consultation", "f", consultation(["one", "two"]))
    store.add_run(StoredRun("r1", "c2", 1.0, {"consultation": "f"}, {}))
    assert not set(store.receipts("c1", ANA)) & set(store.receipts("c2", ANA))


def test_without_codes_nothing_opens(store: Store) -> None:
    with pytest.raises(ReceiptError, match="do not fit together"):
        store.receipt("c1", 1, "R000", "ABCD-EFGH-IJKL")
    with pytest.raises(StoreError, match="not been analysed"):
        store.receipts("c3", ANA)


HERE, THERE = "192.0.2.1", "192.0.2.2"


def wrong(store: Store, reference: str, source: str) -> None:
    with pytest.raises(ReceiptError, match="do not fit"):
        store.receipt("c1", 1, reference, "x", source)


def test_nobody_locks_somebody_else_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store._limits = PublicLimits(tries_reply=2, tries_source=3)
    codes = dict(store.receipts("c1", ANA))
    for _ in range(2):
        wrong(store, "R000", HERE)
    with pytest.raises(ReceiptError, match="too many tries"):
        store.receipt("c1", 1, "R000", codes["R000"], HERE)
    assert store.receipt("c1", 1, "R000", codes["R000"], THERE) == "R000"
    assert store.receipt("c1", 1, "R001", codes["R001"], HERE) == "R001"
    wrong(store, "R001", HERE)
    with pytest.raises(ReceiptError, match="too many tries"):
        store.receipt("c1", 1, "R001", codes["R001"], HERE)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + rules.HOUR + 1)
    assert store.receipt("c1", 1, "R000", codes["R000"], HERE) == "R000"
    assert tried(store) == 0


def test_a_flood_of_wrong_codes_slows_and_refuses_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store._limits = PublicLimits(tries_hour=3, tries_wait=7.0)
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    right = dict(store.receipts("c1", ANA))["R000"]
    for n in range(3):
        wrong(store, "R000", f"192.0.2.{n}")
    assert waited == []
    assert store.receipt("c1", 1, "R000", right, THERE) == "R000"
    wrong(store, "R000", THERE)
    assert waited == [7.0, 7.0]


def test_no_address_is_kept(store: Store) -> None:
    wrong(store, "R000", HERE)
    with store._connect() as c:
        rows = str([tuple(r) for r in c.execute(sql("SELECT kind, who FROM uses"))])
    assert "receipt" in rows
    assert HERE not in rows
    assert "R000" not in rows


def test_only_the_team_makes_codes_and_in_nobody_elses_name(store: Store) -> None:
    for who in (PUBLIC, MIA):
        with pytest.raises(Denied):
            guarded(store, who).receipts("c1", who)
    with pytest.raises(Denied, match="another person"):
        guarded(store, ANA).receipts("c1", Actor("Ada", "admin", "ada@dept.example"))


def test_the_log_holds_neither_reference_nor_code(store: Store) -> None:
    codes = dict(store.receipts("c1", ANA))
    store.receipt("c1", 1, "R000", codes["R000"])
    lines = store.audit("c1")
    assert [(x.who, x.action, x.detail) for x in lines] == [
        ("ana@dept.example", "receipts", "2 codes"), ("The public", "receipt read", "edition 1"),
    ]  # fmt: skip
    assert store.verify_audit() is None


def test_only_for_a_published_edition(published_home: Path) -> None:
    public = guarded(Store(published_home), PUBLIC)
    with pytest.raises(StoreError, match="not published"):
        public.receipt(town.ID, 2, "TOWN-003", "x")
    with pytest.raises(StoreError, match="not published"):
        public.compare(town.ID, 2, town.MISSING)
