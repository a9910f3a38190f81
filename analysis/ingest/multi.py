"""Several ticks in one cell: which separator joins them, and where option texts hold it too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# In this order: a separator that options seldom hold comes first.
SEPARATORS = (";", "|", "\n", ",")
_SENTENCE = re.compile(r"[.!?]$")


@dataclass(frozen=True)
class Splitter:
    """How one column's cells are cut.

    tight: the tool joins without a space, so that "; " belongs to an option's own text.
    whole: texts that hold the separator but are one option.
    """

    separator: str
    tight: bool = False
    whole: frozenset[str] = field(default_factory=frozenset)

    def split(self, cell: str) -> tuple[str, ...]:
        """The options ticked in one cell, each once, in their order."""
        text = cell.strip()
        if text in self.whole:
            return (text,)
        parts = [p.strip() for p in self._parts(text)]
        if self.whole:
            parts = self._joined(parts)
        return tuple(dict.fromkeys(p for p in parts if p))

    def _parts(self, text: str) -> list[str]:
        parts = text.split(self.separator)
        if not self.tight:
            return parts
        out: list[str] = []
        for part in parts:
            digits = self.separator == "," and out and out[-1][-1:].isdigit() and part[:1].isdigit()
            if out and part.strip() and (part[0].isspace() or digits):
                out[-1] += self.separator + part
            else:
                out.append(part)
        return out

    def _joined(self, parts: list[str]) -> list[str]:
        """Put the parts of whole options together again, the longest option first."""
        most = 1 + max(w.count(self.separator) for w in self.whole)
        joint = self.separator if self.separator == "\n" else self.separator + " "
        out: list[str] = []
        i = 0
        while i < len(parts):
            for j in range(min(len(parts), i + most), i, -1):
                text = joint.join(parts[i:j])
                if j == i + 1 or text in self.whole:
                    out.append(text)
                    i = j
                    break
        return out


def find_splitter(cells: Sequence[str], sure: bool = False) -> Splitter | None:
    """How the cells of one column are to be split, or None if they hold one answer each.

    sure: the column is known to hold several ticks; then weaker evidence is enough.
    """
    texts = [c.strip() for c in cells if c.strip()]
    for separator in SEPARATORS:
        closing = sum(t.endswith(separator) for t in texts)
        closes = separator == ";" and closing > len(texts) / 2
        if not closes and not any(separator in t.strip(separator + " ") for t in texts):
            continue
        splitter = _splitter(texts, separator, closes)
        if closes or _reused(texts, splitter, strict=separator == "," or not sure):
            return splitter
    return None


def known(splitter: Splitter, options: Sequence[str]) -> Splitter:
    """The splitter, told of options whose own text holds the separator."""
    whole = frozenset(o for o in options if splitter.separator in o)
    if not whole:
        return splitter
    return Splitter(splitter.separator, splitter.tight, splitter.whole | whole)


def _splitter(texts: Sequence[str], separator: str, closes: bool) -> Splitter:
    inner = [t.rstrip(separator + " ") for t in texts]
    near = re.compile(rf"(?<!\d){re.escape(separator)}(?=\S)|{re.escape(separator)}(?=[^\s\d])")
    if separator in ";," and (closes or any(near.search(t) for t in inner)):
        return Splitter(separator, tight=True)
    return Splitter(separator, whole=frozenset(_wholes(texts, separator)))


def _wholes(texts: Sequence[str], separator: str) -> set[str]:
    """Pairs of parts that only ever stand side by side are one option's text."""
    rows = [[p.strip() for p in t.split(separator) if p.strip()] for t in texts]
    counts = Counter(p for row in rows for p in row)
    pairs = Counter(pair for row in rows for pair in pairwise(row))
    joint = separator if separator == "\n" else separator + " "
    return {
        a + joint + b for (a, b), n in pairs.items() if n >= 2 and counts[a] == n and counts[b] == n
    }


def _reused(texts: Sequence[str], splitter: Splitter, strict: bool) -> bool:
    """Do the parts come back in other cells, as options do and the clauses of prose do not?"""
    rows = [splitter.split(t) for t in texts]
    joined = [row for row in rows if len(row) > 1]
    counts = Counter(p for row in rows for p in row)
    if not joined:
        return False
    if not strict:
        return True
    mean = sum(map(len, counts)) / len(counts)
    if len(counts) > 40 or mean > 90 or sum(counts.values()) < 1.5 * len(counts):
        return False
    if sum(1 for p in counts if _SENTENCE.search(p)) > 0.2 * len(counts):
        return False
    return splitter.separator != "," or _comma(rows, joined, counts, splitter.tight, mean)


def _comma(
    rows: Sequence[tuple[str, ...]],
    joined: Sequence[tuple[str, ...]],
    counts: Counter[str],
    tight: bool,
    mean: float,
) -> bool:
    """Commas are common in prose and in option texts, so they need more evidence."""
    if len(joined) < 2 and not (tight and all(counts[p] > 1 for row in joined for p in row)):
        return False
    alone = {row[0] for row in rows if len(row) == 1}
    repeated = sum(1 for n in counts.values() if n > 1)
    free = len(alone) >= 0.5 * len(counts) or len(set(rows)) > len(counts)
    return mean <= 45 and free and repeated >= 0.6 * len(counts)
