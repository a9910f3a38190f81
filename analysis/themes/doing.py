"""What people do or wait for, where no noun names a group: waiting, listening, explaining."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from analysis.themes.phrases import stem, tokens
from analysis.themes.words import STANCE, STOP, VAGUE

SHARE = 0.12  # of its texts that speak of it, for a group to be about it
LIFT = 2.5  # how many times as often as elsewhere
OTHER = 0.4  # share of the first word's texts from which a second one stands beside it


class Doings:
    """Words of any class in the texts of a question, by stem; made when first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.forms: dict[str, Counter[str]] = defaultdict(Counter)
        self.held: NDArray[np.bool_] | None = None
        self.stems: NDArray[np.object_] = np.zeros(0, dtype=object)

    def words(self, inside: NDArray[np.bool_]) -> list[str]:
        """One or two words that much of the group and little else speaks of, or none."""
        held = self._held()
        counts = np.asarray(held[inside].sum(axis=0)).ravel()
        share = counts / inside.sum()
        elsewhere = np.asarray(held[~inside].sum(axis=0)).ravel() / max(1, (~inside).sum())
        good = (share >= SHARE) & (counts >= 3) & (share >= LIFT * elsewhere)
        found = [int(i) for i in np.flatnonzero(good)]
        found.sort(key=lambda i: (-round(float(share[i] - elsewhere[i]), 9), self.stems[i]))
        kept = [i for i in found[:2] if share[i] >= OTHER * share[found[0]]]
        return [self._shown(str(self.stems[i])) for i in kept]

    def _shown(self, key: str) -> str:
        """Its form in -ing where people use one, else the most usual."""
        forms = self.forms[key]
        named = [f for f in forms if f.endswith("ing")]
        return min(named or forms, key=lambda f: (-forms[f], f))

    def _held(self) -> NDArray[np.bool_]:
        if self.held is None:
            vectoriser = CountVectorizer(analyzer=self._stems, binary=True, min_df=1)
            self.held = vectoriser.fit_transform(self.texts).tocsr()
            self.stems = vectoriser.get_feature_names_out()
        return self.held

    def _stems(self, text: str) -> list[str]:
        out = ["\0"]  # a vocabulary is never empty
        for word in tokens(text):
            if word.isalpha() and len(word) > 3 and word not in _NOTHING:
                out.append(stem(word))
                self.forms[out[-1]][word] += 1
        return out


_NOTHING = STOP | STANCE | VAGUE
