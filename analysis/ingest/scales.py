"""Answer scales: their display order, and what an answer says about the proposal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analysis.ingest.bands import band
from analysis.records import Position

# Word pairs of scales with two ends. In a pair the second is the opposite of the first.
_PAIRS: tuple[tuple[str, str], ...] = (
    ("agree", "disagree"),
    ("support", "oppose"),
    ("in favour", "against"),
    ("in favor", "against"),
    ("for", "against"),
    ("favourable", "unfavourable"),
    ("favorable", "unfavorable"),
    ("favourably", "unfavourably"),
    ("favorably", "unfavorably"),
    ("satisfied", "dissatisfied"),
    ("optimistic", "concerned"),
    ("optimistic", "pessimistic"),
    ("positive", "negative"),
    ("positively", "negatively"),
    ("likely", "unlikely"),
    ("important", "unimportant"),
    ("useful", "useless"),
    ("helpful", "unhelpful"),
    ("helpful", "harmful"),
    ("effective", "ineffective"),
    ("comfortable", "uncomfortable"),
    ("confident", "worried"),
    ("easy", "difficult"),
    ("clear", "unclear"),
    ("fair", "unfair"),
    ("safe", "unsafe"),
    ("acceptable", "unacceptable"),
    ("beneficial", "harmful"),
    ("better", "worse"),
    ("trust", "distrust"),
    ("good", "bad"),
    ("good", "poor"),
    ("approve", "disapprove"),
    ("happy", "unhappy"),
    ("concerned", "unconcerned"),
    ("welcome", "reject"),
)
_UNIPOLAR = (
    "relevant", "familiar", "aware", "interested", "worried", "well", "much", "concerned",
)  # fmt: skip
_STRONG = "strongly|very|completely|totally|fully|extremely|highly|definitely|entirely|a lot"
_PLAIN = "mostly|quite|generally|largely|broadly"
_WEAK = (
    "tend to|somewhat|slightly|fairly|moderately|partly|partially|rather|a little|a bit|probably"
)
_DEGREE = {**dict.fromkeys(_STRONG.split("|"), 3.0), **dict.fromkeys(_PLAIN.split("|"), 1.5)}
_DEGREE |= dict.fromkeys(_WEAK.split("|"), 1.0)
_GRADED = re.compile(
    rf"(?P<degree>{_STRONG}|{_PLAIN}|{_WEAK})?\s*(?P<not>not (?:at all |very |so )?)?"
    r"(?P<word>.+?)(?P<tail> at all| or .+| with .+)?"
)
_MIDDLE = re.compile(
    r"neither\b.*|neutral|mixed|mixed ?/ ?neutral|no (?:strong )?(?:preference|difference)|"
    r"undecided|indifferent|in[- ]between|about the same|no change|both|it depends|"
    r"moderate(?:ly)?|some(?:what)?|average|fair|.* neither .* nor .*"
)
_LAST = re.compile(
    r"(?:i )?(?:do ?n[o']?t|dont|did not|can(?:no|')t) (?:know|say|tell|remember|wish to say)\b.*|"
    r"dk|not (?:sure|applicable|answered|stated|relevant|known|given)\b.*|unsure\b.*|"
    r"no (?:opinion|answer|view|response|comment|reply)\b.*|n/?a|prefer not\b.*|"
    r"(?:would )?rather not say|unknown|uncertain|none of (?:the above|these)|other\b.*|"
    r"unfamiliar\b.*|blank|skipped|(?:i have )?no idea.*|undisclosed"
)
# Scales whose levels have no common word, from low to high.
_FIXED: tuple[tuple[str, ...], ...] = (
    ("never", "rarely", "seldom", "occasionally", "sometimes", "regularly", "often",
     "very often", "usually", "most of the time", "nearly always", "always"),
    ("never", "less than once a year", "once a year", "yearly", "a few times a year", "monthly",
     "once a month", "weekly", "once a week", "daily", "every day"),
    ("terrible", "very poor", "very bad", "poor", "bad", "below average", "fair", "average",
     "acceptable", "ok", "okay", "good", "above average", "very good", "excellent", "outstanding"),
    ("not at all", "hardly", "very little", "rather not", "a little", "slightly", "to some extent",
     "somewhat", "moderately", "neutral", "rather", "quite", "much", "a lot", "a great deal",
     "to a great extent", "very much", "completely", "extremely"),
    ("none", "very low", "low", "medium", "moderate", "high", "very high"),
    ("much worse", "worse", "slightly worse", "about the same", "the same", "slightly better",
     "better", "much better"),
    ("too little", "about right", "too much"),
    ("decrease", "stay the same", "no change", "increase"),
    ("no", "partly", "maybe", "perhaps", "yes"),
    ("false", "true"),
    ("micro", "small", "medium", "large"),
    ("not a priority", "low priority", "medium priority", "high priority", "essential"),
)  # fmt: skip
_NUMBERED = re.compile(r"[\[(]?(-?\d{1,2})[\])]?(?:\s*[-–—:.=)]\s*|\s+)(?!\d)(\D.*)", re.DOTALL)


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
    return bool(_LAST.fullmatch(plain(value)) or re.search(r"haven't formed", whole))


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


def _numbered(levels: list[str]) -> list[str] | None:
    """ "1 - Not important" to "5 - Very important"; also "Extremely likely (10)"-less forms."""
    found = [(int(m[1]), v) for v in levels if (m := _NUMBERED.fullmatch(v)) and band(v) is None]
    if len(found) < len(levels) or len({n for n, _ in found}) < len(levels):
        return None
    return [v for _, v in sorted(found)] if max(n for n, _ in found) <= 20 else None


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
    texts = {v: plain(v) for v in levels}
    for good, bad in _PAIRS:
        ranks = {v: _rank(texts[v], good, bad) for v in levels}
        if all(r is not None for r in ranks.values()) and any(ranks.values()):
            known = {v: r for v, r in ranks.items() if r is not None}
            _mirror(known, good, bad)
            return _by_rank(known)
    for word in _UNIPOLAR:
        ranks = {v: _rank(texts[v], word, "\0") for v in levels}
        if all(r is not None for r in ranks.values()) and sum(1 for r in ranks.values() if r) >= 2:
            return _by_rank({v: r for v, r in ranks.items() if r is not None})
    return None


def _by_rank(known: dict[str, float]) -> list[str] | None:
    if len(set(known.values())) < len(known):
        return None
    return sorted(known, key=lambda v: known[v])


def _rank(text: str, good: str, bad: str) -> float | None:
    """Where a level stands: below 0 towards `bad`, above 0 towards `good`, 0 in the middle."""
    if text.startswith("neither") or _MIDDLE.fullmatch(text):
        return 0.0
    text = re.sub(
        r"^(?:i(?:'m| am)? |we |it(?:'ll| will) be |feel |felt |yes, (?:i )?|no, (?:i )?)", "", text
    )
    m = _GRADED.fullmatch(text)
    if not m:
        return None
    word = m["word"].strip()
    sign = {good: 1.0, bad: -1.0}.get(word)
    if sign is None:
        return None
    degree = _DEGREE.get(m["degree"] or "", 2.0)
    if m["not"]:
        return (
            -2.5
            if "at all" in m["not"] or m["tail"] == " at all"
            else -0.5
            if "very" in m["not"]
            else -1.0
        )
    return sign * degree


def _mirror(ranks: dict[str, float], good: str, bad: str) -> None:
    """Add the opposite of each level, if the scale has two ends and the file lacks it."""
    long = any(len(v.split()) > 4 and rank for v, rank in ranks.items())
    negated = any(v.casefold().startswith("not ") for v in ranks)
    if long or negated or not any(good in v.casefold() for v in ranks):
        return
    for value, rank in list(ranks.items()):
        if rank and -rank not in ranks.values():
            ranks[_opposite(value, good, bad)] = -rank


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
    for scale in _FIXED:
        if len(set(texts.values())) == len(levels) and all(t in scale for t in texts.values()):
            return sorted(levels, key=lambda v: scale.index(texts[v]))
    return None


def _bands(levels: list[str]) -> list[str] | None:
    found = [(b, v) for v in levels if (b := band(v)) is not None]
    if len(found) < len(levels) or len({b for b, _ in found}) < len(levels):
        return None
    return [v for _, v in sorted(found)]


# ---------------------------------------------------------------- positions
_OPPOSE = re.compile(
    r"\b(?:oppos\w*|disagree\w*|against|reject\w*|object\w*|disapprov\w*|unfavou?rabl\w+|"
    r"pessimis\w+|concerned|worried|negative(?:ly)?|unacceptable|do(?:es)? not support|"
    r"don't support|not support(?:ive)?|not in favou?r|no, i do not|harmful|bad idea)\b"
)
_SUPPORT = re.compile(
    r"\b(?:support\w*|agree\w*|in favou?r|approv\w*|welcome|favou?rabl\w+|optimis\w+|"
    r"positive(?:ly)?|acceptable|enthusiastic|good idea|beneficial)\b|^for$"
)
_MIXED = re.compile(
    r"\b(?:neither|neutral|mixed|both|undecided|depends|balanced|indifferent|in part|partly|"
    r"partially|with (?:changes|conditions|reservations))\b"
)


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
    if _MIXED.search(head):
        return "mixed"
    if _OPPOSE.search(head):
        return "oppose"
    return "support" if _SUPPORT.search(head) else None
