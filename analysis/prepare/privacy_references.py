"""A person's references: cases, claims, hospitals, courts, parcels. Public papers stay."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_rules import (
    CODE,
    DIGIT,
    Match,
    Place,
    Rule,
    by_first_letter,
    digits,
    sentence_after,
    sentence_before,
)
from analysis.prepare.privacy_rules import ignoring_case as _i

_PUBLIC_CODE = re.compile(
    r"(?:ISO|IEC|IEEE|BS|EN|EC|EU|UN|ETSI|NIST|COVID|SARS|CVE|RFC|SI|S\.I\.|HC|HL|CM|CP|WP|NG|CG|"
    r"TA|QS|"
    r"WCAG|SNOMED|ICD|HTTP|GPT|RTX|SA|DS|SF|DL|HTM|UKSI|ASP|WSI|SSI|NISR|COM|OJ|ISBN|ISSN|DOI|PDF|"
    r"A|M|B|X|N)(?=[0-9 /-])"
)
_PAPER = re.compile(
    r"\b(?:acts?|regulations?|sections?|articles?|para(?:graph)?s?|directives?|standards?|forms?|"
    r"papers?|bills?|chapters?|versions?|pages?|tables?|figures?|models?|error(?: code)?s?|"
    r"briefings?|reports?|hansard|questions?|clauses?|schedules?|volumes?|appendix|annex|isbn|"
    r"issue|recommendations?|bus(?:es)?|routes?|rooms?|wards?|platforms?|flights?|trains?|"
    r"windows|v|case law|statutory instrument|document|docket|consultation)\s"
    r"(?:(?:number|no\.?|ref(?:erence)?|code)[:.]?\s?)?(?:is\s)?$",
    re.I,
)
_CALL = _i(  # the consultation's own number, which many quote
    r"\b(?:dockets?|file code|rfi|request for information|consultation|in response to|respon(?:d|"
    r"se|"
    r"ding)s? to|"
    r"comments? (?:on|regarding|letter|to)|rulemaking|federal register|call for evidence|rin)\b"
)
_DATE = r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})"


def _code(m: Match) -> Place | None:
    """A code with four digits that is no date, no law case (C-311/18) and no public paper."""
    code = m["x"].rstrip(" .-/")
    date = re.fullmatch(_DATE, code)
    case = re.fullmatch(r"[CT]-[0-9]+/[0-9]{2}|[A-Z]{2,6}(?:-[0-9]{4}){3}|CMS-.+", code)
    if re.search(r"[a-z]{3}", code):
        return None
    few = len(digits(code)) < (3 if re.search(r"[A-Z]", code) and len(code) >= 6 else 4)
    if date or case or few or re.fullmatch(r"(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?", code):
        return None
    before = m.string[max(0, m.start("x") - 90) : m.start("x")]
    around = before + "|" + m.string[m.end("x") : m.end("x") + 40]
    official = re.search("[A-Z]", code) and _CALL.search(around)
    return (
        None
        if official or _PAPER.search(before[-40:])
        else (m.start("x"), m.start("x") + len(code))
    )


def _private(m: Match) -> Place | None:
    """A code with letters or strokes whose first letters are no public series'."""
    mixed = re.search(r"[A-Z/-]", m["x"]) and not re.fullmatch(r"0[xX][0-9A-Fa-f]+", m["x"])
    return _code(m) if mixed and not _PUBLIC_CODE.match(m["x"]) else None


def _mine(m: Match) -> Place | None:
    """A code with a stroke, if the sentence is about somebody."""
    around = sentence_before(m.string, m.start("x")) + "|" + sentence_after(m.string, m.end("x"))
    somebody = re.search(
        r"\b(?:my|me|mine|i|our|us|we|his|her|their|quot(?:e|ed|ing)|ref|reference|claim|appeal|"
        r"application|complaint|tenancy|case)\b",
        around,
        re.I,
    )
    return _private(m) if somebody else None


def _owned(m: Match) -> Place | None:
    """Behind a word like "parcel": plain figures need a word like "number", or be long."""
    said = m[0][: m.start("x") - m.start()]
    numbered = re.search(rf"\b(?:{words.NUMBERS})\b", said, re.I)
    plain = re.fullmatch(r"[0-9 ]+", m["x"])
    if plain and not numbered and len(digits(m["x"])) < 8:
        return None
    place = _code(m)
    if place and re.fullmatch(rf"\sof\s{_DATE}", m.string[place[1] : m.end()]):
        return place[0], m.end()
    return place


_CODE = (
    r"(?:[A-Z]{1,5}\s(?=[0-9]{3}))?(?=[A-Za-z/-]{0,14}[0-9])[A-Za-z0-9]{1,20}"
    r"(?:[/-][A-Za-z0-9]{1,14}|\s(?=[0-9])[0-9]{1,8}[A-Z]{0,3}(?![A-Za-z])|"
    r"(?<=[0-9])\s[A-Z]{1,2}(?!\w)){0,6}"
)
_OWN = words.OWN.replace(r"my(?: \w{1,12})?|our|his|her|their|", "")
_FILLER = (
    rf"(?:\s(?:{words.NUMBERS}|is|was|of|said|my|claim|for it is)\b|['’]s|[:.#,]|\s[-–]|"
    r"\s(?i:pip|uc|esa|jsa|dla))"
)
_CUES = ("ref", "num", "no ", "no.", "nos", " id", "code", "file", "account", "log")
RULES: tuple[Rule, ...] = (
    Rule(
        "reference",
        _i(
            rf"\b(?:{by_first_letter(words.OWN)})\s(?:{words.NUMBERS})\b(?:\s(?:number|no\.?|num|code|ref|is|was|"
            rf"of)|['’]s|[:.#]|\s[-–]){{0,6}}\s?"
            r"(?P<x>(?=[A-Z/-]{0,12}[0-9])[A-Z0-9](?:[A-Z0-9/-]|\s(?=[0-9])){3,24})(?![\w])"
        ),
        _CUES,
        gate=CODE,
        check=_code,
    ),
    Rule(
        "reference",
        re.compile(
            rf"\b(?i:{by_first_letter(f'{_OWN}|{words.PASSES}')})(?i:['’]s)?(?:,?\s(?i:{words.NUMBERS})\b)?"
            rf"(?i:{_FILLER}){{0,5}}\s?(?P<x>{_CODE})(?:\sof\s{_DATE})?(?!\w)"
        ),
        gate=re.compile(r"[0-9](?:[ /-]?[A-Za-z0-9]){3}|[0-9]{3}-[A-Z]{2}"),
        check=_owned,
    ),
    Rule(
        "reference",
        re.compile(
            r"\b(?i:(?:our |your |my |their )?ref(?:erence)?s?|quot(?:e|ed|ing)|numbered|utr|urn|"
            r"mrn|"
            r"crn|brp|pcn|foi|share code|unique (?:taxpayer|learner|pupil) (?:reference|number))\b"
            rf"(?i:\s(?:{words.NUMBERS})\b|\s(?:is|was)\b|[:.#])*\s(?P<x>{_CODE})(?!\w)"
        ),
        (
            "ref",
            "quot",
            "numbered",
            "utr",
            "urn",
            "mrn",
            "crn",
            "brp",
            "pcn",
            "foi",
            "code",
            "unique",
        ),
        gate=DIGIT,
        check=_code,
    ),
    Rule(
        "reference",
        re.compile(
            rf"\b(?i:number|no\.?|id|file|log|code)(?i:\s(?:is|was)|:)?\s(?P<x>{_CODE})(?!\w)"
        ),
        ("number", "no ", "no.", "id ", "id:", "file", "log", "code"),
        gate=DIGIT,
        check=_private,
    ),
    Rule(
        "reference",
        re.compile(
            r"(?<![\w/.-])(?P<x>(?=[A-Z0-9/-]{0,30}[0-9]{2})[A-Z]{2,5}[0-9]?(?:[/-][A-Z0-9]{1,12}){1,4})"
            r"(?![\w/-])"
        ),
        gate=re.compile(r"[A-Z][0-9]?[/-][A-Z0-9]"),
        check=_mine,
    ),
)
