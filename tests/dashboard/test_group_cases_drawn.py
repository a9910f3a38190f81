"""The failure cases of groups as the page draws, words and hands them out."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

import pandas as pd
import pytest

from analysis.export.tables import download
from analysis.groups import NOT_ANSWERED
from dashboard import charts, findings
from dashboard.components.groups.shared import outside
from tests.test_group_cases import built, ticked


def _closed(file: Path, attribute: str = "") -> pd.DataFrame:
    """Everyone and the groups of the first closed question, every cell shown."""
    rows = ticked(built(file)).crosstabs.query("measure == 'closed'")
    own = rows[(rows["question_id"] == "q1") & rows["attribute"].isin(["", attribute])]
    return own.assign(shown=True)


def test_bars_and_bases_add_up_to_everybody(cases: Path) -> None:
    """GRP-01: who says nothing of themselves has a bar, and so has “prefer not to say”."""
    frame = _closed(cases / "GRP-01" / "missing.csv", "Region")
    values = list(dict.fromkeys(frame["value"]))
    colour = charts.colours(values, None, False)
    drawn = charts.stacked(frame, values, {v: v for v in values}, colour, [], counts=True)
    ticks = [html.unescape(t).replace("<br>", " ") for t in drawn.layout.yaxis.ticktext]
    assert ticks == [
        "Everyone (n = 17)", "North (n = 6)", "South (n = 5)", "Not answered (n = 4)",
        "Prefer not to say (n = 2)",
    ]  # fmt: skip
    each = [sum(bar.x[at] for bar in drawn.data) for at in range(len(ticks))]
    assert each == [17, 6, 5, 4, 2]


def test_no_finding_ranks_a_group_of_eight(cases: Path) -> None:
    """GRP-05: 75 % of 8 organisations are not “more” than half of 80 residents."""
    said = findings.of_value(_closed(cases / "GRP-05" / "bases.csv", "Type"), "Yes", "Yes", "Type")
    assert "46 of 88 (52 %) of everyone" in said
    assert "too few groups of 30 people or more" in said
    assert "organisations" not in said


def test_what_adds_up_to_101_says_so_and_leaves_in_full(cases: Path) -> None:
    """GRP-06."""
    frame = _closed(cases / "GRP-06" / "rounding.csv")
    assert "99 or 101" in findings.rounding(frame)
    rows = csv.DictReader(io.StringIO(download(frame).decode("utf-8-sig")))
    left = {r["value"]: (int(r["n"]), float(r["share"])) for r in rows if r["n"] != "0"}
    assert left == {
        "Support": (8, pytest.approx(8 / 13)),
        "Neutral": (4, pytest.approx(4 / 13)),
        "Oppose": (1, pytest.approx(1 / 13)),
    }


@pytest.mark.parametrize("only", ["Everyone", "North", "South"])
def test_a_scale_is_drawn_the_same_in_every_group(cases: Path, only: str) -> None:
    """GRP-09: order and colour of the legend, the empty level, and “don’t know” apart."""
    frame = _closed(cases / "GRP-09" / "likert.csv", "Region")
    values = list(dict.fromkeys(frame["value"]))
    apart = outside("closed", values)
    assert apart == ["Don’t know", NOT_ANSWERED]
    inside = [v for v in values if v not in apart]
    colour = charts.colours(inside, None, True) | dict.fromkeys(apart, charts.PALE)
    one = frame[frame["group"] == only]
    drawn = charts.stacked(one, values, {v: v for v in values}, colour, apart, diverging=True)
    bars = {html.unescape(b.name): b for b in drawn.data}
    assert list(bars) == [
        "Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree",
        "Don’t know", NOT_ANSWERED,
    ]  # fmt: skip
    assert list(bars["Disagree"].x) == [0]
    assert [bars[v].marker.color for v in inside] == list(charts.SCALE[5])
    assert {bars[v].xaxis for v in inside} == {"x"}
    assert {bars[v].xaxis for v in apart} == {"x2"}
