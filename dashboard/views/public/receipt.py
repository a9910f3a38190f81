"""What became of my reply: for whoever has its reference number and its code."""

from __future__ import annotations

import time

import streamlit as st

from analysis.capture.receipt import Answered, Part, Receipt, ReceiptError
from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.published import asked_or_told, link
from dashboard.words import NOT_READ

TITLE = "What became of my reply"
TRIED = "receipts-tried"  # in the session state: when this browser session tried a wrong code


def show() -> None:
    where = asked_or_told(TITLE)
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(TITLE)
    st.markdown(f"**{safe.escaped(edition['title'])}**")
    st.write("You need two things that you were sent: your reference number, and your code.")
    reference = st.text_input("Reference number", key="receipt-reference", max_chars=200)
    code = st.text_input("Code", key="receipt-code", max_chars=40, placeholder="ABCD-EFGH-IJKL")
    link("views/public/edition.py", "Read the report", *where)
    if st.button("Show my reply", key="receipt-show", type="primary"):
        _receipt(_opened(where, reference, code), edition["counting"])


def _opened(where: tuple[str, int], reference: str, code: str) -> Receipt:
    tried = st.session_state.setdefault(TRIED, [])
    try:
        with st.spinner("Looking for your reply …"):
            return session.store().receipt(*where, reference, code, tuple(tried))
    except ReceiptError:
        tried.append(time.time())
        raise


def _receipt(receipt: Receipt, counting: str) -> None:
    st.header("Your reply")
    if not receipt.answers:
        st.write(NOT_READ[receipt.status])
    for answer in receipt.answers:
        _answer(answer, counting)
    st.caption("Names, addresses and phone numbers are hidden here, as they are in the report.")


def _answer(answer: Answered, counting: str) -> None:
    st.subheader(safe.escaped(answer.question))
    if answer.status != "analysed":
        safe.text(answer.text)
        st.write(NOT_READ[answer.status])
        return
    for part in answer.parts:
        _part(part, counting)


def _part(part: Part, counting: str) -> None:
    with st.container(border=True):
        safe.text(part.text)
        if part.theme:
            st.markdown(f"It went to the theme **{safe.escaped(part.theme)}**.")
            _counted(part, counting)
        else:
            st.write("It is in no theme that the report names.")
        if part.quoted:
            st.write("The report quotes these words, or some of them.")


def _counted(part: Part, counting: str) -> None:
    people = f"{part.people} people wrote about this"
    if part.counted:
        st.write(f"The report says: {people}. You are one of them.")
    elif counting == "all":
        st.write(f"The report says: {people}. You are not in that number.")
    else:
        st.write(
            f"The report says: {people}. You are not in that number, because of how letters that "
            "many people sent are counted."
        )


frame.page(show)
