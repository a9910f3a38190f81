"""Which points speak of what is asked: by the meaning of the whole and word by word.

Nearness of meaning is the cosine to the question, both less the mean of all points, so that what
everybody talks about counts for nothing. Word by word, each word of the question looks for a like
word in the point; rare words weigh more. Alone, neither tells a subject that nobody speaks of from
one that is near to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.capture.features import Encode, Floats, Words, stem, words
from analysis.settings import Settings

Wide = NDArray[np.float64]
LOOKED_AT = 1_000  # points that are compared word by word
LIKE = 0.4  # two words less alike than this have nothing in common
COVERED = 0.5  # what the words weigh beside the meaning; both as learnt on two coded sets
_ASKING = re.compile(
    r"say|says|said|saying|thinks?|thought|tell|told|speaks?|spoke|mention(?:s|ed)?|ask(?:s|ed)?"
    r"|does|did|people|persons?|respondents?|repl(?:y|ies)|consultation|views?|opinions?|things?"
    r"|anybody|anyone|wants?|wanted|worr(?:y|ied|ies)|support|like|feel|feels|talk|talks|believe"
)


_PARTS = re.compile(r"\s*(?:,|;|\b(?:and|or|such as|as well as|including)\b)\s*", re.IGNORECASE)


def subjects(question: str) -> list[str]:
    """The whole question, and what stands on either side of an “and” or “or” in it."""
    parts = [part for part in _PARTS.split(question) if subject_words(part)]
    return list(dict.fromkeys([question, *parts])) if subject_words(question) else []


def subject_words(question: str) -> list[str]:
    """The words that tell what is asked about, once each."""
    return list(dict.fromkeys(w for w in words(question) if not _ASKING.fullmatch(w)))


@dataclass(frozen=True)
class Match:
    """Of each point: meaning and covered, 0 to 1; key: how near it comes to the rarest word."""

    meaning: Wide
    covered: Wide
    key: Wide

    @property
    def worth(self) -> Wide:
        return np.round(self.meaning + COVERED * self.covered, 5)

    def speaks(self, settings: Settings) -> NDArray[np.bool_]:
        """The points that speak of it; where some surely do, less sure ones count too."""
        said = (self.covered >= settings.ask_words) & (self.meaning >= settings.ask_near)
        meant = (self.meaning >= settings.ask_meaning) & (self.key >= settings.ask_key)
        sure: NDArray[np.bool_] = said | meant
        return sure | (self.worth >= settings.ask_worth) if sure.any() else sure


class Corpus:
    """The points that questions are put to; vectors: theirs, of unit length."""

    def __init__(self, texts: Sequence[str], vectors: Floats, encode: Encode) -> None:
        self._encode, self._known = encode, Words(encode)
        few = len(texts) < 2
        self._centre = np.zeros(vectors.shape[1], np.float32) if few else vectors.mean(axis=0)
        own = vectors - self._centre
        self._own = own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
        self._said = [tuple(dict.fromkeys(words(t))) for t in texts]
        self._stems = [frozenset(map(stem, said)) for said in self._said]
        self._often = Counter(s for own_stems in self._stems for s in own_stems)

    def match(self, question: str) -> Match:
        """How each point meets the question."""
        wanted, size = subject_words(question), len(self._said)
        asked = self._encode([question])[0] - self._centre
        meaning = (self._own @ (asked / max(float(np.linalg.norm(asked)), 1e-9))).astype(np.float64)
        weight = np.array([np.log((size + 1) / (self._often[stem(w)] + 1)) + 1e-9 for w in wanted])
        held = np.array([[stem(w) in s for w in wanted] for s in self._stems], np.float64)
        first = np.argsort(-(meaning + COVERED * (held @ weight) / weight.sum()), kind="stable")
        covered, key = np.zeros(size), np.zeros(size)
        rows = first[:LOOKED_AT]
        best = np.maximum(held[rows], _alike(wanted, [self._said[i] for i in rows], self._known))
        covered[rows] = best @ weight / weight.sum()
        key[rows] = best[:, int(weight.argmax())]
        return Match(meaning, covered, key)


def _alike(wanted: Sequence[str], said: Sequence[Sequence[str]], known: Words) -> Wide:
    """For each point and each wanted word the likeness of the point's most like word, 0 to 1."""
    vocabulary = sorted({w for own in said for w in own})
    if not vocabulary:
        return np.zeros((len(said), len(wanted)))
    like = known.vectors(vocabulary) @ known.vectors(wanted).T
    like = np.clip((like - LIKE) / (1 - LIKE), 0, 1)
    at = {w: i for i, w in enumerate(vocabulary)}
    none = np.zeros(len(wanted))
    return np.array([like[[at[w] for w in own]].max(axis=0) if own else none for own in said])
