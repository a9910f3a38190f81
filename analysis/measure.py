"""Seconds and peak memory of a piece of work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

INTERVAL = 0.05  # seconds between two looks at the memory


@dataclass
class Cost:
    seconds: float = 0.0
    peak_mb: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """A Cost that is filled when the block ends; memory is this process's resident set."""
    cost, process, stop = Cost(), psutil.Process(), threading.Event()

    def watch() -> None:
        while True:
            cost.peak_mb = max(cost.peak_mb, process.memory_info().rss / 2**20)
            if stop.wait(INTERVAL):
                return

    watcher = threading.Thread(target=watch, daemon=True)
    start = time.perf_counter()
    watcher.start()
    try:
        yield cost
    finally:
        stop.set()
        watcher.join()
        cost.seconds = time.perf_counter() - start
