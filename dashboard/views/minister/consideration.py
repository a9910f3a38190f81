"""You said, we did, or why not: theme by theme, with the clock from the closing date."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import pandas as pd
import streamlit as st

from analysis.access import may
from analysis.review import consideration
from analysis.review.consideration import DECISIONS, Considered, Decision
from analysis.review.editions import Edition
from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.published import asked, day


def show() -> None:
    st.title("You said, we did")
    edition = _edition()
    if edition is None:
        st.info("No edition has been checked yet.")
        return
    st.markdown(f"**{safe.escaped(edition.title)}**, edition {edition.number}")
    lines = session.store().considered(edition.consultation_id)
    _clock(edition, lines)
    _, content = session.store().edition(edition.consultation_id, edition.number)
    for question in content.public["questions"]:
        _question(edition, question, consideration.responses(lines))
    _missed(session.store().told_missed(edition.consultation_id))
    _record(lines)


def _missed(told: list[dict[str, Any]]) -> None:
    st.header("What readers said was missed")
    if not told:
        st.write("Nobody has said that something was missed.")
        return
    rows = [
        (c["text"], f"Edition {c['edition']}, {day(c['at'])}", c["answer"], c["why"]) for c in told
    ]
    table = pd.DataFrame(rows, columns=["They said", "About", "Answer", "In words"])
    safe.table(table, "What readers said was missed, and the team's answers")


def _edition() -> Edition | None:
    """The edition in the address, else the newest of its consultation, else the newest of all."""
    where, editions = asked(), session.store().editions()
    if where is not None:
        return next((e for e in editions if (e.consultation_id, e.number) == where), None)
    entry = session.chosen() if may(session.actor(), "read") else None
    own = [e for e in editions if entry is not None and e.consultation_id == entry.id]
    return next(iter(own or editions), None)


def _clock(edition: Edition, lines: list[Considered]) -> None:
    closed = consideration.closing(lines)
    if closed is not None:
        due, left = consideration.clock(closed, datetime.now(UTC).date())
        told = f"{left:,} days are left." if left >= 0 else f"It is {-left:,} days late."
        st.write(
            f"The consultation closed on {day(closed)}. A response is due within "
            f"{consideration.WEEKS} weeks, by {day(due)}. {told}"
        )
    else:
        st.write("The closing date is not known yet, so the 12 weeks cannot be counted.")
    actor = session.actor()
    if may(actor, "check"):
        with st.popover("Set the closing date"):
            # a form: a date that is typed counts when the box is left, so with the click
            with st.form("closing-form", border=False):
                picked = st.date_input("Closing date", closed, key="closing")
                kept = st.form_submit_button("Keep it", key="keep-closing")
            if kept and picked:
                session.store().close_on(edition.consultation_id, picked, actor)
                st.rerun()


def _question(edition: Edition, question: dict[str, Any], given: dict[str, Considered]) -> None:
    st.header(safe.escaped(question["text"]))
    themes = [*question["themes"], *question["also"]]
    if not themes:
        st.write("No theme.")
    for theme in themes:
        own = given.get(theme["theme_id"])
        decided = DECISIONS[own.text["decision"]] if own else DECISIONS["open"]  # type: ignore[index]
        with st.expander(safe.escaped(f"{theme['name']}: {theme['people']} people. {decided}")):
            if own:
                for words in (own.text["did"], own.text["why_not"]):
                    if words:
                        safe.text(words)
                st.caption(safe.escaped(f"{own.who}, {day(own.at)}"))
            if may(session.actor(), "respond"):
                _respond(edition, theme, own)


def _respond(edition: Edition, theme: dict[str, Any], own: Considered | None) -> None:
    key = theme["theme_id"]
    text = own.text if own else {"decision": "open", "did": "", "why_not": ""}
    options = list(get_args(Decision))
    with st.form(f"respond-{key}"):
        decision = st.selectbox(
            "Decision", options, index=options.index(text["decision"]),
            format_func=lambda d: DECISIONS[d], key=f"decision-{key}",
        )  # fmt: skip
        did = st.text_area("We did", text["did"], key=f"did-{key}", max_chars=4000)
        why = st.text_area("Why not, or not all", text["why_not"], key=f"why-{key}", max_chars=4000)
        if st.form_submit_button("Keep", key=f"respond-{key}-keep"):
            made = consideration.response(theme["name"], decision, did, why)
            session.store().respond(edition.consultation_id, key, session.actor(), made)
            st.rerun()


def _record(lines: list[Considered]) -> None:
    st.header("Who read what")
    rows = [
        (f"Edition {r.number}", r.who, {"opened": "Opened"}.get(r.kind, "Note"), day(r.at))
        for r in lines
        if r.kind in ("opened", "note")
    ]
    if not rows:
        st.write("Nobody who signed in has opened an edition yet.")
        return
    table = pd.DataFrame(rows, columns=["Edition", "Who", "What", "When"])
    safe.table(table, "Who opened which edition, and who left a note")


frame.page(show)
