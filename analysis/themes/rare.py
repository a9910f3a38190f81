"""Words that texts share, that only a few use (where small themes hide), that the question uses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.themes.graph import Labels
from analysis.themes.phrases import stem, tokens
from analysis.themes.words import INNER, STANCE, stop_words

LEAST = 3
SHARE = 0.03
MOST = 10


def rare_words(
    texts: Sequence[str], replies: Sequence[Sequence[str]], language: str = "en"
) -> list[Labels]:
    """Row numbers of the texts that share a word which at least three replies use, and few texts.

    `replies`: the replies that each text is part of. At most 3 % of the texts, or ten, may hold
    the word; words come in the order of the alphabet.
    """
    holders: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        for word in sorted(_said(text, language)):
            holders.setdefault(word, []).append(row)
    most = max(MOST, SHARE * len(texts))
    few = [holders[w] for w in sorted(holders) if LEAST <= len(holders[w]) <= most]
    return [
        np.array(rows, np.int64)
        for rows in few
        if len({reply for row in rows for reply in replies[row]}) >= LEAST
    ]


def shared_words(texts: Sequence[str], language: str = "en") -> csr_matrix:
    """(texts, words): TF-IDF of words that two texts or more use; unit rows, or empty."""
    counter = TfidfVectorizer(
        analyzer=lambda text: sorted(_said(text, language)), min_df=2, dtype=np.float64
    )
    try:
        return csr_matrix(counter.fit_transform(texts))
    except ValueError:  # no word is used twice
        return csr_matrix((len(texts), 0))


def asked_words(
    question: str, texts: Sequence[str], language: str = "en"
) -> list[NDArray[np.bool_]]:
    """Which texts use a word of the question, for each word that 5 % to 95 % of them use."""
    asked = {stem(w) for w in [*tokens(question), "ai"] if w[0].isalpha() and _says(w, language)}
    used = [{stem(w) for w in tokens(text)} & asked for text in texts]
    marks = [np.array([word in u for u in used]) for word in sorted(asked)]
    return [m for m in marks if 0.05 <= m.mean() <= 0.95 and min(m.sum(), (~m).sum()) >= 5]


def _said(text: str, language: str) -> set[str]:
    words = [w for w in tokens(text) if w[0].isalpha() and len(w) > 2]
    return {stem(w) for w in words if _says(w, language)}


def _says(word: str, language: str) -> bool:
    return not (word in stop_words(language) or word in STANCE or word in INNER)
