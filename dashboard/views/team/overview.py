"""One page over everything: the ledger, the position, the main themes, the summaries."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.records import POSITIONS, Run, each
from analysis.review.edits import account
from analysis.summarise.coverage import covers
from analysis.summarise.extract import SIDES
from analysis.summarise.words import people, percent, rounding_note
from dashboard import charts, results
from dashboard.components import frame, ledger, made, needs, safe
from dashboard.components.replies import send_to
from dashboard.group_charts import picture
from dashboard.words import POSITION

TOP = 8
FULL = 4  # themes of the summary that are open from the start


def show() -> None:
    run = needs.run()
    if run is None:
        return
    st.title(safe.escaped(run.consultation.title))
    if run.consultation.statement:
        safe.text(run.consultation.statement)
    st.caption(f"Draft: made by machine, not yet checked by a person. Run {run.id}.")
    if corrected := account(run.meta):
        st.write(corrected)
    if late := made.line(run):
        st.caption(late)
    _incomplete(run)
    ledger.show(run)
    _position(run)
    st.header("Open questions")
    question = needs.pick_question(run.consultation.open_questions, "overview-question")
    if question is not None:
        way = needs.counting()
        summary = next(q for q in run.summary.counted(way) if q["question_id"] == question.id)
        _refused(run, question.id)
        _flagged(run, summary)
        _themes(run, question.id)
        _summary(run, summary)
    _downloads()


def _position(run: Run) -> None:
    frame = results.position_of_all(run, needs.counting())
    if frame.empty:
        st.header("Position")
        st.info(
            "No closed question was chosen that says whether people are for or against, so nobody "
            "is counted as either. Choose one under “Columns”."
        )
        return
    st.header("Position on the proposal")
    question = results.question(run, run.consultation.position_question or "")
    st.markdown(safe.escaped(question.text))
    whole = frame.assign(group="Everyone")
    figure = charts.stacked(
        whole, POSITIONS, POSITION, charts.colours(POSITIONS, charts.POSITION),
        outside=("unclear", "not stated"),
    )  # fmt: skip
    words = ", ".join(
        f"{POSITION[r.value].lower()} {r.n:,} ({percent(r.n, r.base)})" for r in each(frame)
    )
    base = int(frame["base"].iloc[0])
    st.plotly_chart(
        figure,
        key="position-all",
        theme=None,
        config=picture("position-all"),
        alt=f"Position of {base:,} people: {words}.",
    )
    rows = frame.assign(
        value=frame["value"].map(POSITION),
        share=[percent(n, b) for n, b in zip(frame["n"], frame["base"], strict=True)],
    )[["value", "n", "share"]]
    rows.columns = pd.Index(["Position, as they stated it", "People", f"Share of {base:,}"])
    safe.table(rows, "Position of everyone, with counts and shares")
    note = rounding_note(frame["n"], base)
    if note:
        st.caption(note)
    _inferred(run)


def _inferred(run: Run) -> None:
    """How many positions were told from texts (never counted above), or why none was."""
    decision = run.judged.inference
    if not decision.get("without_position"):
        return
    st.caption(
        safe.escaped(
            f"Counted as stated only. Inferred from texts, and marked so under “Responses”: "
            f"{decision['inferred']:,} of {decision['without_position']:,} people who did not "
            f"state one. {decision['reason']}"
        )
    )


def _themes(run: Run, question_id: str) -> None:
    frame = results.themes(run, question_id, needs.counting()).query("parent_id == ''").head(TOP)
    if frame.empty:
        st.info(
            "The answers are too few or too different to be grouped. All are under “Responses”."
        )
        return
    st.subheader("Main themes")
    shown = frame.rename(columns={"respondents": "n"})
    first = frame.iloc[0]
    st.plotly_chart(
        charts.bars(shown), key="overview-themes", theme=None, config=picture("overview-themes"),
        alt=f"Share of people who raised each theme; most often {first['name']}, "
        f"{first['respondents']} of {first['base']} people.",
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "Theme": frame["name"],
            "People": frame["respondents"],
            f"Share of {first['base']:,} people with an analysed answer": [
                percent(n, b) for n, b in zip(frame["respondents"], frame["base"], strict=True)
            ],
        }
    )
    safe.table(table, "Main themes with the number and share of people")
    st.caption("One person can raise several themes, so shares can add up to more than 100 %.")


def _summary(run: Run, summary: dict[str, Any]) -> None:
    st.subheader("Summary")
    safe.text(summary["headline"])
    by_theme: dict[str, list[dict[str, Any]]] = {}
    for view in summary["viewpoints"]:
        by_theme.setdefault(view["theme_id"], []).append(view)
    ranked = list(by_theme.values())
    for views in ranked[:FULL]:
        _theme(summary["question_id"], views)
    if ranked[FULL:]:
        with st.expander(f"{len(ranked[FULL:])} further themes"):
            for views in ranked[FULL:]:
                _theme(summary["question_id"], views)
    _few(summary)
    _asked(run, summary)
    _coverage(summary)
    for caveat in summary["caveats"]:
        st.caption(safe.escaped(caveat))


def _few(summary: dict[str, Any]) -> None:
    """Every theme that is not written out above: the larger ones, then those of few people."""
    rest = [v for v in summary["smaller_views"] if not v["few"] and not v["parent_id"]]
    few = [v for v in summary["smaller_views"] if v["few"]]
    for title, views in (("Also raised", rest), ("Raised by few", few)):
        if views:
            with st.expander(f"{title}: {len(views)} views"):
                for view in views:
                    st.markdown(f"**{safe.escaped(view['theme'])}**")
                    safe.text(view["sentences"][0]["text"])
                    for quote in view["quotes"]:
                        _quote(quote)


def _asked(run: Run, summary: dict[str, Any]) -> None:
    asked = summary["asked_for"]
    st.markdown("#### What respondents ask for")
    if not asked["respondents"]:
        st.write("Nobody asks for something to be done, as far as wording tells.")
        return
    safe.text(
        f"{people(asked['respondents'])} ask for something to be done or not to be done. Requests "
        "in much the same words stand together, those of most people first."
    )
    for number, request in enumerate(asked["requests"], 1):
        source = f"{people(request['respondents'])}, shown from {request['response_id']}"
        safe.quote(request["text"] or "(in words that may not be published)", source)
        if st.button("Read these answers", key=f"asked-{summary['question_id']}-{number}"):
            send_to(run, request["text"], request["cites"])


def _coverage(summary: dict[str, Any]) -> None:
    st.markdown("#### How much this covers")
    safe.text(covers(summary))
    meter = summary["coverage"]
    if meter["left_out"]:
        safe.text("The best-supported views that are listed and not described: ")
        rows = [(v["theme"], v["respondents"]) for v in meter["left_out"]]
        safe.table(
            pd.DataFrame(rows, columns=["View", "People"]), "Views left out, most people first"
        )
    if meter["groups"]:
        with st.expander("By group"):
            shares = [
                (g["attribute"], g["group"], f"{g['share_of_points']:.0%}") for g in meter["groups"]
            ]
            columns = ["Group of", "Group", "Share of its points that the described themes cover"]
            safe.table(
                pd.DataFrame(shares, columns=columns), "Coverage of the points of each group"
            )


def _flagged(run: Run, summary: dict[str, Any]) -> None:
    ids = summary["reads_like_an_instruction"]
    if not ids:
        return
    st.info(
        f"{len(ids)} answers read like an instruction to a machine. They are counted like all "
        "others and never quoted; read them before you publish."
    )
    if st.button("Read them", key=f"flagged-{summary['question_id']}"):
        send_to(run, "They read like an instruction to a machine", ids)


def _refused(run: Run, question_id: str) -> None:
    """What the model's filter refused, before anything else a person should read."""
    ids = results.needs_person(run, question_id)
    if not ids:
        return
    st.warning(
        f"{len(ids)} answers were not read by the language model and need a person. They are in "
        "every count. If one speaks of harm to somebody, follow your safeguarding procedure."
    )
    if st.button("Read what needs a person", key=f"refused-{question_id}"):
        send_to(run, "Not read by the language model", ids)


def _incomplete(run: Run) -> None:
    """Says on the face of the page that the model left parts undone, and what to do."""
    parts = [s for s in run.meta["struck"] if s["kind"] == "viewpoint"]
    if not parts and not run.meta["problems"]:
        return
    views = sum(len(q["viewpoints"]) for q in run.summary.questions)
    done = f"{views - len(parts):,} of {views:,} viewpoints were written with the language model"
    which = done if parts else "the language model did not do all that it was asked"
    st.warning(
        safe.escaped(
            f"Incomplete: {which}; the program’s own wording stands for the rest. "
            f"{' '.join(dict.fromkeys(s['reason'] for s in parts))} "
            f"{' '.join(run.meta['problems'])} Start the analysis again to continue; what was "
            "answered is not paid for twice."
        )
    )


def _theme(question_id: str, views: list[dict[str, Any]]) -> None:
    """One theme: who raised it, then each side beside the other, and the way to all answers."""
    st.markdown(f"#### {safe.escaped(views[0]['theme'])}")
    safe.text(views[0]["sentences"][0]["text"])
    for column, view in zip(st.columns(len(views)), views, strict=True):
        with column:
            if view["position"] in SIDES:
                st.markdown(f"**{POSITION[view['position']]}**")
            for sentence in view["sentences"][1:]:
                safe.text(sentence["text"])
            for quote in view["quotes"]:
                _quote(quote)
    answers = len(views[0]["sentences"][0]["cites"])
    theme = views[0]["theme_id"]
    if st.button(f"Read all {answers:,} answers", key=f"read-{theme}"):
        st.session_state["filter-question"] = question_id
        st.session_state[f"filter-theme-{question_id}"] = theme
        st.switch_page("views/team/responses.py")


def _quote(quote: dict[str, Any]) -> None:
    safe.quote(quote["text"], f"Response {quote['response_id']}", quote.get("translation", ""))


def _downloads() -> None:
    st.header("Take it with you")
    st.page_link("views/team/exports.py", label="Brief, report, workbook and records")


frame.page(show)
