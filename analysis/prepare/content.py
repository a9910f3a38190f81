"""Which answers hold no view, and why: "n/a", "don't know", a bare yes, "as Q3", "see attached".

The tables (content.toml) are in ordinary spelling ("attach*" is a stem). A text holds no view only
if *every* word of it is in one kind's tables, so "See attached, but I oppose this", "too cold",
"none at all" and "no concerns" are content. Accents, case, punctuation, apostrophes and doubled
letters ("coment", "atached", "nooo") make no difference.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from analysis.prepare.content_reasons import without_reason
from analysis.records import Consultation

Kind = Literal["content", "no_view", "dont_know", "yes_no", "pointer", "attachment", "noise"]
Status = Literal["analysed", "no_content", "not_read"]

MOST_WORDS = 40  # nothing longer is without a view
MOST_UNKNOWN = 6  # words that "see … attached …" may hold beside its own: a name, a subject

_FILE = Path(__file__).with_suffix(".toml")
_TABLES: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
_W = _TABLES["words"]
_FILL = _W["fillers"]
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_SHEET_ERROR = re.compile(r"\s*#(?:name\?|ref!|value!|n/a|div/0!|null!|num!)\s*", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{1,40}>|&[a-z]{2,6};")
_NO_VOWEL = re.compile(r"(?![a-z]*[aeiouwy])[a-z]{6,}")
_PARTS = re.compile(r"[.!?;,:\n\u2013\u2014()]+|\s[-/]\s")
_Table = str | dict[str, str]


def fold(text: str) -> str:
    """`text` as plain words: lower case, no accents or apostrophes, doubled letters once."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=\w)['‘’`´ʼ](?=\w)", "", text.replace("_", " "))
    return re.sub(r"([^\W\d])\1+", r"\1", " ".join(re.findall(r"\w+", text)))


_NUMBER = rf"(?:\d{{1,3}}[a-z]?|{'|'.join(fold(n) for n in NUMBERS)})"
_DIGITS = r"\w?\d{1,4}[a-z]?"
_ASKED = (
    r"(?:q|qs|qn|qu|questions?|c|cwestiwn|gwestiwn|chwestiwn|frage|pregunta|domanda|vrag|pytanie"
    r"|pytania|pergunta|fraga|sporgsmal|sporsmal|otazk[aue]|pitanje|ateb|as in|as for|se|answers?"
    rf"|responses?|(?:answer|response|reply) to) ?(?:n|no|number)? ?(?P<number>{_NUMBER})"
)


def _phrases(*tables: _Table) -> set[str]:
    """The folded phrases of `tables`; a stem ends in "*"."""
    lines = [v for t in tables for v in (t.values() if isinstance(t, dict) else [t])]
    phrases = (p.strip() for line in lines for p in re.split(r"[|\n]", line) if p.strip())
    return {fold(p) + "*" * p.endswith("*") for p in phrases}


def _any_of(*tables: _Table) -> str:
    """One pattern over folded text for every phrase of `tables`, the longest first."""
    found = sorted(_phrases(*tables), key=lambda p: (-len(p), p))
    return "|".join(p.replace("*", r"\w*") for p in found)


class _Rule:
    """Each of `groups` occurs in a folded text, and beside them only `around` and fillers.

    `pattern` is one more way to write the first group. The atomic group keeps matching linear.
    """

    def __init__(
        self, kind: Kind, *groups: _Table, around: tuple[str, ...] = (), pattern: str = "(?!)"
    ) -> None:
        self.kind = kind
        found = [_any_of(groups[0]) + f"|{pattern}", *map(_any_of, groups[1:])]
        self.groups = [re.compile(rf"\b(?:{g})(?= |$)") for g in found]
        inside = [pattern, _any_of(*groups, *around, _FILL), *([_DIGITS] if around else [])]
        self.whole = re.compile(rf"(?:(?>(?:{'|'.join(inside)})(?= |$)) ?)+")

    def fits(self, words: str) -> bool:
        return all(g.search(words) for g in self.groups) and bool(self.whole.fullmatch(words))


def _one_of(*tables: str, more: str = "(?!)") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(*tables)}|{more})(?= |$)")


_POINTING = tuple(_W[k] for k in ("around_pointer", "see", "weak", "strong", "place"))
_ASKED_OR_SAME = _ASKED.replace("?P<number>", "?:") + "|same$"
_BUILT = {n.removeprefix("built_"): t for n, t in _TABLES.items() if n.startswith("built_")}
_RULES = (
    _Rule("no_view", _TABLES["no_view"]),
    *(_Rule("no_view", b["thing"], b["not"], around=(b["around"],)) for b in _BUILT.values()),
    _Rule(
        "no_view",
        _W["matter"],
        _W["raising"],
        _BUILT["en"]["not"],
        around=(_BUILT["en"]["around"],),
    ),
    _Rule("no_view", _W["declines"], around=(_W["who_declines"],)),
    _Rule("dont_know", _TABLES["dont_know"], around=(_W["around_dont_know"],)),
    _Rule("yes_no", _TABLES["yes_no"]),
    _Rule("noise", _W["noise"], pattern="[a-z]|" + _NO_VOWEL.pattern),
    _Rule("attachment", _W["strong"], around=_POINTING),
    _Rule("pointer", _W["place"], around=_POINTING, pattern=_ASKED_OR_SAME),
    _Rule("attachment", _W["weak"], _W["see"], around=_POINTING),
)
_KNOWN = _one_of(*_POINTING, _W["submitting"], _FILL, more=_DIGITS)
_SEE = _one_of(_W["see"], more="thank you for|atached")
_FIRST = re.compile(rf"(?:(?:{_any_of(_FILL, _W['before_see'])}) )*")
_SUBMITS = re.compile(
    r"\b(?:submit\w*|submision|in|find|see|accept) (?:the|our|this|my) atached|\batached$"
    r"|\b(?:is|are) atached"
)
# "I am attached to my phone line", but not "attached to this e-mail".
_BOUND = re.compile(
    r"\batached to (?!(?:\w+ ){0,2}(?:e ?mails?|mail|mesage|leter|response|reply|form|submision"
    r"|survey|questionaire|document|comments?)\b)"
)
_STANCE = _one_of(_W["stance"])
_FILES = _one_of(_W["strong"])
_FILLER = re.compile(rf"(?:(?>(?:{_any_of(_FILL)})(?= |$)) ?)+")
_ASIDE = re.compile(r"\((?:[A-Z0-9&/ .-]{2,15}|s)\)")
_EVERY = {w for p in _phrases(*_TABLES.values(), "|".join(NUMBERS)) for w in p.split()}
_STEMS = tuple(sorted(w[:-1] for w in _EVERY if w.endswith("*")))
_NAMING = {w for p in _phrases(_W["strong"]) for w in p.split()}
_ORDER: tuple[Kind, ...] = ("attachment", "pointer", "dont_know", "no_view", "yes_no", "noise")


_REASONED: tuple[Kind, ...] = ("no_view", "dont_know")
_STATUS: dict[Kind, Status] = {"content": "analysed", "attachment": "not_read"}


def _part(words: str, file_named: bool) -> Kind | None:
    """The kind of one part of an answer; None for a part that adds nothing ("Thank you")."""
    for rule in _RULES:
        if rule.fits(words):
            return rule.kind
    if _FILLER.fullmatch(words):
        return None
    own = _KNOWN.sub("", words).split()
    says = _STANCE.search(words) or (own and _BOUND.search(words))
    if not file_named or len(own) > MOST_UNKNOWN or says:
        return "content"
    first = _FIRST.match(words)
    if _SEE.match(words, first.end() if first else 0) or _SUBMITS.search(words):
        return "attachment"
    return "content" if own else None


def _may_be_empty(words: list[str]) -> bool:
    """A quick look that spares most answers the patterns: is any word in no table at all?"""
    stems = [w.startswith(_STEMS) for w in words]
    if any(stems) or not _NAMING.isdisjoint(words):
        return True
    return all(w in _EVERY or len(w) == 1 or not w.isalpha() or _NO_VOWEL.match(w) for w in words)


def phrases_of(consultation: Consultation) -> dict[str, Kind]:
    """The team's own list: folded answer → what it is, whatever the tables say."""
    without: dict[str, Kind] = {fold(p): "no_view" for p in consultation.no_view}
    return without | {fold(p): "content" for p in consultation.views}


def kind(text: str, own: Mapping[str, Kind] | None = None) -> Kind:
    """What sort of answer `text` is; "content" whenever any part of it may be a view.

    "attachment": the view is in a file that was not read; "pointer": it is in another answer.
    An answer of emoji alone is content, of punctuation alone noise. own: see `phrases_of`.
    """
    if own and (told := own.get(fold(text))):
        return told
    return _short_kind(text) if len(text.split()) <= MOST_WORDS else "content"


@lru_cache(maxsize=65536)
def _short_kind(text: str) -> Kind:
    if _SHEET_ERROR.fullmatch(text):
        return "noise"
    text = _MARKUP.sub(" ", text)
    words = fold(text)
    if not words:
        return "content" if any(unicodedata.category(c) == "So" for c in text) else "noise"
    if phrase := without_reason(words, lambda said: _part(said, False) in _REASONED):
        return _part(phrase, False) or "content"
    if not _may_be_empty(words.split()):
        return "content"
    for rule in _RULES:
        if rule.fits(words):
            return rule.kind
    parts = [p for p in map(fold, _PARTS.split(_ASIDE.sub(" ", text))) if p]
    kinds = {_part(p, bool(_FILES.search(words))) for p in parts}
    return "content" if "content" in kinds else next((k for k in _ORDER if k in kinds), "content")


def classify(text: str, own: Mapping[str, Kind] | None = None) -> Status:
    """Whether a non-empty answer is analysed, or why not: no_content, or not_read (a file)."""
    return _STATUS.get(kind(text, own), "no_content")


def revision() -> str:
    """Which tables these are: another content.toml gives other results."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()[:16]


def pointed_question(text: str) -> str | None:
    """Where a pointer points: "3", "4a", "previous" or "next"; None if `text` is no pointer."""
    if kind(text) != "pointer":
        return None
    words = fold(text)
    if found := re.search(rf"\b{_ASKED}(?= |$)", words):
        spelt = {fold(n): str(i) for i, n in enumerate(NUMBERS, 1)}
        return spelt.get(found["number"], found["number"])
    return "next" if re.search(r"\bbelow\b", words) else "previous"
