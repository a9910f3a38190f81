"""Which language a reader of the public pages chose, and the switch between the two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import streamlit as st

from analysis.errors import FileError, HeardError
from analysis.export.few import BESIDE
from dashboard import words_public
from dashboard.words_public import NAMES, Language

CHOSEN = "public-language"  # in the session state; also ?lang= in the address


def chosen() -> Language:
    kept = st.query_params.get("lang", st.session_state.get(CHOSEN, "en"))
    return "cy" if kept == "cy" else "en"


def say(key: str, **values: object) -> str:
    """The words under `key` in the reader's language. Texts from outside must come escaped."""
    return words_public.words(key, chosen(), **values)


def said(english: str, start: str) -> str:
    """A sentence made elsewhere in English, in the reader's language where the table has it."""
    return words_public.told(english, start, chosen()) or english


def error(found: HeardError) -> str:
    """What went wrong, in the reader's language; in English always in its own words."""
    if chosen() == "en":
        return str(found)
    other = say("x_file" if isinstance(found, FileError) else "x_other")
    return words_public.told(str(found), "x_", chosen()) or other


def switch() -> None:
    """English or Welsh; a Welsh page says that nobody has checked its words."""
    languages: list[Language] = list(NAMES)
    picked = st.radio(
        "Language / Iaith", languages, index=languages.index(chosen()), key="language",
        format_func=NAMES.__getitem__, horizontal=True, label_visibility="collapsed",
    )  # fmt: skip
    changed = picked != chosen()
    st.session_state[CHOSEN] = picked  # links to other pages do not carry it
    if changed:
        st.query_params["lang"] = picked
        st.rerun()  # the menu stands above this switch
    if picked == "cy":
        st.caption(say("unchecked"))


def when(at: float) -> str:
    """A time (seconds since 1970) as a day, in words."""
    day = datetime.fromtimestamp(at)
    return f"{day.day} {say('months').split()[day.month - 1]} {day.year}"


def few(number: str) -> str:
    """A number of people as an edition keeps it; “fewer than 5” is said in the reader's words."""
    if number == BESIDE:
        return say("e_beside")
    hidden = number.removeprefix("fewer than ")
    return number if hidden == number else say("fewer", n=hidden)


def sides(told: Iterable[dict[str, str]]) -> str:
    """Of the people who wrote about a theme, how many ticked for and against; "" if none did."""
    parts = [f"{say('side_' + s['side'])}: {few(s['people'])}" for s in told]
    return say("e_sides", sides="; ".join(parts)) if parts else ""


def about(people: str, share: str, base: int) -> str:
    """How many people wrote about a theme, as an edition keeps it."""
    part = say("e_share", share=share, base=f"{base:,}") if share else ""
    said = say("e_about", people=few(people), share=part)
    return said[:1].upper() + said[1:]
