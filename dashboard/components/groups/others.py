"""Themes by group, position by theme, tone over time, like questions, and clear differences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.counting import counted_points
from analysis.crossing import Ask
from analysis.differences import CAUTION, in_words
from analysis.export.tables import differences_table, download
from analysis.groups import EVERYONE
from analysis.ingest.scales import order
from analysis.records import POSITIONS, TONES
from dashboard import charts, findings, group_charts, group_results, results
from dashboard.components import needs, safe
from dashboard.components.download import button
from dashboard.components.groups.shared import (
    Look,
    names_of,
    notes,
    outside,
    plot,
    split_hidden,
    table,
)  # fmt: skip
from dashboard.words import MEASURE, POSITION, TONE, TONE_NOTE

GROUPS_AT_MOST, THEMES_AT_MOST, PANELS_AT_MOST, LISTED = 6, 20, 4, 30
ALL = ""


def _attribute(look: Look, key: str) -> str:
    chosen: str = st.selectbox(
        "By", look.run.consultation.attributes, format_func=safe.option, key=key
    )
    return chosen


def _answered(look: Look, question_id: str) -> pd.Index:
    """The people whose answers to an open question are counted."""
    kept = counted_points(look.run.points, look.run.prepared, look.way).points
    own = kept.loc[kept["question_id"] == question_id, "response_id"]
    frame = look.run.prepared.responses
    people: pd.Index = pd.Index(frame.loc[frame["response_id"].isin(own), "respondent_id"].unique())
    return people


def themes(look: Look) -> None:
    """A heatmap of the themes of one question by the largest groups of one attribute."""
    question = needs.pick_question(look.run.consultation.open_questions, "heat-question")
    if question is None:
        return
    attribute = _attribute(look, "heat-attribute")
    names = names_of(look.run, "theme", question)
    if not names:
        st.info("There are no themes in this question.")
        return
    frame = group_results.crosstab(
        look.run, Ask(question.id, "theme", (attribute,)), look.way, look.rule
    )
    shown, _ = split_hidden(frame)
    groups = list(dict.fromkeys(shown["group"]))
    sizes = shown.drop_duplicates("group").set_index("group")["base"].drop(EVERYONE)
    large = set(sizes.sort_values(ascending=False, kind="stable").index[:GROUPS_AT_MOST])
    drawn = [g for g in groups if g == EVERYONE or g in large]
    top = dict(list(names.items())[:THEMES_AT_MOST])
    figure = group_charts.heatmap(shown, list(top), top, drawn)
    plot(figure, findings.of_heatmap(frame, top, drawn[1:], attribute), "themes-by-group")
    if len(drawn) < len(groups) or len(top) < len(names):
        st.caption("The chart has the largest groups and themes; the table has all of them.")
    notes(look, frame, _answered(look, question.id))
    table(frame, names, attribute, False, "heat")


def position(look: Look) -> None:
    """Who is for and against among those who raised each theme."""
    run = look.run
    if not run.consultation.position_question:
        st.info("No closed question was chosen that says whether people are for or against.")
        return
    question = needs.pick_question(run.consultation.open_questions, "bytheme-question")
    if question is None:
        return
    frame = group_results.position_by_theme(run, question.id, look.way, look.rule)
    names = names_of(run, "theme", question)
    rank = {g: i for i, g in enumerate([EVERYONE, *names])}
    frame = frame[frame["group"].isin(rank)]
    frame = frame.sort_values("group", key=lambda g: g.map(rank), kind="stable")
    named = frame.assign(group=frame["group"].map(lambda g: names.get(g, g)))
    apart = outside("position", POSITIONS)
    colour = charts.colours(POSITIONS, charts.POSITION)
    own, _ = split_hidden(named)
    figure = charts.stacked(own, POSITIONS, POSITION, colour, apart, diverging=True)
    inside = [p for p in POSITIONS if p not in apart]
    plot(figure, findings.of_stack(named, inside, POSITION, "theme"), "position-by-theme")
    st.caption(
        "Position as people stated it, of those who raised the theme. A person can raise several."
    )
    notes(look, named, _answered(look, question.id))
    table(named, {p: POSITION[p] for p in POSITIONS}, "Theme", True, "bytheme")


def time(look: Look) -> None:
    """The tone of the wording by the week or month in which answers came in."""
    question = needs.pick_question(look.run.consultation.open_questions, "time-question")
    if question is None:
        return
    st.caption(TONE_NOTE)
    frame = group_results.tone_over_time(look.run, question.id, look.way, look.rule)
    if frame.empty:
        st.info(
            "No column says when a reply was sent. If there is one, give it the role “Date of the "
            "reply” under “Columns”."
        )
        return
    names: dict[str, str] = {t: TONE[t] for t in TONES}
    own, _ = split_hidden(frame)
    figure = charts.stacked(
        own, TONES, names, charts.colours(TONES, charts.TONE), outside("tone", TONES)
    )
    inside = [t for t in TONES if t not in outside("tone", TONES)]
    plot(figure, findings.of_stack(frame, inside, names, "date"), "tone-over-time")
    notes(look, frame, _answered(look, question.id))
    table(frame, names, group_results.WEEK, True, "time")


def alike(look: Look) -> None:
    """Small multiples: questions that were asked with the same answers, one panel each."""
    sets = group_results.alike(look.run)
    if not sets:
        st.info("No two closed questions have the same answers, so there is nothing to compare.")
        return
    texts = {q.id: q.text for own in sets for q in own}
    at = 0
    if len(sets) > 1:
        at = st.selectbox(
            "Answers", range(len(sets)), key="alike-set",
            format_func=lambda i: safe.option(" / ".join(sets[i][0].options)),
        )  # fmt: skip
    options = [q.id for q in sets[at]]
    chosen = st.multiselect(
        f"Questions (up to {PANELS_AT_MOST})", options, options[:PANELS_AT_MOST],
        max_selections=PANELS_AT_MOST, key=f"alike-questions-{at}",
        format_func=lambda q: safe.option(needs.shortened(texts[q])),
    )  # fmt: skip
    attribute = _attribute(look, "alike-attribute")
    if not chosen:
        return
    names = names_of(look.run, "closed", results.question(look.run, chosen[0]))
    frames = {
        q: group_results.crosstab(look.run, Ask(q, "closed", (attribute,)), look.way, look.rule)
        for q in chosen
    }
    apart = outside("closed", list(names))
    inside = [v for v in names if v not in apart]
    colour = charts.colours(inside, None, order(inside) is not None)
    colour |= dict.fromkeys(apart, charts.PALE)
    first = split_hidden(frames[chosen[0]])[0]
    largest = first.drop_duplicates("group").nlargest(6, "base")["group"]
    titles = group_charts.told_apart([texts[q] for q in frames])
    panels = {
        f"{i}. {needs.shortened(title)}": f[f["group"].isin(largest)]
        for i, (title, f) in enumerate(zip(titles, frames.values(), strict=True), 1)
    }
    figure = group_charts.multiples(panels, list(names), names, colour, apart)
    said = findings.of_panels(dict(zip(panels, frames.values(), strict=True)), inside)
    plot(figure, said, "like-questions")
    st.caption("The chart has the five largest groups; the tables have all of them.")
    notes(look, pd.concat(frames.values()).drop_duplicates("group"))
    for q, frame in frames.items():
        st.markdown(safe.escaped(texts[q]))
        table(frame, names, attribute, True, f"alike-{q}")


def differences(look: Look) -> None:
    """What some groups raise or hold clearly more or less often than the others."""
    run = look.run
    frame = group_results.differences(run, look.rule)
    least = run.meta["settings"]["difference_base"]
    tested = len(run.groups.differences)
    st.caption(
        f"{tested:,} comparisons of a group with all others were tested, where both have {least} "
        "people or more; each campaign letter counts once. Listed are those that chance hardly "
        f"explains, over all that was tested. {CAUTION.capitalize()}."
    )
    if frame.empty:
        st.info("No group stands out clearly from the others.")
        return
    for one, two in group_results.twins(frame, run):
        st.warning(
            safe.escaped(
                f"“{one[0]}, {one[1]}” and “{two[0]}, {two[1]}” are nearly the same people: what "
                "stands out for one is told again for the other."
            )
        )
    left, right = st.columns(2)
    attribute = left.selectbox(
        "About groups of", [ALL, *frame["attribute"].unique()], key="diff-attribute",
        format_func=lambda a: safe.option(a) if a else "Any attribute",
    )  # fmt: skip
    measure = right.selectbox(
        "In", [ALL, *frame["measure"].unique()], key="diff-measure",
        format_func=lambda m: MEASURE[m] if m else "Themes and position",
    )  # fmt: skip
    own = frame[
        ((frame["attribute"] == attribute) | (attribute == ALL))
        & ((frame["measure"] == measure) | (measure == ALL))
    ]
    named = dict(zip(run.themes.themes["theme_id"], run.themes.themes["name"], strict=True))
    names = {**named, **POSITION}
    questions = {q.id: q.text for q in run.consultation.questions}
    many = "1 clear difference" if len(own) == 1 else f"{len(own):,} clear differences"
    st.markdown(f"**{many}**, the largest first")
    for (question, value), part in _together(own.head(LISTED)):
        what = names.get(value, value)
        st.markdown(f"**{safe.escaped(what)}**")
        st.caption(safe.escaped(needs.shortened(questions[question])))
        for _, row in part.iterrows():
            group = f"{row['attribute']}, {row['group']}"
            away, low, high = (f"{100 * row[c]:+.0f}" for c in ("difference", "low", "high"))
            safe.text(f"{in_words(row, group, what)} ({away} points, between {low} and {high}).")
    if len(own) > LISTED:
        st.caption(f"The first {LISTED} of {len(own):,}; the file has all of them.")
    button(
        "Download as CSV", download(differences_table(run, look.rule)), "differences.csv",
        "text/csv", key="download-differences",
    )  # fmt: skip


def _together(frame: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    keys = frame[["question_id", "value"]].apply(tuple, axis=1)
    return [(key, frame[keys == key]) for key in dict.fromkeys(keys)]
