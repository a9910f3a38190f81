"""Names, keywords and one describing sentence for each theme, from its own points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.themes.cluster import Floats, centred, unit
from analysis.themes.phrases import fold, heads
from analysis.themes.words import CAPITALS, INNER, VAGUE

Encode = Callable[[Sequence[str]], Floats]
CANDIDATES = 40
KEYWORDS = 8
GENERAL = "General remarks"


@dataclass(frozen=True)
class Label:
    """`name` in sentence case; `keywords` best first; `description` one plain sentence."""

    name: str
    keywords: tuple[str, ...]
    description: str


def shown_forms(texts: Sequence[Sequence[str]]) -> dict[str, str]:
    """Folded phrase → the form that most texts use (ties: the first in the alphabet)."""
    forms: dict[str, Counter[str]] = {}
    for found in texts:
        for phrase in sorted(set(found)):
            forms.setdefault(fold(phrase), Counter())[phrase] += 1
    return {k: min(c, key=lambda p: (-c[p], p)) for k, c in forms.items()}


def capitals(phrase: str) -> str:
    return " ".join(CAPITALS.get(w, w) for w in phrase.split())


def sentence_case(phrase: str) -> str:
    text = capitals(phrase)
    return text[:1].upper() + text[1:]


class Namer:
    """Names the groups of one question, each name once.

    held:  (texts, phrases) how often each text uses each folded phrase.
    """

    def __init__(
        self,
        words: Sequence[str],
        shown: dict[str, str],
        held: sparse.csr_matrix,
        matrix: Floats,
        encode: Encode | None,
    ) -> None:
        self.words = np.array(words, dtype=object)
        self.shown = shown
        self.present = (held > 0).astype(np.float32).tocsr()
        self.total = np.asarray(self.present.sum(axis=0)).ravel()
        self.inner = centred(matrix)
        self.matrix = matrix
        self.encode = encode
        self.taken: set[str] = set()
        self.cache: dict[str, NDArray[np.float32]] = {}

    def label(self, inside: NDArray[np.bool_], weights: NDArray[np.float64]) -> Label:
        """The group of the texts `inside`; `weights` is its c-TF-IDF over all phrases."""
        size = int(inside.sum())
        count = np.asarray(self.present[inside].sum(axis=0)).ravel()
        least = 2 if size >= 4 else 1
        pool = np.flatnonzero((count >= least) & (weights > 0))
        if not len(pool):
            pool = np.flatnonzero(weights > 0)
        # frequent here, and more so than elsewhere; ties by the alphabet, in which words come
        rough = np.round(weights[pool] * np.sqrt(count[pool]), 9)
        pool = pool[np.argsort(-rough, kind="stable")[:CANDIDATES]]
        if not len(pool):
            return self._general()
        score = self._score(pool, inside, count, weights, size)
        order = [pool[i] for i in np.argsort(-np.round(score, 6), kind="stable")]
        free = [i for i in order if self._free(str(self.words[i]))]
        if not free:
            return self._general()
        self.taken.add(_key(str(self.words[free[0]])))
        name = self.shown[str(self.words[free[0]])]
        keywords = [name]
        for i in order:
            phrase = self.shown[str(self.words[i])]
            if len(keywords) < KEYWORDS and not any(_within(phrase, k) for k in keywords):
                keywords.append(phrase)
        shown = [capitals(k) for k in keywords]
        return Label(sentence_case(name), tuple(shown), _sentence(shown))

    def _score(
        self,
        pool: NDArray[np.int64],
        inside: NDArray[np.bool_],
        count: NDArray[np.float32],
        weights: NDArray[np.float64],
        size: int,
    ) -> NDArray[np.float64]:
        phrases = [self.shown[str(w)] for w in self.words[pool]]
        share = count[pool] / size
        own = count[pool] / self.total[pool]
        length = np.array([min(heads(p), 3) for p in phrases])
        bonus = np.array([0.0, 0.0, 0.35, 0.30])[length]
        vague = np.array([0.5 if p.split()[-1] in VAGUE else 0.0 for p in phrases])
        return np.asarray(
            0.8 * np.sqrt(share / share.max())
            + 0.4 * weights[pool] / weights[pool].max()
            + 0.4 * own
            + 1.6 * self._centrality(phrases, pool, inside)
            + bonus
            - vague
        )

    def _centrality(
        self, phrases: list[str], pool: NDArray[np.int64], inside: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """How near each phrase is to the group's middle, and not to everybody's; about 0–1."""
        if self.encode is None:
            held = self.present[:, pool]
            places = unit(np.asarray(held.T @ self.inner, np.float32))
            middle = unit(self.inner[inside].mean(axis=0, keepdims=True))[0]
            return np.asarray(places @ middle, np.float64)
        new = [p for p in phrases if p not in self.cache]
        if new:
            self.cache |= dict(zip(new, self.encode(new), strict=True))
        places = np.stack([self.cache[p] for p in phrases])
        own = unit(self.matrix[inside].mean(axis=0, keepdims=True))[0]
        every = unit(self.matrix.mean(axis=0, keepdims=True))[0]
        return np.asarray(1.5 * (places @ own) - 0.5 * (places @ every), np.float64)

    def _free(self, phrase: str) -> bool:
        return _key(phrase) not in self.taken

    def _general(self) -> Label:
        number = sum(k.startswith("\0") for k in self.taken) + 1
        self.taken.add(f"\0{number}")
        name = GENERAL if number == 1 else f"{GENERAL}, group {number}"
        return Label(name, (), "Points that share a way of speaking rather than one subject.")


def _key(phrase: str) -> str:
    """Phrases of the same words in another order are the same name."""
    return " ".join(sorted(w for w in fold(phrase).split() if w not in INNER))


def _within(phrase: str, other: str) -> bool:
    one, two = set(fold(phrase).split()), set(fold(other).split())
    return one <= two or two <= one


def _sentence(keywords: Sequence[str]) -> str:
    first = keywords[:3]
    if len(first) == 1:
        return f"Points about {first[0]}."
    return f"Points about {', '.join(first[:-1])} and {first[-1]}."
