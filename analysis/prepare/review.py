"""A person's decisions on what was hidden in the answers, and what is hidden once they are applied.

Decisions are never changed or taken back, only followed by others; the later one wins.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.errors import HeardError
from analysis.prepare import privacy_ner
from analysis.prepare.privacy import hide
from analysis.prepare.privacy_known import Known
from analysis.records import each

Action = Literal["keep", "hide", "accept"]
State = Literal["to review", "accepted", "undone", "added"]
STATES: tuple[State, ...] = ("to review", "accepted", "undone", "added")
OTHER = "personal detail"  # the kind of a passage for which no rule has a name

_TYPES = {"response_id": "str", "start": "int64", "end": "int64", "kind": "str"}
_Place = tuple[int, int, str]


class EditError(HeardError):
    """A decision that does not fit the answer it is about."""


@dataclass(frozen=True)
class RedactionEdit:
    """One decision on text[start:end] of an answer, offsets in characters of the original text.

    keep: this mask was wrong, show the passage. hide: mask the passage as `kind`. accept: the mask
    is right. when: seconds since 1970. of: `mark` of the text it was made on; on any other text
    (the columns were read differently since) it does not apply. "" applies to every text.
    """

    response_id: str
    start: int
    end: int
    kind: str
    action: Action
    who: str
    when: float
    why: str = ""
    of: str = ""


def mark(text: str) -> str:
    """A short name for exactly this text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def effective(edits: Iterable[RedactionEdit]) -> list[list[str | int]]:
    """What of the edits a result depends on: not who and why, and no mere acceptance."""
    return [
        [e.response_id, e.start, e.end, e.kind, e.action, e.of]
        for e in edits
        if e.action != "accept"
    ]


def occurrences(text: str, passage: str) -> list[tuple[int, int]]:
    """Where the words of `passage` stand in `text`: as whole words, else anywhere.

    White space counts as equal, since a browser shows line breaks as it likes.
    """
    words = r"\s+".join(map(re.escape, passage.split()))
    if not words:
        return []
    whole = [m.span() for m in re.finditer(rf"(?<!\w){words}(?!\w)", text)]
    return whole or [m.span() for m in re.finditer(words, text)]


def reviewed(
    responses: pd.DataFrame, redactions: pd.DataFrame, edits: Sequence[RedactionEdit]
) -> pd.DataFrame:
    """What is hidden after the edits, in the order of the answers, without overlaps.

    responses: response_id, text. redactions, and the result: response_id, start, end, kind, as
    `privacy.hide` gives them. keep removes the mask of exactly its place, and nothing if there is
    none; hide joins the masks that it overlaps. Edits of answers that are not there do not apply.
    Raises EditError for a place outside its answer.
    """
    own = _by_answer(responses, edits)
    rest = redactions[~redactions["response_id"].isin(own)]
    rows = [
        (answer, *place)
        for answer, places in _places(redactions, own).items()
        for place in _after(places, own[answer])
    ]
    return _in_order(responses, rest, rows)


def found_anew(
    responses: pd.DataFrame,
    redactions: pd.DataFrame,
    edits: Sequence[RedactionEdit],
    known: Known | None = None,
) -> pd.DataFrame:
    """What is hidden without the edits, from a run's reviewed `redactions`.

    Edited answers are read again, with the rules, what the file tells (`known`) and the
    department's own recogniser. Same frames as in `reviewed`.
    """
    edited = {e.response_id for e in edits}
    answers = responses[responses["response_id"].isin(edited)]
    _, found = hide(answers, privacy_ner.load() if edited else None, known)
    rest = redactions[~redactions["response_id"].isin(edited)]
    return _in_order(responses, rest, list(found.itertuples(index=False, name=None)))


def masks(
    responses: pd.DataFrame, found: pd.DataFrame, edits: Sequence[RedactionEdit]
) -> pd.DataFrame:
    """Every mask with what was decided: response_id, start, end, kind, state (STATES), who.

    found: what the rules alone hide (`found_anew`). An undone mask is listed although nothing is
    hidden there any more; `who` decided last, "" if nobody has.
    """
    own = _by_answer(responses, edits)
    now = _places(reviewed(responses, found, edits), own)
    rows: list[tuple[str, int, int, str, str, str]] = []
    for answer, before in _places(found, own).items():
        for place in now[answer]:
            rows.append((answer, *place, *_decided(place, own[answer], place in before)))
        for place in before:
            if not any(_overlap(place, other) for other in now[answer]):
                undone = [e for e in own[answer] if e.action == "keep" and _meets(e, place)]
                rows.append((answer, *place, "undone", undone[-1].who))
    rest = found[~found["response_id"].isin(own)].assign(state=STATES[0], who="")
    return _in_order(responses, rest, rows)


def _decided(place: _Place, edits: Sequence[RedactionEdit], found: bool) -> tuple[State, str]:
    """The last decision on a mask; `found`: the rules have it too (undone, then masked again)."""
    for edit in reversed(edits):
        if edit.action == "accept" and _same(edit, place):
            return "accepted", edit.who
        if edit.action == "hide" and _meets(edit, place):
            return "accepted" if found else "added", edit.who
    return "to review", ""


def _same(edit: RedactionEdit, place: _Place) -> bool:
    return (edit.start, edit.end) == place[:2]


def _meets(edit: RedactionEdit, place: _Place) -> bool:
    return edit.start < place[1] and place[0] < edit.end


def _overlap(one: _Place, other: _Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _by_answer(
    responses: pd.DataFrame, edits: Sequence[RedactionEdit]
) -> dict[str, list[RedactionEdit]]:
    """The edits that apply, in their order, by answer."""
    wanted = {e.response_id for e in edits}
    part = responses[responses["response_id"].isin(wanted)]
    texts = dict(zip(part["response_id"], part["text"], strict=True))
    out: dict[str, list[RedactionEdit]] = {}
    for edit in edits:
        text = texts.get(edit.response_id)
        if text is None or edit.of not in ("", mark(text)):
            continue
        if not 0 <= edit.start < edit.end <= len(text):
            raise EditError(
                f"A review decision is about characters {edit.start} to {edit.end} of answer "
                f"{edit.response_id}, which has {len(text)}. Review that answer again."
            )
        out.setdefault(edit.response_id, []).append(edit)
    return out


def _places(redactions: pd.DataFrame, answers: Iterable[str]) -> dict[str, list[_Place]]:
    out: dict[str, list[_Place]] = {answer: [] for answer in answers}
    for r in each(redactions[redactions["response_id"].isin(out)]):
        out[r.response_id].append((int(r.start), int(r.end), str(r.kind)))
    return {answer: sorted(places) for answer, places in out.items()}


def _after(places: Sequence[_Place], edits: Sequence[RedactionEdit]) -> list[_Place]:
    now = list(places)
    for edit in edits:
        if edit.action == "keep":
            now = [p for p in now if not _same(edit, p)]
        elif edit.action == "hide":
            met = [p for p in now if _meets(edit, p)]
            start = min([edit.start, *(p[0] for p in met)])
            end = max([edit.end, *(p[1] for p in met)])
            now = [*(p for p in now if p not in met), (start, end, edit.kind)]
    return now


def _in_order(
    responses: pd.DataFrame, rest: pd.DataFrame, rows: Sequence[tuple[str | int, ...]]
) -> pd.DataFrame:
    """`rest` and `rows` in one frame, in the order of the answers and then of the places."""
    added = pd.DataFrame(list(rows), columns=list(rest.columns)).astype(
        {c: _TYPES.get(c, "str") for c in rest.columns}
    )
    joined = pd.concat([rest, added], ignore_index=True)
    order = pd.Series(range(len(responses)), index=responses["response_id"], dtype="int64")
    joined = joined.assign(_at=joined["response_id"].map(order).to_numpy())
    joined = joined.sort_values(["_at", "start"], kind="stable").drop(columns="_at")
    return joined.reset_index(drop=True)
