"""Which language a reader of the public pages chose, and the switch between the two."""

from __future__ import annotations

import streamlit as st

from dashboard import words_public
from dashboard.words_public import NAMES, Language

CHOSEN = "public-language"  # in the session state; also ?lang= in the address


def chosen() -> Language:
    kept = st.session_state.get(CHOSEN, st.query_params.get("lang", "en"))
    return "cy" if kept == "cy" else "en"


def say(key: str, **values: object) -> str:
    """The words under `key` in the reader's language. Texts from outside must come escaped."""
    return words_public.words(key, chosen(), **values)


def switch() -> None:
    """English or Welsh; a Welsh page says that nobody has checked its words."""
    languages: list[Language] = list(NAMES)
    picked = st.radio(
        "Language / Iaith", languages, index=languages.index(chosen()), key="language",
        format_func=NAMES.__getitem__, horizontal=True, label_visibility="collapsed",
    )  # fmt: skip
    st.session_state[CHOSEN] = picked
    if picked == "cy":
        st.caption(say("unchecked"))
