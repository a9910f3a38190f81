"""People correct the themes: every decision is kept, shown with who made it, and can be undone."""

from __future__ import annotations

import streamlit as st

from analysis.jobs.queue import start
from analysis.records import each
from analysis.summarise.words import decisions
from dashboard import reviewing, session
from dashboard.components import decide, frame, frames, fresh, needs, proposals, safe
from dashboard.components.published import day
from dashboard.components.reviewer import reviewer
from dashboard.reviewing import Desk

WHAT = {
    "Name": decide.name,
    "Merge": decide.merge,
    "Split": decide.split,
    "Passages": decide.members,
    "Check, hide, note": decide.visibility,
}


def show() -> None:
    st.title("Review themes")
    run, entry = needs.run(), session.chosen()
    if run is None or entry is None:
        return
    st.write(
        "The machine proposes themes; here people correct them. Nothing is overwritten: each "
        "decision is kept with who made it and can be taken back."
    )
    who, why = reviewer("review", "decide")
    desk = reviewing.desk(run, entry.id, who, why)
    if problem := reviewing.said():
        st.warning(safe.escaped(problem))
    _news(desk)
    _recount(desk)
    _not_carried(desk)
    question = needs.pick_question(run.consultation.open_questions, "review-question")
    if question is not None:
        _question(desk, question.id)
    _history(desk)
    reviewing.shown(desk)


def _news(desk: Desk) -> None:
    lines = reviewing.news(desk)
    if not lines:
        return
    with st.container(border=True):
        st.markdown("**Changed by others while you are here**")
        for line in lines:
            st.markdown(f"- {safe.escaped(line)}")
        st.button("Seen", key="news-seen", on_click=reviewing.put_away, args=[desk.consultation_id])


def _recount(desk: Desk) -> None:
    waiting = desk.waiting()
    if not waiting:
        return
    job = session.store().latest_job(desk.consultation_id)
    if job is not None and job.active:
        st.info("The analysis is under way: see “Analysis” for its progress.")
        return
    with st.container(border=True):
        st.markdown(f"**Not in the results yet: {decisions(waiting)}**")
        st.caption("This page shows them already; charts, summaries and exports do not.")
        if st.button("Count again with these decisions", key="recount", type="primary"):
            start(session.store(), desk.consultation_id, session.actor())
            st.rerun()


def _not_carried(desk: Desk) -> None:
    rest = reviewing.not_carried(desk)
    if rest.empty:
        return
    with st.container(border=True):
        st.markdown("**Decisions that could not be carried out**")
        st.caption("The themes have changed since. Decide again, or take the decision back.")
        for row in each(rest):
            words, button = st.columns([5, 1], vertical_alignment="center")
            words.markdown(safe.escaped(f"{row.what}: {row.reason}."))
            if button.button("Take back", key=f"lost-{row.id}", disabled=not desk.who):
                _undo(desk, row.id)


def _undo(desk: Desk, edit_id: str) -> None:
    edit = next(e for e in desk.edits if e.id == edit_id)
    desk.decide("undo", edit.question_id, edit.themes, edit=edit_id)


def _question(desk: Desk, question_id: str) -> None:
    themes = desk.of(question_id)
    if themes.empty:
        st.info("The answers to this question are too few or too different to be grouped.")
    else:
        safe.table(reviewing.table(themes), "Themes with people, passages, state and notes")
        proposals.show(desk, question_id)
        names = {r.theme_id: f"{'– ' if r.parent_id else ''}{r.name} ({r.people:,})"
                 for r in each(themes)}  # fmt: skip
        key = f"theme-{question_id}"
        theme = st.selectbox(
            "Theme to decide on", list(names), format_func=fresh.words(key, names), key=key
        )
        row = next(each(themes[themes["theme_id"] == theme]))
        what = st.radio("What to decide", list(WHAT), horizontal=True, key="review-what")
        WHAT[what](desk, row)
    with st.expander("A theme that is missing", expanded=bool(st.session_state.get("new-asked"))):
        decide.new(desk, question_id)
    frames.offer(desk.run, question_id)


def _history(desk: Desk) -> None:
    st.header("Decisions so far")
    made = reviewing.history(desk)
    if made.empty:
        st.write("None yet.")
    for row in each(made):
        words, button = st.columns([5, 1], vertical_alignment="center")
        why = f" ({row.why})" if row.why else ""
        gone = "" if row.counts or row.undo else " Taken back."
        words.markdown(safe.escaped(f"{day(row.when)}: {row.who} {row.what}{why}.{gone}"))
        if row.counts and button.button("Undo", key=f"undo-{row.id}", disabled=not desk.who):
            _undo(desk, row.id)


frame.page(show)
