"""Postcodes, addresses, number plates, references and a child's school."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_rules import (
    CODE,
    DIGIT,
    HOUSE,
    INWARD,
    NEW_PLATE,
    NUMBER,
    PLATE,
    UPPER,
    Match,
    Place,
    Rule,
    digits,
    sentence_before,
    whole,
)
from analysis.prepare.privacy_rules import ignoring_case as _i

_OFFICE = _i(
    r"\b(?:department|ministry|freepost|town hall|civic centre|county hall|council offices)\b"
)


def _postcode(m: Match) -> Place | None:
    area = re.match(r"[A-Z]+", m["x"].upper())
    code = re.sub(r"\s", "", m["x"].upper())
    ordinal = re.search(r"(?:1st|2nd|3rd|[0-9]th)$", m["x"])
    if ordinal or not area or area[0] not in words.POSTCODE_AREAS:
        return None
    office = _OFFICE.search(sentence_before(m.string, m.start("x")))
    return None if office or code in words.PUBLIC_POSTCODES else m.span("x")


def _address(m: Match) -> Place | None:
    plain = m["x"].lower()
    name = set(re.findall(r"(?<![\w'’])[a-z]+", plain.split(maxsplit=1)[1]))
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"] or "")
    if year or name & words.NO_STREET or re.search(r"downing street|^[0-9]+ way\b", plain):
        return None
    rest = m.string[m.end() : m.end() + 8].lower()
    return None if re.match(r"\s(?:bus|buses|tram)\b", rest) else m.span("x")


def _house(m: Match) -> Place | None:
    return m.span("x") if len(m["x"].split()) > 1 else None


def _plate(m: Match) -> Place | None:
    word = m["x"][-3:]
    return None if word in words.CAPS or m["x"].startswith(("FY", "QQ")) else m.span("x")


_PART = rf"{UPPER}[\w'’-]{{1,20}}\s"
_POSTCODE = r"[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}\b"
_TOWN = rf"(?:(?:,?\s{UPPER}[\w'’-]{{1,20}}){{1,5}}(?=,?\s{_POSTCODE}))?"
_STREET = rf"(?:{words.STREETS})\b"

RULES: tuple[Rule, ...] = (
    Rule(
        "vehicle",
        re.compile(
            r"(?<![\w/-])(?P<x>[A-HJ-PR-Y]{2}(?:0[1-9]|[12][0-9]|5[1-9]|[67][0-9])\s?"
            r"[A-HJ-PR-Z]{3})(?![\w/])"
        ),
        gate=NEW_PLATE,
        check=_plate,
    ),
    Rule(
        "vehicle",
        _i(
            r"\b(?:reg|registration|plate|number\splate|vehicle|car|van|motorbike|taxi)"
            r"\b[^0-9\n]{0,30}?(?<!\w)"
            r"(?P<x>[A-Z]{2}[0-9]{2}\s?[A-Z]{3}|[A-Z][0-9]{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?"
            r"[0-9]{1,3}[A-Z]|[A-Z]{3}\s[0-9]{3,4})(?!\w)"
        ),
        ("reg", "plate", "vehicle", "car", "van", "motorbike", "taxi"),
        gate=PLATE,
        check=_plate,
    ),
    Rule(
        "postcode",
        _i(
            r"(?<![\w£/-])(?P<x>[A-Z]{1,2}[0-9][0-9A-Z]?\s{0,2}(?:[0-9][ABD-HJLNP-UW-Z]{2}|"
            r"(?<=ZZ99)\s{0,2}[0-9][A-Z]{2}|(?<=ZZ99\s)[0-9][A-Z]{2}))(?![\w/])"
        ),
        gate=INWARD,
        check=_postcode,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<!\w)(?P<x>(?:Flat|FLAT|flat|Apartment|Apt\.?|Maisonette)\s"
            rf"(?P<number>[0-9]{{1,3}}[A-Za-z]?)"
            rf"(?:,?\s(?:{_PART}){{1,3}}{_STREET})?,?\s[0-9]{{1,3}}[A-Za-z]?,?\s"
            rf"(?:{_PART}){{1,3}}{_STREET}{_TOWN})"
        ),
        ("flat", "apartment", "apt", "maisonette"),
        gate=DIGIT,
        check=_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<!\w)(?P<x>(?:Flat|FLAT|flat|Apartment|Apt\.?|Maisonette)\s"
            rf"(?P<number>[0-9]{{1,3}}[A-Za-z]?),?\s(?:{_PART}){{1,3}}{_STREET}{_TOWN})"
        ),
        ("flat", "apartment", "apt", "maisonette"),
        gate=DIGIT,
        check=_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"{NUMBER}(?P<x>(?P<number>[0-9]{{1,4}})(?:[A-Za-z]|-[0-9]{{1,4}})?,?\s"
            rf"(?:(?:{_PART}){{1,3}}{_STREET}|(?:Heol|Stryd|Ffordd|Clos|Maes)\s{UPPER}\w{{1,20}})"
            rf"{_TOWN})"
        ),
        gate=HOUSE,
        check=_address,
    ),
    Rule(
        "address",
        _i(
            rf"\b(?:(?:live|lives|living|reside|based)\sat|address(?:\sis|:)?)\s(?P<x>"
            rf"(?P<number>[0-9]{{1,4}})[a-z]?,?\s(?:[a-z'’-]{{2,20}}\s){{1,3}}{_STREET})"
        ),
        ("live at", "lives at", "living at", "reside", "address", "based at"),
        gate=DIGIT,
        check=_address,
    ),
    Rule(
        "address",
        re.compile(
            r"\b(?:(?i:lives?|living|reside)\sat|(?i:my\s(?:home\s)?address\sis)|(?i:address):)\s"
            rf"(?P<x>(?:{UPPER}[\w'’-]{{1,20}}\s){{0,3}}(?:{words.HOUSES})\b"
            rf"(?:,\s(?:{_PART}){{1,3}}{_STREET})?)"
        ),
        ("live at", "lives at", "living at", "reside", "address"),
        check=_house,
    ),
    Rule(
        "reference",
        _i(
            rf"\b(?:{words.REFERENCES})\b(?:\s(?:number|no\.?|num|code|is|was)|[:.#]){{0,6}}\s?"
            rf"(?P<x>(?=[A-Z/-]{{0,12}}[0-9])[A-Z0-9](?:[A-Z0-9/-]|\s(?=[0-9])){{4,24}})(?![\w])"
        ),
        ("ref", "number", "utr"),
        gate=CODE,
        check=whole(lambda t: len(digits(t)) >= 4),
    ),
    Rule(
        "school",
        re.compile(
            r"\b(?i:my\s(?:\w{1,12}\s){0,2}(?:son|daughter|child|kid|boy|girl|lad|grandson|"
            r"granddaughter|niece|nephew|children|kids|twins?))\b"
            rf"[^.!?\n]{{0,90}}?\s(?:at|to|attends?)\s(?P<x>"
            rf"(?:{UPPER}[\w'’.-]{{1,20}}\s){{1,4}}(?:Primary|Infant|Infants|Junior|High|"
            rf"Secondary|Grammar|Comprehensive|Special|Catholic|C of E|\s){{0,3}}(?:School|"
            rf"Academy|College|Nursery|Primary|Juniors|Infants))\b"
        ),
        ("school", "academy", "college", "nursery", "primary", "juniors", "infants"),
    ),
)
