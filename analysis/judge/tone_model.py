"""A tone model of the shipped kind: small neural networks, and a linear model of the letters.

The networks read vectors, word list and cues. All weights are numbers in one .npz (no pickle).
They decide only where a consultation is of a kind that they were trained on. Elsewhere the word
list does, for on sources of another kind the model alone was measured to be worse; it then only
says what is left unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import normalize

from analysis.judge.lexicon import THRESHOLD, ironic, ruled, scores
from analysis.prepare.points import split

Floats = NDArray[np.float32]
CLASSES = ("negative", "neutral", "positive")
NETS = 6  # networks whose probabilities are averaged
HIDDEN, PENALTY, EPOCHS, BATCH = 64, 5.0, 16, 200
LETTERS, BUCKETS = (2, 5), 2**14  # letters in a row that are counted, and the places they hash to
SPELLED, FREEDOM = 0.2, 2.0  # what their model weighs beside the networks; its inverse penalty
BALANCE = 0.5  # 0: every text counts the same; 1: every source, and its rarer tones more
PARTS = 4  # words from which a text is read sentence by sentence, too
# The likeness from which the model decides: half-way between the most alike of sources of another
# kind (.72) and what is measured between two sets of comments on one service (.94).
KIN = 0.85
FEWEST = 30  # passages from which likeness can be told
STRONG, DOUBT = 0.6, 0.1  # the list's strong praise is believed where the model hardly doubts it
OPPOSED = 0.8  # less sure than this is "unclear" where the word list strongly says the opposite
# The share of held-out texts that are not "unclear": the surest so many. The model trained on all
# texts is less sure than that trained for the threshold, so on unseen ones it is some points less.
SHOWN = 0.65
_CUES = {
    "negated": r"\b(?:no|not|never|nothing|none|without|nobody|cannot|hardly|lack)\b|n't\b",
    "turn": r"\b(?:but|however|although|though|except|unfortunately)\b",
    "wish": r"\b(?:should|must|need|needs|ought|could|would|more|better|please|if)\b",
    "wait": r"\b(?:wait\w*|hours?|weeks|months|years|late|delay\w*)\b",
    "self": r"\b(?:i|me|my|we|us)\b",
}
_PATTERNS = tuple(re.compile(p) for p in _CUES.values())


@dataclass(frozen=True)
class Weights:
    """mean, scale: (features,). first: (NETS, features, HIDDEN); second: (NETS, HIDDEN, 3).

    first_bias, second_bias: what is added. rarity: (BUCKETS,), letters: (BUCKETS, 3) and
    letters_bias of the linear model. means: (sources, 384), of their vectors, unit length.
    temperature: what logits are divided by, so that a confidence is the share that is right.
    clear: the confidence from which a tone is shown.
    """

    mean: Floats
    scale: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    rarity: Floats
    letters: Floats
    letters_bias: Floats
    means: Floats
    temperature: float
    clear: float

    def save(self, path: Path) -> None:
        numbers = asdict(self)
        half = {k: np.asarray(v, np.float16) for k, v in numbers.items() if np.ndim(v)}
        single = {k: np.float32(v) for k, v in numbers.items() if not np.ndim(v)}
        np.savez_compressed(path, allow_pickle=False, **half, **single)

    @classmethod
    def load(cls, path: Path) -> Weights:
        with np.load(path, allow_pickle=False) as stored:
            arrays: dict[str, Any] = {k: stored[k].astype(np.float32) for k in stored.files}
        plain: dict[str, Any] = {k: v if v.ndim else float(v) for k, v in arrays.items()}
        return cls(**plain)


@dataclass(frozen=True)
class Told:
    """Of each text: the best guess of CLASSES, its confidence, and whether it may be shown.

    shares: (texts, 3), the model's probabilities of CLASSES.
    """

    guess: NDArray[np.str_]
    confidence: NDArray[np.float64]
    clear: NDArray[np.bool_]
    lexicon: NDArray[np.str_]
    shares: NDArray[np.float64]


def _cues(text: str) -> list[float]:
    lower = text.lower().replace("’", "'")
    words = max(len(lower.split()), 1)
    found = [len(p.findall(lower)) for p in _PATTERNS]
    shape = ["!" in text, "?" in text, np.log(words) / 3, sum(map(str.isupper, text)) / len(text)]
    return [*(3 * n / words for n in found), *(float(n > 0) for n in found), *map(float, shape)]


def _parts(text: str, whole: float) -> list[float]:
    """The word list over the sentences of a text: highest, lowest, mean, last, first, several."""
    found = [scores(text[a:b])[3] for a, b in split(text, PARTS)]
    if len(found) < 2:
        return [whole] * 5 + [0.0]
    return [max(found), min(found), float(np.mean(found)), found[-1], found[0], 1.0]


def _features(texts: Sequence[str], vectors: Floats) -> tuple[Floats, Floats]:
    """(texts, features), and the compound score of the word list."""
    found = np.array([scores(t) for t in texts], np.float32).reshape(-1, 4)
    compound = found[:, 3]
    sides = np.c_[compound >= THRESHOLD, compound <= -THRESHOLD]
    curved = np.c_[np.maximum(compound, 0) ** 2, np.minimum(compound, 0) ** 2]
    cues = np.array([_cues(t) for t in texts], np.float32).reshape(len(texts), -1)
    parts = [_parts(t, float(c)) for t, c in zip(texts, compound, strict=True)]
    pooled = np.array(parts, np.float32).reshape(len(texts), -1)
    return np.hstack([vectors, found, sides, curved, cues, pooled]).astype(np.float32), compound


def _spelling(texts: Sequence[str]) -> csr_matrix:
    """How often each run of letters occurs, within words, on a logarithmic scale."""
    counter = HashingVectorizer(
        analyzer="char_wb", ngram_range=LETTERS, n_features=BUCKETS, alternate_sign=False, norm=None
    )
    counts: csr_matrix = counter.transform(texts)
    counts.data = 1 + np.log(counts.data)
    return counts


def _balance(labels: NDArray[Any], sources: NDArray[Any]) -> NDArray[np.float64]:
    """Weights between every text counting the same, and every source with its rarer tones more."""
    frame = pd.DataFrame({"source": sources, "label": labels})
    own = frame.groupby(["source", "label"])["label"].transform("size") ** -0.5
    even = own / own.groupby(frame["source"]).transform("sum")
    balanced: NDArray[np.float64] = (even * len(frame) / even.sum()).to_numpy() ** BALANCE
    return balanced


def _fitted(
    features: Floats, vectors: Floats, counts: csr_matrix, labels: Any, sources: Any, seed: int
) -> Weights:
    """Networks, linear model and means, neither tempered nor with a threshold yet."""
    weights = _balance(labels, sources)
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-3
    nets = [
        MLPClassifier(
            (HIDDEN,), alpha=PENALTY, batch_size=BATCH, max_iter=EPOCHS, random_state=seed + n,
            n_iter_no_change=EPOCHS,
        ).fit((features - mean) / scale, labels, sample_weight=weights)
        for n in range(NETS)
    ]  # fmt: skip
    means = np.stack([vectors[sources == s].mean(axis=0) for s in np.unique(sources)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    layers = [
        a for k in (0, 1) for a in ([n.coefs_[k] for n in nets], [n.intercepts_[k] for n in nets])
    ]
    scaled = TfidfTransformer().fit(counts)
    linear = LogisticRegression(C=FREEDOM, max_iter=200)
    linear.fit(scaled.transform(counts), labels, sample_weight=weights)
    spelled = scaled.idf_, linear.coef_.T, linear.intercept_
    arrays = (np.asarray(a, np.float32) for a in (mean, scale, *layers, *spelled, means))
    values: list[Any] = [*arrays, 1.0, 0.0]
    return Weights(*values)


def _logits(weights: Weights, features: Floats, counts: csr_matrix) -> Floats:
    """The logarithms of each class's probability, of networks and linear model together."""
    scaled = (features - weights.mean) / weights.scale
    hidden = np.maximum(np.einsum("tf,nfh->nth", scaled, weights.first, optimize=True)
                        + weights.first_bias[:, None], 0)  # fmt: skip
    each = np.einsum("nth,nhc->ntc", hidden, weights.second, optimize=True)
    shares = softmax(each + weights.second_bias[:, None], axis=2).mean(axis=0)
    own = normalize(counts @ diags(weights.rarity))
    spelled = log_softmax(own @ weights.letters + weights.letters_bias, axis=1)
    logits: Floats = (1 - SPELLED) * np.log(shares + 1e-9) + SPELLED * spelled
    return logits


def _temperature(logits: Floats, labels: NDArray[Any]) -> float:
    """The divisor of the logits that makes held-out labels likeliest (Guo et al. 2017)."""
    right = np.searchsorted(CLASSES, labels)
    grid = np.linspace(0.5, 2.5, 41)
    loss = [-log_softmax(logits / t, axis=1)[np.arange(len(right)), right].mean() for t in grid]
    return float(grid[int(np.argmin(loss))])


def _threshold(told: Told) -> float:
    """The confidence at which SHOWN of the held-out texts are shown, as far as rules allow."""
    able = np.sort(told.confidence[told.clear])[::-1]
    return float(able[min(int(SHOWN * len(told.guess)), len(able)) - 1])


def fit(
    texts: Sequence[str], vectors: Floats, labels: Sequence[str], sources: Sequence[str], seed: int
) -> Weights:
    """Train on labelled texts of several sources; labels are of CLASSES, all three present.

    Temperature and threshold come from a quarter that is held out; then all rows are trained on.
    """
    (features, _), counts = _features(texts, vectors), _spelling(texts)
    gold, source = np.asarray(labels), np.asarray(sources)
    held = np.random.default_rng(seed).integers(0, 4, len(gold)) == 0
    kept = ~held
    part = _fitted(features[kept], vectors[kept], counts[kept], gold[kept], source[kept], seed)
    temperature = _temperature(_logits(part, features[held], counts[held]), gold[held])
    own = [t for t, h in zip(texts, held, strict=True) if h]
    told = tell(replace(part, temperature=temperature), own, vectors[held], kin=True)
    whole = _fitted(features, vectors, counts, gold, source, seed)
    return replace(whole, temperature=temperature, clear=_threshold(told))


def likeness(weights: Weights, batches: Iterable[Floats]) -> float:
    """How alike all passages of a consultation are to the most similar source: up to 1.

    The cosine of the mean vector with that of the source, freed of what chance takes from the mean
    of few; 0 under FEWEST passages, or where they have nothing in common.
    """
    total, n = np.zeros(weights.means.shape[1]), 0
    for vectors in batches:
        total, n = total + vectors.sum(axis=0, dtype=np.float64), n + len(vectors)
    if n < FEWEST:
        return 0.0
    mean = total / n
    common = (n * float(mean @ mean) - 1) / (n - 1)  # of the mean's square, without the noise in it
    return min(1.0, float((weights.means @ mean).max()) / common**0.5) if common > 0 else 0.0


def tell(weights: Weights, texts: Sequence[str], vectors: Floats, kin: bool) -> Told:
    """Judge each text alone. vectors: float32 (texts, 384) of the bundled encoder, unit length.

    kin: are the texts of a kind that the model was trained on (`likeness` of KIN or more)?
    """
    features, compound = _features(texts, vectors)
    logits = _logits(weights, features, _spelling(texts))
    model = softmax(logits / weights.temperature, axis=1).astype(np.float64)
    listed = np.where(compound >= THRESHOLD, 2, np.where(compound <= -THRESHOLD, 0, 1))
    strong = np.abs(compound) >= STRONG
    guess = model.argmax(axis=1) if kin else listed.copy()
    sure = model[np.arange(len(listed)), guess]
    opposed = strong & (guess == 2 - listed) & (guess != 1)
    clear = (sure >= weights.clear) & ~(opposed & (sure < OPPOSED))
    if not kin:
        clear |= strong & (listed == 2) & (model[:, 0] < DOUBT)
    _by_rule(texts, model, guess, clear, weights.clear, kin)
    names = np.array(CLASSES)
    return Told(names[guess], sure, clear, names[listed], model)


def _by_rule(
    texts: Sequence[str], model: Any, guess: Any, clear: Any, sure_from: float, kin: bool
) -> None:
    """Outright negations decide, and praise that looks hollow is not believed; in place.

    They are shown unless the model doubts them: where the kind is known, unless it agrees.
    """
    for i, text in enumerate(texts):
        outright = ruled(text)
        if outright:
            guess[i] = CLASSES.index(outright)
            doubted = model[i, 2 - guess[i]] >= OPPOSED and guess[i] != 1
            clear[i] = model[i, guess[i]] >= sure_from if kin else not doubted
        elif guess[i] != 0 and ironic(text):
            clear[i] = False
