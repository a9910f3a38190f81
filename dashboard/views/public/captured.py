"""Was my view captured? A text, or a group's replies, beside a published edition, for everybody."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from analysis.capture.public import Compared, Group
from analysis.capture.submissions import LETTERS, TABLE, group
from dashboard import identity, session
from dashboard.captured import UNREAD, how_sure, told
from dashboard.components import beside, frame, safe, tell
from dashboard.components.language import about, say, sides
from dashboard.components.published import asked_or_told, link

FOUND = "captured"  # in the session state: where, text, what was found and number of the last check
MEGABYTES = 5  # of a file
STATUSES = ("captured", "partly", "missing", UNREAD)


def show() -> None:
    where = asked_or_told(say("c_title"))
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(say("c_title"))
    st.markdown(f"**{safe.escaped(edition['title'])}**")
    st.write(say("c_intro"))
    st.write(say("c_kept"))
    link("views/public/edition.py", say("link_report"), *where)
    texts = _texts()
    if texts:
        _check(where, texts)
    found = st.session_state.get(FOUND)
    if found is None or found[0] != where:
        return
    _, text, made, number = found
    _results(made, edition)
    tell.offer(where, text, made.points, number)


def _check(where: tuple[str, int], texts: list[str]) -> None:
    with st.spinner(say("c_wait")):
        made = session.store().compare_group(*where, texts, identity.source())
    last = st.session_state.get(FOUND)
    number = last[3] + 1 if last else 1
    st.session_state[FOUND] = (where, "\n\n".join(texts), made, number)
    tell.begin()


def _texts() -> list[str]:
    """What is to be checked now."""
    # no limit of letters here: the box would drop a longer text without a word
    pasted = st.text_area(say("c_text"), key="captured-text", height=160)
    with st.expander(say("c_file")):
        kinds = [kind.lstrip(".") for kind in (*LETTERS, TABLE)]
        file = st.file_uploader(
            say("c_letter"), type=kinds, key="captured-file", max_upload_size=MEGABYTES
        )
    if not st.button(say("c_check"), key="captured-check", type="primary"):
        return []
    if file is not None:
        return group(file.getvalue(), file.name)
    if not pasted.strip():
        st.info(say("c_paste"))
        return []
    return [pasted.strip()]


def _results(made: Group, edition: dict[str, Any]) -> None:
    st.header(say("c_found"))
    counts = Counter(map(told, made.points))
    for status in STATUSES:
        count = counts[status]
        if status == UNREAD and not count:
            continue
        words = say("c_of", word=say(f"is_{status}"), n=count, of=len(made.points))
        st.markdown(f"- {words}")
    beside.letters(made.whole, edition["counting"])
    if made.whole.submissions > 1:
        beside.shares(made.whole, edition["method"].get("captured"))
    for point in made.points:
        _point(point)
    st.caption(say("c_note"))


def _point(point: Compared) -> None:
    with st.container(border=True):
        left, right = st.columns(2)
        with left:
            st.caption(say("c_wrote"))
            safe.text(point.text)
            st.markdown(f"**{say(f'is_{told(point)}')}**")
            if point.theme_id and not point.opposed:
                st.caption(say(how_sure(point.status, point.likely)))
        with right:
            _beside(point)


def _beside(point: Compared) -> None:
    if point.language:
        st.write(say("c_language"))
        return
    if point.opposed:
        st.write(say("c_opposite"))
    elif point.status == "missing":
        st.write(say("c_not"))
    if not point.theme_id:
        st.write(say("c_no_theme"))
        return
    st.caption(say("c_closest"))
    st.markdown(f"**{safe.escaped(point.theme)}**")
    st.caption(say("c_question", text=safe.escaped(point.question)))
    st.write(about(point.people, point.share, point.base))
    if ticked := sides(point.sides):
        st.write(ticked)
    for quote in point.quotes:
        safe.text(f"“{quote}”")


frame.public(show)
