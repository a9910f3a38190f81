"""What was hidden in the answers as personal data, for a person to check mask by mask."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analysis.fingerprint import fingerprint
from analysis.jobs.queue import start
from analysis.prepare.points import masked
from analysis.prepare.privacy import KINDS, placeholder
from analysis.prepare.privacy_concerns import concerns
from analysis.prepare.privacy_known import known
from analysis.prepare.review import (
    OTHER,
    STATES,
    Action,
    RedactionEdit,
    found_anew,
    mark,
    masks,
    occurrences,
    reviewed,
)  # fmt: skip
from analysis.records import Run, each
from dashboard import session
from dashboard.components import frame, needs, safe, unredacted

PAGE = 10  # answers on one page: each has two columns of text and its own controls
LONGEST = 500  # letters of a passage to hide
REVIEWER = "reviewer"  # in the session state
SHOW = {
    "review": "Masks still to review",
    "masks": "All answers with masks",
    "all": "All answers, also without masks",
}
STATE = {
    "to review": "To review",
    "accepted": "Accepted",
    "undone": "Undone",
    "added": "Added",
}
CONCERN = {"health": "someone’s health", "child": "a child"}


@dataclass(frozen=True)
class _Desk:
    """Everything that one look at the page works with. masks: as `review.masks` gives them."""

    consultation_id: str
    run: Run
    masks: pd.DataFrame
    hidden: Mapping[str, Sequence[tuple[int, int, str]]]
    waiting: bool  # what is hidden now is not what the results were made with
    who: str
    why: str


def show() -> None:
    st.title("Personal data")
    run = needs.run()
    entry = session.chosen()
    if run is None or entry is None:
        return
    if run.consultation.responses.empty:
        st.info("This consultation has no answers to open questions.")
        return
    st.write(
        "Passages that look like personal data are masked in everything that leaves the team. "
        "Rules find them, and rules miss some: accept the masks that are right, undo those that "
        "are wrong, and hide what was missed."
    )
    who, why = _reviewer()
    desk = _desk(entry.id, run, who, why)
    _rerun(desk)
    _counts(desk)
    _listing(desk)


def _reviewer() -> tuple[str, str]:
    left, right = st.columns(2)
    who = left.text_input(
        "Your name, kept with each decision", st.session_state.get(REVIEWER, ""),
        key="reviewer-name", max_chars=100,
    )  # fmt: skip
    why = right.text_input("Reason (optional, kept too)", key="reviewer-why", max_chars=500)
    st.session_state[REVIEWER] = who.strip()
    if not who.strip():
        st.info("Type your name to accept, undo or hide.")
    return who.strip(), why.strip()


def _desk(consultation_id: str, run: Run, who: str, why: str) -> _Desk:
    edits = session.store().redaction_edits(consultation_id)
    responses, before = run.prepared.responses, run.prepared.redactions
    found = found_anew(responses, before, edits, known(run.consultation))
    now = reviewed(responses, found, edits)
    hidden: dict[str, list[tuple[int, int, str]]] = {}
    for r in each(now):
        hidden.setdefault(r.response_id, []).append((int(r.start), int(r.end), r.kind))
    waiting = now.to_numpy().tolist() != before.to_numpy().tolist()
    every = masks(responses, found, edits)
    return _Desk(consultation_id, run, every, hidden, waiting, who, why)


def _rerun(desk: _Desk) -> None:
    if not desk.waiting:
        return
    job = session.store().latest_job(desk.consultation_id)
    if job is not None and job.active:
        st.info("The analysis is under way: see “Analysis” for its progress.")
        return
    with st.container(border=True):
        st.markdown("**The results do not have these decisions yet**")
        st.write(
            "Summaries, themes and exports still show what was hidden in the last analysis. Run "
            "it again once you are done here."
        )
        if st.button("Run the analysis again", key="rerun", type="primary"):
            start(session.store(), desk.consultation_id, session.actor())
            st.rerun()


def _named(kind: str) -> str:
    return placeholder(kind)[1:-1].removesuffix(" removed").capitalize()


def _counts(desk: _Desk) -> None:
    if desk.masks.empty:
        st.info("The rules found no personal data in these answers.")
        return
    kinds = desk.masks["kind"].map(_named)
    table = pd.crosstab(kinds, desk.masks["state"]).reindex(columns=list(STATES), fill_value=0)
    table.insert(0, "Masks", table.sum(axis=1))
    table = table.sort_values("Masks", ascending=False, kind="stable")
    table.loc["All"] = table.sum()
    table = table.rename(columns=STATE).reset_index(names="Kind")
    safe.table(table, "Masks by kind, and how many were accepted, undone or added")


def _listing(desk: _Desk) -> None:
    left, middle, right = st.columns(3)
    with left:
        wanted = st.selectbox("Show", list(SHOW), format_func=lambda o: SHOW[o], key="privacy-show")
    with middle:
        names = sorted(desk.masks["kind"].map(_named).unique())
        kind = st.selectbox(
            "Kind", ["", *names], format_func=lambda n: n or "Any", key="privacy-kind"
        )
    with right:
        search = st.text_input("Words in the answer", key="privacy-search", max_chars=200).strip()
    able = desk.masks if wanted != "review" else desk.masks.query("state == 'to review'")
    able = able[able["kind"].map(_named) == kind] if kind else able
    answers = desk.run.prepared.responses
    if wanted != "all" or kind:
        answers = answers[answers["response_id"].isin(able["response_id"])]
    if search:
        answers = answers[answers["text"].str.contains(search, case=False, regex=False)]
    st.markdown(f"**{len(answers):,} answer{'' if len(answers) == 1 else 's'}**")
    if answers.empty:
        st.caption("Nothing to show. Choose something else under “Show” to see other answers.")
        return
    looked = {"masks": wanted != "all", "kind": kind, "search": search}
    unredacted.log("Personal data", len(answers), [n for n, v in looked.items() if v], looked)
    pages = -(-len(answers) // PAGE)
    key = f"privacy-page-{fingerprint(wanted, kind, search)[:8]}"
    page = min(st.pagination(pages, key=key), pages) if pages > 1 else 1
    shown = answers.iloc[(page - 1) * PAGE : page * PAGE]
    rows = desk.masks[desk.masks["response_id"].isin(shown["response_id"])]
    own: dict[str, list[Any]] = {}
    for row in each(rows):
        own.setdefault(row.response_id, []).append(row)
    for answer in each(shown):
        with st.container(border=True):
            _answer(desk, answer, own.get(answer.response_id, []))


def _answer(desk: _Desk, answer: Any, rows: list[Any]) -> None:
    mentioned = " and ".join(CONCERN[c] for c in concerns(answer.text))
    care = f" · mentions {mentioned}: take care" if mentioned else ""
    st.caption(safe.escaped(f"Response {answer.response_id}{care}"))
    left, right = st.columns(2)
    with left:
        st.markdown("**Original**")
        safe.text(answer.text)
    with right:
        st.markdown("**Redacted**")
        hidden = desk.hidden.get(answer.response_id, ())
        safe.text(masked(answer.text, 0, len(answer.text), hidden))
    for row in rows:
        _mask(desk, answer, row)
    _hide(desk, answer)


def _mask(desk: _Desk, answer: Any, row: Any) -> None:
    key = f"{row.response_id}-{row.start}-{row.end}"
    words, first, second = st.columns([4, 1, 1], vertical_alignment="center")
    with words:
        safe.text(f"“{answer.text[row.start : row.end]}” → {placeholder(row.kind)}")
        st.caption(safe.escaped(STATE[row.state] + (f" by {row.who}" if row.who else "")))

    def button(column: Any, label: str, action: Action, off: bool = False) -> None:
        clicked = column.button(
            label, key=f"{action}-{key}", disabled=off or not desk.who, width="stretch"
        )
        if clicked:
            _decide(desk, answer, [(row.start, row.end)], row.kind, action)

    if row.state == "undone":
        button(first, "Mask again", "hide")
    else:
        button(first, "Accept", "accept", off=row.state == "accepted")
        button(second, "Undo", "keep")


def _hide(desk: _Desk, answer: Any) -> None:
    with (
        st.expander("Hide another passage"),
        st.form(f"form-{answer.response_id}", clear_on_submit=True, border=False),
    ):
        passage = st.text_input(
            "Passage, as it stands in the answer", key=f"passage-{answer.response_id}",
            max_chars=LONGEST,
        )  # fmt: skip
        by_name = {_named(k): k for k in reversed(KINDS)}
        kinds = [OTHER, *reversed(by_name.values())]
        st.caption("It is hidden wherever it stands in this answer, and in no other answer.")
        kind = st.selectbox("Kind", kinds, format_func=_named, key=f"kind-{answer.response_id}")
        if not st.form_submit_button(
            "Hide it", key=f"hide-{answer.response_id}", disabled=not desk.who
        ):
            return
    places = occurrences(answer.text, passage)
    if not places:
        st.warning("This passage does not stand in the answer. Copy it from the original text.")
        return
    _decide(desk, answer, places, kind, "hide")


def _decide(
    desk: _Desk, answer: Any, places: Sequence[tuple[int, int]], kind: str, action: Action
) -> None:
    of, now = mark(answer.text), time.time()
    edits = [
        RedactionEdit(
            answer.response_id, int(start), int(end), kind, action, desk.who, now, desk.why, of
        )
        for start, end in places
    ]
    session.store().add_redaction_edits(desk.consultation_id, edits)
    st.rerun()


frame.page(show)
