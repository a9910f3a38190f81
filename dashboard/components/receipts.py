"""The codes with which respondents see what became of their replies, for the team to send."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.export.tables import download
from dashboard import session
from dashboard.components.download import button

READY = "receipts-ready"  # in the session state: of which consultation, and the file


def offer() -> None:
    st.header("Receipts for respondents")
    st.write(
        "Each respondent gets a code of their own. With it and their reference number they can see "
        "what became of their reply, once an edition is published. Send each code only to the "
        "person whose it is: whoever has both can read that reply. The codes stay the same."
    )
    entry = session.chosen()
    if entry is None:
        return
    if st.button("Make the codes", key="receipts-make"):
        made = session.store().receipts(entry.id, session.actor())
        frame = pd.DataFrame(made, columns=["respondent_id", "code"])
        st.session_state[READY] = (entry.id, download(frame))
    of, data = st.session_state.get(READY, ("", b""))
    if of == entry.id:
        button("Download receipts.csv", data, "receipts.csv", "text/csv", key="receipts-download")
