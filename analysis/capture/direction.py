"""Do the statements nearest to a point say its opposite? Only outright signs are taken for it.

Point and statement are read clause by clause. Of two clauses that speak of the same thing, one says
the opposite if one of them turns its meaning (no, never, ban …) and the other does not, or if they
hold one word each of a pair such as earlier and later; both together cancel out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.capture.features import Words, words
from analysis.judge.lexicon import scores

ALIKE = 0.6  # words of a clause that find one this near, on average, speak of the same thing
OWN = 0.7  # of the weight is that of the point's words
CLEAR = 0.8  # so alike, two clauses differ in hardly more than their direction
STEEP = 6  # the most alike count for nearly all
FAR = 0.5  # scores of the word list (±1) this far apart, on both sides of nought, disagree
TABLE = Path(__file__).with_suffix(".toml")
_CLAUSE = re.compile(r"[.,;:!?()–—]+|\b(?:and|but|although|while|whereas)\b")


@cache
def _signs() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    """What turns a clause, and pairs of which one side is the opposite of the other."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    pairs = ((_any(p["one"]), _any(p["other"])) for p in table["pair"])
    return _any(table["turns"]), tuple(pairs)


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b|n't\b" if "not" in patterns
                      else rf"\b(?:{'|'.join(patterns)})\b")  # fmt: skip


@dataclass(frozen=True)
class Lean:
    """value: from 1, where the statements on the same thing say what the point says, to -1, where
    they say the opposite; 0 where none is on the same thing, or the most alike and all together do
    not agree. clear: the most alike has nearly all words in common with the point."""

    value: float
    clear: bool

    @property
    def opposed(self) -> bool:
        return self.value < 0


def leaning(point: str, statements: Sequence[str], known: Words) -> Lean:
    votes = [v for s in statements if (v := _vote(point, s, known))]
    if not votes:
        return Lean(0.0, False)
    whole = sum(votes) / sum(map(abs, votes))
    first = max(votes, key=abs)
    return Lean(whole if whole * first > 0 else 0.0, abs(first) >= CLEAR**STEEP)


def _vote(point: str, statement: str, known: Words) -> float:
    said = list(_clauses(statement))
    total = sum(_of_clause(own, said, known) for own in _clauses(point))
    first, second = scores(point)[3], scores(statement)[3]
    apart = min(first, second) <= -FAR and max(first, second) >= FAR
    return -abs(total) if apart else total


def _clauses(text: str) -> Iterator[str]:
    """Those with a word that tells something; a text of none but short ones is one clause."""
    plain = text.lower().replace("’", "'")
    parts = [p.strip() for p in _CLAUSE.split(plain)]
    long = [p for p in parts if len(words(_signs()[0].sub(" ", p))) > 1]
    yield from long or [plain]


def _of_clause(own: str, said: Sequence[str], known: Words) -> float:
    """How alike the clause of a statement is that is most like `own`; negative if opposite."""
    like, best = max((_alike(own, other, known), other) for other in said)
    if like < ALIKE:
        return 0.0
    weight = like**STEEP
    return -weight if opposite(own, best) else weight


def opposite(one: str, other: str) -> bool:
    """Of two clauses on the same thing, in small letters."""
    turns, pairs = _signs()
    turned = len(turns.findall(one)) + len(turns.findall(other))
    for left, right in pairs:
        sides = [(bool(left.search(t)), bool(right.search(t))) for t in (one, other)]
        turned += sides in ([(True, False), (False, True)], [(False, True), (True, False)])
    return turned % 2 == 1


def _alike(own: str, other: str, known: Words) -> float:
    """How near the words of each find one in the other, on average; those of `own` count most."""
    turns = _signs()[0]
    one, two = words(turns.sub(" ", own)), words(turns.sub(" ", other))
    if not one or not two:
        return 0.0
    like = known.vectors(one) @ known.vectors(two).T
    return float(OWN * like.max(axis=1).mean() + (1 - OWN) * like.max(axis=0).mean())
