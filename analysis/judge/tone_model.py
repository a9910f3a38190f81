"""A tone model of the shipped kind: logistic regression on vectors, word list and words.

Its weights are numbers in one .npz (no pickle). Where a text is unlike all that it was trained on,
the word list decides instead: measured on sources that it had not seen, the model alone is worse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit, log_softmax, softmax
from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.judge.lexicon import THRESHOLD, ironic, ruled, scores

Floats = NDArray[np.float32]
CLASSES = ("negative", "neutral", "positive")
WORDS = 2**14  # places for hashed words and pairs of words
CENTRES = 600  # kinds of text that stand for what it was trained on
# how much each kind of feature may say, before the penalty
SCALE = {"vector": 5.0, "words": 3.0}
PENALTY = 0.2
# Familiarity (cosine to the nearest centre) at which model and word list weigh the same.
FAMILIAR, WIDTH = 0.55, 0.04
LEXICON_SURE = 0.93  # the probability that the word list's answer stands for
SARCASM = 0.8  # praise by the word list is overruled by a model this sure of a complaint
PRAISE, DOUBT = 0.6, 0.1  # strong praise by the list holds where the model hardly doubts it
CLEAR = 0.55  # less sure than this is "unclear" …
CLEAR_ALONE = 0.75  # … and so is less sure than this where the word list says otherwise
_CUES = {
    "negated": r"\b(?:no|not|never|nothing|none|without|nobody|cannot|hardly|lack)\b|n't\b",
    "turn": r"\b(?:but|however|although|though|except|unfortunately)\b",
    "wish": r"\b(?:should|must|need|needs|ought|could|would|more|better|please|if)\b",
    "wait": r"\b(?:wait\w*|hours?|weeks|months|years|late|delay\w*)\b",
    "self": r"\b(?:i|me|my|we|us)\b",
}
_PATTERNS = tuple(re.compile(p) for p in _CUES.values())
_HASH = HashingVectorizer(
    n_features=WORDS, ngram_range=(1, 2), alternate_sign=False, norm="l2", binary=True
)


@dataclass(frozen=True)
class Weights:
    """dense: (features, 3); words: (WORDS, 3); bias: (3,); centres: (CENTRES, 384), unit length.

    temperature: what logits are divided by, so that a confidence is the share that is right.
    """

    dense: Floats
    words: Floats
    bias: Floats
    centres: Floats
    temperature: float

    def save(self, path: Path) -> None:
        half = {k: np.asarray(v, np.float16) for k, v in asdict(self).items() if k != "temperature"}
        temperature = np.float32(self.temperature)
        np.savez_compressed(path, allow_pickle=False, temperature=temperature, **half)

    @classmethod
    def load(cls, path: Path) -> Weights:
        with np.load(path, allow_pickle=False) as stored:
            arrays: dict[str, Any] = {k: stored[k].astype(np.float32) for k in stored.files}
        return cls(**{**arrays, "temperature": float(arrays["temperature"])})


@dataclass(frozen=True)
class Told:
    """Of each text: the best guess of CLASSES, its confidence, and whether it may be shown."""

    guess: NDArray[np.str_]
    confidence: NDArray[np.float64]
    clear: NDArray[np.bool_]
    lexicon: NDArray[np.str_]


def _cues(text: str) -> list[float]:
    lower = text.lower().replace("’", "'")
    words = max(len(lower.split()), 1)
    found = [len(p.findall(lower)) for p in _PATTERNS]
    shape = ["!" in text, "?" in text, np.log(words) / 3, sum(map(str.isupper, text)) / len(text)]
    return [*(3 * n / words for n in found), *(float(n > 0) for n in found), *map(float, shape)]


def _features(texts: Sequence[str], vectors: Floats) -> tuple[Floats, csr_matrix, Floats]:
    """Dense features, hashed words, and the compound score of the word list."""
    found = np.array([scores(t) for t in texts], np.float32).reshape(-1, 4)
    compound = found[:, 3]
    sides = np.c_[compound >= THRESHOLD, compound <= -THRESHOLD]
    curved = np.c_[np.maximum(compound, 0) ** 2, np.minimum(compound, 0) ** 2]
    cues = np.array([_cues(t) for t in texts], np.float32).reshape(len(texts), -1)
    dense = np.hstack([vectors * SCALE["vector"], found, sides, curved, cues]).astype(np.float32)
    return dense, _HASH.transform(texts) * SCALE["words"], compound


def _balance(labels: NDArray[Any], sources: NDArray[Any]) -> NDArray[np.float64]:
    """Every source counts the same, and within it every class by the root of its share."""
    weights = np.zeros(len(labels))
    for source in np.unique(sources):
        own = sources == source
        for label in np.unique(labels[own]):
            weights[own & (labels == label)] = (own & (labels == label)).sum() ** -0.5
        weights[own] /= weights[own].sum()
    balanced: NDArray[np.float64] = weights * len(labels) / weights.sum()
    return balanced


def _fitted(features: Any, labels: Any, weights: Any) -> LogisticRegression:
    model = LogisticRegression(C=PENALTY, max_iter=80, tol=1e-3)
    model.fit(features, labels, sample_weight=weights)
    return model


def _temperature(features: Any, labels: Any, weights: Any, folds: Any) -> float:
    """The divisor of the logits that makes held-out labels likeliest (Guo et al. 2017)."""
    held = folds == 0
    model = _fitted(features[~held], labels[~held], weights[~held])
    logits = model.decision_function(features[held])
    right = np.searchsorted(CLASSES, labels[held])
    grid = np.linspace(0.6, 2.5, 39)
    loss = [-log_softmax(logits / t, axis=1)[np.arange(len(right)), right].mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def fit(
    texts: Sequence[str], vectors: Floats, labels: Sequence[str], sources: Sequence[str], seed: int
) -> Weights:
    """Train on labelled texts of several sources; labels are of CLASSES, all three present."""
    dense, words, _ = _features(texts, vectors)
    features = hstack([csr_matrix(dense), words]).tocsr()
    gold, origin = np.asarray(labels), np.asarray(sources)
    weights = _balance(gold, origin)
    folds = np.random.default_rng(seed).integers(0, 4, len(gold))
    temperature = _temperature(features, gold, weights, folds)
    model = _fitted(features, gold, weights)
    centres_of = MiniBatchKMeans(
        min(CENTRES, len(gold)), random_state=seed, n_init=1, batch_size=2048
    )
    kinds = centres_of.fit(vectors, sample_weight=weights)
    centres = kinds.cluster_centers_
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    coefficients = model.coef_.T.astype(np.float32)
    split = dense.shape[1]
    return Weights(
        coefficients[:split], coefficients[split:], model.intercept_.astype(np.float32),
        centres.astype(np.float32), temperature,
    )  # fmt: skip


def tell(weights: Weights, texts: Sequence[str], vectors: Floats) -> Told:
    """Judge each text alone. vectors: float32 (texts, 384) of the bundled encoder, unit length."""
    dense, words, compound = _features(texts, vectors)
    logits = dense @ weights.dense + words @ weights.words + weights.bias
    model = softmax(logits / weights.temperature, axis=1)
    listed = np.where(compound >= THRESHOLD, 2, np.where(compound <= -THRESHOLD, 0, 1))
    near = (vectors @ weights.centres.T).max(axis=1)
    trust = expit((near - FAMILIAR) / WIDTH)[:, None]
    by_list = np.full((len(listed), 3), (1 - LEXICON_SURE) / 2)
    each = np.arange(len(listed))
    by_list[each, listed] = LEXICON_SURE
    guess = (trust * np.log(model) + (1 - trust) * np.log(by_list)).argmax(axis=1)
    guess[(listed == 2) & (model[:, 0] >= SARCASM)] = 0
    praise = (compound >= PRAISE) & (model[:, 0] < DOUBT)
    guess[praise] = 2
    sure = model[each, guess]
    clear = (sure >= np.where(guess == listed, CLEAR, CLEAR_ALONE)) | praise
    _by_rule(texts, model, guess, clear)
    names = np.array(CLASSES)
    return Told(names[guess], sure, clear, names[listed])


def _by_rule(texts: Sequence[str], model: Any, guess: Any, clear: Any) -> None:
    """Outright negations decide, and praise that looks hollow is not believed; in place."""
    for i, text in enumerate(texts):
        outright = ruled(text)
        if outright:
            guess[i] = CLASSES.index(outright)
            clear[i] = model[i, 2 - guess[i]] < SARCASM or guess[i] == 1
        elif guess[i] != 0 and ironic(text):
            clear[i] = False
