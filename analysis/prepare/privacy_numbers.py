"""Numbers that belong to one person: by checksum where there is one, else by the words around."""

from __future__ import annotations

import re

import phonenumbers

from analysis.prepare.privacy_rules import (
    DIGIT,
    INWARD,
    LONG,
    NUMBER,
    PUBLIC_LINE,
    Match,
    Place,
    Rule,
    digits,
    sentence_after,
    sentence_before,
    whole,
)
from analysis.prepare.privacy_rules import ignoring_case as _i


def mod11(number: str) -> bool:
    """Check digit of NHS and CHI numbers: weights 10 to 2, 11 less the remainder (0 for 11)."""
    total = sum(int(d) * w for d, w in zip(number, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(number[9])


def luhn(number: str) -> bool:
    """Payment cards (ISO/IEC 7812-1)."""
    odd, even = number[::-1][::2], number[::-1][1::2]
    return (sum(map(int, odd)) + sum(sum(divmod(2 * int(d), 10)) for d in even)) % 10 == 0


def mod97(iban: str) -> bool:
    """International bank account numbers (ISO 13616)."""
    plain = re.sub(r"\s", "", iban).upper()
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _chi(number: str) -> bool:
    """A CHI number starts with a date of birth, ddmmyy; the NHS series leaves that range out."""
    return 1 <= int(number[:2]) <= 31 and 1 <= int(number[2:4]) <= 12


# ---------------------------------------------------------------- phone numbers
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
    return start + (m["x"][0] == "(" and ")" not in m["x"]), end


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


# ---------------------------------------------------------------- the table
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?P<x>(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\sof)?[\s/.-]{{1,2}}(?:[0-9]{{1,2}}|{_MONTH})"
    rf"[\s/.,-]{{1,2}}"
    rf"|{_MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s)(?:[0-9]{{4}}|'?[0-9]{{2}})|"
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    rf")(?![0-9])"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "ni",
        _i(
            r"(?<![\w/-])(?P<x>(?:(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|"
            r"QQ)[\s-]?[0-9]{2}"
            r"[\s-]?[0-9]{2}[\s-]?[0-9]{2}[\s-]?[A-D])(?![\w/])"
        ),
        gate=LONG,
    ),
    Rule(
        "ni",
        _i(
            r"(?:\bNI\b|\bnino\b|national insurance)[^0-9\n]{0,30}?(?P<x>\b[A-Z]{2}[\s-]?"
            r"[0-9]{2}[\s-]?[0-9]{2}[\s-]?[0-9]{2}(?:[\s-]?[A-D]\b)?)(?!\w)"
        ),
        ("ni ", "nino", "national insurance"),
        gate=LONG,
    ),
    Rule(
        "chi",
        _i(
            r"\bchi\b(?:\s(?:number|no\.?|num))?[^0-9\n]{0,20}(?P<x>[0-9]{6}[\s-]?[0-9]{4}|"
            r"[0-9]{3}[\s-][0-9]{3}[\s-][0-9]{4})(?!\w)"
        ),
        ("chi",),
        gate=LONG,
    ),
    Rule(
        "nhs",
        _i(
            r"\bnhs\s(?:number|no\b\.?|num\b|#|id\b)[^0-9\n]{0,25}(?P<x>[0-9]{3}[\s-]?"
            r"[0-9]{3}[\s-]?[0-9]{4})(?![\w-])"
        ),
        ("nhs",),
        gate=LONG,
    ),
    Rule(
        "chi",
        _i(NUMBER + r"(?P<x>[0-9]{6}[\s-]?[0-9]{4})(?![\w-])"),
        gate=LONG,
        check=whole(lambda t: _chi(digits(t)) and mod11(digits(t))),
    ),
    Rule(
        "nhs",
        _i(NUMBER + r"(?P<x>[1-9][0-9]{2}([\s-]?)[0-9]{3}\2[0-9]{4})(?![\w-])"),
        gate=LONG,
        check=whole(lambda t: mod11(digits(t))),
    ),
    Rule(
        "bank",
        _i(r"(?<!\w)(?P<x>[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?)(?!\w)"),
        gate=LONG,
        check=whole(mod97),
    ),
    Rule(
        "bank",
        _i(NUMBER + r"(?P<x>[2-6][0-9]{3}([\s-]?)[0-9]{4}\2[0-9]{4}\2[0-9]{4})(?![\w-])"),
        gate=LONG,
        check=whole(lambda t: luhn(digits(t))),
    ),
    Rule(
        "bank",
        _i(r"sort\s?code[^0-9\n]{0,20}(?P<x>[0-9]{2}[\s-]?[0-9]{2}[\s-]?[0-9]{2})(?!\w)"),
        ("sort",),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(NUMBER + r"(?P<x>[0-9]{2}-[0-9]{2}-[0-9]{2})(?=[^0-9\n]{1,30}[0-9]{8}(?![\w-]))"),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(
            r"\b(?:account|acct?|a/c)\b\.?(?:\s(?:number|no\.?|num))?[^0-9\n]{0,20}"
            r"(?P<x>[0-9]{8}|[0-9]{4}\s[0-9]{4})(?![\w-])"
        ),
        ("acc", "a/c"),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(r"\b[0-9]{2}[\s-]?[0-9]{2}[\s-]?[0-9]{2}[^0-9\n]{1,15}(?P<x>[0-9]{8})(?![\w-])"),
        gate=LONG,
    ),
    Rule(
        "passport",
        _i(
            r"\bpassport\b[^0-9\n]{0,30}?(?P<x>\b(?:[0-9]{9}|[A-Z][0-9]{8}|[A-Z]{2}[0-9]{7}))(?!\w)"
        ),
        ("passport",),
        gate=LONG,
    ),
    Rule(
        "licence",
        _i(
            r"(?<!\w)(?P<x>[A-Z9]{5}[\s-]?[0-9][0156][0-9][0-3][0-9]{2}[\s-]?"
            r"[A-Z9]{2}[0-9][A-Z]{2}(?:[\s-]?[0-9]{2})?)(?!\w)"
        ),
        gate=LONG,
        check=whole(lambda t: not t[:5].startswith("9")),
    ),
    Rule(
        "licence",
        _i(
            r"\b(?:driving|driver'?s?)\slicen[cs]e\b[^0-9\n]{0,30}?(?P<x>\b(?:[0-9]{8}|"
            r"[A-Z9]{5}[0-9]{6}[A-Z0-9]{5}))(?!\w)"
        ),
        ("licen",),
        gate=LONG,
    ),
    Rule(
        "birth",
        _i(NUMBER + _DATE + r"(?=,\s?[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}\b)"),
        gate=INWARD,
    ),
    Rule(
        "birth",
        _i(
            r"\b(?:dob|d\.o\.b\.?|date\sof\sbirth|birth\s?date|(?:my|his|her|their)\sbirthday)"
            r"\b[^0-9\n]{0,20}?(?:(?P<plain>[0-9]{6}(?:[0-9]{2})?(?![0-9]))|" + _DATE + ")"
        ),
        ("dob", "d.o.b", "birth"),
        gate=DIGIT,
        check=lambda m: m.span("plain" if m["plain"] else "x"),
    ),
    Rule(
        "birth",
        _i(
            r"(?:\b(?:i|he|she|they|who|son|daughter|mother|mum|father|dad|husband|wife|child|"
            r"baby|brother|sister)"
            r"(?:\s(?:was|were)|'s)|[,(]|\w[,;]?\sand|^|\n)\s?born\s(?:on\s)?(?:the\s)?" + _DATE
        ),
        ("born",),
        gate=DIGIT,
    ),
    Rule(
        "phone",
        _i(
            NUMBER
            + r"(?P<x>(?:(?:\+\s?|00)44\s?(?:\(0\)\s?)?|\(?0)[1-9](?:[\s().-]{0,2}[0-9]){8,9})"
            r"(?![\w-])"
        ),
        gate=LONG,
        check=_uk_phone,
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
            r"telephone|mob|mobile|phone|cell)\b\.?"
            r"(?:\s(?:number|no\.?))?[^0-9\n.+(]{0,20}(?P<x>\+?\(?[0-9][0-9\s().-]{4,17}[0-9])"
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
        ),
        gate=LONG,
        check=_told_phone,
    ),
)
