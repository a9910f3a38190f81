"""Addresses that no street's word or capital tells: boxes, plots, homes, crofts, small letters."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import LETTER, is_ordinary
from analysis.prepare.privacy_rules import (
    DIGIT,
    HOUSE,
    NUMBER,
    UPPER,
    Match,
    Place,
    Rule,
    sentence_after,
    sentence_before,
)
from analysis.prepare.privacy_rules import ignoring_case as _i
from analysis.prepare.privacy_towns import CAP_WORD, PLACE_NAME, public_place, with_town

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


def _line(m: Match) -> Place | None:
    if public_place(m.string, m.start("x"), m.end("x")):
        return None
    return m.start("x"), with_town(m.string, m.end("x"))


def _small(m: Match) -> Place | None:
    """ "27b sydenham rd": no everyday word of roads ("2 mile drive"), no year, no bus."""
    middle = set(m["street"].lower().split())
    number = m["number"]
    bus = re.match(r"\s(?:bus|buses|tram|stop)\b", m.string[m.end() : m.end() + 8], re.I)
    if middle & (words.NO_STREET | words.NOT_STREETS) or re.fullmatch(r"(?:19|20)[0-9]{2}", number):
        return None
    return None if bus or public_place(m.string, *m.span("x")) else m.span("x")


def _named(m: Match) -> Place | None:
    """ "3 Cae Glas, Ruthin": number, name and town, where words of living stand before."""
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"])
    first = m["street"].split()[0]
    if year or (is_ordinary(first) and first.lower() not in words.STREET_OPENERS):
        return None
    end = with_town(m.string, m.end("x"))
    return (m.start("x"), end) if end > m.end("x") else None


def _one_word(m: Match) -> Place | None:
    """ "7 Ashgrove", "5 The Paddock": no year, no everyday word ("3 halfway", "2 the end")."""
    first = m["street"].split()[-1]
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"])
    if year or (" " not in m["street"] and is_ordinary(first)) or first.lower() in words.NOT_NAMES:
        return None
    return _line(m)


def _with_town_only(m: Match) -> Place | None:
    """ "(102 Kingsway, Hove)": with a town behind, no word before is needed."""
    place = _one_word(m)
    return place if place and place[1] > m.end("x") else None


def _own_house(m: Match) -> Place | None:
    return m.span("x") if " " in m["house"] else None


def _pair(m: Match) -> Place | None:
    return None if re.match(r"(?:19|20)[0-9]{2}\s", m["x"]) else _line(m)


def _any_street(m: Match) -> Place | None:
    """ "live at 12 Tullymore": any word that is no everyday one, after words of living."""
    kept = re.match(r"\S+(?:\s[A-ZÀ-Þ][\w'’-]+){0,2}", m["street"])
    first = m["street"].split()[0]
    if not kept or is_ordinary(first) or re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"]):
        return None
    return m.start("x"), with_town(m.string, m.start("street") + kept.end())


def _house_and_town(m: Match) -> Place | None:
    """ "live at Tyddyn Mawr, Bala": a house's name with its town; not two places."""
    end = with_town(m.string, m.end("x"))
    names = len(m["x"].split()) > 1
    place = re.search(r"\s(?i:in|ym|yn)\s$", m.string[: m.start("x")])
    return (m.start("x"), end) if names and end > m.end("x") and not place else None


def _farm(m: Match) -> Place | None:
    """A house's name with its town, in a sentence about the writer's own."""
    said = sentence_before(m.string, m.start()) + "|" + sentence_after(m.string, m.end())
    end = with_town(m.string, m.end("x"))
    own = re.search(r"\b(?:my|our|we|i|i'm|home|live|lives)\b", said, re.I)
    if end == m.end("x") or not own or public_place(m.string, m.start("x"), end):
        return None
    return m.start("x"), end


def _after_co(m: Match) -> Place | None:
    lines = m["x"].strip()
    return (m.start("x"), m.start("x") + len(lines)) if lines else None


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
_AT = (
    r"(?:at|to|from|of|for|outside|visit|visiting|near|opposite|is|are|in|yn|"
    r"(?:bungalow|house|flat|home|address|property|cottage|door|gate)[,:]?)"
)
_HOME = (
    r"(?:(?:our|my|her|his|their) (?:\w{2,10} )?(?:farm|farmhouse|house|cottage|croft|home|"
    r"bungalow|smallholding|place|address|flat) is|address:|address is|farm at|croft at|"
    r"(?:live|lives|lived|living|stay|staying|based) (?:at|in)|"
    r"post(?:ie|man|woman)? (?:\w{2,8} )?(?:knows|finds|to)|sat ?nav (?:\w{2,8} ){0,3}(?:to|for)|"
    r"(?:sent|delivered|posted) (?:\w{2,8} ){0,2}to|cartref yw|byw yn|byw ym)"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "address",
        re.compile(
            rf"\b(?i:{_AT})\s(?:number\s|no\.?\s)?(?P<x>(?P<number>[0-9]{{1,4}}[A-Za-z]?),?\s"
            rf"(?P<street>(?:the\s)?[Tt]he\s{UPPER}{LETTER}{{2,15}}(?:\s(?:{words.STREETS}))?|"
            rf"(?i:{words.ONE_WORD_STREET})))"
            r"(?![\w'’-])"
        ),
        gate=re.compile(r"[0-9][A-Za-z]?,?\s[A-Za-z]{3}"),
        check=_one_word,
    ),
    Rule(
        "address",
        re.compile(
            rf"{NUMBER}(?P<x>(?P<number>[0-9]{{1,4}}[A-Za-z]?),?\s(?P<street>[Tt]he\s{UPPER}{LETTER}"
            rf"{{2,15}}|(?={UPPER})(?i:{words.ONE_WORD_STREET})))(?=,\s{UPPER})"
        ),
        gate=HOUSE,
        check=_with_town_only,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w'’])(?P<x>(?P<house>{PLACE_NAME}),\s{PLACE_NAME})(?=,?\s(?:is|was|has been)\s"
            r"(?:my|our|his|her|their)\s(?:\w{2,10}\s)?(?:house|address|croft|farm|cottage|"
            r"bungalow|flat|smallholding)\b)"
        ),
        (" is ", " was ", " has been "),
        gate=re.compile(rf"{UPPER}\w+,\s{UPPER}"),
        check=_own_house,
    ),
    Rule(
        "address",
        re.compile(
            rf"\b(?i:{_HOME})\s(?:(?i:called|the)\s)?(?P<x>{PLACE_NAME}(?:\s(?:na|nan|an|y|yr|"
            rf"ar)\s{CAP_WORD})?"
            rf"(?:,\s(?:{words.CELTIC})\s{CAP_WORD})?)(?=,\s{UPPER})"
        ),
        (
            "is",
            "address",
            "farm at",
            "croft at",
            "live",
            "living",
            "stay",
            "based",
            "post",
            "nav",
            "sent",
            "delivered",
            "byw",
            "yw",
        ),
        gate=re.compile(rf"{UPPER}\w+,\s{UPPER}"),
        check=_house_and_town,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w'’])(?P<x>(?:{CAP_WORD}\s){{1,3}}(?:Farm|Farmhouse|Cottages?|Bungalow|Croft|"
            rf"Barn|"
            rf"Villa|Smallholding))(?=,\s{UPPER})"
        ),
        ("farm", "cottage", "bungalow", "croft", "barn", "villa", "holding"),
        check=_farm,
    ),
    Rule(
        "address",
        re.compile(
            r"\b(?i:(?:live|lives|lived|living|stay|staying|bide|reside|resides|based) (?:at|in)|"
            r"(?:home|house|flat|address) is|address:|home:|moved (?:to|from)|born at|"
            r"(?:i['’]?m|i am|we['’]?re|we are|he['’]s|she['’]s|they['’]re|me|us|"
            r"him|her|home|house|flat) at|"
            r"(?:came|comes?|went|sent|delivered|posted|written|addressed) (?:\w{1,8} ){0,2}to)\s"
            rf"(?i:number\s|no\.?\s)?(?P<x>(?P<number>[0-9]{{1,4}}[A-Za-z]?),?\s"
            rf"(?P<street>{LETTER}[\w'’-]{{3,20}}(?:\s{UPPER}[\w'’-]{{2,20}}){{0,2}}))(?!\w)"
        ),
        (
            "live",
            "living",
            "stay",
            "bide",
            "reside",
            "based",
            " is ",
            "address:",
            "home:",
            "moved",
            " at ",
            " to ",
        ),
        gate=re.compile(r"[0-9][A-Za-z]?,?\s[A-Za-z]{3}"),
        check=_any_street,
    ),
    Rule(
        "address",
        re.compile(
            r"(?<!\w)(?P<x>[Ff]lats?\s[0-9]{1,3}[A-Za-z]?(?:\s?(?:to|-|–|and|&|"
            r"/)\s?[0-9]{1,3}[A-Za-z]?)?,?\s"
            rf"(?:(?:{CAP_WORD}\s){{1,2}}(?:{words.HOUSES}|Court|Point|Tower|Towers|Heights|"
            rf"Mansions|"
            rf"Buildings)(?:,\s(?:{CAP_WORD}\s){{1,3}}(?:{words.STREETS})\b)?|"
            rf"(?:[0-9]{{1,4}}[A-Za-z]?\s)?(?:{CAP_WORD}\s){{1,3}}(?:{words.STREETS})\b))"
        ),
        ("flat",),
        gate=DIGIT,
        check=_line,
    ),
    Rule(
        "address",
        _i(r"\b(?P<x>p\.?\s?o\.?\s?box\s[0-9]{1,6}[a-z]?)\b"),
        ("box",),
        gate=DIGIT,
        check=_line,
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
        check=_line,
    ),
    Rule(
        "address",
        re.compile(
            r"\b(?i:boat|narrowboat|houseboat|barge|caravan|"
            r"yacht),?\s(?:is\s)?(?:called\s)?(?:the\s)?"
            rf"(?P<x>{PLACE_NAME},\s(?:{CAP_WORD}\s){{1,3}}(?:Marina|Wharf|Basin|Lock|Moorings?|"
            rf"Quay|"
            r"Harbour|Canal|Boatyard|Park|Site))\b"
        ),
        ("boat", "barge", "caravan", "yacht"),
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
            r"?floor|garden|basement|top|rear|front)(?:\s(?:flat|left|right))?|[gb123]/[0-9]|"
            r"(?:plot|block|pod)\s[A-Z0-9]{1,3}),?\s"
            rf"[0-9]{{1,4}}[A-Za-z]?\s(?:{CAP_WORD}\s){{1,3}}(?:{words.STREETS})\b)"
        ),
        gate=re.compile(rf"[0-9][A-Za-z]?\s{UPPER}"),
        check=_line,
    ),
)
