"""Decisions on themes: kept in order, and never over somebody else's that was not seen."""

from __future__ import annotations

import pytest

from analysis.access import LOCAL
from analysis.review.edits import Edit, Kind
from analysis.store.store import Store, StoredRun
from analysis.store.theme_store import Conflict

WORDS = "a name that somebody typed"


def edit(ident: str, kind: Kind, *themes: str, who: str = "Ana", **payload: object) -> Edit:
    return Edit(ident, kind, "q2", themes, who, 1234.5, dict(payload), f"why {WORDS}", "run1")


def test_decisions_come_back_as_they_were_with_the_runs_they_were_made_on(store: Store) -> None:
    made = [edit("a", "rename", "t1", name=WORDS), edit("b", "merge", "t1", "t2")]
    store.add_theme_edits("c", made[:1], [])
    store.add_theme_edits("c", made[1:], ["a"])
    store.add_theme_edits("d", [edit("x", "hide", "t1")], [])
    store.add_run(StoredRun("run1", "c", 1.0, {"themes": "fp"}, {}))
    assert Store(store.home).theme_edits("c") == made
    assert store.decided("c").edits == tuple(made)
    assert store.decided("c").prints == {"run1": {"themes": "fp"}}


def test_the_log_says_who_and_what_without_a_word_of_it(store: Store) -> None:
    store.add_theme_edits("c", [edit("a", "rename", "t1", name=WORDS)], [])
    lines = store.audit("c")
    assert [(x.who, x.action, x.detail) for x in lines] == [("Ana", "theme rename", "edit a: t1")]
    assert WORDS not in str(lines)
    assert store.verify_audit() is None


def test_the_second_of_two_people_sees_that_the_theme_changed(store: Store) -> None:
    store.add_theme_edits("c", [edit("a", "rename", "t1", name="A")], [])
    with pytest.raises(Conflict, match="Ana decided on the same theme"):
        store.add_theme_edits("c", [edit("b", "merge", "t2", "t1", who="Ben")], [])
    store.add_theme_edits("c", [edit("d", "hide", "t3", who="Ben")], [])  # of another theme
    store.add_theme_edits("c", [edit("b", "merge", "t2", "t1", who="Ben")], ["a"])
    assert [e.id for e in store.theme_edits("c")] == ["a", "d", "b"]
    assert len(store.audit("c")) == 3


def test_a_theme_that_a_split_made_or_a_move_filled_counts_as_touched(store: Store) -> None:
    parts = [{"theme_id": "q2-h1", "name": "N", "points": ["p1"]}]
    store.add_theme_edits("c", [edit("a", "split", "t1", parts=parts)], [])
    with pytest.raises(Conflict):
        store.add_theme_edits("c", [edit("b", "rename", "q2-h1", name="M")], [])
    store.add_theme_edits("c", [edit("m", "move", "t5", points=["p1"], to="t6")], [])
    with pytest.raises(Conflict):
        store.add_theme_edits("c", [edit("n", "hide", "t6")], ["a"])


def test_they_go_with_their_consultation(store: Store) -> None:
    entry = store.create("Title", [("a.csv", b"x")])
    store.add_theme_edits(entry.id, [edit("a", "hide", "t1")], [])
    store.delete(entry.id, LOCAL)
    assert store.theme_edits(entry.id) == []
