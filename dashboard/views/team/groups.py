"""Who says what: themes, position, tone and closed answers by any attribute."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.export.tables import download
from analysis.groups import NOT_ANSWERED
from analysis.ingest.scales import order
from analysis.records import POSITIONS, TONES, Question, Run, each
from analysis.summarise.words import percent
from dashboard import charts, results
from dashboard.components import frame, needs, safe
from dashboard.words import MEASURE, POSITION, TONE, TONE_NOTE

LOW_BASE = 30
STACKED_AT_MOST = 6
BARS = {"share": "Per cent within the group", "counts": "Numbers of people"}
APART = ("don't know", "don’t know", "no opinion", "not sure", "prefer not to say")


def show() -> None:
    st.title("Groups")
    run = needs.run()
    if run is None:
        return
    if not run.consultation.attributes:
        st.info("No column was marked as being about the respondent, so there are no groups.")
        return
    left, right = st.columns(2)
    measures = _measures(run)
    measure = left.selectbox(
        "What", measures, format_func=lambda m: MEASURE[m], key="groups-measure"
    )
    attribute = right.selectbox(
        "By", run.consultation.attributes, format_func=safe.option, key="groups-attribute"
    )
    question = _question(run, measure)
    if question is None:
        return
    if measure == "tone":
        st.caption(TONE_NOTE)
    frame = results.crosstab(run, question.id, measure, attribute, needs.counting(), _minimum(run))
    _chart(run, question, measure, attribute, frame)


def _measures(run: Run) -> list[str]:
    there = set(run.groups.crosstabs["measure"])
    return [m for m in MEASURE if m in there]


def _question(run: Run, measure: str) -> Question | None:
    if measure == "position":
        return results.question(run, run.consultation.position_question or "")
    kind = (
        run.consultation.closed_questions
        if measure == "closed"
        else run.consultation.open_questions
    )
    return needs.pick_question(kind, f"groups-question-{measure}")


def _minimum(run: Run) -> int:
    smallest = int(run.meta["settings"]["disclosure_min"])
    hide = st.toggle(
        f"Hide cells of fewer than {smallest} people, as in exports", key="groups-hide", value=True
    )
    return smallest if hide else 0


def _names(run: Run, measure: str, question: Question) -> dict[str, str]:
    if measure == "position":
        return {p: POSITION[p] for p in POSITIONS}
    if measure == "tone":
        return {t: TONE[t] for t in TONES}
    if measure == "theme":
        frame = results.themes(run, question.id).query("parent_id == ''")
        return dict(zip(frame["theme_id"], frame["name"], strict=True))
    extra = (NOT_ANSWERED,) if question.kind == "single" else ()
    return {v: v for v in (*question.options, *extra)}


def _chart(run: Run, question: Question, measure: str, attribute: str, frame: pd.DataFrame) -> None:
    names = _names(run, measure, question)
    if not names:
        st.info("There are no themes in this question.")
        return
    outside = _outside(measure, list(names))
    inside = [v for v in names if v not in outside]
    adds_up = measure in ("position", "tone") or question.kind == "single"
    if adds_up and len(inside) <= STACKED_AT_MOST:
        _stacked(frame, measure, attribute, names, outside)
    else:
        _one_value(frame, names, attribute)
    _table(frame, names, attribute)


def _outside(measure: str, values: Sequence[str]) -> list[str]:
    if measure == "position":
        return ["unclear", "not stated"]
    if measure == "tone":
        return ["unclear"]
    if measure == "closed":
        return [v for v in values if v == NOT_ANSWERED or v.lower().startswith(APART)]
    return []


def _stacked(
    frame: pd.DataFrame, measure: str, attribute: str, names: dict[str, str], outside: list[str]
) -> None:
    counts = st.segmented_control(
        "Bars show", list(BARS), default="share", required=True, key="groups-counts",
        format_func=lambda b: BARS[b],
    )  # fmt: skip
    known = {"position": charts.POSITION, "tone": charts.TONE}.get(measure)
    inside = [v for v in names if v not in outside]
    ordered = order(inside) is not None
    colour = charts.colours(inside, known, ordered) | dict.fromkeys(outside, charts.PALE)
    figure = charts.stacked(
        frame[frame["value"].isin(names)], list(names), names, colour, outside,
        counts=counts == "counts",
    )  # fmt: skip
    groups = frame["group"].nunique() - 1
    st.plotly_chart(
        figure, key="groups-chart", theme=None,
        alt=f"{MEASURE[measure]} by {attribute}: {groups} groups and everyone. "
        "The table below holds the same numbers.",
    )  # fmt: skip
    low = frame.loc[frame["base"] < LOW_BASE, "group"].unique()
    if len(low):
        st.caption(safe.escaped(f"Fewer than {LOW_BASE} people, read with care: {', '.join(low)}."))


def _one_value(frame: pd.DataFrame, names: dict[str, str], attribute: str) -> None:
    value = st.selectbox(
        "Which one", list(names), format_func=lambda v: safe.option(names[v]), key="groups-value"
    )
    own = frame[(frame["value"] == value) & frame["shown"]]
    absent = sorted(set(frame["group"]) - set(own["group"]))
    bars = own.assign(
        name=[f"{g} (n = {b:,})" for g, b in zip(own["group"], own["base"], strict=True)],
        n=own["n"].astype("int64"),
    )
    if bars.empty:
        st.info("Every group is too small to be shown.")
        return
    st.plotly_chart(
        charts.bars(bars), key="groups-chart", theme=None,
        alt=f"Share of each group of {attribute} with {names[value]}. "
        "The table below holds the same numbers.",
    )  # fmt: skip
    if absent:
        st.caption(safe.escaped(f"Too few people to be shown: {', '.join(absent)}."))
    st.caption(
        "Per cent of the people in the group. One person can be counted under several, so they "
        "can add up to more than 100 %."
    )


def _table(frame: pd.DataFrame, names: dict[str, str], attribute: str) -> None:
    own = frame[frame["value"].isin(names)]
    cells = [
        f"{int(r.n):,} ({percent(int(r.n), int(r.base))})" if r.shown else "hidden"
        for r in each(own)
    ]
    wide = own.assign(cell=cells).pivot(index="group", columns="value", values="cell")
    order = list(dict.fromkeys(own["group"]))
    wide = wide.loc[order, list(names)].rename(columns=names)
    base = own.drop_duplicates("group").set_index("group")["base"].loc[order]
    wide.insert(0, "Base", base.map("{:,}".format))
    table = wide.reset_index().rename(columns={"group": attribute})
    with st.expander("The same as a table"):
        safe.table(table, f"Counts and shares by {attribute}")
    if not own["shown"].all():
        st.caption("“hidden”: too few people, or it would give away a cell of too few.")
    st.download_button(
        "Download as CSV", download(own), "groups.csv", "text/csv", key="download-groups"
    )


frame.page(show)
