"""What readers say was missed: kept once, never changed, not without limit, and without a token."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from analysis.access import PUBLIC, Actor, Denied
from analysis.errors import HeardError, StoreError
from analysis.review.challenges import HOUR, ChallengeError, digest
from analysis.settings import PublicLimits
from analysis.store.guard import guarded
from analysis.store.store import Store

TEXT = "Nobody spoke of the canal. Write to jo.testperson@example.org about it."
RAE = Actor("Rae", "reviewer", "rae@dept.example")
MIA = Actor("Mia", "minister", "mia@dept.example")
PAGE: dict[str, Any] = {
    "questions": [
        {"text": "What?", "base": 40, "also": [],
         "themes": [{"theme_id": "q1-t1", "name": "Buses", "people": "20"}]}
    ]
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path, url: str | None, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Edition 1 of c1 is published, and no other."""
    made = Store(tmp_path, url)

    def published(consultation: str, number: int) -> dict[str, Any]:
        if (consultation, number) != ("c1", 1):
            raise StoreError("There is no such edition, or it is not published.")
        return PAGE

    monkeypatch.setattr(made, "published_edition", published)
    return made


def sent(store: Store, text: str = TEXT, **more: Any) -> str:
    return guarded(store, PUBLIC).challenge("c1", 1, text, "missing", "q1-t1", **more)


def held(store: Store) -> str:
    """Every cell of the two tables and of the log."""
    out = []
    with store._connect() as c:
        for table in ("challenges", "challenge_answers", "audit"):
            out += [str(tuple(r)) for r in c.execute(sql(f"SELECT * FROM {table}"))]  # noqa: S608
    return "\n".join(out)


def test_from_the_question_to_the_answer_that_the_asker_reads(store: Store) -> None:
    token = sent(store)
    waiting = guarded(store, PUBLIC).answer_to(token)
    assert (waiting["number"], waiting["answers"]) == (1, [])
    team = guarded(store, RAE)
    (one,) = team.challenges("c1")
    assert (one.text, one.status, one.theme_id, one.open) == (TEXT, "missing", "q1-t1", True)
    team.answer_challenge("c1", one.id, "not", " It is not ours to mend. ", 0, RAE)
    told = guarded(store, PUBLIC).answer_to(f" {token} ")
    assert [(a["kind"], a["text"]) for a in told["answers"]] == [("not", "It is not ours to mend.")]
    assert "Rae" not in str(told)
    assert "rae@dept.example" not in str(told)
    assert "jo.testperson" not in str(told)
    assert "canal" in told["text"]


def test_neither_the_token_is_kept_nor_the_text_logged(store: Store) -> None:
    token = sent(store)
    (one,) = store.challenges("c1")
    store.answer_challenge("c1", one.id, "not", "Because of the canal trust.", 0, RAE)
    everything = held(store)
    assert token not in everything
    assert digest(token) in everything
    lines = store.audit("c1")
    assert [(x.who, x.action) for x in lines] == [
        ("The public", "challenge"), ("rae@dept.example", "challenge answered"),
    ]  # fmt: skip
    assert "canal" not in str(lines)
    assert store.verify_audit() is None


def test_a_wrong_token_says_nothing(store: Store) -> None:
    sent(store)
    for wrong in ("", "x", "' OR 1=1 --", "\ud800", "%"):
        with pytest.raises(StoreError, match="nothing under this address"):
            guarded(store, PUBLIC).answer_to(wrong)


def test_rows_are_only_added_and_the_last_answer_counts(store: Store) -> None:
    sent(store)
    (one,) = store.challenges("c1")
    for words in ("First.", "Second."):
        store.answer_challenge("c1", one.id, "there", words, 0, RAE)
    assert [a.text for a in store.challenges("c1")[0].answers] == ["First.", "Second."]
    code = Path("analysis/store/challenge_store.py").read_text()
    assert not re.search(r"\b(update|delete)\b", code)


def test_the_same_text_is_kept_once_for_each_edition(store: Store) -> None:
    sent(store)
    with pytest.raises(ChallengeError, match="has this text already"):
        sent(store, "  " + TEXT.upper().replace(" ", "\n"))
    assert len(store.challenges("c1")) == 1


def test_only_for_a_published_edition(store: Store) -> None:
    with pytest.raises(StoreError, match="not published"):
        guarded(store, PUBLIC).challenge("c1", 2, TEXT, "missing", "")
    assert store.challenges("c1") == []


def test_at_most_so_many_in_an_hour(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store._limits = PublicLimits(challenges_hour=2, challenges_source=1)
    for n in range(2):
        sent(store, f"The canal is dirty at lock {n}.")
    with pytest.raises(ChallengeError, match="Many people"):
        sent(store, "The canal is dirty at lock 3.")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + HOUR + 1)
    sent(store, "The canal is dirty at lock 4.", source="192.0.2.1")
    with pytest.raises(ChallengeError, match="1 in one hour"):
        sent(store, "The canal is dirty at lock 5.", source="192.0.2.1")
    assert len(store.challenges("c1")) == 3


def at_once(store: Store, texts: list[str]) -> list[str]:
    """What came of sending them all at the same moment: tokens, or what was said instead."""

    def one(text: str) -> str:
        try:
            return sent(store, text)
        except ChallengeError as error:
            return str(error)

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(one, texts))


def test_limits_hold_when_many_send_at_once(store: Store) -> None:
    same = at_once(store, [TEXT] * 6)
    assert sum("has this text already" in x for x in same) == 5
    store._limits = PublicLimits(challenges_hour=3)
    others = at_once(store, [f"The canal is dirty at lock {n}." for n in range(6)])
    assert sum("Many people" in x for x in others) == 4
    assert len(store.challenges("c1")) == 3
    assert store.verify_audit() is None


def test_a_hostile_text_is_kept_as_text(store: Store) -> None:
    hostile = "'); DROP TABLE challenges; -- \x00<script>alert(1)</script> ![x](http://e.example)"
    sent(store, hostile)
    (one,) = store.challenges("c1")
    assert one.text == hostile.replace("\x00", "")


def test_a_theme_that_the_edition_does_not_show_is_not_kept(store: Store) -> None:
    guarded(store, PUBLIC).challenge("c1", 1, TEXT, "partly", "q1-t99")
    assert store.challenges("c1")[0].theme_id == ""


def test_the_public_and_a_minister_cannot_read_or_answer_the_queue(store: Store) -> None:
    sent(store)
    (one,) = store.challenges("c1")
    for who in (PUBLIC, MIA):
        with pytest.raises(Denied):
            guarded(store, who).challenges("c1")
        with pytest.raises(Denied):
            guarded(store, who).answer_challenge("c1", one.id, "not", "No.", 0, who)
    assert store.challenges("c1")[0].open


def test_nobody_answers_in_another_persons_name(store: Store) -> None:
    sent(store)
    (one,) = store.challenges("c1")
    other = Actor("Ada", "admin", "ada@dept.example")
    with pytest.raises(Denied, match="another person"):
        guarded(store, RAE).answer_challenge("c1", one.id, "not", "No.", 0, other)
    with pytest.raises(HeardError, match="your name"):
        store.answer_challenge("c1", one.id, "not", "No.", 0, Actor(" ", "admin"))
    assert store.challenges("c1")[0].open


def test_an_answer_needs_its_words_and_its_edition(store: Store) -> None:
    sent(store)
    (one,) = store.challenges("c1")
    for kind, words, edition, why in (
        ("not", "  ", 0, "in a sentence"),
        ("summary", "We did.", 0, "which edition"),
        ("summary", "We did.", 7, "no edition 7"),
        ("other", "We did.", 0, "what became"),
    ):
        with pytest.raises(ChallengeError, match=why):
            store.answer_challenge("c1", one.id, kind, words, edition, RAE)
    with pytest.raises(StoreError, match="not in the queue"):
        store.answer_challenge("c2", one.id, "not", "No.", 0, RAE)


def test_deleting_a_consultation_takes_its_challenges(store: Store) -> None:
    store.create("T", [("a.csv", b"x")], ident="c1")
    token = sent(store)
    store.answer_challenge("c1", store.challenges("c1")[0].id, "not", "No.", 0, RAE)
    store.delete("c1", RAE)
    assert store.challenges("c1") == []
    with pytest.raises(StoreError):
        store.answer_to(token)
    assert "canal" not in held(store)
