"""What a blind check tells: how right the machine is per theme, and how far its counts are off.

Every figure is weighted by how many replies each coded one stands for, so it speaks of all replies
and not of the sample. Where several people coded, each one's answer counts for its part.

Counts: replies that the machine put into the theme, times the share of them that people do too,
plus those that it did not, times the share that people do (post-stratification by the machine's
answer: Olofsson et al. 2014, Remote Sensing of Environment 148). Interval: the Wilson limits of
both shares, squared and added (Newcombe 1998; Zou and Donner 2008), which stays honest where no
error was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot, isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import HeardError
from analysis.intervals import weighted
from analysis.records import Run
from analysis.review.agreement import kappa
from analysis.review.blind import NONE, BlindCode, BlindSample, finished, latest, machine_themes

MACHINE = "The machine"
_Bools = NDArray[np.bool_]
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Share:
    """An estimate with its 95 % interval; the value is NaN where there was nothing to judge."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ThemeMeasure:
    """One theme; theme_id "" is “none of these”, the machine's “not grouped”.

    by_machine, by_people: replies of the sample (by people: the mean over them). machine_count:
    the machine's count over all replies; people_count: what people would count.
    """

    theme_id: str
    name: str
    by_machine: int
    by_people: float
    precision: Share
    recall: Share
    f1: Share
    kappa: float
    machine_count: int
    people_count: Share


@dataclass(frozen=True)
class Pair:
    """How far two agree. f1: mean over replies; macro_f1: mean over themes; kappa: over all
    decisions of a reply and a theme."""

    one: str
    two: str
    f1: Share
    macro_f1: float
    kappa: float


@dataclass(frozen=True)
class Measured:
    """machine: the machine with each person; people: each two people."""

    replies: int
    of: int
    coders: tuple[str, ...]
    themes: tuple[ThemeMeasure, ...]
    machine: tuple[Pair, ...]
    people: tuple[Pair, ...]


@dataclass(frozen=True)
class Disagreement:
    """A reply that not all see alike. `distance`: of the two furthest apart, 1 = nothing common.

    answers: who → theme ids, the machine first; notes: who → what was noted.
    """

    response_id: str
    distance: float
    weight: float
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Coded:
    """What the machine and each finished person say of each reply (rows) and theme (columns)."""

    coders: tuple[str, ...]
    machine: _Bools
    people: tuple[_Bools, ...]
    weights: _Floats
    counts: tuple[int, ...]
    of: int


def measure(run: Run, sample: BlindSample, codes: Sequence[BlindCode]) -> Measured:
    """Measure `run`, from which the sample was drawn, against those who coded all of it.

    Raises HeardError if nobody has.
    """
    said = _said(run, sample, codes)
    names = [(t.theme_id, t.name) for t in sample.themes]
    themes = tuple(
        _theme(said, column, *named)
        for column, named in enumerate([*names, (NONE, "None of these")])
    )
    with_machine = (
        _pair(MACHINE, who, said.machine, own, said.weights)
        for who, own in zip(said.coders, said.people, strict=True)
    )
    people = (
        _pair(said.coders[a], said.coders[b], said.people[a], said.people[b], said.weights)
        for a, b in combinations(range(len(said.coders)), 2)
    )
    return Measured(
        replies=len(said.weights), of=said.of, coders=said.coders, themes=themes,
        machine=tuple(with_machine), people=tuple(people),
    )  # fmt: skip


def _said(run: Run, sample: BlindSample, codes: Sequence[BlindCode]) -> _Coded:
    coders = finished(sample, codes)
    if not coders:
        raise HeardError("Nobody has coded the whole sample yet.")
    themes = [t.theme_id for t in sample.themes]
    held = _with_none(machine_themes(run, sample.question_id, themes))
    given = latest(codes)
    people = tuple(
        _with_none(
            pd.DataFrame(
                [[t in given[who][i].theme_ids for t in themes] for i in sample.ids],
                columns=themes, dtype=bool,
            )
        ).to_numpy(bool)
        for who in coders
    )  # fmt: skip
    return _Coded(
        coders=tuple(coders), machine=held.loc[sample.ids].to_numpy(bool), people=people,
        weights=np.array([d.weight for d in sample.drawn]),
        counts=tuple(int(n) for n in held.sum()), of=len(held),
    )  # fmt: skip


def _with_none(held: pd.DataFrame) -> pd.DataFrame:
    """With “none of these” as a last column."""
    return held.assign(**{NONE: ~held.any(axis=1)})


def _theme(said: _Coded, column: int, theme_id: str, name: str) -> ThemeMeasure:
    ours, weights = said.machine[:, column], said.weights
    each = [p[:, column] for p in said.people]
    theirs = np.mean(each, axis=0)
    count = said.counts[column]
    return ThemeMeasure(
        theme_id=theme_id, name=name,
        by_machine=int(ours.sum()), by_people=float(theirs.sum()),
        precision=Share(*weighted(theirs, ours, weights)),
        recall=Share(*weighted(ours, theirs, weights)),
        f1=_f1(ours, theirs, weights),
        kappa=kappa(np.tile(ours, len(each)), np.concatenate(each), np.tile(weights, len(each))),
        machine_count=count,
        people_count=_count(ours, theirs, weights, count, said.of),
    )  # fmt: skip


def _f1(ours: _Bools, theirs: _Floats, weights: _Floats) -> Share:
    """From the share of what both say in what either says, of which F1 is a function (2j/(1+j))."""
    either = np.maximum(ours, theirs)
    return Share(*(2 * j / (1 + j) for j in weighted(ours * theirs, either, weights)))


def _count(ours: _Bools, theirs: _Floats, weights: _Floats, count: int, of: int) -> Share:
    sides = [
        (n, *weighted(theirs, where, weights)) for n, where in ((count, ours), (of - count, ~ours))
    ]
    parts = [(n, 0.0 if isnan(p) else p, low, high) for n, p, low, high in sides]
    found = sum(n * p for n, p, _, _ in parts)
    below = hypot(*(n * (p - low) for n, p, low, _ in parts))
    above = hypot(*(n * (high - p) for n, p, _, high in parts))
    return Share(found, max(found - below, 0.0), min(found + above, float(of)))


def _pair(one: str, two: str, ours: _Bools, theirs: _Bools, weights: _Floats) -> Pair:
    """The last column, “none of these”, is a theme for the mean over replies alone."""
    both = 2 * (ours & theirs).sum(axis=1) / (ours.sum(axis=1) + theirs.sum(axis=1))
    a, b = ours[:, :-1], theirs[:, :-1]
    apart = [_f1(a[:, t], b[:, t].astype(float), weights).value for t in range(a.shape[1])]
    used = [f for f in apart if not isnan(f)]
    return Pair(
        one=one, two=two,
        f1=Share(*weighted(both, np.ones(len(both)), weights)),
        macro_f1=float(np.mean(used)) if used else float("nan"),
        kappa=kappa(a.ravel(), b.ravel(), np.repeat(weights, a.shape[1])),
    )  # fmt: skip


def disagreements(run: Run, sample: BlindSample, codes: Sequence[BlindCode]) -> list[Disagreement]:
    """The replies to read first: those seen least alike, then those that stand for most."""
    themes = [t.theme_id for t in sample.themes]
    held = machine_themes(run, sample.question_id, themes).loc[sample.ids].to_numpy(bool)
    given, coders = latest(codes), finished(sample, codes)
    found = []
    for row, reply in enumerate(sample.drawn):
        ours = tuple(t for t, there in zip(themes, held[row], strict=True) if there)
        own = [given[who][reply.response_id] for who in coders]
        answers = ((MACHINE, ours), *((c.coder, c.theme_ids) for c in own))
        distance = max((_apart(a, b) for (_, a), (_, b) in combinations(answers, 2)), default=0.0)
        if distance:
            notes = tuple((c.coder, c.note) for c in own if c.note)
            found.append(Disagreement(reply.response_id, distance, reply.weight, answers, notes))
    return sorted(found, key=lambda d: (-d.distance, -d.weight, d.response_id))


def _apart(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Jaccard distance; two who both say none are not apart."""
    either = set(one) | set(two)
    return 1 - len(set(one) & set(two)) / len(either) if either else 0.0
