"""The stage that turns points into vectors: each distinct text once, by one of two encoders."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.embed import minilm, multilingual
from analysis.embed.onnx_bert import WIDTH
from analysis.parallel import Progress, no_progress
from analysis.prepare.privacy import unnamed
from analysis.records import Points, Vectors
from analysis.settings import runtime

Embedder = Literal["minilm", "multilingual"]
MAPPED = 50_000  # vectors from which they are kept in a file while they are made
BLOCK = 8192
BUNDLED = "bundled, runs on this machine"
SWITCHED_ON = "switched on by the team: answers in all languages are grouped together"


class Encoder(Protocol):
    def encode(
        self,
        texts: Sequence[str],
        progress: Progress = no_progress,
        out: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]: ...


def encoder(embedder: Embedder) -> Encoder:
    """Raises BackendError when it is not installed."""
    return multilingual.Multilingual() if embedder == "multilingual" else minilm.MiniLM()


def name(embedder: Embedder) -> str:
    return multilingual.NAME if embedder == "multilingual" else minilm.NAME


def revision(embedder: Embedder) -> str:
    """Names the encoder in fingerprints."""
    return multilingual.revision() if embedder == "multilingual" else minilm.revision()


def choose(all_languages: bool) -> tuple[Embedder, str]:
    """The encoder to use, and why: the one for many languages if it is wanted and can be had."""
    if not all_languages:
        return "minilm", BUNDLED
    why_not = multilingual.problem()
    if why_not:
        return "minilm", f"{BUNDLED}. All languages together was switched on, but: {why_not}"
    return "multilingual", SWITCHED_ON


def embed(
    points: Points,
    progress: Progress = no_progress,
    embedder: Embedder = "minilm",
    ready: Vectors | None = None,
) -> Vectors:
    """Vectors of the distinct point texts, in the order of the sorted texts, as read `unnamed`.

    `ready`: vectors by the same encoder, which are not made again.
    """
    texts = sorted(set(points.points["text"]))
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    if ready is None:
        said = [unnamed(t) for t in texts]
        return Vectors(frame, encoder(embedder).encode(said, progress, _room(len(texts))))
    at = pd.Index(ready.texts["text"]).get_indexer(pd.Index(texts))
    new = [unnamed(t) for t, row in zip(texts, at, strict=True) if row < 0]
    vectors = _room(len(texts))
    for start in range(0, len(texts), BLOCK):
        part = at[start : start + BLOCK]
        vectors[start : start + BLOCK][part >= 0] = ready.vectors[part[part >= 0]]
    if new:
        vectors[at < 0] = encoder(embedder).encode(new, progress)
    return Vectors(frame, vectors)


def _room(count: int) -> NDArray[np.float32]:
    """Room for that many vectors: in memory, or for very many in a file without a name."""
    shape = (count, WIDTH)
    if count <= MAPPED:
        return np.zeros(shape, np.float32)
    runtime().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=runtime()) as file:
        return np.memmap(file, np.float32, "w+", shape=shape)
