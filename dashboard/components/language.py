"""Which language a reader of the public pages chose, and the switch between the two."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import words_public
from dashboard.words_public import NAMES, Language

CHOSEN = "public-language"  # in the session state; also ?lang= in the address


def chosen() -> Language:
    kept = st.query_params.get("lang", st.session_state.get(CHOSEN, "en"))
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
    if picked != chosen():
        st.query_params["lang"] = picked
    st.session_state[CHOSEN] = picked  # links to other pages do not carry it
    if picked == "cy":
        st.caption(say("unchecked"))


def when(at: float) -> str:
    """A time (seconds since 1970) as a day, in words."""
    day = datetime.fromtimestamp(at)
    return f"{day.day} {say('months').split()[day.month - 1]} {day.year}"


def few(number: str) -> str:
    """A number of people as an edition keeps it; “fewer than 5” is said in the reader's words."""
    hidden = number.removeprefix("fewer than ")
    return number if hidden == number else say("fewer", n=hidden)


def about(people: str, share: str, base: int) -> str:
    """How many people wrote about a theme, as an edition keeps it."""
    part = say("e_share", share=share, base=f"{base:,}") if share else ""
    said = say("e_about", people=few(people), share=part)
    return said[:1].upper() + said[1:]
