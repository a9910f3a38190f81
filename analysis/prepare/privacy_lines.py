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
from analysis.prepare.privacy_towns import CAP_WORD, PLACE_NAME, home_line, public_place, with_town


def _one_word(m: Match) -> Place | None:
    """ "7 Ashgrove", "5 The Paddock": no year, no everyday word ("3 halfway", "2 the end")."""
    first = m["street"].split()[-1]
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"])
    if year or (" " not in m["street"] and is_ordinary(first)) or first.lower() in words.NOT_NAMES:
        return None
    return home_line(m)


def _with_town_only(m: Match) -> Place | None:
    """ "(102 Kingsway, Hove)": with a town behind, no word before is needed."""
    place = _one_word(m)
    return place if place and place[1] > m.end("x") else None


def _own_house(m: Match) -> Place | None:
    return m.span("x") if " " in m["house"] else None


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
    at = re.search(r"(?i:live|lives|lived|living|stay|farm|born) at\s$", m.string[: m.start("x")])
    names = len(re.split(r"[\s-]", m["x"])) > 1 or (at and m["x"] not in words.TOWNS)
    place = re.search(r"\s(?i:in|ym|yn)\s$", m.string[: m.start("x")])
    street = "," in m["x"]
    return (m.start("x"), end) if names and (street or (end > m.end("x") and not place)) else None


def _farm(m: Match) -> Place | None:
    """A house's name with its town, in a sentence about the writer's own."""
    said = sentence_before(m.string, m.start()) + "|" + sentence_after(m.string, m.end())
    end = with_town(m.string, m.end("x"))
    own = re.search(r"\b(?:my|our|we|i|i'm|home|lives?|he|she|him|her|mum|dad)\b", said, re.I)
    if end == m.end("x") or not own or public_place(m.string, m.start("x"), end):
        return None
    return m.start("x"), end


_GREENS = (
    r"(?:green|close|avenue|crescent|drive|grove|square|mews|paddock|orchard|spinney|croft|glebe|"
    r"street|maltings|meadows?|ridings|cottages)"
)
_AT = (
    r"(?:at|to|from|of|for|outside|visit|visiting|near|opposite|is|are|in|yn|"
    r"(?:bungalow|house|flat|home|address|property|cottage|door|gate)[,:]?)"
)
_HOME = (
    r"(?:(?:our|my|her|his|their) (?:\w{2,10} )?(?:farm|farmhouse|house|cottage|croft|home|"
    r"bungalow|smallholding|place|address|flat) is|address:|address is|farm at|croft at|"
    r"(?:live|lives|lived|living|stay|staying|based|farm|farms|croft) (?:at|in)|"
    r"post(?:ie|man|woman)? (?:\w{2,8} )?(?:knows|finds|to)|"
    r"(?:write|reply|send|post|come|visit|find|reach|contact|get)\w* (?:\w+ ){0,2}"
    r"(?:me|us|him|her|them) at|"
    r"(?:never|ever|cannot|can['’]?t|couldn['’]?t|not|to) finds?|aboard|"
    r"(?:post|mail|letters?|parcels?) (?:\w{2,8} )?(?:reach|come|get|find)(?:es|s)? (?:\w{2,4} )?"
    r"(?:as|at|to)|"
    r"sat ?nav (?:\w{2,8} ){0,3}(?:to|for)|"
    r"(?:sent|delivered|posted) (?:\w{2,8} ){0,2}to|cartref yw|byw yn|byw ym)"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "address",
        re.compile(
            rf"\b(?i:{_AT})\s(?:number\s|no\.?\s)?(?P<x>(?P<number>[0-9]{{1,4}}[A-Za-z]?),?\s"
            rf"(?P<street>the\s{_GREENS}|(?:the\s)?[Tt]he\s{UPPER}{LETTER}{{2,15}}(?:\s(?:{words.STREETS}))?|"
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
            rf"{{2,15}}|(?={UPPER})(?i:{words.ONE_WORD_STREET})|Promenade|Esplanade|Broadway|Embankment|"
            rf"Parade|Causeway|Strand|Mall))(?=,\s{UPPER})"
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
            rf"\b(?i:{_HOME})\s(?:(?i:called|the)\s)?[\"“]?(?P<x>{PLACE_NAME}(?:\s(?:na|nan|an|y|yr|"
            rf"ar)\s{CAP_WORD})?"
            rf"(?:,\s(?:{words.CELTIC})\s(?:(?:y|yr|an|na)\s)?{CAP_WORD})?)(?=,\s{UPPER}|(?<=\w)\s[a-z])"
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
            "mail",
            "write",
            "reply",
            "send",
            "come",
            "visit",
            "find",
            "aboard",
            "reach",
            "contact",
            "get",
            "letter",
            "parcel",
            "nav",
            "sent",
            "delivered",
            "byw",
            "yw",
        ),
        gate=re.compile(rf"\w,\s{UPPER}"),
        check=_house_and_town,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w'’])(?P<x>(?:{CAP_WORD}\s){{1,3}}(?:Farm|Farmhouse|Cottages?|Bungalow|Croft|"
            rf"Barn|Villa|Smallholding|Lodge|Forge|Manse|Stables|Rectory|Vicarage|Steading|"
            rf"Schoolhouse))(?=,\s{UPPER})"
        ),
        (
            "farm",
            "cottage",
            "bungalow",
            "croft",
            "barn",
            "villa",
            "holding",
            "lodge",
            "forge",
            "manse",
            "stables",
            "rectory",
            "vicarage",
            "steading",
            "schoolhouse",
        ),
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
        check=home_line,
    ),
)
