"""Headings that reports use, for a theme whose people have many words for one subject.

"Bus and road" is what is said most; "Roads and transport" is what a report would call it. The list
(subjects.toml) is ours and plain; a heading is taken only where both the words and the vectors of
the group say so, more than its own words do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.themes.graph import Floats, unit

# of a group: least nearness, share of its texts with a word of the subject, and how many times the
# share elsewhere; least of all three together, and how far behind the next subject must be
NEAR, COVER, LIFT, LEAST, AHEAD = 0.45, 0.18, 2.5, 1.1, 0.05
CLOSE = 4  # so many of the nearest subjects are looked at


@dataclass(frozen=True)
class Subject:
    """`words`: pattern of what people say of it; `says`: it in plain sentences."""

    name: str
    words: re.Pattern[str]
    says: tuple[str, ...]


class Subjects:
    """What the groups of one question are called in reports.

    matrix: (texts, dimensions), unit rows. A subject that the question itself names tells no
    groups apart, and is left out.
    """

    def __init__(
        self,
        texts: Sequence[str],
        question: str,
        matrix: Floats,
        encode: Callable[[Sequence[str]], Floats],
    ) -> None:
        self.texts, self.matrix = texts, matrix
        self.asked = np.array([bool(s.words.search(question)) for s in _subjects()])
        places = _places(encode)
        self.places = places
        self.everywhere = places @ unit(matrix.mean(axis=0, keepdims=True))[0]
        self.held: dict[int, NDArray[np.bool_]] = {}

    def heading(self, inside: NDArray[np.bool_], least: float) -> str:
        """The heading for the texts `inside`, "" if none is nearer than `least` and clear."""
        own = unit(self.matrix[inside].mean(axis=0, keepdims=True))[0]
        near = np.round(1.5 * (self.places @ own) - 0.5 * self.everywhere, 4)
        found: list[tuple[float, int]] = []
        for number in np.argsort(-np.where(self.asked, -1, near), kind="stable")[:CLOSE]:
            cover, elsewhere = self._shares(int(number), inside)
            lift = (cover + 0.01) / (elsewhere + 0.01)
            if near[number] >= NEAR and cover >= COVER and lift >= LIFT and not self.asked[number]:
                score = near[number] + 0.5 * np.sqrt(cover) + 0.1 * np.log(lift)
                found.append((round(float(score), 4), int(number)))
        found.sort(key=lambda f: (-f[0], f[1]))
        if not found or found[0][0] < LEAST or near[found[0][1]] < least:
            return ""
        if len(found) > 1 and found[0][0] - found[1][0] < AHEAD:
            return ""
        return _subjects()[found[0][1]].name

    def _shares(self, number: int, inside: NDArray[np.bool_]) -> tuple[float, float]:
        """Of the texts inside and outside, how many have a word of the subject."""
        if number not in self.held:
            words = _subjects()[number].words
            self.held[number] = np.array([bool(words.search(t)) for t in self.texts])
        held = self.held[number]
        return float(held[inside].mean()), float(held[~inside].mean()) if (~inside).any() else 0.0


@cache
def _subjects() -> tuple[Subject, ...]:
    listed = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text("utf-8"))["subject"]
    return tuple(Subject(s["name"], _pattern(s["words"]), tuple(s["says"])) for s in listed)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    each = [re.escape(w[:-1]) if w.endswith("*") else re.escape(w) + r"(?!\w)" for w in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})", re.IGNORECASE)


@lru_cache(maxsize=2)
def _places(encode: Callable[[Sequence[str]], Floats]) -> NDArray[np.float64]:
    """(subjects, dimensions): the middle of what is said of each."""
    said = [s for subject in _subjects() for s in subject.says]
    owner = [n for n, subject in enumerate(_subjects()) for _ in subject.says]
    vectors = np.asarray(encode(said), np.float64)
    sums = np.zeros((len(_subjects()), vectors.shape[1]))
    np.add.at(sums, owner, vectors)
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float64)
