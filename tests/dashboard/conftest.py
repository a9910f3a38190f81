"""Pages on a store with the analysed sample."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.jobs import queue
from tests.conftest import ROOT

MAIN = str(ROOT / "dashboard" / "main.py")


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages are tested without a second process; the worker has tests of its own."""
    none = SimpleNamespace(Popen=lambda *_, **__: None, DEVNULL=subprocess.DEVNULL)
    monkeypatch.setattr(queue, "subprocess", none)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], AppTest]:
    """Opens the page at a path of the app, on the store in a home."""

    def opened(home: Path, path: str) -> AppTest:
        monkeypatch.setenv("HEARD_HOME", str(home))
        app = AppTest.from_file(MAIN, default_timeout=60)
        app.run()
        return app.switch_page(f"views/team/{path}.py").run() if path else app

    return opened


@pytest.fixture
def home(analysed_home: Path, tmp_path: Path) -> Path:
    """A copy of the analysed store, to be changed at will."""
    return Path(shutil.copytree(analysed_home, tmp_path / "home"))
