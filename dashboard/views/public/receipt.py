"""What became of my reply: for whoever has its reference number and its code."""

from __future__ import annotations

import streamlit as st

from analysis.capture.receipt import Answered, Part, Receipt
from dashboard import identity, session
from dashboard.components import frame, safe
from dashboard.components.language import few, say
from dashboard.components.published import asked_or_told, link


def show() -> None:
    where = asked_or_told(say("r_title"))
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(say("r_title"))
    st.markdown(f"**{safe.escaped(edition['title'])}**")
    st.write(say("r_intro"))
    reference = st.text_input(say("r_reference"), key="receipt-reference", max_chars=200)
    code = st.text_input(
        say("r_code"), key="receipt-code", max_chars=40, placeholder="ABCD-EFGH-IJKL"
    )
    link("views/public/edition.py", say("link_report"), *where)
    if st.button(say("r_show"), key="receipt-show", type="primary"):
        _receipt(_opened(where, reference, code), edition["counting"])


def _opened(where: tuple[str, int], reference: str, code: str) -> Receipt:
    with st.spinner(say("r_wait")):
        return session.store().receipt(*where, reference, code, identity.source())


def _receipt(receipt: Receipt, counting: str) -> None:
    st.header(say("r_yours"))
    if not receipt.answers:
        st.write(say(f"not_{receipt.status}"))
    for answer in receipt.answers:
        _answer(answer, counting)
    st.caption(say("r_hidden"))


def _answer(answer: Answered, counting: str) -> None:
    st.subheader(safe.escaped(answer.question))
    if answer.status != "analysed":
        safe.text(answer.text)
        st.write(say(f"not_{answer.status}"))
        return
    for part in answer.parts:
        _part(part, counting)


def _part(part: Part, counting: str) -> None:
    with st.container(border=True):
        safe.text(part.text)
        if part.theme:
            st.markdown(say("r_theme", theme=safe.escaped(part.theme)))
            _counted(part, counting)
        else:
            st.write(say("r_no_theme"))
        if part.quoted:
            st.write(say("r_quoted"))


def _counted(part: Part, counting: str) -> None:
    key = "r_in" if part.counted else "r_out" if counting == "all" else "r_letter"
    st.write(say(key, people=few(part.people)))


frame.public(show)
