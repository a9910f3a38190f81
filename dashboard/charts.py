"""Figures from frames: pure functions. Colours: Government Analysis Function palette.

Nothing is known by colour or hover alone: bars carry their number, names carry their base.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.summarise.words import percent
from dashboard.components.safe import label

BLUE, TURQUOISE, PURPLE, ORANGE, GREY, LILAC = (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
)  # fmt: skip
PALE = "#BFBFBF"
POSITION = {"support": BLUE, "mixed": LILAC, "oppose": ORANGE, "unclear": PALE, "not stated": PALE}
TONE = {
    "positive": BLUE, "neutral": PALE, "mixed": LILAC, "negative": ORANGE, "unclear": PALE,
}  # fmt: skip
SCALE = {  # from the low or opposing end to the high or supporting one, as in POSITION
    2: (ORANGE, BLUE),
    3: (ORANGE, "#CCCCCC", BLUE),
    4: (ORANGE, "#FAB68F", "#6BACE6", BLUE),
    5: (ORANGE, "#FAB68F", "#CCCCCC", "#6BACE6", BLUE),
}
HIDDEN = "Hidden: small numbers"
CATEGORIES = (BLUE, TURQUOISE, PURPLE, ORANGE, GREY, LILAC)
DARK = {BLUE, PURPLE, GREY}
ROW = 34  # pixels a bar takes
GAP = 0.05  # of the width, between the two sides of a chart
SHORTEST = 0.03  # of the whole, so that an empty side still has its place
MIN_LABELLED = 0.05  # of the width, under which a part has no number inside; the table has it
STRIP = 36  # pixels at the top that belong to the buttons of a chart
NAME = 20  # letters of a group's name in a line: on a phone a bar needs its room, too
FITTING = {
    "minsize": 12,
    "mode": "hide",
}  # on narrow screens a number that does not fit is left out


def _layout(figure: go.Figure, rows: int, lines: int = 1) -> go.Figure:
    figure.update_layout(
        height=110 + rows * ROW * max(1.0, 0.62 * lines),
        margin={"l": 8, "r": 8, "t": 40, "b": 30},
        font={"family": "Arial, Helvetica, sans-serif", "size": 14, "color": "#0B0C0C"},
        plot_bgcolor="white",
        paper_bgcolor="white",
        hoverlabel={"bgcolor": "white", "font_color": "#0B0C0C"},
    )
    under_buttons(figure)
    figure.update_yaxes(
        automargin=True, autorange="reversed", ticks="outside", tickcolor="white", ticklen=8,
        fixedrange=True, zeroline=False,
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, zeroline=False)
    return figure


def named(group: str, base: int) -> str:
    """A group with its base, which is never broken over two lines."""
    lines, size = label(group, NAME), f"(n = {base:,})"
    last = lines.rsplit("<br>", 1)[-1]
    return f"{lines}{' ' if len(last) + len(size) <= NAME else '<br>'}{size}"


def under_buttons(figure: go.Figure) -> None:
    """The legend over the whole width, below the buttons, which would else cover it."""
    figure.update_layout(
        legend={
            "orientation": "h", "traceorder": "normal", "x": 0, "xref": "container",
            "y": 1 - STRIP / figure.layout.height, "yanchor": "top", "yref": "container",
        }
    )  # fmt: skip


def bars(frame: pd.DataFrame, width: int = 40) -> go.Figure:
    """Horizontal bars of the share of people; `frame`: name, n, base."""
    names = [label(n, width) for n in frame["name"]]
    shares = [n / b if b else 0.0 for n, b in zip(frame["n"], frame["base"], strict=True)]
    text = [f"{n:,} ({percent(n, b)})" for n, b in zip(frame["n"], frame["base"], strict=True)]
    figure = go.Figure(
        go.Bar(
            x=shares, y=list(range(len(names))), orientation="h", marker_color=BLUE, text=text,
            textposition="outside", cliponaxis=False, hoverinfo="skip",
        )
    )  # fmt: skip
    figure.update_yaxes(tickmode="array", tickvals=list(range(len(names))), ticktext=names)
    top = max(shares, default=0.0)
    figure.update_xaxes(range=[0, max(top * 1.3, 0.05)], showticklabels=False, showgrid=False)
    lines = max((name.count("<br>") + 1 for name in names), default=1)
    return _layout(figure, len(names), lines)


def colours(
    values: Sequence[str], known: dict[str, str] | None = None, ordered: bool = False
) -> dict[str, str]:
    """Value → colour: as known, else a scale for up to five `ordered` values, else categories."""
    if known:
        return {v: known.get(v, PALE) for v in values}
    chosen = SCALE.get(len(values), CATEGORIES) if ordered else CATEGORIES
    return {v: chosen[i % len(chosen)] for i, v in enumerate(values)}


def hatches(apart: Sequence[str]) -> dict[str, str]:
    """Values apart from a scale → their hatch, silence first: all of them have one colour."""
    return dict(zip(reversed(apart), ("/", "x", "|"), strict=False))


def stacked(
    frame: pd.DataFrame,
    values: Sequence[str],
    names: dict[str, str],
    colour: dict[str, str],
    outside: Sequence[str] = (),
    counts: bool = False,
    diverging: bool = False,
) -> go.Figure:
    """Stacked bars by group. `frame`: group, value, n, base (hidden cells: n missing).

    What hidden cells hold together stands at the end of a bar, so that no bar looks short.
    Values in `outside` ("don't know", "not answered") stand apart, in a column of their own.
    The bars are shares of the base, or `counts` of people. `diverging` bars share the middle of the
    scale instead of its end; not where cells are hidden, for then the middle is not known.
    """
    diverging = diverging and not frame["n"].isna().any()
    frame, values, names, colour = _with_rest(frame, values, names, colour, outside)
    groups = list(dict.fromkeys(frame["group"]))
    base = frame.drop_duplicates("group").set_index("group")["base"]
    ticks = [named(g, base[g]) for g in groups]
    inside = [v for v in values if v not in outside]
    cells = frame.set_index(["group", "value"])
    widths = [_longest(cells, groups, base, part, counts) for part in (inside, outside) if part]
    figure = make_subplots(
        cols=len(widths), rows=1, shared_yaxes=True, horizontal_spacing=GAP, column_widths=widths
    )
    hatch = {HIDDEN: ".", **hatches(outside)}
    least = MIN_LABELLED * sum(widths)
    left = (
        _left_of_middle(cells, groups, base, inside, counts) if diverging else [0.0] * len(groups)
    )
    ends = {1: [-x for x in left], 2: [0.0] * len(groups)}
    for value in [*inside, *outside]:
        column = 2 if value in outside else 1
        n = [cells.loc[(g, value), "n"] for g in groups]
        known = [0 if pd.isna(v) else int(v) for v in n]
        size = [
            k if counts else (k / base[g] if base[g] else 0)
            for k, g in zip(known, groups, strict=True)
        ]
        shade = colour[value]
        text = [
            "" if pd.isna(v) or s < least
            else (f"{int(v):,}" if counts else percent(int(v), int(base[g])))
            for v, g, s in zip(n, groups, size, strict=True)
        ]  # fmt: skip
        figure.add_bar(
            x=size, y=list(range(len(groups))), orientation="h", base=list(ends[column]),
            name=label(names.get(value, value)),
            marker={"color": shade, "line": {"color": "white", "width": 2}}, text=text,
            textposition="inside", insidetextanchor="middle", textangle=0, hoverinfo="skip",
            constraintext="inside",
            textfont={"color": "white" if shade in DARK else "#0B0C0C"},
            col=column, row=1,
            marker_pattern_shape=hatch.get(value, ""),
        )  # fmt: skip
        ends[column] = [end + s for end, s in zip(ends[column], size, strict=True)]
    figure.update_layout(barmode="overlay", uniformtext=FITTING)
    figure.update_yaxes(tickmode="array", tickvals=list(range(len(groups))), ticktext=ticks)
    figure.update_xaxes(showticklabels=False, showgrid=False, zeroline=False)
    for column, longest in enumerate(widths, 1):  # one scale on both sides of the gap
        figure.update_xaxes(range=[0, longest], row=1, col=column)
    if diverging:
        furthest = max([-min(b.base, default=0) for b in figure.data], default=0)
        figure.update_xaxes(range=[-furthest, max(ends[1], default=0)], row=1, col=1)
        middle = {"color": GREY, "width": 1, "dash": "dot"}
        figure.add_vline(x=0, line=middle, layer="below", row=1, col=1)
    lines = max((t.count("<br>") + 1 for t in ticks), default=1)
    done = _layout(figure, len(groups), lines)
    done.update_layout(height=done.layout.height + 50, margin_t=90)
    under_buttons(done)
    return done


def _with_rest(
    frame: pd.DataFrame,
    values: Sequence[str],
    names: dict[str, str],
    colour: dict[str, str],
    outside: Sequence[str],
) -> tuple[pd.DataFrame, list[str], dict[str, str], dict[str, str]]:
    """The same with a value HIDDEN for what hidden cells hold together, if any are hidden."""
    if not frame["n"].isna().any():
        return frame, list(values), names, colour
    shown = frame.assign(n=frame["n"].fillna(0)).groupby("group", sort=False)
    rest = (shown["base"].first() - shown["n"].sum()).clip(lower=0)
    hidden = frame.loc[frame["n"].isna(), "group"].unique()
    rest = rest.where(rest.index.isin(hidden), 0)
    base = shown["base"].first()
    more = pd.DataFrame({"n": rest, "base": base}).reset_index().assign(value=HIDDEN)
    inside = [v for v in values if v not in outside]
    ordered = [*inside, HIDDEN, *outside]
    return pd.concat([frame, more]), ordered, {**names, HIDDEN: HIDDEN}, {**colour, HIDDEN: PALE}


def _left_of_middle(
    cells: pd.DataFrame, groups: Sequence[str], base: pd.Series, values: Sequence[str], counts: bool
) -> list[float]:
    """How far the lower half of a scale reaches in each bar; a middle level counts by half."""
    half, odd = divmod(len(values), 2)
    people_of = cells["n"].to_dict()
    weight = {v: 1.0 if i < half else 0.5 for i, v in enumerate(values[: half + odd])}
    people = [sum(w * float(people_of[g, v]) for v, w in weight.items()) for g in groups]
    return [
        n if counts else (n / base[g] if base[g] else 0.0)
        for n, g in zip(people, groups, strict=True)
    ]


def _longest(
    cells: pd.DataFrame, groups: Sequence[str], base: pd.Series, values: Sequence[str], counts: bool
) -> float:
    """The length of the longest bar that `values` make together, in people or as a share."""
    wanted = pd.MultiIndex.from_product([groups, values])
    people = cells["n"].reindex(wanted).fillna(0).astype(float).groupby(level=0).sum()
    lengths = people if counts else people / base[people.index].clip(lower=1)
    return max(float(lengths.max()), SHORTEST * (1 if not counts else float(base.max())))


def points_map(frame: pd.DataFrame, highlighted: Sequence[str] = ()) -> go.Figure:
    """The points in two dimensions. `frame`: x, y, theme_id, theme, text.

    Up to four highlighted themes are coloured and named; the others are grey.
    """
    figure = go.Figure()
    shades = dict(zip(highlighted[:4], CATEGORIES, strict=False))
    rest = frame[~frame["theme_id"].isin(shades)]
    parts = [(rest, PALE, "Other points")] + [
        (frame[frame["theme_id"] == t], shade, frame.loc[frame["theme_id"] == t, "theme"].iloc[0])
        for t, shade in shades.items()
        if (frame["theme_id"] == t).any()
    ]
    for part, shade, name in parts:
        figure.add_scatter(
            x=part["x"], y=part["y"], mode="markers", name=label(name),
            marker={"color": shade, "size": 6, "opacity": 0.75},
            hovertext=[label(t[:220], 60) for t in part["text"]], hoverinfo="text",
        )  # fmt: skip
    figure = _layout(figure, 12)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, autorange=True)
    return figure.update_layout(margin_t=90)
