"""Per-item work on a Dask cluster: of two processes on this machine, or at a scheduler's address.

The only module that imports Dask, which is optional. The workers need the same version of Heard
and must give the same vectors, so that where a run was made does not show in its result.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.errors import BackendError
from analysis.parallel import AHEAD, in_window
from analysis.settings import PROJECT

LOCAL = "local"
LOCAL_WORKERS = 2
TRIES = 2  # more, for a batch whose worker died
WAIT = 30  # seconds until a scheduler that does not answer is given up
PROBE = "The waiting times are far too long, and nobody answers the telephone."
ABSENT = (
    "--dask needs the package distributed, which is not installed. Install it with: "
    "pip install --no-deps -r requirements-dask.txt"
)


class Cluster:
    """The workers of a connected client."""

    def __init__(self, client: Any, place: str) -> None:
        self._client = client
        self._workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        self.name = f"Dask, {self._workers} workers {place}"

    def map(self, fn: Callable[[Any], Any], batches: Iterator[Any]) -> Iterator[Any]:
        """`fn` of each batch, in the order of `batches`."""
        return in_window(
            lambda batch: self._client.submit(fn, batch, pure=False, retries=TRIES),
            batches,
            AHEAD * self._workers,
            self._client.cancel,
        )

    def check(self) -> None:
        """Raises BackendError if a worker has another version of Heard, or encodes differently."""
        own = mark()
        for address, theirs in self._client.run(mark, on_error="return").items():
            if isinstance(theirs, ImportError):
                raise BackendError(
                    f"The Dask worker at {address} does not have Heard. Install the same version "
                    "there, with its requirements, and start the worker in its folder."
                )
            if isinstance(theirs, BackendError):
                raise BackendError(f"The Dask worker at {address} cannot work: {theirs}")
            if isinstance(theirs, Exception):
                raise theirs
            if theirs[0] != own[0]:
                raise BackendError(
                    f"The Dask worker at {address} has another version of Heard. Install the same "
                    "version everywhere."
                )
            if theirs[1] != own[1]:
                raise BackendError(
                    f"The Dask worker at {address} gives other vectors than this machine: its "
                    "processor is of another kind. Use workers of one kind and start the run on "
                    "one of them."
                )


def mark() -> tuple[str, str]:
    """Hashes of Heard's own files here, and of the vector of a sentence."""
    from analysis.embed.minilm import shared

    files = sorted(p for p in (PROJECT / "analysis").rglob("*") if p.suffix in (".py", ".toml"))
    code = hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()
    vector = shared().encode([PROBE], local=True)
    return code, hashlib.sha256(vector.tobytes()).hexdigest()


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """A cluster, closed at the end; `address` is LOCAL or a scheduler's, such as tcp://host:8786.

    Raises BackendError if Dask is not installed, nobody answers or a worker does not fit.
    """
    if find_spec("distributed") is None:
        raise BackendError(ABSENT)
    distributed: Any = import_module("distributed")
    with tempfile.TemporaryDirectory(prefix="heard-dask-") as folder:
        if address == LOCAL:
            started = distributed.LocalCluster(
                n_workers=LOCAL_WORKERS, threads_per_worker=1, processes=True,
                dashboard_address=None, local_directory=str(Path(folder)), memory_limit=None,
                silence_logs=logging.ERROR,
            )  # fmt: skip
            with started, distributed.Client(started) as client:
                yield _checked(Cluster(client, "on this machine"))
            return
        try:
            client = distributed.Client(address, timeout=WAIT)
        except (OSError, ValueError, TimeoutError) as cause:
            raise BackendError(
                f"No Dask scheduler answers at {address}. Check the address (such as "
                "tcp://host:8786), and that the scheduler runs."
            ) from cause
        with client:
            yield _checked(Cluster(client, f"at {address}"))


def _checked(cluster: Cluster) -> Cluster:
    cluster.check()
    return cluster
