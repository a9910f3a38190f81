"""The tone of the wording, point by point: positive, neutral, negative or unclear.

Never a position. A model trained on several sources decides where a consultation is of their kind,
else a word list; "unclear" where the two disagree and the model is not sure, or where it is not
sure at all. It knows English only.
Sarcasm is often unclear and at times still taken for praise.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.errors import BackendError
from analysis.judge.lexicon import lexicon_tone
from analysis.judge.tone_model import KIN, Floats, Weights, likeness, tell
from analysis.records import Tone

WEIGHTS = Path(__file__).parent / "weights" / "tone.npz"
LANGUAGE = "en"  # of model and list; other answers have no tone rather than a neutral one
LEXICON = "VADER 3.3.2 lexicon with far and double negation, per point, English only"
BY_MODEL = (
    "default: trained on several sources; where a consultation is not of their kind, a word list "
    "decides and the model says what is left unclear"
)
BY_LEXICON = (
    "the tone model reads the vectors of the bundled encoder only, so the word list decides"
)


@cache
def _revision() -> str:
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12] if WEIGHTS.exists() else "missing"


def method(embedder: str) -> str:
    """What judges the tone when points were turned into vectors by `embedder`."""
    if embedder != "minilm":
        return LEXICON
    learnt = "small networks on MiniLM vectors and VADER, and a model of letter groups"
    return f"{learnt} ({_revision()}), per point, English only"


def reason(embedder: str) -> str:
    """Why that method."""
    return BY_MODEL if embedder == "minilm" else BY_LEXICON


@cache
def _weights() -> Weights:
    if not WEIGHTS.exists():
        raise BackendError(
            f"The tone model’s file {WEIGHTS.name} is missing from this installation. Install "
            "Heard again, or make it with: python -m tests.benchmarks.tone --train"
        )
    return Weights.load(WEIGHTS)


@dataclass(frozen=True)
class Kind:
    """How alike a consultation is to what the model was trained on, and so whether it decides."""

    likeness: float

    @property
    def kin(self) -> bool:
        return self.likeness >= KIN


def kind_of(batches: Iterable[Floats]) -> Kind:
    """Of the vectors of all passages. Raises BackendError when the model's file is missing."""
    return Kind(likeness(_weights(), batches))


def point_tones(texts: Sequence[str], vectors: Floats | None, kin: bool = False) -> list[Tone]:
    """The tone of each point, judged alone.

    vectors: float32 (texts, 384) of the bundled encoder, unit length; None: by the word list.
    kin: does the model decide (see `kind_of`)? Raises BackendError when its file is missing.
    """
    return [tone for tone, _ in judged_points(texts, vectors, kin)]


def judged_points(
    texts: Sequence[str], vectors: Floats | None, kin: bool = False
) -> list[tuple[Tone, tuple[float, ...]]]:
    """The same, each with the model's probabilities of CLASSES, () where there is no model."""
    if vectors is None:
        return [(lexicon_tone(t), ()) for t in texts]
    if not texts:
        return []
    told = tell(_weights(), texts, vectors, kin)
    names: dict[str, Tone] = {t: t for t in ("positive", "neutral", "negative")}
    return [
        (names[str(guess)] if clear else "unclear", tuple(map(float, shares)))
        for guess, clear, shares in zip(told.guess, told.clear, told.shares, strict=True)
    ]


def response_tone(tones: Iterable[str]) -> Tone:
    """A response is mixed when some of its points are positive and others negative.

    Without a negative point it is unclear when at least half of its points are.
    """
    counts = Counter(tones)
    if counts["mixed"] or (counts["positive"] and counts["negative"]):
        return "mixed"
    if counts["negative"]:
        return "negative"
    if counts["unclear"] and 2 * counts["unclear"] >= counts.total():
        return "unclear"
    return "positive" if counts["positive"] else "neutral"
