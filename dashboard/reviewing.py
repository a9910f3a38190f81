"""A person at work on the themes of a question: how they stand, and the one way to decide."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analysis.records import Points, Run, Themes, each
from analysis.review.apply import Edited
from analysis.review.checklist import OnThemes
from analysis.review.edits import Edit, Kind, deciding, new_id, standing
from analysis.review.oversight import Evidence
from analysis.review.propose import listed
from analysis.review.runs import preview
from analysis.settings import Settings
from analysis.store.theme_store import Conflict
from dashboard import session

SEEN, SAID, NEWS = "review-seen", "review-said", "review-news"  # in the session state
DONE: dict[Kind, str] = {
    "rename": "renamed", "merge": "merged", "split": "split", "move": "moved passages of",
    "add": "made", "hide": "hid", "restore": "restored", "check": "checked",
    "note": "wrote a note on", "apart": "decided to keep apart", "undo": "took back a decision on",
}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """edited: the themes after every decision until now, in the results already or not.

    machine: as they were found. listed: every theme of all questions with people and points.
    """

    consultation_id: str
    run: Run
    edits: tuple[Edit, ...]
    edited: Edited
    machine: Themes
    listed: pd.DataFrame
    who: str
    why: str

    @property
    def points(self) -> Points:
        return self.run.points

    @property
    def names(self) -> dict[str, str]:
        """Of every theme, also of those that were merged since."""
        found = (self.machine.themes, self.listed)
        return {t: n for f in found for t, n in zip(f["theme_id"], f["name"], strict=True)}

    def of(self, question_id: str) -> pd.DataFrame:
        own = self.listed["question_id"] == question_id
        return self.listed[own].reset_index(drop=True)

    def waiting(self) -> int:
        """How many decisions, or undos of them, are not in the results yet."""
        made = set(self.run.meta.get("decisions", {}).get("made_on", []))
        return len(made ^ {e.id for e in deciding(self.edits)})

    def decide(
        self, kind: Kind, question_id: str, themes: tuple[str, ...], edit_id: str = "",
        **payload: Any,
    ) -> None:  # fmt: skip
        """Keep one decision, unless somebody decided on the same theme unseen; then say so."""
        edit = Edit(
            edit_id or new_id(), kind, question_id, themes, self.who, time.time(), payload,
            self.why, self.run.id,
        )  # fmt: skip
        seen = st.session_state.get(SEEN, {}).get(self.consultation_id, ())
        try:
            session.store().add_theme_edits(self.consultation_id, [edit], seen)
        except Conflict as conflict:
            st.session_state[SAID] = str(conflict)
        st.rerun()


def desk(run: Run, consultation_id: str, who: str, why: str) -> Desk:
    """Raises StoreError where the machine's themes are not stored any more."""
    decided = session.store().decided(consultation_id)
    artefacts = session.store().artefacts(consultation_id)
    edited, (machine, _) = preview(run, Settings(), artefacts, decided)
    table = listed(edited, run.points, run.prepared)
    return Desk(consultation_id, run, decided.edits, edited, machine, table, who, why)


def on_themes(run: Run, consultation_id: str) -> OnThemes:
    """How far the themes of a run were looked at, for its checklist."""
    now = desk(run, consultation_id, "", "")
    return OnThemes(
        now.waiting(), len(now.edited.not_carried), int(now.edited.states["checked"].sum())
    )


def evidence(consultation_id: str, decided: OnThemes) -> Evidence:
    """What people did to a consultation's results and with them, for an edition to keep."""
    store = session.store()
    samples = store.blind_samples(consultation_id)
    checks = tuple((s, tuple(store.blind_codes(consultation_id, s.number))) for s in samples)
    return Evidence(
        checks, tuple(store.redaction_edits(consultation_id)),
        tuple(store.labels(consultation_id)), tuple(store.theme_edits(consultation_id)),
        decided.checked,
    )  # fmt: skip


def shown(desk: Desk) -> None:
    """From now on the reader knows of these decisions: the page that lists them was drawn."""
    known = {desk.consultation_id: tuple(e.id for e in desk.edits)}
    st.session_state[SEEN] = {**st.session_state.get(SEEN, {}), **known}


def news(desk: Desk) -> list[str]:
    """What others have decided since this session first drew the page, until it is put away.

    A page that is drawn again knows of it, so that no conflict would tell.
    """
    seen = st.session_state.get(SEEN, {}).get(desk.consultation_id)
    known = st.session_state.get(NEWS, {}).get(desk.consultation_id, ())
    if seen is not None:
        others = (e.id for e in desk.edits if e.id not in seen and e.who != desk.who)
        known = (*known, *(i for i in others if i not in known))
        st.session_state[NEWS] = {**st.session_state.get(NEWS, {}), desk.consultation_id: known}
    return [f"{r.who} {r.what}." for r in each(history(desk)) if r.id in known][::-1]


def put_away(consultation_id: str) -> None:
    st.session_state[NEWS] = {**st.session_state.get(NEWS, {}), consultation_id: ()}


def said() -> str:
    """What went wrong with the last decision, told once."""
    return str(st.session_state.pop(SAID, ""))


def table(frame: pd.DataFrame) -> pd.DataFrame:
    """The themes of a question for a reader."""
    state = [
        ", ".join(w for w, on in (("hidden", r.hidden), ("checked", r.checked)) if on)
        for r in each(frame)
    ]
    return pd.DataFrame(
        {
            "Theme": [f"– {r.name}" if r.parent_id else r.name for r in each(frame)],
            "People": [f"{n:,}" for n in frame["people"]],
            "Passages": [f"{n:,}" for n in frame["points"]],
            "State": state,
            "Notes": [" / ".join(n) for n in frame["notes"]],
        }
    )


def history(desk: Desk) -> pd.DataFrame:
    """id, what, who, when, why, undo, counts (not taken back) of every decision, last first."""
    valid = {e.id for e in standing(desk.edits)[0]}
    found = desk.machine.themes
    names = desk.names | dict(zip(found["theme_id"], found["name"], strict=True))
    rows = []
    said: dict[str, str] = {}
    for e in desk.edits:  # each in the words of its time: a theme had its earlier name until then
        what = said.get(str(e.payload.get("edit"))) if e.kind == "undo" else None
        what = f"took back that {what}" if what else _what(e, names)
        said[e.id] = f"{e.who} {what}"
        rows.append((e.id, what, e.who, e.when, e.why, e.kind == "undo", e.id in valid))
        if e.kind == "rename" and e.id in valid:
            names |= dict.fromkeys(e.themes, e.payload["name"])
    return pd.DataFrame(rows[::-1], columns=["id", "what", "who", "when", "why", "undo", "counts"])


def _what(edit: Edit, names: dict[str, str]) -> str:
    themes = ", ".join(f"“{names.get(t, t)}”" for t in edit.themes)
    made = [p["name"] for p in edit.payload.get("parts", ())]
    extra = {
        "rename": lambda: f" to “{edit.payload.get('name', '')}”",
        "split": lambda: " into " + ", ".join(f"“{n}”" for n in made),
        "move": lambda: f" to “{names.get(edit.payload['to'], 'not grouped')}”",
        "note": lambda: f": {edit.payload['text']}",
        **dict.fromkeys(("merge", "apart"), lambda: _proposed(edit)),
    }.get(edit.kind, str)()
    if edit.kind == "add":
        return f"made “{edit.payload['name']}” of {len(edit.payload['points']):,} passages"
    return f"{DONE[edit.kind]} {themes}{extra}"


def _proposed(edit: Edit) -> str:
    model = edit.payload.get("proposed_by", "")
    return f", proposed by the model {model}" if model else ""


def not_carried(desk: Desk) -> pd.DataFrame:
    """id, What was decided, Why it is not in the themes, of what could not be carried out."""
    rows = [
        (n.edit.id, _what(n.edit, desk.names), ("In part: " if n.partly else "") + n.reason)
        for n in desk.edited.not_carried
    ]
    return pd.DataFrame(rows, columns=["id", "what", "reason"])
