"""Boxes, rooms, boats, care homes, streets in small letters: addresses, as rules for `privacy`."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_ordinary
from analysis.prepare.privacy_rules import DIGIT, NUMBER, UPPER, Match, Place, Rule
from analysis.prepare.privacy_rules import ignoring_case as _i
from analysis.prepare.privacy_towns import CAP_WORD, PLACE_NAME, home_line, public_place, with_town

_STEP = (
    rf"(?:,\s(?:{CAP_WORD}|y|yr|the|of|[0-9]{{1,3}}[A-Za-z]?)(?:\s(?:{CAP_WORD}|y|yr|the|of|"
    rf"on)){{0,3}})"
)
_LIVES = (
    r"(?:liv(?:e|es|ed|ing)|bid(?:e|es|ing)|lodg(?:e|ing)|stay(?:s|ed|ing)?|resid(?:e|es|ing)|"
    r"mov(?:e|ed|ing)|rent(?:s|ed|ing)?|"
    r"own|home|house|flat|croft|farm|cottage|bungalow|caravan|boat|address|post(?:ed)?|sen[dt]|"
    r"deliver(?:ed|s)?|letters?|parcels?|went|mail|write|neighbours?|tenants?|ours|mine|byw|"
    rf"(?:{words.KIN})['’]?s? (?:is |are )?at|"
    r"cartref|nghartref|tŷ|cyfeiriad|visit(?:s|ed)?|find me|we are|we're|i am|i'm|im)"
)
_NUMBERED = (
    r"(?P<number>[0-9]{1,4}[a-z]?|(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))"
)
_SMALL_ROADS = (
    r"(?:street|st|road|rd|avenue|ave|av|lane|ln|close|clos|cl|crescent|cres|drive|dr|terrace|terr|"
    r"grove|gardens|gdns|mews|court|way|place|pl|walk|row|rise|hill|view|square|sq|wynd|brae|"
    r"cottages|villas|parade|park|fold|croft|green|heol|vale|mount|bank|gate|end)"
)


def _small(m: Match) -> Place | None:
    """ "27b sydenham rd": no everyday word of roads ("2 mile drive"), no year."""
    middle = set(m["street"].lower().split())
    number = m["number"]
    if middle & (words.NO_STREET | words.NOT_STREETS) or re.fullmatch(r"(?:19|20)[0-9]{2}", number):
        return None
    return None if public_place(m.string, *m.span("x")) else m.span("x")


def _named(m: Match) -> Place | None:
    """ "3 Cae Glas, Ruthin": number, name and town, where words of living stand before."""
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"])
    first = m["street"].split()[0]
    if year or (is_ordinary(first) and first.lower() not in words.STREET_OPENERS):
        return None
    end = with_town(m.string, m.end("x"))
    return (m.start("x"), end) if end > m.end("x") else None


def _pair(m: Match) -> Place | None:
    return None if re.match(r"(?:19|20)[0-9]{2}\s", m["x"]) else home_line(m)


def _after_co(m: Match) -> Place | None:
    lines = m["x"].strip()
    return (m.start("x"), m.start("x") + len(lines)) if lines else None


RULES: tuple[Rule, ...] = (
    Rule(
        "address",
        _i(r"\b(?P<x>p\.?\s?o\.?\s?box\s[0-9]{1,6}[a-z]?)\b"),
        ("box",),
        gate=DIGIT,
        check=home_line,
    ),
    Rule("address", _i(r"\b(?P<x>bfpo\s?[0-9]{1,4})\b"), ("bfpo",), gate=DIGIT),
    Rule(
        "address",
        re.compile(
            r"(?<!\w)(?P<x>(?:[Rr]oom|[Ff]lat|[Pp]lot|[Pp]itch|[Bb]erth|[Mm]ooring|[Bb]ed|[Cc]abin|"
            r"[Cc]aravan|[Aa]partment|[Uu]nit|[Bb]ungalow|[Cc]halet|[Ll]odge|[Bb]lock)\s"
            rf"(?:[0-9]{{1,4}}[A-Za-z]?|[A-Z]),?\s(?:at\s|in\s|on\s)?(?:{CAP_WORD}\s){{1,4}}"
            r"(?:Nursing Home|Care Home|Residential Home|Rest Home|Home|House|Court|Park|Lodge|"
            r"Site|"
            r"Marina|Hostel|Manor|Caravan Park|Holiday Park|Hall|Wharf|Basin|Place|Point|Tower|"
            rf"Towers|Heights|Mansions|Estate|Yard)\b(?:,\s(?:{CAP_WORD}\s){{1,3}}"
            rf"(?:{words.ROADS})\b)?)"
        ),
        (
            "room",
            "flat",
            "plot",
            "pitch",
            "berth",
            "mooring",
            "bed",
            "cabin",
            "caravan",
            "apart",
            "unit",
            "bungalow",
            "chalet",
            "lodge",
            "block",
        ),
        check=home_line,
    ),
    Rule(
        "address",
        re.compile(
            r"\b(?i:aboard|on board|boat|narrowboat|houseboat|barge|caravan|"
            r"yacht),?\s(?:is\s)?(?:called\s)?(?:the\s)?"
            rf"(?P<x>{PLACE_NAME},\s(?:{CAP_WORD}\s){{1,3}}(?:Marina|Wharf|Basin|Lock|Moorings?|"
            rf"Quay|"
            r"Harbour|Canal|Boatyard|Park|Site))\b"
        ),
        ("board", "boat", "barge", "caravan", "yacht"),
    ),
    Rule(
        "address",
        re.compile(
            rf"\b(?i:{_LIVES})\b[^.!?\n]{{0,25}}?\s(?:(?i:at|in|to|is|are|on|as|yn|of|outside)\s)?"
            rf"(?P<x>{_NUMBERED},?\s(?P<street>{PLACE_NAME}))(?=,\s{UPPER})"
        ),
        (", ",),
        gate=re.compile(rf"{UPPER}\w+,\s{UPPER}"),
        check=_named,
    ),
    Rule(
        "address",
        re.compile(
            rf"\b(?i:c/o|care of)\s(?:(?:Mrs?|Ms|Miss|Dr)\.?\s)?{PLACE_NAME}(?P<sep>,\s)"
            rf"(?P<x>(?:[0-9]{{1,4}}[A-Za-z]?\s)?{PLACE_NAME}(?:{_STEP}){{0,3}})"
        ),
        ("c/o", "care of"),
        check=_after_co,
    ),
    Rule(
        "address",
        _i(
            rf"\b{_LIVES}\b(?:[^.!?\n]{{0,24}}?\s)?(?:(?:number|"
            rf"no\.?)\s)?(?P<x>(?:flat\s)?{_NUMBERED},?\s"
            rf"(?P<street>(?:[a-z'’-]{{2,20}}\s){{1,3}}){_SMALL_ROADS})\b"
        ),
        tuple(f" {road}" for road in _SMALL_ROADS[3:-1].split("|")),
        gate=_i(
            r"(?:[0-9][a-z]?|teen|[a-z]ty|one|two|three|four|five|six|seven|eight|nine|ten|lve),?\s"
            rf"(?:[a-z'’-]{{2,20}}\s){{1,3}}{_SMALL_ROADS}\b"
        ),
        check=_small,
    ),
    Rule(
        "address",
        re.compile(
            rf"{NUMBER}(?P<x>[0-9]{{1,4}}[A-Za-z]?\s(?:and|&|or)\s[0-9]{{1,4}}[A-Za-z]?\s"
            rf"(?:{CAP_WORD}\s){{1,3}}(?:{words.ROADS}|Rise|Hill|View|Way|Place|Park))\b"
        ),
        (" and ", "&", " or "),
        gate=DIGIT,
        check=_pair,
    ),
    Rule(
        "address",
        re.compile(
            r"(?<!\w)(?P<x>(?i:(?:(?:upper |lower )?(?:ground|first|second|third|top|attic)[ -]"
            r"?floor|garden|basement|top|rear|front)(?:\s(?:flat|left|right))?|"
            r"(?:plot|block|pod)\s[A-Z0-9]{1,3}),?\s"
            rf"[0-9]{{1,4}}[A-Za-z]?\s(?:{CAP_WORD}\s){{1,3}}(?:{words.STREETS})\b)"
        ),
        gate=re.compile(rf"[0-9][A-Za-z]?\s{UPPER}"),
        check=home_line,
    ),
)
