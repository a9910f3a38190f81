"""What a run's folder holds, in memory: every export and the brief are made from this."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.counting import Way
from analysis.disclosure import disclose_sizes
from analysis.errors import FileError
from analysis.export.cells import plain_cell
from analysis.export.tables import (
    differences_table,
    groups_table,
    points_table,
    responses_table,
    themes_table,
)  # fmt: skip
from analysis.groups import sizes
from analysis.records import Run
from analysis.settings import SMALL_NUMBERS, Rule

TABLES = ("responses", "themes", "points", "groups", "differences")


@dataclass(frozen=True)
class Content:
    """ledger, summary and meta as in the JSON files, the frames as in the CSV files."""

    ledger: dict[str, Any]
    summary: list[dict[str, Any]]
    meta: dict[str, Any]
    responses: pd.DataFrame
    themes: pd.DataFrame
    points: pd.DataFrame
    groups: pd.DataFrame
    differences: pd.DataFrame

    @property
    def consultation(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.meta["consultation"]
        return facts


def content_of(run: Run, way: Way = "all", rule: Rule | None = None) -> Content:
    """The content of a run, campaigns counted in one way, small numbers hidden.

    `rule`: another one for small numbers than the run's.
    """
    settings = run.meta["settings"]
    if rule is None:
        rule = settings["disclosure"]
    else:
        settings = {**settings, "disclosure": rule, "disclosure_min": SMALL_NUMBERS[rule][0]}
    return Content(
        ledger=run.ledger,
        summary=run.summary.counted(way),
        meta={
            "run_id": run.id,
            "counting": way,
            "consultation": _facts(run, rule),
            **run.meta,
            "settings": settings,
        },
        responses=responses_table(run),
        themes=themes_table(run, way),
        points=points_table(run),
        groups=groups_table(run, rule, way),
        differences=differences_table(run, rule),
    )


def load_content(folder: Path) -> Content:
    """The content of a folder that `run` wrote. Raises FileError if it is not one."""
    try:
        got = {
            name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("ledger", "summary", "run")
        }
        frames = {name: _table(folder / f"{name}.csv") for name in TABLES}
    except (OSError, ValueError) as cause:
        raise FileError(
            f"{folder} is not a folder that “python -m analysis run” wrote: name one."
        ) from cause
    if "consultation" not in got["run"]:
        raise FileError(f"{folder} is of an older version of Heard. Run the analysis again.")
    return Content(got["ledger"], got["summary"], got["run"], **frames)


def _table(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype="str", keep_default_na=False).rename(columns=plain_cell)
    for name in frame.columns:
        if name in _NUMBERS:
            numbers = pd.to_numeric(frame[name])
            frame[name] = numbers.astype("Int64") if name == "n" else numbers
        elif name in ("minority", "shown", "clear"):
            frame[name] = frame[name] == "true"
        else:
            frame[name] = frame[name].map(plain_cell)
    return frame


_NUMBERS = (
    "responses", "respondents", "points", "base", "stability", "start", "end", "similarity", "n",
    "share", "low", "high", "position_confidence", "others_n", "others_base", "difference",
    "chance",
)  # fmt: skip


def _facts(run: Run, rule: Rule) -> dict[str, Any]:
    made = run.consultation
    first = made.attributes[0] if made.attributes else ""
    first = next((a for a in _told(run) if a in made.attributes), first)
    return {
        "title": made.title,
        "statement": made.statement,
        "invented": made.invented,
        "questions": [{"id": q.id, "text": q.text, "kind": q.kind} for q in made.questions],
        "attributes": list(made.attributes),
        "position_question": made.position_question,
        "who_replied": {
            "attribute": first,
            "groups": _sizes(run, first, rule) if first else [],
        },
    }


def _told(run: Run) -> list[str]:
    """The attribute that tells organisations from people, where there is one: it goes first."""
    return [q["organisations"]["attribute"] for q in run.summary.questions if q["organisations"]]


def _sizes(run: Run, attribute: str, rule: Rule) -> list[dict[str, Any]]:
    """Group sizes, largest first; those that the rule hides are left out."""
    shown = disclose_sizes(sizes(run.consultation), rule, run.groups.links)[attribute].dropna()
    return [{"group": str(group), "n": int(n)} for group, n in shown.items()]
