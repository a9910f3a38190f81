"""Every chart as it was last looked at: what each bar, cell and point shows.

Kept in chart_snapshots.json. After a change that is meant: look at the charts, run this file with
HEARD_SNAPSHOTS=write, and read the difference before it is committed.
"""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts, charts_quality, group_charts

KEPT = Path(__file__).with_name("chart_snapshots.json")
SCALE = ["Disagree", "Neither", "Agree", "Don't know"]
NAMES = {v: v for v in SCALE}
COLOUR = charts.colours(SCALE[:3], None, True) | {"Don't know": charts.PALE}
DRAWN = ("type", "name", "x", "y", "z", "base", "text", "hovertext", "showlegend")
AXIS = ("range", "ticktext", "autorange", "visible")


def cells(*hidden: tuple[str, str]) -> pd.DataFrame:
    """Two groups and everyone on a scale; of the cells `hidden` nothing is known."""
    counts = {"Everyone": (40, 20, 50, 10), "North": (10, 10, 35, 5), "South": (30, 10, 15, 5)}
    rows = [
        (g, v, pd.NA if (g, v) in hidden else n, sum(own), (g, v) not in hidden)
        for g, own in counts.items()
        for v, n in zip(SCALE, own, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["group", "value", "n", "base", "shown"])
    return frame.astype({"n": "Int64", "base": "Int64"})


def stacked(frame: pd.DataFrame, **how: bool) -> go.Figure:
    return charts.stacked(frame, SCALE, NAMES, COLOUR, ["Don't know"], **how)


SECRET = (("North", "Neither"), ("North", "Don't know"))
CURVE = pd.DataFrame({"coverage": [0.25, 0.5, 0.75, 1.0], "accuracy": [1, 0.95, 0.9, 0.8]})
PLACES = pd.DataFrame(
    {"x": [0.0, 1.0, 2.0], "y": [2.0, 1.0, 0.0], "theme_id": ["a", "b", "c"],
     "theme": ["Buses", "Bins", "Parks"], "text": ["Late again.", "Left full.", "No benches."]}
)  # fmt: skip
REFERENCE = pd.DataFrame(
    {"group": ["16-24", "65+"], "n": [10, 30], "base": [40, 40], "reference": [0.5, 0.5]}
)
CHARTS: dict[str, Callable[[], go.Figure]] = {
    "bars": lambda: charts.bars(
        pd.DataFrame({"name": ["Buses", "Bins"], "n": [30, 0], "base": [120, 120]})
    ),
    "stacked": lambda: stacked(cells()),
    "stacked, counts": lambda: stacked(cells(), counts=True),
    "stacked, diverging": lambda: stacked(cells(), diverging=True),
    "stacked, hidden cells": lambda: stacked(cells(*SECRET), diverging=True),
    "points_map": lambda: charts.points_map(PLACES, ["b"]),
    "heatmap": lambda: group_charts.heatmap(cells(*SECRET), SCALE, NAMES, ["Everyone", "North"]),
    "multiples": lambda: group_charts.multiples(
        {"1. Health": cells(), "2. Transport": cells(*SECRET)}, SCALE, NAMES, COLOUR, ["Don't know"]
    ),
    "beside": lambda: group_charts.beside(REFERENCE),
    "accuracy_by_coverage": lambda: charts_quality.accuracy_by_coverage(CURVE, 0.9, 0.6, 0.75),
}


def _plain(value: Any) -> Any:
    """As JSON would keep it: lists, and numbers to four places."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return round(value, 4) if isinstance(value, float) else value


def drawing(figure: go.Figure) -> dict[str, Any]:
    """What can be read off a figure: numbers, words, colours, order; not fonts and margins."""
    parts = [
        {k: _plain(getattr(part, k)) for k in DRAWN if getattr(part, k, None) is not None}
        | {"colour": getattr(getattr(part, "marker", None), "color", None)}
        | {"hatch": getattr(getattr(getattr(part, "marker", None), "pattern", None), "shape", None)}
        for part in figure.data
    ]
    axes = {
        name: {k: _plain(axis[k]) for k in AXIS if axis[k] is not None}
        for name, axis in sorted((a.plotly_name, a) for a in _axes(figure))
    }
    notes = [a.text for a in figure.layout.annotations]
    return {"parts": parts, "axes": axes, "notes": notes, "height": figure.layout.height}


def _axes(figure: go.Figure) -> list[Any]:
    return [*figure.select_xaxes(), *figure.select_yaxes()]


def test_every_chart_has_a_snapshot() -> None:
    made = {
        name
        for module in (charts, charts_quality, group_charts)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and function.__annotations__.get("return") == "go.Figure"
        and not name.startswith("_")
    }
    assert made == {name.split(",")[0] for name in CHARTS}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_as_it_was_looked_at(name: str) -> None:
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    found = drawing(CHARTS[name]())
    if os.environ.get("HEARD_SNAPSHOTS") == "write":
        KEPT.write_text(json.dumps({**kept, name: found}, ensure_ascii=False) + "\n", "utf-8")
        return
    assert found == kept[name]
