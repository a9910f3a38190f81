"""Figures about groups beyond one row of bars: a heatmap, small multiples. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.records import each
from analysis.summarise.words import percent
from dashboard.charts import DARK, GREY, MIN_LABELLED, ROW
from dashboard.components.safe import label

# light to dark, all of them light enough for black text (Government Analysis Function, sequential)
SHADES = [[0.0, "#FFFFFF"], [0.5, "#ADD1F1"], [1.0, "#6BACE6"]]
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
    ticks = [f"{label(g, 14)}<br>n = {base[g]:,}" for g in groups]
    lines = max((t.count("<br>") + 1 for t in ticks), default=2)
    figure.update_xaxes(
        side="top", tickvals=list(range(len(groups))), ticktext=ticks, fixedrange=True, tickangle=0,
        showgrid=False, zeroline=False,
    )  # fmt: skip
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(values))), automargin=True, fixedrange=True,
        ticktext=[label(names[v], 32) for v in values], showgrid=False, zeroline=False,
    )  # fmt: skip
    return figure.update_layout(
        height=60 + 18 * lines + CELL * len(values),
        margin={"l": 8, "r": 8, "t": 20 + 18 * lines, "b": 10},
        font={"family": "Arial, Helvetica, sans-serif", "size": 13, "color": "#0B0C0C"},
        plot_bgcolor="white", paper_bgcolor="white",
    )  # fmt: skip


def multiples(
    panels: dict[str, pd.DataFrame],
    values: Sequence[str],
    names: dict[str, str],
    colour: dict[str, str],
) -> go.Figure:
    """One small panel of stacked bars for each title, all on one scale, with one legend.

    Each frame: group, value, n, base, the same groups in each; bars are shares of the base, and
    end early where cells are hidden.
    """
    groups = list(dict.fromkeys(g for frame in panels.values() for g in frame["group"]))
    figure = make_subplots(
        rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=0.35 / max(len(panels), 2),
        subplot_titles=[f"<b>{label(t, 70)}</b>" for t in panels],
    )  # fmt: skip
    for row, frame in enumerate(panels.values(), 1):
        base = frame.drop_duplicates("group").set_index("group")["base"]
        count = {(r.group, r.value): r.n for r in each(frame)}
        here = [g for g in groups if g in base.index and pd.notna(base[g]) and base[g] > 0]
        for value in values:
            n = [count.get((g, value), pd.NA) for g in here]
            shares = [
                0.0 if pd.isna(k) else int(k) / int(base[g]) for k, g in zip(n, here, strict=True)
            ]
            figure.add_bar(
                x=shares, y=[f"{label(g, 24)} (n = {base[g]:,})" for g in here], orientation="h",
                name=label(names.get(value, value)), legendgroup=value, showlegend=row == 1,
                marker={"color": colour[value], "line": {"color": "white", "width": 2}},
                text=[
                    percent(int(k), int(base[g])) if s >= MIN_LABELLED else ""
                    for k, g, s in zip(n, here, shares, strict=True)
                ],
                textposition="inside", insidetextanchor="middle", textangle=0, hoverinfo="skip",
                textfont={"color": "white" if colour[value] in DARK else "#0B0C0C"},
                row=row, col=1,
            )  # fmt: skip
    figure.update_xaxes(range=[0, 1], showticklabels=False, showgrid=False, fixedrange=True)
    figure.update_yaxes(automargin=True, autorange="reversed", fixedrange=True, ticklen=8)
    figure.update_annotations(x=0, xanchor="left", font={"size": 14, "color": GREY})
    return figure.update_layout(
        barmode="stack", height=110 + len(panels) * (50 + ROW * len(groups)),
        margin={"l": 8, "r": 8, "t": 90, "b": 10},
        font={"family": "Arial, Helvetica, sans-serif", "size": 13, "color": "#0B0C0C"},
        plot_bgcolor="white", paper_bgcolor="white",
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "yref": "container",
                "traceorder": "normal"},
    )  # fmt: skip
