"""The stage in which people's decisions are applied to the themes that the machine found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.records import Points, Themes
from analysis.review.apply import Edited, NotCarried, apply
from analysis.review.carry import Ways, carried, ways
from analysis.review.edits import Edit, standing
from analysis.settings import Settings

NOT_STORED = "the analysis that it was made on is not stored any more"
Base = tuple[Themes, Points]


@dataclass(frozen=True)
class Reviewed:
    """rows: THEMES; assigned: ASSIGNED, both as decided. not_carried: plain dicts with the edit's
    id, reason and partly (some of it was carried out)."""

    rows: pd.DataFrame
    assigned: pd.DataFrame
    not_carried: list[dict[str, Any]]

    def applied(self, themes: Themes) -> Themes:
        """The themes as decided."""
        return replace(themes, themes=self.rows, assigned=self.assigned)


def review(
    themes: Themes,
    points: Points,
    edits: Sequence[Edit],
    bases: Mapping[str, Base | None],
    settings: Settings,
) -> Reviewed:
    """The themes after the standing edits, and what could not be carried out."""
    made = edited(themes, points, edits, bases, settings)
    rest = [{"id": n.edit.id, "reason": n.reason, "partly": n.partly} for n in made.not_carried]
    return Reviewed(made.themes.themes, made.themes.assigned, rest)


def edited(
    themes: Themes,
    points: Points,
    edits: Sequence[Edit],
    bases: Mapping[str, Base | None],
    settings: Settings,
) -> Edited:
    """bases: run → its themes and points, for the runs whose themes are others than these; None
    where they are not stored any more. Edits of other runs name these themes and points."""
    known: dict[str, Ways | None] = {
        run: None if base is None else ways(*base, themes, points, settings.review_match)
        for run, base in bases.items()
    }
    ready, lost = [], []
    valid = {e.id for e in standing(edits)[0]}
    for edit in edits:
        if edit.run not in known or edit.id not in valid:
            ready.append(edit)
            continue
        by = known[edit.run]
        now, problem = (None, NotCarried(edit, NOT_STORED)) if by is None else carried(edit, by)
        ready += [now] if now else []
        lost += [problem] if problem else []
    made = apply(themes, points, ready)
    original = {e.id: e for e in edits}
    failed = [replace(n, edit=original[n.edit.id]) for n in made.not_carried]
    return replace(made, not_carried=(*lost, *failed))
