"""The one way to do per-item work: in order, in batches, on one or more workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int, int], None]


def no_progress(_done: int, _total: int) -> None:
    """For callers who do not watch."""


def map_batches(
    fn: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    *,
    batch: int = 256,
    workers: int | None = None,
    progress: Progress = no_progress,
) -> list[R]:
    """`fn` over `items` in batches; the result is in the order of `items`.

    `fn` must treat each item alone, so that the result does not depend on batch or workers. It
    runs in threads: meant for work that releases the interpreter lock. `progress` is called from
    the caller's thread and may raise to stop.
    """
    batches = [items[i : i + batch] for i in range(0, len(items), batch)]
    results: list[R] = []
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        try:
            for done in pool.map(fn, batches):
                results.extend(done)
                progress(len(results), len(items))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return results
