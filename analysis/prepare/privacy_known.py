"""Names the file itself gives: personal columns tell what to look for in the answers.

What a respondent typed as their own name, address or contact is hidden in that respondent's
answers, whole in any case and its parts with a capital. A full name of a person (two words or more)
is hidden in everybody's answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import (
    NAME,
    TITLE,
    is_forename,
    is_ordinary,
    is_surname,
    name_part,
    plain,
)
from analysis.records import Consultation, each

_TOKEN = re.compile(r"\w[\w'’.-]*")
_TITLE = re.compile(rf"^{TITLE}")
_WHOLE = re.compile(rf"^{NAME}$")
_FIRST = re.compile(r"\b(?:first|fore|given|christian)[ -]?names?\b", re.I)
_LAST = re.compile(r"\b(?:last|sur|family|second)[ -]?names?\b", re.I)
_SWAPPED = re.compile(r"^([^,]{2,40}),\s*([^,]{2,40})$")
LONGEST = 200  # a cell with more letters is a text, not a detail


@dataclass(frozen=True)
class Known:
    """own: by response_id, what is that respondent's. full: names of people, for all answers."""

    own: Mapping[str, Sequence[str]] = field(default_factory=dict)
    full: Mapping[str, Sequence[tuple[str, ...]]] = field(default_factory=dict)

    def others(self, text: str) -> list[tuple[int, int]]:
        """Where a full name stands in any answer, in any case; linear in its length."""
        if not self.full:
            return []
        tokens = [(m.start(), m.end(), _bare(m[0])) for m in _TOKEN.finditer(text)]
        out = []
        for i, (start, _, first) in enumerate(tokens):
            for name in self.full.get(first, ()):
                run = tokens[i : i + len(name)]
                if tuple(word for _, _, word in run) == name:
                    out.append((start, start + len(_trimmed(text[start : run[-1][1]]))))
        return out


def known(consultation: Consultation) -> Known:
    """What the columns with the role "personal" tell of each respondent."""
    values: dict[str, list[tuple[str, str]]] = {}
    for row in each(consultation.personal):
        value = " ".join(str(row.value).split())
        if _useful(value):
            values.setdefault(row.respondent_id, []).append((str(row.label), value))
    details = {who: _details(given) for who, given in values.items()}
    answers = consultation.responses
    own = {
        response: details[who]
        for response, who in zip(answers["response_id"], answers["respondent_id"], strict=True)
        if who in details
    }
    return Known(own, _full(value for found in details.values() for value in found))


def _details(given: Sequence[tuple[str, str]]) -> list[str]:
    """The values of one respondent, and the name that first and last name make together."""
    first = next((v for label, v in given if _FIRST.search(label)), "")
    last = next((v for label, v in given if _LAST.search(label)), "")
    out = [f"{first} {last}"] if first and last else []
    for _, value in given:
        value = _TITLE.sub("", value) or value
        swapped = _SWAPPED.match(value)
        if swapped and is_person(f"{swapped[2]} {swapped[1]}"):
            out.append(f"{swapped[2]} {swapped[1]}")
        out.append(value)
    return list(dict.fromkeys(out))


def _useful(value: str) -> bool:
    """Not "N/A", "Prefer not to say", "Resident" or "3": these would hide ordinary words."""
    letters = re.findall(r"[^\W\d_]+", value)
    if len(value) < 3 or len(value) > LONGEST or not re.search(r"\w", value):
        return False
    if re.search(r"[0-9@]", value):
        return len(re.sub(r"\W", "", value)) >= 5
    return any(len(w) > 1 and not is_ordinary(w) for w in letters) or is_person(value)


def is_person(value: str) -> bool:
    """Two to five words with capitals that are a person's name, no office's and no body's."""
    whole = value.title() if value.islower() or value.isupper() else value
    m = _WHOLE.match(whole)
    found = name_part(m["x"], 0, capitals=True, sure=True) if m else None
    if not m or not found or found[0][1] != len(whole) or not 2 <= len(found[1]) <= 5:
        return False
    parts = found[1]
    if "_".join(map(plain, parts[:2])) in words.PUBLIC_FIGURES or plain(parts[-1]) in words.BODIES:
        return False
    strange = not all(map(is_ordinary, parts))
    return is_forename(parts[0]) or (strange and (is_surname(parts[-1]) or len(parts) == 2))


def _full(values: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for value in dict.fromkeys(values):
        tokens = tuple(_bare(m[0]) for m in _TOKEN.finditer(value))
        if is_person(value) and len(tokens) >= 2:
            out.setdefault(tokens[0], []).append(tokens)
    return out


def _trimmed(words: str) -> str:
    return re.sub(r"['’]s$", "", words).rstrip(".-'’")


def _bare(word: str) -> str:
    return _trimmed(word).lower().replace("’", "'")
