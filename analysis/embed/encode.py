"""The stage that turns points into vectors: each distinct text once, by one of two encoders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.embed import minilm, multilingual
from analysis.parallel import Progress, no_progress
from analysis.records import Points, Vectors

Embedder = Literal["minilm", "multilingual"]
BUNDLED = "bundled, runs on this machine"
SWITCHED_ON = "switched on by the team: answers in all languages are grouped together"


class Encoder(Protocol):
    def encode(
        self, texts: Sequence[str], progress: Progress = no_progress
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
    """Vectors of the distinct point texts, in the order of the sorted texts.

    `ready`: vectors by the same encoder, which are not made again.
    """
    texts = sorted(set(points.points["text"]))
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    if ready is None:
        return Vectors(frame, encoder(embedder).encode(texts, progress))
    at = pd.Index(ready.texts["text"]).get_indexer(texts)
    new = [t for t, row in zip(texts, at, strict=True) if row < 0]
    vectors = np.empty((len(texts), ready.vectors.shape[1]), np.float32)
    vectors[at >= 0] = ready.vectors[at[at >= 0]]
    if new:
        vectors[at < 0] = encoder(embedder).encode(new, progress)
    return Vectors(frame, vectors)
