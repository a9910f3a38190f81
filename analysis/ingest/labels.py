"""Names and labels of the columns, from the rows of a header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.raw import Raw
from analysis.ingest.tools import Layout

JOIN = " – "
# Parts of stacked headers that say nothing about the question.
_EMPTY = re.compile(
    r"(?:open-ended )?response|answer|\*|Q\d+(?:\.\d+)*\.?\s*\*?|selected choice", re.I
)
_NUMBER = re.compile(r"Q(\d+(?:\.\d+)*)\.\s*")
_FOLLOW_UP = re.compile(
    r"(?:if (?:you|yes|no|other)\b.{0,60}|other\b.{0,40}|why\b.*|comments?|reasons?|"
    r"(?:please )?(?:explain|specify|say|give|tell|describe|add|provide)\b.*|"
    r"any (?:other|further|more).{0,40}|do you have any (?:further|other|more)\b.*|"
    r".*\b(?:please (?:specify|explain)|question above)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Labels:
    """One entry a column that is kept; `positions` are the columns' places in the file.

    stems: the heading that a column shares with its neighbours, "" if none.
    leaves: what is the column's own under that heading.
    """

    positions: tuple[int, ...]
    names: tuple[str, ...]
    labels: tuple[str, ...]
    stems: tuple[str, ...]
    leaves: tuple[str, ...]
    headed: tuple[bool, ...]


def fold(text: str) -> str:
    """Line breaks and runs of white space as one space."""
    return " ".join(re.sub("[\u200b\u200e\u200f\u2060\ufeff\u00ad]", "", text).split())


def label_columns(raw: Raw, rows: Sequence[int], layout: Layout) -> Labels:
    """Labels from the header rows at positions `rows`; columns without any text are left out."""
    cells = [[fold(str(c)) for c in raw.frame.iloc[r].tolist()] for r in rows]
    width = raw.frame.shape[1]
    body = raw.frame.iloc[rows[-1] + 1 :] if rows else raw.frame
    keep = [
        i
        for i in range(width)
        if any(row[i] for row in cells) or bool((body.iloc[:, i].str.strip() != "").any())
    ]
    parts = _parts(raw, rows, cells, layout)
    codes = _codes(cells, layout)
    names, labels, stems, leaves = [], [], [], []
    for i in keep:
        own = parts[i]
        unnamed = f"Column {i + 1}"
        label = JOIN.join(own) or (codes[i] if codes else "") or unnamed
        names.append((codes[i] if codes else "") or label)
        labels.append(re.sub(f"^{layout.code}(?=.)", "", label) if layout.code else label)
        stems.append(JOIN.join(own[:-1]))
        leaves.append(own[-1] if own else "")
    headed = tuple(any(row[i] for row in cells) for i in keep)
    return Labels(
        tuple(keep),
        tuple(_unique(names)),
        tuple(_told_apart(labels, leaves)),
        tuple(stems),
        tuple(leaves),
        headed,
    )


def _codes(cells: list[list[str]], layout: Layout) -> list[str] | None:
    """The row of short codes, where one row holds codes and another the questions."""
    if len(cells) < 2:
        return None
    if layout.stack == "qualtrics":
        return cells[0]
    for row in (cells[0], cells[-1]):
        other = [c for r in cells if r is not row for c in r if c]
        full = [c for c in row if c]
        complete = len(full) >= 0.8 * sum(1 for i in range(len(row)) if any(r[i] for r in cells))
        short = sum(map(len, full)) / max(1, len(full)) < 0.6 * (
            sum(map(len, other)) / max(1, len(other))
        )
        if complete and short and len(set(full)) == len(full):
            return row
    return None


def _parts(
    raw: Raw, rows: Sequence[int], cells: list[list[str]], layout: Layout
) -> list[list[str]]:
    """For each column the texts above it, from the widest heading to its own."""
    codes = _codes(cells, layout)
    grid = [list(row) for row in cells if row is not codes]
    grid = [row for row in grid if not any(c.startswith(('{"Import', "{'Import")) for c in row)]
    _spread(raw, rows, grid)
    parents: dict[str, str] = {}
    out: list[list[str]] = []
    for i in range(raw.frame.shape[1]):
        own: list[str] = []
        for row in grid:
            part = row[i].removesuffix(" - Selected Choice")
            if part and not _EMPTY.fullmatch(part) and part not in own:
                own.append(part)
        if layout.stack == "smartsurvey":
            own = _with_parent(own, grid[0][i] if grid else "", parents)
        out.append(own or [row[i] for row in grid[:1] if row[i]])
    return out


def _spread(raw: Raw, rows: Sequence[int], grid: list[list[str]]) -> None:
    """Carry a heading over the columns it stands above: merged cells, else the blanks beside it."""
    numbers = {int(raw.frame.index[r]) for r in rows}
    merges = [m for m in raw.merges if m.top in numbers and m.right > m.left]
    if merges:
        first = min(numbers)
        for merge in merges:
            if merge.top - first < len(grid):
                row = grid[merge.top - first]
                for i in range(merge.left, min(merge.right + 1, len(row))):
                    row[i] = row[i] or row[merge.left]
        return
    carried = [False] * (len(grid[0]) if grid else 0)
    for k, row in enumerate(grid[:-1]):
        for i in range(1, len(row)):
            below = any(r[i] for r in grid[k + 1 :])
            if not row[i] and below and row[i - 1] and (k == 0 or carried[i]):
                row[i] = row[i - 1]
                carried[i] = True


def _with_parent(own: list[str], head: str, parents: dict[str, str]) -> list[str]:
    """SmartSurvey numbers its parts: Q5.2 stands under Q5, wherever Q5's text was written."""
    number = _NUMBER.match(head)
    if number is None:
        return own
    if "." not in number[1]:
        parents[number[1]] = head
        return own
    parent = parents.get(number[1].split(".")[0])
    return [parent, *own] if parent and parent not in own else own


def _unique(names: Sequence[str]) -> list[str]:
    taken: set[str] = set()
    out = []
    for name in names:
        candidate, n = name, 1
        while candidate in taken:
            n += 1
            candidate = f"{name} ({n})"
        taken.add(candidate)
        out.append(candidate)
    return out


def _told_apart(labels: Sequence[str], leaves: Sequence[str]) -> list[str]:
    """Labels that occur more than once get the question before them."""
    keys = [re.sub(r"\W+", " ", label).strip().casefold() for label in labels]
    twice = {key for key in keys if keys.count(key) > 1}
    out: list[str] = []
    question = ""
    for label, key, leaf in zip(labels, keys, leaves, strict=True):
        follows = _FOLLOW_UP.fullmatch(leaf or label) is not None
        if key in twice and question and (follows or keys.index(key) < len(out)):
            stem = re.split(r" [-–] ", label)[0]
            out.append(
                label if question.startswith(stem) and stem != label else question + JOIN + label
            )
        else:
            out.append(label)
        unnamed = re.fullmatch(r"Column \d+|(?:.*\b)?(?:id|ref|reference)", label, re.IGNORECASE)
        if not follows and key not in twice and not unnamed:
            question = label
    return _unique(out)
