"""Sentences that a model should never get past the checks, sent through a server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from analysis.embed.minilm import MiniLM
from analysis.llm import Client
from analysis.summarise.generate import generate
from tests.llm.loopback import Loopback, Script

TEXTS = {
    "R1": "Please let a named person look at the decision again before benefits are stopped.",
    "R2": "The office could never explain the decision to my mother.",
    "R3": "We do not want our medical records sold to insurance companies.",
    "R4": "Letters should be written in plain English.",
}
BAD = (
    ("Respondents want medical records sold to insurance companies.", ["r3"]),
    ("The office was able to explain the decision clearly to families.", ["r2"]),
    ("A clear plurality of replies ask for a named person to look at the decision.", ["r1"]),
    ("Nine in ten replies ask for letters in plain English.", ["r4"]),
    ("Replies overwhelmingly ask for letters written in plain English.", ["r4"]),
    ("Respondents welcome the proposal because letters are in plain English.", ["r4"]),
    ("Replies say that “the minister should resign over the decision”.", ["r1"]),
    ("Ministers should resign over the harbour in Lisbon.", ["r1", "r2"]),
    ("Letters in plain English are what the country wants.", ["r4"]),
    ("Almost no one wants medical records sold to insurance companies.", ["r3"]),
    ("The rest of the replies ask for plain English in letters.", ["r4"]),
    ("Respondents reject letters in plain English.", ["r4"]),
    ("One respondent, Jane Miller of Leeds, asks for letters in plain English.", ["r4"]),
)


def view() -> dict[str, Any]:
    cites = sorted(TEXTS)
    return {
        "theme_id": "t1", "theme": "Decisions", "position": "unclear", "respondents": 4,
        "sentences": [{"text": "All four raised it.", "cites": cites}], "quotes": [],
    }  # fmt: skip


@pytest.mark.parametrize(("text", "cites"), BAD)
def test_it_is_struck_and_the_true_one_beside_it_stays(
    loopback: Callable[[Script], Loopback],
    client: Callable[..., Client],
    text: str,
    cites: list[str],
) -> None:
    true = {"text": "Replies ask that a named person look at the decision.", "cites": ["r1"]}
    server = loopback([{"json": {"sentences": [{"text": text, "cites": cites}, true]}}])
    done, struck = generate("What?", [view()], TEXTS, client(server), encode=MiniLM().encode)
    assert [s["text"] for s in done[0]["sentences"][1:]] == [true["text"]]
    assert [s["text"] for s in struck if s["kind"] == "sentence"] == [text]
