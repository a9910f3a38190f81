"""Tick boxes spread over columns: which neighbouring columns are the options of one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.labels import JOIN
from analysis.ingest.vocabulary import is_other_text

TRUE = frozenset(
    {"1", "1.0", "yes", "y", "true", "x", "✓", "✔", "selected", "checked", "ticked", "on"}
)
FALSE = frozenset({"0", "0.0", "no", "n", "false", "not selected", "unchecked", "not checked",
                   "unticked", "off", "-"})  # fmt: skip
_NUMBERED = re.compile(r"(?P<stem>.*?\S)[ _.-]*?[_ .-]\(?(?P<n>\d{1,2})\)?")
_PART = re.compile(r"^Q\d+(?:\.\d+)+\.\s*")
_FLAT = re.compile(r"(?P<stem>.{3,}?\S)\s*(?: [-–—] |: |\s?\[)(?P<leaf>[^\[\]]+?)\]?", re.DOTALL)


@dataclass(frozen=True)
class Box:
    """A column as seen here: `values` its distinct cells (at most a few), `share` filled."""

    name: str
    label: str
    stem: str
    leaf: str
    headed: bool
    values: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Tick:
    """The question that a tick column belongs to, and its option."""

    question: str
    option: str


def find_ticks(boxes: Sequence[Box]) -> dict[int, Tick]:
    """For each column that is one of several tick boxes: its question and option."""
    out = _own_named(boxes)
    for ways in (_stacked, _numbered, _flat):
        start = 0
        while start < len(boxes):
            stem = ways(boxes[start]) if start not in out else ""
            end = start + 1
            while end < len(boxes) and stem and ways(boxes[end]) == stem:
                end += 1
            members = [i for i in range(start, end) if i not in out and _is_tick(boxes[i])]
            if stem and len(members) >= 2 and _is_group([boxes[i] for i in members]):
                out |= {i: Tick(stem, _option(boxes[i])) for i in members}
            start = end
    return out


def _own_named(boxes: Sequence[Box]) -> dict[int, Tick]:
    """Columns headed by an option whose cells hold only that option: the question is not named."""
    out: dict[int, Tick] = {}
    start = 0
    while start < len(boxes):
        end = start
        while end < len(boxes) and boxes[end].values in ((boxes[end].label,), ()):
            end += 1
        members = [i for i in range(start, end) if boxes[i].values]
        if len(members) >= 2 and any(boxes[i].share < 0.95 for i in members):
            named = [boxes[i].label for i in range(members[0], members[-1] + 1)]
            question = "Which of these: " + ", ".join(named)
            out |= {i: Tick(question, boxes[i].label) for i in range(members[0], members[-1] + 1)}
        start = end + 1
    return out


def option_of(cell: str, label: str, question: str) -> str:
    """What a filled tick box stands for: "" if it says no, its own text, or the header's."""
    text = cell.strip()
    if text.casefold() in FALSE or not text:
        return ""
    if text.casefold() in TRUE:
        return label.removeprefix(question + JOIN)
    return text


def _stacked(box: Box) -> str:
    return box.stem


def _numbered(box: Box) -> str:
    m = _NUMBERED.fullmatch(box.name)
    return m["stem"].rstrip(" _.-") if m else ""


def _flat(box: Box) -> str:
    m = _FLAT.fullmatch(box.label) if len(box.label) < 1000 else None
    return m["stem"].strip() if m else ""


def _marks(box: Box) -> tuple[set[str], set[str]]:
    low = {v.casefold() for v in box.values}
    return low - FALSE, low & FALSE


def _is_tick(box: Box) -> bool:
    yes, no = _marks(box)
    if no:
        return yes <= TRUE
    headed = f"{box.leaf} {box.label}".casefold()
    other = is_other_text(box.leaf or box.label)
    if other and any(value not in TRUE and value not in headed for value in yes):
        return False  # words beside "other"
    return len(yes) <= 1 and (bool(yes) or bool(box.leaf))


def _is_group(boxes: Sequence[Box]) -> bool:
    """Tick boxes leave gaps or say no; a column that is always filled with one word is none."""
    marks = [_marks(b) for b in boxes]
    if all(not yes for yes, _ in marks):
        return False
    if any(no for _, no in marks):
        return sum(1 for yes, no in marks if yes or no) >= 2
    texts = [next(iter(yes)) for yes, _ in marks if yes]
    if len(texts) < 2 or all(b.share > 0.95 for b in boxes):
        return False
    return len(set(texts)) == len(texts) or set(texts) <= TRUE


def _option(box: Box) -> str:
    yes = [v for v in box.values if v.casefold() not in FALSE | TRUE]
    if yes:
        return yes[0]
    if box.stem:
        return _PART.sub("", box.leaf) or box.leaf
    m = _FLAT.fullmatch(box.label)
    return m["leaf"].strip() if m else box.label
