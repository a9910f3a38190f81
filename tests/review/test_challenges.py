"""The rules of what readers say was missed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from analysis.export.content import content_of
from analysis.export.report import report
from analysis.export.workbook import workbook
from analysis.review.challenges import (
    Answer,
    Challenge,
    ChallengeError,
    admit,
    for_asker,
    listed,
    mark,
    ordered,
    token,
    told,
)  # fmt: skip
from analysis.review.consideration import record
from analysis.settings import PublicLimits
from analysis.store.store import Store
from tests import town

LIMITS = PublicLimits()
DONE = Answer("not", "Too dear.", 0, "Rae", "rae@dept.example", 9.0)


def challenge(ident: int, created: float, *answers: Answer) -> Challenge:
    text = f"Point {ident}, call me on 07700 900123."
    return Challenge(ident, "c1", 1, text, "missing", "t1", created, answers)


def test_what_is_too_short_or_too_long_is_refused_in_a_plain_sentence() -> None:
    with pytest.raises(ChallengeError, match="at least one sentence"):
        told("No. \x00", "missing", "", (), LIMITS)
    with pytest.raises(ChallengeError, match="2,000 letters"):
        told("so it is " * 400, "missing", "", (), LIMITS)
    with pytest.raises(ChallengeError, match="check your text"):
        told("This was not heard.", "captured", "", (), LIMITS)
    kept = told(" This was\r\nnot\x08 heard. ", "whole", "t9", {"t1"}, LIMITS)
    assert (kept.text, kept.theme_id) == ("This was\nnot heard.", "")


def test_the_same_words_have_the_same_mark() -> None:
    assert mark("The  Canal\nis ﬁne") == mark("the canal is fine ")
    assert mark("The canal is fine") != mark("The canal is fine.")


def test_tokens_cannot_be_guessed() -> None:
    found = {token() for _ in range(50)}
    assert len(found) == 50
    assert min(map(len, found)) >= 32


def test_the_hour_counts_for_everybody_and_for_one_browser() -> None:
    limits = PublicLimits(challenges_hour=5, challenges_source=2)
    admit(4, 1, limits)
    with pytest.raises(ChallengeError, match="Many people"):
        admit(5, 0, limits)
    with pytest.raises(ChallengeError, match="2 in one hour"):
        admit(0, 2, limits)


def test_open_ones_come_first_the_oldest_at_the_top() -> None:
    found = [challenge(1, 1.0, DONE), challenge(2, 2.0), challenge(3, 3.0), challenge(4, 4.0, DONE)]
    assert [c.id for c in ordered(found)] == [2, 3, 4, 1]


def test_the_asker_and_the_record_see_no_personal_detail() -> None:
    one = challenge(1, 1.0, DONE)
    assert "900123" not in str(for_asker(one))
    assert "Rae" not in str(for_asker(one))
    rows = listed([challenge(2, 2.0), one])
    assert "900123" not in str(rows)
    assert [(r["id"], r["answer"], r["why"]) for r in rows] == [
        (1, "Nothing was changed", "Too dear."), (2, "Not answered yet", ""),
    ]  # fmt: skip
    assert record([], [one])["challenges"] == rows[:1]
    assert not any(record([]).values())


def test_the_report_and_the_workbook_list_them(published_home: Path) -> None:
    made = content_of(town.run_of(Store(published_home)))
    kept = record([], [challenge(1, 1.0, DONE)])
    made = replace(made, meta={**made.meta, "consideration": kept})
    paper = Document(io.BytesIO(report(made)))
    cells = {c.text for t in paper.tables for r in t.rows for c in r.cells}
    assert {"Nothing was changed", "Too dear.", "edition 1"} <= cells
    sheet = load_workbook(io.BytesIO(workbook(made)))["Challenges"]
    values = [str(c.value) for row in sheet.iter_rows() for c in row]
    assert "Too dear." in values
    assert not any("900123" in v for v in [*values, *cells])
