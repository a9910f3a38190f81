"""Points and vectors for theme tests: each text is one point of one reply."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.records import POINTS, Question, Themes, Vectors
from analysis.settings import Settings
from analysis.themes.find import find_themes

OPEN = Question("q1", "What should we know about AI in public services?", "open")


@cache
def model() -> MiniLM:
    return MiniLM(workers=1)


def points(texts: Sequence[str], question: str = "q1") -> pd.DataFrame:
    rows = [
        {
            "point_id": f"{question}-{n:04d}-1",
            "response_id": f"{question}-{n:04d}",
            "question_id": question,
            "start": 0,
            "end": max(1, len(text)),
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    frame = pd.DataFrame(rows, columns=list(POINTS.columns)).fillna("")
    return frame.astype({c: "int64" if c in ("start", "end") else "str" for c in frame.columns})


def vectors(frame: pd.DataFrame) -> Vectors:
    texts = sorted(set(frame["text"]))
    return Vectors(pd.DataFrame({"text": texts}, dtype="str"), model().encode(texts))


def themes(texts: Sequence[str], settings: Settings | None = None) -> Themes:
    frame = points(texts)
    return find_themes((OPEN,), frame, vectors(frame), settings or Settings())


def case(folder: Path) -> list[str]:
    """The last column of a case's file: the answers to its one open question."""
    table = pd.read_csv(next(folder.glob("*.csv")), dtype=str, keep_default_na=False)
    return [str(t) for t in table.iloc[:, -1]]


def theme_of(result: Themes) -> list[str]:
    """The theme of each point, without its sub-theme."""
    return [t.split("-s")[0] for t in result.assigned["theme_id"]]
