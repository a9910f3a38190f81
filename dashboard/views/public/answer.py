"""What the team answers to somebody who said that something was missed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.published import day, link
from dashboard.words import ANSWERED

EDITION = "views/public/edition.py"


def show() -> None:
    st.title("Answer from the team")
    code = st.query_params.get("code", "")
    if not code:
        st.write("Did you tell us that we missed something? Then you were given an address.")
        code = st.text_input("The code at the end of that address", key="answer-code")
    if not code.strip():
        return
    told = session.store().answer_to(code)
    st.caption(f"Sent on {day(told['created'])}, about edition {told['number']}.")
    st.markdown("**You told us:**")
    safe.text(told["text"])
    if not told["answers"]:
        st.info("There is no answer yet. Please come back to this page later.")
    for answer in told["answers"]:
        _answer(told["consultation"], answer)
    link(EDITION, "Read the report", told["consultation"], told["number"])


def _answer(consultation: str, answer: dict[str, Any]) -> None:
    with st.container(border=True):
        st.markdown(f"**{ANSWERED[answer['kind']]}**")
        safe.text(answer["text"])
        st.caption(f"The team, {day(answer['at'])}")
        if not answer["edition"]:
            return
        if answer["readable"]:
            link(EDITION, f"See edition {answer['edition']}", consultation, answer["edition"])
        else:
            st.caption(f"It will be in edition {answer['edition']}, once that is published.")


frame.page(show)
