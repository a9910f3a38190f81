"""The same text turned round: what denies it taken out or put in, a word put for its opposite.

A statement that is nearer to a text turned round than to the text itself may well say the opposite.
The sentences made need not be good English: they are only read by the encoder.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

Denials = tuple[tuple[re.Pattern[str], str], ...]
MOST = 12  # texts made of one
TABLE = Path(__file__).with_suffix(".toml")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|may|might|has|have|had)\b", re.I
)


def turned_round(text: str) -> list[str]:
    """At most MOST texts that say more or less the opposite; always at least one."""
    plain = text.replace("’", "'")
    return list(dict.fromkeys([_denied(plain), *_swapped(plain)]))[:MOST]


def _denied(text: str) -> str:
    """Without what denies it; else with a “not”."""
    for pattern, put in _table()[1]:
        if pattern.search(text):
            return " ".join(pattern.sub(put, text).split())
    if found := _AUXILIARY.search(text):
        return f"{text[: found.end()]} not{text[found.end() :]}"
    return f"Do not {text[:1].lower()}{text[1:]}"


def _swapped(text: str) -> Iterator[str]:
    """With one word, or phrase, put for its opposite."""
    opposites, _, known = _table()
    for found in known.finditer(text):
        for other in opposites[found.group().lower()]:
            yield text[: found.start()] + other + text[found.end() :]


@cache
def _table() -> tuple[
    dict[str, list[str]], tuple[tuple[re.Pattern[str], str], ...], re.Pattern[str]
]:
    """Each word with its opposites; what denies and what is put for it; all the words as one."""
    with TABLE.open("rb") as file:
        table = tomllib.load(file)
    opposites: dict[str, list[str]] = {}
    for line in table["opposites"]:
        one, other = (w.replace("-", " ") for w in line.split())
        for word, against in ((one, other), (other, one)):
            made = [_forms(w, table["irregular"]) for w in (word, against)]
            for form, opposite in zip(*made, strict=False):
                opposites.setdefault(form.lower(), []).append(opposite)
    denials = tuple((re.compile(p, re.I), put) for p, put in table["denials"])
    longest = sorted(map(re.escape, opposites), key=len, reverse=True)
    return opposites, denials, re.compile(rf"\b(?:{'|'.join(longest)})\b", re.I)


def _forms(phrase: str, irregular: dict[str, list[str]]) -> list[str]:
    """As it stands, then as third person, past and -ing form, if it should be a verb."""
    verb, *rest = phrase.split(" ")
    made = [verb, *irregular.get(verb, _regular(verb))]
    return [" ".join([form, *rest]) for form in made]


def _regular(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"]
    if re.search("[^aeiou]y$", verb):
        return [f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    third = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return [verb + third, f"{verb}ed", f"{verb}ing"]
