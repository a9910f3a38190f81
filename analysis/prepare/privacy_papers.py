"""Passports, driving licences and dates of birth, as rules for `privacy`."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_forename
from analysis.prepare.privacy_rules import DIGIT, LONG, NUMBER, Match, Place, Rule, whole
from analysis.prepare.privacy_rules import ignoring_case as _i

_MONTH = (
    "(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|ionawr|chwefror|mawrth|"
    "ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th|ain|eg|fed)?"
_WITH_YEAR = (
    rf"(?:{_DAY}(?:\sof)?[\s/.-]{{1,2}}(?:[0-9]{{1,2}}|{_MONTH})[\s/.,-]{{1,2}}|"
    rf"{_MONTH}\.?\s(?:the\s)?{_DAY},?\s)(?:[0-9]{{4}}|'?[0-9]{{2}})|"
    rf"[0-9]{{4}}[-/.][0-9]{{2}}[-/.][0-9]{{2}}"
)
_DATE = rf"(?P<x>{_WITH_YEAR})(?![0-9])"
_DAY_MONTH = rf"{_DAY}(?:\sof)?\s{_MONTH}|{_MONTH}\s{_DAY}|[0-9]{{1,2}}/[0-9]{{1,2}}"
_BORN_DATE = rf"(?P<x>{_WITH_YEAR}|{_DAY_MONTH}|{_MONTH}\s(?:of\s)?(?:19|20)[0-9]{{2}})(?![0-9])"
_BEFORE_CODE = _i(r"[0-9],\s?(?:[a-z]{1,2}[0-9]|ni\b|nhs|national)")
_SOME_DATE = re.compile(r"\b(?:an?|the|same|every|each|default|one) $", re.I)


def _birth(m: Match) -> Place | None:
    """A date of birth; "a birth date of 1 January" is what computers fill in for nobody."""
    if m["plain"]:
        return m.span("plain")
    year = re.search(r"[0-9]{4}|[0-9]\D+[0-9]+\D+[0-9]", m["x"])
    return m.span("x") if year or not _SOME_DATE.search(m.string[: m.start()][-10:]) else None


RULES: tuple[Rule, ...] = (
    Rule(
        "passport",
        _i(
            r"\bpass ?port\b[^0-9\n]{0,40}?(?P<x>\b(?:[0-9]{3}\s?[0-9]{3}\s?[0-9]{3}|"
            r"[A-Z]\s?[0-9]{7,8}|[A-Z]{2}\s?[0-9]{7}))(?!\w)"
        ),
        ("passport", "pass port"),
        gate=LONG,
    ),
    Rule(
        "licence",
        _i(
            r"(?<!\w)(?P<x>[A-Z9]{5}[\s-]?[0-9][0156][0-9][0-3][0-9]{2}[\s-]?"
            r"[A-Z][A-Z9][\s-]?[0-9A-Z][A-Z]{2}(?:[\s-]?[0-9]{2})?)(?!\w)"
        ),
        gate=LONG,
        check=whole(lambda t: not t[:5].startswith("9")),
    ),
    Rule(
        "licence",
        _i(
            r"\b(?:(?:driving|driver['’]?s?|drivers|dvla|dva|my|provisional)\s)?licen[cs]e\b"
            r"[^0-9\n]{0,30}?(?P<x>\b(?:[0-9]{8}|[A-Z9]{5}[\s-]?[0-9]{6}[\s-]?"
            r"[A-Z0-9]{1,2}[\s-]?[A-Z0-9]{3,4}(?:[\s-][0-9]{2})?))(?!\w)"
        ),
        ("licen",),
        gate=LONG,
    ),
    Rule(
        "birth",
        _i(
            NUMBER + _DATE + r"(?=,\s?(?:[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}\b|ni\b|nhs\b|"
            r"national insurance))"
        ),
        gate=_BEFORE_CODE,
    ),
    Rule(
        "birth",
        _i(
            r"(?:\bd\.?o\.?b\b\.?|\bd/o/b\b|\bdate\sof\sbirth|\bbirth\s?date|\bdyddiad geni|"
            r"\b(?:my|his|her|their|our|\w+['’]s)\s(?:\w{1,12}\s)?(?:birthday|b-?day))"
            r"[^0-9\n]{0,25}?(?:(?P<plain>[0-9]{6}(?:[0-9]{2})?(?![0-9]))|\b" + _BORN_DATE + ")"
        ),
        ("dob", "d.o.b", "d/o/b", "birth", "bday", "b-day", "geni"),
        gate=DIGIT,
        check=_birth,
    ),
    Rule(
        "birth",
        _i(
            rf"(?:\b(?:i|he|she|they|who|sons|daughters|{words.KIN})"
            r"(?:\s(?:was|were)|['’]s)?|[,(]|\w[,;]?\sand|^|\n)\s?born\s(?:on\s)?(?:the\s)?" + _DATE
        ),
        ("born",),
        gate=DIGIT,
    ),
    Rule(
        "birth",
        re.compile(
            r"\b(?P<who>[^\W\d_a-z]\w+)(?:\swas|\sis|,)\sborn\s(?:on\s)?(?:the\s)?(?i:"
            + _DATE
            + ")"
        ),
        ("born",),
        gate=DIGIT,
        check=lambda m: m.span("x") if is_forename(m["who"]) else None,
    ),
    Rule(
        "birth",
        _i(
            r"\b(?:born|arrived|came into the world|ganwyd|geni)\s(?:in|at|yn|ym)\s"
            r"[^0-9\n.!?]{2,40}?\s(?:on\s|ar\s)(?:the\s)?\b(?P<x>" + _WITH_YEAR + r")(?![0-9])"
        ),
        ("born", "ganwyd", "geni"),
        gate=DIGIT,
    ),
    Rule(
        "birth",
        _i(
            r"(?:\b(?:i|he|she|they|who|son|daughter|mother|mum|father|dad|husband|wife|child|baby|"
            r"brother|sister|twins?)(?:\s(?:was|were|is)|['’]s)|^|\n|[,(]\s?)\s?born\s(?:in|on)\s"
            r"(?:the\s)?(?P<x>" + _DAY_MONTH + rf"|{_MONTH}\s(?:19|20)[0-9]{{2}})(?![0-9])"
        ),
        ("born",),
        gate=DIGIT,
    ),
    Rule(
        "birth",
        _i(
            rf"\b(?P<x>{_WITH_YEAR})\s?(?:is|was|\(|,|-)\s?(?:my|his|her|our)?\s?"
            r"(?:d\.?o\.?b\b|date of birth|birthday|birth date)"
        ),
        ("dob", "d.o.b", "birth"),
        gate=DIGIT,
    ),
)
