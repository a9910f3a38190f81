"""Names, keywords and one describing sentence for each theme, from its own points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.themes.cluster import Floats
from analysis.themes.phrases import fold

Encode = Callable[[Sequence[str]], Floats]
CANDIDATES = 40


def shown_forms(texts: Sequence[Sequence[str]]) -> dict[str, str]:
    """Folded phrase → the form that most texts use (ties: the first in the alphabet)."""
    forms: dict[str, Counter[str]] = {}
    for found in texts:
        for phrase in sorted(set(found)):
            forms.setdefault(fold(phrase), Counter())[phrase] += 1
    return {k: min(c, key=lambda p: (-c[p], p)) for k, c in forms.items()}


def sentence_case(phrase: str) -> str:
    words = [_CAPITALS.get(w, w) for w in phrase.split()]
    first = words[0] if words[0] in _CAPITALS.values() else words[0][:1].upper() + words[0][1:]
    return " ".join([first, *words[1:]])


_CAPITALS = {
    "ai": "AI", "nhs": "NHS", "gp": "GP", "gps": "GPs", "bc": "BC", "eu": "EU", "uk": "UK",
    "it": "IT", "gdpr": "GDPR", "smes": "SMEs", "sme": "SME", "bsl": "BSL", "dwp": "DWP",
    "hmrc": "HMRC", "pip": "PIP", "a&e": "A&E", "usa": "USA", "english": "English",
    "welsh": "Welsh", "european": "European", "europe": "Europe", "british": "British",
    "indigenous": "Indigenous", "canada": "Canada", "canadian": "Canadian",
}  # fmt: skip


def choose(
    weights: NDArray[np.float64],
    shares: NDArray[np.float64],
    centrality: NDArray[np.float64],
    phrases: Sequence[str],
    taken: set[str],
) -> list[int]:
    """Candidate numbers, best first. All arrays are over `phrases` (one theme's candidates)."""
    length = np.array([min(len(p.split()), 3) for p in phrases])
    bonus = np.array([0.0, 0.75, 1.0, 1.0])[length]
    score = (
        weights / max(weights.max(initial=0), 1e-9)
        + np.sqrt(shares)
        + 2 * centrality
        + 0.5 * bonus
    )
    order = sorted(range(len(phrases)), key=lambda i: (-round(float(score[i]), 6), phrases[i]))
    return [i for i in order if fold(phrases[i]) not in taken]
