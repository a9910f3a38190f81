"""Answer scales: their display order, and what an answer says about the proposal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from analysis.ingest import scalewords as words
from analysis.ingest.bands import band
from analysis.records import Position

_MOST = 40  # no scale has more levels
_LONG = 200  # nor longer ones


def plain(value: str) -> str:
    """A value for comparing: lower case, one kind of apostrophe, what follows a dash left out."""
    text = " ".join(value.replace("’", "'").split()).casefold()
    text = re.split(r"\s[-–—]\s|\s*[;:(]\s*|, ", text)[0]
    return text.strip(" .!\"'")


def is_last(value: str) -> bool:
    """Values that stand apart from a scale: don't know, no opinion, other …"""
    whole = " ".join(value.replace("’", "'").split()).casefold()
    return bool(words.LAST.fullmatch(plain(value)) or re.search(r"haven't formed", whole))


def order(values: Iterable[str]) -> tuple[str, ...] | None:
    """The display order of a scale's levels, from low to high, or None if it is not a scale.

    Levels of a known scale that nobody chose are put in. "Don't know" and its like come last.
    """
    distinct = list(dict.fromkeys(v.strip() for v in values if v.strip()))
    if len(distinct) > _MOST or any(len(v) > _LONG for v in distinct):
        return None
    apart = [v for v in distinct if is_last(v)]
    levels = [v for v in distinct if not is_last(v)]
    if not levels or (len(levels) == 1 and not _graded(levels)):
        return None
    for way in (_numbered, _integers, _graded, _fixed, _bands):
        if found := way(levels):
            return (*found, *apart)
    return None


def is_opinion(values: Iterable[str]) -> bool:
    """Is this a scale of opinion (agreement, importance, a number …), not of age or size?"""
    distinct = list(dict.fromkeys(v.strip() for v in values if v.strip()))
    if len(distinct) > _MOST or any(len(v) > _LONG for v in distinct):
        return False
    levels = [v for v in distinct if not is_last(v)]
    return len(levels) >= 2 and any(way(levels) for way in (_numbered, _graded))


def is_yes_no(values: Iterable[str]) -> bool:
    """Are the values yes and no, in one of the languages known, with or without "don't know"?"""
    levels = {plain(v) for v in values if v.strip() and not is_last(v)}
    return len(levels) > 1 and any(levels <= pair for pair in words.YES_NO)


def _numbered(levels: list[str]) -> list[str] | None:
    """Levels that begin with their number: "1 - Not important" to "5 - Very important".

    Levels between may be bare numbers; then bare numbers that nobody chose are put in.
    """
    named = [(int(m[1]), v) for v in levels if (m := words.NUMBERED.fullmatch(v))]
    bare = [(int(v), v) for v in levels if re.fullmatch(r"\d{1,2}", v)]
    found = dict(named + bare)
    if not named or len(named) + len(bare) < len(levels) or len(found) < len(levels):
        return None
    if max(found) > 20 or any(band(v) for _, v in named):
        return None
    if bare:
        found |= {n: str(n) for n in range(min(found), max(found)) if n not in found}
    return [found[n] for n in sorted(found)]


def _integers(levels: list[str]) -> list[str] | None:
    if not all(re.fullmatch(r"-?\d{1,2}", v) for v in levels):
        return None
    numbers = {int(v) for v in levels}
    low, high = min(numbers), max(numbers)
    if len(numbers) < len(levels) or high > 10 or low < -10:
        return None
    if low > 0 and high in (3, 4, 5, 7, 10):
        low = 1
    return [str(n) for n in range(low, high + 1)]


def _graded(levels: list[str]) -> list[str] | None:
    """Scales made of a degree and a word: "Tend to disagree" … "Strongly agree"."""
    read = {v: _degree(plain(v)) for v in levels}
    parts = {v: part for v, part in read.items() if part is not None}
    if len(parts) < len(read):
        return None
    for good, bad in words.PAIRS:
        known = _ranks(parts, {"": 0.0, good: 1.0, bad: -1.0})
        if known and any(known.values()):
            _mirror(known, good, bad)
            return _by_rank(known)
    for word in words.UNIPOLAR:
        known = _ranks(parts, {"": 0.0, word: 1.0})
        if known and sum(1 for r in known.values() if r) >= 2:
            return _by_rank(known)
    return None


def _ranks(parts: dict[str, tuple[str, float]], signs: dict[str, float]) -> dict[str, float]:
    """Where the levels stand, if all of them are of the words in `signs`; else nothing."""
    if any(word not in signs for word, _ in parts.values()):
        return {}
    return {v: signs[word] * degree for v, (word, degree) in parts.items()}


def _by_rank(known: dict[str, float]) -> list[str]:
    return sorted(known, key=lambda v: known[v])


@lru_cache(maxsize=4096)
def _degree(text: str) -> tuple[str, float] | None:
    """The word of a level and how strongly it is said; no word in the middle of a scale."""
    if text.startswith("neither") or words.MIDDLE.fullmatch(text):
        return "", 0.0
    text = re.sub(
        r"^(?:i(?:'m| am)? |we |it(?:'ll| will) be |feel |felt |yes, (?:i )?|no, (?:i )?)", "", text
    )
    if welsh := words.WELSH.fullmatch(text):
        degree = "tend to" if welsh["weak"] else "strongly" if welsh["strong"] else ""
        text = f"{degree} {words.UNMUTATED.get(welsh['word'], welsh['word'])}".strip()
    m = words.GRADED.fullmatch(text)
    if not m:
        return None
    word = m["word"].strip()
    if not m["not"]:
        return word, words.DEGREE.get(m["degree"] or "", 2.0)
    if "at all" in m["not"] or m["tail"]:
        return word, -2.5
    return word, -0.5 if "very" in m["not"] else -1.0


def _mirror(ranks: dict[str, float], good: str, bad: str) -> None:
    """Add the opposite of each level, if the scale has two ends and the file lacks it."""
    long = any(len(v.split()) > 4 and rank for v, rank in ranks.items())
    negated = any(v.casefold().startswith("not ") for v in ranks)
    seen = good in words.TWO_ENDED or any(good in v.casefold() for v in ranks)
    if long or negated or not seen:
        return
    for value, rank in list(ranks.items()):
        opposite = _opposite(value, good, bad)
        if rank and -rank not in ranks.values() and opposite != value:
            ranks[opposite] = -rank


def _opposite(value: str, good: str, bad: str) -> str:
    down = re.compile(rf"\b{re.escape(bad)}\b", re.IGNORECASE)
    if down.search(value):
        return down.sub(lambda m: _cased(m[0], good), value)
    up = re.compile(rf"\b{re.escape(good)}\b", re.IGNORECASE)
    return up.sub(lambda m: _cased(m[0], bad), value)


def _cased(like: str, word: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[:1].isupper() else word


def _fixed(levels: list[str]) -> list[str] | None:
    texts = {v: plain(v) for v in levels}
    for scale in words.FIXED:
        if len(set(texts.values())) == len(levels) and all(t in scale for t in texts.values()):
            return sorted(levels, key=lambda v: scale.index(texts[v]))
    return None


def _bands(levels: list[str]) -> list[str] | None:
    found = [(b, v) for v in levels if (b := band(v)) is not None]
    if len(found) < len(levels) or len({b for b, _ in found}) < len(levels):
        return None
    return [v for _, v in sorted(found)]


def by_number(values: Sequence[str]) -> list[str] | None:
    """Groups that are no scale but mostly numbers and bands ("27", "45-54", "65+"), from low to
    high, what is neither after them; None if they are mostly words."""
    found = {v: b for v in values if (b := _span(v)) is not None}
    if 2 * len(found) <= len(values):
        return None
    return [*sorted(found, key=lambda v: found[v]), *[v for v in values if v not in found]]


def _span(value: str) -> tuple[float, float] | None:
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value):
        return float(value), float(value)
    return band(value)


# ---------------------------------------------------------------- positions
def positions(values: Iterable[str], label: str = "") -> dict[str, Position]:
    """What each answer says about the proposal, guessed from its words.

    Empty unless every frequent value is understood and both support and oppose occur. A bare
    "yes" or "no" is understood only if `label` asks for support.
    """
    counts = Counter(v.strip() for v in values if v.strip())
    total = sum(counts.values())
    yes_no = bool(re.search(r"\b(support|in favou?r|approve|oppose)", label, re.I))
    negated = bool(re.search(r"\b(oppose|object to|against)\b", label, re.I)) and not re.search(
        r"\b(support|favou?r|approve)", label, re.I
    )
    out: dict[str, Position] = {}
    for value, n in counts.items():
        found = _position(value, yes_no, negated)
        if found is None:
            if n >= 0.03 * total:
                return {}
            found = "unclear"
        out[value] = found
    both = {"support", "oppose"} <= set(out.values())
    return out if both else {}


def _position(value: str, yes_no: bool, negated: bool) -> Position | None:
    text = " ".join(value.replace("’", "'").split()).casefold()
    head = re.split(r"\s[-–—]\s", text)[0]
    if is_last(value):
        return "unclear"
    if yes_no and plain(value) in ("yes", "no"):
        return "support" if (plain(value) == "yes") != negated else "oppose"
    for part in (head, text[:_LONG]):
        if words.MIXED.search(part):
            return "mixed"
        if words.OPPOSE.search(part):
            return "oppose"
        if words.SUPPORT.search(part):
            return "support"
    return None
