"""What people decide about themes: events that are only ever added, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from analysis.fingerprint import fingerprint
from analysis.records import Themes

Kind = Literal[
    "rename", "merge", "split", "move", "add", "hide", "restore", "check", "note", "undo"
]


@dataclass(frozen=True)
class Edit:
    """One decision. `when`: seconds since 1970; `base`: `base_of` the themes it was made on.

    themes: those that it touches; of a merge the first is the one that stays. payload: rename
    name, description; split parts (theme_id, name, points); move points, to ("" = not grouped);
    add theme_id, name, description, parent_id, points; note text; undo edit (its id). Points are
    point ids, so that no vectors are needed to apply an edit.
    """

    id: str
    kind: Kind
    question_id: str
    themes: tuple[str, ...]
    who: str
    when: float
    payload: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    base: str = ""


def base_of(themes: Themes, ids: tuple[str, ...]) -> str:
    """Fingerprint of the named themes: their words and their points."""
    own = themes.themes[themes.themes["theme_id"].isin(ids)].sort_values("theme_id")
    held = themes.assigned[themes.assigned["theme_id"].isin(ids)].sort_values("point_id")
    words = own[["theme_id", "parent_id", "name", "description"]].to_numpy().tolist()
    return fingerprint("theme", words, held[["point_id", "theme_id"]].to_numpy().tolist())
