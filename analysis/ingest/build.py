"""Tables and a mapping become a Consultation: respondents, responses, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.errors import MappingError
from analysis.ingest.answers import QuestionAnswers, closed_answers, open_answers, tick_answers
from analysis.ingest.join import Joined, Merged, join_tables
from analysis.ingest.mapping import over as over_guess
from analysis.ingest.mapping import propose
from analysis.ingest.people import respondents_of
from analysis.ingest.scales import positions
from analysis.records import (
    ANSWERS,
    PERSONAL,
    RESPONDENTS,
    RESPONSES,
    ColumnChoice,
    Consultation,
    Mapping,
    Notice,
    Position,
    Table,
)


def build(tables: Sequence[Table], mapping: Mapping) -> Consultation:
    """The consultation that tables and mapping make; every row becomes one respondent.

    Columns that the mapping does not name keep their guess. Raises MappingError, which names the
    column, if a column is unknown, a role is given twice, or no question is left.
    """
    if not tables or not any(len(t.rows) for t in tables):
        columns = len(tables[0].rows.columns) if tables else 0
        raise MappingError(f"{columns} columns, no responses: there is nothing to analyse.")
    joined = join_tables(tables, _complete(tables, mapping))
    people, attributes, notices = respondents_of(tables, joined, mapping.date_order)
    answers = _questions(joined)
    responses, ticks = _frames(answers, people["respondent_id"])
    question, values = _position(mapping, joined, answers)
    return Consultation(
        title=mapping.title,
        statement=mapping.statement,
        invented=mapping.invented,
        questions=tuple(a.question for a in answers),
        attributes=attributes,
        position_question=question,
        position_values=values,
        respondents=RESPONDENTS.validate(people),
        responses=RESPONSES.validate(responses),
        answers=ANSWERS.validate(ticks),
        personal=PERSONAL.validate(_personal(joined, people["respondent_id"])),
        notices=(*_file_notices(tables), *notices),
        no_view=mapping.no_view,
        views=mapping.views,
    )


def _complete(tables: Sequence[Table], mapping: Mapping) -> dict[str, ColumnChoice]:
    guesses = {c.name: c for c in propose(tables, mapping.title).columns}
    choices = dict(guesses)
    for choice in mapping.columns:
        if choice.name not in guesses:
            raise MappingError(f"There is no column “{choice.name}” in the file; check its name.")
        choices[choice.name] = over_guess(choice, guesses[choice.name])
    return choices


def _questions(joined: Joined) -> list[QuestionAnswers]:
    """Answers of all questions, numbered in column order; spread tick boxes are one question."""
    out: list[QuestionAnswers] = []
    done: set[str] = set()
    for column in joined.columns:
        number = f"q{len(out) + 1}"
        if column.role == "open":
            out.append(open_answers(number, column))
        elif column.role == "closed":
            out.append(closed_answers(number, column))
        elif column.role == "multiple" and column.question:
            if column.question not in done:
                done.add(column.question)
                group = [c for c in joined.columns if _is_tick(c, column.question)]
                out.append(tick_answers(number, column.question, group))
        elif column.role == "multiple":
            out.append(closed_answers(number, column))
    if not out:
        raise MappingError(
            "No column has the role open, closed or multiple; give at least one of them a role."
        )
    return out


def _personal(joined: Joined, ids: pd.Series[str]) -> pd.DataFrame:
    """The filled cells of personal columns, to hide what they say in the answers."""
    parts = [
        pd.DataFrame({"respondent_id": list(ids), "label": c.label, "value": list(c.cells)})
        for c in joined.by_role("personal")
    ]
    empty = pd.DataFrame({"respondent_id": [], "label": [], "value": []}, dtype="str")
    cells = pd.concat(parts or [empty], ignore_index=True).astype("str")
    return cells[cells["value"].str.strip() != ""].reset_index(drop=True)


def _is_tick(column: Merged, question: str) -> bool:
    return column.role == "multiple" and column.question == question


def _frames(
    answers: Sequence[QuestionAnswers], ids: pd.Series[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    texts: list[pd.DataFrame] = []
    ticks: list[pd.DataFrame] = []
    for answer in answers:
        frame = pd.DataFrame(
            {
                "respondent_id": ids.iloc[answer.at].to_numpy(),
                "question_id": answer.question.id,
                "value": answer.values,
            },
            dtype="str",
        )
        (texts if answer.question.kind == "open" else ticks).append(frame)
    empty = pd.DataFrame({"respondent_id": [], "question_id": [], "value": []}, dtype="str")
    opened: pd.DataFrame = pd.concat(texts or [empty], ignore_index=True).rename(
        columns={"value": "text"}
    )
    closed = pd.concat(ticks or [empty], ignore_index=True)
    opened.insert(0, "response_id", opened["respondent_id"] + "-" + opened["question_id"])
    return opened, closed


def _position(
    mapping: Mapping, joined: Joined, answers: Sequence[QuestionAnswers]
) -> tuple[str | None, dict[str, Position]]:
    """The question that holds the stated position, and what each of its values says."""
    name = mapping.position_column
    if not name:
        return None, {}
    column = joined.by_name(name)
    if column is None:
        raise MappingError(f"The position column “{name}” is not in the file; check its name.")
    found = next(
        (a for a in answers if a.label == column.label and a.question.kind != "open"), None
    )
    if found is None or column.role != "closed":
        raise MappingError(f"The position column “{name}” must have the role closed.")
    guessed = positions(found.values, column.label)
    values = dict(mapping.position_values) or dict(guessed)
    if not values:
        raise MappingError(
            f"The answers of the position column “{name}” do not say who supports and who opposes; "
            "say what each of them means."
        )
    for value in dict.fromkeys(found.values):
        values.setdefault(value, guessed.get(value, "unclear"))
    return found.question.id, values


def _file_notices(tables: Sequence[Table]) -> list[Notice]:
    if len(tables) == 1:
        return list(tables[0].notices)
    return [
        replace(notice, message=f"{table.file}: {notice.message}")
        for table in tables
        for notice in table.notices
    ]
