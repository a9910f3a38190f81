"""A code frame for a question: choose a file, see what it says, take it away again."""

from __future__ import annotations

import streamlit as st

from analysis.export.tables import download
from analysis.records import Consultation, Run
from analysis.settings import UPLOAD_TYPES
from analysis.store.store import Entry
from analysis.themes.frame import NAME, PARENT, CodeFrame, frame_table, read_frame
from dashboard import session
from dashboard.components import needs, safe
from dashboard.components.download import button


def choose(entry: Entry, consultation: Consultation) -> None:
    """The team's code frames: the answers to a question are placed in themes that people wrote."""
    st.subheader("Code frames")
    st.write(
        "Themes can be given instead of found: the code frame of an earlier consultation, or one "
        "that the team wrote. Each answer goes to the theme that it is nearest to, or to none; a "
        "subject that enough people raise and that no theme covers is added as a new one."
    )
    frames = session.store().frames(entry.id)
    for question in consultation.open_questions:
        own = frames.get(question.id)
        if own is not None:
            _kept(entry, question.id, question.text, own)
    with st.expander("Use a code frame"):
        asked = needs.pick_question(consultation.open_questions, "frame-question")
        if asked is None:
            return
        st.caption(
            "A table (CSV or XLSX) with a row for each theme and the columns theme, part of, "
            "definition, example 1, example 2 … The more examples, the better."
        )
        file = st.file_uploader("Code frame", UPLOAD_TYPES, key="frame-file")
        if st.button("Use it", key="frame-use", disabled=file is None) and file is not None:
            ((name, content),) = session.uploaded(file)
            found = read_frame(content, name)
            session.store().set_frame(entry.id, asked.id, found, session.actor().who)
            st.rerun()


def _kept(entry: Entry, question_id: str, text: str, frame: CodeFrame) -> None:
    with st.container(border=True):
        st.markdown(safe.escaped(f"{needs.shortened(text)}: {frame.title}"))
        tops = frame.codes[frame.codes[PARENT] == ""]
        said = f"{len(frame.codes):,} themes with {len(frame.examples):,} examples: "
        st.caption(safe.escaped(said + "; ".join(tops[NAME])))
        if st.button("Take it away", key=f"frame-remove-{question_id}"):
            session.store().set_frame(entry.id, question_id, None, session.actor().who)
            st.rerun()


def offer(run: Run, question_id: str) -> None:
    """The themes of a question, to be used again in another consultation."""
    people = run.consultation.respondents
    refused = people.loc[people["permission"] == "no", "respondent_id"]
    answers = run.prepared.responses
    out = answers.loc[answers["respondent_id"].isin(refused), "response_id"]
    table = frame_table(run.themes, run.points.points, question_id, set(out))
    button(
        "Download these themes as a code frame (CSV)", download(table), "code-frame.csv",
        "text/csv", key=f"frame-download-{question_id}",
    )  # fmt: skip
    st.caption(
        "With their definitions and the passages that fit them best, personal details hidden, "
        "and none of a person who did not allow publication. It can be used in another "
        "consultation, under “Analysis”."
    )
