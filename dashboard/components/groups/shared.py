"""What every view of groups needs: names and order of values, the chart's frame, the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis.counting import Way
from analysis.export.tables import download
from analysis.groups import NOT_ANSWERED
from analysis.ingest.scales import is_last
from analysis.kinds import mixture
from analysis.records import POSITIONS, TONES, Question, Run, each
from analysis.settings import Rule
from analysis.summarise.words import percent
from dashboard import results
from dashboard.components import safe
from dashboard.components.download import button
from dashboard.findings import LOW_BASE, rounding
from dashboard.group_charts import picture
from dashboard.words import POSITION, TONE

PICTURES = {"svg": "SVG (for print)", "png": "PNG (for slides)"}


@dataclass(frozen=True)
class Look:
    """What a view is asked for: the run, the rule for small numbers, how campaigns count."""

    run: Run
    rule: Rule
    way: Way


def names_of(run: Run, measure: str, question: Question) -> dict[str, str]:
    """Value → its name for readers, in the order of display."""
    if measure == "position":
        return {p: POSITION[p] for p in POSITIONS}
    if measure == "tone":
        return {t: TONE[t] for t in TONES}
    if measure == "theme":
        frame = results.themes(run, question.id).query("parent_id == ''")
        return dict(zip(frame["theme_id"], frame["name"], strict=True))
    extra = (NOT_ANSWERED,) if question.kind == "single" else ()
    return {v: v for v in (*question.options, *extra)}


def outside(measure: str, values: Sequence[str]) -> list[str]:
    """The values that stand apart from the bar: silence and "don't know" are no middle."""
    if measure == "position":
        return ["unclear", "not stated"]
    if measure == "tone":
        return ["unclear"]
    if measure == "closed":
        return [v for v in values if v == NOT_ANSWERED or is_last(v)]
    return []


def split_hidden(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The groups whose base is shown, and the names of the others."""
    known = frame["base"].notna()
    return frame[known], list(dict.fromkeys(frame.loc[~known, "group"]))


def plot(figure: go.Figure, alt: str, name: str) -> None:
    """A chart with its finding in words above it, and buttons to take it away as a picture."""
    st.markdown(safe.escaped(alt))
    kind = st.session_state.get("groups-picture", "svg")
    st.plotly_chart(
        figure, key=f"groups-chart-{name}", theme=None, alt=alt, config=picture(name, kind)
    )


def notes(look: Look, frame: pd.DataFrame, ids: pd.Index | None = None) -> None:
    """Whose answers are counted together, small bases, what is hidden, rounding."""
    people = pd.Index(look.run.consultation.respondents["respondent_id"]) if ids is None else ids
    who = mixture(look.run.consultation, people)
    if who and look.rule != "none":
        st.caption("Individuals and organisations are counted together.")
    elif who:
        st.caption(safe.escaped(f"Counted together: {who}."))
    shown, gone = split_hidden(frame)
    low = shown.loc[shown["base"] < LOW_BASE, "group"].unique()
    if len(low):
        st.caption(safe.escaped(f"Fewer than {LOW_BASE} people, read with care: {', '.join(low)}."))
    if gone:
        st.caption(safe.escaped(f"Too few people to be shown: {', '.join(gone)}."))


def table(
    frame: pd.DataFrame, names: dict[str, str], title: str, adds_up: bool, name: str,
    groups: dict[str, str] | None = None, folded: bool = True,
) -> None:  # fmt: skip
    """The same numbers as a real table, and as a file. `groups`: group → its name for readers."""
    own = frame[frame["value"].isin(names)]
    cells = [
        f"{int(r.n):,} ({percent(int(r.n), int(r.base))})" if r.shown else "hidden"
        for r in each(own)
    ]
    wide = own.assign(cell=cells).pivot(index="group", columns="value", values="cell")
    order = list(dict.fromkeys(own["group"]))
    wide = wide.loc[order, list(names)].rename(columns=names)
    base = own.drop_duplicates("group").set_index("group")["base"].loc[order]
    wide.insert(0, "Base", ["hidden" if pd.isna(b) else f"{int(b):,}" for b in base])
    shown = wide.reset_index().rename(columns={"group": title})
    shown[title] = shown[title].map(lambda g: (groups or {}).get(g, g))
    with st.expander("The same as a table, and as a file", expanded=not folded):
        safe.table(shown, f"Counts and shares by {title}")
        note = (
            rounding(own)
            if adds_up
            else "One person can be counted under several, so per "
            "cents can add up to more than 100 %."
        )
        if note:
            st.caption(note)
        if not own["shown"].all():
            st.caption("“hidden”: too few people, or it would give away a cell of too few.")
        button(
            "Download as CSV", download(own.drop(columns="counting")), "groups.csv", "text/csv",
            key=f"download-{name}",
        )  # fmt: skip


def pick_picture() -> None:
    """Which kind of picture the camera above each chart saves."""
    st.selectbox(
        "The camera above a chart saves it as", list(PICTURES), key="groups-picture",
        format_func=lambda k: PICTURES[k], width=300,
    )  # fmt: skip
