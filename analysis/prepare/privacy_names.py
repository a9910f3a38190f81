"""How people are named in letters: a title, a family word, "my name is", a signature.

A word is no name if it is in `privacy_words.NOT_NAMES` (offices, bodies, nationalities, months …).
"""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_rules import DIGIT, UPPER, Check, Match, Place, Rule

LETTER = r"[^\W\d_]"
TITLE = (
    r"(?:(?:Mrs?|MRS?|Ms|Miss|MISS|Mx|Dr|DR|Prof|Professor|Cllr|Councillor|Revd?|Reverend|Nurse)"
    r"\.?\s)"
)
WORD = rf"(?:{UPPER}\.|{UPPER}{LETTER}{{0,20}}(?:['’-](?!s\b){LETTER}{{1,20}}){{0,2}})"
PARTICLE = r"(?:(?:van|von|de|del|der|den|da|dos|di|la|le|ap|ab|bin|ibn|al|el)\s){0,2}"
NAME = rf"(?P<x>{PARTICLE}{WORD}(?:[ \t]{{1,2}}{PARTICLE}{WORD}){{0,7}})(?![\w@])"
NAME_WORD = re.compile(rf"{WORD}|\S+")


def is_name(word: str) -> bool:
    plain = re.sub(r"['’]s$", "", word).strip(".").lower()
    return bool(plain) and plain not in words.NOT_NAMES


def name_part(text: str, start: int, capitals: bool) -> tuple[Place, list[str]] | None:
    """The leading words of `text` that can be a name, as offsets from `start`, and the words.

    A word in capitals (PIP, DWP) counts only where `capitals`.
    """
    end, parts = 0, []
    for m in NAME_WORD.finditer(text):
        word = m[0]
        if word.islower():
            continue
        shouted = len(word) > 1 and word.isupper() and "." not in word
        if not is_name(word) or (shouted and not capitals):
            break
        end = m.end()
        parts.append(word)
    if all(len(part.strip(".")) == 1 for part in parts):  # none, or initials only
        return None
    return (start, start + end), parts


def is_forename(word: str) -> bool:
    return word.split("-")[0].lower() in words.FORENAMES


def _is_body(text: str, end: int) -> bool:
    """Whether the word after a name makes it a body's: "Example Trust", "Jo Example's Law"."""
    after = re.match(r"(?:['’]s)?\s?(\w+)", text[end : end + 24])
    return after is not None and after[1].lower() in words.BODIES


def name(least: int = 1, capitals: bool = False, known: bool = False) -> Check:
    """At least so many words; `known`: the first is a forename of our list."""

    def check(m: Match) -> Place | None:
        found = name_part(m["x"], m.start("x"), capitals or m[0].isupper())
        if not found or len(found[1]) < least or _is_body(m.string, found[0][1]):
            return None
        return None if known and not is_forename(found[1][0]) else found[0]

    return check


_AFTER_NAME = re.compile(r"\s*(?:[,.;:(!\n–-]|$|(?:and|from|of|aged|a|an|the|age|with|here)\b)")
_NO_FORENAME = re.compile(r"(?:ly|ing|ed|ish|ist|ic|ful|less|ive|able|ent|ous|al)$")


def _i_am(m: Match) -> Place | None:
    """ "I am Jo Example": a known forename, or two words that can be nothing but a name."""
    if m[0].isupper():
        return None
    bare = m[0][:2].lower() == "im"  # also a German preposition
    found = name_part(m["x"], m.start("x"), False)
    if not found:
        return None
    place, parts = found
    after = m.string[place[1] : place[1] + 12]
    if is_forename(parts[0]) or m["title"]:
        return place if len(parts) > 1 or m["title"] or _AFTER_NAME.match(after) else None
    sure = (
        not bare
        and 2 <= len(parts) <= 3
        and place[1] == m.end("x")
        and not _NO_FORENAME.search(parts[0])
    )
    return place if sure and _AFTER_NAME.match(after) else None


def _title(m: Match) -> Place | None:
    shout = m["title"].strip(" .").isupper()
    if re.match(r"\s(?:vs?|versus)\b", m.string[m.end() : m.end() + 8]):
        return None
    found = name_part(m["x"], m.start("x"), shout)
    if not found or (shout and not found[1][0].isupper()):
        return None
    return None if _is_body(m.string, found[0][1]) else found[0]


_BARE = re.compile(rf"(?<![\w'’@]){NAME}")


def bare_names(text: str, lower: str) -> list[Place]:
    """A known forename with a surname, anywhere; public figures and bodies stay."""
    if words.FORENAMES.isdisjoint(lower.replace("(", " ").replace("-", " ").split()):
        return []
    out = []
    for m in _BARE.finditer(text):
        starts = [w.start() for w in re.finditer(r"\S+", m["x"]) if is_forename(w[0])]
        found = name_part(m["x"][starts[0] :], m.start() + starts[0], False) if starts else None
        if not found or len(found[1]) < 2:
            continue
        (start, end), parts = found
        if text.endswith(("St ", "St. ", "Saint "), 0, start) or _is_body(text, end):
            continue
        if "_".join(parts[:2]).lower() not in words.PUBLIC_FIGURES:
            out.append((start, end))
    return out


RULES: tuple[Rule, ...] = (
    Rule(
        "name",
        re.compile(rf"\b(?i:(?:my|full) name|details)\s?[(:]\s?{TITLE}?{NAME}(?=[,)])"),
        ("name (", "details (", "details:"),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"\b[Tt]he (?:{words.PERSONS}), {NAME}(?=,)"),
        gate=re.compile(rf", {UPPER}"),
        check=name(known=True),
    ),
    Rule(
        "name",
        re.compile(rf"(?<![\w'’]){NAME}(?=\s\((?:Mrs?|Ms|Miss|Mx|Dr)\))"),
        ("(mr", "(ms)", "(mx)", "(miss)", "(dr)"),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"(?:^|\n)(?i:from):?\s{TITLE}?{NAME}(?=,|\n|$)"),
        ("from",),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:my (?:full |first |real |maiden )?name is|my name['’]?s|my names are|"
            rf"i am called|i['’]m called|they call me|people call me|fy enw i yw)\s{TITLE}?{NAME}"
        ),
        ("name is", "name'", "name’", "my names", "call me", "m called", "enw i"),
        check=name(1, True),
    ),
    Rule(
        "name",
        re.compile(rf"\b[Ii](?:['’]?m| am| AM)\s(?P<title>{TITLE}?){NAME}"),
        ("i am ", "i'm ", "i’m ", "im "),
        check=_i_am,
    ),
    Rule(
        "name",
        re.compile(rf"\bI,\s(?:the undersigned,\s)?{TITLE}?{NAME}(?=,)"),
        ("i, ",),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"(?<!\w)(?P<title>{TITLE}){NAME}"),
        ("mr", "ms ", "miss ", "mx ", "dr ", "dr.", "prof", "cllr", "councillor ", "rev", "nurse "),
        check=_title,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:(?:my|our|his|her|their) (?:(?:late|dear|elderly|eldest|youngest|"
            rf"younger|older|oldest|"
            rf"disabled|own|best|good|old|next door|poor|little|big|ex|former|line|"
            rf"autistic|deaf|blind) ){{0,2}}(?:{words.KIN})(?:['’]s (?:{words.KIN}))?)"
            rf"(?:,| called| named|['’]s name is|,? who is called| is called|\s\()?\s?{TITLE}?"
            rf"(?<=[\s(]){NAME}"
        ),
        ("my ", "our ", "his ", "her ", "their "),
        check=name(),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?:(?:{words.PERSONS})|(?:[Ss]?[Hh]e|[Tt]hey|who)(?:['’]s|['’]re| is| was| are))"
            rf"\s(?:called|named|by the name of)\s{TITLE}?{NAME}"
        ),
        (" called ", " named ", " name of "),
        check=name(),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:yours (?:sincerely|faithfully|truly|ever)|yours(?=[,\n])|(?:kind |best |"
            rf"warm |kindest |many )?regards|(?:best|good|warm) wishes|sincerely|cofion"
            rf"(?: gorau| cynnes)?|signed(?: by)?)"
            rf"[,.:!]?\s{{1,3}}{TITLE}?{NAME}(?=\s*(?:[,.(\n]|$))"
        ),
        (
            "yours s",
            "yours f",
            "yours t",
            "yours e",
            "yours,",
            "yours\n",
            "regards",
            "wishes",
            "sincerely",
            "cofion",
            "signed",
        ),
        check=name(1, True),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:many thanks|thanks|thank you|cheers|diolch|all the best|best)[,.!]?"
            rf"(?:,\s|\s?\n\s?){TITLE}?{NAME}(?=\s*$)"
        ),
        ("thank", "cheers", "diolch", "best,", "best\n"),
        check=name(1, True),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:ask for|attn|fao|c/o|contact|name|parent|patient|tenant|applicant|claimant|"
            rf"signed)(?::\s?|(?<=for)\s|(?<=fao)\s|(?<=FAO)\s|(?<=c/o)\s){TITLE}?{NAME}"
        ),
        (
            "ask for",
            "attn",
            "fao",
            "c/o",
            "contact:",
            "name:",
            "parent:",
            "patient:",
            "tenant:",
            "applicant:",
            "claimant:",
            "signed:",
        ),
        check=name(),
    ),
    Rule(
        "name",
        re.compile(rf"{NAME}(?=,?\s\(?(?i:aged?)\s[0-9]{{1,3}}\b)"),
        ("aged ", " age "),
        gate=DIGIT,
        check=name(2),
    ),
)

BEFORE_CONTACT = re.compile(
    rf"(?<![\w'’]){NAME}(?:,|:|;|\s-|\s–|\s\()?\s?"
    r"(?:(?i:tel|telephone|phone|mobile|mob|e-?mail|at|on|of)[.:]?\s)?$"
)
