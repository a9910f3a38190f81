"""The brief of an edition and what is behind it, for those who decide; openings are kept."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd
import streamlit as st

from analysis.access import may
from analysis.export.brief import BADGE, SIDE, Brief, html_of
from analysis.records import each
from analysis.review.editions import Edition, EditionContent
from analysis.summarise.words import percent
from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.download import button
from dashboard.components.published import asked_or_told, day


def show() -> None:
    where = asked_or_told("Brief")
    if where is None:
        return
    edition, content = session.store().edition(*where)
    _opened(edition)
    brief = _brief(edition, content)
    st.caption(f"**{brief.badge}**")
    st.title(safe.escaped(brief.title))
    for step in edition.sign_offs:
        st.caption(
            safe.escaped(f"{step.step.capitalize()} by {step.by} on {day(step.at)}. {step.note}")
        )
    _page(brief)
    button(
        "Download the brief (prints on one page)", html_of(brief).encode(),
        f"brief-{edition.number}.html", "text/html", key="brief-download",
        consultation_id=edition.consultation_id,
    )  # fmt: skip
    _behind(content)
    _notes(edition)


def _brief(edition: Edition, content: EditionContent) -> Brief:
    names = {f.name for f in fields(Brief)}
    kept = {k: v for k, v in content.brief.items() if k in names}
    themes = [_with_people(t) for t in kept["themes"]]
    badge = f"{BADGE[edition.state]}, edition {edition.number}"
    foot = f"{kept['foot']} Fingerprint of edition {edition.number}: {edition.digest[:16]}."
    return Brief(**{**kept, "themes": themes, "badge": badge, "foot": foot})


def _with_people(theme: dict[str, Any]) -> dict[str, Any]:
    """Older editions hold the number alone."""
    return {"people": f"{theme['n']:,} people ({theme['percent']} of {theme['base']:,})", **theme}


def _opened(edition: Edition) -> None:
    """Kept once a session, so that the record says who had it before them."""
    key = f"opened-{edition.digest}"
    actor = session.actor()
    if key not in st.session_state and actor.named:
        session.store().record_opening(edition.consultation_id, edition.number, actor)
    st.session_state[key] = True


def _page(brief: Brief) -> None:
    if brief.statement:
        safe.text(brief.statement)
    safe.text(f"{brief.received} {brief.makeup}")
    st.header("Position")
    safe.text(brief.headline)
    st.header("Main themes")
    for theme in brief.themes:
        _theme(theme)
    lists = (
        ("What organisations raise", brief.organisations),
        ("What few say", brief.few),
        ("What respondents ask for", brief.requests),
        ("How sure, and why", brief.sure),
        ("Read with care", brief.caveats),
    )
    for title, lines in lists:
        if lines:
            st.subheader(title)
        for line in lines:
            safe.text(line)
    st.caption(safe.escaped(brief.foot))


def _theme(theme: dict[str, Any]) -> None:
    st.subheader(safe.escaped(theme["name"]))
    st.write(theme["people"])
    if theme["question"]:
        st.caption(safe.escaped(f"On: {theme['question']}"))
    if theme["difference"]:
        st.caption(safe.escaped(theme["difference"]))
    for column, side in zip(st.columns(len(theme["sides"])), theme["sides"], strict=True):
        with column:
            if side["side"] in ("support", "oppose"):
                st.markdown(f"**{SIDE[side['side']]} the proposal: {side['count']}**")
            for line in side["model"]:
                safe.text(line)
            for quote in side["quotes"]:
                safe.quote(quote["text"], f"Reply {quote['response_id']}")


def _behind(content: EditionContent) -> None:
    st.header("What is behind it")
    questions = content.public["questions"]
    names = [f"{n}. {safe.option(q['text'])}" for n, q in enumerate(questions, 1)]
    if not names:
        return
    at = st.selectbox("Question", range(len(names)), format_func=lambda i: names[i], key="brief-q")
    own = [*questions[at]["themes"], *questions[at]["also"]]
    ids = [t["theme_id"] for t in own]
    rows = pd.DataFrame([(t["name"], t["people"]) for t in own], columns=["Theme", "People"])
    safe.table(rows, "All themes of this question, with the number of people")
    if ids:
        _by_group(content, ids, {t["theme_id"]: t["name"] for t in own})


def _by_group(content: EditionContent, ids: list[str], names: dict[str, str]) -> None:
    frame_ = content.groups.query("measure == 'theme' and attribute != '' and value in @ids")
    attributes = list(dict.fromkeys(frame_["attribute"]))
    if not attributes:
        return
    with st.expander("By group"):
        attribute = st.selectbox("Group of", attributes, format_func=safe.option, key="brief-group")
        shown = frame_[(frame_["attribute"] == attribute) & frame_["shown"].astype(bool)]
        rows = [
            (names[r.value], r.group, f"{r.n:,} of {r.base:,}", percent(r.n, r.base))
            for r in each(shown)
            if r.base
        ]
        table = pd.DataFrame(rows, columns=["Theme", "Group", "People", "Share"])
        safe.table(table, "Themes by group; numbers of few people are left out")


def _notes(edition: Edition) -> None:
    st.header("Notes")
    lines = session.store().considered(edition.consultation_id)
    for line in (r for r in lines if r.kind == "note" and r.number == edition.number):
        safe.quote(line.text["note"], f"{line.who}, {day(line.at)}")
    actor = session.actor()
    if not may(actor, "note"):
        return
    with st.form("note", clear_on_submit=True):
        note = st.text_area(
            "Your note on this edition, kept in the record", key="note", max_chars=4000
        )
        if st.form_submit_button("Keep the note", key="keep-note"):
            session.store().add_note(edition.consultation_id, edition.number, actor, note)
            st.rerun()


frame.page(show)
