"""Postcodes and addresses, in Welsh and Irish too."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_full, is_ordinary
from analysis.prepare.privacy_rules import (
    DIGIT,
    HOUSE,
    INWARD,
    NUMBER,
    UPPER,
    Match,
    Place,
    Rule,
    sentence_before,
)
from analysis.prepare.privacy_rules import ignoring_case as _i
from analysis.prepare.privacy_towns import PLACE_NAME, about_somebody, public_place, with_town

_OFFICE = _i(
    r"\b(?:department|ministry|freepost|town hall|civic centre|county hall|council offices)\b"
)

_OFFICES = _i(
    r"\b(?:council|trust|hospital|surgery|centre|library|station|university|college|department|"
    r"agency|service|ltd|limited|association|foundation|church|court house|barracks)\b"
    rf"(?!\s(?:{words.ROADS})\b)"
)


def _postcode(m: Match) -> Place | None:
    area = re.match(r"[A-Z]+", m["x"].upper())
    code = re.sub(r"\s", "", m["x"].upper())
    ordinal = re.search(r"(?:1st|2nd|3rd|[0-9]th)$", m["x"])
    if ordinal or not area or area[0] not in words.POSTCODE_AREAS:
        return None
    office = _OFFICE.search(sentence_before(m.string, m.start("x")))
    return None if office or code in words.PUBLIC_POSTCODES else m.span("x")


_NO_HOME = re.compile(  # offices, books, films
    r"downing street|charing cross road|^221b? baker street|^10 rillington|^4 privet|"
    r"^[0-9]+ (?:parliament (?:square|street)|whitehall)|^[0-9]+ way\b"
)


_MONTHS = re.compile(
    r"[0-9]{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december) "
)


def _date(m: Match) -> bool:
    """ "On 4 March Street lights were switched off"."""
    dated = re.search(r"\b(?:[Oo]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom)\s$", m.string[: m.start("x")])
    return bool(dated and _MONTHS.match(m["x"].lower()))


def _address(m: Match) -> Place | None:
    groups = m.groupdict()
    plain = re.sub(r"\sThe\s", " ", m["x"]).lower()
    name = set(re.findall(r"(?<![\w'’])[a-z]+", plain.split(maxsplit=1)[1]))
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", groups.get("number") or "")
    doubtful = name & words.NO_STREET and not groups.get("unit")
    if year or doubtful or _NO_HOME.search(plain) or _date(m):
        return None
    if public_place(m.string, *m.span("x")):
        return None
    end = m.start("x") + len(m["x"].rstrip(".,"))
    return m.start("x"), with_town(m.string, end)


def _lines(m: Match) -> Place | None:
    """Lines with a capital right before a postcode, without the person's or a body's name."""
    lines = list(re.finditer(r"[^,\n]+", m["x"]))
    while lines and (is_full(lines[0][0].split()) or len(lines) > 4):
        lines.pop(0)
    said = sentence_before(m.string, m.end("x"))
    if len(lines) < 2 or _OFFICE.search(said) or _OFFICES.search(m["x"]):
        return None
    first = lines[0]
    lead = len(first[0]) - len(first[0].lstrip())
    return m.start("x") + first.start() + lead, m.end("x")


_SENT = _i(
    r"\b(?:send|sent|post|posted|write|written|deliver(?:ed)?|return)\b[^.!?\n]{0,40}\bto\s$"
)
_LED = _i(
    r"\b(?:at|to|from|of|for|in|outside|visited|near|find|finds|found|reached|left)\s(?:number\s|no\.?\s)?$"
)


def _low_street(m: Match) -> Place | None:
    """In small letters; without "at", "to" … before it, only if a word of it is no everyday one."""
    middle = m["street"].lower().split()
    if re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"]) or _NO_HOME.search(m["x"].lower()):
        return None
    if {*middle} & (words.NO_STREET | words.NOT_NAMES | words.MEASURES):
        return None
    led = not m["weak"] and _LED.search(m.string[max(0, m.start() - 24) : m.start()])
    if (not led and all(map(is_ordinary, middle))) or public_place(m.string, *m.span("x")):
        return None
    return m.start("x"), with_town(m.string, m.end("x"))


_HALL = re.compile(
    r"(?:Council|Memorial|Village|Parish|Town|City|County|Church|Community|Public|Market|Masonic|"
    r"Scout|Custom|Customs|Court|Opera|Coffee|Guild|Assembly|Mission) (?:House|Hall|Chapel|Mill)\b"
)


def _house_line(m: Match) -> Place | None:
    if _HALL.search(m["x"]) or _OFFICES.search(m["x"]) or public_place(m.string, *m.span("x")):
        return None
    return m.start("x"), with_town(m.string, m.end("x"))


def _house_in_street(m: Match) -> Place | None:
    """ "Ardmore, Shore Road, Kilcreggan", in a sentence about somebody."""
    start, end = m.span("x")
    if (
        _OFFICES.search(m["x"])
        or public_place(m.string, start, end)
        or not (about_somebody(m.string, start, end) or _SENT.search(m.string[:start][-60:]))
    ):
        return None
    return start, end


def _house(m: Match) -> Place | None:
    return (m.start("x"), with_town(m.string, m.end("x"))) if len(m["x"].split()) > 1 else None


_PART = rf"{UPPER}[\w'’.-]{{1,20}}\s"
_POSTCODE = r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}|[A-Z][0-9]{2}\s?[0-9A-Z]{4})\b"
_TOWN = (
    rf"(?:(?:,?\s{UPPER}[\w'’-]{{1,20}}){{1,5}}(?=,?\s{_POSTCODE})|,\s(?:Dublin|Cork|Belfast|"
    rf"London)"
    r"\s[0-9]{1,2}\b)?"
)
_STREET = rf"(?:{words.STREETS})\b(?:\s(?:North|South|East|West)\b)?"
_ROAD = rf"(?:{words.ROADS})\b"
_NUMBER = r"(?P<number>[0-9]{1,4})(?:[A-Za-z]|[-/][0-9]{1,4}[A-Za-z]?)?"
_UNIT = (
    r"(?:Flat|FLAT|flat|Apartment|Apt\.?|Maisonette|Unit|Room|Studio|Block)\s(?P<unit>[0-9]{1,3}"
    r"[A-Za-z]?|[A-Z])"
)
_NAMED_STREET = (
    rf"(?:(?:{_PART}){{1,3}}{_STREET}|[Tt]he\s(?:{_PART}){{0,2}}{_STREET}|"
    rf"(?:{words.CELTIC})(?:['’]r|\s(?:y|yr|an|na|des?|du|la))?\s{UPPER}\w{{1,20}}(?:\s{UPPER}\w{{1,20}})?)"
)
_LOW_ROADS = (
    "street|st|road|rd|avenue|ave|lane|ln|close|crescent|cres|crescant|cresent|cresant|avanue|avenu|"
    "aveneu|stret|streat|strret|terace|terrice|gardans|drive|terrace|grove|gardens|gdns|mews|"
    "court|way|place|walk|row|rise|brae|wynd|square|parade|cottages|mansions|buildings|villas|"
    "heol|ffordd|gate|view"
)
_WEAK_ROADS = (
    "hill|mount|park|fold|green|croft|vale|bank|end|dene|garth|field|fields|meadow|meadows|wharf|"
    "quay|heights"
)
_CAPITALISED = rf"(?![A-Z]{{1,2}}[0-9]){UPPER}[\w'’.-]{{1,20}}"
_SEGMENT = rf"(?:{_CAPITALISED}(?:\s(?:{_CAPITALISED}|y|yr|an|na|on|upon|[0-9]{{1,2}})){{0,3}})"
RULES: tuple[Rule, ...] = (
    Rule(
        "postcode",
        _i(
            r"(?<![\w£/-])(?P<x>[A-Z]{1,2}[0-9][0-9A-Z]?\s{0,2}(?:[0-9][ABD-HJLNP-UW-Z]{2}|"
            r"(?<=ZZ99)\s{0,2}[0-9][A-Z]{2}|(?<=ZZ99\s)[0-9][A-Z]{2}))(?![\w/])"
        ),
        gate=INWARD,
        check=_postcode,
    ),
    Rule(  # Irish
        "postcode",
        re.compile(
            r"(?<![\w/-])(?P<x>(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)\s?"
            r"(?=[0-9]{0,3}[AC-FHKNPRTV-Y])(?=[A-Z]{0,3}[0-9])[0-9AC-FHKNPRTV-Y]{4})(?![\w/])"
        ),
        gate=re.compile(r"[A-Z][0-9][0-9W]\s?[0-9A-Z]{4}(?!\w)"),
        check=lambda m: m.span("x") if " " in m["x"] or "code" in m.string.lower() else None,
    ),
    Rule(
        "postcode",
        _i(r"\beir ?code[^0-9\n]{0,20}?\b(?P<x>[A-Z][0-9][0-9W]\s?[0-9A-Z]{4})(?!\w)"),
        ("eircode", "eir code"),
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<!\w)(?P<x>{_UNIT},?\s(?:{_SEGMENT},\s){{0,2}}(?:{_NUMBER},?\s)?"
            rf"{_NAMED_STREET}(?:,\s(?:{_PART}){{1,3}}{_ROAD})?{_TOWN})"
        ),
        ("flat", "apartment", "apt", "maisonette", "unit", "room", "studio", "block"),
        check=_address,
    ),
    Rule(
        "address",
        re.compile(
            rf"{NUMBER}(?P<x>{_NUMBER},?\s{_NAMED_STREET}"
            rf"(?:,\s(?:{_PART}){{1,3}}{_ROAD})?{_TOWN})"
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
        _i(
            rf"{NUMBER}(?P<x>"
            r"(?P<number>[0-9]{1,4})[a-z]?,?\s(?P<street>(?:[a-z'’-]{2,20}\s){1,3})"
            rf"(?:{_LOW_ROADS}|(?P<weak>{_WEAK_ROADS}))\b)"
        ),
        tuple(f"{_LOW_ROADS}|{_WEAK_ROADS}".split("|")),
        gate=re.compile(r"[0-9][a-z]?,?\s[a-z]", re.I),
        check=_low_street,
    ),
    Rule(
        "address",
        re.compile(
            rf"\b(?i:address)(?:\s(?i:is|was)|:|\s[-–])\s(?P<x>{_NUMBER},?\s{_NAMED_STREET}"
            rf"(?:,\s{_SEGMENT}){{0,3}})"
        ),
        ("address",),
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
        "address",
        re.compile(
            rf"(?<![\w'’])(?P<x>(?:The\s)?(?:{UPPER}[\w'’-]{{1,20}}\s){{1,2}}(?:{words.HOUSES}),\s"
            rf"(?:{_PART}){{1,2}}{_STREET}(?:,\s{UPPER}\w{{2,20}}(?=[,.]|\s?$))?)"
        ),
        (
            "cottage",
            "house",
            "farm",
            "forge",
            "stables",
            "grange",
            "lodge",
            "chapel",
            "manse",
            "barn",
            "villa",
            "manor",
            "bungalow",
            "croft",
            "vicarage",
            "rectory",
            "mill",
            "hall",
        ),
        check=_house_line,
        gate=re.compile(rf"(?:{words.HOUSES}),\s{UPPER}"),
    ),
    Rule(
        "address",
        re.compile(
            r"\b(?i:live|lives|lived|living|stay|reside|resident|residents|tenant|moved|"
            r"my house is|my home is|my flat is|(?:my|our) (?:own )?(?:street|road|lane))\b"
            rf"(?:[^.!?\n]{{0,35}}?\s(?:on|in|at|of|off|to|is)|,)\s"
            rf"(?P<x>(?:{_PART}){{1,3}}(?:{words.ROADS}|Place)\b)"
        ),
        ("live", "living", "stay", "reside", "tenant", "moved", "my ", "our "),
        gate=re.compile(rf"{UPPER}\w+\s(?:{words.ROADS}|Place)\b"),
        check=_address,
    ),
    Rule(
        "address",
        re.compile(rf"(?<![\w'’])(?P<x>(?:{_SEGMENT},\s){{1,4}}{_SEGMENT})(?=,?\s{_POSTCODE})"),
        gate=INWARD,
        check=_lines,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w'’])(?P<x>{PLACE_NAME},\s(?:(?:{_PART}){{1,2}}(?:{words.ROADS}|Way|Park)|"
            rf"(?:{words.CELTIC})\s{UPPER}\w{{1,20}}),\s{PLACE_NAME})(?!\w)"
        ),
        gate=re.compile(rf"{UPPER}\w+,\s{UPPER}[^,\n]{{3,40}},\s{UPPER}"),
        check=_house_in_street,
    ),
)
