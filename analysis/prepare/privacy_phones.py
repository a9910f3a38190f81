"""Telephone numbers: British and foreign, plain, disguised and in words; help lines stay."""

from __future__ import annotations

import re

import phonenumbers

from analysis.prepare.privacy_rules import (
    LONG,
    NUMBER,
    PUBLIC_LINE,
    Match,
    Place,
    Rule,
    digits,
    sentence_after,
    sentence_before,
)
from analysis.prepare.privacy_rules import ignoring_case as _i

_SOMEBODY = re.compile(
    r"\b(?:my|me|mine|his|her|hers|him|their|them|our|us|mobile|i am|i'm)\b", re.I
)


def _public_line(m: Match, national: str) -> bool:
    """A service's number: 03 and 08 in a sentence that names it; others right behind its name."""
    before = sentence_before(m.string, m.start("x"))
    named = [found.end() for found in PUBLIC_LINE.finditer(before)]
    if national.startswith("07") or _SOMEBODY.search(before[named[-1] if named else -30 :]):
        return False
    if national.startswith(("03", "08")):
        return bool(PUBLIC_LINE.search(before + "|" + sentence_after(m.string, m.end("x"))))
    return bool(PUBLIC_LINE.search(before[-40:])) and before.rstrip().endswith(
        (" on", " at", ":", " is", "(", " number", ",")
    )


_DATE_LIKE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|(?:(?:19|20)[0-9]{2}\D?){2}$")


def _uk_phone(m: Match) -> Place | None:
    national = re.sub(r"^(?:0044|44)0?", "0", digits(m["x"]))
    first = re.split(r"[^0-9+(]", m["x"].lstrip("("))[0]
    if not 10 <= len(national) <= 11 or len(first) < 3 or _DATE_LIKE.match(m["x"]):
        return None
    if _public_line(m, national):
        return None
    start, end = m.span("x")
    unclosed = m["x"][0] == "(" and ")" not in m["x"].replace("(0)", "")
    return start + unclosed, end


def _typed_phone(m: Match) -> Place | None:
    """A mobile number with letters among its digits; plain ones are another rule's."""
    plain = re.sub(r"[il]", "1", re.sub(r"(?:dot|dash)", "", m["x"].lower()).replace("o", "0"))
    letters = re.search(r"[a-z]", m["x"], re.I)
    return m.span("x") if letters and 10 <= len(digits(plain)) <= 13 else None


def _spoken_phone(m: Match) -> Place | None:
    """Digits in words: as many as a telephone number has, and the first is a nought."""
    said = re.findall(r"[a-z]+|[0-9]", m["x"].lower())
    length = len(said) + said.count("triple") + said.count("treble") + said.count("hundred")
    starts = said[0] in ("zero", "o", "oh", "nought", "naught", "0")
    return m.span("x") if starts and 10 <= length <= 13 else None


def _foreign_phone(m: Match) -> Place | None:
    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(m["x"], "GB"))
    except phonenumbers.NumberParseException:
        return None
    return m.span("x") if valid else None


def _told_phone(m: Match) -> Place | None:
    number = m["x"]
    if not 6 <= len(digits(number)) <= 15 or _DATE_LIKE.match(number):
        return None
    thousands = re.fullmatch(r"[0-9]{1,3}(?: 000){1,3}|[0-9]{3} [0-9]{3}", number)
    return None if thousands or _public_line(m, digits(number)) else m.span("x")


RULES: tuple[Rule, ...] = (
    Rule(
        "phone",
        _i(
            NUMBER + r"(?P<x>(?:(?:\(?\+\s?|00)44\)?[\s-]{0,2}(?:\(0\)\s?)?|\(?0)\s?[1-9]"
            r"(?:[\s()./-]{0,3}[0-9]){8,9})(?![\w-])(?!\s[0-9](?!\w))"
        ),
        gate=LONG,
        check=_uk_phone,
    ),
    Rule(  # letters and words for digits and signs: "o7911", "07dot911", "07 nine double one"
        "phone",
        _i(
            r"(?<![\w@.])(?P<x>(?:\+\s?44|0|o)[\s.-]?7(?:(?:[\s()./-]|\s?(?:dot|dash)\s?){0,2}"
            r"[0-9oil]){8,9})(?![\w-])"
        ),
        gate=re.compile(r"[0-9oO+](?i:[\s.-]?7)"),
        check=_typed_phone,
    ),
    Rule(
        "phone",
        _i(
            r"\b(?P<x>(?:(?:(?:double|triple|treble)[\s-])?(?:zero|oh?|nought|naught|one|two|"
            r"three|four|"
            r"five|six|seven|eight|nine|hundred|[0-9]{1,5})[\s,.-]{1,2}){6,11}(?:(?:double|"
            r"triple)\s)?"
            r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine))\b"
        ),
        ("seven", "one ", "zero"),
        check=_spoken_phone,
    ),
    Rule(
        "phone",
        re.compile(r"(?<![\w+])(?P<x>(?:\+|00)[1-9](?:[\s().-]{0,2}[0-9]){6,13})(?![\w-])"),
        ("+", "00"),
        gate=LONG,
        check=_foreign_phone,
    ),
    Rule(
        "phone",
        re.compile(
            NUMBER
            + r"(?P<x>(?:\(?[2-9][0-9]{2}\)?[-.]\s?|\([2-9][0-9]{2}\)\s)[0-9]{3}[-.][0-9]{4})"
            r"(?![\w-])"
        ),
        gate=LONG,
    ),
    Rule(
        "phone",
        _i(
            r"\b(?:(?:call|ring|text|phone|contact|reach|whatsapp|message)\s(?:me|us)|tel|"
            r"telephone|mob|mobile|phone|cell|fax|landline|(?:my|our|his|her|their|contact)"
            r"(?: (?:home|work|new|old|direct|daytime|evening|private|own))? (?:number|no\.?)|"
            r"ffôn|ffoniwch fi|rhif)\b\.?"
            r"(?:\s(?:number|"
            r"no\.?))?[^0-9\n.+(]{0,20}(?<!\w)(?P<x>\+?\(?[0-9][0-9\s().-]{4,21}[0-9])"
            r"(?![\w-])"
        ),
        (
            "call",
            "ring",
            "text",
            "phone",
            "contact",
            "reach",
            "whats",
            "message",
            "tel",
            "mob",
            "cell",
            "fax",
            "landline",
            "number",
            "no.",
            "ffôn",
            "ffoniwch",
            "rhif",
        ),
        gate=LONG,
        check=_told_phone,
    ),
)
