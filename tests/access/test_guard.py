"""Every role against every method of the store, below the pages."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path

import pytest

from analysis.access import ACTIONS, LOCAL, PUBLIC, ROLES, Actor, Denied, Role
from analysis.errors import StoreError
from analysis.store import review_store
from analysis.store.guard import INTERNAL, LOGGED, METHODS, RAW, guarded
from analysis.store.review_store import EVERY, OPENED
from analysis.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def public_names() -> set[str]:
    return {n for n in dir(Store) if not n.startswith("_")} | {"home"}


def test_every_method_of_the_store_stands_for_an_action_or_is_heards_own() -> None:
    assert public_names() == set(METHODS) | INTERNAL
    assert {*METHODS.values(), "export"} == set(ACTIONS)  # files are made from what was read


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(public_names() | {"_connect", "_engine", "unheard_of"}))
def test_role_and_method(
    store: Store, role: Role, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A method runs exactly when the role has its action; else nothing runs and it is logged."""
    ran: list[str] = []
    if name not in ("home", "unheard_of", "_engine"):
        monkeypatch.setattr(store, name, lambda *a: ran.append(name))
    actor = Actor("Kim", role, "kim@dept.example")
    allowed = name in METHODS and role in ACTIONS[METHODS[name]]
    logged: list[tuple[str, ...]] = []
    monkeypatch.setattr(store, "log", lambda *a: logged.append(a))
    own = guarded(store, actor)
    if allowed:
        found = getattr(own, name)
        if name == "home":
            assert found == store.home
        else:
            found("c1")
            assert ran == [name]
        due = [(actor.who, LOGGED[name], "c1", "")] if name in LOGGED else []
        due += [(actor.who, OPENED, "c1")] if name in RAW else []
        assert logged == due
        return
    with pytest.raises((Denied, AttributeError)):
        getattr(own, name)("c1")
    assert ran == []
    if name != "unheard_of":
        about = "" if name == "_engine" else "c1"
        assert logged == [("kim@dept.example", "refused", about, f"{name} as {role}")]


def test_a_refusal_is_a_line_of_the_audit_log(store: Store) -> None:
    entry = store.create("T", [("a.csv", b"Q\nx\n")])
    mia = Actor("Mia", "minister", "mia@dept.example")
    with pytest.raises(Denied):
        guarded(store, mia).delete(entry.id, mia)
    assert store.entry(entry.id).title == "T"
    last = store.audit(entry.id)[-1]
    assert (last.who, last.action, last.detail) == (
        "mia@dept.example", "refused", "delete as minister",
    )  # fmt: skip
    assert store.verify_audit() is None


def opened(store: Store) -> list[tuple[str, str]]:
    return [(x.who, x.consultation_id) for x in store.audit() if x.action == OPENED]


def test_replies_read_without_a_page_leave_a_line_once_an_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file as it came, and what was made of it; for each person, over processes."""
    entry = store.create("T", [("a.csv", b"Q\nx\n")])
    rae = Actor("Rae", "reviewer", "rae@dept.example")
    ana = Actor("Ana", "analyst", "ana@dept.example")
    assert guarded(store, rae).file(entry, entry.files[0]) == b"Q\nx\n"
    assert opened(store) == [(rae.who, entry.id)]
    guarded(store, rae).artefacts(entry.id)
    guarded(Store(store.home), rae).folder(entry.id)  # another process
    assert len(opened(store)) == 1
    guarded(store, ana).artefacts(entry.id)
    assert opened(store) == [(rae.who, entry.id), (ana.who, entry.id)]
    began = review_store.now
    monkeypatch.setattr(review_store, "now", lambda c: began(c) + EVERY)
    guarded(Store(store.home), rae).artefacts(entry.id)
    assert [who for who, _ in opened(store)] == [rae.who, ana.who, rae.who]
    assert store.verify_audit() is None


def test_no_reply_is_handed_out_that_cannot_be_logged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The audit log takes no new line.")

    entry = store.create("T", [("a.csv", b"Q\nx\n")])
    monkeypatch.setattr(store, "log", full)
    own = guarded(store, Actor("Rae", "reviewer", "rae@dept.example"))
    for read in (lambda: own.file(entry, entry.files[0]), lambda: own.artefacts(entry.id)):
        with pytest.raises(StoreError, match="no new line"):
            read()


def test_nobody_signs_in_another_persons_name(store: Store) -> None:
    rae = Actor("Rae", "reviewer", "rae@dept.example")
    other = Actor("Ada", "admin", "ada@dept.example")
    with pytest.raises(Denied, match="another person"):
        guarded(store, rae).close_on("c1", date(2026, 6, 1), other)
    with pytest.raises(Denied):
        guarded(store, rae).close_on("c1", date(2026, 6, 1), actor=other)
    with pytest.raises(Denied):
        guarded(store, rae).close_on("c1", date(2026, 6, 1), Actor("Rae", "admin", rae.email))
    guarded(store, rae).close_on("c1", date(2026, 6, 1), rae)
    guarded(store, LOCAL).close_on("c1", date(2026, 6, 2), Actor("Kim", "admin"))
    assert [line.who for line in store.considered("c1")] == ["Rae", "Kim"]


def test_what_a_person_does_leaves_a_line_with_their_name(store: Store) -> None:
    ana = Actor("Ana", "analyst", "ana@dept.example")
    own = guarded(store, ana)
    entry = own.create("T", [("a.csv", b"Q\nx\n")])
    own.switch_llm(entry.id, True)
    own.switch_llm(entry.id, False)
    own.enqueue(entry.id)
    own.exported(entry.id, "themes.csv", ana)
    own.use("model", ana, entry.id)
    assert [(x.who, x.action, x.detail) for x in store.audit(entry.id)] == [
        (ana.who, "imported", ""), (ana.who, "language model switched", "on"),
        (ana.who, "language model switched", "off"), (ana.who, "analysis asked for", ""),
        (ana.who, "export", "themes.csv"), (ana.who, "language model", "asked to work"),
    ]  # fmt: skip
    with pytest.raises(Denied):
        guarded(store, PUBLIC).exported(entry.id, "themes.csv", PUBLIC)
    assert store.audit(entry.id)[-1].action == "refused"


def test_a_typed_name_is_marked_and_cannot_pass_for_a_signed_in_one(store: Store) -> None:
    typed = Actor("ada@dept.example", "admin")
    assert typed.who != Actor("Ada", "admin", "ada@dept.example").who
    guarded(store, LOCAL).close_on("c1", date(2026, 6, 2), typed)
    assert store.audit("c1")[-1].who == "ada@dept.example (name not verified)"
    assert [a.who for a in (LOCAL, PUBLIC)] == [LOCAL.name, PUBLIC.name]


def test_methods_that_sign_take_an_actor() -> None:
    """Whoever signs is checked by the guard, so the name must come as an Actor."""
    signing = ("delete", "check", "publish", "note", "respond", "end own sign-ins", "end sign-ins")
    for name, action in METHODS.items():
        if action in signing:
            assert "actor" in inspect.signature(getattr(Store, name)).parameters, name
