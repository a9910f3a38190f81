"""Personal data in free text: find it, replace it by typed placeholders, say where it was.

UK rules by form, checksum and context (see `privacy_rules`). Rules cannot know every name: a bare
name in running text is found only if it stands with a title, a family word, a signature, contact
details, if its words are on our lists or if the file gives it (`privacy_known`); a department can
add a recogniser of its own (`privacy_ner`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

import pandas as pd

from analysis.prepare import (
    privacy_again,
    privacy_beside,
    privacy_codes,
    privacy_homes,
    privacy_houses,
    privacy_lines,
    privacy_links,
    privacy_naming,
    privacy_ner,
    privacy_numbers,
    privacy_papers,
    privacy_people,
    privacy_phones,
    privacy_places,
    privacy_references,
    privacy_signed,
    privacy_web,
)
from analysis.prepare.privacy_known import Known
from analysis.prepare.privacy_names import name_part
from analysis.prepare.privacy_ner import Recogniser
from analysis.prepare.privacy_rules import DIGIT, WITH_DIGITS, Place, Rule
from analysis.prepare.privacy_towns import whole_address

PLACEHOLDERS: Mapping[str, str] = {
    "email": "[e-mail address removed]",
    "url": "[web profile removed]",
    "handle": "[account name removed]",
    "ni": "[national insurance number removed]",
    "chi": "[health number removed]",
    "nhs": "[health number removed]",
    "bank": "[bank details removed]",
    "passport": "[passport number removed]",
    "licence": "[driving licence number removed]",
    "birth": "[date of birth removed]",
    "phone": "[phone number removed]",
    "vehicle": "[vehicle registration removed]",
    "postcode": "[postcode removed]",
    "address": "[address removed]",
    "reference": "[reference removed]",
    "school": "[school removed]",
    "name": "[name removed]",
}
RULES: tuple[Rule, ...] = (  # in order of priority
    *privacy_web.RULES,
    *privacy_links.RULES,
    *privacy_numbers.RULES,
    *privacy_papers.RULES,
    *privacy_phones.RULES,
    *privacy_lines.RULES,
    *privacy_homes.RULES,
    *privacy_houses.RULES,
    *privacy_places.RULES,
    *privacy_codes.RULES,
    *privacy_references.RULES,
    *privacy_naming.RULES,
    *privacy_signed.RULES,
    *privacy_beside.RULES,
)
KINDS: tuple[str, ...] = tuple(PLACEHOLDERS)
PASSES = 8
_HIDDEN = re.compile(r"\[[^\[\]\n]{1,60} removed\]")
_CONTACT = ("phone", "email", "address", "birth", "ni")


@dataclass(frozen=True, order=True)
class Span:
    """One find: text[start:end] == text, offsets in characters."""

    start: int
    end: int
    kind: str
    text: str


def placeholder(kind: str) -> str:
    return PLACEHOLDERS.get(kind, f"[{kind.lower()} removed]")


def unnamed(text: str) -> str:
    """The text as a machine reads it for what it is about: hidden details are not its subject."""
    plain = _HIDDEN.sub(lambda m: "someone" if m[0] == PLACEHOLDERS["name"] else "", text)
    return plain if plain.strip() else text


def _by_rule(rule: Rule, text: str) -> list[tuple[int, int, str]]:
    places: Iterable[Place | None] = map(rule.check, rule.pattern.finditer(text))
    if rule.kind == "address":
        places = (whole_address(text, *place) for place in places if place)
    return [(place[0], place[1], rule.kind) for place in places if place]


def _with_contact(text: str, found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """ "Jo Example, 07700 900123": the name right before contact details."""
    out = []
    for start, _end, kind in found:
        base = max(0, start - 70)
        if kind in _CONTACT and (m := privacy_naming.BEFORE_CONTACT.search(text[base:start])):
            begin = m.start("x")
            for word in re.finditer(r"\S+", m["x"]):
                part = name_part(m["x"][word.start() :], base + begin + word.start(), False)
                if part and len(part[1]) >= 2 and part[0][1] == base + m.end("x"):
                    out.append((*part[0], "name"))
                    break
    return out


_BY_FREQUENCY = " etaoinsrhldcumfpgwybvkxjqz"
Cues = dict[str, list[tuple[str, tuple[int, ...]]]]


def _by_cue(rules: Iterable[int]) -> Cues:
    """A pair of letters → cues that hold it, each with the rules that it opens (places in RULES).

    Looking for the pairs of a text's letters first leaves few cues to look for.
    """
    wanted = list(rules)
    out: Cues = {}
    for cue in dict.fromkeys(cue for i in wanted for cue in RULES[i].cues):
        pairs = map(add, cue, cue[1:])
        rarest = max(pairs, key=lambda pair: sum(map(_rarity, pair)), default="")
        out.setdefault(rarest, []).append((cue, tuple(i for i in wanted if cue in RULES[i].cues)))
    return out


def _rarity(letter: str) -> int:
    return _BY_FREQUENCY.find(letter) % len(_BY_FREQUENCY)


_CUES = _by_cue(range(len(RULES)))
_WORDS = ("name", "school", "url", "email", "handle", "address", "phone", "bank")
_CUES_OF_WORDS = _by_cue(
    i for i, rule in enumerate(RULES) if rule.gate not in WITH_DIGITS and rule.kind in _WORDS
)


def _scan(text: str) -> list[tuple[int, int, str]]:
    """What the rules find, in order of priority; places may overlap."""
    lower = text.lower()
    cues = _CUES if DIGIT.search(text) else _CUES_OF_WORDS
    pairs = {"", *map(add, lower, lower[1:])}
    wanted = {
        i
        for pair in pairs & cues.keys()
        for cue, rules in cues[pair]
        if cue in lower
        for i in rules
    }
    open_gates: dict[re.Pattern[str] | None, bool] = {None: True}
    found: list[tuple[int, int, str]] = []
    for rule in (RULES[i] for i in sorted(wanted)):
        if rule.gate not in open_gates and rule.gate:
            open_gates[rule.gate] = rule.gate.search(text) is not None
        if open_gates[rule.gate]:
            found += _by_rule(rule, text)
    found += [(*place, "name") for place in privacy_people.bare_names(text)]
    found += _with_contact(text, found)
    ends = sorted({end for _, end, kind in found if kind == "name"})
    chains = [place for end in ends for place in privacy_people.chained(text, end)]
    return found + [(*place, "name") for place in chains]


def _known(text: str, details: Sequence[str]) -> list[tuple[int, int, str]]:
    """What the caller knows of the writer: whole in any case, a name's parts with a capital."""
    found: list[tuple[int, int, str]] = []
    lower = text.lower()
    for known in filter(None, (" ".join(n.split()) for n in details)):
        kind = _kind_of(known)
        if kind == "name":
            found += [(*place, kind) for place in privacy_again.repeats(text, [known])]
        if known.split()[0].lower() in lower:
            whole = r"\s+".join(map(re.escape, known.split()))
            pattern = rf"(?<!\w){whole}(?!\w)"
            found += [(*m.span(), kind) for m in re.finditer(pattern, text, re.I)]
    return found


def _kind_of(detail: str) -> str:
    """What a cell of a personal column holds."""
    if "@" in detail:
        return "email"
    if not DIGIT.search(detail):
        return "name"
    found = find(detail)
    whole = found and found[0].end - found[0].start >= 0.8 * len(detail)
    letters = re.search(r"[^\W\d_]", detail)
    return found[0].kind if whole else "address" if letters else "phone"


def _join(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """No overlaps: of overlapping places one is made, with the kind that came first."""
    ranked = sorted(enumerate(found), key=lambda item: (item[1][0], item[1][1]))
    out: list[tuple[int, tuple[int, int, str]]] = []
    for rank, (start, end, kind) in ranked:
        if end <= start:
            continue
        if out and start < out[-1][1][1]:
            best, last = out[-1]
            first = kind if rank < best else last[2]
            out[-1] = (min(rank, best), (last[0], max(end, last[1]), first))
        else:
            out.append((rank, (start, end, kind)))
    return [place for _, place in out]


def _fill(text: str, places: Sequence[tuple[int, int, str]]) -> tuple[str, list[int], list[int]]:
    """The shown text, and where its pieces start there and in the original (for `_back`)."""
    pieces, shown_at, text_at, done, length = [], [0], [0], 0, 0
    for start, end, kind in places:
        for piece, origin in ((text[done:start], done), (placeholder(kind), start)):
            shown_at.append(length)
            text_at.append(origin)
            pieces.append(piece)
            length += len(piece)
        done = end
        shown_at.append(length)
        text_at.append(end)
    pieces.append(text[done:])
    return "".join(pieces), shown_at, text_at


def _repeated(text: str, places: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """A name found once is hidden wherever it stands in the answer, whole or in part."""
    shown = _fill(text, places)[0]
    names = [text[start:end] for start, end, kind in places if kind == "name"]
    names = [name for name in dict.fromkeys(names) if any(w in shown for w in name.split())]
    again = privacy_again.repeats(text, names)
    return _join([*places, *((*place, "name") for place in again)]) if again else places


def _settle(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Look again at what would be shown until nothing is found there.

    A removal can bare what its neighbour hid; without this, redacting twice would differ.
    """
    places = _repeated(text, _join(found))
    for _ in range(PASSES if places else 0):
        shown, shown_at, text_at = _fill(text, places)
        fresh = []
        for start, end, kind in _scan(shown):
            i, j = bisect_right(shown_at, start) - 1, bisect_right(shown_at, end - 1) - 1
            # an index of a placeholder's piece is mapped to the whole of the original place
            low = text_at[i] if i % 3 == 2 else text_at[i] + start - shown_at[i]
            high = text_at[j + 1] if j % 3 == 2 else text_at[j] + end - shown_at[j]
            fresh.append((low, high, kind))
        wider = _repeated(text, _join([*places, *fresh]))
        if wider == places:
            break
        places = wider
    return places


def find(text: str, names: Sequence[str] = ()) -> tuple[Span, ...]:
    """Personal data in `text`, sorted, without overlaps; `names` are known to be the writer's.

    Linear in the length of the text. Kinds are the keys of PLACEHOLDERS.
    """
    return _spans(text, _settle(text, _known(text, names) + _scan(text)))


def _spans(text: str, places: Iterable[tuple[int, int, str]]) -> tuple[Span, ...]:
    return tuple(Span(start, end, kind, text[start:end]) for start, end, kind in places)


def _replace(text: str, spans: Iterable[Span]) -> str:
    return _fill(text, [(s.start, s.end, s.kind) for s in spans])[0]


def redact(text: str, names: Sequence[str] = ()) -> str:
    """`text` with each find replaced by its placeholder; redacting again changes nothing."""
    return _replace(text, find(text, names))


def hide(
    responses: pd.DataFrame,
    extra: Recogniser | None = None,
    known: Known | None = None,
) -> tuple[pd.Series[str], pd.DataFrame]:
    """Shown texts and what was hidden in them.

    responses: columns response_id and text. extra: a recogniser of the department's own
    (`privacy_ner`); where it overlaps a rule's find, the rule's kind stands. known: what the file
    tells of its respondents. Returns the shown texts (same index, name shown_text) and a frame
    response_id, start, end, kind with offsets in the original text. Raises BackendError if `extra`
    does not keep to its protocol.
    """
    shown, rows, told = [], [], known or Known()
    texts = list(responses["text"])
    brought = privacy_ner.places(extra, texts) if extra is not None else [[] for _ in texts]
    for key, text, more in zip(responses["response_id"], texts, brought, strict=True):
        found = _known(text, told.own.get(key, ())) + _scan(text)
        found += [(*place, "name") for place in told.others(text)]
        spans = _spans(text, _settle(text, found + more))
        shown.append(_replace(text, spans))
        rows += [(key, s.start, s.end, s.kind) for s in spans]
    found_frame = pd.DataFrame(rows, columns=["response_id", "start", "end", "kind"])
    types = {"response_id": "str", "start": "int64", "end": "int64", "kind": "str"}
    series = pd.Series(shown, index=responses.index, dtype="str", name="shown_text")
    return series, found_frame.astype(types)
