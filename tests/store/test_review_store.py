"""Decisions are kept in order, and the audit log shows that it was tampered with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from analysis.__main__ import main
from analysis.access import LOCAL
from analysis.errors import StoreError
from analysis.judge.hand import Label
from analysis.prepare.review import RedactionEdit
from analysis.store.store import Store

SECRET = "Jo Example of 1 High Street"


def edit(start: int, action: str = "hide", answer: str = "R1-q2") -> RedactionEdit:
    return RedactionEdit(
        answer, start, start + 3, "name", action, "Ana", 1234.5, f"it is {SECRET}", "abc"  # type: ignore[arg-type]
    )  # fmt: skip


def written(store: Store, *statements: str) -> None:
    """What somebody with the database open could do."""
    with store._connect() as c:
        for statement in statements:
            c.execute(text(statement))


def test_edits_come_back_as_they_were_and_in_order(store: Store) -> None:
    made = [edit(9), edit(2, "keep"), edit(5, "accept", "R2-q2")]
    store.add_redaction_edits("c", made[:2])
    store.add_redaction_edits("d", [edit(1)])
    store.add_redaction_edits("c", made[2:])
    assert Store(store.home).redaction_edits("c") == made
    assert store.redaction_edits("nothing") == []


def test_every_edit_is_logged_without_the_words_of_the_answer(store: Store) -> None:
    store.add_redaction_edits("c", [edit(9), edit(2, "keep")])
    lines = store.audit("c")
    assert [(x.who, x.action, x.detail) for x in lines] == [
        ("Ana", "redaction hide", "edit 1: name, characters 9 to 12"),
        ("Ana", "redaction keep", "edit 2: name, characters 2 to 5"),
    ]
    assert SECRET not in str(lines)


def test_deleting_a_consultation_leaves_its_log_and_nothing_it_was_about(store: Store) -> None:
    entry = store.create("Title", [("a.csv", b"x")])
    store.add_redaction_edits(entry.id, [edit(9)])
    store.add_redaction_edits("other", [edit(9)])
    store.delete(entry.id, LOCAL)
    assert store.redaction_edits(entry.id) == []
    assert len(store.redaction_edits("other")) == 1
    assert [x.action for x in store.audit(entry.id)] == ["redaction hide", "deleted"]
    assert store.verify_audit() is None


def test_an_edit_that_cannot_be_logged_is_not_kept(store: Store) -> None:
    written(store, "ALTER TABLE audit RENAME TO elsewhere")
    with pytest.raises(StoreError):
        store.add_redaction_edits("c", [edit(9)])
    assert store.redaction_edits("c") == []


def test_the_log_is_read_by_consultation_and_as_a_whole(store: Store) -> None:
    store.log("Ana", "sign in")
    store.log("Ben", "export", "c", "themes.csv")
    store.log("Ana", "export", "d")
    assert [x.who for x in store.audit()] == ["Ana", "Ben", "Ana"]
    assert [(x.id, x.detail) for x in store.audit("c")] == [(2, "themes.csv")]


def test_an_untouched_log_holds(store: Store) -> None:
    assert store.verify_audit() is None
    for n in range(5):
        store.log("Ana", f"step {n}")
    assert Store(store.home).verify_audit() is None


SWAP = [
    "UPDATE audit SET id = 99 WHERE id = 2", "UPDATE audit SET id = 2 WHERE id = 3",
    "UPDATE audit SET id = 3 WHERE id = 99",
]  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE audit SET who = 'Eve' WHERE id = 2"], 2),
        (["UPDATE audit SET at = at + 1 WHERE id = 3"], 3),
        (["UPDATE audit SET detail = 'x' WHERE id = 4"], 4),
        (["DELETE FROM audit WHERE id = 1"], 1),
        (["DELETE FROM audit WHERE id = 3"], 3),
        (["DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3"], 3),
        (["DELETE FROM audit WHERE id = 4"], 4),
        (["DELETE FROM audit"], 1),
        (SWAP, 2),
        (["DELETE FROM audit_head"], 4),
    ],
)  # fmt: skip
def test_tampering_is_seen_at_its_line(store: Store, statements: list[str], broken: int) -> None:
    for n in range(4):
        store.log("Ana", f"step {n}", "c")
    written(store, *statements)
    assert store.verify_audit() == broken


def test_a_removed_last_line_stays_seen_when_the_log_goes_on(store: Store) -> None:
    for n in range(3):
        store.log("Ana", f"step {n}")
    written(store, "DELETE FROM audit WHERE id = 3")
    store.log("Ana", "later")
    assert store.verify_audit() == 3


def test_many_write_at_once_and_the_chain_holds(store: Store, tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            own = Store(tmp_path)
            for n in range(5):
                own.add_redaction_edits(name, [edit(n), edit(n + 1)])
        except BaseException as error:
            failed.append(error)

    todo: list[Callable[[], None]] = [lambda n=n: work(f"c{n}") for n in range(4)]  # type: ignore[misc]
    threads = [threading.Thread(target=t) for t in todo]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert failed == []
    store = Store(tmp_path)
    assert len(store.audit()) == 40
    assert store.verify_audit() is None
    assert [e.start for e in store.redaction_edits("c0")] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5]


def label(value: str, about: str = "R1") -> Label:
    return Label("position", about, value, "Ana", 1234.5, 0, 0, f"said {SECRET}", "abc")  # type: ignore[arg-type]


def test_a_log_that_somebody_writes_to_meanwhile_is_no_changed_one(store: Store) -> None:
    done = threading.Event()

    def write() -> None:
        own = Store(store.home)
        while not done.is_set():
            own.log("Ana", "did")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        until = time.monotonic() + 60
        while len(store.audit()) < 50 and time.monotonic() < until:
            assert store.verify_audit() is None
    finally:
        done.set()
        writer.join()
    assert len(store.audit()) >= 50


def test_labels_come_back_as_they_were_and_in_order(store: Store) -> None:
    made = [label("support"), label("oppose"), label("", "R2")]
    store.add_labels("c", made[:2])
    store.add_labels("d", [label("mixed")])
    store.add_labels("c", made[2:])
    assert Store(store.home).labels("c") == made
    assert store.labels("nothing") == []


def test_every_label_is_logged_without_its_reason(store: Store) -> None:
    store.add_labels("c", [label("support"), label("")])
    assert [(x.who, x.action, x.detail) for x in store.audit("c")] == [
        ("Ana", "label position", "label 1: R1, support"),
        ("Ana", "label position", "label 2: R1, taken back"),
    ]
    assert SECRET not in str(store.audit("c"))
    assert store.verify_audit() is None


def test_labels_go_with_their_consultation(store: Store) -> None:
    entry = store.create("Title", [("a.csv", b"x")])
    store.add_labels(entry.id, [label("support")])
    store.delete(entry.id, LOCAL)
    assert store.labels(entry.id) == []


def test_the_command_tells_an_untouched_log_from_a_changed_one(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(store.home))
    for n in range(3):
        store.log("Ana", f"step {n}")
    assert main(["audit", "verify"]) == 0
    assert store.audit()[-1].hash in capsys.readouterr().out
    written(store, "UPDATE audit SET who = 'Eve' WHERE id = 2")
    assert main(["audit", "verify"]) == 2
    assert "from line 2 on" in capsys.readouterr().err
