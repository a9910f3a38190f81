"""Figures of groups: what is drawn and said, with small numbers hidden in all of it."""

from __future__ import annotations

import ast
import html
import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts, findings
from dashboard.components.safe import label
from dashboard.group_charts import beside, heatmap, multiples, told_apart
from tests.conftest import ROOT

SCALE = ["Disagree", "Neither", "Agree", "Don't know"]
COUNTS = {
    "Everyone": (120, (40, 20, 50, 10)),
    "North": (60, (10, 10, 35, 5)),
    "South": (60, (30, 10, 15, 5)),
}


def cells(hidden: dict[tuple[str, str], bool] | None = None, **change: Any) -> pd.DataFrame:
    rows = []
    for group, (base, numbers) in {**COUNTS, **change}.items():
        for value, n in zip(SCALE, numbers, strict=True):
            shown = not (hidden or {}).get((group, value), False)
            rows.append((group, value, n if shown else pd.NA, base, shown))
    frame = pd.DataFrame(rows, columns=["group", "value", "n", "base", "shown"])
    return frame.astype({"n": "Int64", "base": "Int64"})


SECRET = {("North", "Neither"): True, ("North", "Don't know"): True}
NAMES = {v: v for v in SCALE}
COLOUR = charts.colours(SCALE[:3], None, True) | {"Don't know": charts.PALE}


def likert(frame: pd.DataFrame) -> go.Figure:
    return charts.stacked(frame, SCALE, NAMES, COLOUR, ["Don't know"], diverging=True)


def test_likert_bars_share_the_middle_of_the_scale() -> None:
    bars = {b.name: b for b in likert(cells()).data}
    assert [html.unescape(name) for name in bars] == SCALE
    middle = [
        start + size / 2
        for start, size in zip(bars["Neither"].base, bars["Neither"].x, strict=True)
    ]
    assert middle == pytest.approx([0, 0, 0])
    for lower, upper in (("Disagree", "Neither"), ("Neither", "Agree")):
        ends = [s + x for s, x in zip(bars[lower].base, bars[lower].x, strict=True)]
        assert ends == pytest.approx(list(bars[upper].base))
    assert list(bars[label("Don't know")].base) == [0, 0, 0]


def test_an_even_scale_meets_in_the_middle() -> None:
    values = ["Disagree", "Agree"]
    frame = cells()[lambda f: f["value"].isin(values)]
    bars = {b.name: b for b in charts.stacked(frame, values, NAMES, COLOUR, diverging=True).data}
    assert list(bars["Agree"].base) == pytest.approx([0, 0, 0])


def test_with_hidden_cells_bars_begin_at_one_line() -> None:
    bars = {b.name: b for b in likert(cells(SECRET)).data}
    assert list(bars["Disagree"].base) == [0, 0, 0]
    assert charts.HIDDEN in bars


def test_the_heatmap_as_it_is_kept() -> None:
    figure = heatmap(cells(SECRET), SCALE[:3], NAMES, ["Everyone", "North", "South"]).to_dict()
    drawn = figure["data"][0]
    assert drawn["text"] == [
        ["40<br>33 %", "10<br>17 %", "30<br>50 %"],
        ["20<br>17 %", "hidden", "10<br>17 %"],
        ["50<br>42 %", "35<br>58 %", "15<br>25 %"],
    ]
    assert drawn["z"][1][1] is None
    assert drawn["zmin"] == 0
    assert drawn["zmax"] == pytest.approx(35 / 60)
    assert drawn["hoverinfo"] == "skip"
    assert figure["layout"]["xaxis"]["ticktext"][1] == "North<br>n = 60"
    assert figure["layout"]["yaxis"]["ticktext"] == SCALE[:3]


def test_small_multiples_have_one_scale_and_one_legend() -> None:
    panels = {"1. Health": cells(), "2. Transport": cells(SECRET)}
    figure = multiples(panels, SCALE, NAMES, COLOUR, ["Don't know"])
    assert sum(bool(b.showlegend) for b in figure.data) == 5  # four answers and what is hidden
    assert {tuple(a.range) for a in figure.select_xaxes()} == {(0, 1)}
    second = [b for b in figure.data if b.xaxis == "x2"]
    assert [sum(b.x[i] for b in second) for i in range(3)] == pytest.approx([1, 1, 1])
    hidden = next(b for b in second if b.name == charts.HIDDEN)
    assert list(hidden.x) == pytest.approx([0, 15 / 60, 0])
    shapes = {b.name: b.marker.pattern.shape for b in second}
    assert shapes[charts.HIDDEN] == "."
    assert [a.text for a in figure.layout.annotations] == [
        "<b>1. Health</b>",
        "<b>2. Transport</b>",
    ]


def test_panels_are_named_by_what_differs() -> None:
    asked = "How important are these six actions, from 1 to 5? : "
    assert told_apart([asked + "Skills", asked + "Small firms"]) == ["… Skills", "… Small firms"]
    assert told_apart(["Do you agree?", "Do you drive?"]) == ["Do you agree?", "Do you drive?"]
    assert told_apart([asked]) == [asked]


def test_what_stands_apart_can_be_told_from_each_other() -> None:
    apart = ["Neither", "Don't know"]
    drawn = charts.stacked(cells(), SCALE, NAMES, COLOUR, apart)
    shapes = [b.marker.pattern.shape for b in drawn.data if b.xaxis == "x2"]
    assert shapes == ["x", "/"]


def test_replies_stand_beside_the_reference() -> None:
    frame = pd.DataFrame(
        {"group": ["16-24", "65+"], "n": [10, 30], "base": [40, 40], "reference": [0.5, 0.5]}
    )
    figure = beside(frame)
    assert {b.name: list(b.text) for b in figure.data} == {
        "Replies": ["25 %", "75 %"], "Reference": ["50 %", "50 %"],
    }  # fmt: skip


@pytest.mark.parametrize("value", ["<b>bold</b>", "<a href='x'>y</a>"])
def test_names_from_outside_are_letters_in_every_figure(value: str) -> None:
    frame = cells().assign(group=lambda f: f["group"].replace("North", value))
    groups = ["Everyone", value, "South"]
    for figure in (
        likert(frame),
        heatmap(frame, SCALE, NAMES, groups),
        multiples({value: frame}, SCALE, NAMES, COLOUR),
    ):
        assert value not in json.dumps(figure.to_dict(), default=str)


def test_the_finding_names_the_highest_and_the_lowest_with_their_bases() -> None:
    said = findings.of_value(cells(), "Agree", "Agree", "Region")
    assert said == (
        "“Agree”: 50 of 120 (42 %) of everyone; by Region highest for North, 35 of 60 (58 %), and "
        "lowest for South, 15 of 60 (25 %)."
    )


def test_a_finding_never_speaks_of_hidden_or_small_groups() -> None:
    frame = cells(SECRET, Isles=(8, (1, 1, 6, 0)))
    assert "Isles" not in findings.of_value(frame, "Agree", "Agree", "Region")
    said = findings.of_value(frame, "Neither", "Neither", "Region")
    assert "North" not in said
    heat = findings.of_heatmap(frame, NAMES, ["North", "South", "Isles"], "Region")
    assert "Isles" not in heat
    assert "Disagree in" in heat or "Agree in" in heat


def test_rounding_is_named_only_where_it_shows() -> None:
    assert findings.rounding(cells()) == ""  # 33 + 17 + 42 + 8, 17 + 17 + 58 + 8, 50 + 17 + 25 + 8
    assert "101" in findings.rounding(cells(Odd=(13, (1, 4, 8, 0))))  # 8 + 31 + 62


def test_no_legend_lies_under_the_buttons_and_no_base_is_broken() -> None:
    """The strip at the top is the camera's; the legend begins below it, over the whole width."""
    panels = {"1. Health": cells(), "2. Transport": cells()}
    frame = pd.DataFrame({"group": ["16-24"], "n": [10], "base": [40], "reference": [0.5]})
    for figure in (
        likert(cells()), multiples(panels, SCALE, NAMES, COLOUR, ["Don't know"]), beside(frame),
    ):  # fmt: skip
        legend, height = figure.layout.legend, figure.layout.height
        assert (1 - legend.y) * height == pytest.approx(charts.STRIP)
        assert (legend.xref, legend.yref, legend.x, legend.yanchor) == (
            "container", "container", 0, "top",
        )  # fmt: skip
    assert charts.named("North", 60) == "North (n = 60)"
    assert charts.named("Discount, money and other remarks", 48).endswith("remarks<br>(n = 48)")


def test_every_chart_can_be_taken_away_as_a_picture() -> None:
    calls = [
        (file.name, call)
        for file in (ROOT / "dashboard").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "st.plotly_chart"
    ]
    assert len(calls) >= 7
    for name, call in calls:
        given = {k.arg: ast.unparse(k.value) for k in call.keywords}
        assert given.get("config", "").startswith("picture("), name
        assert given.get("alt"), name
