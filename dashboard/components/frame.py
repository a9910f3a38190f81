"""What stands around the content of every page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.errors import HeardError
from dashboard import session
from dashboard.words import SELF_SELECTING


def page(show: Callable[[], None]) -> None:
    """Show a page; an error that may be shown takes the place of its content, not of its frame."""
    try:
        show()
    except HeardError as error:
        session.shown_error(error)
    st.divider()
    st.caption(SELF_SELECTING)
