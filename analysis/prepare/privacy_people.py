"""How people are named in letters: by themselves, by title, kinship or part, and in signatures.

Holders of national office stay (their name stands with the office, or is in PUBLIC_FIGURES): what
is said of them is no personal data of the writer's. Councillors, MPs and staff are masked, since
they tell where the writer lives or who dealt with the case.
"""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import (
    LETTER,
    NAME,
    TITLE,
    TITLES,
    is_body,
    is_forename,
    is_full,
    is_lone_forename,
    is_ordinary,
    low_part,
    name,
    name_part,
    plain,
)
from analysis.prepare.privacy_rules import UPPER, Match, Place

_AFTER = re.compile(r"\s*(?:[,.;:(!\n–-]|$|(?:and|from|of|aged|a|an|the|age|with|here)\b)")
_NO_FORENAME = re.compile(r"(?:ly|ing|ed|ish|ist|ic|ful|less|ive|able|ent|ous|al)$")
_OFFICE = (
    r"(?:[A-Z]\w+ )?(?:Minister|Secretary of State(?: for [A-Z][\w, ]{3,60}?)?|"
    r"(?:Home|Foreign|Health|Justice|Education|Culture|Science|Technology|Business|Transport|"
    r"Housing|Environment|Defence|Energy|Welsh|Scottish) Secretary|"
    r"Chancellor(?: of the Exchequer)?|President|Taoiseach|Tánaiste|Pope|King|Queen|"
    r"Prince|Princess|Lord|Baroness|Saint|St|"
    r"Mayor of [A-Z]\w+(?: [A-Z]\w+)?|Leader of the Opposition|Speaker|Archbishop|Senator)"
)
_OFFICE_BEFORE = re.compile(rf"\b{_OFFICE}\.?,? $")
_OFFICE_AFTER = re.compile(rf",? (?:(?:is|was|as) )?(?:the |our |then )?(?:former )?{_OFFICE}\b")


_ANY_TITLE = re.compile(TITLES)


def in_office(text: str, start: int, end: int) -> bool:
    """Whether a national office stands right before or behind the name."""
    before = text[max(0, start - 90) : start]
    return bool(_OFFICE_BEFORE.search(before) or _OFFICE_AFTER.match(text[end : end + 90]))


def i_am(m: Match) -> Place | None:
    """ "I am Jo Example": a known forename, or two words that can be nothing but a name."""
    if m[0].isupper():
        return None
    bare = m[0][:2].lower() == "im"  # also a German preposition
    found = name_part(m["x"], m.start("x"), False, sure=True)
    if not found:
        return None
    place, parts = found
    after = m.string[place[1] : place[1] + 12]
    closed = bool(_AFTER.match(after))
    if is_forename(parts[0]) or m["title"] or plain(parts[0]) in words.EVERYDAY:
        sure = is_lone_forename(parts[0]) or m["title"] or is_full(parts)
        return place if (len(parts) > 1 and sure) or m["title"] or closed else None
    whole = not bare and place[1] == m.end("x") and closed
    sure = 2 <= len(parts) <= 3 and not _NO_FORENAME.search(parts[0])
    alone = re.match(r",|\.|$|\s(?:and (?:i|my|we)|from|here)\b", after, re.I)
    people = re.search(r"(?:[ie]an|ese|ish|er|ist)$", parts[0])
    strange = len(parts) == 1 and not is_ordinary(parts[0]) and alone and not people
    return place if whole and (sure or (strange and len(parts[0]) > 2)) else None


def titled(m: Match) -> Place | None:
    shout = m["title"].split()[0].strip(".").isupper() and len(m["title"].split()[0]) > 2
    if re.match(r"\s(?:vs?|versus)\b", m.string[m.end() : m.end() + 8]):
        return None
    found = name_part(m["x"], m.start("x"), shout or m[0].isupper(), sure=True)
    if not found or (shout and not found[1][0].isupper()) or _ANY_TITLE.fullmatch(found[1][0]):
        return None
    key = f"{plain(m['title'].split()[0])}_{plain(found[1][0])}"
    known = {"_".join(map(plain, found[1][:2])), key} & words.PUBLIC_FIGURES
    if known or in_office(m.string, m.start(), found[0][1]):
        return None
    return None if is_body(m.string, found[0][1]) else found[0]


def person(m: Match) -> Place | None:
    """A name right behind words that are about a person: full, or a forename that is no word."""
    found = name_part(m["x"], m.start("x"), False)
    if not found or is_body(m.string, found[0][1]) or in_office(m.string, *found[0]):
        return None
    place, parts = found
    if "_".join(map(plain, parts[:2])) in words.PUBLIC_FIGURES:
        return None
    return place if is_lone_forename(parts[0]) or is_full(parts) else None


def in_role(m: Match) -> Place | None:
    """ "our caretaker Reg Tapscott": two words that are no ordinary ones will do as well."""
    if known := person(m):
        return known
    if re.search(r"\b(?:called|named|name (?:is|was))\s$", m[0][: m.start("x") - m.start()]):
        return name(sure=True)(m)
    found = name_part(m["x"], m.start("x"), False)
    if not found or is_body(m.string, found[0][1]):
        return None
    unknown = [p for p in found[1] if not is_ordinary(p)]
    return found[0] if len(unknown) >= 2 else None


def strange(m: Match) -> Place | None:
    """ "my work coach Zorya": one word that no list has."""
    found = name_part(m["x"], m.start("x"), False)
    if not found or is_body(m.string, found[0][1]) or _ANY_TITLE.fullmatch(found[1][0]):
        return None
    return found[0] if is_forename(found[1][0]) or not is_ordinary(found[1][0]) else None


def labelled(m: Match) -> Place | None:
    """ "Name: Will"; without a colon ("ask for Customer") one ordinary word is no name."""
    found = name(1, True, sure=True)(m)
    said = m.string[found[0] : found[1]] if found else ""
    weak = ":" not in m[0] and " " not in said and is_ordinary(said) and not is_forename(said)
    return None if not said or weak else found


def low_known(m: Match) -> Place | None:
    return low_part(m, known=True)


def low_any(m: Match) -> Place | None:
    return low_part(m, known=False)


def last_line(m: Match) -> Place | None:
    """A last line that is a name and nothing else."""
    found = name_part(m["x"], m.start("x"), m["x"].isupper(), sure=True, initials=True)
    if not found or found[0][1] != m.end("x") or len(found[1]) > 4:
        return None
    first, initial = found[1][0], "." in found[1][0]
    return found[0] if is_forename(first) or initial or is_full(found[1]) else None


_VERBS = (
    r"(?:(?:spoke|speak|speaking|spoken|talk(?:ed|ing)?|chatted|complained|wrote|written|emailed|"
    r"listened|reported|passed on|put through|transferred|assigned|referred|then|married)"
    r"(?: again| back| directly| twice)? (?:to|with)|met(?: with| up with)?|saw|see|"
    r"e-?mailed|rang|ring|call|phoned|texted|messaged|asked|told|ask|contact(?:ed)?|"
    r"visited|thank(?:ed)?|thanks to|"
    r"according to|(?:look(?:ing|ed)?) after|car(?:e|ing|ed) for|(?:widow|widower|wife|husband|"
    r"mother|mum|mam|father|dad|parents?|son|daughter|sister|brother|guardian|carer|friend|"
    r"grandmother|gran|nan|grandad|grandfather|neighbour)s? (?:of|to|for)|on behalf of|"
    r"it['’]?s|it is|this is|since|lost|miss|helped|with|by|from|for|to|when|because|but)"
)
_DOES = (
    r"(?:told|said|says|rang|phoned|answered|explained|helped|died|passed|lives|lived|works|"
    r"worked|thinks|thought|cannot|can['’]?t|couldn['’]?t|doesn['’]?t|didn['’]?t|was|is|has|had|"
    r"hasn['’]?t|hadn['’]?t|wasn['’]?t|isn['’]?t|needs|gets|got|goes|went|uses|waits|waited|"
    r"wants|wanted|would|who|came|comes|does|did|kept|asked|knew|knows|left|took|gave|never|"
    r"next door|across the road|over the road|down the road|upstairs|downstairs)"
)
_BARE = re.compile(rf"(?<![\w'’@])\b{NAME}")
_BEFORE = re.compile(rf"\b{_VERBS}\s(?:{TITLE})?$", re.I)
_BEHIND = re.compile(rf"['’]s\s[a-z]|\s{_DOES}\b|\s\([a-z0-9]")
_SAYS = re.compile(r"\s(?:said|says|told|rang|phoned|explained|asked|answered|replied|helped)\b")
_CAPITAL = re.compile(rf"(?<!\w){UPPER}{LETTER}")


def bare_names(text: str) -> list[Place]:
    """A forename with a surname, anywhere, or alone in words that are about a person.

    Public figures, offices and bodies stay.
    """
    if not _CAPITAL.search(text):
        return []
    out = []
    for m in _BARE.finditer(text):
        end = 0
        for word in re.finditer(r"\S+", m["x"]):
            if _ANY_TITLE.fullmatch(word[0]):
                continue
            lone = is_lone_forename(word[0]) or _speaks(text, m.start() + word.start(), word[0])
            if word.start() < end or not (lone or len(m["x"]) > word.end()):
                continue
            start = m.start() + word.start()
            too = plain(word[0]) in words.GIVEN_TOO
            found = name_part(m["x"][word.start() :], start, m["x"].isupper(), sure=too)
            if found and (is_full(found[1]) or (lone and _a_person(text, m.start(), *found[0]))):
                if not _impersonal(text, *found[0]):
                    out.append(found[0])
                end = found[0][1] - m.start()
    return out


def _speaks(text: str, start: int, word: str) -> bool:
    """ "Lorraine said": a forename that is a word or a place too, but here it speaks."""
    if not is_forename(word) or plain(word) in words.NOT_NAMES:
        return False
    return _SAYS.match(text, start + len(word)) is not None


_ARTICLE = re.compile(
    r"(?:\b(?:the|an?|every|any|no|some|our|your|new|old|pay|st|saint|san|santa|port|mount|lake|"
    r"fort|form|in|near|around|called the)\s|[\w)]['’]s\s|[/#*_-])$",
    re.I,
)
_PARTNER = re.compile(rf"(?<![\w'’])({UPPER}{LETTER}+) (?:and|&) $")
_MACHINE = re.compile(
    r"\b(?:bot|chatbot|assistant|robot|avatar|system|app|ferry|ship|boat|dog|cat|horse|storm|"
    r"programme|scheme|project|software|tool)\b[^.!?\n]{0,20}\b(?:called|named|is|was)\s$",
    re.I,
)
_THING = re.compile(
    rf"[/_-]|['’]s\s{UPPER}|\s(?:and|&)\s{UPPER}\w+\s(?:{UPPER}|plc|ltd)|\sof all\b|"
    rf"\s{UPPER}{LETTER}"
)


def _opens(text: str, run: int, start: int) -> bool:
    """ "Ring Pam", "My CPN Pam": a sentence's first word, or capitals, before the forename."""
    said = text[run:start].split()
    first = is_ordinary(said[0]) and re.search(r"(?:^|[.!?:\n\"“])\s*$", text[:run][-4:])
    short = said[-1].isupper() and len(said[-1]) in (2, 3, 4)
    return short or (bool(first) and len(said) == 1)


def _a_person(text: str, run: int, start: int, end: int) -> bool:
    """A forename that is nothing else, unless it is part of the name of a thing or a place.

    run: where the words with a capital begin, of which it is one.
    """
    before = text[max(0, start - 60) : start]
    led = start == run or _ANY_TITLE.search(text[run:start]) or _opens(text, run, start)
    public = plain(text[start:end]) in words.PUBLIC_ALONE
    if not led or public or _MACHINE.search(before):
        return False
    if _BEHIND.match(text, end) or _BEFORE.search(before[-32:]):
        return True
    if plain(text[start:end]) in words.MONONYMS or text[start:end].isupper():
        return False
    partner = _PARTNER.search(before)
    firm = partner and not is_forename(partner[1])
    return not (firm or _ARTICLE.search(before[-12:]) or _THING.match(text, end))


_MAE = re.compile(r"Mae\s(?P<next>[^\W\d_]+)")  # Welsh: "is", before a word that is not English


_STREET_WORDS = frozenset(words.CELTIC.split("|"))


def _is_welsh_verb(text: str, start: int) -> bool:
    m = _MAE.match(text, start)
    if m is None or m["next"] in _STREET_WORDS:
        return m is not None
    if not m["next"].islower():
        return False
    return m["next"] in ("fy", "hi") or not is_ordinary(m["next"])


def _impersonal(text: str, start: int, end: int) -> bool:
    saint = text.endswith(("St ", "St. ", "Saint ", " v ", " v. "), 0, start)
    case = re.match(r"\s(?:vs?\.?|versus)\s", text[end : end + 8])
    names = text[start:end].split()[:2]
    titled = [*text[max(0, start - 20) : start].split()[-1:], names[0]]
    public = {"_".join(map(plain, pair)) for pair in (names, titled)} & words.PUBLIC_FIGURES
    if saint or case or public or _is_welsh_verb(text, start):
        return True
    return is_body(text, end) or in_office(text, start, end)


_CHAIN = re.compile(rf"(?:,?\s(?:and|&|a|ac|agus)\s|,\s){TITLE}?{NAME}")


_LOW_BODY = re.compile(r"\s(?:council|hospital|university|college|station|city|county|airport)\b")


def chained(text: str, end: int) -> list[Place]:
    """ "Kayden and Tyler": the names that are joined to the one that ends at `end`."""
    out: list[Place] = []
    while m := _CHAIN.match(text, end):
        found = name_part(m["x"], m.start("x"), False)
        if not found or is_body(text, found[0][1]) or _LOW_BODY.match(text, found[0][1]):
            break
        first = found[1][0]
        strange = len(found[1]) == 1 and not is_ordinary(first) and m[0].lstrip()[0] not in ","
        if not (is_lone_forename(first) or is_full(found[1]) or strange):
            break
        out.append(found[0])
        end = found[0][1]
    return out
