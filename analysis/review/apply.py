"""Themes and the decisions on them: one pure function, which no decision can make fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.records import THEMES, Points, Themes
from analysis.review.edits import Edit, named_points, standing

KEYWORDS = 8  # of a merged theme
GONE = "a theme that it names is not there any more"
NO_PASSAGE = "a passage that it names is not there any more"
NO_UNDO = "the decision that it takes back is not there"
TAKEN = "a theme of that number is there already"


@dataclass(frozen=True)
class NotCarried:
    """An edit that had no effect, or with `partly` not all of it; `reason` is for the reader."""

    edit: Edit
    reason: str
    partly: bool = False


@dataclass(frozen=True)
class Edited:
    """themes: as edited, those hidden or left without points gone; every point is there once.

    states: theme_id, parent_id, question_id, name, hidden, checked (bool), notes (tuple of texts)
    of every theme, hidden or not. not_carried: for a decision. apart: themes that are not to be
    merged, as a person said of a proposal.
    """

    themes: Themes
    states: pd.DataFrame
    not_carried: tuple[NotCarried, ...]
    apart: frozenset[frozenset[str]] = frozenset()


@dataclass
class _State:
    rows: dict[str, dict[str, object]]
    held: dict[str, str]  # point → theme
    question: dict[str, str]  # point → question
    hidden: set[str] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    notes: dict[str, list[str]] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)

    def changed(self, theme: str) -> None:
        """Its members are others now: no longer checked, nor found again by the machine."""
        self.checked.discard(theme)
        self.rows[theme]["stability"] = np.nan


def apply(themes: Themes, points: Points, edits: Sequence[Edit]) -> Edited:
    """Replay the edits that are not undone, oldest first. Never raises for an edit."""
    frame = themes.themes
    state = _State(
        {str(r["theme_id"]): {str(k): v for k, v in r.items()} for r in frame.to_dict("records")},
        dict(zip(themes.assigned["point_id"], themes.assigned["theme_id"], strict=True)),
        dict(zip(points.points["point_id"], points.points["question_id"], strict=True)),
    )
    valid, lost = standing(edits)
    failed = [NotCarried(e, NO_UNDO) for e in lost]
    for edit in valid:
        reason = _refused(state, edit) or _DO[edit.kind](state, edit)
        if reason:
            failed.append(NotCarried(edit, reason))
    return Edited(_themes(themes, state), _states(state), tuple(failed), frozenset(state.apart))


def _refused(state: _State, edit: Edit) -> str:
    needs = () if edit.kind in _FREE else edit.themes
    if any(t not in state.rows for t in needs) or (not needs and edit.kind not in _FREE):
        return GONE
    if any(state.rows[t]["question_id"] != edit.question_id for t in needs):
        return "it names a theme of another question"
    if any(state.question.get(p) != edit.question_id for p in named_points(edit)):
        return NO_PASSAGE
    return ""


def _rename(state: _State, edit: Edit) -> str:
    row = state.rows[edit.themes[0]]
    row["name"] = edit.payload.get("name", row["name"])
    row["description"] = edit.payload.get("description", row["description"])
    return ""


def _merge(state: _State, edit: Edit) -> str:
    into, others = edit.themes[0], set(edit.themes[1:]) - {edit.themes[0]}
    if state.rows[into]["parent_id"] in others:
        return "a theme cannot be merged into its own sub-theme"
    words = [str(state.rows[t]["keywords"]) for t in dict.fromkeys(edit.themes)]
    state.rows[into]["keywords"] = _joined(words)
    for row in state.rows.values():
        if row["parent_id"] in others:
            row["parent_id"] = state.rows[into]["parent_id"] or into
    state.held = {p: into if t in others else t for p, t in state.held.items()}
    for theme in others:
        del state.rows[theme]
    state.changed(into)
    return ""


def _joined(keywords: Sequence[str]) -> str:
    """Words of several themes in turn, so that each is heard."""
    lists = [[w.strip() for w in k.split(";") if w.strip()] for k in keywords]
    longest = max(map(len, lists), default=0)
    mixed = [own[n] for n in range(longest) for own in lists if n < len(own)]
    return "; ".join(list(dict.fromkeys(mixed))[:KEYWORDS])


def _split(state: _State, edit: Edit) -> str:
    parts, old = edit.payload["parts"], edit.themes[0]
    if any(part["theme_id"] in state.rows for part in parts):
        return TAKEN
    for part in parts:
        _make(state, edit, part, str(state.rows[old]["parent_id"]))
    state.changed(old)
    return ""


def _move(state: _State, edit: Edit) -> str:
    to = edit.payload["to"]
    if to and (to not in state.rows or state.rows[to]["question_id"] != edit.question_id):
        return GONE
    _take(state, edit.payload["points"], to)
    return ""


def _take(state: _State, points: Sequence[str], to: str) -> None:
    for theme in {to, *(state.held[p] for p in points)} & set(state.rows):
        state.changed(theme)
    state.held |= dict.fromkeys(points, to)


def _add(state: _State, edit: Edit) -> str:
    parent = edit.payload.get("parent_id", "")
    if edit.payload["theme_id"] in state.rows:
        return TAKEN
    if parent and parent not in state.rows:
        return GONE
    _make(state, edit, edit.payload, parent)
    return ""


def _make(state: _State, edit: Edit, part: dict[str, object], parent: str) -> None:
    made = str(part["theme_id"])
    state.rows[made] = {
        "theme_id": made, "parent_id": parent, "question_id": edit.question_id,
        "name": part["name"], "description": part.get("description", ""),
        "keywords": part.get("keywords", ""), "stability": np.nan,
    }  # fmt: skip
    points = part.get("points", ())
    assert isinstance(points, list | tuple)
    _take(state, points, made)


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


def _apart(state: _State, edit: Edit) -> str:
    state.apart.add(frozenset(edit.themes))
    return ""


_DO: dict[str, Callable[[_State, Edit], str]] = {
    "rename": _rename, "merge": _merge, "split": _split, "move": _move, "add": _add,
    "hide": _hide, "restore": _restore, "check": _check, "note": _note,
    "apart": _apart,
}  # fmt: skip
_FREE = {"add", "move"}  # they stand by the points that they name


def _themes(themes: Themes, state: _State) -> Themes:
    parent = {t: str(r["parent_id"]) for t, r in state.rows.items()}
    hidden = {t for t in state.rows if t in state.hidden or parent[t] in state.hidden}
    before = themes.assigned
    now = before["point_id"].map(state.held).astype("str")
    assigned = before.assign(theme_id=now.where(~now.isin(hidden), ""))
    # a theme that nobody spoke of (of a code frame) stays: only what edits emptied goes
    bare = set(themes.themes["theme_id"]) - set(before["theme_id"])
    filled = {*assigned["theme_id"], *bare} - hidden
    filled |= {parent[t] for t in filled & set(parent)} - hidden
    rows = [r for t, r in state.rows.items() if t in filled]
    frame = pd.DataFrame(rows, columns=list(themes.themes.columns)).astype(themes.themes.dtypes)
    return replace(themes, themes=THEMES.validate(frame), assigned=assigned)


def _states(state: _State) -> pd.DataFrame:
    columns = ["theme_id", "parent_id", "question_id", "name"]
    frame = pd.DataFrame([[r[c] for c in columns] for r in state.rows.values()], columns=columns)
    return frame.assign(
        hidden=[t in state.hidden for t in state.rows],
        checked=[t in state.checked for t in state.rows],
        notes=pd.Series([tuple(state.notes.get(t, ())) for t in state.rows], dtype="object"),
    )
