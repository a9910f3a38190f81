"""Counts of people as a document that goes round may print them: small ones are not counted out.

The team's own files (workbook, JSON, the folder of a run) hold every count of everyone together;
the brief, the report and the transparency record are passed on and follow the rule for small
numbers, so that a hidden count cannot be had from those beside it either.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.disclosure import number
from analysis.summarise.words import percent, quantity

BESIDE = "number left out, to hide a small one"


def counted(n: int, base: int, minimum: int) -> str:
    """A number and its share."""
    return number(n, minimum) if 0 < n < minimum else f"{n:,} ({percent(n, base)})"


def persons(n: int, minimum: int) -> str:
    return f"{number(n, minimum)} {'person' if n == 1 and minimum < 2 else 'people'}"


def raised(name: str, n: int, base: int, minimum: int) -> str:
    """How many raised a theme, as a sentence."""
    told = f"F{number(n, minimum)[1:]} people" if 0 < n < minimum else quantity(n, base)
    return f"{told} raised “{name}”."


def of_sides(counts: Sequence[int], whole: int, minimum: int) -> list[str]:
    """The counts of those for and against, out of `whole` who took either side or none.

    Where one is small, the next larger is left out with it until the hidden ones together are not.
    """
    rest = whole - sum(counts)
    cells = sorted((n, i) for i, n in enumerate([*counts, rest]) if n)
    hidden: list[int] = []
    together = 0
    for n, i in cells:
        if n < minimum or (hidden and (together < minimum or len(hidden) < 2)):
            hidden.append(i)
            together += n
    return [
        BESIDE if i in hidden and n >= minimum else counted(n, whole, minimum)
        for i, n in enumerate(counts)
    ]
