"""The answers to one question, from the column or columns that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.ingest.join import Merged
from analysis.ingest.multi import Splitter, find_splitter, known
from analysis.ingest.scales import is_last, order
from analysis.ingest.ticks import option_of
from analysis.ingest.values import trimmed
from analysis.records import Question


@dataclass(frozen=True)
class QuestionAnswers:
    """at: the respondents' positions; values: their answers, as long. label: the column's."""

    question: Question
    label: str
    at: list[int]
    values: list[str]


def open_answers(number: str, column: Merged) -> QuestionAnswers:
    """Texts exactly as received; cells of white space only are no answer."""
    at = np.flatnonzero(trimmed(column.cells).to_numpy(dtype=object) != "").tolist()
    texts = column.cells.iloc[at].tolist()
    return QuestionAnswers(Question(number, column.label, "open"), column.label, at, texts)


def closed_answers(number: str, column: Merged) -> QuestionAnswers:
    """One value a respondent, or for a multiple question one a ticked option."""
    stripped = trimmed(column.cells)
    at = np.flatnonzero(stripped.to_numpy(dtype=object) != "").tolist()
    values: list[str] = stripped.iloc[at].tolist()
    multiple = column.role == "multiple"
    if multiple and (splitter := _splitter(values, column.options)):
        rows = [(i, v) for i, cell in zip(at, values, strict=True) for v in splitter.split(cell)]
        at, values = [i for i, _ in rows], [v for _, v in rows]
    options = _options(values, column.options)
    question = Question(number, column.label, "multiple" if multiple else "single", options)
    return QuestionAnswers(question, column.label, at, values)


def tick_answers(number: str, text: str, columns: Sequence[Merged]) -> QuestionAnswers:
    """Tick boxes spread over columns as one question; its options in the columns' order."""
    rows: set[tuple[int, int, str]] = set()
    options: list[str] = []
    for place, column in enumerate(columns):
        stripped = column.cells.str.strip()
        ticked = False
        for i in np.flatnonzero(stripped.to_numpy(dtype=object) != "").tolist():
            option = option_of(stripped.iloc[i], column.label, text)
            if option:
                ticked = True
                rows.add((i, place, option))
                if option not in options:
                    options.append(option)
        if not ticked:
            own = option_of("x", column.label, text)
            if own != column.label and own not in options:
                options.append(own)
    listed = sorted(rows)
    question = Question(number, text, "multiple", tuple(options))
    return QuestionAnswers(question, text, [i for i, _, _ in listed], [v for _, _, v in listed])


def _splitter(values: Sequence[str], options: Sequence[str]) -> Splitter | None:
    found = find_splitter(values, sure=True)
    return known(found, options) if found else None


def _options(values: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """Display order: the team's, else the scale's, else by frequency with "don't know" last."""
    counts = Counter(values)
    if chosen:
        rest = [v for v, _ in counts.most_common() if v not in chosen]
        return (*chosen, *rest)
    if len(counts) <= 40 and (scale := order(counts)):
        return scale
    ranked = [v for v, _ in counts.most_common()]
    return (*[v for v in ranked if not is_last(v)], *[v for v in ranked if is_last(v)])
