"""Words of quantity, from counts by a table; never from a model."""

from __future__ import annotations

from collections.abc import Iterable

# (share up to and including, words); below `SMALL_BASE` people the number alone is given
TABLE = (
    (0.10, "A few"),
    (0.25, "Some"),
    (0.50, "Many"),
    (0.75, "Most"),
    (0.999999, "A large majority of"),
    (1.0, "All"),
)
SMALL_BASE = 10


def percent(n: int, base: int) -> str:
    """A whole per cent, "under 1 %" for a small share that is not nothing; "–" without a base."""
    if base == 0:
        return "–"
    share = n / base
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{share:.0%}".replace("%", " %")


def rounding_note(counts: Iterable[int], base: int) -> str:
    """A note where whole per cents of all of `base` do not add up to 100; else ""."""
    shares = [int(n) / base for n in counts] if base else []
    total = sum(int(f"{100 * s:.0f}") for s in shares)
    if not shares or total == 100 or abs(sum(shares) - 1) > 1e-9:
        return ""
    return f"Per cents are rounded; here they add up to {total}."


def many(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"


def people(n: int) -> str:
    return many(n, "person", "people")


def decisions(n: int) -> str:
    return many(n, "decision", "decisions")


def quantity(n: int, base: int) -> str:
    """ "Many (61 of 240, 25 %)" and the like; "One person (1 of 240)" for a single voice."""
    if n == 1:
        return f"One person (1 of {base:,})"
    if base < SMALL_BASE:
        return f"{n} of {base} people"
    word = next(w for limit, w in TABLE if n / base <= limit)
    return f"{word} people ({n:,} of {base:,}, {percent(n, base)})"
