"""Figures about groups beyond one row of bars: a heatmap, small multiples. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.records import each
from analysis.summarise.words import percent
from dashboard.charts import (
    BLUE,
    DARK,
    FITTING,
    GREY,
    HIDDEN,
    MIN_LABELLED,
    NAME,
    PALE,
    ROW,
    hatches,
    named,
    under_buttons,
)
from dashboard.components.safe import label

# light to dark, all of them light enough for black text (Government Analysis Function, sequential)
SHADES = [[0.0, "#FFFFFF"], [0.5, "#ADD1F1"], [1.0, "#6BACE6"]]
SHARED = 40  # letters from which a beginning that titles share is left out
CELL = 44  # pixels a row of a heatmap takes
MODEBAR = ["zoom", "pan", "select", "lasso", "zoomIn", "zoomOut", "autoScale", "resetScale"]


def picture(name: str, kind: str = "svg") -> dict[str, object]:
    """Plotly's settings for a chart that can be taken away as a picture (svg or png)."""
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtonsToRemove": MODEBAR,
        "toImageButtonOptions": {"format": kind, "filename": name, "scale": 2},
    }


def heatmap(
    frame: pd.DataFrame, values: Sequence[str], names: dict[str, str], groups: Sequence[str]
) -> go.Figure:
    """Values by group, each cell with its count and share. `frame`: group, value, n, base, shown.

    The shade is the share within the group; a hidden cell says so and has no shade.
    """
    cells = {(r.value, r.group): r for r in each(frame)}
    base = frame.drop_duplicates("group").set_index("group")["base"]
    shares, texts = [], []
    for value in values:
        rows = [cells[value, g] for g in groups]
        shares.append([r.n / r.base if r.shown and r.base else None for r in rows])
        texts.append(
            [
                f"{int(r.n):,}<br>{percent(int(r.n), int(r.base))}" if r.shown else "hidden"
                for r in rows
            ]
        )
    top = max((s for row in shares for s in row if s is not None), default=1.0) or 1.0
    figure = go.Figure(
        go.Heatmap(
            z=shares, text=texts, texttemplate="%{text}", hoverinfo="skip", showscale=False,
            colorscale=SHADES, zmin=0, zmax=top, xgap=2, ygap=2,
            textfont={"color": "#0B0C0C", "size": 12},
        )
    )  # fmt: skip
    width = max(9, 96 // len(groups))  # letters that a column of the chart has room for
    ticks = [f"{label(_breakable(g), width)}<br>n = {base[g]:,}" for g in groups]
    lines = max((t.count("<br>") + 1 for t in ticks), default=2)
    figure.update_xaxes(
        side="top", tickvals=list(range(len(groups))), ticktext=ticks, fixedrange=True,
        autotickangles=[0, 90], automargin=True,
        title={"text": " ", "standoff": 16},  # keeps turned names clear of the buttons
        showgrid=False, zeroline=False, ticks="",
    )  # fmt: skip
    figure.update_yaxes(
        ticks="", autorange="reversed", tickvals=list(range(len(values))), automargin=True,
        ticktext=[label(names[v], NAME) for v in values], showgrid=False, zeroline=False,
        fixedrange=True,
    )  # fmt: skip
    return figure.update_layout(
        height=90 + 18 * lines + CELL * len(values),
        margin={"l": 8, "r": 8, "t": 50 + 18 * lines, "b": 10},
        font={"family": "Arial, Helvetica, sans-serif", "size": 13, "color": "#0B0C0C"},
        plot_bgcolor="white", paper_bgcolor="white",
    )  # fmt: skip


def _breakable(name: str) -> str:
    """Long words may break after a slash or a hyphen."""
    return name.replace("/", "/ ").replace("-", "- ") if len(name) > 12 else name


def told_apart(titles: Sequence[str]) -> list[str]:
    """Titles without the long beginning that all of them share: the end is what differs."""
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*titles, strict=False))
    cut = "".join(letters[0] for letters in same).rfind(" ") + 1 if len(titles) > 1 else 0
    return [f"… {t[cut:].lstrip(': ')}" if cut > SHARED else t for t in titles]


def multiples(
    panels: dict[str, pd.DataFrame],
    values: Sequence[str],
    names: dict[str, str],
    colour: dict[str, str],
    apart: Sequence[str] = (),
) -> go.Figure:
    """One small panel of stacked bars for each title, all on one scale, with one legend.

    Each frame: group, value, n, base, the same groups in each; bars are shares of the base. What
    hidden cells hold together stands at the end. Values `apart` from the scale are hatched.
    """
    groups = list(dict.fromkeys(g for frame in panels.values() for g in frame["group"]))
    hidden = any(frame["n"].isna().any() for frame in panels.values())
    shown = [*values, HIDDEN] if hidden else list(values)
    shades = {**colour, HIDDEN: PALE}
    hatch = {HIDDEN: ".", **hatches(apart)}
    figure = make_subplots(
        rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=0.35 / max(len(panels), 2),
        subplot_titles=[f"<b>{label(t, 70)}</b>" for t in panels],
    )  # fmt: skip
    for row, frame in enumerate(panels.values(), 1):
        base = frame.drop_duplicates("group").set_index("group")["base"]
        here = [g for g in groups if g in base.index and pd.notna(base[g]) and base[g] > 0]
        count = _counts(frame, here, values)
        ticks = [named(g, base[g]) for g in here]
        for value in shown:
            n = [count[g, value] for g in here]
            shares = [k / int(base[g]) for k, g in zip(n, here, strict=True)]
            figure.add_bar(
                x=shares, y=ticks, orientation="h", name=label(names.get(value, value)),
                legendgroup=value, showlegend=row == 1,
                marker={"color": shades[value], "line": {"color": "white", "width": 2}},
                marker_pattern_shape=hatch.get(value, ""),
                text=[
                    percent(k, int(base[g])) if s >= MIN_LABELLED else ""
                    for k, g, s in zip(n, here, shares, strict=True)
                ],
                textposition="inside", insidetextanchor="middle", textangle=0, hoverinfo="skip",
                textfont={"color": "white" if shades[value] in DARK else "#0B0C0C"},
                constraintext="inside", row=row, col=1,
            )  # fmt: skip
    figure.update_xaxes(
        range=[0, 1], showticklabels=False, showgrid=False, fixedrange=True, zeroline=False
    )
    figure.update_yaxes(automargin=True, autorange="reversed", fixedrange=True, ticks="")
    figure.update_annotations(x=0, xanchor="left", font={"size": 14, "color": GREY})
    figure.update_layout(
        barmode="stack", height=150 + len(panels) * (50 + ROW * len(groups)), uniformtext=FITTING,
        margin={"l": 8, "r": 8, "t": 120, "b": 10},
        font={"family": "Arial, Helvetica, sans-serif", "size": 13, "color": "#0B0C0C"},
        plot_bgcolor="white", paper_bgcolor="white",
    )  # fmt: skip
    clear = {"borderwidth": 12, "bordercolor": "rgba(0,0,0,0)"}  # of the first panel's title
    under_buttons(figure)
    return figure.update_layout(legend=clear)


def _counts(
    frame: pd.DataFrame, groups: Sequence[str], values: Sequence[str]
) -> dict[tuple[str, str], int]:
    """(group, value) → people, 0 where hidden; with HIDDEN for what is left of the base."""
    known = {(r.group, r.value): 0 if pd.isna(r.n) else int(r.n) for r in each(frame)}
    base = {r.group: r.base for r in each(frame)}
    out = {(g, v): known.get((g, v), 0) for g in groups for v in values}
    rest = {(g, HIDDEN): int(base[g]) - sum(out[g, v] for v in values) for g in groups}
    return out | rest


def beside(frame: pd.DataFrame) -> go.Figure:
    """Replies beside the reference, two bars a group. `frame`: group, n, base, reference."""
    names = [named(r.group, r.n) for r in each(frame)]
    replies = [r.n / r.base if r.base else 0.0 for r in each(frame)]
    wanted = [float(r.reference) for r in each(frame)]
    figure = go.Figure()
    for name, shares, shade in (("Replies", replies, BLUE), ("Reference", wanted, PALE)):
        figure.add_bar(
            x=shares, y=list(range(len(names))), orientation="h", name=name, marker_color=shade,
            text=[f"{100 * s:.0f} %" for s in shares], textposition="outside", cliponaxis=False,
            hoverinfo="skip",
        )  # fmt: skip
    top = max([*replies, *wanted], default=0.0)
    figure.update_xaxes(
        range=[0, max(top * 1.2, 0.05)], showticklabels=False, showgrid=False, fixedrange=True
    )
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, automargin=True, autorange="reversed",
        fixedrange=True, showgrid=False,
    )  # fmt: skip
    figure.update_layout(
        barmode="group", height=130 + 2 * 24 * len(names),
        margin={"l": 8, "r": 8, "t": 70, "b": 10},
        font={"family": "Arial, Helvetica, sans-serif", "size": 13, "color": "#0B0C0C"},
        plot_bgcolor="white", paper_bgcolor="white",
    )  # fmt: skip
    under_buttons(figure)
    return figure
