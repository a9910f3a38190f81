"""Replies that read like an instruction to a machine: flagged for the team, counted like any other.

A flag is no judgement and takes nothing away: the reply stays in every count and list. It says
that a person should look, and keeps the passage from standing as a quotation. Someone who worries
about such tricks and puts an example in quotation marks is not flagged.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_LEAVE = (
    "(?:ignore|disregard|forget|override|bypass|skip|discard|ignorier\\w*|vergiss|missachte\\w*"
    "|ignore[zr]|oublie[zr]?|ignora(?:r|te|d)?|olvida\\w*|dimentica\\w*|esque[cç]a\\w*|zignoruj\\w*"
    "|ignoruj\\w*|anwybyddw?ch|negeer|vergeet|ігноруй\\w*|игнорируй\\w*|забудь\\w*|yoksay|unut"
    "|ignorera|bortse|ohita|ignoră|ignorați)"
)
_PAST = (
    "(?:instructions?|prompts?|rules?|guidelines?|directions|commands?|programming|constraints?"
    "|anweisung\\w*|vorgaben|instru[ck][ct]i?[oó]?n\\w*|consignes?|istruzion\\w+|instru[cç][oõ]es"
    "|instrucciones|instrukcj\\w+|polecen\\w+|instruc[tț]iun\\w+|cyfarwyddiadau|instructies"
    "|opdrachten|інструкці\\w*|инструкци\\w*|указани\\w*|talimat\\w*|instruktion\\w*|ohjeet|ohjeita"
    "|pokyn\\w*)"
)
_NAMES = {"LEAVE": _LEAVE, "PAST": _PAST, "START": "(?:^|[.!?;:\\n]\\s*)"}

# (in a rule, what a text must hold for it): most texts are let off by one short search
_NEEDS = (("LEAVE", rf"\b{_LEAVE}\b"), ("|unut)", "yoksay|görmezden gel|unut"))

_QUOTED = re.compile('“[^”]{0,200}”|‘[^’]{0,200}’|"[^"\n]{0,200}"|«[^»]{0,200}»|„[^“”]{0,200}[“”]')
_ALL_QUOTED = re.compile(r"^\s*[\"“«„‘]")
# Letters that look like others are often taken to slip past a reader of letters.
_ALIKE = str.maketrans("аеорсухіѕһԁɡ０１３４５７", "aeopcyxishdg013457")
# Characters that nobody sees: tags (a hidden alphabet), directional overrides, zero widths.
_UNSEEN = "[\u200b\u2060-\u2064\ufeff]"
_HIDDEN = re.compile(
    rf"[\U000e0020-\U000e007e]{{4,}}|[\u202d\u202e]|{_UNSEEN}{{4,}}|(?:{_UNSEEN}\w){{5,}}"
    r"|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}"
)
_WHOLE = "WHOLE "
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")  # the flags of Wales and Scotland
_SPACED = re.compile(r"\b(?:\w[ .\-_*]){5,}\w\b")


@cache
def _patterns() -> list[tuple[bool, re.Pattern[str], re.Pattern[str] | None]]:
    """(whether it is for the whole text, rule, what must be found before it is worth trying)."""
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    flags = re.IGNORECASE | re.DOTALL
    found = []
    for line in lines:
        if not line or line.startswith("# "):
            continue
        needs = next((re.compile(need, flags) for name, need in _NEEDS if name in line), None)
        rule = line.removeprefix(_WHOLE)
        for name, pattern in _NAMES.items():
            rule = rule.replace(name, pattern)
        found.append((line.startswith(_WHOLE), re.compile(rule, flags), needs))
    return found


@lru_cache(maxsize=100_000)  # the same answer is asked about in each way of counting
def orders(text: str) -> bool:
    """Whether a reply reads like an instruction to a machine."""
    if _HIDDEN.search(_FLAG.sub("", text)):
        return True
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text)
        plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    plain = _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m.group()), plain)
    told = plain if _ALL_QUOTED.match(plain) else _QUOTED.sub(" ", plain)
    forms = {told, told.translate(_ALIKE)}
    found: dict[tuple[re.Pattern[str], str], bool] = {}

    def worth(needs: re.Pattern[str] | None, form: str) -> bool:
        if needs is None:
            return True
        if (needs, form) not in found:
            found[needs, form] = needs.search(form) is not None
        return found[needs, form]

    return any(
        worth(needs, form) and rule.search(form)
        for whole, rule, needs in _patterns()
        for form in ({plain} if whole else forms)
    )
