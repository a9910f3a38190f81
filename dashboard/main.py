"""Heard's dashboard: which pages there are, and the sidebar beside them."""

from __future__ import annotations

import streamlit as st

from analysis.errors import HeardError
from analysis.jobs.queue import ensure_worker
from analysis.sample import ID as SAMPLE
from analysis.sample import ensure_sample
from dashboard import session
from dashboard.components.safe import escaped
from dashboard.words import INVENTED

# section → title, address, file
PAGES = {
    "Consultation": [
        ("Consultations", "consultations", "views/team/consultations.py"),
        ("Columns", "columns", "views/team/columns.py"),
        ("Analysis", "analysis", "views/team/run.py"),
    ],
    "Results": [
        ("Overview", "overview", "views/team/overview.py"),
        ("Themes", "themes", "views/team/themes.py"),
        ("Responses", "responses", "views/team/responses.py"),
        ("Groups", "groups", "views/team/groups.py"),
        ("Who replied", "who", "views/team/who.py"),
        ("Was my view captured?", "capture", "views/team/capture.py"),
        ("Personal data", "privacy", "views/team/privacy.py"),
        ("Ask", "ask", "views/team/ask.py"),
        ("Exports", "exports", "views/team/exports.py"),
        ("Quality", "quality", "views/team/quality.py"),
        ("Teach", "teach", "views/team/teach.py"),
        ("Method", "method", "views/team/method.py"),
    ],
}
FIRST = "overview"


@st.cache_resource(show_spinner=False)
def _prepare_store(home: str) -> None:
    """The sample is there from the start, and a worker to analyse it; once per `home`."""
    if ensure_sample(session.store()):
        ensure_worker(session.store())


def _sidebar() -> None:
    entry = session.chosen()
    if entry is None:
        return
    with st.sidebar:
        st.caption("Consultation")
        st.markdown(f"**{escaped(entry.title)}**")
        if entry.id == SAMPLE:
            st.caption(INVENTED)


def main() -> None:
    st.set_page_config(page_title="Heard", layout="wide", initial_sidebar_state="auto")
    pages = {
        section: [
            st.Page(file, title=title, url_path=path, default=path == FIRST)
            for title, path, file in entries
        ]
        for section, entries in PAGES.items()
    }
    page = st.navigation(pages)
    try:
        _prepare_store(str(session.store().home))
        _sidebar()
    except HeardError as error:
        session.shown_error(error)
        return
    page.run()


main()
