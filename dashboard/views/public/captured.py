"""Was my view captured? A text beside a published edition, for everybody."""

from __future__ import annotations

import streamlit as st

from analysis.capture.public import Compared
from analysis.capture.submissions import LETTERS, letter
from analysis.settings import PublicLimits
from dashboard import session
from dashboard.components import frame, safe, tell
from dashboard.components.published import asked_or_told, link
from dashboard.words import CAPTURED

TITLE = "Was my view captured?"
FOUND = "captured"  # in the session state: where, text, points and number of the last check
MEGABYTES = 5  # of a letter


def show() -> None:
    where = asked_or_told(TITLE)
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(TITLE)
    st.markdown(f"**{safe.escaped(edition['title'])}**")
    st.write(
        "Did you write to us? Paste what you wrote. We put each part of it beside the report, so "
        "you can see if it is there."
    )
    st.write("We do not keep what you paste here, and we do not send it to anyone.")
    link("views/public/edition.py", "Read the report", *where)
    text = _text()
    if text:
        _check(where, text)
    found = st.session_state.get(FOUND)
    if found is None or found[0] != where:
        return
    _, text, points, number = found
    _results(points)
    tell.offer(where, text, points, number)


def _check(where: tuple[str, int], text: str) -> None:
    with st.spinner("Comparing with the report … The first time this can take minutes."):
        points = session.store().compare(*where, text)
    last = st.session_state.get(FOUND)
    st.session_state[FOUND] = (where, text, points, last[3] + 1 if last else 1)
    tell.begin()


def _text() -> str:
    """What is to be checked now."""
    most = PublicLimits().compared_longest
    pasted = st.text_area("Your text", key="captured-text", height=160, max_chars=most)
    with st.expander("Or choose a letter (TXT, DOCX or PDF)"):
        kinds = [kind.lstrip(".") for kind in LETTERS]
        file = st.file_uploader(
            "Letter", type=kinds, key="captured-file", max_upload_size=MEGABYTES
        )
    if not st.button("Check", key="captured-check", type="primary"):
        return ""
    if file is not None:
        return letter(file.getvalue(), file.name)
    if not pasted.strip():
        st.info("Please paste a text first.")
    return pasted.strip()


def _results(points: tuple[Compared, ...]) -> None:
    st.header("What we found")
    for status, word in CAPTURED.items():
        count = sum(p.status == status for p in points)
        st.markdown(f"- {word}: {count} of {len(points)}")
    for point in points:
        _point(point)
    st.caption(
        "A computer compares the words and what they mean. It is often right, and at times wrong. "
        "So please compare for yourself. It compares only with replies that may be shown. Replies "
        "of people who did not want that are in the numbers all the same."
    )


def _point(point: Compared) -> None:
    with st.container(border=True):
        left, right = st.columns(2)
        with left:
            st.caption("What you wrote")
            safe.text(point.text)
            st.markdown(f"**{CAPTURED[point.status]}**")
        with right:
            _beside(point)


def _beside(point: Compared) -> None:
    if point.status == "missing":
        st.write("We did not find this in the report.")
    if not point.theme_id:
        st.write("No theme in the report is close to it.")
        return
    st.caption("The closest in the report is this. Please compare.")
    st.markdown(f"**{safe.escaped(point.theme)}**")
    st.caption(safe.escaped(f"Question: {point.question}"))
    share = f" ({point.share} of {point.base:,})" if point.share else ""
    st.write(f"{point.people.capitalize()} people wrote about this{share}.")
    for quote in point.quotes:
        safe.text(f"“{quote}”")


frame.page(show)
