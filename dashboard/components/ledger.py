"""The account of every reply, and the lists of what is not in the themes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.export.tables import download
from analysis.records import Run, each
from dashboard import results
from dashboard.components import safe
from dashboard.components.download import button
from dashboard.words import KIND, STATUS, STATUS_NOTE

LISTED = 50  # rows of a list on the page; the download has all


def show(run: Run) -> None:
    st.header("Every reply accounted for")
    ledger = run.ledger
    cells = [("Received", ledger["received"]), ("Analysed", ledger["analysed"])]
    cells += [(STATUS[r], n) for r, n in ledger["excluded"].items()]
    for column, (name, n) in zip(st.columns(len(cells)), cells, strict=True):
        column.metric(name, f"{n:,}")
    sums = " + ".join(f"{n:,}" for _, n in cells[1:])
    st.caption(f"{ledger['received']:,} = {sums}. {STATUS_NOTE}")
    rows = [
        {
            "Question": q["text"],
            "Answered": q["answered"],
            "In themes": q["in_themes"],
            "Not grouped": q["not_grouped"],
            "No content": q["no_content"],
            "Not read": q["not_read"],
            "Other language": q["other_language"],
            "Blank": q["blank"],
        }
        for q in ledger["questions"]
    ]
    with st.expander("By question"):
        safe.table(pd.DataFrame(rows), "Ledger by open question")
        st.caption(
            "Answered = in themes + not grouped + no content + not read + other language. "
            f"Answered + blank = {ledger['received']:,} for every question."
        )
        _languages(run, results.languages_by_question(run), "Other languages by open question")
    _languages(run, results.languages(run), "Answers in other languages")
    _without_content(run)
    _files(run)
    _campaigns(run)


def _languages(run: Run, frame: pd.DataFrame, what: str) -> None:
    """The list of other languages; nothing where all answers are in one."""
    if frame.empty:
        return
    together = run.meta["settings"].get("embedder") == "multilingual"
    st.markdown(f"**{what}**")
    safe.table(frame, what)
    st.caption(
        "These answers are grouped together with the others. The tone of their wording is not "
        "judged: the word list knows English only."
        if together
        else "These answers are in no theme and have no tone. Read them under “Responses”, where "
        "“Language” lists each language; “Analysis” has a switch to group all languages together."
    )


def _without_content(run: Run) -> None:
    frame = results.without_content(run)
    if frame.empty:
        return
    with st.expander(f"Answers that were not analysed, by kind: {frame['n'].sum():,}"):
        rows = pd.DataFrame({"Kind": frame["kind"].map(KIND), "Answers": frame["n"]})
        safe.table(rows, "Answers that were not analysed, by kind")
        st.caption("They are kept, and listed under “Responses” by status.")


def _files(run: Run) -> None:
    frame = results.files_not_read(run)
    if frame.empty:
        return
    with st.expander(f"Files that came with replies and were not read: {len(frame):,} replies"):
        safe.table(frame.head(LISTED), "Replies with files that were not read, and their names")
        if len(frame) > LISTED:
            st.caption(f"The first {LISTED} of {len(frame):,}.")
        button(
            "Download the list (CSV)", download(frame), "files-not-read.csv", "text/csv",
            key="download-files",
        )  # fmt: skip


def _campaigns(run: Run) -> None:
    letters, whole = run.prepared.campaigns, run.prepared.whole
    if letters.empty and whole.empty:
        return
    texts = run.prepared.responses.set_index("response_id")["shown_text"]
    with st.expander(f"Campaign letters: {len(letters) + whole['campaign_id'].nunique():,}"):
        for letter in each(letters):
            st.markdown(
                f"**{safe.escaped(letter.campaign_id)}**: {letter.standard:,} standard and "
                f"{letter.edited:,} edited copies"
            )
            with st.container(border=True):
                safe.text(texts[letter.template_response_id])
        for name, copies in whole.groupby("campaign_id"):
            st.markdown(
                f"**{safe.escaped(name)}**, over the whole reply: {len(copies):,} people, the "
                f"letter as sent by {safe.escaped(copies['template_respondent_id'].iloc[0])}"
            )
        st.caption("Read the copies and what people added under “Responses”, by campaign.")
