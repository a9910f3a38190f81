"""What a rule of `privacy` is, and what several of them share.

Every repeat in a pattern is bounded and every start is guarded, so that the time is linear in the
length of a text. `privacy.RULES` names the modules with the rules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Match = re.Match[str]
Place = tuple[int, int]
Check = Callable[[Match], Place | None]

UPPER = "[A-ZÀ-ÖØ-ÞŴŶ]"
NUMBER = r"(?<![\w£$€+.,/-])"  # what no number of ours follows


DIGIT = re.compile("[0-9]")
LONG = re.compile(r"[0-9](?:[\s().-]{0,3}[0-9]){5}")
CODE = re.compile(r"[0-9](?:[ /-]?[A-Z0-9]){3}")
INWARD = re.compile(r"[0-9][A-Za-z]{2}(?!\w)")
PLATE = re.compile(r"[0-9](?:\s?[A-Za-z]{1,3}(?!\w)|(?<=[A-Za-z]{3}\s.)[0-9]{2})")
NEW_PLATE = re.compile(r"[0-9]{2}\s?[A-Z]{3}(?!\w)")
INSIDE = re.compile(rf"[\w'’).,:&]\s{{1,2}}[(–-]?{UPPER}")  # a capital inside a sentence
HOUSE = re.compile(rf"[0-9][A-Za-z]?(?:-[0-9]+)?,?\s{UPPER}")
WITH_DIGITS = (DIGIT, LONG, CODE, INWARD, PLATE, NEW_PLATE, HOUSE)


@dataclass(frozen=True)
class Rule:
    """`pattern` marks the personal part with the group x; `check` may refuse or shorten it.

    It is tried if `gate`, a cheaper pattern, is found and one of `cues` is in the lower-case text.
    """

    kind: str
    pattern: re.Pattern[str]
    cues: tuple[str, ...] = ("",)
    gate: re.Pattern[str] | None = None
    check: Check = lambda m: m.span("x")


def ignoring_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def by_first_letter(alternatives: str) -> str:
    """The same alternatives, faster: where case is ignored, `re` tries each of a long list in turn.

    Each must begin with a letter that is not optional, and none may hold a bar.
    """
    groups: dict[str, list[str]] = {}
    for one in alternatives.split("|"):
        groups.setdefault(one[0], []).append(one[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


def digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def whole(test: Callable[[str], bool]) -> Check:
    """The span if its text passes `test`."""
    return lambda m: m.span("x") if test(m["x"]) else None


PUBLIC_LINE = re.compile(
    r"\b(?:help ?desk|help ?line|hot ?line|advice line|crisis line|enquir(?:y|ies) line|"
    r"contact centre|call centre|switchboard|reception|front desk|out[ -]of[ -]hours|surgery|"
    r"council|nhs|hmrc|dwp|dvla|ombudsman|commissioner|samaritans|childline|citizens advice|"
    r"job ?centre|police|ministry|department|hospital|government|customer services?)\b",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


def sentence_before(text: str, at: int) -> str:
    """What the sentence says up to `at` (200 characters at most)."""
    part = text[max(0, at - 200) : at]
    ends = [m.end() for m in _SENTENCE_END.finditer(part)]
    return part[ends[-1] :] if ends else part


def sentence_after(text: str, at: int) -> str:
    part = text[at : at + 120]
    end = _SENTENCE_END.search(part)
    return part[: end.start()] if end else part
