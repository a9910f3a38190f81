"""Who decides, and why: as signed in, else typed once a session; kept with each decision."""

from __future__ import annotations

import streamlit as st

from analysis.access import Actor
from dashboard import session
from dashboard.components.safe import escaped

NAME = "reviewer"  # in the session state


def reviewer(key: str, doing: str, *, reason: bool = True) -> tuple[str, str]:
    """(name, reason), both trimmed; says that a name is needed for `doing` while there is none.

    Without `reason` only the name is asked for.
    """
    actor = session.actor()
    if actor.named:
        why = _why("Reason (optional, kept)", key) if reason else ""
        st.caption(
            escaped(f"Your decisions are kept under your name: {actor.name}, {actor.email}.")
        )
        return actor.who, why
    left, right = st.columns(2)
    with left:
        who = st.text_input(
            "Your name, kept with each decision (nobody verifies it)",
            st.session_state.get(NAME, ""), key=f"{key}-name", max_chars=100,
        )  # fmt: skip
    with right:
        why = _why("Reason (optional, kept too)", key) if reason else ""
    st.session_state[NAME] = who.strip()
    if not who.strip():
        st.info(f"Type your name to {doing}.")
    return Actor(who.strip(), actor.role).who, why


def _why(label: str, key: str) -> str:
    return st.text_input(label, key=f"{key}-why", max_chars=500).strip()


def signing(key: str, doing: str) -> Actor:
    """Who acts: as signed in, else under the name that was typed ("" while there is none)."""
    actor = session.actor()
    if actor.named:
        return actor
    reviewer(key, doing, reason=False)
    return Actor(st.session_state[NAME], actor.role)
