"""Who is signed in, in the sidebar; and how to sign in and out."""

from __future__ import annotations

import streamlit as st

from analysis.access import NAMES, Actor
from dashboard import identity, session
from dashboard.components.language import say
from dashboard.components.safe import escaped

ONE_USER = (
    "One user, on this machine only: no sign-in is set up. Whoever opens it may do everything."
)
CLOSED = (
    "No sign-in is set up, and Heard is reached over a network: only what is published is shown."
)


def show(actor: Actor) -> None:
    if not identity.configured():
        st.info(ONE_USER if actor.role == "admin" else CLOSED, icon=":material/lock:")
        return
    if not actor.named:
        if identity.ended():
            st.info(say("sign_over"))
        if st.button(say("sign_in"), key="sign-in"):
            st.login()
        return
    st.markdown(f"**{escaped(actor.name)}**")
    st.caption(escaped(f"{NAMES[actor.role]} · {actor.email}"))
    left, right = st.columns(2)
    if left.button("Sign out", key="sign-out"):
        identity.sign_out(session.store(), actor)
    if actor.role != "public" and right.button(
        "Everywhere", key="sign-out-everywhere", help="Ends every sign-in of yours, on all devices"
    ):
        session.store().end_own_sign_ins(actor)
        st.logout()
