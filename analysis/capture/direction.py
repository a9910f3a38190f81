"""Does a statement say the opposite of a point? Only outright signs are taken for it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.capture.features import Words, negated, words
from analysis.judge.lexicon import scores

ALIKE = 0.72  # words this near, on average, speak of the same thing
FAR = 0.5  # scores of the word list (±1) this far apart, on both sides of nought, disagree


def opposite(point: str, statement: str, known: Words) -> bool:
    """True where one denies what the other says, or one praises what the other condemns.

    Two texts without the same words are never called opposite: they may speak of different things.
    """
    own, other = words(point), words(statement)
    if not own or not other or _alike(own, other, known) < ALIKE:
        return False
    if negated(point) != negated(statement):
        return True
    first, second = scores(point)[3], scores(statement)[3]
    return min(first, second) <= -FAR and max(first, second) >= FAR


def _alike(one: Sequence[str], two: Sequence[str], known: Words) -> float:
    like = known.vectors(one) @ known.vectors(two).T
    return float((like.max(axis=0).mean() + like.max(axis=1).mean()) / 2)
