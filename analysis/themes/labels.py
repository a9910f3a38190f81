"""What a theme is called and described by, in words that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.themes.phrases import fold
from analysis.themes.words import INNER


@dataclass(frozen=True)
class Label:
    """`name` in sentence case; `keywords` best first; `description` one plain sentence."""

    name: str
    keywords: tuple[str, ...]
    description: str


def key(phrase: str) -> str:
    """Phrases of the same words in another order are the same name."""
    words = fold(phrase.lower()).split()
    return " ".join(sorted(w for w in words if w not in INNER and w != "and"))


def within(phrase: str, other: str) -> bool:
    one, two = set(fold(phrase).split()), set(fold(other).split())
    return one <= two or two <= one


def sentence(keywords: Sequence[str]) -> str:
    return f"Points about {listing(keywords)}."


def listing(keywords: Sequence[str]) -> str:
    first = keywords[:3]
    return first[0] if len(first) == 1 else f"{', '.join(first[:-1])} and {first[-1]}"
