"""What the team answers to somebody who said that something was missed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.language import say, when
from dashboard.components.published import link

EDITION = "views/public/edition.py"


def show() -> None:
    st.title(say("a_title"))
    code = st.query_params.get("code", "")
    if not code:
        st.write(say("a_intro"))
        code = st.text_input(say("a_code"), key="answer-code")
    if not code.strip():
        return
    told = session.store().answer_to(code)
    st.caption(say("a_sent", day=when(told["created"]), n=told["number"]))
    st.markdown(f"**{say('a_told')}**")
    safe.text(told["text"])
    if not told["answers"]:
        st.info(say("a_wait"))
    for answer in told["answers"]:
        _answer(told["consultation"], answer)
    link(EDITION, say("link_report"), told["consultation"], told["number"])


def _answer(consultation: str, answer: dict[str, Any]) -> None:
    with st.container(border=True):
        st.markdown(f"**{say('answered_' + answer['kind'])}**")
        safe.text(answer["text"])
        st.caption(say("a_team", day=when(answer["at"])))
        if not answer["edition"]:
            return
        if answer["readable"]:
            link(EDITION, say("a_see", n=answer["edition"]), consultation, answer["edition"])
        else:
            st.caption(say("a_later", n=answer["edition"]))


frame.public(show)
