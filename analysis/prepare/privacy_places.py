"""Postcodes, addresses, number plates, references and a child's school."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_full, is_ordinary
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
    sentence_after,
    sentence_before,
)
from analysis.prepare.privacy_rules import ignoring_case as _i

_OFFICE = _i(
    r"\b(?:department|ministry|freepost|town hall|civic centre|county hall|council offices)\b"
)

_OFFICES = _i(
    r"\b(?:council|trust|hospital|surgery|centre|library|station|university|college|department|"
    r"agency|service|ltd|limited|association|foundation|church|court house|barracks)\b"
    rf"(?!\s(?:{words.ROADS})\b)"
)

_CHILD = _i(
    r"(?:"
    r"(?:my|our|his|her|their)\s(?:\w{1,12}\s){0,2}(?:(?:grand|gran|god|step|foster)[ -]?)?"
    r"(?:son|daughter|aughter|child|children|kids?|boys?|girls?|lads?|lass|twins?|niece|nephew|"
    r"brother|sister|little one|eldest|youngest|triplets|grandkids|ones?)|"
    r"\b(?:he|she|they|i)(?:['’]s|\sis|\sam|['’]m|\sare|['’]re)?\s(?:[^.!?\n]{0,20}?\s)?"
    r"(?:pupil|student|in year [0-9]{1,2}|in reception|goes|go|starts|started|attends|attend)|"
    r"\b(?:pupil|year [0-9]{1,2}|year group)\b|\bmy (?:mab|merch)|fy (?:mab|merch)|\b(?:parent|mum|"
    r"dad|governor) of a (?:child|pupil)"
    r")\b"
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
    groups = m.groupdict()
    plain = re.sub(r"\sThe\s", " ", m["x"]).lower()
    name = set(re.findall(r"(?<![\w'’])[a-z]+", plain.split(maxsplit=1)[1]))
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", groups.get("number") or "")
    doubtful = name & words.NO_STREET and not groups.get("unit")
    if year or doubtful or re.search(r"downing street|^[0-9]+ way\b", plain):
        return None
    rest = m.string[m.end() : m.end() + 8].lower()
    return None if re.match(r"\s(?:bus|buses|tram)\b", rest) else m.span("x")


def _plate(m: Match) -> Place | None:
    word = m["x"][-3:]
    return None if word in words.CAPS or m["x"].startswith(("FY", "QQ")) else m.span("x")


def _plate_before(m: Match) -> Place | None:
    """A plate whose word follows it; "A47 car park" is a road."""
    return _plate(m) if re.search(r"[A-Z]{3}", m["x"]) else None


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


def _code(m: Match) -> Place | None:
    """A code with four digits that is no date, no law case (C-311/18) and no telephone number."""
    code = m["x"].rstrip(" .-/")
    date = re.fullmatch(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})", code)
    case = re.fullmatch(r"[CT]-[0-9]+/[0-9]{2}", code)
    if date or case or len(digits(code)) < 4 or re.fullmatch(r"(?:19|20)[0-9]{2}", code):
        return None
    return m.start("x"), m.start("x") + len(code)


def _mine(m: Match) -> Place | None:
    """A code with a stroke, if the sentence is about its writer."""
    around = sentence_before(m.string, m.start("x")) + sentence_after(m.string, m.end("x"))
    return _code(m) if re.search(r"\b(?:my|me|mine|i|our|us|we)\b", around, re.I) else None


def _low_street(m: Match) -> Place | None:
    middle = set(m["street"].lower().split())
    if re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"]):
        return None
    return None if middle & (words.NO_STREET | words.NOT_NAMES) else m.span("x")


def _school(m: Match) -> Place | None:
    own = set(m["x"].lower().split()) - words.NO_SCHOOL
    about = _CHILD.search(m.string[max(0, m.start() - 110) : m.end()])
    return m.span("x") if own and about else None


def _low_school(m: Match) -> Place | None:
    """A school typed in small letters, if its name is no ordinary word."""
    return None if is_ordinary(m["x"].split()[0]) else _school(m)


def _house_line(m: Match) -> Place | None:
    return None if _OFFICES.search(m["x"]) else m.span("x")


def _house(m: Match) -> Place | None:
    return m.span("x") if len(m["x"].split()) > 1 else None


_PART = rf"{UPPER}[\w'’.-]{{1,20}}\s"
_POSTCODE = r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}|[A-Z][0-9]{2}\s?[0-9A-Z]{4})\b"
_TOWN = (
    rf"(?:(?:,?\s{UPPER}[\w'’-]{{1,20}}){{1,5}}(?=,?\s{_POSTCODE})|,\s(?:Dublin|Cork|Belfast|London)"
    r"\s[0-9]{1,2}\b)?"
)
_STREET = rf"(?:{words.STREETS})\b"
_ROAD = rf"(?:{words.ROADS})\b"
_NUMBER = r"(?P<number>[0-9]{1,4})(?:[A-Za-z]|[-/][0-9]{1,4}[A-Za-z]?)?"
_UNIT = (
    r"(?:Flat|FLAT|flat|Apartment|Apt\.?|Maisonette|Unit|Room|Studio|Block)\s(?P<unit>[0-9]{1,3}"
    r"[A-Za-z]?|[A-Z])"
)
_NAMED_STREET = (
    rf"(?:(?:{_PART}){{1,3}}{_STREET}|[Tt]he\s(?:{_PART}){{0,2}}{_STREET}|"
    rf"(?:{words.CELTIC})(?:\s(?:y|yr|an|na))?\s{UPPER}\w{{1,20}}(?:\s{UPPER}\w{{1,20}})?)"
)
_CAPITALISED = rf"(?![A-Z]{{1,2}}[0-9]){UPPER}[\w'’.-]{{1,20}}"
_SEGMENT = rf"(?:{_CAPITALISED}(?:\s(?:{_CAPITALISED}|y|yr|an|na|on|upon|[0-9]{{1,2}})){{0,3}})"
_KINDS = (
    r"(?:(?:Primary|Infant|Infants|Junior|High|Secondary|Grammar|Comprehensive|Special|Catholic|"
    r"C of E|CofE|RC|Community|National|Nursery|Girls['’]?|Boys['’]?|Prep|Middle|First|"
    r"Independent|Academy|\s){0,5}(?:School|Academy|College|Nursery|Primary|Juniors|Infants|"
    r"Secondary|High|Grammar|Pre-?school|Playgroup|Kindergarten))\b"
)

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
            r"\b(?:reg|registration|plate|number\splate|vehicle|car|van|motorbike|taxi|"
            r"moped|scooter|motorcycle|bike|lorry|caravan|minibus)"
            r"\b[^0-9\n]{0,30}?(?<!\w)"
            r"(?P<x>[A-Z]{2}[0-9]{2}\s?[A-Z]{3}|[A-Z][0-9]{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?"
            r"[0-9]{1,3}[A-Z]|[A-Z]{3}\s?[0-9]{3,4})(?!\w)"
        ),
        (
            "reg",
            "plate",
            "vehicle",
            "car",
            "van",
            "bike",
            "taxi",
            "moped",
            "scooter",
            "motorcycle",
            "lorry",
            "minibus",
        ),
        gate=PLATE,
        check=_plate,
    ),
    Rule(
        "vehicle",
        re.compile(
            r"(?<![\w/-])(?P<x>[A-Z]{2}[0-9]{2}\s?[A-Z]{3}|[A-Z][0-9]{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?"
            r"[0-9]{1,4}[A-Z]?)(?![\w/])(?=[^.!?\n]{0,30}\b(?:plate|reg|registration|car|van|"
            r"motorbike|number plate)\b)"
        ),
        ("reg", "plate", "car", "van", "motorbike"),
        gate=PLATE,
        check=_plate_before,
    ),
    Rule(  # Irish: year, county, serial
        "vehicle",
        re.compile(
            r"(?<![\w/-])(?P<x>(?:[89][0-9]|[01][0-9]|[12][0-9][12])[- ]"
            r"(?:CE|CN|CW|DL|KE|KK|KY|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|TN|TS|WH|WW|WX|"
            r"[CDGLTW])[- ][0-9]{1,6})(?![\w/-])"
        ),
        gate=re.compile(r"[0-9]{2}[- ][A-Z]"),
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
            r"\b(?:at|to|from|of|in|outside|visited|near)\s(?:number\s|no\.?\s)?(?P<x>"
            r"(?P<number>[0-9]{1,4})[a-z]?,?\s(?P<street>(?:[a-z'’-]{3,20}\s){1,3})"
            r"(?:street|road|rd|avenue|ave|lane|close|crescent|drive|terrace|grove|gardens|mews|"
            r"court|way|place|walk)\b)"
        ),
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
            rf"(?:{_PART}){{1,2}}{_ROAD}(?:,\s{UPPER}\w{{2,20}}(?=[,.]|\s?$))?)"
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
            r"my house is|my home is|my flat is)\b"
            rf"[^.!?\n]{{0,35}}?\s(?:on|in|at|of|off|to)\s(?P<x>(?:{_PART}){{1,3}}{_ROAD})"
        ),
        ("live", "living", "stay", "reside", "tenant", "moved", "my house", "my home", "my flat"),
        gate=re.compile(rf"{UPPER}\w+\s(?:{words.ROADS})\b"),
        check=_address,
    ),
    Rule(
        "address",
        re.compile(rf"(?<![\w'’])(?P<x>(?:{_SEGMENT},\s){{1,4}}{_SEGMENT})(?=,?\s{_POSTCODE})"),
        gate=INWARD,
        check=_lines,
    ),
    Rule(
        "reference",
        _i(
            rf"\b(?:{words.OWN})\s(?:{words.NUMBERS})\b(?:\s(?:number|no\.?|num|code|ref|is|was|"
            rf"of)|['’]s|[:.#]|\s[-–]){{0,6}}\s?"
            r"(?P<x>(?=[A-Z/-]{0,12}[0-9])[A-Z0-9](?:[A-Z0-9/-]|\s(?=[0-9])){3,24})(?![\w])"
        ),
        ("ref", "num", "no ", "no.", "nos", " id", "code", "file", "account", "log"),
        gate=CODE,
        check=_code,
    ),
    Rule(
        "reference",
        _i(
            r"\b(?:utr|share code|unique (?:taxpayer|learner|pupil) (?:reference|number)|"
            r"hospital no|nino|urn|crn|brp(?: card)?|council tax(?: account)?|case|claim|appeal|"
            r"application|"
            r"complaint)(?:\s(?:number|no|ref(?:erence)?)\b)?\.?(?:\s(?:is|was)|[:.#])?\s"
            r"(?P<x>[0-9]{5}\s[0-9]{5}|"
            r"(?=[A-Z]{0,6}[0-9/-])[A-Z0-9](?:[A-Z0-9]|[/-](?=\w)){3,24})(?!\w)"
        ),
        (
            "utr",
            "share code",
            "unique",
            "hospital no",
            "urn",
            "crn",
            "brp",
            "council tax",
            "case",
            "claim",
            "appeal",
            "application",
            "complaint",
        ),
        gate=CODE,
        check=_code,
    ),
    Rule(
        "reference",
        _i(
            r"\b(?:quote|quoting|ref|refs|reference|case|file|log)\b(?:\s(?:is|was|number|no)|[:.#])"
            r"{0,3}\s"
            r"(?P<x>(?=[A-Z0-9]{1,12}[/-])(?:[A-Z0-9]{1,12}[/-]){1,4}[A-Z0-9]{1,12})(?!\w)"
        ),
        ("quot", "ref", "case", "file", "log"),
        gate=DIGIT,
        check=_mine,
    ),
    Rule(
        "school",
        re.compile(
            rf"\s(?i:at|to|attends?|attending|from|in|leaving|"
            rf"joined|yn)\s(?P<x>(?:{UPPER}[\w'’.-]{{1,20}}\s){{1,4}}{_KINDS}|"
            rf"Ysgol(?:\s(?:{UPPER}[\w'’-]{{1,20}}|y|yr)){{1,4}}|"
            rf"Gaelscoil(?:\s(?:{UPPER}[\w'’-]{{1,20}}|an|na)){{1,3}})"
        ),
        (
            "school",
            "academy",
            "college",
            "nursery",
            "primary",
            "juniors",
            "infants",
            "ysgol",
            "gaelscoil",
            "high",
            "playgroup",
            "grammar",
            "secondary",
        ),
        check=_school,
    ),
    Rule(
        "school",
        re.compile(
            r"\s(?:at|to|attends?|attending)\s"
            r"(?P<x>(?:[a-z][a-z'’.-]{1,20}\s){1,3}"
            r"(?:(?:primary|infants?|junior|high|secondary|grammar) school|academy|nursery|"
            r"primary))\b"
        ),
        ("school", "academy", "nursery", "primary"),
        check=_low_school,
    ),
)
