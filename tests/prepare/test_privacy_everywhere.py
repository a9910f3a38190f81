"""What is hidden in an answer is in no file, theme, quote or prompt but the text as received."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis.export.folder import files
from analysis.llm import Client, LlmConfig
from analysis.pipeline import run
from analysis.prepare import privacy_ner
from analysis.records import Run
from analysis.settings import LlmSettings, Settings
from analysis.store.artefacts import Artefacts
from tests.llm.loopback import serve
from tests.llm.test_in_the_line import TEXTS, answers
from tests.make import consultation

PLANTED = (
    "Quillon", "Zarnecki", "07700 900456", "qz@zw.example", "14 Example Street", "QQ 12 34 56 C",
    "Brannoc", "Zorblax",
)  # fmt: skip
PERSON = (
    "and I am Quillon Zarnecki of 14 Example Street, ring 07700 900456",
    "says Quillon Zarnecki to my son Brannoc, and Brannoc knows, with NI QQ 12 34 56 C",
    "and Zorblax agrees with my son Brannoc that Brannoc waits too long",
)


def told() -> Any:
    texts = [f"{text[:-1]}, {PERSON[n % 3]}." for n, text in enumerate(TEXTS)]
    made = consultation(texts, ["Support", "Oppose"] * 12)
    cells = [("R000", "Name", "Quillon Zarnecki"), ("R001", "E-mail", "qz@zw.example")]
    columns = ["respondent_id", "label", "value"]
    return replace(made, personal=pd.DataFrame(cells, columns=columns, dtype="str"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, str]:
    """A run with a model, and all that the model was sent."""
    place = tmp_path_factory.mktemp("run")
    settings = Settings(llm=LlmSettings(enabled=True, model="test-model"))
    with pytest.MonkeyPatch.context() as patch, serve(answers) as server:
        patch.setenv(privacy_ner.VARIABLE, "tests.prepare.toy_ner:toy")
        client = Client(LlmConfig("test-model", server.base_url, "FAKE", timeout=5.0), None)
        result = run(told(), settings, Artefacts(place), client=client, llm_reason="on")
        return result, json.dumps(server.requests, ensure_ascii=False)


def leaked(text: str) -> list[str]:
    return [planted for planted in PLANTED if planted.lower() in text.lower()]


def test_every_file_but_the_text_as_received(finished: tuple[Run, str]) -> None:
    made = files(finished[0])
    table = pd.read_csv(io.StringIO(made.pop("responses.csv")), dtype=str, keep_default_na=False)
    assert leaked(" ".join(table["text"])) == [p for p in PLANTED if p != "qz@zw.example"]
    made["responses.csv"] = table.drop(columns="text").to_csv()
    run_json = json.loads(made["run.json"])
    assert run_json["backends"].pop("personal data") == {
        "name": "rules, tests.prepare.toy_ner:toy 7",
        "reason": "set by HEARD_NER",
    }
    assert {name: leaked(text) for name, text in made.items() if leaked(text)} == {}
    assert "[name removed]" in made["responses.csv"]


def test_every_stage_after_preparing(finished: tuple[Run, str]) -> None:
    result = finished[0]
    frames = [result.points.points, result.themes.themes, result.groups.crosstabs]
    assert [leaked(frame.to_csv()) for frame in frames] == [[]] * 3
    assert leaked(json.dumps(result.summary.questions, ensure_ascii=False)) == []


def test_every_word_sent_to_a_model(finished: tuple[Run, str]) -> None:
    _, sent = finished
    assert len(sent) > 1000
    assert leaked(sent) == []
    assert "removed]" in sent
