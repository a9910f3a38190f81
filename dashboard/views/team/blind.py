"""People code a sample of replies without seeing the machine's answer, which is then measured."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.errors import HeardError
from analysis.records import Run
from analysis.review.blind import (
    BlindCode,
    BlindSample,
    bounds,
    coded,
    finished,
    last_coded,
    new_sample,
    to_code,
)  # fmt: skip
from analysis.review.blind_measures import disagreements, measure
from dashboard import blind, results, session
from dashboard.components import frame, fresh, needs, safe, unredacted
from dashboard.components.reviewer import reviewer

PAGE = 10  # disagreements on one page
COLUMNS = 2  # of ticks
DRAWN = "blind-drawn"  # in the session: a sample was drawn just now
AGAIN = "blind-again"  # in the session: (sample, who, reply) to be coded anew


@dataclass(frozen=True)
class _Desk:
    """run: the one that the sample was drawn from."""

    consultation_id: str
    run: Run
    sample: BlindSample
    codes: Sequence[BlindCode]
    who: str

    def key(self, what: str) -> str:
        return f"blind-{self.sample.number}-{self.who}-{what}"


def show() -> None:
    st.title("Blind check")
    run = needs.run()
    entry = session.chosen()
    if run is None or entry is None:
        return
    st.write(
        "How right are the themes, and how far are the counts off? Somebody reads a sample of "
        "replies and says what each is about, without seeing where the machine put it. If two "
        "people code the same sample, it also tells how far people agree with each other."
    )
    who, _ = reviewer("blind", "draw a sample or to code", reason=False)
    samples = {s.number: s for s in session.store().blind_samples(entry.id)}
    _draw(entry.id, run, who, first=not samples)
    if not samples:
        return
    questions = {q.id: needs.shortened(q.text) for q in run.consultation.questions}
    names = {n: blind.named(s, questions.get(s.question_id, "")) for n, s in samples.items()}
    number = st.selectbox(
        "Sample", list(names), format_func=fresh.words("blind-sample", names), key="blind-sample"
    )
    sample = samples[number]
    st.caption(safe.escaped(sample.rule))
    if sample.run_id != run.id:
        st.caption("Drawn from an earlier analysis, which is the one that it measures.")
    codes = session.store().blind_codes(entry.id, number)
    desk = _Desk(entry.id, session.run_of(entry, sample.run_id), sample, codes, who)
    code, found = st.tabs(["Code", "Results"])
    with code:
        _code(desk)
    with found:
        _results(desk)


# ---------------------------------------------------------------- drawing
def _draw(consultation_id: str, run: Run, who: str, *, first: bool) -> None:
    if st.session_state.pop(DRAWN, False):
        st.session_state["blind-new"] = False  # before it is drawn: else the browser keeps it on
    if not st.toggle("Draw a new sample", value=first, key="blind-new"):
        return
    with st.container(border=True):
        question = needs.pick_question(run.consultation.open_questions, "blind-question")
        if question is None:
            return
        least, most = bounds(run, question.id)
        if not most:
            st.info("This question has no themes, so there is nothing to check.")
            return
        size = st.number_input(
            "Replies", least, most, blind.offered_size(least, most), key=f"blind-size-{question.id}"
        )
        st.caption(
            f"{least:,} at least, so that every theme is there with replies that fit it well and "
            f"less well; {most:,} are all that there are. The more, the narrower the intervals."
        )
        if st.button("Draw", key="blind-draw", type="primary", disabled=not who):
            made = new_sample(run, question.id, int(size), who, time.time())
            kept = session.store().add_blind_sample(consultation_id, made)
            st.session_state["blind-sample"] = kept.number
            st.session_state[DRAWN] = True
            st.rerun()


# ---------------------------------------------------------------- coding
def _code(desk: _Desk) -> None:
    if not desk.who:
        return
    done = desk.sample.size - len(to_code(desk.sample, desk.codes, desk.who))
    st.progress(
        done / desk.sample.size, text=f"{done:,} of {desk.sample.size:,} replies coded by you"
    )
    number, who, again = st.session_state.get(AGAIN, (0, "", ""))
    again = again if (number, who) == (desk.sample.number, desk.who) else ""
    reply, before = blind.current(desk.sample, desk.codes, desk.who, again)
    if not reply:
        st.success("You have coded the whole sample: see “Results”.")
        return
    unredacted.log("Blind check", desk.sample.size, ["sample"], desk.sample.number)
    st.caption(safe.escaped(results.question(desk.run, desk.sample.question_id).text))
    with st.container(border=True):
        safe.text(blind.text(desk.run, reply))
        safe.translated(results.translations(desk.run).get(reply, ""))
    st.caption("What is it about? Tick every theme that fits. Do not look it up elsewhere first.")
    _form(desk, reply, before)
    last = last_coded(desk.codes, desk.who)
    if last and not again and st.button("Change the one before", key="blind-back"):
        st.session_state[AGAIN] = (desk.sample.number, desk.who, last)
        st.rerun()
    with st.expander("What the themes are about"):
        safe.table(blind.about(desk.sample), "The themes on offer and what each is about")


def _form(desk: _Desk, reply: str, before: BlindCode | None) -> None:
    """Empty, or as the person coded the reply before."""
    given = before.theme_ids if before else ()
    with st.form(desk.key(f"form-{reply}"), border=False):
        ticked = {t for t, on in _ticks(desk, reply, given).items() if on}
        none = st.checkbox(
            blind.NONE, bool(before) and not given, key=desk.key(f"none-{reply}")
        )  # fmt: skip
        note = st.text_input(
            "Note (optional, kept)", before.note if before else "",
            key=desk.key(f"note-{reply}"), max_chars=500,
        )  # fmt: skip
        saved = st.form_submit_button("Save and next", key="blind-save", type="primary")
    if not saved:
        return
    try:
        made = coded(desk.sample, reply, desk.who, ticked, none, note, time.time())
    except HeardError as error:
        st.warning(safe.escaped(error))
        return
    session.store().add_blind_code(desk.consultation_id, made)
    st.session_state.pop(AGAIN, None)
    st.rerun()


def _ticks(desk: _Desk, reply: str, given: Sequence[str]) -> dict[str, bool]:
    """A box for each theme, by name, down one column and then the next."""
    themes, ticked = desk.sample.themes, {}
    tall = -(-len(themes) // COLUMNS)
    for n, column in enumerate(st.columns(COLUMNS)):
        for theme in themes[n * tall : (n + 1) * tall]:
            ticked[theme.theme_id] = column.checkbox(
                safe.escaped(theme.name), theme.theme_id in given,
                key=desk.key(f"{reply}-{theme.theme_id}"),
            )  # fmt: skip
    return ticked


# ---------------------------------------------------------------- results
def _results(desk: _Desk) -> None:
    left = len(to_code(desk.sample, desk.codes, desk.who))
    if desk.who not in finished(desk.sample, desk.codes):
        st.info(
            "Whoever has coded the whole sample sees the results, so that nobody codes with the "
            f"machine’s answer in mind. {blind.left(left)}"
        )
        return
    found = measure(desk.run, desk.sample, desk.codes)
    st.header("Agreement")
    safe.table(blind.agreement(found), "Agreement of machine and people, and of people")
    st.caption(blind.PUBLISHED)
    waiting = blind.others(desk.sample, desk.codes)
    if waiting:
        st.caption(safe.escaped(waiting))
    st.header("How far are the counts off?")
    safe.table(blind.counts(found), "The machine’s counts beside what people would count")
    st.caption(blind.COUNTS)
    st.header("Theme by theme")
    safe.table(blind.measures(found), "Precision, recall, F1 and kappa of each theme")
    st.caption(blind.MEASURES)
    _reading(desk)


def _reading(desk: _Desk) -> None:
    st.header("Read these first")
    found = disagreements(desk.run, desk.sample, desk.codes)
    if not found:
        st.success("Nobody disagrees about any reply.")
        return
    st.caption(
        f"{len(found):,} of {desk.sample.size:,} replies are not seen alike: those with the least "
        "in common first, then those that stand for the most."
    )
    unredacted.log("Blind check", len(found), ["disagreement"], ("differ", desk.sample.number))
    pages = -(-len(found) // PAGE)
    page = st.pagination(pages, key=desk.key("page")) if pages > 1 else 1
    for one in found[(page - 1) * PAGE : page * PAGE]:
        with st.container(border=True):
            safe.text(blind.text(desk.run, one.response_id))
            for who, said in blind.answers(desk.sample, one):
                st.markdown(f"**{safe.escaped(who)}:** {safe.escaped(said)}")
            st.caption(safe.escaped(blind.stands_for(one)))


frame.page(show)
