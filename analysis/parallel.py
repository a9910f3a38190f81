"""The one way to do per-item work: in order, in batches, on one or more workers or machines."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int, int], None]
Drop = Callable[[list[Any]], object]
BATCH = 256
AHEAD = 4  # batches under way for each worker; no more are held in memory


class Elsewhere(Protocol):
    """Other processes that take batches. `name` says in plain words who they are."""

    name: str

    def map(self, fn: Callable[[Any], Any], batches: Iterator[Any]) -> Iterator[Any]:
        """`fn` of each batch, in the order of `batches`, of which few are held at a time."""


_ELSEWHERE: ContextVar[Elsewhere | None] = ContextVar("elsewhere", default=None)


def no_progress(_done: int, _total: int) -> None:
    """For callers who do not watch."""


def no_drop(_left: list[Any]) -> None:
    """For futures that end by themselves."""


@contextmanager
def on(elsewhere: Elsewhere | None) -> Iterator[None]:
    """Work that may go to other processes goes there while this is open."""
    token = _ELSEWHERE.set(elsewhere)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


def where() -> str:
    """Who does the per-item work, in plain words."""
    elsewhere = _ELSEWHERE.get()
    return elsewhere.name if elsewhere else "threads of this process"


def map_batches(
    fn: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    *,
    batch: int = BATCH,
    workers: int | None = None,
    progress: Progress = no_progress,
    local: bool = False,
) -> list[R]:
    """`fn` over `items` in batches; the result is in the order of `items`. See `each_batch`."""
    results: list[R] = []
    for done in each_batch(fn, items, batch=batch, workers=workers, progress=progress, local=local):
        results.extend(done)
    return results


def each_batch(
    fn: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    *,
    batch: int = BATCH,
    workers: int | None = None,
    progress: Progress = no_progress,
    local: bool = False,
) -> Iterator[list[R]]:
    """`fn` of each batch of `items`, in order.

    `fn` must treat each item alone, so that the result does not depend on batch or workers, and
    must pickle, unless the work is `local`. Without other processes it runs in threads: quick for
    work that releases the interpreter lock. `progress` is called from the caller's thread and may
    raise to stop.
    """
    batches = (items[i : i + batch] for i in range(0, len(items), batch))
    elsewhere, done = _ELSEWHERE.get(), 0
    if elsewhere is not None and not local:
        results = elsewhere.map(fn, batches)
    else:
        results = _in_threads(fn, batches, workers or os.cpu_count() or 1)
    for result in results:
        done += len(result)
        yield result
        progress(done, len(items))


def _in_threads(
    fn: Callable[[Sequence[T]], list[R]], batches: Iterator[Sequence[T]], workers: int
) -> Iterator[list[R]]:
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from in_window(lambda batch: pool.submit(fn, batch), batches, AHEAD * workers)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def in_window(
    submit: Callable[[Any], Any], batches: Iterator[Any], most: int, drop: Drop = no_drop
) -> Iterator[Any]:
    """Results of futures in order; at most `most` batches and results are held at a time.

    `drop` is told of the futures that are left when it ends early.
    """
    waiting: deque[Any] = deque()
    try:
        for batch in batches:
            waiting.append(submit(batch))
            if len(waiting) >= most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        drop(list(waiting))
