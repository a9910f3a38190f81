"""People named beside what they are: "Oyinkan, my daughter", "it was Will from the library"."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import (
    NAME,
    TITLE,
    TITLES,
    is_body,
    is_forename,
    is_ordinary,
    name_part,
    plain,
)
from analysis.prepare.privacy_people import in_role, strange
from analysis.prepare.privacy_rules import UPPER, Match, Place, Rule

_WHO = rf"(?:{words.KIN}|{words.ROLES}|{words.PERSONS})s?"
_TIMES = frozenset(["may", "april", "june", "august", "summer", "autumn", "spring", "winter"])
_A_TITLE = re.compile(TITLES)


def _unless_ordinary(m: Match) -> Place | None:
    """One name that may be a word too, where only a person can be meant; no month, no body."""
    found = name_part(m["x"], m.start("x"), False, sure=True)
    if not found or is_body(m.string, found[0][1]) or _A_TITLE.fullmatch(found[1][0].strip(".")):
        return None
    first = plain(found[1][0])
    if first in _TIMES or first in words.NOT_NAMES - words.WORD_NAMES:
        return None
    if m[0][: m.start("x") - m.start()].endswith("from ") and not is_forename(first):
        return None
    known = is_forename(first) or first in words.WORD_NAMES
    return found[0] if known or not is_ordinary(first) else None


RULES: tuple[Rule, ...] = (
    Rule(
        "name",
        re.compile(rf"{NAME}(?=,\s(?:(?i:my|our|his|her)\s(?:[a-z-]{{2,14}}\s){{0,2}}{_WHO})\b)"),
        (", my ", ", our ", ", his ", ", her "),
        check=_unless_ordinary,
    ),
    Rule(
        "name",
        re.compile(
            rf"(?:\b(?:[Aa]s|[Ww]hen|[Bb]ut|[Bb]ecause|[Aa]nd)\s|^|[.!?\n]\s?){NAME}"
            rf"(?=\s(?:my|our)\s(?:[a-z-]{{2,14}}\s){{0,2}}{_WHO}\b)"
        ),
        (" my ", " our "),
        check=_unless_ordinary,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?:(?i:it was|it is|it['’]s|thank(?:s to)?|asked|ask|tell|told|met|saw|spoke to|"
            rf"speak to|talk to|talked to)|by|with|from|to)\s{NAME}"
            rf"(?=\s(?:(?:from|at|in|on|over at)\s(?:the|my|our|{UPPER}|[a-z]{{4,}})|"
            r"who\b|himself|herself))"
        ),
        (" from ", " at ", " in ", " on ", " who", "self"),
        check=_unless_ordinary,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:hi|hello|hiya|hey)[,! ]{{1,2}}(?i:it['’]?s )?{NAME}(?=,?\s(?:here|again)\b)"
        ),
        (" here", " again"),
        check=_unless_ordinary,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?:[Mm]y|[Oo]ur|[Tt]he|[Hh]is|"
            rf"[Hh]er)\s(?:[a-z-]{{2,14}}\s){{0,3}}{_WHO},\s{NAME}(?=[,.)])"
        ),
        ("my ", "our ", "the ", "his ", "her "),
        gate=re.compile(rf"[a-z],\s{UPPER}[^,.)]{{1,40}}[,.)]"),
        check=_unless_ordinary,
    ),
    Rule(
        "name",
        re.compile(
            r"\b(?i:completed|written|filled (?:in|out)|submitted|typed|dictated|signed|answered|"
            rf"sent|posted) (?:out |up |in |on )?by\s{TITLE}?{NAME}"
        ),
        (" by ",),
        check=in_role,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:(?:sp[eo]a?ke?n?|talk(?:ed)?|chatt?(?:ed)?) (?:to|with)|ask for|asked for|"
            rf"signed (?:in )?as)\s{NAME}"
        ),
        ("spoke", "speak", "talk", "chat", "ask"),
        check=strange,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?:[Mm]y|[Oo]ur)\s(?:[a-z-]{{2,14}}\s)?(?:{words.KIN})\s(?P<x>{words.LOW_TOO})\b"
            r"(?!['’-])"
        ),
        ("my ", "our "),
    ),
)
