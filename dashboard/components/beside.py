"""A group's replies beside all replies, and letters that many sent, for the public."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.capture.compare import Comparison
from analysis.summarise.words import percent
from dashboard.components import safe
from dashboard.components.language import few, say


def letters(whole: Comparison, counting: str) -> None:
    """For whoever organised a letter: how many sent it, and how it was counted."""
    for found in whole.letters:
        with st.container(border=True):
            people = few(found.people)
            one = whole.submissions == 1
            st.write(say("g_letter", people=people) if one else
                     say("g_letters", n=found.submissions, people=people))  # fmt: skip
            if found.question:
                st.caption(say("c_question", text=safe.escaped(found.question)))
            if found.standard:
                st.write(say("g_kinds", standard=found.standard, edited=found.edited))
            st.write(say(f"count_{counting}"))


def shares(whole: Comparison, base: dict[str, Any] | None) -> None:
    """`base`: as the edition keeps it; None in editions of before there was one."""
    st.header(say("g_head"))
    rows = [
        (say("g_yours", n=whole.submissions, points=whole.points),
         *(percent(n, whole.points) for n in whole.places.values()))
    ]  # fmt: skip
    for row in base["rows"] if base else ():
        key = "g_group" if row["group"] else "g_all"
        name = say(key, group=row["group"], people=few(row["people"]))
        rows.append((name, row["summary"], row["themes"], row["nowhere"]))
    heads = [say(k) for k in ("g_whose", "g_summary", "g_themes", "g_nowhere")]
    safe.table(pd.DataFrame(rows, columns=heads), say("g_alt"))
    st.caption(say("g_note") if base else say("g_none"))
