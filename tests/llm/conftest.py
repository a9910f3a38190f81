"""`loopback(script)` starts a model server on 127.0.0.1 and `client(server)` asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from analysis.llm import Client, LlmConfig
from tests.llm.loopback import Loopback, Script, serve

KEY = "FAKE-KEY-0000-NOT-REAL"


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
