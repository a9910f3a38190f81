"""Figures of the Quality and Themes pages: pure functions from a frame to a Plotly figure."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import BLUE, GREY, LILAC, ORANGE, PALE, PURPLE, TURQUOISE

STANCE = {
    "supportive": BLUE,
    "mixed": LILAC,
    "concerned": ORANGE,
    "suggestion": TURQUOISE,
    "unclear": PALE,
}
HEIGHT = 360


def accuracy_by_coverage(
    curve: pd.DataFrame, wanted: float, majority: float, kept: float | None = None
) -> go.Figure:
    """How right the surest so many were. `curve`: coverage, accuracy (0 to 1).

    wanted: the accuracy that is asked for; majority: that of always saying the most frequent side;
    kept: the coverage at the confidence from which positions are inferred, None where none are.
    """
    figure = go.Figure(
        go.Scatter(
            x=curve["coverage"], y=curve["accuracy"], mode="lines+markers", line_color=BLUE,
            showlegend=False, hoverinfo="skip",
        )
    )  # fmt: skip
    for value, words, shade, place in (
        (wanted, "asked for", GREY, "top right"),  # there the curve is at its lowest
        (majority, "most frequent side", PURPLE, "bottom left"),
    ):
        figure.add_hline(
            y=value, line={"color": shade, "dash": "dash", "width": 1.5},
            annotation={"text": f"{words}: {value:.0%}", "font_color": shade},
            annotation_position=place,
        )  # fmt: skip
    if kept is not None:
        at = curve.iloc[int((curve["coverage"] - kept).abs().argmin())]
        figure.add_scatter(
            x=[at["coverage"]], y=[at["accuracy"]], mode="markers+text", showlegend=False,
            marker={"color": ORANGE, "size": 13, "symbol": "diamond"}, hoverinfo="skip",
            text=[f"used: {at['coverage']:.0%} of replies, {at['accuracy']:.0%} right"],
            textposition="bottom left" if at["coverage"] > 0.5 else "bottom right",
        )  # fmt: skip
    lowest = min(float(curve["accuracy"].min()), majority, wanted)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 80, "r": 20, "t": 20, "b": 60},
        font={"family": "Arial, Helvetica, sans-serif", "size": 14, "color": "#0B0C0C"},
        plot_bgcolor="white",
        paper_bgcolor="white",
    )
    figure.update_xaxes(
        title="Share of replies, the surest first", tickformat=".0%", range=[0, 1.02],
        automargin=True, fixedrange=True, zeroline=False, showgrid=False, ticks="outside",
    )  # fmt: skip
    figure.update_yaxes(
        title="Share that was right", tickformat=".0%", range=[max(lowest - 0.1, 0), 1.02],
        fixedrange=True, zeroline=False, gridcolor="#EEEEEE",
    )  # fmt: skip
    return figure
