"""Choose a consultation, or create one from files."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.access import may
from analysis.errors import HeardError
from analysis.ingest.unlock import unlock
from analysis.sample import ID as SAMPLE_ID
from analysis.settings import UPLOAD_TYPES
from analysis.store.deletion import Certificate
from analysis.store.store import Entry
from dashboard import session
from dashboard.components import frame
from dashboard.components.safe import escaped
from dashboard.words import INVENTED, JOB

DELETED = "deleted"  # in the session state: what the last deletion removed


def show() -> None:
    st.title("Consultations")
    _deleted()
    for entry in session.store().entries():
        _entry(entry)
    if may(session.actor(), "import"):
        st.subheader("New consultation")
        _upload()


def _state(entry: Entry) -> str:
    if entry.mapping is None:
        return "Columns not confirmed yet"
    job = session.store().latest_job(entry.id)
    if job is not None and job.state != "done":
        return JOB[job.state]
    return "Analysed" if session.store().latest_run(entry.id) else "Not analysed yet"


def _entry(entry: Entry) -> None:
    current = session.chosen()
    with st.container(border=True):
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(f"**{escaped(entry.title)}**")
        made = datetime.fromtimestamp(entry.created).strftime("%d %B %Y, %H:%M")
        files = ", ".join(f.name for f in entry.files)
        left.caption(escaped(f"{_state(entry)} · created {made} · {files}"))
        if entry.id == SAMPLE_ID:
            left.caption(INVENTED)
        if current is not None and current.id == entry.id:
            right.markdown("Open now")
        elif right.button("Open", key=f"open-{entry.id}", width="stretch"):
            session.choose(entry.id)
            st.rerun()
        if entry.id != SAMPLE_ID and may(session.actor(), "delete"):
            _delete(entry)


def _delete(entry: Entry) -> None:
    with st.popover("Delete", key=f"ask-delete-{entry.id}"):
        st.write(
            "This removes the uploaded files, every result, every decision and every job of this "
            "consultation from this machine. It cannot be undone. The lines of the audit log stay, "
            "and so do back-ups that were made before."
        )
        if not st.button("Delete it all", key=f"delete-{entry.id}"):
            return
        try:
            st.session_state[DELETED] = session.store().delete(entry.id, session.actor())
        except HeardError as error:
            session.shown_error(error)
            return
        session.choose(None)
        st.rerun()


def _deleted() -> None:
    """The record of what this person deleted last, to be kept where the department keeps such."""
    made: Certificate | None = st.session_state.get(DELETED)
    if made is None:
        return
    with st.container(border=True):
        st.write(
            f"Deleted, nothing is left: files {made.files:,}, rows {sum(made.rows.values()):,}. "
            "The lines of the audit log stay, and so do back-ups that were made before."
        )
        name = f"deletion-{made.consultation_id}.txt"
        st.download_button("Download the record of deletion", made.text(), name, key="deletion")


def _upload() -> None:
    st.write(
        "Upload what your survey tool exports (CSV, Excel, ODS, JSON, Parquet; one row per "
        "respondent), letters as DOCX or PDF (one file a reply), or e-mails as MBOX or EML. "
        "Several files become one consultation. Up to 200 MB a file. Nothing leaves this machine, "
        "and nothing is analysed before you have seen how the columns were understood. Files are "
        "kept until you delete "
        "the consultation."
    )
    title = st.text_input("Title", key="new-title", max_chars=200)
    files = st.file_uploader(
        "Files of responses", UPLOAD_TYPES, accept_multiple_files=True, key="new-files"
    )
    password = None
    if st.session_state.get("locked"):
        password = st.text_input(
            "Password of the workbook (used once, kept nowhere)", type="password", key="password"
        )
    if not st.button("Read the files", key="new-create", type="primary", disabled=not files):
        return
    try:
        contents = [(n, unlock(c, password)[0]) for n, c in session.uploaded(*files)]
        session.readable(contents)
        entry = session.store().create(title.strip() or contents[0][0], contents)
    except HeardError as error:
        st.session_state["locked"] = "password" in str(error)
        session.shown_error(error)
        if st.session_state["locked"] and password is None:
            st.button("Give the password", key="give-password")
        return
    st.session_state["locked"] = False
    session.choose(entry.id)
    st.switch_page("views/team/columns.py")


frame.page(show)
