"""Several ticks in one cell: which separator joins them, and where option texts hold it too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# In this order: a separator that options seldom hold comes first.
SEPARATORS = (";", "|", "\n", ",")


@dataclass(frozen=True)
class Splitter:
    """`whole`: texts that hold the separator but are one option."""

    pattern: re.Pattern[str]
    separator: str
    whole: frozenset[str] = frozenset()

    def split(self, cell: str) -> tuple[str, ...]:
        """The options ticked in one cell, each once, in their order."""
        text = cell.strip()
        if text in self.whole:
            return (text,)
        parts = [p.strip() for p in self.pattern.split(text)]
        out: list[str] = []
        i = 0
        while i < len(parts):
            for j in range(len(parts), i, -1):
                joined = self.joint.join(parts[i:j])
                if j == i + 1 or joined in self.whole:
                    out.append(joined)
                    i = j
                    break
        return tuple(dict.fromkeys(p for p in out if p))

    @property
    def joint(self) -> str:
        return "\n" if self.separator == "\n" else self.separator + " "


def find_splitter(cells: Sequence[str], sure: bool = False) -> Splitter | None:
    """How the cells of one column are to be split, or None if they hold one answer each.

    sure: the column is known to hold several ticks; then weaker evidence is enough.
    """
    texts = [c.strip() for c in cells if c.strip()]
    for separator in SEPARATORS:
        if not any(separator in t.strip(separator + " ") for t in texts):
            if separator == ";" and texts and sum(t.endswith(";") for t in texts) > len(texts) / 2:
                return Splitter(re.compile(r";(?!\s*\S)|;(?=\S)"), ";")
            continue
        splitter = _splitter(texts, separator)
        if _reused(texts, splitter, strict=separator == "," or not sure):
            return splitter
    return None


def _splitter(texts: Sequence[str], separator: str) -> Splitter:
    mark = re.escape(separator)
    inner = [t.rstrip(separator + " ") for t in texts]
    tight = sum(len(re.findall(rf"{mark}(?=\S)", t)) for t in inner)
    closing = sum(t.endswith(separator) for t in texts)
    if separator in ";," and (tight or closing > len(texts) / 2):
        # The tool joins without a space, so "; " belongs to an option's own text.
        return Splitter(re.compile(rf"{mark}(?=\S)|{mark}\s*$"), separator)
    loose = re.compile(rf"\s*{mark}\s*")
    return Splitter(loose, separator, frozenset(_wholes(texts, loose, separator)))


def _wholes(texts: Iterable[str], loose: re.Pattern[str], separator: str) -> set[str]:
    """Pairs of parts that only ever stand side by side are one option's text."""
    rows = [[p for p in loose.split(t) if p] for t in texts]
    counts = Counter(p for row in rows for p in row)
    pairs = Counter(pair for row in rows for pair in zip(row, row[1:], strict=False))
    joint = "\n" if separator == "\n" else separator + " "
    return {
        a + joint + b for (a, b), n in pairs.items() if n >= 2 and counts[a] == n and counts[b] == n
    }


def _reused(texts: Sequence[str], splitter: Splitter, strict: bool) -> bool:
    rows = [splitter.split(t) for t in texts]
    several = sum(1 for row in rows if len(row) > 1)
    counts = Counter(p for row in rows for p in row)
    if not several or not counts:
        return False
    if not strict:
        return True
    ticks = sum(counts.values())
    mean = sum(map(len, counts)) / len(counts)
    if len(counts) > 40 or mean > 90 or ticks < 1.5 * len(counts):
        return False
    if splitter.separator != ",":
        return True
    alone = {row[0] for row in rows if len(row) == 1}
    repeated = sum(1 for n in counts.values() if n > 1)
    free = len(alone & set(counts)) >= 0.5 * len(counts) or len(set(texts)) > len(counts)
    return mean <= 45 and several >= 2 and free and repeated >= 0.6 * len(counts)
