"""Who says what: one question at a time, in the view that fits it."""

from __future__ import annotations

import streamlit as st

from analysis.settings import SMALL_NUMBERS
from dashboard import group_results
from dashboard.components import frame, needs
from dashboard.components.groups import one, others
from dashboard.components.groups.shared import Look, pick_picture
from dashboard.words import SMALL_NUMBERS_RULE

VIEWS = {
    "one": ("One question by group", one.show),
    "themes": ("Themes by group", others.themes),
    "position": ("Position by theme", others.position),
    "time": ("Tone over time", others.time),
    "alike": ("Questions with the same answers", others.alike),
    "differences": ("Clear differences between groups", others.differences),
}


def show() -> None:
    st.title("Groups")
    run = needs.run()
    if run is None:
        return
    views = VIEWS
    if not run.consultation.attributes:
        st.info("No column was marked as being about the respondent: these are everyone’s answers.")
        views = {"one": VIEWS["one"]}
    left, right = st.columns(2)
    view = left.selectbox("Show", list(views), format_func=lambda v: VIEWS[v][0], key="groups-view")
    rule = right.selectbox(
        "Small numbers", list(SMALL_NUMBERS), format_func=lambda r: SMALL_NUMBERS_RULE[r],
        key="groups-rule",
    )  # fmt: skip
    way = group_results.public_way(needs.counting(), rule)
    if way != needs.counting():
        st.caption("The published view counts every copy of a campaign letter.")
    VIEWS[view][1](Look(run, rule, way))
    pick_picture()


frame.page(show)
