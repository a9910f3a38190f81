import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts

VALUES = ["support", "mixed", "oppose", "not stated"]
NAMES = {v: v.title() for v in VALUES}
CELLS = {"Everyone": (40, 30, 20, 10), "North": (None, None, 15, 5), "South": (20, 10, 15, 5)}
BASE = {"Everyone": 100, "North": 40, "South": 50}


def drawn(counts: bool = False) -> dict[str, go.Bar]:
    rows = [
        (group, value, pd.NA if n is None else n, BASE[group])
        for group, cells in CELLS.items()
        for value, n in zip(VALUES, cells, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["group", "value", "n", "base"]).astype({"n": "Int64"})
    colour = charts.colours(VALUES, charts.POSITION)
    figure = charts.stacked(frame, VALUES, NAMES, colour, ["not stated"], counts)
    return {bar.name: bar for bar in figure.data}


def test_a_bar_with_hidden_cells_is_as_long_as_its_group() -> None:
    bars = drawn(counts=True)
    assert list(bars[charts.HIDDEN].x) == [0, 20, 0]
    assert [sum(bar.x[i] for bar in bars.values()) for i in range(3)] == [100, 40, 50]


def test_shares_are_of_the_group() -> None:
    bars = drawn()
    assert list(bars["Support"].x) == [0.4, 0, 0.4]
    assert bars["Support"].text[:2] == ("40 %", "")


def test_what_is_silent_stands_apart_and_can_be_told_without_colour() -> None:
    bars = drawn()
    assert bars["Not Stated"].xaxis == "x2"
    assert bars["Support"].xaxis == "x"
    assert bars["Not Stated"].marker.pattern.shape == "/"
    assert bars[charts.HIDDEN].marker.pattern.shape == "."


def test_support_has_one_colour_in_every_chart() -> None:
    scale = ["Strongly oppose", "Oppose", "Neither", "Support", "Strongly support"]
    colour = charts.colours(scale, ordered=True)
    assert colour["Strongly support"] == charts.POSITION["support"]
    assert colour["Strongly oppose"] == charts.POSITION["oppose"]


@pytest.mark.parametrize("size", [2, 4, 6])
def test_values_without_an_order_have_no_scale(size: int) -> None:
    names = [f"v{i}" for i in range(size)]
    assert list(charts.colours(names).values()) == list(charts.CATEGORIES[:size])


def test_bars_say_their_numbers_and_no_markup_gets_through() -> None:
    frame = pd.DataFrame({"name": ["<b>bold</b>"], "n": [3], "base": [12]})
    figure = charts.bars(frame)
    assert figure.data[0].text[0] == "3 (25 %)"
    assert "<b>" not in figure.layout.yaxis.ticktext[0]
