"""The town at the end of an address, and whether an address is anybody's home."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import LETTER, is_forename, is_ordinary
from analysis.prepare.privacy_rules import UPPER, Match, Place, sentence_after, sentence_before
from analysis.prepare.privacy_rules import ignoring_case as _i

CAP_WORD = rf"{UPPER}(?:{LETTER}|['’-](?={LETTER})){{1,20}}(?!\w)"
PLACE_NAME = (
    rf"{CAP_WORD}(?:(?:\s|-)(?:(?:on|upon|under|of|by|le|y|yr|ar|na|nan|nam|an|the|in)(?:\s|"
    rf"-))?{CAP_WORD}){{0,2}}"
)
_TOWN = re.compile(
    rf",\s(?P<town>(?:(?:Y|Yr|The)\s)?{PLACE_NAME})(?=[,.;:)!?\"”’]|\s*$|\n|\s(?:[a-z–-]|I\b|{UPPER}{{1,2}}[0-9]))"
)
_PUBLIC = (
    r"(?:meetings?|meet|drop-in|held at|event|exhibition|workshop|surgery|library|museum|centre|"
    r"department|ministry|offices?|branch|shop|store|headquarters|hq|job ?centre|clinic|hospital|"
    r"health centre|station|bus stop|(?<!wont )(?<!won't )(?<!not )stop at|"
    r"town hall|council|civic centre|church|chapel hall|"
    r"pharmacy|chemist|post office|hub|court|tribunal|village hall|community|hall|pub|cafe|school|"
    r"college|university|park and ride|depot|garage|gym|pool|theatre|hotel|dentist|opticians?|bank|"
    r"charity|society|association|company|ltd|factory|warehouse|restaurant|supermarket|takeaway|nursery|"
    r"guildhall|corn exchange|assembly rooms|arcade|castle|mosque|temple|stadium|"
    r"polling station|advice|bureau|agency|authority|"
    r"warm space|runs? (?:at|from)|takes? place|located at|based at|opening hours|open (?:at|from|"
    r"on))"
)
_PUBLIC_PLACE = _i(rf"\b{_PUBLIC}\b")
_RIGHT_BEFORE = _i(rf"\b{_PUBLIC}(?:,|\sat|\sin|\son|\sis|\swas|\sis at)?\s$")
_RIGHT_AFTER = _i(rf"^,?\s(?:is |was )?(?:the|our|a)\s[\w'’ ]{{0,25}}{_PUBLIC}\b")
_AT_HOME = _i(r"\b(?:flat|live|lives|lived|home|house|tenant|rent|i own|we own)\b")
_SOMEBODY = _i(
    r"\b(?:i|i'm|im|ive|me|my|mine|we|we're|us|our|ours|his|her|hers|their|mum|dad|mam|nan|gran|he|she|"
    r"who lives?|tenant|neighbour|flat)\b"
)

STAIR = r"(?:[0-9]{1,2}f[0-9]{1,2}|pf[0-9]|[0-9gb]/[0-9]{1,2}|[gt]f[lr])"  # a flat in Scotland
_UNITS = (
    r"flat|apartment|apt\.?|suite|unit|room|studio|block|maisonette|annexe?|bedsit|floor|plot|shop|"
    r"chalet|berth|caravan|cabin|pod|lodge|bungalow|house|pitch|mooring|lot|penthouse"
)
_UNIT_BEFORE = _i(
    rf"(?<!\w)(?:(?:{_UNITS})\s(?:no\.?\s|number\s)?(?:[0-9]{{1,4}}[a-z]?|[a-z]|{STAIR})|{STAIR}),?\s$"
)
_UNIT_WORD = _i(
    r"(?<!\w)(?:flat|apartment|maisonette|bedsit|lot|plot|pitch|berth|chalet|croft)\s(?:no\.?\s|number\s)?$"
)
_UNIT_AND_HOUSE = re.compile(
    rf"(?<!\w)(?i:{_UNITS})\s[0-9]{{1,4}}[A-Za-z]?,\s(?:{CAP_WORD}\s){{0,2}}{CAP_WORD},\s$"
)
_UNIT_BEHIND = re.compile(
    r"(?:,\s(?:[0-9]{1,2}(?:st|nd|rd|th)|top|ground|first|second|third)\sfloor)?"
    r",?\s(?i:flat|apartment|apt\.?|maisonette|bedsit|room)\s(?:no\.?\s)?"
    r"(?:[0-9]{1,4}[A-Za-z]?|[A-Z])(?!\w)"
)
_FIRST_OF_ROW = re.compile(r"(?<![\w£$.,/-])[0-9]{1,3}[A-Za-z]?\s?(?:to|-|–)\s?$")

_HOUSE_BEFORE = re.compile(
    rf"(?<!\w)(?:(?:The|{CAP_WORD})\s){{1,3}}(?:{words.HOUSES}|Court|Towers?|Heights|Mansions|Point|"
    rf"Hostel|Annexe|Flats|Refuge|Home),\s$|\bThe\s{CAP_WORD},\s$|"
    rf"(?<=\sat\s){CAP_WORD},\s$|(?<=\sis\s){CAP_WORD},\s$|(?<=\sof\s){CAP_WORD},\s$|(?<=ome,\s){CAP_WORD},\s$"
)
_HALL_BEHIND = re.compile(
    rf"\s(?:{CAP_WORD}\s){{0,2}}(?:Hall|School|Surgery|Centre|Library|Church|Hub|Clinic|Hospital|"
    r"Station|Office|Offices|Pharmacy|Nursery|Practice|Academy|Museum|Pub|Hotel|Depot|Banks|Shops|"
    r"Stores)\b"
)
_UNIT = _i(rf"(?:{_UNITS})\s")
_STREET_BEHIND = re.compile(
    rf",\s[0-9]{{1,4}}[A-Za-z]?\s(?:{CAP_WORD}\s){{0,2}}{CAP_WORD}(?=[,.;:)]|\s[a-z]|\s*$)"
)
_COUNTED = _i(  # "Junction 24 Park Way"
    r"\b(?:junction|platform|phase|option|figure|chapter|section|page|bus|buse|route|tram|stop|item|"
    r"article|paragraph|ward|class|year|level|grade|stage|step|part|version|volume|gate|zone|exit|"
    r"table|appendix|question|line|rule|clause|channel|series|episode|season|round|team|group|tier|"
    r"band|category|type|module|session|week|day|schedule|policy|site|"
    r"between)s?\s(?:[0-9]{1,4}\s(?:and|or|to|&)\s)?$"
)

_BEHIND = _i(
    r"\s(?:bus|buses|services?|routes?|line|trains?|tram|stop|sessions?|hearings?|cases?|consultations?|schemes?)\b"
)
_OF_THEM = _i(r"\b(?:the|these|those|all|some|over|there (?:are|were))\s$")
_THINGS = re.compile(
    r"\s(?!(?:is|was|has|does|needs|as|its|this)\b)[a-z]{3,}(?:[a-rt-z]s|ren|people)\b"
)
_LOW_TOWN = re.compile(
    r",?\s(?P<town>[a-z][a-z'’-]{2,20})(?=(?P<end>\s*(?:$|[.,;:)\n])|\s(?:and?|but|where)\b)?)(?![\w'’-])"
)
_SLURRED = ("shes", "hes", "its", "theyre", "weve", "ive", "dont", "cant", "wont", "didnt", "thats")


def public_place(text: str, start: int, end: int) -> bool:
    """ "the surgery at 14 High Street": a sentence about a place, with nobody in it."""
    before, after = sentence_before(text, start), sentence_after(text, end)
    if _AT_HOME.search(before + "|" + after):
        return False
    if _RIGHT_BEFORE.search(before):
        return True
    near = _PUBLIC_PLACE.search(before[-80:]) or _RIGHT_AFTER.search(after)
    return bool(near) and not about_somebody(text, start, end)


def about_somebody(text: str, start: int, end: int) -> bool:
    said = sentence_before(text, start) + "|" + sentence_after(text, end)
    return _SOMEBODY.search(said) is not None


def with_town(text: str, end: int) -> int:
    """The end of an address with the town that follows it, if one does."""
    m = _TOWN.match(text, end)
    if not m:
        return _with_low_town(text, end)
    first = m["town"].split()[0]
    person = is_forename(first) or (first.lower() in words.NOT_NAMES and " " not in m["town"])
    return end if person and first not in words.TOWNS_TOO else m.end()


def _with_low_town(text: str, end: int) -> int:
    """ "28 chestnut grove, bo'ness": after small letters, a town or a word of no dictionary."""
    m = _LOW_TOWN.match(text, end)
    if not m or not re.search(r"(?:^|[\s.])[a-z]+\s?[a-z]*$", text[max(0, end - 12) : end]):
        return end
    comma, town = m[0].startswith(","), m["town"]
    listed = town.title() in words.TOWNS and (comma or m["end"] is not None)
    unknown = comma and not is_ordinary(town) and town not in _SLURRED
    return m.end("town") if listed or unknown else end


def whole_address(text: str, start: int, end: int) -> tuple[int, int] | None:
    """With the flat or house before its number, the street behind its flat, town and county.

    None if the number counts something else.
    """
    if text[start].isdigit():
        before = text[max(0, start - 80) : start]
        if any((_COUNTED.search(before), _HALL_BEHIND.match(text, end), _BEHIND.match(text, end))):
            return None
        if _OF_THEM.search(before) and _THINGS.match(text, end):
            return None
        tests = (_FIRST_OF_ROW, _UNIT_BEFORE, _UNIT_WORD, _UNIT_AND_HOUSE, _HOUSE_BEFORE)
        if lead := next(filter(None, (test.search(before) for test in tests)), None):
            start -= len(lead[0])
    else:
        if lead := _HOUSE_BEFORE.search(text[max(0, start - 80) : start]):
            start -= len(lead[0])
        elif _UNIT.match(text, start) and (street := _STREET_BEHIND.match(text, end)):
            end = street.end()
    if behind := _UNIT_BEHIND.match(text, end):
        end = behind.end()
    return start, with_town(text, with_town(text, end))


def home_line(m: Match) -> Place | None:
    """The place x with its town, unless it is a public one."""
    if public_place(m.string, m.start("x"), m.end("x")):
        return None
    return m.start("x"), with_town(m.string, m.end("x"))
