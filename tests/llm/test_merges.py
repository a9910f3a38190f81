"""Merges that the model proposes: only what was asked for, with a checked reason; never done."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from analysis.errors import Cancelled
from analysis.llm import Client, LlmConfig
from analysis.themes import merges as room
from analysis.themes.merges import Merge, propose_merges, requests
from tests.llm.conftest import KEY
from tests.llm.loopback import user

REASON = "Both speak of a named person and of the phone line."


def says(*proposals: tuple[list[str], str]) -> list[dict[str, Any]]:
    return [{"json": {"merges": [{"themes": ids, "reason": why} for ids, why in proposals]}}]


def reasons(left_out: list[dict[str, str]]) -> str:
    return " ".join(row["reason"] for row in left_out)


def test_a_proposal_comes_back_under_the_ids_of_its_themes(loopback, client, themes, points):
    server, before = loopback(says((["t2", "t1"], REASON))), themes.copy()
    seen = []
    kept, left_out = propose_merges(themes, points, client(server), lambda *p: seen.append(p))
    assert kept == [Merge("q1", ("q1-t02", "q1-t01"), REASON, "test-model")]
    assert left_out == []
    assert len(server.requests) == 1  # q2 has one theme
    assert seen == [(1, 1)]
    pd.testing.assert_frame_equal(themes, before)


def test_names_and_a_few_passages_are_sent_and_readable_before(loopback, client, themes, points):
    server = loopback(says())
    propose_merges(themes, points, client(server))
    groups = server.users[0]["groups"]
    assert [g["name"] for g in groups] == ["Named person", "Phone line", "Health records"]
    assert {len(g["passages"]) for g in groups} == {room.EXAMPLES}
    sent = json.dumps([r["messages"] for r in server.requests])
    assert "q1-t01" not in sent
    assert "-p0" not in sent
    schema = json.dumps(server.requests[0]["response_format"])
    assert '"enum": ["t1", "t2", "t3"]' in schema
    (asked,) = requests(themes, points)
    assert [asked.system, asked.user] == [m["content"] for m in server.requests[0]["messages"]]


@pytest.mark.parametrize(
    ("ids", "why", "fault"),
    [
        (["t1", "t99"], REASON, "not given"),
        (["t1", "t4"], REASON, "not given"),  # of another question
        (["t1", "q1-t02"], REASON, "not given"),
        (["t1", "t1"], REASON, "twice"),
        (["t1"], REASON, "2 to"),
        ([], REASON, "2 to"),
        (["t1", "t2"], "", "no reason"),
        (["t1", "t2"], "a person on the phone " * 20, "no reason"),
        (["t1", "t2"], "97% of these on the phone want a person.", "number"),
        (["t1", "t2"], "Most people on the phone want a person.", "quantity"),
        (["t1", "t2"], "Worries about a person on the phone.", "takes sides"),
        (["t1", "t2"], "A person, a phone: ![x](https://example.org/s)", "link or markup"),
        (["t1", "t2"], "A named person\u202e on the phone.", "hidden"),
        (["t1", "t2"], "Both speak of a named person.", "without a word of each"),
    ],
)
def test_hostile_proposals_are_refused_with_the_reason(
    loopback, client, themes, points, ids, why, fault
):
    server = loopback(says((ids, why)))
    kept, left_out = propose_merges(themes, points, client(server))
    assert kept == []
    assert [row["question_id"] for row in left_out] == ["q1"]
    assert fault in reasons(left_out)


def test_a_theme_stands_in_one_proposal_at_most(loopback, client, themes, points):
    both = "A named person, the phone line and health records."
    server = loopback(says((["t1", "t2"], REASON), (["t2", "t3"], both), (["t1", "t2"], REASON)))
    kept, left_out = propose_merges(themes, points, client(server))
    assert [m.themes for m in kept] == [("q1-t01", "q1-t02")]
    assert reasons(left_out).count("of another proposal") == 2


def test_a_refused_proposal_takes_no_theme(loopback, client, themes, points):
    server = loopback(says((["t1", "t2", "t99"], REASON), (["t1", "t2"], REASON)))
    kept, _ = propose_merges(themes, points, client(server))
    assert [m.themes for m in kept] == [("q1-t01", "q1-t02")]


def test_a_theme_is_not_put_into_its_own_part(loopback, client, themes, points):
    themes = themes.assign(parent_id=["", "q1-t01", "", ""])
    server = loopback(says((["t1", "t2"], REASON)))
    kept, left_out = propose_merges(themes, points, client(server))
    assert (kept, "own part" in reasons(left_out)) == ([], True)
    assert [g["part_of"] for g in server.users[0]["groups"]] == ["", "t1", ""]


@pytest.mark.parametrize(
    "step",
    [
        {"status": 400, "error": {"code": "content_filter"}},
        {"status": 400, "error": {"code": "context_length_exceeded"}},
        {"finish": "length", "content": "{"},
    ],
)
def test_what_is_refused_or_too_long_is_asked_by_names_alone(
    loopback, client, themes, points, step
):
    def script(request: dict[str, Any]) -> dict[str, Any]:
        held = [g["passages"] for g in user(request)["groups"]]
        return step if any(held) else says((["t1", "t2"], "The phone line and a named person."))[0]

    server = loopback(script)
    kept, left_out = propose_merges(themes, points, client(server))
    assert len(kept) == 1
    assert left_out == []
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"status": 429, "error": {"code": "insufficient_quota"}}, "credit"),
        ({"status": 401, "error": {"message": KEY}}, "key was refused"),
        ({"status": 400, "error": {"code": "content_filter"}}, "not heard"),
        ({"content": "zzz"}, "no usable reply"),
        ({"json": {"merges": [{"themes": "t1", "reason": 3}]}}, "no usable reply"),
        ({"drop": True}, "does not answer"),
    ],
)
def test_a_fault_of_the_server_is_a_sentence(loopback, client, themes, points, step, said):
    asked = client(loopback([step]), retries=1)
    kept, left_out = propose_merges(themes, points, asked)
    assert kept == []
    assert said in reasons(left_out)
    assert KEY not in reasons(left_out)


def test_the_budget_holds_and_an_answer_is_paid_for_once(loopback, client, themes, points):
    server = loopback(says((["t1", "t2"], REASON)))
    kept, left_out = propose_merges(themes, points, client(server, max_calls=0))
    assert (kept, len(server.requests)) == ([], 0)
    assert "budget" in reasons(left_out)
    first, _ = propose_merges(themes, points, client(server))
    again, _ = propose_merges(themes, points, client(server, max_calls=0))
    assert first == again != []
    assert len(server.requests) == 1


def test_many_themes_are_shown_with_fewer_passages(themes, points):
    many = pd.concat(
        [themes.assign(theme_id=[f"q1-{n}-{i}" for i in range(4)], question_id="q1")
         for n in range(30)], ignore_index=True,
    )  # fmt: skip
    held = pd.DataFrame(
        [{"point_id": f"{t}-{n}", "theme_id": t, "text": f"{n} on {t} " + "and so on " * 30}
         for t in many["theme_id"] for n in range(4)]
    )  # fmt: skip
    (asked,) = requests(many, held)
    groups = json.loads(asked.user)["groups"]
    assert len(groups) == 120
    assert {len(g["passages"]) for g in groups} < {0, 1, 2, 3}
    assert sum(len(p) for g in groups for p in g["passages"]) / 4 <= room.CALL_TOKENS


def test_stopping_the_run_is_not_swallowed(loopback, client, themes, points):
    def stop(_done: int, _total: int) -> None:
        raise Cancelled("The run was stopped.")

    with pytest.raises(Cancelled):
        propose_merges(themes, points, client(loopback(says())), stop)


def test_a_question_with_one_theme_is_not_asked_about(themes, points):
    offline = Client(LlmConfig("test-model", "http://127.0.0.1:9/v1"))
    assert propose_merges(themes[3:], points, offline) == ([], [])
