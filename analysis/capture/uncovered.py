"""Whose points would be called missing today: what a summary leaves out, before it is published.

Points in no theme that say nearly the same stand together, those of the most people first, so that
a person can make a theme of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.capture.compare import Named, named_of
from analysis.counting import Way, counted_points
from analysis.groups import members_of_groups
from analysis.records import Run, Vectors, each
from analysis.settings import Settings

LOOKED_AT = 3_000  # different texts of a question, those of the most people first
SHOWN = 20  # groups of a question


@dataclass(frozen=True)
class Loose:
    """Points in no theme that say nearly the same; `example` is the one nearest to most of them."""

    question_id: str
    people: int
    points: int
    example: str
    response_id: str


@dataclass(frozen=True)
class Unwritten:
    """A theme that is counted and listed, and that the summary writes nothing about."""

    question_id: str
    theme_id: str
    name: str
    people: int


@dataclass(frozen=True)
class Missed:
    """Of a group of respondents ("" = all): how many have points, how many have one in no theme,
    and how many have none in any."""

    group: str
    people: int
    some: int
    nothing: int


@dataclass(frozen=True)
class Uncovered:
    points: int
    of: int
    loose: tuple[Loose, ...]
    unwritten: tuple[Unwritten, ...]
    missed: tuple[Missed, ...]


def uncovered(
    run: Run, vectors: Vectors, attribute: str = "", way: Way = "all",
    settings: Settings | None = None,
) -> Uncovered:  # fmt: skip
    """What of a run nobody would find captured. vectors: of the run's points."""
    used, named = settings or Settings(), named_of(run, way)
    frame = _points(run, named, way)
    out = frame[frame["theme_id"] == ""]
    loose = [
        group
        for q in run.consultation.open_questions
        for group in _together(out[out["question_id"] == q.id], vectors, used)
    ]
    return Uncovered(
        len(out), len(frame), tuple(sorted(loose, key=lambda g: (-g.people, -g.points))),
        tuple(_unwritten(run, named, frame)), tuple(_missed(run, frame, attribute)),
    )  # fmt: skip


def _points(run: Run, named: Named, way: Way) -> pd.DataFrame:
    """POINTS that count with respondent_id and theme_id, the theme itself and not a sub-theme."""
    kept = counted_points(run.points, run.prepared, way).points
    frame = kept.merge(run.themes.assigned[["point_id", "theme_id"]], on="point_id")
    owner = run.prepared.responses.set_index("response_id")["respondent_id"]
    top = frame["theme_id"].map(lambda t: named.parents.get(t, "") or t)
    return frame.assign(respondent_id=frame["response_id"].map(owner), theme_id=top)


def _together(own: pd.DataFrame, vectors: Vectors, settings: Settings) -> Iterator[Loose]:
    """Greedy: around the text with the most people near it, then the same for what is left."""
    people = own.groupby("text")["respondent_id"].nunique().sort_values(ascending=False,
                                                                        kind="stable")  # fmt: skip
    texts = list(people.index[:LOOKED_AT])
    if not texts:
        return
    near = _near(vectors, texts, settings.ask_meaning)
    weight = people.to_numpy()[: len(texts)].astype(np.int64)
    left = np.ones(len(texts), bool)
    for _ in range(SHOWN):
        if not left.any():
            return
        support = (near & left) @ np.where(left, weight, 0)
        best = int(np.argmax(np.where(left, support, -1)))
        members = near[best] & left
        left &= ~members
        yield _loose(own[own["text"].isin([texts[i] for i in np.flatnonzero(members)])],
                     texts[best])  # fmt: skip


def _near(vectors: Vectors, texts: list[str], least: float) -> NDArray[np.bool_]:
    """Which texts say nearly the same; each is near itself."""
    at = pd.Index(vectors.texts["text"]).get_indexer(pd.Index(texts))
    own = np.asarray(vectors.vectors[at], np.float32)
    near: NDArray[np.bool_] = own @ own.T >= least
    np.fill_diagonal(near, True)
    return near


def _loose(own: pd.DataFrame, example: str) -> Loose:
    first = own[own["text"] == example].iloc[0]
    return Loose(
        str(first["question_id"]), int(own["respondent_id"].nunique()), len(own), example,
        str(first["response_id"]),
    )  # fmt: skip


def _unwritten(run: Run, named: Named, frame: pd.DataFrame) -> list[Unwritten]:
    people = frame.groupby("theme_id")["respondent_id"].nunique()
    found = [
        Unwritten(t.question_id, t.theme_id, t.name, int(people.get(t.theme_id, 0)))
        for t in each(run.themes.themes.query("parent_id == ''"))
        if t.theme_id not in named.summary
    ]
    return sorted(found, key=lambda t: -t.people)


def _missed(run: Run, frame: pd.DataFrame, attribute: str) -> Iterator[Missed]:
    out = frame["theme_id"] == ""
    by = out.groupby(frame["respondent_id"]).agg(["any", "all"])
    yield _counted("", by)
    members = members_of_groups(run.consultation).query("attribute == @attribute")
    for group, own in members.groupby("group", sort=False) if attribute else ():
        yield _counted(str(group), by[by.index.isin(own["respondent_id"])])


def _counted(group: str, by: pd.DataFrame) -> Missed:
    return Missed(group, len(by), int(by["any"].sum()), int(by["all"].sum()))
