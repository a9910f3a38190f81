"""The app as README starts it, and Debian's Chromium to drive it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT

SCREENSHOTS = Path(__file__).parent / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(home: Path, port: int, **settings: str) -> Iterator[str]:
    """The address of the app on a store in `home`; `settings` go into its environment."""
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    server = subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=ROOT,
        env={**os.environ, "HEARD_HOME": str(home), **settings}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _answers(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(60)  # a page that is being made is made to its end first
        _stop_workers(home)


def _answers(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")


def _stop_workers(home: Path) -> None:
    """The app's worker outlives it by design; here it ends with the test."""
    for process in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HEARD_HOME={home}".encode() in process.read_bytes():
                os.kill(int(process.parent.name), 15)
        except (OSError, ValueError):
            continue


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("home"), free_port()) as address:
        yield address


@pytest.fixture
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium (Debian: apt-get install chromium)")
    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1280, "height": 1000})
