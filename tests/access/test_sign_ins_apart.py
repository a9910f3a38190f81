"""What ends a sign-in holds in every process at once, though its cookie is still good."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from analysis.access import Actor
from analysis.roles import Roles
from analysis.store.schema import sign_ins
from analysis.store.store import Store
from dashboard import identity, session
from tests.conftest import ROOT

ANA = Actor("Ana", "analyst", "ana@dept.example")
LIMITS = Roles(emails={ANA.email: "analyst"}, idle=600, longest=3600)
OTHER = """
import sys
from pathlib import Path
from analysis.access import Actor
from analysis.roles import Roles
from analysis.store.store import Store
store, ana = Store(Path(sys.argv[1])), Actor("Ana", "analyst", "ana@dept.example")
for line in sys.stdin:
    print(store.touch(ana, float(line), Roles(idle=600, longest=3600)), flush=True)
"""
Asked = Callable[[float], bool]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Asked:
    """Whether another process, which runs all the time, lets the sign-in act."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, env={**os.environ},
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    put, got = process.stdin, process.stdout

    def asked(started: float) -> bool:
        put.write(f"{started!r}\n")
        put.flush()
        return got.readline().strip() == "True"

    yield asked  # type: ignore[misc]
    put.close()
    process.wait(20)


def test_sign_out_and_sign_out_everywhere(tmp_path: Path, elsewhere: Asked) -> None:
    store, first, second = Store(tmp_path), time.time() - 60, time.time() - 30
    assert store.touch(ANA, first, LIMITS)
    assert elsewhere(first)
    assert elsewhere(second)
    store.end_sign_in(ANA, first)
    assert not elsewhere(first)
    assert elsewhere(second)
    store.end_own_sign_ins(ANA)
    assert not elsewhere(second)
    assert store.audit()[-1].action == "signed out everywhere"


def test_idle_and_whole_time_hold_elsewhere(tmp_path: Path, elsewhere: Asked) -> None:
    store, now = Store(tmp_path), time.time()
    assert not elsewhere(now - 3601)
    began = now - 700
    assert store.touch(ANA, began, LIMITS)
    assert elsewhere(began)
    with store._connect() as c:
        c.execute(update(sign_ins).values(seen=now - 601))
    assert not elsewhere(began)


def test_a_page_that_is_still_open_cannot_act_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cookie (30 days) is as it was; only the store knows that it is over."""
    store, started = Store(tmp_path), time.time() - 60
    user = {
        "is_logged_in": True, "email": ANA.email, "email_verified": True, "iat": started,
    }  # fmt: skip
    monkeypatch.setattr(identity, "configured", lambda: True)
    monkeypatch.setattr(identity, "roles", lambda: LIMITS)
    monkeypatch.setattr(identity.st, "user", _User(user))
    monkeypatch.setattr(session, "unguarded", lambda: store)
    assert session.actor().role == "analyst"
    entry = session.store().create("T", [("a.csv", b"Q\nx\n")])
    asks = identity.later(store)  # of a download button that was drawn
    assert asks().role == "analyst"
    Store(tmp_path).end_own_sign_ins(ANA)
    assert asks().role == "public"
    for act in (
        lambda: session.store().switch_llm(entry.id, True),
        lambda: session.of(asks()).exported(entry.id, "themes.csv", asks()),
        lambda: session.store().entries(),
    ):
        with pytest.raises(Exception, match="role does not allow"):
            act()
    assert not store.entry(entry.id).llm_enabled


@pytest.mark.parametrize("email", ["eve@dept.example", ""])
def test_who_has_no_verified_address_is_the_public_and_logged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    store = Store(tmp_path)
    user = {"is_logged_in": True, "email": email, "email_verified": False, "iat": 1.7e9}
    monkeypatch.setattr(identity, "configured", lambda: True)
    monkeypatch.setattr(identity, "roles", lambda: LIMITS)
    monkeypatch.setattr(identity.st, "user", _User(user))
    for _ in range(3):
        assert identity.actor(store, used=True).role == "public"
    lines = [(a.who, a.action, a.detail) for a in store.audit()]
    assert lines == [(email or "no address", "refused", "sign-in: address not verified")]


class _User:
    def __init__(self, claims: dict[str, object]) -> None:
        self._claims = claims

    def to_dict(self) -> dict[str, object]:
        return self._claims
