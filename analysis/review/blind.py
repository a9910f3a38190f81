"""The blind check: a sample that people code without seeing the machine's answer.

How it is drawn, so that every theme is in it and each reply stands for a known number of others;
what came of it is measured in `blind_measures`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import HeardError
from analysis.groups import NOT_ANSWERED, theme_members
from analysis.records import Run, each
from analysis.review.agreement import members

NONE = ""  # the theme of a reply that is in none


@dataclass(frozen=True)
class Offered:
    """A theme as it was when the sample was drawn."""

    theme_id: str
    name: str
    description: str


@dataclass(frozen=True)
class Drawn:
    """A reply of the sample. `weight`: for how many replies it stands."""

    response_id: str
    stratum: str
    group: str
    weight: float


@dataclass(frozen=True)
class BlindSample:
    """`drawn` in the order of reading, which says nothing of the strata. `number` by the store."""

    number: int
    question_id: str
    run_id: str
    rule: str
    seed: int
    size: int
    created: float
    who: str
    drawn: tuple[Drawn, ...]
    themes: tuple[Offered, ...]

    @property
    def ids(self) -> list[str]:
        return [d.response_id for d in self.drawn]


@dataclass(frozen=True)
class BlindCode:
    """What one person says a reply is about; no theme: none of those offered."""

    number: int
    response_id: str
    coder: str
    theme_ids: tuple[str, ...]
    note: str
    at: float


# ---------------------------------------------------------------- what there is to draw from
def offered(run: Run, question_id: str) -> tuple[Offered, ...]:
    """The themes to choose from, by name: themes, not sub-themes."""
    frame = run.themes.themes.query("question_id == @question_id and parent_id == ''")
    made = [Offered(t.theme_id, t.name, t.description) for t in each(frame)]
    return tuple(sorted(made, key=lambda t: (t.name.casefold(), t.theme_id)))


def machine_themes(run: Run, question_id: str, theme_ids: Sequence[str]) -> pd.DataFrame:
    """(analysed replies to the question, themes): whether the machine placed it there."""
    replies = run.prepared.responses.query("question_id == @question_id and status == 'analysed'")
    held = theme_members(run.points, run.themes, run.prepared)
    long = held[["response_id", "theme_id"]].drop_duplicates()
    found = members(replies["response_id"], long.rename(columns={"theme_id": "code"}))
    return found.reindex(columns=list(theme_ids), fill_value=False).astype(bool)


def bounds(run: Run, question_id: str) -> tuple[int, int]:
    """(the smallest sample with one of each stratum, all that there are); nought without themes."""
    frame = _population(run, question_id)
    return frame["stratum"].nunique(), len(frame)


def _population(run: Run, question_id: str) -> pd.DataFrame:
    """response_id, stratum, group of every reply that could be drawn; empty without themes."""
    held = machine_themes(run, question_id, [t.theme_id for t in offered(run, question_id)])
    if held.empty:
        return pd.DataFrame({"response_id": [], "stratum": [], "group": []}, dtype="str")
    theme = _rarest(held)
    half = _halves(theme, _similarity(run, theme))
    pairs = zip(theme, half, strict=True)
    return pd.DataFrame(
        {
            "response_id": held.index,
            "stratum": [f"{t or 'not grouped'}, {h} similarity" for t, h in pairs],
            "group": _groups(run, held.index).to_numpy(),
        }
    )


def _rarest(held: pd.DataFrame) -> pd.Series:
    """response_id → one theme of each reply, so that drawing one of each draws every theme.

    The theme with the fewest replies. A theme that has no reply of its own by this takes those in
    which it overlaps with another, unless it holds all of that other: then it is drawn anyway.
    """
    order = held.sum().sort_values(kind="stable").index
    ranked = held[order]
    theme = ranked.idxmax(axis=1).where(ranked.any(axis=1), NONE)
    for name in order[~order.isin(theme)]:
        for other in theme[held[name]].unique():
            there = theme == other
            if (there & ~held[name]).any():
                theme = theme.mask(there & held[name], name)
                break
    return theme


def _similarity(run: Run, theme: pd.Series) -> pd.Series:
    """response_id → mean similarity of the points that put the reply into its theme."""
    points = run.points.points[["point_id", "response_id"]].merge(
        run.themes.assigned[["point_id", "theme_id", "similarity"]], on="point_id"
    )
    parents = run.themes.themes.set_index("theme_id")["parent_id"].replace("", pd.NA).dropna()
    top = points["theme_id"].map(parents).fillna(points["theme_id"])
    own = points[top == points["response_id"].map(theme)]
    return own.groupby("response_id")["similarity"].mean().reindex(theme.index).fillna(0.0)


def _halves(theme: pd.Series, similarity: pd.Series) -> list[str]:
    """Is the reply in the lower or the higher half of its theme?"""
    rank = similarity.groupby(theme.to_numpy()).rank(method="first")
    size = theme.map(theme.value_counts())
    return ["low" if low else "high" for low in rank <= size / 2]


def _groups(run: Run, ids: pd.Index) -> pd.Series:
    """The group of whoever wrote each reply, by the first attribute; "" where there is none."""
    if not run.consultation.attributes:
        return pd.Series("", index=ids)
    people = run.consultation.respondents.set_index("respondent_id")
    cells = people[run.consultation.attributes[0]].str.strip().replace("", NOT_ANSWERED)
    owner = run.prepared.responses.set_index("response_id")["respondent_id"]
    return owner.reindex(ids).map(cells).fillna(NOT_ANSWERED)


# ---------------------------------------------------------------- drawing
def draw(run: Run, question_id: str, size: int, seed: int) -> pd.DataFrame:
    """response_id, stratum, group, weight of about `size` replies, in random order.

    One of each stratum (theme and half of similarity) at least, the rest in proportion; within a
    stratum at even steps through the groups. The weights add up to the number of replies.
    """
    frame = _population(run, question_id)
    if frame.empty:
        raise HeardError("This question has no themes, so there is nothing to check.")
    rng = np.random.default_rng(seed)
    wanted = _allocated(frame["stratum"].value_counts().sort_index(), size)
    parts = [_steps(own, wanted[str(name)], rng) for name, own in frame.groupby("stratum")]
    drawn = pd.concat(parts)
    return drawn.iloc[rng.permutation(len(drawn))].reset_index(drop=True)


def _allocated(sizes: pd.Series, size: int) -> dict[str, int]:
    """How many of each stratum: one, and what is left by size (largest remainders)."""
    spare = sizes - 1
    left = min(max(size, len(sizes)), int(sizes.sum())) - len(sizes)
    ideal = spare * left / max(int(spare.sum()), 1)
    whole = np.floor(ideal).astype(int)
    more = (ideal - whole).sort_values(ascending=False, kind="stable").index
    whole[more[: left - int(whole.sum())]] += 1
    return {str(name): int(n) + 1 for name, n in whole.items()}


def _steps(own: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """n of them at even steps from a random start, ordered by group and else by chance."""
    mixed = own.iloc[rng.permutation(len(own))].sort_values("group", kind="stable")
    step = len(own) / n
    at = np.floor((rng.random() + np.arange(n)) * step).astype(int)
    drawn: pd.DataFrame = mixed.iloc[np.minimum(at, len(own) - 1)]
    return drawn.assign(weight=step)


def new_sample(
    run: Run, question_id: str, size: int, who: str, at: float, seed: int | None = None
) -> BlindSample:
    """A sample to be kept; the seed by chance unless given. Raises HeardError without themes."""
    seed = secrets.randbelow(2**31) if seed is None else seed
    frame = draw(run, question_id, size, seed)
    drawn = tuple(Drawn(r.response_id, r.stratum, r.group, float(r.weight)) for r in each(frame))
    return BlindSample(
        number=0, question_id=question_id, run_id=run.id, rule=_rule(run, frame, seed), seed=seed,
        size=len(drawn), created=at, who=who, drawn=drawn, themes=offered(run, question_id),
    )  # fmt: skip


def _rule(run: Run, frame: pd.DataFrame, seed: int) -> str:
    first = run.consultation.attributes[:1]
    by = f", ordered by “{first[0]}”" if first else ""
    return (
        f"{len(frame):,} of {round(frame['weight'].sum()):,} analysed replies, every copy of a "
        f"letter among them, from {frame['stratum'].nunique():,} strata: by theme (a reply with "
        "several stands with the one that has the fewest replies; those in no theme stand by "
        "themselves) and by similarity to it (lower and higher half). At least one of each "
        f"stratum, the rest in proportion to its size; within a stratum{by} at even steps from a "
        f"random start. Read in random order. Seed {seed}."
    )


# ---------------------------------------------------------------- coding
def coded(
    sample: BlindSample, response_id: str, coder: str, ticked: Collection[str], none: bool,
    note: str, at: float,
) -> BlindCode:  # fmt: skip
    """What was ticked, in the order offered. Raises HeardError for nothing, or for both."""
    if bool(ticked) == none:
        raise HeardError("Tick the themes that the reply is about, or “None of these”: not both.")
    themes = tuple(t.theme_id for t in sample.themes if t.theme_id in ticked)
    return BlindCode(sample.number, response_id, coder, themes, note.strip(), at)


def latest(codes: Sequence[BlindCode]) -> dict[str, dict[str, BlindCode]]:
    """coder → reply → what the coder said last; `codes` oldest first."""
    out: dict[str, dict[str, BlindCode]] = {}
    for code in codes:
        out.setdefault(code.coder, {})[code.response_id] = code
    return out


def to_code(sample: BlindSample, codes: Sequence[BlindCode], coder: str) -> list[str]:
    """The replies that a person has not coded yet, in the order of reading."""
    done = latest(codes).get(coder, {})
    return [i for i in sample.ids if i not in done]


def last_coded(codes: Sequence[BlindCode], coder: str) -> str:
    """The reply that a person coded last, "" before the first."""
    return next((c.response_id for c in reversed(codes) if c.coder == coder), "")


def finished(sample: BlindSample, codes: Sequence[BlindCode]) -> list[str]:
    """Who coded the whole sample; a part of it would not stand for all replies."""
    return [c for c in latest(codes) if not to_code(sample, codes, c)]
