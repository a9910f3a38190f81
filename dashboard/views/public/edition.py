"""A published edition for everybody: plain words, narrow screens, nothing that is the team's."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.review.consideration import DECISIONS
from dashboard import session
from dashboard.components import frame, safe
from dashboard.components.published import asked_or_told, day, link
from dashboard.words import INVENTED

PAGE = "views/public/edition.py"
CAPTURED = "views/public/captured.py"
RECEIPT = "views/public/receipt.py"
METHOD = "views/public/method.py"
SIDE = {
    "support": "For it",
    "mixed": "In between",
    "oppose": "Against it",
    "unclear": "Not sure",
    "not stated": "Did not say",
}
COUNTED = {
    "all": "Each person counts once. A letter that many people sent counts for each of them.",
    "once": "A letter that many people sent counts once.",
    "without": "Letters that many people sent are left out of the numbers.",
}


def show() -> None:
    where = asked_or_told("Published edition")
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(safe.escaped(edition["title"]))
    st.caption(f"Edition {edition['number']}. Published on {day(edition['published'])}.")
    if edition["invented"]:
        st.caption(INVENTED)
    link(CAPTURED, "Did you write to us? See if your view is in this report", *where)
    link(RECEIPT, "Do you have a code from us? See what became of your reply", *where)
    _who(edition)
    _position(edition)
    for number, question in enumerate(edition["questions"], 1):
        _question(number, question)
    _answers(edition)
    _method(edition)
    link(METHOD, "How this report was made, and how far you can trust it", *where)
    _editions(where[0], edition)


def _who(edition: dict[str, Any]) -> None:
    if edition["statement"]:
        st.markdown("**The plan people were asked about:**")
        safe.text(edition["statement"])
    st.header("Who replied")
    st.write(f"**{edition['received']:,}** replies came in.")
    st.write(
        "People chose to take part. So this page tells you what they said. It cannot tell you "
        "what everybody in the country thinks."
    )
    groups = edition["who_replied"]["groups"]
    if groups:
        rows = pd.DataFrame(
            [(g["group"], f"{g['n']:,}") for g in groups], columns=["Who", "How many"]
        )
        safe.table(rows, "Who replied, and how many")


def _position(edition: dict[str, Any]) -> None:
    rows = edition["position"]
    if not rows:
        return
    st.header("For or against")
    st.write("We asked:")
    safe.text(edition["position_question"])
    table = pd.DataFrame(
        [(SIDE[r["side"]], r["people"], r["share"]) for r in rows],
        columns=["Answer", "People", "Share"],
    )
    safe.table(table, "How many people were for it, against it, or in between")


def _question(number: int, question: dict[str, Any]) -> None:
    st.header(f"Question {number}")
    st.markdown(f"**{safe.escaped(question['text'])}**")
    st.write(
        f"{question['answered']:,} people wrote an answer. These are the things that most of them "
        "wrote about."
    )
    for theme in question["themes"]:
        with st.container(border=True):
            st.markdown(f"**{safe.escaped(theme['name'])}**")
            share = f" ({theme['share']} of {question['base']:,})" if theme["share"] else ""
            st.write(f"{theme['people'].capitalize()} people wrote about this{share}.")
            for quote in theme["quotes"]:
                safe.text(f"“{quote}”")
    if question["also"]:
        with st.expander(f"{len(question['also'])} more things people wrote about"):
            rows = [(t["name"], t["people"]) for t in question["also"]]
            safe.table(
                pd.DataFrame(rows, columns=["About", "People"]), "What else people wrote about"
            )
    st.caption(
        f"The answers of {question['base']:,} people are in these numbers. One person can write "
        "about many things, so the shares can add up to more than 100 %."
    )


def _answers(edition: dict[str, Any]) -> None:
    """What is done about each theme, where somebody has decided."""
    said = [r for r in edition["responses"].values() if r["decision"] != "open"]
    if not said:
        return
    st.header("What we did")
    for answer in said:
        with st.container(border=True):
            st.markdown(f"**You said:** {safe.escaped(answer['theme'])}")
            st.markdown(f"**{DECISIONS[answer['decision']]}:**")
            for words in (answer["did"], answer["why_not"]):
                if words:
                    safe.text(words)


def _method(edition: dict[str, Any]) -> None:
    st.header("How we did it")
    out = edition["received"] - edition["analysed"]
    lines = [
        "A computer sorted the replies by what they are about. Then a person checked the result "
        "and signed for it.",
        f"{edition['analysed']:,} replies are in the numbers. {out:,} are not: they were empty, in "
        "another language, or in a file that could not be read.",
        "The words in quotation marks are just as people wrote them. We show only words that may "
        "be shown.",
        "We hide names, addresses and phone numbers.",
        f"If fewer than {edition['minimum']} people said something, we do not give the number. So "
        "nobody can be found out.",
        COUNTED[edition["counting"]],
        "A language model helped with the words. Each sentence was checked against the replies."
        if edition["model"]
        else "No language model wrote any of this.",
    ]
    for line in lines:
        st.markdown(f"- {line}")


def _editions(consultation: str, edition: dict[str, Any]) -> None:
    st.header("What has changed")
    for change in edition["changes"]:
        st.markdown(f"- {safe.escaped(change)}")
    for number in edition["numbers"]:
        if number != edition["number"]:
            link(PAGE, f"Read edition {number}", consultation, number)
    st.caption("This page does not change. Its mark, to prove that it is the same:")
    st.code(edition["digest"], language=None, wrap_lines=True)


frame.page(show)
