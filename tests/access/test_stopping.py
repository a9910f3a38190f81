"""A server that is told to stop ends, whatever a browser leaves unread."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit

from dashboard.stopping import GRACE
from tests.browser.conftest import _answers, free_port
from tests.conftest import ROOT

STATIC = Path(streamlit.__file__).parent / "static"
PROCESS = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_browser_that_stops_reading_does_not_hold_the_server(
    tmp_path: Path, number: signal.Signals
) -> None:
    """Five megabytes asked for and not taken: uvicorn alone would wait for ever."""
    large = max(STATIC.rglob("*.js"), key=lambda file: file.stat().st_size)
    port = free_port()
    server = subprocess.Popen(
        [*PROCESS, str(port)], cwd=ROOT, env={**os.environ, "HEARD_HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _answers(f"http://localhost:{port}/_stcore/health")
        with socket.socket() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.connect(("127.0.0.1", port))
            path = large.relative_to(STATIC).as_posix()
            reader.sendall(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert reader.recv(12) == b"HTTP/1.1 200"
            server.send_signal(number)
            assert server.wait(GRACE + 5) == 128 + number
    finally:
        server.kill()
