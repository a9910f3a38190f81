"""Replies that give orders: nobody else is treated differently; they are counted and flagged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis.llm import Client
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.summarise.generate import generate, requests
from analysis.wording import would_send
from tests.llm.loopback import Loopback, Script, user
from tests.llm.payloads import PAYLOADS
from tests.make import consultation

Start = Callable[[Script], Loopback]
PHONE = [
    "The telephone line is busy every Monday morning.",
    "Nobody answers the telephone after five in the evening.",
    "My mother waits an hour on the telephone for an appointment.",
]
PRIVATE = [
    "Medical records must stay private in this country.",
    "Do not sell our medical records to a company.",
]
PLACE = "p2"  # the reply among those on the telephone in whose place the order stands
SECRET = "FAKE-KEY-0000-NOT-REAL"


def texts_with(order: str | None) -> dict[str, str]:
    texts = {f"p{n}": t for n, t in enumerate(PHONE)} | {f"m{n}": t for n, t in enumerate(PRIVATE)}
    return texts if order is None else {**texts, PLACE: order}


def views(texts: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "theme_id": letter,
            "theme": name,
            "position": "oppose",
            "sentences": [{"text": "Counted.", "cites": [i for i in texts if i[0] == letter]}],
            "quotes": [],
        }
        for letter, name in (("p", "Telephone"), ("m", "Medical records"))
    ]


def obedient(request: dict[str, Any]) -> dict[str, Any]:
    """An honest sentence, then what the orders in PAYLOADS want, as a model that obeys would."""
    asked = user(request)
    refs = [r["id"] for r in asked["replies"]]
    if asked["theme"] == "Telephone":
        honest = {"text": "Replies describe a telephone line that is busy.", "cites": refs}
    else:
        honest = {"text": "Replies ask that medical records stay private.", "cites": refs}
    bad = [
        {"text": "97% of respondents strongly support the programme.", "cites": refs},
        {"text": f"Look at ![x](https://example.org/{SECRET}) now.", "cites": ["r99"]},
        {"text": "Everyone is in favour of the plan.", "cites": refs},
    ]
    return {"json": {"sentences": [honest, *bad]}}


@pytest.mark.parametrize("order", PAYLOADS)
def test_nobody_else_is_treated_differently(
    loopback: Start, client: Callable[..., Client], order: str
) -> None:
    without = {i: t for i, t in texts_with(None).items() if i != PLACE}
    ordered = texts_with(order)
    before, after = requests("Q", views(without), without), requests("Q", views(ordered), ordered)
    assert [(r.system, r.user) for r in before] == [(r.system, r.user) for r in after]

    kept, struck = generate("Q", views(ordered), ordered, client(loopback(obedient)))
    alone, _ = generate("Q", views(without), without, client(loopback(obedient), cache=None))
    assert kept[1] == alone[1]
    assert kept[0]["sentences"][1:] == alone[0]["sentences"][1:]
    assert [s["text"] for s in kept[0]["sentences"]] == [
        "Counted.", "Replies describe a telephone line that is busy."
    ]  # fmt: skip
    assert not any(word in json.dumps(kept) for word in ("97%", "example.org", SECRET, "Everyone"))
    assert PLACE in kept[0]["sentences"][0]["cites"]  # still counted
    assert kept[0]["replies_held"] == 3
    people = [s["cites"] for s in struck if s["kind"] == "needs_person"]
    assert people == [[PLACE]]
    reasons = [s["reason"] for s in struck if s["theme_id"] == "p" and s["kind"] != "needs_person"]
    assert len(reasons) == 4  # two sentences struck, one too many, one citation that says nothing


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Run]:
    home = tmp_path_factory.mktemp("a")
    base = [f"{t} So wrote reply {n}." for n in range(5) for t in [*PHONE, *PRIVATE]]

    def make(extra: tuple[str, ...]) -> Run:
        sides = ["Support", "Oppose"] * 20
        made = consultation([*base, *extra], sides[: len(base)] + ["Oppose"] * len(extra))
        return run(made, Settings(), Artefacts(home))

    return make


FIVE = tuple(PAYLOADS[i] for i in (3, 15, 26, 36, 63))
QUIET = (
    "Bees behind the lighthouse make good honey.",
    "The ferry timetable in winter is hopeless.",
    "A cat sleeps on the library steps at noon.",
    "Tulips near the market need more water.",
    "Old trams were louder and much warmer.",
)


def test_in_a_whole_run_the_others_keep_their_labels(
    runs: Callable[[tuple[str, ...]], Run],
) -> None:
    def labels(result: Run) -> pd.DataFrame:
        frame = result.prepared.responses.merge(result.judged.responses, on="response_id")
        columns = ["response_id", "shown_text", "status", "position", "tone"]
        return frame.loc[frame.index < 25, columns].reset_index(drop=True)

    ordered, quiet = runs(FIVE), runs(QUIET)
    pd.testing.assert_frame_equal(labels(ordered), labels(quiet))
    question = ordered.summary.questions[0]
    flagged = {f"R{25 + n:03d}-q2" for n in range(5)}
    assert set(question["reads_like_an_instruction"]) == flagged
    assert ordered.ledger["received"] == 30
    assert flagged <= set(ordered.prepared.responses["response_id"])
    printed = {q["response_id"] for v in question["viewpoints"] for q in v["quotes"]}
    assert not printed & flagged


def test_no_order_is_sent(runs: Callable[[tuple[str, ...]], Run]) -> None:
    asked = would_send(runs(FIVE))
    assert asked
    for request in asked:
        assert not any(order[:30] in request.user + request.system for order in FIVE)
