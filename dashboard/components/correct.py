"""Corrections beside a reply: the tone of each passage, and a position that was told from texts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import streamlit as st

from analysis.judge.hand import Label, Measure, Value
from analysis.prepare.review import mark
from analysis.records import Run, each
from dashboard import quality, session
from dashboard.components import safe
from dashboard.components.reviewer import reviewer
from dashboard.words import POSITION, TONE

TONES: tuple[Value, ...] = ("positive", "neutral", "mixed", "negative", "unclear")
SIDES: tuple[Value, ...] = ("support", "mixed", "oppose", "unclear")


def switch(key: str) -> tuple[str, str] | None:
    """The team's name and reason if corrections are switched on, else None."""
    if not st.toggle("Correct tones and positions here", key=f"{key}-correct"):
        return None
    st.caption("Counts at once where it is set, and in the next analysis for what is learnt.")
    return reviewer(key, "correct")


def controls(run: Run, row: Any, by: tuple[str, str], key: str) -> None:
    """A select box for each passage of the reply `row`, and one for a position not ticked."""
    entry = session.chosen()
    if entry is None:
        return
    given = quality.given(session.store().labels(entry.id))

    def pick(
        measure: Measure,
        about: str,
        now: str,
        values: Sequence[Value],
        text: str,
        at: tuple[int, int],
    ) -> None:
        names = POSITION if measure == "position" else TONE
        said = given.get((measure, about, *at))
        asked = f"Set by hand: {names[said]}" if said else f"As told: {names[now]}"
        chosen = st.selectbox(
            "Position" if measure == "position" else "Tone of this passage", ["", *values],
            format_func=lambda v: names[v] if v else asked, disabled=not by[0],
            key=f"{key}-{measure}-{about}-{at[0]}",
        )  # fmt: skip
        if chosen and chosen != said:
            who, why = by
            label = Label(measure, about, chosen, who, time.time(), *at, why, mark(text))
            session.store().add_labels(entry.id, [label])
            st.rerun()

    if row.position_source != "stated":
        words = quality.words_of(run)[row.respondent_id]
        pick("position", row.respondent_id, row.position, SIDES, words, (0, 0))
    for point in each(quality.points_of(run, row.response_id)):
        safe.text(f"“{point.text}”")
        if point.tone:
            at = int(point.start), int(point.end)
            pick("tone", row.response_id, point.tone, TONES, point.text, at)
