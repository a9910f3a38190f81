"""Words that only a few replies use: where small themes hide."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.themes.cluster import Labels
from analysis.themes.phrases import fold, tokens
from analysis.themes.words import INNER, STANCE, STOP

LEAST = 3
SHARE = 0.03
MOST = 10
ENDINGS = ("ing", "ed", "ers", "er")


def stem(word: str) -> str:
    """One key for most forms of a word: stammer, stammers, stammering."""
    word = fold(word.split("'")[0])
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def rare_words(texts: Sequence[str], replies: Sequence[Sequence[str]]) -> list[Labels]:
    """Row numbers of the texts that share a word which at least three replies use, and few texts.

    `replies`: the replies that each text is part of. At most 3 % of the texts, or ten, may hold
    the word; words come in the order of the alphabet.
    """
    holders: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        found = {
            stem(w)
            for w in tokens(text)
            if w[0].isalpha() and len(w) > 2 and not (w in STOP or w in STANCE or w in INNER)
        }
        for word in sorted(found):
            holders.setdefault(word, []).append(row)
    most = max(MOST, SHARE * len(texts))
    few = [holders[w] for w in sorted(holders) if LEAST <= len(holders[w]) <= most]
    return [
        np.array(rows, np.int64)
        for rows in few
        if len({reply for row in rows for reply in replies[row]}) >= LEAST
    ]
