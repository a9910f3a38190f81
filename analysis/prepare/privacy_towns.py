"""The town at the end of an address, and whether an address is anybody's home."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import LETTER, is_forename
from analysis.prepare.privacy_rules import UPPER, sentence_after, sentence_before
from analysis.prepare.privacy_rules import ignoring_case as _i

CAP_WORD = rf"{UPPER}(?:{LETTER}|['’-](?={LETTER})){{1,20}}(?!\w)"
PLACE_NAME = (
    rf"{CAP_WORD}(?:(?:\s|-)(?:(?:on|upon|under|of|by|le|y|yr|ar|the|in)(?:\s|"
    rf"-))?{CAP_WORD}){{0,2}}"
)
_TOWN = re.compile(
    rf",\s(?P<town>{PLACE_NAME})(?=[,.;:)!?]|\s*$|\n|\s(?:[a-z–-]|{UPPER}{{1,2}}[0-9]))"
)
_PUBLIC = (
    r"(?:meetings?|meet|drop-in|held at|event|exhibition|workshop|surgery|library|museum|centre|"
    r"department|ministry|offices?|branch|shop|store|headquarters|hq|job ?centre|clinic|hospital|"
    r"health centre|station|bus stop|stop at|town hall|council|civic centre|church|chapel hall|"
    r"pharmacy|chemist|post office|hub|court|tribunal|village hall|community|hall|pub|cafe|school|"
    r"college|university|park and ride|depot|garage|gym|pool|theatre|hotel|dentist|opticians?|bank|"
    r"charity|society|association|company|ltd|located at|based at|opening hours|open (?:at|from|"
    r"on))"
)
_PUBLIC_PLACE = _i(rf"\b{_PUBLIC}\b")
_RIGHT_BEFORE = _i(rf"\b{_PUBLIC}(?:,|\sat|\sin|\son|\sis|\sis at)?\s$")
_RIGHT_AFTER = _i(rf"^,?\s(?:is |was )?(?:the|our|a)\s[\w'’ ]{{0,25}}{_PUBLIC}\b")
_AT_HOME = _i(r"\b(?:flat|live|lives|lived|home|house|tenant|rent|i own|we own)\b")
_SOMEBODY = _i(
    r"\b(?:i|i'm|me|my|mine|we|we're|us|our|ours|his|her|hers|their|mum|dad|mam|nan|gran|he|she|"
    r"who lives?|tenant|neighbour|flat)\b"
)


def public_place(text: str, start: int, end: int) -> bool:
    """ "the surgery at 14 High Street": a sentence about a place, with nobody in it."""
    before, after = sentence_before(text, start), sentence_after(text, end)
    if _AT_HOME.search(before + "|" + after):
        return False
    if _RIGHT_BEFORE.search(before):
        return True
    near = _PUBLIC_PLACE.search(before[-80:]) or _RIGHT_AFTER.search(after)
    return bool(near) and not _SOMEBODY.search(before + "|" + after)


def with_town(text: str, end: int) -> int:
    """The end of an address with the town that follows it, if one does."""
    m = _TOWN.match(text, end)
    if not m:
        return end
    first = m["town"].split()[0]
    person = is_forename(first) or (first.lower() in words.NOT_NAMES and " " not in m["town"])
    return end if person and first not in words.TOWNS_TOO else m.end()
