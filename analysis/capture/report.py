"""What a submission is checked against: the points, themes and sentences of one analysis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import FileError
from analysis.export.tables import points_table, responses_table, themes_table
from analysis.prepare.language import UNDETERMINED
from analysis.records import Run

WRITTEN = 0.05  # of the replies, from which on a text in their language can be compared
FILES = ("points.csv", "responses.csv", "themes.csv", "summary.json", "ledger.json")


@dataclass(frozen=True)
class Report:
    """One analysis as published.

    questions: id → text. statements: point, question_id, response_id, respondent_id, theme_id
    ("" = not grouped), text (redacted). themes: index theme_id; name, parent_id, respondents.
    sentences: theme_id → what the summary says of it. cited: response_id → sentences citing it.
    statuses: response_id, respondent_id, question_id, status, text (redacted). languages: those
    that the analysed replies are written in, as far as they can be told (ISO 639-1).
    """

    questions: dict[str, str]
    statements: pd.DataFrame
    themes: pd.DataFrame
    sentences: dict[str, list[str]]
    cited: dict[str, list[str]]
    statuses: pd.DataFrame
    languages: frozenset[str] = frozenset()


def from_run(run: Run) -> Report:
    """Of a run in the store."""
    questions = {q.id: q.text for q in run.consultation.open_questions}
    return _report(
        questions, points_table(run), responses_table(run), themes_table(run), run.summary.questions
    )


def from_folder(folder: Path) -> Report:
    """Of a folder that `run` wrote. Raises FileError where a file is missing or is not ours."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise FileError(
            f"{folder} is not the folder of an analysis: {missing[0]} is missing. Make one with: "
            "python -m analysis run FILE --out DIR"
        )
    try:
        points, responses, themes = (
            pd.read_csv(folder / name, dtype=str, keep_default_na=False) for name in FILES[:3]
        )
        summary, ledger = (json.loads((folder / n).read_text("utf-8")) for n in FILES[3:])
        questions = {q["id"]: q["text"] for q in ledger["questions"]}
        return _report(questions, points, responses, themes, summary)
    except (ValueError, KeyError, TypeError) as cause:
        raise FileError(
            f"{folder} does not hold the results of this version of Heard. Run the analysis again."
        ) from cause


def _report(
    questions: dict[str, str],
    points: pd.DataFrame,
    responses: pd.DataFrame,
    themes: pd.DataFrame,
    summary: list[dict[str, Any]],
) -> Report:
    answers = responses[["response_id", "respondent_id", "question_id", "status", "shown_text"]]
    found = points.merge(answers, on="response_id").rename(columns={"passage": "text"})
    named = themes.set_index("theme_id")[["name", "parent_id", "question_id", "respondents"]]
    sentences: dict[str, list[str]] = {}
    cited: dict[str, list[str]] = {}
    for view in _views(summary):
        for sentence in view["sentences"]:
            own = sentences.setdefault(view["theme_id"], [])
            own += [sentence["text"]] if sentence["text"] not in own else []
            for response in sentence["cites"]:
                cited.setdefault(response, []).append(sentence["text"])
    return Report(
        questions,
        found[["question_id", "response_id", "respondent_id", "theme_id", "text"]].reset_index(
            drop=True
        ),
        named.assign(respondents=named["respondents"].astype(int)),
        sentences,
        cited,
        answers.rename(columns={"shown_text": "text"}),
        _languages(responses),
    )


def _languages(responses: pd.DataFrame) -> frozenset[str]:
    """Not those of a stray reply, which may be a short one whose language was told wrong."""
    told = responses.loc[responses["status"] == "analysed", "language"]
    share = told[told != UNDETERMINED].value_counts(normalize=True)
    return frozenset(share.index[share >= WRITTEN])


def _views(summary: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for question in summary:
        yield from question["viewpoints"]
        yield from question["smaller_views"]
