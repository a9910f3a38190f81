"""An edition is a run and the edits on it: one pure function, which no edit can make fail.

Runs do not take edits yet: this is the rule that they will follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.records import Points, Themes
from analysis.review.edits import Edit

_GONE = "a theme that it names is not there any more"


@dataclass(frozen=True)
class NotCarried:
    """An edit that could not be applied; `reason` is for the reader."""

    edit: Edit
    reason: str


@dataclass(frozen=True)
class Edited:
    """themes: as edited; points of hidden themes are not grouped. not_carried: for a decision.

    states: theme_id → hidden, checked (bool), notes (tuple of texts).
    """

    themes: Themes
    states: pd.DataFrame
    not_carried: tuple[NotCarried, ...]


@dataclass
class _State:
    rows: dict[str, dict[str, object]]
    held: dict[str, str]  # point → theme
    question: dict[str, str]  # point → question
    hidden: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    notes: dict[str, list[str]] = field(default_factory=dict)


def apply(themes: Themes, points: Points, edits: Sequence[Edit]) -> Edited:
    """Replay the edits that are not undone, oldest first. Never raises for an edit."""
    frame = themes.themes
    state = _State(
        {str(r["theme_id"]): {str(k): v for k, v in r.items()} for r in frame.to_dict("records")},
        dict(zip(themes.assigned["point_id"], themes.assigned["theme_id"], strict=True)),
        dict(zip(points.points["point_id"], points.points["question_id"], strict=True)),
    )
    standing, failed = _standing(edits)
    for edit in standing:
        reason = _refused(state, edit) or _DO[edit.kind](state, edit)
        if reason:
            failed.append(NotCarried(edit, reason))
    return Edited(_themes(themes, state), _states(state), tuple(failed))


def _standing(edits: Sequence[Edit]) -> tuple[list[Edit], list[NotCarried]]:
    """Edits that count: an undo takes away its edit, which may itself be an undo."""
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
            lost.append(NotCarried(edit, "the decision that it takes back is not there"))
    return [e for e in edits if e.kind != "undo" and e.id not in gone], lost


def _refused(state: _State, edit: Edit) -> str:
    needs = () if edit.kind == "add" else edit.themes
    if any(t not in state.rows for t in needs) or (not needs and edit.kind in _NEED):
        return _GONE
    if any(state.rows[t]["question_id"] != edit.question_id for t in needs):
        return "it names a theme of another question"
    if any(state.question.get(p) != edit.question_id for p in _named(edit)):
        return "a passage that it names is not there any more"
    return ""


def _named(edit: Edit) -> Iterable[str]:
    yield from edit.payload.get("points", ())
    for part in edit.payload.get("parts", ()):
        yield from part["points"]


def _rename(state: _State, edit: Edit) -> str:
    row = state.rows[edit.themes[0]]
    row["name"] = edit.payload.get("name", row["name"])
    row["description"] = edit.payload.get("description", row["description"])
    return ""


def _merge(state: _State, edit: Edit) -> str:
    into, others = edit.themes[0], set(edit.themes[1:]) - {edit.themes[0]}
    if state.rows[into]["parent_id"] in others:
        return "a theme cannot be merged into its own sub-theme"
    for row in state.rows.values():
        if row["parent_id"] in others:
            row["parent_id"] = state.rows[into]["parent_id"] or into
    state.held = {p: into if t in others else t for p, t in state.held.items()}
    for theme in others:
        del state.rows[theme]
    state.checked.discard(into)
    return ""


def _split(state: _State, edit: Edit) -> str:
    parts, old = edit.payload["parts"], edit.themes[0]
    if any(part["theme_id"] in state.rows for part in parts):
        return "a theme of that id is there already"
    if any(state.held.get(p) != old for p in _named(edit)):
        return "a passage that it names is not in the theme any more"
    for part in parts:
        state.rows[part["theme_id"]] = {
            **state.rows[old], "theme_id": part["theme_id"], "name": part["name"],
            "description": "",
        }  # fmt: skip
        state.held |= dict.fromkeys(part["points"], part["theme_id"])
    state.checked.discard(old)
    return ""


def _move(state: _State, edit: Edit) -> str:
    to = edit.payload["to"]
    if to and (to not in state.rows or state.rows[to]["question_id"] != edit.question_id):
        return _GONE
    state.held |= dict.fromkeys(edit.payload["points"], to)
    state.checked -= set(edit.themes)
    return ""


def _add(state: _State, edit: Edit) -> str:
    made, parent = edit.payload["theme_id"], edit.payload.get("parent_id", "")
    if made in state.rows:
        return "a theme of that id is there already"
    if parent and parent not in state.rows:
        return _GONE
    state.rows[made] = {
        "theme_id": made, "parent_id": parent, "question_id": edit.question_id,
        "name": edit.payload["name"], "description": edit.payload.get("description", ""),
        "keywords": edit.payload.get("keywords", ""), "stability": 1.0,
    }  # fmt: skip
    state.held |= dict.fromkeys(edit.payload.get("points", ()), made)
    return ""


def _hide(state: _State, edit: Edit) -> str:
    state.hidden |= set(edit.themes)
    return ""


def _restore(state: _State, edit: Edit) -> str:
    state.hidden -= set(edit.themes)
    return ""


def _check(state: _State, edit: Edit) -> str:
    state.checked |= set(edit.themes)
    return ""


def _note(state: _State, edit: Edit) -> str:
    for theme in edit.themes:
        state.notes.setdefault(theme, []).append(edit.payload["text"])
    return ""


_DO: dict[str, Callable[[_State, Edit], str]] = {
    "rename": _rename, "merge": _merge, "split": _split, "move": _move, "add": _add,
    "hide": _hide, "restore": _restore, "check": _check, "note": _note,
}  # fmt: skip
_NEED = set(_DO) - {"add", "move"}


def _themes(themes: Themes, state: _State) -> Themes:
    """The edited frames; every point is there once, as before."""
    parent = {t: str(r["parent_id"]) for t, r in state.rows.items()}
    before = themes.assigned
    now = before["point_id"].map(state.held)
    hidden = {t for t in state.rows if t in state.hidden or parent[t] in state.hidden}
    assigned = before.assign(theme_id=now.where(~now.isin(hidden), ""))
    rows = pd.DataFrame(list(state.rows.values()), columns=themes.themes.columns)
    return replace(themes, themes=rows.astype(themes.themes.dtypes), assigned=assigned)


def _states(state: _State) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "theme_id": list(state.rows),
            "hidden": [t in state.hidden for t in state.rows],
            "checked": [t in state.checked for t in state.rows],
            "notes": [tuple(state.notes.get(t, ())) for t in state.rows],
        }
    )
