"""How right the machine is, where that can be told, and for whom it is less right."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.records import Run
from dashboard import charts_quality, quality
from dashboard.components import frame, needs, safe
from dashboard.group_charts import picture
from dashboard.words import TONE_NOTE


def show() -> None:
    st.title("Quality")
    run = needs.run()
    if run is None:
        return
    st.write(
        "How right the machine is about these replies, measured where people’s own ticks or the "
        "team’s labels say what is right, and whether some groups fare worse than others."
    )
    _fairness(run)
    _position(run)
    _tone(run)


def _position(run: Run) -> None:
    st.header("Position told from texts")
    decision = run.judged.inference
    safe.text(decision["reason"])
    st.caption(
        f"Position is what people ticked. Told from texts, and always marked so: "
        f"{decision['inferred']:,}; read by the team: {decision.get('by_hand', 0):,}; without any: "
        f"{decision['without_position'] - decision['inferred'] - decision.get('by_hand', 0):,}."
    )
    curve = quality.curve(run)
    if not curve.empty:
        _curve(run, curve)
    clashes = len(run.judged.contradictions)
    if clashes:
        st.write(
            f"{clashes:,} people ticked one side while their text reads as the other. The tick "
            "counts; read them under “Responses”."
        )
    st.page_link("views/team/teach.py", label="Teach: label replies and tones")


def _curve(run: Run, curve: pd.DataFrame) -> None:
    decision, kept = run.judged.inference, quality.coverage_kept(run)
    whole = float(curve["accuracy"].iloc[-1])
    figure = charts_quality.accuracy_by_coverage(
        curve, decision["wanted"], decision["majority"], kept
    )
    used = f" Positions are inferred for the surest {kept:.0%}." if kept else ""
    st.plotly_chart(
        figure, key="quality-curve", theme=None, config=picture("quality-curve"),
        alt=f"The text told the side of {whole:.0%} of {decision['trained_on']:,} replies, held "
        f"out; always saying the most frequent side is right for {decision['majority']:.0%}.{used}",
    )  # fmt: skip
    st.caption(
        f"Held out: each of {decision['trained_on']:,} replies was judged by a model that had not "
        "seen it, nor a copy of it. The further left, the fewer and surer."
    )
    table = pd.DataFrame(
        {
            "Surest": curve["coverage"].map("{:.0%}".format),
            "Right": curve["accuracy"].map("{:.0%}".format),
            "Least confidence": curve["confidence"].map("{:.2f}".format),
        }
    )
    with st.expander("The same as a table"):
        safe.table(table, "Accuracy of positions from texts by share of replies")


def _tone(run: Run) -> None:
    st.header("Tone")
    st.caption(TONE_NOTE)
    safe.text(f"Judged by: {run.meta['backends']['tone']['name']}.")
    if kind := quality.tone_kind(run):
        safe.text(kind)
    trained = run.judged.tone_training
    if trained.get("reason"):
        safe.text(trained["reason"])
    st.write("How right the shipped model was on human-labelled texts that it had not seen:")
    safe.table(quality.tone_scores(), "Tone model on unseen texts by source, beside VADER")
    st.caption(
        "Shown: the share of texts that are not left unclear. The labels follow each source’s "
        "habit, so a new consultation can differ: correct tones under “Teach”."
    )


def _fairness(run: Run) -> None:
    st.header("Does it work as well for everyone?")
    table = quality.fair(run)
    if table.empty:
        st.info("There is nothing to compare yet.")
        return
    found = quality.warnings(run)
    for sentence in found:
        st.warning(safe.escaped(sentence))
    if not found:
        st.success("No group fares worse than chance explains.")
    st.caption(
        f"{table['p'].notna().sum():,} comparisons, each group against all others, one person "
        "counted as one draw; false alarms are held to "
        f"{run.meta['settings']['fair_level']:.0%} of the warnings (Benjamini–Hochberg). Length "
        "matters by itself: a long reply has more points that can be quoted or grouped."
    )
    names = list(dict.fromkeys(table["attribute"]))
    attribute = st.selectbox("By", names, format_func=safe.option, key="quality-attribute")
    safe.table(quality.fairness(run, attribute), f"Errors and shares by {attribute}")


frame.page(show)
