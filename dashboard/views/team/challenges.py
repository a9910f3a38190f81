"""What readers say was missed: the queue, and the team's answers."""

from __future__ import annotations

import streamlit as st

from analysis.access import Actor
from analysis.errors import HeardError
from analysis.review.challenges import KINDS, Challenge, open_ones
from analysis.review.editions import named_themes
from dashboard import session
from dashboard.components import frame, needs, safe
from dashboard.components.published import day
from dashboard.components.reviewer import signing
from dashboard.words import MISSED

SHOWN = 50  # entries at once


def show() -> None:
    st.title("Challenges")
    entry = needs.consultation()
    if entry is None:
        return
    st.write(
        "What readers of a published edition say was missed. Each gets an answer, which they read "
        "at an address that only they have. What they wrote is shown as it came."
    )
    found = session.store().challenges(entry.id)
    if not found:
        st.info("Nobody has said that something was missed.")
        return
    waiting = open_ones(found)
    st.markdown(f"**{len(waiting):,} to be answered**, {len(found) - len(waiting):,} answered")
    actor = signing("challenges", "answer")
    editions = sorted(e.number for e in session.store().editions(entry.id))
    names = _names(entry.id, found[:SHOWN])
    for challenge in found[:SHOWN]:
        _challenge(challenge, actor, editions, names.get((challenge.number, challenge.theme_id)))
    if len(found) > SHOWN:
        st.caption(f"{len(found) - SHOWN:,} more are shown once these are answered.")


def _names(consultation: str, found: list[Challenge]) -> dict[tuple[int, str], str]:
    """(edition, theme) → the theme's name there."""
    out = {}
    for number in {c.number for c in found}:
        _, content = session.store().edition(consultation, number)
        themes = named_themes(content.public)
        out.update({(number, t): str(theme["name"]) for t, theme in themes.items()})
    return out


def _challenge(challenge: Challenge, actor: Actor, editions: list[int], theme: str | None) -> None:
    with st.container(border=True):
        near = f"closest theme “{theme}”" if theme else "no theme is close"
        told = f"Edition {challenge.number} · {MISSED[challenge.status]} · {near} · "
        st.caption(safe.escaped(told + day(challenge.created)))
        safe.text(challenge.text)
        for answer in challenge.answers:
            where = f" in edition {answer.edition}" if answer.edition else ""
            st.markdown(f"**{KINDS[answer.kind]}{where}**")
            safe.text(answer.text)
            st.caption(safe.escaped(f"{answer.who}, {day(answer.at)}"))
        if challenge.open:
            _form(challenge, actor, editions)
        else:
            with st.expander("Answer again"):
                _form(challenge, actor, editions)


def _form(challenge: Challenge, actor: Actor, editions: list[int]) -> None:
    key = challenge.id
    with st.form(f"challenge-{key}"):
        kind = st.selectbox(
            "What became of it", list(KINDS), None, format_func=lambda k: KINDS[k],
            key=f"kind-{key}", placeholder="Choose",
        )  # fmt: skip
        edition = st.selectbox(
            "Edition in which it can be seen", [0, *editions], key=f"edition-{key}",
            format_func=lambda n: f"Edition {n}" if n else "None, or none yet",
        )  # fmt: skip
        words = st.text_area(
            "In your words, for whoever sent it: what was done, where it is, or why not",
            key=f"words-{key}", max_chars=4000,
        )  # fmt: skip
        if st.form_submit_button("Answer", key=f"answer-{key}", disabled=not actor.name):
            _answer(challenge, kind or "", words, edition, actor)


def _answer(challenge: Challenge, kind: str, words: str, edition: int, actor: Actor) -> None:
    try:
        session.store().answer_challenge(
            challenge.consultation_id, challenge.id, kind, words, edition, actor
        )
    except HeardError as error:  # beside the form, so that what was typed stays
        session.shown_error(error)
        return
    st.rerun()


frame.page(show)
