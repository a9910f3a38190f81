"""Decisions on masks: what is hidden after them, and what is said of each mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pipeline import fingerprints
from analysis.prepare.points import masked
from analysis.prepare.prepare import prepare
from analysis.prepare.privacy import hide
from analysis.prepare.review import (
    STATES,
    Action,
    EditError,
    RedactionEdit,
    effective,
    found_anew,
    mark,
    masks,
    occurrences,
    reviewed,
)  # fmt: skip
from analysis.settings import Settings
from tests.make import consultation, frame

TEXTS = [
    "Ring me on 07700 900123 or write to jo@example.org about the lunch club, please.",
    "Keep the counter open.",
    "Dr Amina Example at the clinic said so. My postcode is ZZ99 3VZ.",
]


def answers(texts: Sequence[str]) -> pd.DataFrame:
    return frame([(f"A{n}", t) for n, t in enumerate(texts)], ["response_id", "text"])


RESPONSES = answers(TEXTS)
FOUND = hide(RESPONSES)[1]


def edit(
    start: int, end: int, action: Action, kind: str = "name", answer: str = "A0", of: str = ""
) -> RedactionEdit:
    return RedactionEdit(answer, start, end, kind, action, "Ana", 1.0, of=of)


def places(redactions: pd.DataFrame, answer: str = "A0") -> list[tuple[int, int, str]]:
    own = redactions[redactions["response_id"] == answer]
    return list(own[["start", "end", "kind"]].itertuples(index=False, name=None))


def first() -> tuple[int, int, str]:
    return places(FOUND)[0]


def test_the_rules_find_something_to_work_on() -> None:
    assert [k for _, _, k in places(FOUND)] == ["phone", "email"]
    assert len(places(FOUND, "A2")) == 2


def test_without_edits_nothing_changes() -> None:
    pd.testing.assert_frame_equal(reviewed(RESPONSES, FOUND, ()), FOUND)


def test_keep_removes_exactly_its_mask() -> None:
    start, end, kind = first()
    after = reviewed(RESPONSES, FOUND, [edit(start, end, "keep", kind)])
    assert places(after) == places(FOUND)[1:]
    assert places(after, "A2") == places(FOUND, "A2")
    near = reviewed(RESPONSES, FOUND, [edit(start, end - 1, "keep", kind)])
    pd.testing.assert_frame_equal(near, FOUND)


def test_hide_adds_a_mask_in_its_order() -> None:
    at = TEXTS[0].index("lunch")
    after = reviewed(RESPONSES, FOUND, [edit(at, at + 5, "hide", "reference")])
    assert places(after) == [*places(FOUND), (at, at + 5, "reference")]
    middle = reviewed(RESPONSES, FOUND, [edit(0, 6, "hide", answer="A1")])
    assert middle["response_id"].tolist() == ["A0", "A0", "A1", "A2", "A2"]


def test_hide_joins_what_it_overlaps_and_its_kind_wins() -> None:
    start, end, _ = first()
    after = reviewed(RESPONSES, FOUND, [edit(start - 5, start + 2, "hide", "address")])
    assert places(after)[0] == (start - 5, end, "address")
    assert len(places(after)) == 2


def test_the_later_edit_wins() -> None:
    start, end, kind = first()
    keep, again = edit(start, end, "keep", kind), edit(start, end, "hide", kind)
    assert places(reviewed(RESPONSES, FOUND, [again, keep])) == places(FOUND)[1:]
    pd.testing.assert_frame_equal(reviewed(RESPONSES, FOUND, [keep, again]), FOUND)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(TEXTS[1]) + 1)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(EditError, match="answer A1"):
        reviewed(RESPONSES, FOUND, [edit(start, end, "hide", answer="A1")])


def test_an_edit_made_on_another_text_or_a_missing_answer_does_not_apply() -> None:
    start, end, kind = first()
    other = [
        edit(start, end, "keep", kind, of=mark("something else")),
        edit(900, 901, "hide", of=mark("something else")),
        edit(0, 3, "hide", answer="gone"),
    ]
    pd.testing.assert_frame_equal(reviewed(RESPONSES, FOUND, other), FOUND)
    mine = [edit(start, end, "keep", kind, of=mark(TEXTS[0]))]
    assert places(reviewed(RESPONSES, FOUND, mine)) == places(FOUND)[1:]


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("Jo", ["Jo", "Jo"]),
        ("Jo  Example", ["Jo\nExample"]),
        ("900123", ["900123"]),
        ("(Jo)", []),
        ("  ", []),
        ("zz", []),
    ],
)
def test_where_a_passage_stands(passage: str, words: list[str]) -> None:
    text = "Join us, said Jo\nExample. Jo? tel07700900123"
    assert [text[a:b] for a, b in occurrences(text, passage)] == words


def test_what_is_said_of_each_mask() -> None:
    (start, end, kind), (a, b, mail) = places(FOUND)
    edits = [
        edit(start, end, "keep", kind), edit(a, b, "accept", mail),
        edit(0, 4, "hide", answer="A1"), edit(5, 8, "hide", answer="A1"),
        edit(5, 8, "keep", answer="A1"),
    ]  # fmt: skip
    said = masks(RESPONSES, FOUND, edits)
    assert said["state"].tolist() == ["undone", "accepted", "added", "to review", "to review"]
    assert said["who"].tolist() == ["Ana", "Ana", "Ana", "", ""]
    again = masks(RESPONSES, FOUND, [*edits, edit(start, end, "hide", kind)])
    assert again["state"].tolist()[0] == "accepted"
    second = replace(edit(a, b, "accept", mail), who="Ben")
    assert masks(RESPONSES, FOUND, [*edits, second])["who"].tolist()[1] == "Ben"
    wide = masks(RESPONSES, FOUND, [edit(start - 3, end, "hide"), edit(start - 3, end, "keep")])
    assert wide["state"].tolist()[:2] == ["undone", "to review"]


def test_acceptance_makes_nothing_anew_and_other_edits_do() -> None:
    made = consultation(TEXTS)
    start, end, kind = first()

    def prepared(*edits: RedactionEdit) -> str:
        return fingerprints(made, Settings(), None, edits)["prepare"]

    keep = edit(start, end, "keep", kind, "R000-q2")
    assert prepared() == prepared(edit(start, end, "accept", kind, "R000-q2"))
    assert prepared() != prepared(keep)
    assert prepared(keep) != prepared(keep, edit(0, 4, "hide", answer="R000-q2"))
    assert effective([edit(0, 1, "accept")]) == []


def test_prepare_shows_what_was_undone_and_hides_what_was_added() -> None:
    made = consultation(TEXTS)
    start, end, kind = first()
    edits = [
        edit(start, end, "keep", kind, "R000-q2"), edit(9, 16, "hide", "reference", "R001-q2"),
    ]  # fmt: skip
    plain = prepare(made, Settings())
    after = prepare(made, Settings(), edits=edits)
    shown = after.responses["shown_text"]
    assert shown[0].startswith("Ring me on 07700 900123 or write to [e-mail address removed]")
    assert shown[1] == "Keep the [reference removed] open."
    assert shown[2] == plain.responses["shown_text"][2]
    assert after.responses["text"].tolist() == TEXTS
    assert "07700" not in plain.responses["shown_text"][0]


def test_accepting_leaves_the_shown_text_letter_for_letter() -> None:
    made = consultation(TEXTS)
    plain = prepare(made, Settings())
    start, end, kind = first()
    after = prepare(made, Settings(), edits=[edit(start, end, "accept", kind, "R000-q2")])
    pd.testing.assert_frame_equal(plain.responses, after.responses)
    pd.testing.assert_frame_equal(plain.redactions, after.redactions)


# ---------------------------------------------------------------- properties
@st.composite
def decisions(draw: st.DrawFn) -> list[RedactionEdit]:
    """Edits that fit, at places near and at the masks of TEXTS."""
    out = []
    for _ in range(draw(st.integers(0, 8))):
        n = draw(st.integers(0, len(TEXTS) - 1))
        known = places(FOUND, f"A{n}") + [
            (e.start, e.end, "") for e in out if e.response_id == f"A{n}"
        ]
        if known and draw(st.booleans()):
            start, end, _ = draw(st.sampled_from(known))
        else:
            start = draw(st.integers(0, len(TEXTS[n]) - 1))
            end = draw(st.integers(start + 1, min(start + 30, len(TEXTS[n]))))
        action = draw(st.sampled_from(["keep", "hide", "accept"]))
        kind = draw(st.sampled_from(["name", "phone", "address"]))
        out.append(edit(start, end, action, kind, f"A{n}"))
    return out


@given(decisions())
@settings(max_examples=150, deadline=None)
def test_places_are_in_order_apart_and_inside_their_text(edits: list[RedactionEdit]) -> None:
    before = FOUND.copy(deep=True)
    after = reviewed(RESPONSES, FOUND, edits)
    pd.testing.assert_frame_equal(FOUND, before)
    assert after.dtypes.to_dict() == FOUND.dtypes.to_dict()
    assert after["response_id"].tolist() == sorted(after["response_id"])
    for n, text in enumerate(TEXTS):
        at = 0
        for start, end, _ in places(after, f"A{n}"):
            assert at <= start < end <= len(text)
            at = end


@given(decisions())
@settings(max_examples=100, deadline=None)
def test_acceptance_changes_nothing(edits: list[RedactionEdit]) -> None:
    some = [e for e in edits if e.action != "accept"]
    after = reviewed(RESPONSES, FOUND, edits)
    pd.testing.assert_frame_equal(after, reviewed(RESPONSES, FOUND, some))


@given(decisions())
@settings(max_examples=100, deadline=None)
def test_undoing_a_mask_and_hiding_it_again_is_as_before(edits: list[RedactionEdit]) -> None:
    after = reviewed(RESPONSES, FOUND, edits)
    for r in after.itertuples(index=False):
        both = [edit(r.start, r.end, action, r.kind, r.response_id) for action in ("keep", "hide")]
        shown = reviewed(RESPONSES, FOUND, [*edits, both[0]])
        assert len(shown) == len(after) - 1
        pd.testing.assert_frame_equal(reviewed(RESPONSES, FOUND, [*edits, *both]), after)


@given(decisions())
@settings(max_examples=100, deadline=None)
def test_what_is_hidden_last_is_not_shown(edits: list[RedactionEdit]) -> None:
    hidden = edit(*first()[:2], "hide", "name")
    after = reviewed(RESPONSES, FOUND, [*edits, hidden])
    shown = masked(TEXTS[0], 0, len(TEXTS[0]), places(after))
    assert "07700 900123" not in shown


@given(decisions())
@settings(max_examples=100, deadline=None)
def test_every_mask_has_one_state_and_the_rules_finds_can_be_had_back(
    edits: list[RedactionEdit],
) -> None:
    after = reviewed(RESPONSES, FOUND, edits)
    pd.testing.assert_frame_equal(found_anew(RESPONSES, after, edits), FOUND)
    said = masks(RESPONSES, FOUND, edits)
    assert set(said["state"]) <= set(STATES)
    there = said[said["state"] != "undone"].drop(columns=["state", "who"])
    pd.testing.assert_frame_equal(there.reset_index(drop=True), after)
    assert ((said["who"] == "") == (said["state"] == "to review")).all()


@given(decisions(), st.permutations(range(len(TEXTS))))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_answers_changes_nothing_else(
    edits: list[RedactionEdit], order: list[int]
) -> None:
    shuffled = RESPONSES.iloc[order]
    after = reviewed(shuffled, hide(shuffled)[1], edits)
    for n in range(len(TEXTS)):
        assert places(after, f"A{n}") == places(reviewed(RESPONSES, FOUND, edits), f"A{n}")
