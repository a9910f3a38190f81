"""A whole run with a language model switched on, against a loopback server."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.export.brief import brief
from analysis.export.content import content_of
from analysis.export.report import brief_document, report
from analysis.export.transparency import record
from analysis.export.workbook import workbook
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.llm import Client
from analysis.pipeline import load, run
from analysis.review.editions import make
from analysis.settings import LlmSettings, Settings
from analysis.store.artefacts import Artefacts
from analysis.wording import would_send, writer
from tests.llm.loopback import Loopback, Script, user
from tests.make import consultation

TOPICS = {
    "phone": "The telephone line for appointments is busy every Monday morning number {}.",
    "privacy": "My medical records must stay private and be kept in this country number {}.",
    "cost": "Large computer contracts waste public money and run over budget number {}.",
}
TEXTS = [t.format(n) for t in TOPICS.values() for n in range(8)]
SETTINGS = Settings(llm=LlmSettings(enabled=True, model="test-model"))


def answers(request: dict[str, Any]) -> dict[str, Any]:
    """A model that names every theme it is shown and writes one sentence a viewpoint."""
    asked = user(request)
    if "groups" in asked:
        return {"json": {"merges": [
            {"themes": [g["id"] for g in asked["groups"][:2]], "reason": "Both hold a number."}
        ]}}  # fmt: skip
    if "themes" in asked:
        named = [
            {
                "id": t["id"],
                "name": f"Replies on {t['frequent_words'].split(';')[0]}",
                "description": "What it is about.",
            }
            for t in asked["themes"]
        ]
        return {"json": {"themes": named}}
    first = asked["replies"][0]
    return {
        "json": {
            "sentences": [{"text": first["text"].rstrip(" .0123456789"), "cites": [first["id"]]}]
        }
    }


def made() -> Any:
    return consultation(TEXTS, ["Support", "Oppose"] * 12)


def test_without_a_switch_nothing_is_sent(tmp_path: Path) -> None:
    client, reason = writer(LlmSettings(enabled=False), tmp_path)
    assert client is None
    result = run(made(), Settings(), Artefacts(tmp_path), llm_reason=reason)
    assert result.meta["left_the_machine"]["calls"] == 0
    assert "not switched on" in result.meta["backends"]["wording"]["reason"]


def test_switched_on_without_a_key_stays_offline_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    client, reason = writer(LlmSettings(enabled=True), tmp_path)
    assert client is None
    assert "no key is set" in reason


def test_names_come_from_the_model_and_what_was_sent_is_kept(
    loopback: Callable[[Script], Loopback], client: Callable[..., Client], tmp_path: Path
) -> None:
    server = loopback(answers)
    result = run(made(), SETTINGS, Artefacts(tmp_path), client=client(server), llm_reason="on")
    names = result.themes.themes["name"]
    assert names.str.startswith("Replies on").all()
    assert result.meta["left_the_machine"]["calls"] == len(server.requests) > 0
    assert result.meta["backends"]["wording"]["name"].startswith("test-model at http://127.0.0.1")
    sent = json.dumps(server.requests)
    assert "R000" not in sent
    for view in result.summary.questions[0]["viewpoints"]:
        assert view["theme"] in names.tolist()


def test_a_server_that_is_gone_leaves_the_offline_wording(
    loopback: Callable[[Script], Loopback], client: Callable[..., Client], tmp_path: Path
) -> None:
    server = loopback([{"status": 500}])
    asked = client(server, retries=0)
    result = run(made(), SETTINGS, Artefacts(tmp_path), client=asked, llm_reason="on")
    offline = run(made(), Settings(), Artefacts(tmp_path))
    assert result.themes.themes["name"].tolist() == offline.themes.themes["name"].tolist()
    assert result.meta["problems"]
    assert result.summary.questions[0]["written_by"] == "offline"


def test_llm_01_what_is_missing_is_said_on_the_page_and_in_every_export(
    loopback: Callable[[Script], Loopback], client: Callable[..., Client], tmp_path: Path
) -> None:
    spent = {"status": 429, "error": {"code": "insufficient_quota", "message": "error"}}
    server = loopback(lambda r: answers(r) if len(server.requests) <= 4 else spent)
    done = run(made(), SETTINGS, Artefacts(tmp_path), client=client(server), llm_reason="on")
    views = [v for q in done.summary.questions for v in q["viewpoints"]]
    left = [s for s in done.meta["struck"] if s["kind"] == "viewpoint"]
    assert 0 < len(left) < len(views)
    assert all("no credit left" in s["reason"] for s in left)
    assert len(server.requests) == 5
    content = content_of(done)
    note = f"Incomplete: the language model left {len(left)} parts unwritten"
    assert note in brief(content)
    for made_ in (report(content), brief_document(content), workbook(content), record(content)):
        with zipfile.ZipFile(io.BytesIO(made_)) as whole:
            said = b" ".join(whole.read(n) for n in whole.namelist() if n.endswith(".xml"))
        assert note.encode() in said
        assert b"error" not in said.lower()
    assert "error" not in brief(content).lower()


def test_llm_12_a_run_that_the_model_left_undone_goes_on_and_pays_nothing_twice(
    loopback: Callable[[Script], Loopback], client: Callable[..., Client], tmp_path: Path
) -> None:
    server, artefacts = loopback(answers), Artefacts(tmp_path)
    whole = run(made(), SETTINGS, Artefacts(tmp_path / "b"), client=client(server, cache=None))
    needed = len(server.requests)
    server.requests.clear()
    for calls in (1, 4):
        part = run(made(), SETTINGS, artefacts, client=client(server, max_calls=calls))
        assert part.meta["struck"]
        same = run(made(), SETTINGS, artefacts, client=client(server, max_calls=0))
        assert len(same.meta["struck"]) == len(part.meta["struck"])
    assert len(server.requests) == 5
    done = run(made(), SETTINGS, artefacts, client=client(server))
    assert len(server.requests) == needed
    assert done.meta["problems"] == whole.meta["problems"]
    assert done.meta["struck"] == whole.meta["struck"]
    assert done.summary == whole.summary
    assert done.meta["fingerprints"] == whole.meta["fingerprints"] != part.meta["fingerprints"]
    again = client(server)
    run(made(), SETTINGS, artefacts, client=again)
    assert again.usage.calls == again.usage.cached == 0  # taken from the store


def test_llm_09_what_a_person_must_read_is_counted_and_quoted_nowhere(
    loopback: Callable[[Script], Loopback], client: Callable[..., Client], tmp_path: Path
) -> None:
    offline = run(made(), Settings(), Artefacts(tmp_path))
    request = next(r for q in offline.summary.questions for r in q["asked_for"]["requests"])
    words, answer = request["text"], request["response_id"]
    filtered = {"status": 400, "error": {"code": "content_filter", "message": "no"}}
    server = loopback(lambda r: filtered if words in json.dumps(r["messages"]) else answers(r))
    artefacts = Artefacts(tmp_path)
    done = run(made(), SETTINGS, artefacts, client=client(server), llm_reason="on")
    people = [s["cites"] for s in done.meta["struck"] if s["kind"] == "needs_person"]
    assert people == [[answer]]
    assert done.ledger == offline.ledger
    artefacts.save("consultation", done.meta["fingerprints"]["consultation"], made())
    for result in (done, load(done.meta["fingerprints"], done.meta, artefacts)):
        asked = [r for q in result.summary.questions for r in q["asked_for"]["requests"]]
        assert next(r for r in asked if answer in r["cites"])["text"] == ""
        assert words not in json.dumps(result.summary.questions)
        assert words not in brief(content_of(result))
        page = make(result, "all")
        assert not [t for own in page.quotes.values() for t in own if words in t]
        assert words not in json.dumps([page.public, page.brief])
    assert words in str(make(offline, "all").quotes)


def test_what_would_be_sent_can_be_read_before(
    loopback: Callable[[Script], Loopback], client: Callable[..., Client], tmp_path: Path
) -> None:
    server = loopback(answers)
    before = would_send(run(made(), Settings(), Artefacts(tmp_path)))
    run(made(), SETTINGS, Artefacts(tmp_path), client=client(server), llm_reason="on")
    shown = [(r.system, r.user) for r in before]
    sent = [tuple(m["content"] for m in r["messages"][:2]) for r in server.requests]
    assert sent[0] == shown[0]
    assert len(shown) == len(sent)
    assert not any("R00" in user for _, user in shown)


def test_no_prompt_holds_personal_data_of_the_case(
    cases: Path,
    loopback: Callable[[Script], Loopback],
    client: Callable[..., Client],
    tmp_path: Path,
) -> None:
    """PRI-01: its replies, each inside three others, so that there is something to ask about."""
    data = pd.read_csv(cases / "PRI-01" / "pii.csv", dtype=str)
    column = data.columns[-1]
    replies = [f"{text[:-1]}, and {data[column][n % 8]}" for n, text in enumerate(TEXTS)]
    ids = [f"R{n:03}" for n in range(len(replies))]
    whole = pd.DataFrame({"Response ID": ids, column: replies})
    table = read(whole.to_csv(index=False).encode(), name="pii.csv")
    server = loopback(answers)
    built = build([table], propose([table], "T"))
    run(built, SETTINGS, Artefacts(tmp_path), client=client(server), llm_reason="on")
    assert server.requests
    sent = json.dumps(server.requests, ensure_ascii=False)
    masked = (
        "Testperson", "Sam Example", "14 Sample Street", "07700 900123", "01632 960001",
        "jo.testperson", "QQ 12 34 56 C", "HB/2026/00417", "Hilltop", "ZZ99 3VZ",
    )  # fmt: skip
    assert [text for text in masked if text in sent] == []
