""" "Not applicable to me as I am retired": a phrase without a view, and why it is one.

The reason counts as none of its own only if it tells the writer's situation in a few words, of
which none judges, asks or complains: "N/A as I am too poor to own a phone" is a view.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MOST_WORDS = 18
MOST_IN_REASON = 8

# Folded spelling (`content.fold`): no doubled letters, no apostrophes.
_ASIDE = re.compile(
    r"\b(?:aply|aplies|aplicable|relevant|coment|say|answer|view|opinion|know|idea|"
    r"sure|na|n a|skip|pas)\b"
)
_BECAUSE = r"(?:as|because|since|given that|being|for)"
_WHO = r"(?:i|we|im|ive|weve|my \w+|our \w+)"
_LACKED = (
    "children|child|kids|employes|staf|pets|dog|car|garden|busines|tenants|dependants|dependents|"
    "partner|interest|experience|knowledge|land|property|mortgage|religion"
)
_DONE = (
    "have|own|drive|use|used|work|worked|live|lived|rent|run|employ|receive|claim|atend|teach|"
    "smoke|travel|vote|been|sen|read|had|study|farm|let|vape|cycle|"
    "claimed|atended|received|driven|owned|taught|studied|employed|rented"
)
_STATES = (
    rf"{_WHO} (?:am|are|is|was)(?: \w+){{1,6}}",
    r"(?:im|were)(?: \w+){1,6}",
    rf"{_WHO} (?:do not|dont|have not|havent|not|have never|never|no longer|did not|didnt) "
    rf"(?:{_DONE})(?: \w+){{0,5}}",
    rf"(?:{_WHO} (?:have |had )?)?no (?:{_LACKED})(?: \w+){{0,3}}",
    rf"{_WHO} (?:live|work|rent|own|represent|retired|have left|left|moved)(?: \w+){{0,6}}",
    r"(?:am |are )?(?:retired|not (?:an? )?\w+(?: \w+)?|not (?:in|from) \w+)",
)
_REASON = re.compile(
    rf"(?P<phrase>.+?) (?:(?:{_BECAUSE} )?(?:{'|'.join(_STATES)})|"
    r"due to (?:my )?(?:age|retirement))"
)
_JUDGES = re.compile(
    r"\b(?:to|cant|canot|can not|unable|without|nobody|noone|disabled|deaf|blind|sick|il|por|"
    r"afraid|frightened|wor[iy]\w*|angry|tired|closed|wait\w*|but|and|or|told|lied|losing|lose|lost|"
    r"trust|enough|wel|hapy|so|which|who|that|if|when|should|must|ned|neds|want|wants|suport|"
    r"opos\w*|against|agre\w*|disagre\w*|think|believe|fel|hope|les|more|beter|worse|bad|god|"
    r"fair|unfair|wrong|right|only|stil|al|every\w*|ignored|forgoten|excluded|discriminated|being)\b"
)


def without_reason(words: str, empty: Callable[[str], bool]) -> str | None:
    """The phrase of a folded text, if the rest only says why it applies; None if it says more.

    empty: whether a phrase holds no view.
    """
    if not 2 <= len(words.split()) <= MOST_WORDS:
        return None
    found = _REASON.fullmatch(words)
    if not found or not _ASIDE.search(found["phrase"]) or not empty(found["phrase"]):
        return None
    reason = words[found.end("phrase") :].removeprefix(" due to")
    short = len(reason.split()) <= MOST_IN_REASON + 2
    return found["phrase"] if short and not _JUDGES.search(reason) else None
