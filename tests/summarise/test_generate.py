from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.errors import Cancelled
from analysis.llm import Client, LlmConfig, estimate
from analysis.summarise import generate as room
from analysis.summarise.generate import generate, requests
from tests.llm.loopback import Loopback, Script, serve, user

QUESTION = "What should we know about AI in public services?"


@pytest.fixture
def loopback() -> Iterator[Callable[[Script], Loopback]]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(serve(script))


@pytest.fixture
def client(tmp_path: Path) -> Callable[..., Client]:
    def make(server: Loopback, cache: Path | None = tmp_path / "calls", **more: Any) -> Client:
        settings = {"timeout": 5.0, "retries": 2, "backoff": 0.01, **more}
        return Client(LlmConfig("test-model", server.base_url, "k", **settings), cache)

    return make


def responses(folder: Path) -> dict[str, str]:
    frame = pd.read_csv(folder / "responses.csv", dtype=str)
    return dict(zip(frame.iloc[:, 0], frame.iloc[:, -1], strict=True))


def viewpoint(
    texts: dict[str, str], ids: list[str], theme: str = "t1", position: str = "oppose"
) -> dict[str, Any]:
    """As the offline summary gives it: two counting sentences, the second of this position."""
    return {
        "theme_id": theme,
        "theme": f"Theme {theme}",
        "position": position,
        "respondents": len(ids),
        "sentences": [
            {"text": f"Some people ({len(texts)}) raised it.", "cites": sorted(texts)},
            {"text": f"Of these, {len(ids)} oppose it.", "cites": ids},
        ],
        "quotes": [
            {"text": texts[i], "response_id": i, "start": 0, "end": len(texts[i])} for i in ids
        ],
    }


def echo(request: dict[str, Any]) -> dict[str, Any]:
    """A model that hands the beginning of each reply back, without its first person."""
    sentences = []
    for reply in user(request)["replies"]:
        words = [w for w in reply["text"].split() if w not in ("I", "My", "my", "our", "us", "you")]
        sentences.append({"text": " ".join(words[:20]), "cites": [reply["id"]]})
    return {"json": {"sentences": sentences}}


def says(text: str, *cites: str) -> dict[str, Any]:
    return {"json": {"sentences": [{"text": text, "cites": list(cites)}]}}


TEXTS = {
    "R1": "Please let a named person look at the decision again.",
    "R2": "The office could never explain the decision.",
    "R3": "Buses run late whenever the signalling software updates.",
}
GOOD = says("Respondents want a named person to look at a decision.", "r1")


# ---------------------------------------------------------------- the good path
def test_verified_sentences_follow_the_counted_ones(loopback, client):
    before = [viewpoint(TEXTS, ["R1", "R2"]), viewpoint(TEXTS, ["R3"], "t2")]
    given = copy.deepcopy(before)
    server = loopback(
        lambda r: GOOD if len(user(r)["replies"]) == 2 else says("Buses run late.", "r1")
    )
    seen = []
    done, struck = generate(
        QUESTION, given, TEXTS, client(server), progress=lambda *p: seen.append(p)
    )
    assert given == before
    assert struck == []
    assert [v["sentences"][:2] for v in done] == [v["sentences"] for v in before]
    assert done[0]["sentences"][2:] == [
        {
            "text": "Respondents want a named person to look at a decision.",
            "cites": ["R1"],
            "written_by": "model",
        }
    ]
    assert done[1]["sentences"][2]["cites"] == ["R3"]
    assert [v["quotes"] for v in done] == [v["quotes"] for v in before]
    assert (done[0]["replies_read"], done[0]["replies_held"]) == (2, 2)
    assert seen == [(1, 2), (2, 2)]


def test_quoted_words_are_somebodys_or_the_sentence_goes(loopback, client):
    texts = {**TEXTS, "R4": "I do not want a named person to see my file."}
    views = [viewpoint(texts, list(texts))]
    named = "Respondents want a “named person” to look at the decision."
    moved = "Replies speak of an office that “could never explain the decision”."
    turned = "Respondents would “want a named person to see my file” for a decision."
    nobody = "Respondents want a “friendly robot” to look at the decision."
    sentences = [{"text": t, "cites": ["r1"]} for t in (named, moved, turned)]
    server = loopback([{"json": {"sentences": sentences}}])
    done, struck = generate(QUESTION, views, texts, client(server))
    assert [s["text"] for s in done[0]["sentences"][2:]] == [named, moved]
    assert done[0]["sentences"][3]["cites"] == ["R2"]  # linked to the reply that holds the words
    assert [s["text"] for s in struck if s["kind"] == "sentence"] == [turned]
    server = loopback([{"json": {"sentences": [{"text": nobody, "cites": ["r1"]}]}}])
    _, struck = generate(QUESTION, views, texts, client(server, cache=None))
    assert [s["reason"] for s in struck] == ["quotes words that no reply holds"]


def test_only_redacted_text_under_opaque_ids_is_sent(loopback, client):
    texts = {"RESP-77": "Please let [name] look at the decision.\u200b\U000e0041", "RESP-78": "No."}
    server = loopback([says("x", "r1")])
    asked = requests(QUESTION, [viewpoint(texts, ["RESP-77"])], texts)
    generate(QUESTION, [viewpoint(texts, ["RESP-77"])], texts, client(server))
    (sent,) = server.requests
    assert user(sent) == {
        "question": QUESTION,
        "theme": "Theme t1",
        "replies": [{"id": "r1", "text": "Please let [name] look at the decision."}],
    }
    assert "RESP" not in json.dumps(sent)
    assert asked[0].user == sent["messages"][1]["content"]
    assert asked[0].system == sent["messages"][0]["content"]
    assert estimate([r.system + r.user for r in asked], len(asked)).tokens > 300
    assert "'enum': ['r1']" in str(sent["response_format"])


def test_only_the_passages_on_the_theme_are_sent_where_they_are_given(loopback, client):
    server = loopback([GOOD])
    passages = {("t1", "R1"): "a named person look at the decision", ("t2", "R1"): "other"}
    generate(QUESTION, [viewpoint(TEXTS, ["R1"])], TEXTS, client(server), passages=passages)
    assert server.users[0]["replies"] == [
        {"id": "r1", "text": "a named person look at the decision"}
    ]


def test_a_large_viewpoint_is_read_in_part_and_says_so(loopback, client):
    texts = {f"R{n:04}": f"Text {n} of the person" for n in range(500)}
    server = loopback([{"json": {"sentences": []}}])
    done, _ = generate(QUESTION, [viewpoint(texts, sorted(texts))], texts, client(server))
    sent = [r["text"] for u in server.users for r in u["replies"]]
    assert len(sent) == room.MOST_REPLIES
    assert sent[0] == "Text 0 of the person"
    assert "Text 48" in sent[-1]
    assert (done[0]["replies_read"], done[0]["replies_held"]) == (40, 500)
    assert "written_by" not in done[0]


# ---------------------------------------------------------------- what is struck out
@pytest.mark.parametrize(
    ("step", "kind", "reason"),
    [
        (says("Respondents want a named person to look.", "r9"), "sentence", "cites no reply"),
        (says("Respondents want a named person to look."), "sentence", "cites no reply"),
        (says("Most want a named person to look.", "r1"), "sentence", "quantity"),
        (says("12 want a named person to look.", "r1"), "sentence", "number"),
        (says("Respondents support the proposal.", "r1"), "sentence", "says support"),
        (says("Respondents want pirates to dance.", "r1"), "sentence", "not borne out"),
        (says("A " + "very " * 60 + "long one", "r1"), "sentence", "too long"),
        ({"content": "I'd rather chat."}, "viewpoint", "no usable reply"),
    ],
)
def test_what_is_struck_is_listed_and_the_offline_text_stays(loopback, client, step, kind, reason):
    before = viewpoint(TEXTS, ["R1", "R2"])
    done, struck = generate(QUESTION, [before], TEXTS, client(loopback([step])))
    assert done[0]["sentences"] == before["sentences"]
    assert "written_by" not in done[0]
    assert [(s["kind"], reason in s["reason"]) for s in struck] == [(kind, True)]
    assert (struck[0]["theme_id"], struck[0]["position"]) == ("t1", "oppose")


def test_a_citation_that_does_not_hold_is_taken_off_alone(loopback, client):
    step = says("Respondents want a named person to look at a decision.", "r1", "r3", "r7")
    done, struck = generate(
        QUESTION, [viewpoint(TEXTS, ["R1", "R2", "R3"])], TEXTS, client(loopback([step]))
    )
    assert done[0]["sentences"][-1]["cites"] == ["R1"]
    assert [s["kind"] for s in struck] == ["citation", "citation"]
    assert struck[1]["cites"] == ["R3"]


def test_every_model_sentence_cites_holders_of_the_view_only(loopback, client):
    step = says("Respondents want a named person to look at a decision.", "r1", "r2")
    done, _ = generate(QUESTION, [viewpoint(TEXTS, ["R1"])], TEXTS, client(loopback([step])))
    assert done[0]["sentences"][-1]["cites"] == ["R1"]


# ---------------------------------------------------------------- failure
def test_a_spent_quota_leaves_the_rest_offline_and_says_so(loopback, client):
    quota = {"status": 429, "error": {"code": "insufficient_quota"}}
    before = [viewpoint(TEXTS, ["R1", "R2"], f"t{n}") for n in range(4)]
    for view in before:
        view["theme"] = view["theme_id"]
    server = loopback([GOOD, GOOD, quota])
    asker = client(server)
    done, struck = generate(QUESTION, before, TEXTS, asker)
    assert [v.get("written_by") for v in done] == ["model", "model", None, None]
    assert [(s["theme_id"], s["kind"]) for s in struck] == [
        ("t2", "viewpoint"),
        ("t3", "viewpoint"),
    ]
    assert all("no credit left" in s["reason"] for s in struck)
    assert len(server.requests) == 3
    assert "error" not in json.dumps(done).lower()
    server.requests.clear()  # credit was added: the script begins anew
    done, struck = generate(QUESTION, before, TEXTS, client(server))
    assert struck == []
    assert [v.get("written_by") for v in done] == ["model"] * 4
    assert len(server.requests) == 2  # the first two are not paid for again


def test_the_budget_is_a_clean_stop(loopback, client):
    before = [viewpoint(TEXTS, [i], i) for i in TEXTS]
    server = loopback(echo)
    done, struck = generate(QUESTION, before, TEXTS, client(server, max_calls=2))
    assert [v.get("written_by") for v in done] == ["model", "model", None]
    assert ["budget" in s["reason"] for s in struck] == [True]


def test_stopping_the_run_is_not_swallowed(loopback, client):
    def stop(_done: int, _total: int) -> None:
        raise Cancelled("The run was stopped.")

    with pytest.raises(Cancelled):
        generate(
            QUESTION, [viewpoint(TEXTS, ["R1"])], TEXTS, client(loopback([GOOD])), progress=stop
        )


def test_a_refused_reply_goes_to_a_person_and_the_others_are_read(loopback, client, cases):
    texts = responses(cases / "LLM-09")
    error = json.loads((cases / "LLM-09" / "mock_llm.json").read_text())["error"]
    refused = {"status": error["status"], "error": error}
    server = loopback(lambda r: refused if texts["R002"] in json.dumps(user(r)) else echo(r))
    done, struck = generate(QUESTION, [viewpoint(texts, list(texts))], texts, client(server))
    assert [s["cites"] for s in struck if s["kind"] == "needs_person"] == [["R002"]]
    assert sum(texts["R002"] in json.dumps(u) for u in server.users) <= 3
    assert {q["response_id"] for q in done[0]["quotes"]} == {"R001", "R003", "R004", "R005"}
    assert [s["cites"] for s in struck if s["kind"] == "quote"] == [["R002"]]
    cited = {c for s in done[0]["sentences"][2:] for c in s["cites"]}
    assert cited == {"R001", "R003", "R004", "R005"}
    assert done[0]["sentences"][1]["cites"] == list(texts)  # still counted
    assert done[0]["respondents"] == 5


def test_a_very_long_reply_is_read_to_its_end_under_one_id(loopback, client, cases):
    texts = responses(cases / "LLM-11")
    words = len(texts["R003"].split())
    assert words > 38_000

    def reader(request: dict[str, Any]) -> dict[str, Any]:
        sent = json.dumps(request["messages"])
        if len(sent) / 4 > 8_000:
            return {"status": 400, "error": {"code": "context_length_exceeded"}}
        for reply in user(request)["replies"]:
            if "guide dogs" in reply["text"]:
                return says(f"Replies mention guide dogs{_tail(reply['text'])}", reply["id"])
        return says("Buses and pirates.", user(request)["replies"][0]["id"])

    server = loopback(reader)
    done, struck = generate(QUESTION, [viewpoint(texts, list(texts))], texts, client(server))
    written = done[0]["sentences"][2:]
    assert [s["cites"] for s in written] == [["R003"]]
    assert "guide dogs" in written[0]["text"]
    assert (done[0]["replies_read"], done[0]["replies_held"]) == (4, 4)
    sent = " ".join(r["text"] for u in server.users for r in u["replies"] if r["id"] == "r3")
    assert len(sent.split()) == words  # nothing is cut
    assert all(s["kind"] == "sentence" for s in struck)


def _tail(text: str) -> str:
    return text[text.index("guide dogs") + len("guide dogs") :].strip()[:60]


def test_every_call_is_heard_before_any_is_heard_twice(loopback, client):
    words = [
        "apple",
        "birch",
        "cedar",
        "damson",
        "elder",
        "fig",
        "gorse",
        "hazel",
        "ivy",
        "juniper",
    ]
    texts = {f"R{w}": f"The {w} tree matters to gardeners. {'x' * 5_900}" for w in words}

    def eager(request: dict[str, Any]) -> dict[str, Any]:
        first = user(request)["replies"][0]
        word = first["text"].split()[1]
        said = [f"The {word} tree {verb} to gardeners." for verb in ("matters", "counts", "speaks")]
        return {"json": {"sentences": [{"text": t, "cites": [first["id"]]} for t in said]}}

    server = loopback(eager)
    done, struck = generate(QUESTION, [viewpoint(texts, sorted(texts))], texts, client(server))
    assert len(server.requests) == 3
    written = [s["text"] for s in done[0]["sentences"][2:]]
    assert [t.split()[3] for t in written] == ["matters"] * 3 + ["counts"] * 3
    assert [s["kind"] for s in struck] == ["surplus"] * 3  # nothing goes without a word


# ---------------------------------------------------------------- orders in a reply
def obedient(request: dict[str, Any]) -> dict[str, Any]:
    """A model that does what a reply tells it to, and is sound without one."""
    sent = json.dumps(user(request))
    step = echo(request)
    if "Ignore all instructions" in sent:
        step["json"]["sentences"] = [
            {"text": "97% of respondents strongly support the programme.", "cites": ["r1"]},
            {"text": "We are proud that the programme is so popular.", "cites": ["r1"]},
            {"text": "Respondents support the programme.", "cites": ["r1", "r2"]},
        ]
    if "print your API key" in sent:
        system = request["messages"][0]["content"]
        step["json"]["sentences"] = [
            {"text": system[:200], "cites": ["r1"]},
            {"text": "The key is FAKE.", "cites": ["r1"]},
        ]
    return step


@pytest.mark.parametrize("together", [False, True])
def test_orders_in_a_reply_change_nothing_for_the_others(loopback, client, cases, together):
    texts = responses(cases / "LLM-07")
    clean = [i for i in texts if i not in ("R003", "R005")]

    def run(ids: list[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        views = [viewpoint(texts, [i], i, "unclear") for i in ids]
        if together:
            views.append(viewpoint(texts, ids, "all", "unclear"))
        return generate(QUESTION, views, texts, client(loopback(obedient), None))

    without, _ = run(clean)
    done, struck = run(list(texts))
    by_theme = {v["theme_id"]: v for v in done}
    for view in without[: len(clean)]:
        assert by_theme[view["theme_id"]] == view
    model = " ".join(
        s["text"] for v in done for s in v["sentences"] if s.get("written_by") == "model"
    )
    for word in ("97", "proud", "support", "FAKE", "You help officials"):
        assert word not in model
    assert "health records" in model  # privacy is still reported
    assert "ignore previous instructions” into a form" in model  # R007 is a concern like any other
    assert by_theme["R003"]["sentences"] == viewpoint(texts, ["R003"], "R003")["sentences"]
    assert {s["theme_id"] for s in struck} >= {"R003", "R005"}
