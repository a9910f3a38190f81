"""What would be called missing today: to be mended before an edition is published."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.capture.uncovered import Loose, Uncovered, uncovered
from analysis.counting import Way
from analysis.records import Run
from dashboard import session
from dashboard.components import frame, needs, safe
from dashboard.results import question

PAGE = 10  # groups at a time


@st.cache_resource(show_spinner="Looking for what is left out …", max_entries=4)
def _found(
    _run: Run, run_id: str, home: str, consultation: str, attribute: str, way: Way
) -> Uncovered:
    return uncovered(_run, session.vectors(consultation), attribute, way)


def show() -> None:
    st.title("What is left out")
    run, entry = needs.run(), session.chosen()
    if run is None or entry is None:
        return
    st.write(
        "Whoever made one of these points would read “missing” under “Was my view captured?”. "
        "Points in no theme that say nearly the same stand together, those of the most people "
        "first. Make a theme of what belongs in the report, and count again."
    )
    names = list(run.consultation.attributes)
    attribute = (
        st.selectbox("By", names, format_func=safe.option, key="uncovered-by") if names else ""
    )
    home = str(session.store().home)
    found = _found(run, run.id, home, entry.id, attribute, needs.counting())
    _people(found, attribute)
    _loose(run, found)
    _unwritten(run, found)


def _people(found: Uncovered, attribute: str) -> None:
    st.header("Who")
    st.write(f"{found.points:,} of {found.of:,} points are in no theme.")
    rows = [
        (m.group or "All", f"{m.people:,}", f"{m.some:,}", f"{m.nothing:,}") for m in found.missed
    ]
    heads = ["Group", "People with points", "With a point in no theme", "With none in a theme"]
    safe.table(pd.DataFrame(rows, columns=heads), f"Who has points in no theme, by {attribute}")


def _loose(run: Run, found: Uncovered) -> None:
    st.header("Points in no theme")
    if not found.loose:
        st.write("Every point is in a theme.")
        return
    pages = -(-len(found.loose) // PAGE)
    page = st.number_input("Page", 1, pages, key="uncovered-page") if pages > 1 else 1
    for number in range((page - 1) * PAGE, min(page * PAGE, len(found.loose))):
        _group(run, number, found.loose[number])


def _group(run: Run, number: int, group: Loose) -> None:
    with st.container(border=True):
        people = "1 person" if group.people == 1 else f"{group.people:,} people"
        points = "1 point" if group.points == 1 else f"{group.points:,} points"
        st.markdown(f"**{people}**, {points}")
        st.caption(safe.escaped(needs.shortened(question(run, group.question_id).text)))
        safe.text(f"“{group.example}”")
        if st.button("Make a theme of it", key=f"uncovered-{number}"):
            st.session_state["review-question"] = group.question_id
            st.session_state["new-asked"] = group.example
            st.switch_page("views/team/review.py")


def _unwritten(run: Run, found: Uncovered) -> None:
    st.header("Themes that the summary does not write about")
    if not found.unwritten:
        st.write("None.")
        return
    st.caption(
        "They are counted and listed by name. Merge one with a larger theme, or rename it, under "
        "“Review themes” where it should be read with it."
    )
    rows = [
        (t.name, f"{t.people:,}", needs.shortened(question(run, t.question_id).text))
        for t in found.unwritten
    ]
    table = pd.DataFrame(rows, columns=["Theme", "People", "Question"])
    safe.table(table, "Themes that are not in the summary, with people")


frame.page(show)
