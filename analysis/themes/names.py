"""Names, keywords and one describing sentence for each theme, from its own points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.themes.graph import Floats, centred, unit
from analysis.themes.phrases import fold, heads, kind, tokens
from analysis.themes.words import CAPITALS, INNER, VAGUE

Encode = Callable[[Sequence[str]], Floats]
CANDIDATES = 40
FEW = 12
# a name of a larger group stands in at least this share of its texts
HELD = 0.025
KEYWORDS = 8
GENERAL = "General remarks"
# share of a phrase's uses in which it is not part of a longer one
WHOLE = 0.25
INSIDE = re.compile(r"(?<=[a-z,;] )[A-Za-z][A-Za-z&'-]*")


@dataclass(frozen=True)
class Label:
    """`name` in sentence case; `keywords` best first; `description` one plain sentence."""

    name: str
    keywords: tuple[str, ...]
    description: str


def shown_forms(texts: Sequence[Sequence[tuple[str, bool]]]) -> dict[str, str]:
    """Folded phrase → the form that most texts use (ties: the first in the alphabet).

    Phrases that hardly ever stand whole are left out.
    """
    forms: dict[str, Counter[str]] = {}
    whole: Counter[str] = Counter()
    for found in texts:
        for phrase, free in sorted(set(found)):
            forms.setdefault(fold(phrase), Counter())[phrase] += 1
            whole[fold(phrase)] += free
    return {
        key: min(count, key=lambda p: (-count[p], p))
        for key, count in forms.items()
        if whole[key] >= WHOLE * count.total()
    }


def written(texts: Sequence[str]) -> dict[str, str]:
    """Lower-case word → how it is written inside sentences, where that is not in lower case."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        if text.isupper():
            continue
        for word in INSIDE.findall(text):
            forms.setdefault(word.lower(), Counter())[word] += 1
    usual = {w: min(c, key=lambda p: (-c[p], p)) for w, c in forms.items()}
    return {
        w: form for w, form in usual.items() if form != w and 2 * forms[w][form] > forms[w].total()
    }


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
        texts: Sequence[str],
        question: str,
        encode: Encode | None,
    ) -> None:
        self.words = np.array(words, dtype=object)
        self.shown = shown
        self.usable = np.array([w in shown for w in words])
        self.asked = {fold(w) for w in tokens(question)} | {"ai", "artificial", "intelligence"}
        self.vague = np.array([self._vague(str(shown.get(w, w))) for w in words])
        self.written = CAPITALS | written(texts)
        self.present = (held > 0).astype(np.float32).tocsr()
        self.total = np.asarray(self.present.sum(axis=0)).ravel()
        self.inner = centred(matrix)
        self.matrix = matrix
        self.encode = encode
        self.taken: set[str] = set()
        self.cache: dict[str, NDArray[np.float32]] = {}

    def nameable(self, inside: NDArray[np.bool_]) -> bool:
        """Whether any phrase of the group says what it is about."""
        return bool(len(self._pool(inside)[0]))

    def _pool(self, inside: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        size = int(inside.sum())
        count = np.asarray(self.present[inside].sum(axis=0)).ravel()
        enough = count >= (1 if size < FEW else max(2, size * HELD))
        found = np.flatnonzero(self.usable & enough & (self.vague < 1))
        return found.astype(np.int64), count.astype(np.float32)

    def label(self, inside: NDArray[np.bool_], weights: NDArray[np.float64]) -> Label:
        """The group of the texts `inside`; `weights` is its c-TF-IDF over all phrases."""
        pool, count = self._pool(inside)
        if not len(pool):
            return self._general()
        order = self._ranked(pool, inside, count, weights)
        free = [i for i in order if self._free(str(self.words[i]))]
        if not free:
            # what the question asks about is still better than no name
            often = count >= max(2, HELD * inside.sum())
            order = self._ranked(np.flatnonzero(self.usable & often), inside, count, weights)
            free = [i for i in order if self._free(str(self.words[i])) and self._says(i)]
        if not free:
            once = np.flatnonzero(self.usable & (count > 0) & (self.vague < 1))
            free = [
                i
                for i in self._ranked(once, inside, count, weights)
                if self._free(str(self.words[i]))
            ]
        if not free:
            return self._general()
        self.taken.add(_key(str(self.words[free[0]])))
        name = self.shown[str(self.words[free[0]])]
        keywords = [name]
        for i in order:
            phrase = self.shown[str(self.words[i])]
            if len(keywords) < KEYWORDS and not any(_within(phrase, k) for k in keywords):
                keywords.append(phrase)
        shown = [self._capitals(k) for k in keywords]
        first = shown[0][:1].upper() + shown[0][1:]
        return Label(first, tuple(shown), _sentence(shown))

    def _capitals(self, phrase: str) -> str:
        return " ".join(self.written.get(w, w) for w in phrase.split())

    def _ranked(
        self,
        pool: NDArray[np.int64],
        inside: NDArray[np.bool_],
        count: NDArray[np.float32],
        weights: NDArray[np.float64],
    ) -> list[int]:
        if not len(pool):
            return []
        # frequent here, and more so than elsewhere; ties by the alphabet, in which words come
        rough = np.round(weights[pool] * np.sqrt(count[pool]), 9)
        pool = pool[np.argsort(-rough, kind="stable")[:CANDIDATES]]
        score = self._score(pool, inside, count, weights, int(inside.sum()))
        return [int(pool[i]) for i in np.argsort(-np.round(score, 6), kind="stable")]

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
        bonus = np.array([0.0, 0.0, 0.4, 0.4])[length]
        vague = self.vague[pool]
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
            return np.asarray(places.astype(np.float64) @ middle, np.float64)
        new = [p for p in phrases if p not in self.cache]
        if new:
            self.cache |= dict(zip(new, self.encode(new), strict=True))
        places = np.stack([self.cache[p] for p in phrases]).astype(np.float64)
        own = unit(self.matrix[inside].mean(axis=0, keepdims=True))[0]
        every = unit(self.matrix.mean(axis=0, keepdims=True))[0]
        return np.asarray(1.5 * (places @ own) - 0.5 * (places @ every), np.float64)

    def _vague(self, phrase: str) -> float:
        """What to take off for a word that could be anywhere, or that the question itself uses."""
        words = phrase.split()
        if all(fold(w) in self.asked or w in INNER or w in VAGUE or kind(w) != "n" for w in words):
            return 1.0
        return 0.4 if words[-1] in VAGUE else 0.0

    def _says(self, number: int) -> bool:
        """Whether a phrase has at least one word that is not vague, and more than one."""
        words = str(self.words[number]).split()
        return len(words) > 1 and any(w not in VAGUE and w not in INNER for w in words)

    def _free(self, phrase: str) -> bool:
        return _key(phrase) not in self.taken

    def _general(self) -> Label:
        number = sum(t.startswith(GENERAL) for t in self.taken) + 1
        name = GENERAL if number == 1 else f"{GENERAL} ({number})"
        self.taken.add(name)
        return Label(name, (), "Points that speak in general terms and name no single subject.")


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
