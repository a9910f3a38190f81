"""What a person's point and each theme of a question have in common, as numbers.

A theme stands for the statements in it; most numbers are those of its nearest statements. Used for
training on arguments and key points (ArgKP) and for checking a submission alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

Floats = NDArray[np.float32]
Wide = NDArray[np.float64]
Encode = Callable[[Sequence[str]], Floats]

NEAREST = 4  # statements of a theme that are compared word by word
SAME = 0.999  # the same text: it must not vouch for itself
BLOCK = 512
AROUND = 8  # nearest statements that widen a point or a statement
K1, B = 1.2, 0.75  # BM25's usual constants (Robertson & Zaragoza 2009)
LOOKED_AT = 20  # statements that are compared word by word to find the nearest one
NEAR_NAMES = ("cosine", "covered", "unseen")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDS = re.compile(r"(?<=\w{4})(?:ings?|edly|ed|ies|es|s|ly|ments?|ions?)$")
_NEGATION = re.compile(
    r"\b(?:no|not|never|nothing|without|cannot|can't|hardly|lack\w*|against|oppos\w+|stop|ban)\b"
    r"|n['’]t\b"
)
_PAIR = ("cosine", "centred", "bm25", "covers", "aligned", "aligned_own", "aligned_back",
         "widened", "widened_both")  # fmt: skip
_RANKED = ("centred", "bm25", "aligned", "widened_both")
NAMES = (
    *_PAIR, "same_negation", "words", "statement_words", "others",
    *(f"margin_{n}" for n in _RANKED), *(f"rank_{n}" for n in _RANKED),
)  # fmt: skip


def words(text: str) -> list[str]:
    """Its content words, in lower case."""
    found = (w.replace("’", "'") for w in _WORD.findall(text.lower()))
    return [w for w in found if w not in ENGLISH_STOP_WORDS]


def stem(word: str) -> str:
    return _ENDS.sub("", word)


def stems(text: str) -> list[str]:
    return [stem(w) for w in words(text)]


def _unit(rows: Floats) -> Floats:
    scaled: Floats = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return scaled


def negated(text: str) -> bool:
    return _NEGATION.search(text.lower()) is not None


class Words:
    """Vectors of single words, each encoded once."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: dict[str, Floats] = {}

    def learn(self, wanted: Sequence[str], encode: Encode) -> None:
        """Encode many words at once."""
        if wanted:
            self._known.update(zip(wanted, encode(wanted), strict=True))

    def keep(self, wanted: Set[str]) -> None:
        """Drop all others."""
        self._known = {w: v for w, v in self._known.items() if w in wanted}

    def vectors(self, wanted: Sequence[str]) -> Floats:
        new = sorted(set(wanted) - set(self._known))
        if new:
            self.learn(new, self._encode)
        return np.array([self._known[w] for w in wanted], np.float32).reshape(len(wanted), -1)


@dataclass(frozen=True)
class Corpus:
    """The statements of one question.

    texts, vectors: one a statement, unit length. themes: its theme's number (-1 for none: it
    counts as background only). asked: vectors of the statements read after the question, less
    their mean, the centre; widened: each moved to the middle of what is near it. counts:
    statements × stems. said: the content words of each statement. replies: whose reply each is of.
    """

    question: str
    texts: tuple[str, ...]
    vectors: Floats
    themes: NDArray[np.int64]
    centre: Floats
    asked: Floats
    widened: Floats
    counts: csr_matrix
    idf: Wide
    columns: dict[str, int]
    said: tuple[tuple[str, ...], ...]
    denies: NDArray[np.bool_]
    replies: tuple[str, ...]

    def only(self, keep: NDArray[np.bool_]) -> Corpus:
        """Some of the statements; what was counted over all of them stays."""
        kept = np.flatnonzero(keep)
        return replace(
            self, texts=tuple(self.texts[i] for i in kept), vectors=self.vectors[kept],
            themes=self.themes[kept], asked=self.asked[kept], widened=self.widened[kept],
            counts=self.counts[kept], said=tuple(self.said[i] for i in kept),
            denies=self.denies[kept], replies=tuple(self.replies[i] for i in kept),
        )  # fmt: skip

    def beside(self, one: int, other: int) -> bool:
        """Are both of the same reply?"""
        return 0 <= other < len(self.texts) and self.replies[one] == self.replies[other]

    def weight(self, word: str) -> float:
        """How rare a word is among the statements; unseen words weigh most."""
        at = self.columns.get(_ENDS.sub("", word))
        return float(self.idf[at]) if at is not None else float(np.log1p(len(self.texts)))


def after(question: str, text: str) -> str:
    """A text as it is read by somebody who knows what was asked."""
    return f"{question.rstrip('.')}. {text}"


def corpus(
    question: str,
    texts: Sequence[str],
    vectors: Floats,
    asked: Floats,
    themes: Sequence[int],
    replies: Sequence[str] | None = None,
) -> Corpus:
    """asked: vectors of `after(question, text)`. There must be at least one statement.

    replies: of each statement, in the order of the reply; without them each stands alone.
    """
    counter = CountVectorizer(analyzer=stems)
    try:
        counts = counter.fit_transform(texts)
        columns = {str(w): int(i) for w, i in counter.vocabulary_.items()}
    except ValueError:  # not one content word in any statement
        counts, columns = csr_matrix((len(texts), 0)), {}
    holds = np.asarray((counts > 0).sum(axis=0), np.float64).ravel()
    idf = np.log1p((len(texts) - holds + 0.5) / (holds + 0.5))
    centre = asked.mean(axis=0)
    centred = _unit(asked - centre)
    widened = [_widen(centred[i : i + BLOCK], centred) for i in range(0, len(texts), BLOCK)]
    return Corpus(
        question, tuple(texts), vectors, np.asarray(themes, np.int64), centre, centred,
        np.vstack(widened), counts.tocsr(), idf, columns, tuple(tuple(words(t)) for t in texts),
        np.array([negated(t) for t in texts], bool),
        tuple(map(str, range(len(texts)))) if replies is None else tuple(replies),
    )  # fmt: skip


def _widen(vectors: Floats, background: Floats) -> Floats:
    """Each vector moved to the middle of the AROUND statements that are nearest to it."""
    if len(background) <= AROUND:
        return vectors
    like = np.round(vectors @ background.T, 5)
    near = np.argpartition(-like, AROUND, axis=1)[:, :AROUND]
    return _unit(vectors + background[near].mean(axis=1))


def features(
    text: str, vector: Floats, asked: Floats, own: Corpus, known: Words
) -> tuple[pd.DataFrame, Nearest]:
    """NAMES of the point and each theme (index: theme number), and the theme's nearest statements.

    vector: of the text; asked: of the text after the question; unit length.
    """
    centred = _unit(asked - own.centre)
    near = own.asked @ centred
    wide = _widen(centred[None], own.asked[near < SAME])[0]
    order = np.lexsort((-near, own.themes))
    order = order[own.themes[order] >= 0]
    themes, first = np.unique(own.themes[order], return_index=True)
    place = np.arange(len(order)) - np.repeat(first, np.diff([*first, len(order)]))
    rows = order[place < NEAREST]
    score, covers = _bm25(own, rows, stems(text))
    pairs = pd.DataFrame(_aligned(words(text), own, rows, known), columns=list(_PAIR[4:7]))
    pairs = pairs.assign(
        theme=own.themes[rows], cosine=own.vectors[rows] @ vector, centred=near[rows],
        bm25=np.log1p(score), covers=covers, widened=own.widened[rows] @ centred,
        widened_both=own.widened[rows] @ wide, same_negation=own.denies[rows] == negated(text),
    )  # fmt: skip
    grouped = pairs.assign(length=[len(own.said[i]) for i in rows]).groupby("theme")
    found = grouped[[*_PAIR, "same_negation"]].max().astype("float64")
    found = found.assign(
        words=np.log1p(len(words(text))), statement_words=np.log1p(grouped["length"].mean()),
        others=np.log(len(themes)),
    )  # fmt: skip
    found = found.assign(**_compared(found))[list(NAMES)]
    return found, {int(t): tuple(map(int, rows[own.themes[rows] == t])) for t in themes}


@dataclass(frozen=True)
class Near:
    """The statement that is nearest to a point: its place, and NEAR_NAMES as numbers."""

    statement: int
    values: tuple[float, float, float]

    @property
    def closeness(self) -> float:
        return self.values[0] + self.values[1] / 2


def nearest(text: str, vector: Floats, own: Corpus, known: Words) -> Near:
    """The statement most like a text, by meaning and word by word, the ones beside it read along.

    A reply often tells in three sentences what a summary, or another reply, says in one.
    """
    like, point, stem = own.vectors @ vector, words(text), stems(text)
    columns = sorted({own.columns[s] for s in stem if s in own.columns})
    shared = np.asarray((own.counts[:, columns] > 0) @ own.idf[columns]).ravel()
    rows = {*_first(like, LOOKED_AT), *_first(shared, LOOKED_AT)}
    unseen = sum(s not in own.columns for s in stem) / max(len(stem), 1)
    weight = np.array([own.weight(w) for w in point])
    vectors = known.vectors(point)
    found = []
    for i in sorted(rows):
        beside = [j for j in (i - 1, i, i + 1) if own.beside(i, j)]
        said = sorted({w for j in beside for w in own.said[j]})
        together = own.vectors[beside].sum(axis=0)
        covered = 0.0
        if point and said:
            covered = float((known.vectors(said) @ vectors.T).max(axis=0) @ weight / weight.sum())
        cosine = max(float(like[i]), float(together @ vector / np.linalg.norm(together)))
        found.append(Near(i, (cosine, covered, unseen)))
    return max(found, key=lambda n: n.closeness)


def _first(values: NDArray[Any], most: int) -> list[int]:
    return [int(i) for i in np.argsort(-values, kind="stable")[:most]]


def _bm25(own: Corpus, rows: NDArray[np.int64], query: Sequence[str]) -> tuple[Wide, Wide]:
    """BM25 of some statements for the query, and the share of their weight that it covers."""
    mean = max(own.counts.sum() / len(own.texts), 1e-9)
    counts = own.counts[rows]
    places = sorted({own.columns[s] for s in query if s in own.columns})
    dense = np.asarray(counts[:, places].todense(), np.float64)
    length = np.asarray(counts.sum(axis=1), np.float64).ravel()
    norm = K1 * (1 - B + B * length / mean)
    score = (own.idf[places] * dense * (K1 + 1) / (dense + norm[:, None])).sum(axis=1)
    weight = np.asarray((counts > 0) @ own.idf).ravel()
    return score, ((dense > 0) @ own.idf[places]) / np.maximum(weight, 1e-9)


def _aligned(
    point: Sequence[str], own: Corpus, rows: NDArray[np.int64], known: Words
) -> list[tuple[float, float, float]]:
    """How well a statement's words find a like word in the point; the same without the words of
    the question; and the other way round. Words weigh by rarity (after Zhang et al. 2020)."""
    vocabulary = sorted({w for i in rows for w in own.said[i]})
    if not point or not vocabulary:
        return [(0.0, 0.0, 0.0)] * len(rows)
    given = frozenset(stems(own.question))
    like = known.vectors(vocabulary) @ known.vectors(point).T
    at = {w: n for n, w in enumerate(vocabulary)}
    weight = np.array([own.weight(w) for w in vocabulary])
    fresh = weight * np.array([_ENDS.sub("", w) not in given for w in vocabulary])
    back = np.array([own.weight(w) for w in point])
    best, made = like.max(axis=1), []
    for i in rows:
        said = [at[w] for w in own.said[i]]
        if not said:
            made.append((0.0, 0.0, 0.0))
            continue
        unasked = fresh[said].sum()
        made.append((
            float(best[said] @ weight[said] / weight[said].sum()),
            float(best[said] @ fresh[said] / unasked) if unasked else 0.0,
            float(like[said].max(axis=0) @ back / back.sum()),
        ))  # fmt: skip
    return made


Nearest = dict[int, tuple[int, ...]]


def _compared(found: pd.DataFrame) -> dict[str, Wide]:
    """How far each theme is before the next best, or behind the best; and its place."""
    made = {}
    for name in _RANKED:
        values = found[name].to_numpy(np.float64)
        ordered = np.sort(values)[::-1]
        best, second = ordered[0], ordered[min(1, len(ordered) - 1)]
        made[f"margin_{name}"] = np.where(values == best, values - second, values - best)
        made[f"rank_{name}"] = np.log1p((-values).argsort(kind="stable").argsort(kind="stable"))
    return made
