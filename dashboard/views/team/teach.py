"""The team reads a few replies that the machine picked; what it says teaches the next analysis."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.jobs.queue import start
from analysis.judge.hand import Label, Measure, Value
from analysis.prepare.review import mark
from analysis.records import Run, each
from analysis.settings import Settings
from dashboard import quality, session
from dashboard.components import frame, needs, safe, unredacted
from dashboard.components.reviewer import reviewer
from dashboard.words import POSITION, TONE

SIDES: dict[Value, str] = {
    "support": "For",
    "mixed": "Neither, or both",
    "oppose": "Against",
    "unclear": "The text does not tell",
}
TONES: tuple[Value, ...] = ("positive", "neutral", "mixed", "negative", "unclear")


@dataclass(frozen=True)
class _Desk:
    consultation_id: str
    run: Run
    labels: Sequence[Label]
    who: str
    why: str

    def label(
        self, measure: Measure, about: str, value: Value, text: str, start: int = 0, end: int = 0
    ) -> None:
        now, of = time.time(), mark(text)
        made = Label(measure, about, value, self.who, now, start, end, self.why, of)
        session.store().add_labels(self.consultation_id, [made])
        st.rerun()


def show() -> None:
    st.title("Teach")
    run = needs.run()
    entry = session.chosen()
    if run is None or entry is None:
        return
    st.write(
        "Where no tick says who is for and who is against, the team can teach it. Read the replies "
        "that are picked here, say what each tells, and run the analysis again: what was said is "
        "learnt from only if, held out, it proves right often enough."
    )
    who, why = reviewer("teach", "label")
    desk = _Desk(entry.id, run, session.store().labels(entry.id), who, why)
    _rerun(desk)
    position, tone, given = st.tabs(["Position", "Tone", "Labels so far"])
    with position:
        _position(desk)
    with tone:
        _tone(desk)
    with given:
        _given(desk)


def _rerun(desk: _Desk) -> None:
    if not quality.waiting(desk.run, desk.labels):
        return
    job = session.store().latest_job(desk.consultation_id)
    if job is not None and job.active:
        st.info("The analysis is under way: see “Analysis” for its progress.")
        return
    with st.container(border=True):
        st.markdown("**The results do not have these labels yet**")
        if st.button("Run the analysis again", key="teach-rerun", type="primary"):
            start(session.store(), desk.consultation_id, session.actor())
            st.rerun()


def _position(desk: _Desk) -> None:
    settings = Settings()
    counts = quality.labelled(desk.run, desk.labels)
    done = sum(counts.values())
    vectors = session.vectors(desk.consultation_id)
    picked = quality.to_teach(desk.run, vectors, desk.labels, settings)
    if not picked and not done:
        st.info("There is nothing to teach: everyone ticked a side.")
        return
    st.progress(
        min(done / settings.teach_wanted, 1.0),
        text=f"{done:,} of about {settings.teach_wanted} replies labelled",
    )
    said = ", ".join(f"{SIDES[k].lower()} {n:,}" for k, n in counts.items())
    if said:
        st.caption(f"So far: {said}.")
    if desk.run.consultation.statement:
        st.caption("Is this person for or against this?")
        safe.text(desk.run.consultation.statement)
    else:
        st.caption("Is this person for or against what is proposed?")
    if not picked:
        st.info("There is no reply left to read: everyone ticked a side or was read.")
        return
    texts = quality.words_of(desk.run)
    person = picked[0]
    unredacted.log("Teach", len(picked), ["position in doubt"], "position")
    with st.container(border=True):
        st.caption(safe.escaped(f"Respondent {person}"))
        safe.text(texts[person])
        for column, (value, name) in zip(st.columns(len(SIDES)), SIDES.items(), strict=True):
            pressed = column.button(
                name, key=f"side-{value}-{person}", disabled=not desk.who, width="stretch"
            )
            if pressed:
                desk.label("position", person, value, texts[person])
    st.caption(
        "Picked: at first a typical reply of each kind, then those that the labels so far leave "
        "most in doubt."
    )


def _tone(desk: _Desk) -> None:
    shown = quality.tones_to_read(desk.run, desk.labels)
    st.caption(
        "Passages whose tone the machine left unclear. Any other tone is corrected at its reply, "
        "under “Responses”."
    )
    if shown.empty:
        st.info("There is no passage left whose tone is unclear.")
        return
    for point in each(shown):
        with st.container(border=True):
            safe.text(point.text)
            for column, value in zip(st.columns(len(TONES)), TONES, strict=True):
                pressed = column.button(
                    TONE[value].removesuffix(" wording"), key=f"tone-{value}-{point.point_id}",
                    disabled=not desk.who, width="stretch",
                )  # fmt: skip
                if pressed:
                    where = int(point.start), int(point.end)
                    desk.label("tone", str(point.response_id), value, point.text, *where)


def _given(desk: _Desk) -> None:
    frame = quality.last_labels(desk.labels)
    if frame.empty:
        st.info("Nobody has labelled anything yet.")
        return
    names = {**POSITION, **TONE}
    for row in each(frame):
        words, button = st.columns([5, 1], vertical_alignment="center")
        value = SIDES[row.value] if row.measure == "position" else names[row.value]
        why = f" ({row.why})" if row.why else ""
        words.markdown(
            safe.escaped(f"{row.measure.capitalize()} of {row.about}: {value}, by {row.who}{why}")
        )
        key = f"back-{row.measure}-{row.about}-{row.start}"
        if button.button("Take back", key=key, disabled=not desk.who):
            desk.label(row.measure, row.about, "", "", int(row.start), int(row.end))


frame.page(show)
