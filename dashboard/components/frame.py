"""What stands around the content of every page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analysis.errors import HeardError, StoreAway
from dashboard import session
from dashboard.components import language, unredacted
from dashboard.words import SELF_SELECTING

FAULT = (
    "A fault in Heard stopped this page. What you uploaded and what was analysed is safe; the "
    "details are in the log of the server. Reload the page, or tell whoever runs Heard."
)


@dataclass(frozen=True)
class Said:
    """What a page says of itself, in the language of whoever reads it."""

    note: Callable[[], str]
    failed: Callable[[], str]
    error: Callable[[HeardError], str]
    again: Callable[[], str]


TEAM = Said(lambda: SELF_SELECTING, lambda: session.FAILED, str, lambda: "Look again")
PUBLIC = Said(
    lambda: language.say("self_selecting"), lambda: language.say("x_head"), language.error,
    lambda: language.say("x_again"),
)  # fmt: skip


def tell(error: HeardError, said: Said) -> None:
    """An error that may be shown; where it passes by itself, with a button to look again."""
    session.shown_error(error, said.failed(), said.error(error))
    if isinstance(error, StoreAway):
        st.button(said.again(), key="look-again")


def page(show: Callable[[], None], said: Said = TEAM) -> None:
    """Show a page; an error that may be shown takes the place of its content, not of its frame."""
    unredacted.opened(show.__code__.co_filename)
    try:
        show()
    except HeardError as error:
        tell(error, said)
    except Exception:
        logging.getLogger(__name__).exception("fault on a page")
        tell(HeardError(FAULT), said)
    st.divider()
    st.caption(said.note())


def public(show: Callable[[], None]) -> None:
    """A page for everybody, with the switch between English and Welsh."""
    language.switch()
    page(show, PUBLIC)
