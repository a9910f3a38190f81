"""A code opens one reply and no other, and says of it what the edition says."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.capture.receipt import (
    Receipt,
    ReceiptError,
    admit,
    code,
    new_key,
    receipt,
    right,
)  # fmt: skip
from analysis.review.editions import EditionContent
from analysis.settings import PublicLimits
from analysis.store.store import Store
from tests import town

KEY = "00" * 32


def test_a_code_is_of_one_reference_and_one_key() -> None:
    made = code(KEY, "R1")
    assert made == code(KEY, " R1 ")
    assert [len(part) for part in made.split("-")] == [4, 4, 4]
    assert len({code(KEY, f"R{n}") for n in range(500)} | {code(new_key(), "R1")}) == 501


def test_a_code_may_be_typed_as_people_type() -> None:
    ref = next(f"R{n}" for n in range(500) if {"O", "I", "B"} <= set(code(KEY, f"R{n}")))
    made = code(KEY, ref)
    assert right(KEY, ref, f"  {made.lower().replace('-', ' ')} ")
    assert right(KEY, ref, made.replace("O", "0").replace("I", "1").replace("B", "8"))


@pytest.mark.parametrize("typed", ["", "-", "ABCD-EFGH-IJKL", "é\ud800", "A" * 500])
def test_a_wrong_code_opens_nothing(typed: str) -> None:
    assert not right(KEY, "R1", typed)
    assert not right(KEY, "R2", code(KEY, "R1"))
    assert not right(KEY, "r1", code(KEY, "R1"))
    assert not right(None, "R1", code(KEY, "R1"))


def test_tries_are_counted_by_the_hour() -> None:
    limits = PublicLimits(tries_source=3, tries_reply=2)
    admit(1, 2, limits)
    with pytest.raises(ReceiptError, match="too many tries"):
        admit(0, 3, limits)
    with pytest.raises(ReceiptError, match="too many tries"):
        admit(2, 2, limits)


@pytest.fixture(scope="module")
def opened(published_home: Path) -> dict[str, Receipt]:
    store = Store(published_home)
    run = town.run_of(store)
    edition, content = store.edition(town.ID, 1)
    ids = run.consultation.respondents["respondent_id"]
    return {i: receipt(run, edition, content, i) for i in ids}


def test_every_analysed_point_says_where_it_went(
    opened: dict[str, Receipt], published_home: Path
) -> None:
    public = Store(published_home).published_edition(town.ID, 1)
    (question,) = public["questions"]
    for theme in question["themes"]:
        counted = {
            who for who, r in opened.items() for a in r.answers for p in a.parts
            if p.theme == theme["name"] and p.counted
        }  # fmt: skip
        assert f"{len(counted):,}" == theme["people"]
    for quote in (q for t in question["themes"] for q in t["quotes"]):
        own = [p.text for r in opened.values() for a in r.answers for p in a.parts if p.quoted]
        assert sum(quote in text or text in quote for text in own) == 1


def test_what_was_not_analysed_has_its_reason(opened: dict[str, Receipt]) -> None:
    (answer,) = opened[town.EMPTY].answers
    assert (opened[town.EMPTY].status, answer.status, answer.parts) == (
        "no_content", "no_content", (),
    )  # fmt: skip
    assert opened[town.QUIET] == Receipt("closed_only", ())


def test_a_theme_that_the_edition_does_not_name_is_not_named(published_home: Path) -> None:
    store = Store(published_home)
    edition, content = store.edition(town.ID, 1)
    bare = EditionContent({"questions": []}, {}, content.groups, content.themes)
    made = receipt(town.run_of(store), edition, bare, "TOWN-003")
    assert {(p.theme, p.people, p.counted, p.quoted) for a in made.answers for p in a.parts} == {
        ("", "", False, False)
    }


def test_a_reply_that_came_later_is_not_in_the_edition(published_home: Path) -> None:
    store = Store(published_home)
    edition, content = store.edition(town.ID, 1)
    with pytest.raises(ReceiptError, match="not in this edition"):
        receipt(town.run_of(store), edition, content, "TOWN-999")
