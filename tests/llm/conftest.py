"""`loopback(script)` starts a model server on 127.0.0.1 and `client(server)` asks it.

`themes` and `points` are four themes of two questions to ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.llm import Client, LlmConfig
from tests.llm.loopback import Loopback, Script, serve

KEY = "FAKE-KEY-0000-NOT-REAL"
SUBJECTS = {
    "q1-t01": ("Named person", "I want a named person to look at the decision again"),
    "q1-t02": ("Phone line", "the phone line must stay open for those without internet"),
    "q1-t03": ("Health records", "do not sell our health records to a supplier"),
    "q2-t01": ("Audit data", "an independent body should audit the data each year"),
}


@pytest.fixture
def loopback() -> Iterator[Callable[[Script], Loopback]]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(serve(script))


@pytest.fixture
def client(tmp_path: Path) -> Callable[..., Client]:
    def make(server: Loopback, cache: Path | None = tmp_path / "calls", **more: Any) -> Client:
        pause = {"pause": more.pop("pause")} if "pause" in more else {}
        defaults = {"timeout": 5.0, "retries": 4, "backoff": 0.02}
        config = LlmConfig("test-model", server.base_url, KEY, **{**defaults, **more})
        return Client(config, cache, **pause)

    return make


@pytest.fixture
def themes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "theme_id": list(SUBJECTS),
            "parent_id": "",
            "question_id": [i[:2] for i in SUBJECTS],
            "name": [name for name, _ in SUBJECTS.values()],
            "description": "Offline.",
            "keywords": [name.lower() for name, _ in SUBJECTS.values()],
            "stability": 0.5,
        }
    )


@pytest.fixture
def points() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"point_id": f"{theme}-p{n:03}", "theme_id": theme, "text": f"{text}, case {n}"}
            for theme, (_, text) in SUBJECTS.items()
            for n in range(30)
        ]
    )
