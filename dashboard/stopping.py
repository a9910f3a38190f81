"""An end that comes: a server that is told to stop does not wait for a slow browser for ever."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from types import FrameType

import streamlit as st

GRACE = 4.0  # seconds to finish what is being sent; then the process ends as it is


@asynccontextmanager
async def ends_in_time(_app: st.App) -> AsyncGenerator[None, None]:
    """Told to stop, uvicorn waits until every browser has its answer: an upload that a sleeping
    telephone never finishes would hold it. Nothing is lost: what the store said is committed, and
    the long work is the worker's."""
    for number in (signal.SIGTERM, signal.SIGINT):
        _within_grace(number)
    yield


def _within_grace(number: signal.Signals) -> None:
    before = signal.getsignal(number)

    def told(given: int, where: FrameType | None) -> None:
        timer = threading.Timer(GRACE, os._exit, (128 + given,))
        timer.daemon = True
        timer.start()
        if callable(before):
            before(given, where)

    signal.signal(number, told)
