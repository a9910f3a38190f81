"""One question by one attribute, or two crossed, for everyone or for those in a filter."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.crossing import JOINED, Ask, people_in
from analysis.groups import EVERYONE
from analysis.ingest.scales import order
from analysis.records import Question, Run
from dashboard import charts, findings, group_results, results
from dashboard.components import fresh, needs, safe
from dashboard.components.groups.shared import (
    Look,
    names_of,
    notes,
    outside,
    plot,
    split_hidden,
    table,
)  # fmt: skip
from dashboard.words import MEASURE, TONE_NOTE

STACKED_AT_MOST = 6
NONE = ""
BARS = {"share": "Per cent within the group", "counts": "Numbers of people"}


def show(look: Look) -> None:
    run = look.run
    left, right = st.columns(2)
    there = set(run.groups.crosstabs["measure"])
    measure = left.selectbox(
        "What", [m for m in MEASURE if m in there], format_func=lambda m: MEASURE[m],
        key="groups-measure",
    )  # fmt: skip
    attribute = NONE
    if run.consultation.attributes:
        attribute = right.selectbox(
            "By", run.consultation.attributes, format_func=safe.option, key="groups-attribute"
        )
    question = _question(run, measure)
    if question is None:
        return
    if measure == "tone":
        st.caption(TONE_NOTE)
    wanted = _wanted(look, question.id, measure, attribute)
    frame = group_results.crosstab(run, wanted, look.way, look.rule)
    names = names_of(run, measure, question)
    if not names:
        st.info("There are no themes in this question.")
        return
    if frame.empty:
        st.info("Nobody is in all of these groups.")
        return
    by = JOINED.join(wanted.by) or "Group"
    apart = outside(measure, list(names))
    inside = [v for v in names if v not in apart]
    adds_up = measure in ("position", "tone") or question.kind == "single"
    if adds_up and len(inside) <= STACKED_AT_MOST:
        _stacked(frame, measure, by, names, apart)
    elif not wanted.by:
        _all_values(frame, names)
    else:
        _one_value(frame, names, by)
    notes(look, frame, people_in(run, wanted.where))
    table(frame, names, by, adds_up, "one")


def _wanted(look: Look, question_id: str, measure: str, attribute: str) -> Ask:
    """The table that is asked for; crossing and filters are the team's alone."""
    by: tuple[str, ...] = (attribute,) if attribute else ()
    if look.rule != "none":
        st.caption("The published view has one attribute at a time, and no filters.")
        return Ask(question_id, measure, by)
    others = [a for a in look.run.consultation.attributes if a != attribute]
    where: tuple[tuple[str, str], ...] = ()
    if others:
        with st.expander("Cross with another attribute, or filter"):
            second = st.selectbox(
                "Crossed with", [NONE, *others], key="groups-second",
                format_func=lambda a: safe.option(a) if a else "Nothing",
            )  # fmt: skip
            by = (attribute, second) if second else by
            for name in [a for a in others if a != second]:
                picked = st.selectbox(
                    safe.escaped(f"Only: {name}"), [NONE, *results.groups(look.run, name)],
                    format_func=lambda g: safe.option(g) if g else "Everyone",
                    key=f"groups-only-{name}",
                )  # fmt: skip
                where = (*where, (name, picked)) if picked else where
    return Ask(question_id, measure, by, where)


def _question(run: Run, measure: str) -> Question | None:
    if measure == "position":
        return results.question(run, run.consultation.position_question or "")
    kind = (
        run.consultation.closed_questions
        if measure == "closed"
        else run.consultation.open_questions
    )
    return needs.pick_question(kind, f"groups-question-{measure}")


def _stacked(
    frame: pd.DataFrame, measure: str, by: str, names: dict[str, str], apart: list[str]
) -> None:
    counts = st.segmented_control(
        "Bars show", list(BARS), default="share", required=True, key="groups-counts",
        format_func=lambda b: BARS[b],
    )  # fmt: skip
    known = {"position": charts.POSITION, "tone": charts.TONE}.get(measure)
    inside = [v for v in names if v not in apart]
    scale = order(inside) is not None
    colour = charts.colours(inside, known, scale) | dict.fromkeys(apart, charts.PALE)
    own, _ = split_hidden(frame[frame["value"].isin(names)])
    figure = charts.stacked(
        own, list(names), names, colour, apart, counts=counts == "counts",
        diverging=measure == "position" or (scale and measure == "closed"),
    )  # fmt: skip
    plot(figure, findings.of_stack(frame, inside, names, by), "one")


def _all_values(frame: pd.DataFrame, names: dict[str, str]) -> None:
    """Where nobody is told apart there is room for every value."""
    own = frame[frame["value"].isin(names) & frame["shown"]]
    bars = own.assign(
        name=own["value"].map(names), n=own["n"].astype("int64"), base=own["base"].astype("int64")
    )
    if len(bars):
        plot(charts.bars(bars), findings.of_stack(frame, list(names), names, "group"), "one")


def _one_value(frame: pd.DataFrame, names: dict[str, str], by: str) -> None:
    value = st.selectbox(
        "Which one", list(names), format_func=fresh.words("groups-value", names), key="groups-value"
    )
    own = frame[(frame["value"] == value) & frame["shown"] & frame["base"].notna()]
    bars = own.assign(
        name=[f"{g} (n = {b:,})" for g, b in zip(own["group"], own["base"], strict=True)],
        n=own["n"].astype("int64"), base=own["base"].astype("int64"),
    )  # fmt: skip
    if (own["group"] == EVERYONE).all():
        st.info("Every group has too few people to be shown here.")
    if len(bars):
        plot(charts.bars(bars), findings.of_value(frame, value, names[value], by), "one")
