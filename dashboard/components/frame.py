"""What stands around the content of every page."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from analysis.errors import HeardError, StoreAway
from dashboard import session
from dashboard.components import language, unredacted
from dashboard.words import SELF_SELECTING

FAULT = (
    "A fault in Heard stopped this page. What you uploaded and what was analysed is safe; the "
    "details are in the log of the server. Reload the page, or tell whoever runs Heard."
)


def page(show: Callable[[], None], note: Callable[[], str] | None = None) -> None:
    """Show a page; an error that may be shown takes the place of its content, not of its frame."""
    unredacted.opened(show.__code__.co_filename)
    try:
        show()
    except StoreAway as error:
        session.shown_error(error)
        st.button("Look again", key="look-again")
    except HeardError as error:
        session.shown_error(error)
    except Exception:
        logging.getLogger(__name__).exception("fault on a page")
        session.shown_error(HeardError(FAULT))
    st.divider()
    st.caption(SELF_SELECTING if note is None else note())


def public(show: Callable[[], None]) -> None:
    """A page for everybody, with the switch between English and Welsh."""
    language.switch()
    page(show, lambda: language.say("self_selecting"))
