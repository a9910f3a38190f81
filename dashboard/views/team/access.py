"""Who is signed in, how to end it, and the log of what was done."""

from __future__ import annotations

import re
from datetime import datetime

import pandas as pd
import streamlit as st

from dashboard import identity, session
from dashboard.components import frame, safe

LINES = 100  # of the log that are shown
HASH = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")  # its beginning tells one from another


def _when(at: float) -> str:
    return f"{datetime.fromtimestamp(at):%d %B %Y, %H:%M}"


def show() -> None:
    st.title("Sign-ins and log")
    if identity.configured():
        _sign_ins()
    else:
        st.write("No sign-in is set up on this machine.")
    _log()


def _sign_ins() -> None:
    found = session.store().sign_ins()
    open_ = sorted({s.email for s in found if s.ended is None})
    rows = [(s.email, _when(s.started), _when(s.seen), "over" if s.ended else "") for s in found]
    table = pd.DataFrame(rows[:LINES], columns=["Who", "Signed in", "Last used", "State"])
    safe.table(table, "Sign-ins, the last used first")
    who = st.selectbox(
        "End all sign-ins of", open_, index=None, key="end-who", format_func=safe.option
    )
    if st.button("End them", key="end-sign-ins", disabled=who is None) and who:
        session.store().end_sign_ins(who, session.actor())
        st.rerun()


def _log() -> None:
    st.header("Log")
    wrong = session.store().verify_audit()
    if wrong is None:
        st.write("Every line is as it was written.")
    else:
        st.error(f"The log was changed: line {wrong} is not as it was written.")
    lines = session.store().audit()[::-1]
    rows = [
        (str(x.id), _when(x.at), x.who, x.action, x.consultation_id, HASH.sub(r"\1…", x.detail))
        for x in lines
    ]
    columns = ["Line", "When", "Who", "What", "Consultation", "Detail"]
    safe.table(pd.DataFrame(rows[:LINES], columns=columns), "The last lines of the log")
    if len(lines) > LINES:
        st.caption(f"The last {LINES} of {len(lines):,} lines.")


frame.page(show)
