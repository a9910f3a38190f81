"""What people decide about themes: events that are only ever added, and can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from analysis.summarise.words import decisions

Kind = Literal[
    "rename", "merge", "split", "move", "add", "hide", "restore", "check", "note", "apart", "undo"
]
MARKS = ("check", "note", "apart")  # they change no theme and no number


@dataclass(frozen=True)
class Edit:
    """One decision. `when`: seconds since 1970; `run`: whose themes and points it names.

    themes: those that it touches; of a merge the first is the one that stays. payload: rename
    name, description; split parts (theme_id, name, keywords, points); move points, to ("" = not
    grouped); add theme_id, name, keywords, parent_id, points; note text; undo edit (its id); merge
    proposed_by (a model's name) where it was proposed. apart: a proposed merge is dismissed.
    Points are point ids, so that no vectors are needed to apply an edit.
    """

    id: str
    kind: Kind
    question_id: str
    themes: tuple[str, ...]
    who: str
    when: float
    payload: dict[str, Any] = field(default_factory=dict)
    why: str = ""
    run: str = ""


@dataclass(frozen=True)
class Decided:
    """The decisions on themes; prints: run → stage → fingerprint of the runs they were made on."""

    edits: tuple[Edit, ...] = ()
    prints: dict[str, dict[str, str]] = field(default_factory=dict)


UNDECIDED = Decided()


def new_id() -> str:
    return secrets.token_hex(6)


def new_theme(question_id: str, edit_id: str, number: int = 1) -> str:
    """The id of a theme that a person makes; no machine's theme can have it."""
    return f"{question_id}-h{edit_id}{number}"


def named_points(edit: Edit) -> list[str]:
    parts = [p["points"] for p in edit.payload.get("parts", ())]
    return [p for points in [edit.payload.get("points", ()), *parts] for p in points]


def touched(edit: Edit) -> set[str]:
    """The themes whose look or members the edit changes or makes."""
    made = [edit.payload.get("theme_id"), edit.payload.get("to")]
    made += [p["theme_id"] for p in edit.payload.get("parts", ())]
    return {*edit.themes, *(t for t in made if t)}


def standing(edits: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Edits that count, and undos of what is not there; an undo can be undone itself."""
    gone: set[str] = set()
    known = {e.id: n for n, e in enumerate(edits)}
    lost = []
    for n in range(len(edits) - 1, -1, -1):
        edit = edits[n]
        if edit.kind != "undo" or edit.id in gone:
            continue
        of = str(edit.payload.get("edit", ""))
        if known.get(of, n) < n:
            gone.add(of)
        else:
            lost.append(edit)
    return [e for e in edits if e.kind != "undo" and e.id not in gone], lost


def deciding(edits: Sequence[Edit]) -> list[Edit]:
    """The standing edits that change a theme or a number."""
    return [e for e in standing(edits)[0] if e.kind not in MARKS]


def account(meta: dict[str, Any]) -> str:
    """What people decided on the themes of a run (its `meta`), in a sentence; "" if nothing."""
    made = meta.get("decisions", {"made_on": [], "not_carried": []})
    count, lost = len(made["made_on"]), len(made["not_carried"])
    if not count:
        return ""
    rest = f"; {lost:,} could not be carried out in full" if lost else ""
    return f"People corrected the themes that the machine found: {decisions(count)}{rest}."


def effective(edits: Sequence[Edit], base: dict[str, str]) -> list[list[Any]]:
    """What of the edits a result depends on: not who, when and why. base: run → its themes."""
    return [
        [e.kind, e.question_id, list(e.themes), e.payload, base.get(e.run, e.run)]
        for e in deciding(edits)
    ]
