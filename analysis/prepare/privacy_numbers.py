"""Numbers that belong to one person: by checksum where there is one, else by the words around."""

from __future__ import annotations

import re

from analysis.prepare.privacy_rules import (
    DIGIT,
    LONG,
    NUMBER,
    Rule,
    digits,
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


SPOKEN = (  # a digit in words
    r"(?:double|triple|treble)\s(?:\w{2,5})|zero|oh?|nought|naught|one|two|three|four|five|six|"
    r"seven|eight|nine|[0-9]"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "ni",
        _i(
            r"(?<![\w/-])(?P<x>(?:(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|"
            r"QQ)(?:[\s.-]?[0-9]){6}[\s.-]?[A-D])(?![\w/])"
        ),
        gate=LONG,
    ),
    Rule(
        "ni",
        _i(
            r"(?:\bN\.?I\.?N?O?\b|\bnat(?:ional|\.)? ?ins|insurance n)[^0-9\n]{0,40}?"
            r"(?P<x>\b[A-Z]{2}(?:[\s.-]?[0-9]){6}(?:[\s.-]?[A-D]\b)?)(?!\w)"
        ),
        ("ni", "n.i", "nat", "insurance"),
        gate=LONG,
    ),
    Rule(  # the Irish counterpart
        "ni",
        _i(r"\bpps(?:n|\b)[^0-9\n]{0,30}(?P<x>[0-9]{7}[\s-]?[A-W][A-IW]?)(?!\w)"),
        ("pps",),
        gate=LONG,
    ),
    Rule(
        "chi",
        _i(
            r"(?:\bc\.?h\.?i\b\.?|health index)(?:\s(?:number|no\.?|num))?[^0-9\n]{0,30}"
            r"(?P<x>[0-9]{6}[\s-]?[0-9]{4}|[0-9]{3}[\s-][0-9]{3}[\s-][0-9]{4})(?!\w)"
        ),
        ("chi", "c.h.i", "health index"),
        gate=LONG,
    ),
    Rule(
        "nhs",
        _i(
            r"\b(?:nhs|health(?: and care| & care)?|h&c|hsc)\s(?:number|no\b\.?|num\b|#|id\b)"
            r"[^0-9\n]{0,30}(?P<x>[0-9]{3}[\s.-]?[0-9]{3}[\s.-]?[0-9]{4})(?![\w-])"
        ),
        ("nhs", "health", "h&c", "hsc"),
        gate=LONG,
    ),
    Rule(
        "nhs",
        _i(
            NUMBER + r"(?P<x>[0-9]{3}[\s.-]?[0-9]{3}[\s.-]?[0-9]{4})(?![\w-])"
            r"(?=[^.!?\n0-9]{1,20}\b(?:nhs|h&c|hsc|health(?: and care)?)\s(?:number|no|id)\b)"
        ),
        ("nhs", "h&c", "hsc", "health"),
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
        _i(NUMBER + r"(?P<x>[1-9][0-9]{2}([\s.-]?)[0-9]{3}\2[0-9]{4})(?![\w-])"),
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
        _i(NUMBER + r"(?P<x>3[47][0-9]{2}[\s-]?[0-9]{6}[\s-]?[0-9]{5})(?![\w-])"),
        gate=LONG,
        check=whole(lambda t: luhn(digits(t))),
    ),
    Rule(
        "bank",
        _i(
            r"\b(?:card|visa|master ?card|debit|credit|amex|maestro)\b[^0-9\n]{0,30}"
            r"(?P<x>[0-9](?:[\s-]?[0-9]){12,18})(?![\w-])"
        ),
        ("card", "visa", "debit", "credit", "amex", "maestro"),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(
            NUMBER + r"(?P<x>[2-6][0-9]{3}([\s-]?)[0-9]{4}\2[0-9]{4}\2[0-9]{4})(?![\w-])"
            r"(?=[^.!?\n]{0,40}\b(?:my (?:\w{1,10} )?card|card (?:no|number))\b)"
        ),
        ("card",),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(
            r"\b(?:cvv|cvc|security code|card ending(?: in)?|last four digits|pin(?: is| was|:))"
            r"[^0-9\n]{0,12}(?P<x>[0-9]{3,4})(?![\w-])"
        ),
        ("cvv", "cvc", "security code", "ending", "last four", "pin "),
        gate=DIGIT,
    ),
    Rule(
        "bank",
        _i(
            r"\broll (?:number|no\.?)[^0-9\n]{0,15}?(?P<x>\b(?:[A-Z]{1,3}[/ -]?|[0-9]{1,3}[/-])?"
            r"[0-9]{4,}(?:[/-][0-9A-Z]{1,8}|\s[0-9]{1,8}){0,3})(?!\w)"
        ),
        ("roll ",),
        gate=DIGIT,
    ),
    Rule(
        "bank",
        _i(
            r"(?:sort(?:ing)?[\s-]?(?:code|no\b|number)?|\bs/?c\b|cod didoli)[^0-9\n]{0,20}"
            r"(?P<x>[0-9]{2}[\s.-]?[0-9]{2}[\s.-]?[0-9]{2})(?!\w)"
        ),
        ("sort", "sc", "s/c", "didoli"),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(NUMBER + r"(?P<x>[0-9]{2}([\s-])[0-9]{2}\2[0-9]{2})(?=[^0-9\n]{1,30}[0-9]{8}(?![\w-]))"),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(
            r"(?<!rent )(?<!tax )(?<!customer )(?<!water )(?<!gas )(?<!energy )(?<!tenancy )"
            r"\b(?:account|acct?|a/c)\b\.?(?:\s(?:number|nos?\.?|num))?[^0-9\n]{0,20}"
            r"(?P<x>[0-9]{7,8}|[0-9]{4}[\s-][0-9]{4}|[0-9]{2}(?:\s[0-9]{2}){3})(?![\w-])"
        ),
        ("acc", "a/c"),
        gate=LONG,
    ),
    Rule(
        "bank",
        _i(
            r"(?<!rent )(?<!tax )(?<!customer )(?<!water )(?<!gas )(?<!energy )(?<!tenancy )"
            r"\b(?:bank(?:ing)?|building society|account|"
            r"cyfrif(?: banc)?)\b(?!\sof\b)[^0-9\n]{0,45}"
            r"(?P<x>(?<!\w)[0-9]{8})(?![\w-])"
        ),
        ("bank", "building", "account", "cyfrif"),
        gate=LONG,
    ),
    Rule(  # in words
        "bank",
        _i(
            r"(?:sort[\s-]?code|\bs/?c|\baccount(?:\s(?:number|no))?|\ba/?c|card(?:\s(?:number|"
            r"no))?)"
            rf"\b[^0-9\n]{{0,20}}?\b(?P<x>(?:(?:{SPOKEN})[\s,.-]{{1,2}}){{5,17}}(?:{SPOKEN}))\b"
        ),
        ("sort", "account", "a/c", "s/c", "card"),
        gate=_i(rf"\b(?:{SPOKEN})[\s,.-]{{1,2}}(?:{SPOKEN})\b"),
    ),
    Rule(
        "bank",
        _i(r"\b[0-9]{2}[\s-]?[0-9]{2}[\s-]?[0-9]{2}[^0-9\n]{1,15}(?P<x>[0-9]{8})(?![\w-])"),
        gate=LONG,
    ),
)
