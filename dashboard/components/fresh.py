"""Boxes that follow what they stand for, when another person has changed it meanwhile.

A browser keeps the words by which an entry was chosen, and a text as it was first offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.components import safe

EARLIER = "-earlier"  # the end of the key under which it is kept how a box was drawn last


def words(key: str, names: Mapping[Any, str]) -> Callable[[Any], str]:
    """How the entries of the box `key` are shown; what is chosen gets its new name too."""
    chosen = st.session_state.get(key)
    if st.session_state.get(key + EARLIER, names) != names and _all_in(names, chosen):
        st.session_state[key] = chosen  # as if it were set here: then the browser is told
    st.session_state[key + EARLIER] = dict(names)
    return lambda entry: safe.option(names[entry])


def _all_in(names: Mapping[Any, str], chosen: Any) -> bool:
    return all(one in names for one in (chosen if isinstance(chosen, list) else [chosen]))


def offered(key: str, text: str) -> None:
    """Puts `text` into the text box `key`, unless somebody has typed another one there."""
    earlier = st.session_state.get(key + EARLIER, text)
    if key not in st.session_state or (earlier != text and st.session_state[key] == earlier):
        st.session_state[key] = text
    st.session_state[key + EARLIER] = text
