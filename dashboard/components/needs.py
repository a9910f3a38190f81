"""What a page needs before it can show anything: a consultation, a finished run, a question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.counting import Way, ways
from analysis.records import Question, Run
from analysis.store.store import Entry
from dashboard import session
from dashboard.components.safe import escaped, option
from dashboard.words import COUNTING, COUNTING_NOTE, INVENTED

ENDS = (45, 65)  # letters kept of a long question, at its beginning and its end


def consultation() -> Entry | None:
    entry = session.chosen()
    if entry is None:
        st.info("There is no consultation yet. Upload a file under “Consultations”.")
    return entry


def run() -> Run | None:
    """The chosen consultation's latest results, under their heading; else says what to do."""
    entry = consultation()
    if entry is None:
        return None
    found = session.latest_run(entry)
    if found is None:
        job = session.store().latest_job(entry.id)
        if entry.mapping is None:
            st.info("The columns of this consultation are not confirmed yet: see “Columns”.")
        elif job is not None and job.active:
            st.info("The analysis is under way: see “Analysis” for its progress.")
        else:
            st.info("This consultation has not been analysed yet: start it under “Analysis”.")
        return None
    if found.consultation.invented:
        st.caption(INVENTED)
    _pick_counting(found)
    return found


def _pick_counting(run: Run) -> None:
    """The one switch for how campaign letters count, on every page of results."""
    offered = ways(run.prepared)
    if len(offered) == 1:
        return
    with st.sidebar:
        st.selectbox(
            "Campaign letters", offered, key="counting", persist_state="session",
            format_func=lambda w: COUNTING[w],
        )  # fmt: skip
    if COUNTING_NOTE[counting()]:
        st.caption(COUNTING_NOTE[counting()])


def counting() -> Way:
    way: Way = st.session_state.get("counting", "all")
    return way


def pick_question(questions: Sequence[Question], key: str) -> Question | None:
    if not questions:
        st.info("This consultation has no question of this kind.")
        return None
    names = {q.id: f"{n}. {shortened(q.text)}" for n, q in enumerate(questions, 1)}
    chosen = st.selectbox("Question", list(names), format_func=lambda q: option(names[q]), key=key)
    found = next(q for q in questions if q.id == chosen)
    if shortened(found.text) != found.text:
        st.caption(escaped(found.text))
    return found


def shortened(text: str) -> str:
    """Beginning and end of a long question: in a grid only the end tells the rows apart."""
    return text if len(text) <= sum(ENDS) + 3 else f"{text[: ENDS[0]]} … {text[-ENDS[1] :]}"
