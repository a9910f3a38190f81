"""Splits each analysed response into points: passages that carry one view each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import nupunkt
import pandas as pd

from analysis.prepare.added import added_passages, runs_of_many
from analysis.prepare.markup import Piece, Plain, by_answer
from analysis.prepare.privacy import placeholder
from analysis.records import POINTS, Points, Prepared, each
from analysis.settings import Settings

Span = tuple[int, int]

_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(r"\s*(?:[-*•·–—]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
LISTED_WORDS = 1  # an item of a list may be this short and still be a point of its own


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _sentences(text: str) -> Iterator[tuple[int, int, bool]]:
    """Sentences, none across a line break; whether each is an item of a list (mark left out)."""
    for line in _LINE.finditer(text):
        mark = _MARK.match(line.group())
        at = line.start() + (mark.end() if mark else 0)
        for left, right in nupunkt.sent_spans(text[at : line.end()]):
            start, end = _trim(text, at + left, at + right)
            if start < end:
                yield start, end, mark is not None


def split(text: str, min_words: int) -> list[Span]:
    """Offsets of the points of `text`, in order, not overlapping, without outer white space.

    A fragment of fewer than `min_words` words joins the passage that follows it, the last one the
    passage before it; a reply that is all fragment is one point.
    """
    spans: list[Span] = []
    pending: int | None = None
    for start, end, listed in _sentences(text):
        begin = start if pending is None else pending
        enough = LISTED_WORDS if listed else min_words
        if len(_WORD.findall(text, begin, end)) < enough:
            pending = begin
            continue
        spans.append((begin, end))
        pending = None
    if pending is not None:
        begin, end = _trim(text, pending, len(text))
        if spans:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((begin, end))
    return spans


def masked(
    text: str,
    start: int,
    end: int,
    redactions: Sequence[tuple[int, int, str]],
    markup: Sequence[Piece] = (),
) -> str:
    """The passage with placeholders for the personal data in it, and without its HTML."""
    hidden = [(left, right, placeholder(kind)) for left, right, kind in redactions]
    pieces, at = [], start
    for left, right, shown in sorted([*hidden, *markup], key=lambda p: (p[0], -p[1])):
        if left < end and right > at:
            pieces += [text[at : max(left, at)], shown]
            at = min(right, end)
    return "".join([*pieces, text[at:end]])


def _copies(prepared: Prepared) -> pd.DataFrame:
    """response_id, text, letter, edited, template: every answer that repeats a letter.

    A letter over the whole reply takes the answers that are not in a letter of their question.
    """
    answers = prepared.responses.query("status == 'analysed'")
    texts = prepared.responses.set_index("response_id")["text"]
    template = prepared.campaigns.set_index("campaign_id")["template_response_id"].map(texts)
    alone = answers[answers["campaign_id"] != ""]
    alone = alone.assign(
        letter=alone["campaign_id"],
        edited=alone["campaign_copy"] == "edited",
        template=alone["campaign_id"].map(template),
    )
    replies = answers.groupby("respondent_id")["text"].agg("\n\n".join)
    whole = prepared.whole.rename(columns={"campaign_id": "letter"})
    whole = whole.assign(
        edited=whole["campaign_copy"] == "edited",
        template=whole["template_respondent_id"].map(replies).fillna(""),
    )
    over_all = answers[answers["campaign_id"] == ""].merge(
        whole[["respondent_id", "letter", "edited", "template"]], on="respondent_id"
    )
    columns = ["response_id", "text", "letter", "edited", "template"]
    return pd.concat([alone[columns], over_all[columns]], ignore_index=True)


def _added(copies: pd.DataFrame, settings: Settings) -> dict[str, list[Span]]:
    """What each edited copy adds to its letter; standard copies add nothing."""
    added: dict[str, list[Span]] = {}
    for _, letter in copies.groupby("letter"):
        many = runs_of_many(letter["text"], settings.campaign_min)
        for r in each(letter[letter["edited"]]):
            added[r.response_id] = added_passages(r.template, r.text, many)
    return added


def _own(start: int, end: int, added: Sequence[Span]) -> bool:
    """Is more than half of a passage the sender's own?"""
    inside = sum(max(0, min(end, right) - max(start, left)) for left, right in added)
    return inside > (end - start) / 2


def _points(text: str, markup: Sequence[Piece], min_words: int) -> list[Span]:
    """The points of a text, found in what is shown of it, as offsets in the original."""
    if not markup:
        return split(text, min_words)
    plain = Plain(text, markup)
    return [plain.original(*span) for span in split(plain.text, min_words)]


def split_points(prepared: Prepared, settings: Settings) -> Points:
    """POINTS of every analysed response; `text` is redacted, the offsets are in the original."""
    hidden: dict[str, list[tuple[int, int, str]]] = {}
    for r in each(prepared.redactions.sort_values(["response_id", "start"])):
        hidden.setdefault(str(r.response_id), []).append((int(r.start), int(r.end), str(r.kind)))
    copies, marked = _copies(prepared), by_answer(prepared.markup)
    letter = dict(zip(copies["response_id"], copies["letter"], strict=True))
    added = _added(copies, settings)
    rows = [
        (f"{r.response_id}-{n}", r.response_id, r.question_id, start, end,
         masked(r.text, start, end, hidden.get(r.response_id, ()), marked.get(r.response_id, ())),
         "" if _own(start, end, added.get(r.response_id, [])) else letter.get(r.response_id, ""))
        for r in each(prepared.responses.query("status == 'analysed'"))
        for n, (start, end) in enumerate(
            _points(r.text, marked.get(r.response_id, ()), settings.point_min_words), 1)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(POINTS.columns))
    frame = frame.astype({c: "int64" if c in ("start", "end") else "str" for c in frame.columns})
    return Points(POINTS.validate(frame))
