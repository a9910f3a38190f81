"""The themes of a question: how many raised each, where they lie, and who said what."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.export.tables import download
from analysis.records import STANCES, Run, each
from analysis.summarise.words import percent
from dashboard import charts, charts_quality, quality, results
from dashboard.components import frame, fresh, needs, safe
from dashboard.components.download import button
from dashboard.components.replies import listing
from dashboard.group_charts import picture
from dashboard.words import STANCE, STANCE_NOTE


def show() -> None:
    st.title("Themes")
    run = needs.run()
    if run is None:
        return
    question = needs.pick_question(run.consultation.open_questions, "themes-question")
    if question is None:
        return
    frame = results.themes(run, question.id, needs.counting())
    if frame.empty:
        st.info(
            "The answers are too few or too different to be grouped. All are under “Responses”."
        )
        return
    bars, stances, cloud = st.tabs(["Bars", "How people speak of them", "Map of points"])
    with bars:
        _bars(frame)
    with stances:
        _stances(run, question.id, frame)
    with cloud:
        _map(run, question.id, frame)
    _table(frame)
    _drill(run, question.id, frame)


def _bars(frame: pd.DataFrame) -> None:
    top = frame[frame["parent_id"] == ""].rename(columns={"respondents": "n"})
    first = top.iloc[0]
    st.plotly_chart(
        charts.bars(top), key="themes-bars", theme=None, config=picture("themes-bars"),
        alt=f"{len(top)} themes by share of people; most often {first['name']}, "
        f"{first['n']} of {first['base']}.",
    )  # fmt: skip
    st.caption(
        f"Share of the {first['base']:,} people whose answer was analysed. One person can raise "
        "several themes."
    )


def _stances(run: Run, question_id: str, frame: pd.DataFrame) -> None:
    top = frame[frame["parent_id"] == ""]
    twice = top["name"].duplicated(keep=False)
    unique = top["name"].where(~twice, top["name"] + " (" + top["theme_id"] + ")")
    names = dict(zip(top["theme_id"], unique, strict=True))
    found = quality.stances(run, question_id, needs.counting())
    shown = found[found["theme_id"].isin(names)].rename(columns={"stance": "value"})
    order = {t: i for i, t in enumerate(names)}
    shown = shown.assign(group=shown["theme_id"].map(names), _o=shown["theme_id"].map(order))
    shown = shown.sort_values("_o", kind="stable").astype({"n": "Int64"})
    st.caption(STANCE_NOTE)
    st.plotly_chart(
        charts.stacked(shown, STANCES, STANCE, charts_quality.STANCE, outside=["unclear"]),
        key="themes-stances", theme=None, config=picture("themes-stances"),
        alt=f"How people speak of {len(names)} themes: supportive, mixed, concerned or only with a "
        "suggestion. The table below holds the same numbers.",
    )  # fmt: skip
    cells = shown.assign(
        cell=[f"{r.n:,} ({percent(int(r.n), int(r.base))})" for r in each(shown)]
    ).pivot(index="theme_id", columns="value", values="cell")
    table = cells.loc[list(names), list(STANCES)].rename(columns=STANCE)
    table.insert(0, "Theme", [names[t] for t in table.index])
    with st.expander("The same as a table"):
        safe.table(table, "People by how they speak of each theme")


def _map(run: Run, question_id: str, frame: pd.DataFrame) -> None:
    names = dict(zip(frame["theme_id"], frame["name"], strict=True))
    top = frame.loc[frame["parent_id"] == "", "theme_id"].tolist()
    shown = st.multiselect(
        "Themes to colour (four at most)", top, default=top[:3], max_selections=4,
        format_func=fresh.words("map-themes", names), key="map-themes",
    )  # fmt: skip
    points = results.points_on_map(run, question_id, needs.counting())
    st.plotly_chart(
        charts.points_map(points, shown), key="themes-map", theme=None,
        config=picture("themes-map"),
        alt=f"Map of {len(points):,} points; points that lie close say similar things. "
        "The table below holds the same themes with their counts.",
    )  # fmt: skip
    st.caption("Points that lie close say similar things; the axes have no meaning of their own.")


def _table(frame: pd.DataFrame) -> None:
    table = pd.DataFrame(
        {
            "Theme": [f"– {r.name}" if r.parent_id else r.name for r in each(frame)],
            "People": frame["respondents"],
            "Share": [
                percent(n, b) for n, b in zip(frame["respondents"], frame["base"], strict=True)
            ],
            "Points": frame["points"],
            "Came back in repeats": frame["stability"].map(
                lambda s: "made by the team" if pd.isna(s) else f"{s:.0%}"
            ),
            "Raised by few": frame["minority"].map({True: "yes", False: ""}),
        }
    )
    with st.expander("The same as a table, with sub-themes"):
        safe.table(table, "Themes and sub-themes with people, share, points and stability")
        button(
            "Download as CSV",
            download(frame.assign(counting=needs.counting())),
            "themes.csv",
            "text/csv",
            key="download-themes",
        )


def _drill(run: Run, question_id: str, frame: pd.DataFrame) -> None:
    st.header("What people said")
    names: dict[str, str] = {
        r.theme_id: f"{'– ' if r.parent_id else ''}{r.name} ({r.respondents:,})"
        for r in each(frame)
    }
    theme = st.selectbox(
        "Theme", list(names), format_func=fresh.words("drill-theme", names), key="drill-theme"
    )
    row = frame.set_index("theme_id").loc[theme]
    safe.text(str(row["description"]))
    if row["keywords"]:
        st.caption(safe.escaped(f"Words that set it apart: {row['keywords']}"))
    chosen = results.Filters(question_id=question_id, theme_id=theme)
    listing(run, chosen, key="drill", title="Themes")


frame.page(show)
