"""A question in plain words, answered from the replies alone."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.ask import Answer, ask, corpus, quotes
from analysis.ask_match import Corpus
from analysis.embed.minilm import MiniLM
from analysis.records import POSITIONS, Run, Vectors, each
from analysis.settings import LlmSettings, Settings
from analysis.store.store import Entry
from analysis.summarise.words import percent
from analysis.wording import writer
from dashboard import session
from dashboard.components import frame, needs, safe
from dashboard.components.replies import send_to
from dashboard.words import POSITION

ASKED = "asked"  # in the session: the question that the language model was last put
EXAMPLE = "What do carers say about appeals?"


@st.cache_resource(show_spinner=False, max_entries=2)
def _corpus(_run: Run, _entry: Entry, home: str, name: str) -> Corpus:
    """name: the fingerprint of the vectors, which are those of the points of the run."""
    vectors = session.store().artefacts(_entry.id).load("embed", name, Vectors)
    return corpus(_run, vectors, MiniLM().encode)


def show() -> None:
    st.title("Ask the replies")
    run = needs.run()
    entry = session.chosen()
    if run is None or entry is None:
        return
    st.write(
        "Ask in plain words. The answer is counted from replies that match, with their words; "
        "nothing is answered beyond the replies. Name a group to hear only from it."
    )
    question = st.text_input(
        "Your question", key="question", max_chars=300, placeholder=EXAMPLE
    ).strip()
    if not question:
        return
    if run.meta["settings"]["embedder"] != "minilm":
        st.info("Questions are answered for consultations grouped with the usual encoder only.")
        return
    ready = _corpus(run, entry, str(session.store().home), run.meta["fingerprints"]["embed"])
    settings = Settings()
    client = None
    if entry.llm_enabled and st.toggle(
        "Let the language model put the matching replies into sentences", key="ask-model"
    ):
        cache = session.store().artefacts(entry.id).folder / "calls"
        client, reason = writer(LlmSettings.from_environment(enabled=True), cache)
        if client is None:
            st.caption(safe.escaped(reason))
        elif st.session_state.get(ASKED) != (entry.id, question):  # not when the page is drawn anew
            session.store().use("model", session.actor(), entry.id)
            st.session_state[ASKED] = (entry.id, question)
    answer = ask(run, ready, question, MiniLM().encode, settings, client)
    _answer(run, answer, settings)


def _answer(run: Run, answer: Answer, settings: Settings) -> None:
    st.markdown(f"**{safe.escaped(answer.says)}**")
    if not answer.respondents:
        st.caption("Try other words, or look under “Themes” for what was raised.")
        _nearest(run, answer, settings)
        return
    sides = ", ".join(
        f"{POSITION[p].lower()} {answer.positions[p]:,}" for p in POSITIONS if p in answer.positions
    )
    st.write(f"Position of these people on the proposal: {sides}.")
    for sentence in answer.sentences:
        safe.quote(sentence["text"], f"By the language model, from {', '.join(sentence['cites'])}")
    if answer.struck:
        st.caption(
            f"{len(answer.struck)} items by the language model were struck out or set aside."
        )
    for row in each(quotes(run, answer, settings)):
        safe.quote(row.text, f"Response {row.response_id} · theme: {row.theme or 'none'}")
    ids = list(dict.fromkeys(answer.points["response_id"]))
    if st.button(f"Read all {len(ids):,} answers", key="ask-read"):
        send_to(run, answer.question, ids)
    table = answer.by_group[answer.by_group["n"] > 0]
    if len(table):
        st.subheader("By group")
        shown = pd.DataFrame(
            {
                "Group of": table["attribute"],
                "Group": table["group"],
                "People": table["n"],
                "Of": table["base"],
                "Share": [percent(n, b) for n, b in zip(table["n"], table["base"], strict=True)],
            }
        )
        safe.table(shown, "People whose replies match, by group; small numbers are left out")


def _nearest(run: Run, answer: Answer, settings: Settings) -> None:
    """The replies that come nearest, so that a reader sees what the search did not take."""
    shown = quotes(run, answer, settings)
    if len(shown):
        st.caption("What comes nearest, but was not taken as an answer:")
    for row in each(shown):
        safe.quote(row.text, f"Response {row.response_id} · theme: {row.theme or 'none'}")


frame.page(show)
