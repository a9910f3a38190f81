"""A published edition for everybody: plain words, narrow screens, nothing that is the team's."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.language import about, few, said, say, sides, when
from dashboard.components.published import asked_or_told, link

PAGE = "views/public/edition.py"
CAPTURED = "views/public/captured.py"
RECEIPT = "views/public/receipt.py"
METHOD = "views/public/method.py"


def show() -> None:
    where = asked_or_told(say("e_title"))
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(safe.escaped(edition["title"]))
    st.caption(say("e_edition", number=edition["number"], day=when(edition["published"])))
    if edition["invented"]:
        st.caption(say("invented"))
    link(CAPTURED, say("link_captured"), *where)
    link(RECEIPT, say("link_receipt"), *where)
    _who(edition)
    _position(edition)
    for number, question in enumerate(edition["questions"], 1):
        _question(number, question)
    _answers(edition)
    _method(edition)
    link(METHOD, say("link_how"), *where)
    _editions(where[0], edition)


def _who(edition: dict[str, Any]) -> None:
    if edition["statement"]:
        st.markdown(f"**{say('e_plan')}**")
        safe.text(edition["statement"])
    st.header(say("e_who"))
    st.write(say("e_came", n=f"{edition['received']:,}"))
    st.write(say("e_chose"))
    groups = edition["who_replied"]["groups"]
    if groups:
        rows = pd.DataFrame(
            [(g["group"], f"{g['n']:,}") for g in groups],
            columns=[say("e_col_who"), say("e_col_n")],
        )
        safe.table(rows, say("e_who_alt"))


def _position(edition: dict[str, Any]) -> None:
    rows = edition["position"]
    if not rows:
        return
    st.header(say("e_side"))
    st.write(say("e_asked"))
    safe.text(edition["position_question"])
    table = pd.DataFrame(
        [(say("side_" + r["side"].replace(" ", "_")), r["people"], r["share"]) for r in rows],
        columns=[say("e_col_answer"), say("e_col_people"), say("e_col_share")],
    )
    safe.table(table, say("e_side_alt"))


def _question(number: int, question: dict[str, Any]) -> None:
    st.header(say("e_question", n=number))
    st.markdown(f"**{safe.escaped(question['text'])}**")
    st.write(say("e_answered", n=f"{question['answered']:,}"))
    for theme in question["themes"]:
        with st.container(border=True):
            st.markdown(f"**{safe.escaped(theme['name'])}**")
            st.write(about(theme["people"], theme["share"], question["base"]))
            if told := sides(theme.get("sides", [])):
                st.write(told)
            for quote in theme["quotes"]:
                safe.text(f"“{quote}”")
    if question["also"]:
        with st.expander(say("e_more", n=len(question["also"]))):
            rows = [(t["name"], few(t["people"])) for t in question["also"]]
            safe.table(
                pd.DataFrame(rows, columns=[say("e_col_about"), say("e_col_people")]),
                say("e_more_alt"),
            )
    st.caption(say("e_base", n=f"{question['base']:,}"))


def _answers(edition: dict[str, Any]) -> None:
    """What is done about each theme, where somebody has decided."""
    decided = [r for r in edition["responses"].values() if r["decision"] != "open"]
    if not decided:
        return
    st.header(say("e_did"))
    for answer in decided:
        with st.container(border=True):
            st.markdown(f"**{say('e_said')}** {safe.escaped(answer['theme'])}")
            st.markdown(f"**{say('done_' + answer['decision'])}:**")
            for words in (answer["did"], answer["why_not"]):
                if words:
                    safe.text(words)


def _method(edition: dict[str, Any]) -> None:
    st.header(say("e_how"))
    out = edition["received"] - edition["analysed"]
    lines = [
        say("e_how_sorted"),
        say("e_how_out", n=f"{edition['analysed']:,}", out=f"{out:,}"),
        say("e_how_quotes"),
        say("e_how_hide"),
        say("e_how_few", n=edition["minimum"]),
        say(f"count_{edition['counting']}"),
        say("m_step_model" if edition["model"] else "e_how_no_model"),
    ]
    for line in lines:
        st.markdown(f"- {line}")


def _editions(consultation: str, edition: dict[str, Any]) -> None:
    st.header(say("e_changed"))
    for change in edition["changes"]:
        st.markdown(f"- {safe.escaped(said(change, 'ch_'))}")
    for number in edition["numbers"]:
        if number != edition["number"]:
            link(PAGE, say("link_edition", n=number), consultation, number)
    st.caption(say("e_mark"))
    st.code(edition["digest"], language=None, wrap_lines=True)


frame.public(show)
