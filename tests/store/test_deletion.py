"""A deletion says what it removed, and says so when something is left."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from analysis.access import LOCAL, Actor
from analysis.errors import StoreError
from analysis.judge.hand import Label
from analysis.store import deletion, job_store
from analysis.store.rows import PART_OF
from analysis.store.store import OWNED, Store, StoredRun
from tests.make import consultation

ADA = Actor("Ada", "admin", "ada@dept.example")
SECRET = "a sentence that nobody else wrote"


def filled(store: Store) -> str:
    ident = store.create("Title", [("a.csv", b"secret"), ("b.csv", b"more")]).id
    store.confirm(ident, consultation(["a"]), f"title = '{SECRET}'")
    store.add_labels(ident, [Label("position", "R1", "support", "Ana", 1.0, why=SECRET)])
    store.add_run(StoredRun("r", ident, 1.0, {}, {}))
    store.enqueue(ident)
    (store.home / "capture").mkdir()
    (store.home / "capture" / "x.npy").write_bytes(b"vectors")
    return ident


def listed(home: Path) -> dict[str, int]:
    paths = (p for p in home.rglob("*") if p.is_file() and "sqlite" not in p.name)
    return {p.relative_to(home).as_posix(): p.stat().st_size for p in paths}


def test_a_consultation_is_not_deleted_while_a_part_of_it_is_left(store: Store) -> None:
    whole = store.create("Whole", [("a.csv", b"secret")])
    some = store.create("Some of it", [], source=f"{PART_OF}{whole.id}")
    with pytest.raises(StoreError, match="“Some of it” first"):
        store.delete(whole.id, ADA)
    store.delete(some.id, ADA)
    store.delete(whole.id, ADA)
    assert store.entries() == []


def test_what_was_removed_is_counted_and_logged(store: Store) -> None:
    ident = filled(store)
    other = store.create("Other", [("a.csv", b"kept")])
    there = {n: s for n, s in listed(store.home).items() if other.id not in n}
    made = store.delete(ident, ADA)
    lines = "".join(f"{name}\t{size}\n" for name, size in sorted(there.items()))
    assert made.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    assert (made.files, made.bytes) == (len(there), sum(there.values()))
    counted = {table: n for table, n in made.rows.items() if n}
    assert counted == {"consultations": 1, "jobs": 1, "runs": 1, "hand_labels": 1}
    assert made.rows.keys() == {t.name for t in OWNED} | {"consultations"}
    last = store.audit(ident)[-1]
    assert (last.who, last.action, last.detail) == (ADA.email, "deleted", made.detail)
    assert made.sha256 in last.detail
    assert store.verify_audit() is None
    assert len(listed(store.home)) == 1
    assert store.file(other, other.files[0]) == b"kept"
    text = made.text()
    for part in (ident, ADA.email, made.sha256, "hand_labels: 1", "back-ups", "audit log"):
        assert part in text


def test_the_words_are_not_in_the_file_of_the_database(tmp_path: Path) -> None:
    store = Store(tmp_path, f"sqlite:///{tmp_path}/heard.sqlite")
    ident = filled(store)
    store.delete(ident, ADA)
    for file in tmp_path.glob("heard.sqlite*"):
        assert SECRET.encode() not in file.read_bytes(), file.name


def test_what_cannot_be_removed_is_named_and_the_rest_can_be_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ident = filled(store)
    locked = hashlib.sha256(b"secret").hexdigest()
    remove = os.unlink

    def refusing(path: Any, **where: Any) -> None:
        if str(path) == locked:
            raise PermissionError(13, "Permission denied")
        remove(path, **where)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refusing)
        with pytest.raises(StoreError, match=f"left in .*{ident}/files/{locked}"):
            store.delete(ident, ADA)
    assert store.entry(ident)
    assert [line.action for line in store.audit(ident)] == ["label position"]
    assert store.delete(ident, ADA).files == 1
    assert not store.folder(ident).exists()


def test_a_folder_that_is_a_link_is_named(store: Store, tmp_path: Path) -> None:
    ident = store.create("Title", []).id
    shutil.rmtree(store.folder(ident))
    (tmp_path / "elsewhere").mkdir()
    store.folder(ident).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="could be removed"):
        store.delete(ident, ADA)


def test_not_while_a_worker_is_at_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_store, "LEASE", 60.0)
    ident = filled(store)
    job = store.claim("w")
    assert job is not None
    with pytest.raises(StoreError, match="in a moment"):
        store.delete(ident, LOCAL)
    assert not store.report(job, "w", "embed", "", 1, 2, 0.0)  # it was told to stop
    assert listed(store.home)
    store.finish(job, "w", "cancelled")
    store.delete(ident, LOCAL)


def test_what_is_not_there_cannot_be_deleted(store: Store) -> None:
    with pytest.raises(StoreError, match="not in the store"):
        store.delete("none", ADA)
    assert store.audit() == []
    assert deletion.remove(store.home, store.folder("none")).files == 0
