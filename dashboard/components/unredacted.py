"""Whoever sees texts as received leaves a line in the audit log: once per page opened and filter.

No text is shown where the line cannot be written.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.fingerprint import fingerprint
from dashboard import session

_SEEN = "unredacted-seen"  # in the session state: what was logged since the page was opened
_PAGE = "page-now"


def opened(page: str) -> None:
    """A page begins; coming back to one counts as another opening."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state[_SEEN] = set()


def log(page: str, answers: int, by: Sequence[str] = (), chosen: object = None) -> None:
    """About to show `answers` on `page`. by: the names of the filters, never what was typed.

    chosen: all that decides which answers these are; another choice is another look.
    """
    entry = session.chosen()
    if entry is None:
        return
    key = fingerprint(page, entry.id, chosen)
    seen = st.session_state.setdefault(_SEEN, set())
    if key not in seen:
        session.store().record_view(entry.id, session.actor(), page, answers, tuple(by))
        seen.add(key)
