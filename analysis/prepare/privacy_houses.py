"""Homes that a name tells and no number: in apposition, behind a label, in small letters."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_forename, is_ordinary
from analysis.prepare.privacy_rules import HOUSE, NUMBER, UPPER, Match, Place, Rule
from analysis.prepare.privacy_rules import ignoring_case as _i
from analysis.prepare.privacy_towns import CAP_WORD, PLACE_NAME, about_somebody, public_place

_PLACES = rf"{PLACE_NAME}(?:,\s(?:[0-9]{{1,4}}[A-Za-z]?\s)?{PLACE_NAME}){{1,3}}"
_MINE = r"(?:my|our|his|her|their|mum['’]?s|dad['’]?s|gran['’]?s|nan['’]?s|mam['’]?s)"
_DWELLING = (
    r"(?:home|house|cottage|farm|farmhouse|croft|bungalow|flat|smallholding|place|address|boat|"
    r"barn|steading|holding|maisonette|b&b|bnb|guest ?house|shop|studio|practice|workshop|salon|"
    r"surgery|business)"
)
_CARE = (
    r"(?:Care Home|Nursing Home|Residential Home|Rest Home|Retirement Home|Refuge|Hostel|"
    r"Sheltered Housing|Almshouses|Court|Lodge)"
)
_LOW_HOUSES = "cottage|cottages|house|farm|lodge|barn|villa|bungalow|croft|rectory|vicarage|mill"
_LOW_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|close|drive|terrace|row|hill|gardens|crescent|square|"
    "green|way|walk|place"
)

_GOES_ON = r"(?:and|but|is|has|where)\b"


def _somebodys(m: Match) -> Place | None:
    """Of somebody's life, and no public place."""
    start, end = m.span("x")
    if not about_somebody(m.string, start, end) or public_place(m.string, start, end):
        return None
    return start, end


def _home(m: Match) -> Place | None:
    """ "Our cottage, Rhosgoch, Llanbedr-y-Cennin": places, and no person with a title or job."""
    return None if is_forename(m["x"].split()[0].strip(",")) else m.span("x")


def _in_town(m: Match) -> Place | None:
    """ "33 Gilesgate Moor, Durham": number, name, and a town that the list has."""
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", m["number"])
    plain = is_ordinary(m["street"].split()[-1]) and is_ordinary(m["street"].split()[0])
    if year or plain or m["town"] not in words.TOWNS or public_place(m.string, *m.span("x")):
        return None
    return m.span("x")


RULES: tuple[Rule, ...] = (
    Rule(
        "address",
        re.compile(rf"\b(?i:{_MINE}\s(?:\w{{2,10}}\s)?{_DWELLING}),\s(?P<x>{_PLACES})(?=[,.;)]|$)"),
        gate=re.compile(rf",\s{UPPER}\w[^,\n]{{0,30}},\s(?:{UPPER}|[0-9])"),
        check=_home,
    ),
    Rule(
        "address",
        re.compile(rf"\b(?i:address)(?:\s(?i:is)|:|\s[-–])\s(?P<x>{_PLACES})(?![\w'’])"),
        ("address",),
        check=_home,
    ),
    Rule(
        "address",
        re.compile(
            rf"(?<![\w'’])(?P<x>(?:{CAP_WORD}\s){{1,3}}{_CARE},\s(?:[0-9]{{1,4}}[A-Za-z]?\s)?"
            rf"(?:{CAP_WORD}\s){{1,2}}(?:{words.STREETS})\b)"
        ),
        ("home,", "refuge,", "hostel,", "housing,", "houses,", "court,", "lodge,"),
        check=_somebodys,
    ),
    Rule(
        "address",
        re.compile(
            rf"{NUMBER}(?P<x>(?P<number>[0-9]{{1,4}}[A-Za-z]?),?\s(?P<street>{CAP_WORD}"
            rf"(?:\s{CAP_WORD}){{0,2}}),\s(?P<town>{PLACE_NAME}))(?![\w'’-])"
        ),
        gate=HOUSE,
        check=_in_town,
    ),
    Rule(
        "address",
        _i(
            r"\b(?:live|lives|lived|living|stay|stays|staying|address is|address:) (?:at |in )?"
            rf"(?P<x>(?:the )?(?:[a-z'’-]{{3,20}} ){{1,2}}(?:{_LOW_HOUSES}),? "
            rf"(?:[a-z'’-]{{3,20}} ){{1,2}}(?:{_LOW_STREETS})\b"
            rf"(?:, [a-z'’-]{{3,20}}(?: (?!{_GOES_ON})[a-z'’-]{{3,20}})?"
            rf"(?= {_GOES_ON}|[.,;)\n]|$))?)"
        ),
        ("live", "living", "stay", "address"),
        gate=_i(rf"(?:{_LOW_HOUSES}),? [a-z]"),
        check=_somebodys,
    ),
)
