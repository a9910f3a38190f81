"""Number plates, and the school of a child."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_ordinary
from analysis.prepare.privacy_rules import (
    NEW_PLATE,
    PLATE,
    UPPER,
    Match,
    Place,
    Rule,
)
from analysis.prepare.privacy_rules import ignoring_case as _i

_CHILD = _i(
    r"(?:"
    r"(?:my|our|his|her|their)\s(?:\w{1,12}\s){0,2}(?:(?:grand|gran|god|step|foster)[ -]?)?"
    r"(?:sons?|daughters?|aughter|child|children|kids?|boys?|girls?|lads?|lass|twins?|nieces?|"
    r"nephews?|"
    r"brother|sister|little one|eldest|youngest|triplets|grandkids|ones?)|"
    r"\b(?:he|she|they|i)(?:['’]s|\sis|\sam|['’]m|\sare|['’]re)?\s(?:[^.!?\n]{0,20}?\s)?"
    r"(?:pupil|student|in year [0-9]{1,2}|in reception|goes|go|starts|started|attends|attend|left|"
    r"joined|moved|loves|loved|hates?)|"
    r"\b(?:pupil|year [0-9]{1,2}|year group)\b|\bmy (?:mab|merch)|fy (?:mab|merch)|\b(?:parent|mum|"
    r"dad|governor) of a (?:child|pupil)"
    r")\b"
)
_KINDS = (
    r"(?:(?:Primary|Infant|Infants|Junior|High|Secondary|Grammar|Comprehensive|Special|Catholic|"
    r"C of E|CofE|RC|Community|National|Nursery|Girls['’]?|Boys['’]?|Prep|Middle|First|"
    r"Independent|Academy|\s){0,5}(?:School|Academy|College|Nursery|Primary|Juniors|Infants|"
    r"Secondary|High|Grammar|Pre-?school|Playgroup|Kindergarten))\b"
)


def _plate(m: Match) -> Place | None:
    word = m["x"][-3:]
    return None if word in words.CAPS or m["x"].startswith(("FY", "QQ")) else m.span("x")


def _plate_before(m: Match) -> Place | None:
    """A plate whose word follows it; "A47 car park" is a road."""
    return _plate(m) if re.search(r"[A-Z]{3}", m["x"]) else None


def _school(m: Match) -> Place | None:
    own = set(m["x"].lower().split()) - words.NO_SCHOOL
    about = _CHILD.search(m.string[max(0, m.start() - 110) : m.end()])
    return m.span("x") if own and about else None


def _low_school(m: Match) -> Place | None:
    """A school typed in small letters, if its name is no ordinary word."""
    return None if is_ordinary(m["x"].split()[0]) else _school(m)


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
            r"[0-9]{1,4}[A-Z]?)(?![\w/])(?=[^.!?\n]{0,30}\b(?:plate|reg|registration|car(?! park)|"
            r"van|motorbike|number plate)\b)"
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
        "school",
        re.compile(
            rf"\s(?i:at|to|attends?|attending|from|in|leaving|left|"
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
