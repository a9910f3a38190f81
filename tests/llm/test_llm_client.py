from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Literal

import pydantic
import pytest

from analysis.errors import BackendError, Cancelled
from analysis.llm import (
    BudgetSpent,
    Client,
    KeyRefused,
    Malformed,
    QuotaSpent,
    Refused,
    Stopped,
    TooLong,
    Unreachable,
    by_id,
    in_pieces,
)
from analysis.settings import PROJECT

KEY = "FAKE-KEY-0000-NOT-REAL"


class Points(pydantic.BaseModel):
    result: list[str]


GOOD = {"json": {"result": ["needs human review", "phone line"]}}


def ask(client: Client, user: str = "hello") -> list[str]:
    return client.ask("test.v1", "system", user, Points).result


# ---------------------------------------------------------------- structured replies
def test_the_request_is_a_strict_schema_and_the_reply_an_instance(loopback, client):
    server = loopback([GOOD])
    assert ask(client(server)) == ["needs human review", "phone line"]
    (sent,) = server.requests
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["model"] == "test-model"
    assert [m["role"] for m in sent["messages"]] == ["system", "user"]


@pytest.mark.parametrize("n", range(5))
def test_other_shapes_are_parsed_or_counted_never_dropped(loopback, client, cases, n):
    mock = json.loads((cases / "LLM-02" / "mock_replies.json").read_text())[n]
    server = loopback([{"content": mock["content"]}])
    asker = client(server)
    try:
        assert len(ask(asker)) == 2
        assert (asker.usage.failed, asker.usage.calls) == (0, 1)
    except Malformed:
        assert mock["name"] == "objects"
        assert (asker.usage.failed, asker.usage.calls) == (1, 2)


def test_a_bad_reply_is_asked_once_more_with_the_complaint(loopback, client):
    server = loopback([{"content": "I cannot do JSON"}, GOOD])
    assert len(ask(client(server))) == 2
    assert len(server.requests) == 2
    assert "schema" in server.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "step",
    [
        {"content": '{"result": ["cut of'},
        {"content": None},
        {"content": '{"result": ' + "[" * 20_000},
        {"raw": "<html>gateway</html>"},
        {"raw": "<html>gateway</html>", "headers": {"Content-Type": "text/html"}},
        {"raw": "{}"},
        {"raw": '{"choices": [{}]}'},
    ],
)
def test_replies_that_are_no_replies_end_as_malformed(loopback, client, step):
    server = loopback([step])
    with pytest.raises(Malformed):
        ask(client(server))
    assert len(server.requests) == 2


# ---------------------------------------------------------------- retries
def scaled(step: dict[str, Any]) -> dict[str, Any]:
    """A step of the case file, with seconds of waiting divided by 20."""
    headers = {k: str(float(v) / 20) for k, v in step.get("headers", {}).items()}
    return {**step, "headers": headers} if step["status"] != 200 else GOOD


def test_rate_limits_are_waited_out_and_a_spent_quota_is_final(loopback, client, cases):
    mock = json.loads((cases / "LLM-01" / "mock_llm.json").read_text())
    server = loopback([*map(scaled, mock["replies"]), scaled(mock["then"])])
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        time.sleep(seconds)

    asker = client(server, pause=pause)
    for n in range(4):  # three at once, the fourth after three retries
        ask(asker, f"reply {n}")
    with pytest.raises(QuotaSpent, match="no credit left"):
        ask(asker, "reply 4")
    assert len(server.requests) == 8  # the spent quota is not tried again
    assert waits == sorted(waits)
    assert len(set(waits)) == 3
    assert min(waits) >= 1 / 20
    with pytest.raises(QuotaSpent):
        ask(asker, "another")
    assert len(server.requests) == 8
    assert ask(asker, "reply 0")  # what was paid for is still there


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_retries_end(loopback, client, status):
    server = loopback([{"status": status, "error": {"message": "no"}}])
    with pytest.raises(Unreachable, match=str(status)):
        ask(client(server, retries=2, backoff=0.001))
    assert len(server.requests) == 3


@pytest.mark.parametrize("step", [{"hang": 5}, {"drop": True}, {"status": 500}])
def test_a_passing_fault_is_retried(loopback, client, step):
    server = loopback([step, GOOD])
    asker = client(server, timeout=1.0)
    assert len(ask(asker)) == 2
    assert asker.usage.calls == 2


def test_a_wait_that_is_too_long_stops_the_run(loopback, client):
    server = loopback([{"status": 429, "headers": {"Retry-After": "86400"}}])
    with pytest.raises(Unreachable):
        ask(client(server))
    assert len(server.requests) == 1


def test_a_wait_until_a_date_is_waited_out(loopback, client):
    waits: list[float] = []
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    server = loopback([{"status": 429, "headers": {"Retry-After": soon}}, GOOD])
    assert ask(client(server, pause=waits.append))
    assert 15 < waits[0] <= 21
    later = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
    server = loopback([{"status": 429, "headers": {"Retry-After": later}}])
    with pytest.raises(Unreachable):
        ask(client(server, pause=waits.append), "another")
    assert len(server.requests) == 1


@pytest.mark.parametrize("asked", ["soon", "", "-5", "Wed, 32 Foo 2026", "nan"])
def test_a_wait_that_makes_no_sense_is_no_fault(loopback, client, asked):
    waits: list[float] = []
    server = loopback([{"status": 429, "headers": {"Retry-After": asked}}, GOOD])
    assert ask(client(server, pause=waits.append))
    assert 0 <= waits[0] < 1


def test_no_credit_is_final_whatever_it_is_called(loopback, client):
    for step in (
        {"status": 402, "error": {"message": "Insufficient credits"}},
        {"status": 403, "error": {"type": "insufficient_quota"}},
        {"status": 429, "error": {"code": "billing_hard_limit_reached"}},
    ):
        server = loopback([step])
        with pytest.raises(QuotaSpent):
            ask(client(server))
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 4096 tokens, you asked for 9000.",
        "the request exceeds the available context size",
        "prompt is too long: 210000 tokens",
        "Please reduce the length of the messages.",
    ],
)
def test_a_context_that_is_too_long_is_told_by_its_words(loopback, client, message):
    server = loopback([{"status": 400, "error": {"code": 400, "message": message}}])
    with pytest.raises(TooLong) as caught:
        ask(client(server))
    assert message not in str(caught.value)


def test_the_pause_may_stop_the_run(loopback, client):
    def pause(_seconds: float) -> None:
        raise Cancelled("The run was stopped.")

    server = loopback([{"status": 503}])
    with pytest.raises(Cancelled):
        ask(client(server, pause=pause))
    assert len(server.requests) == 1


def test_a_gone_server_says_so(loopback, client):
    server = loopback([GOOD])
    server.base_url = "http://127.0.0.1:9/v1"
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 does not answer"):
        ask(client(server, retries=1, backoff=0.001))


# ---------------------------------------------------------------- refusals and length
FILTERED = {"status": 400, "error": {"code": "content_filter", "message": "no"}}


@pytest.mark.parametrize(
    "step",
    [
        FILTERED,
        {"status": 400, "error": {"innererror": {"code": "ResponsibleAIPolicyViolation"}}},
        {"finish": "content_filter", "content": ""},
        {"refusal": "I cannot help with that."},
    ],
)
def test_a_refusal_is_not_retried(loopback, client, step):
    server = loopback([step])
    asker = client(server)
    with pytest.raises(Refused, match="a person must read"):
        ask(asker)
    assert (asker.usage.calls, asker.usage.refused, asker.usage.failed) == (1, 1, 0)


@pytest.mark.parametrize(
    "step", [{"status": 400, "error": {"code": "context_length_exceeded"}}, {"finish": "length"}]
)
def test_too_long_is_told_apart(loopback, client, step):
    with pytest.raises(TooLong):
        ask(client(loopback([step])))


def test_only_the_refused_reply_is_left_out(loopback, client, cases):
    rule = json.loads((cases / "LLM-09" / "mock_llm.json").read_text())["error"]
    error = {"status": rule.pop("status"), "error": rule}
    server = loopback(lambda r: error if "R002" in r["messages"][1]["content"] else GOOD)
    asker = client(server)
    ids = ["R001", "R002", "R003", "R004", "R005"]
    answers, refused = in_pieces(lambda part: (ask(asker, " ".join(part)), list(part)), ids)
    assert refused == ["R002"]
    assert sorted(i for _, part in answers for i in part) == ["R001", "R003", "R004", "R005"]
    assert sum("R002" in u for u in server.users) <= 3


def test_at_most_three_calls_hold_the_refused_one_in_a_large_batch(loopback, client):
    server = loopback(lambda r: FILTERED if "R50." in r["messages"][1]["content"] else GOOD)
    asker = client(server)
    ids = [f"R{n}." for n in range(100)]
    answers, refused = in_pieces(lambda part: (ask(asker, "".join(part)), list(part)), ids)
    assert refused == ["R50."]
    assert sum(len(part) for _, part in answers) == 99
    assert sum("R50." in u for u in server.users) == 3


def test_overflow_is_halved_until_it_fits(loopback, client):
    long = {"status": 400, "error": {"code": "context_length_exceeded"}}
    server = loopback(lambda r: long if len(r["messages"][1]["content"]) > 12 else GOOD)
    asker = client(server)
    answers, lost = in_pieces(
        lambda part: (ask(asker, "".join(part)), list(part)), [f"R{n}" for n in range(10)]
    )
    assert lost == []
    assert [i for _, part in answers for i in part] == [f"R{n}" for n in range(10)]


# ---------------------------------------------------------------- joining by id
def test_a_reply_is_joined_by_id(cases):
    mock = json.loads((cases / "LLM-04" / "mock_reply.json").read_text())
    ids = [f"R{n:03}" for n in range(1, 11)]
    accepted, again = by_id(
        ids,
        [(label["id"], label["theme"]) for label in mock["labels"]],
        lambda theme: theme in mock["allowed_themes"],
    )
    assert sorted(accepted) == ["R001", "R002", "R004", "R006", "R008", "R009", "R010"]
    assert again == ["R003", "R005", "R007"]
    assert accepted["R008"] == "B"


# ---------------------------------------------------------------- budget and cache
def test_the_budget_of_calls_stops_cleanly(loopback, client):
    server = loopback([GOOD])
    asker = client(server, max_calls=3)
    for n in range(3):
        ask(asker, str(n))
    with pytest.raises(BudgetSpent, match="3 calls"):
        ask(asker, "3")
    assert len(server.requests) == asker.usage.calls == 3
    assert asker.usage.failed == 0


def test_the_budget_of_tokens_is_not_overrun_by_the_next_prompt(loopback, client):
    server = loopback([GOOD])
    asker = client(server, max_tokens=1_000)
    ask(asker, "short")
    with pytest.raises(BudgetSpent):
        ask(asker, "x" * 8_000)
    assert len(server.requests) == 1
    assert 0 < asker.usage.tokens < 1_000


def test_the_same_call_is_paid_once_and_another_is_asked(loopback, client, tmp_path):
    server = loopback([GOOD])
    for _ in range(2):
        asker = client(server)
        for n in range(4):
            ask(asker, f"reply {n}")
    assert (asker.usage.cached, asker.usage.calls, len(server.requests)) == (4, 0, 4)
    ask(asker, "reply 3, one word changed")
    assert len(server.requests) == 5

    class Other(pydantic.BaseModel):
        result: list[Literal["needs human review", "phone line"]]

    asker.ask("test.v1", "system", "reply 0", Other)
    asker.ask("test.v1", "another system", "reply 0", Points)
    assert len(server.requests) == 7
    for file in (tmp_path / "calls").iterdir():
        file.write_text('{"content": "tor')
    ask(asker, "reply 0")
    assert len(server.requests) == 8


CHILD = """
import sys
from pathlib import Path
import pydantic
from analysis.llm import Client, LlmConfig
class Points(pydantic.BaseModel):
    result: list[str]
client = Client(LlmConfig("test-model", sys.argv[1], "k"), Path(sys.argv[2]))
for n, text in enumerate(sys.argv[3:]):
    client.ask("test.v1", "system", text, Points)
print(client.usage.calls, client.usage.cached)
"""


def test_a_killed_run_goes_on_where_it_was(loopback, cases, tmp_path):
    texts = (cases / "LLM-12" / "responses.csv").read_text().splitlines()[1:]
    assert len(texts) == 20
    calm = False

    def script(_request: dict[str, Any]) -> dict[str, Any]:
        return GOOD if calm or len(server.requests) <= 7 else {"hang": 60}

    server = loopback(script)

    def start(texts: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", CHILD, server.base_url, str(tmp_path / "calls"), *texts],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )

    child = start(texts)
    until = time.monotonic() + 60
    while len(server.requests) < 8 and child.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    child.kill()
    child.communicate()
    calm = True
    assert start(texts).communicate()[0].split() == ["13", "7"]
    assert len(server.requests) == 20 + 1  # and the one in flight
    edited = [t.replace("Records", "Files") for t in texts]
    assert sum(a != b for a, b in zip(texts, edited, strict=True)) == 1
    assert start(edited).communicate()[0].split() == ["1", "19"]


# ---------------------------------------------------------------- keys
def test_a_refused_key_is_named_nowhere(loopback, client, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    echo = {"code": "invalid_api_key", "message": f"Incorrect API key provided: {KEY}."}
    server = loopback([GOOD, {"status": 401, "error": echo}])
    asker = client(server)
    ask(asker)
    with pytest.raises(KeyRefused, match="key was refused") as caught:
        ask(asker, "second")
    assert server.headers[1]["authorization"] == f"Bearer {KEY}"
    assert len(server.requests) == 2
    error: BaseException = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = "".join(traceback.format_exception(error))
    kept = "".join(f.name + f.read_text() for f in Path(tmp_path).rglob("*") if f.is_file())
    said = [shown, repr(asker.config), repr(asker), repr(asker.usage), kept, caplog.text]
    assert "FAKE-KEY-0000" not in "".join(said)
    assert kept


def test_other_refusals_of_the_request_stop_without_repeating_the_server(loopback, client):
    error = {"code": "model_not_found", "message": f"{KEY} may not use this"}
    with pytest.raises(Stopped, match="test-model") as caught:
        ask(client(loopback([{"status": 404, "error": error}])))
    assert isinstance(caught.value, BackendError)
    assert "FAKE" not in str(caught.value)


def test_replies_are_not_carried_to_another_address(loopback, client):
    other = loopback([GOOD])
    moved = {"status": 307, "headers": {"Location": f"{other.base_url}/chat/completions"}}
    with pytest.raises(BackendError):
        ask(client(loopback([moved])))
    assert other.requests == []
