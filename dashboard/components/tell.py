"""Telling the team that a published edition missed something, and where to read the answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.capture.public import Compared
from analysis.settings import PublicLimits
from dashboard import identity, session
from dashboard.captured import told
from dashboard.components import safe
from dashboard.components.language import say
from dashboard.components.published import address

ANSWER = "views/public/answer.py"
TOKEN = "challenge-token"  # in the session state: that of the last one sent
WHOLE = "whole"


def begin() -> None:
    """Another text is on the page: what was sent of the last one is over."""
    st.session_state.pop(TOKEN, None)


def offer(where: tuple[str, int], text: str, points: Sequence[Compared], number: int) -> None:
    """A form for a point that is missing, or for the whole text; `number` of the check."""
    st.header(say("t_head"))
    _receipt()
    missed = {str(n): p for n, p in enumerate(points) if p.status != "captured"}
    names = {n: f"{say(f'is_{told(p)}')}: {p.text}" for n, p in missed.items()}
    names[WHOLE] = say("t_whole")
    picked = st.selectbox(
        say("t_which"), list(names), format_func=lambda n: safe.option(names[n])[:120],
        key=f"challenge-which-{number}",
    )  # fmt: skip
    most = PublicLimits().challenge_longest
    body = st.text_area(
        say("t_text"),
        (missed[picked].text if picked in missed else text)[:most],
        key=f"challenge-text-{number}-{picked}", max_chars=most, height=120,
    )  # fmt: skip
    st.write(say("t_leave"))
    kept = st.checkbox(say("t_agree"), key=f"challenge-kept-{number}")
    if st.button(say("t_send"), key="challenge-send", disabled=not kept):
        _send(where, body, missed.get(picked))


def _send(where: tuple[str, int], body: str, point: Compared | None) -> None:
    status, theme = (point.status, point.theme_id) if point else (WHOLE, "")
    token = session.store().challenge(*where, body, status, theme, identity.source())
    st.session_state[TOKEN] = token
    st.rerun()


def _receipt() -> None:
    """Where the answer to what was sent will be."""
    token = st.session_state.get(TOKEN)
    if token is None:
        return
    st.success(say("t_thanks"))
    st.write(say("t_keep"))
    st.code(address("answer", code=token), language=None, wrap_lines=True)
    st.page_link(ANSWER, label=say("t_go"), query_params={"code": token})
