"""The drill: what was backed up comes back whole, on either database, or not at all."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from analysis.__main__ import main
from analysis.access import LOCAL, Actor
from analysis.errors import StoreError
from analysis.pipeline import load
from analysis.records import Run
from analysis.review.editions import changes, hashes, make
from analysis.sample import ID
from analysis.store import backup as module
from analysis.store.backup import MANIFEST, backup, broken_off, restore
from analysis.store.schema import metadata
from analysis.store.store import Store
from tests.conftest import ROOT

RAE = Actor("Rae", "reviewer", "rae@dept.example")
ADA = Actor("Ada", "admin", "ada@dept.example")
LOG = {"audit", "audit_head", "workers"}  # which go on after the back-up


def in_file(home: Path) -> Store:
    return Store(home, f"sqlite:///{home}/heard.sqlite")


@pytest.fixture
def lived_in(analysed_home: Path, tmp_path: Path, sample_run: Run) -> Store:
    """The analysed sample with an edition that was checked and published."""
    store = in_file(Path(shutil.copytree(analysed_home, tmp_path / "old")))
    content = make(sample_run, "all")
    signed = (hashes(sample_run, content, []), changes(None, content), [], RAE, "read all")
    store.check_edition(ID, sample_run.id, "all", content, *signed)
    store.publish_edition(ID, 1, ADA, "Ünicode, “quotes”\nand a line")
    return store


@pytest.fixture
def small(tmp_path: Path) -> Store:
    store = in_file(tmp_path / "old")
    store.create("Title", [("a.csv", b"secret"), ("b.csv", os.urandom(50_000))])
    store.log("Kim", "did", "c1", "something")
    return store


def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    with store._connect() as c:
        return {
            t.name: [dict(r._mapping) for r in c.execute(select(t).order_by(*t.primary_key))]
            for t in metadata.sorted_tables
            if t.name not in LOG
        }


def files(store: Store) -> dict[str, bytes]:
    folder = store.home / "consultations"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def same(one: Store, two: Store) -> None:
    assert rows(one) == rows(two)
    assert files(one) == files(two)
    lines = one.audit()[:-1]  # the last says that a back-up was made
    assert two.audit()[: len(lines)] == lines
    assert two.verify_audit() is None


def test_the_drill(lived_in: Store, url: str | None, tmp_path: Path) -> None:
    """From a file into a new home on `url`, on with the work, and from there into a file again."""
    made = backup(lived_in, tmp_path / "one.tar.gz", "Kim")
    assert (tmp_path / "one.tar.gz").stat().st_mode & 0o077 == 0
    assert lived_in.audit()[-1].detail == str(made)
    new = Store(tmp_path / "new")
    assert restore(new, tmp_path / "one.tar.gz", "Kim") == made
    same(lived_in, new)
    stored = new.latest_run(ID)
    assert stored is not None
    before = lived_in.latest_run(ID)
    assert before is not None
    run, was = (load(s.fingerprints, s.meta, x.artefacts(ID))
                for s, x in ((stored, new), (before, lived_in)))  # fmt: skip
    assert (run.id, run.ledger) == (was.id, was.ledger)
    assert new.published() == lived_in.published()
    assert new.edition(ID, 1)[0] == lived_in.edition(ID, 1)[0]  # and its content has its hash
    assert (new.audit()[-1].action, new.audit()[-1].detail) == ("restored", str(made))

    job = new.enqueue(new.create("After", [("a.csv", b"x")]).id)
    assert job.id > max(r["id"] for r in rows(lived_in)["jobs"])
    new.record_opening(ID, 1, ADA)
    backup(new, tmp_path / "two.tar.gz", "Kim")
    again = in_file(tmp_path / "again")
    restore(again, tmp_path / "two.tar.gz", "Kim")
    same(new, again)


def nothing_in(home: Path) -> None:
    store = in_file(home)
    assert not any(rows(store).values())
    assert store.audit() == []
    assert not (home / "consultations").exists()
    assert not list(home.glob(".restore-*"))


def unpacked(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive}  # type: ignore[union-attr]


def packed(file: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(file, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def _upload(members: dict[str, bytes]) -> str:
    return next(n for n in members if "/files/" in n)


CHANGES: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "a file": lambda m: m | {_upload(m): b"other"},
    "a row": lambda m: m | {"tables/audit.jsonl": m["tables/audit.jsonl"].replace(b"Kim", b"Tim")},
    "without a file": lambda m: {n: c for n, c in m.items() if n != _upload(m)},
    "one file more": lambda m: {"consultations/x/files/y": b"z"} | m,
    "a file elsewhere": lambda m: {"consultations/../../evil": b"z"} | m,
    "at the root": lambda m: {"/tmp/evil": b"z"} | m,
    "without a manifest": lambda m: {n: c for n, c in m.items() if n != MANIFEST},
    "another manifest": lambda m: m | {MANIFEST: b'{"format": 1}'},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_archive_is_refused(small: Store, tmp_path: Path, change: str) -> None:
    backup(small, tmp_path / "b.tar.gz", "Kim")
    packed(tmp_path / "b.tar.gz", CHANGES[change](unpacked(tmp_path / "b.tar.gz")))
    with pytest.raises(StoreError, match="not a whole back-up") as refused:
        restore(in_file(tmp_path / "new"), tmp_path / "b.tar.gz", "Kim")
    assert "\n" not in str(refused.value)
    nothing_in(tmp_path / "new")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kept", [0, 40, 0.3, 0.9, -40, -4])
def test_a_cut_archive_is_refused(small: Store, tmp_path: Path, kept: float) -> None:
    backup(small, tmp_path / "b.tar.gz", "Kim")
    whole = (tmp_path / "b.tar.gz").read_bytes()
    end = int(len(whole) * kept) if 0 < kept < 1 else int(kept)
    (tmp_path / "b.tar.gz").write_bytes(whole[:end])
    with pytest.raises(StoreError, match="not a whole back-up"):
        restore(in_file(tmp_path / "new"), tmp_path / "b.tar.gz", "Kim")
    nothing_in(tmp_path / "new")


def test_another_file_is_refused(tmp_path: Path) -> None:
    for content in (b"hello", gzip.compress(b"hello"), b"PK\x03\x04"):
        (tmp_path / "b").write_bytes(content)
        with pytest.raises(StoreError, match="not a whole back-up"):
            restore(in_file(tmp_path / "new"), tmp_path / "b", "Kim")


def test_a_back_up_of_a_newer_version_is_refused(
    small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(module, "FORMAT", 2)
        backup(small, tmp_path / "b.tar.gz", "Kim")
    with pytest.raises(StoreError, match="newer version"):
        restore(in_file(tmp_path / "new"), tmp_path / "b.tar.gz", "Kim")
    nothing_in(tmp_path / "new")


def test_a_store_with_anything_in_it_is_left_as_it_is(small: Store, tmp_path: Path) -> None:
    backup(small, tmp_path / "b.tar.gz", "Kim")
    new = in_file(tmp_path / "new")
    new.log("Kim", "looked")
    with pytest.raises(StoreError, match="not empty"):
        restore(new, tmp_path / "b.tar.gz", "Kim")
    assert [line.action for line in new.audit()] == ["looked"]


def test_a_restore_that_fails_half_way_leaves_nothing(
    small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(small, tmp_path / "b.tar.gz", "Kim")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", full)
        with pytest.raises(StoreError, match="No space left"):
            restore(in_file(tmp_path / "new"), tmp_path / "b.tar.gz", "Kim")
    nothing_in(tmp_path / "new")
    restore(in_file(tmp_path / "new"), tmp_path / "b.tar.gz", "Kim")


KILLED = """
import os, signal, sys
from pathlib import Path
from analysis.store import backup
from analysis.store.store import Store
from tests.conftest import ROOT
def then_killed(method):
    def call(*given):
        made = method(*given)
        os.kill(os.getpid(), signal.SIGKILL)
        return made
    return call
place, name = {"unpacked": (backup, "_unpacked"), "filled": (backup, "_fill"),
               "moved": (Path, "rename"), "kept": (backup, "_put")}[sys.argv[1]]
setattr(place, name, then_killed(getattr(place, name)))
backup.restore(Store(Path(sys.argv[2])), Path(sys.argv[3]), "Kim")
"""


@pytest.mark.parametrize("moment", ["unpacked", "filled", "moved", "kept"])
def test_a_restore_that_is_killed(
    small: Store, url: str | None, tmp_path: Path, moment: str
) -> None:
    """It says so at the next start, and the next restore makes it whole; or it was whole."""
    backup(small, tmp_path / "b.tar.gz", "Kim")
    home = tmp_path / "new"
    command = [sys.executable, "-c", KILLED, moment, str(home), str(tmp_path / "b.tar.gz")]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    new = Store(home)
    assert list(home.glob(".restore-*"))
    if moment == "kept":
        broken_off(new)
    else:
        assert new.entries() == []
        with pytest.raises(StoreError, match="broken off"):
            broken_off(new)
        restore(new, tmp_path / "b.tar.gz", "Kim")
        broken_off(new)
    same(small, new)
    assert not list(home.glob(".restore-*"))


def test_a_back_up_writes_over_nothing_and_leaves_no_part(small: Store, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(b"mine")
    with pytest.raises(StoreError, match="there already"):
        backup(small, tmp_path / "b.tar.gz", "Kim")
    with pytest.raises(StoreError, match="no folder"):
        backup(small, tmp_path / "none" / "b.tar.gz", "Kim")
    assert (tmp_path / "b.tar.gz").read_bytes() == b"mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar.gz", "old"]


def test_a_consultation_that_is_deleted_meanwhile_stops_the_back_up(
    small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = module._files

    def deleting(folder: Path) -> list[Path]:
        small.delete(small.entries()[0].id, LOCAL)
        return list(found(folder))

    monkeypatch.setattr(module, "_files", deleting)
    with pytest.raises(StoreError, match="deleted while"):
        backup(small, tmp_path / "b.tar.gz", "Kim")
    assert [p.name for p in tmp_path.iterdir()] == ["old"]


def test_on_the_command_line(
    small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.delenv("HEARD_DATABASE_URL", raising=False)
    monkeypatch.setenv("HEARD_HOME", str(small.home))
    assert main(["backup", str(tmp_path / "b.tar.gz")]) == 0
    assert "2 files, SHA-256" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "b.tar.gz")]) == 2
    assert "not empty" in capsys.readouterr().err
    monkeypatch.setenv("HEARD_HOME", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / "b.tar.gz")]) == 0
    assert "all as they were written" in capsys.readouterr().out
