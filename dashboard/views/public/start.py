"""What may be read: every published edition, and for those who may, every checked one."""

from __future__ import annotations

import streamlit as st

from analysis.access import may
from dashboard import session
from dashboard.components import frame
from dashboard.components.language import say, when
from dashboard.components.published import day, link
from dashboard.components.safe import escaped

PAGE = "views/public/edition.py"
BRIEF = "views/minister/brief.py"


def show() -> None:
    st.title(say("s_title"))
    st.write(say("s_intro"))
    found = session.store().published()
    if not found:
        st.info(say("s_none"))
    latest: set[str] = set()
    for consultation, number, title, at in found:
        if consultation in latest:
            continue
        latest.add(consultation)
        with st.container(border=True):
            st.markdown(f"**{escaped(title)}**")
            st.caption(say("s_day", day=when(at)))
            link(PAGE, say("s_read"), consultation, number)
    if may(session.actor(), "read checked"):
        _checked()


def _checked() -> None:
    st.header("Editions for you")
    editions = session.store().editions()
    if not editions:
        st.write("No edition has been checked yet.")
    for edition in editions:
        with st.container(border=True):
            st.markdown(f"**{escaped(edition.title)}**")
            st.caption(f"Edition {edition.number} · {edition.state} · made {day(edition.created)}")
            link(BRIEF, "Open the brief", edition.consultation_id, edition.number)


frame.public(show)
