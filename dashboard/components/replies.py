"""A paged list of replies, letter for letter, with where each belongs."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd
import streamlit as st

from analysis.export.tables import download
from analysis.prepare.language import UNDETERMINED
from analysis.records import Run, each
from dashboard import results
from dashboard.components import correct, safe, unredacted
from dashboard.components.download import button
from dashboard.words import LANGUAGE, POSITION, STATUS, TONE

LISTED = "listed-answers"  # in the session: (run, title, ids) that the reader was sent to


def send_to(run: Run, title: str, ids: list[str]) -> None:
    """Go to “Responses” and show these answers, no others."""
    st.session_state[LISTED] = (run.id, title, tuple(ids))
    st.switch_page("views/team/responses.py")


def listing(run: Run, filters: results.Filters, key: str, title: str) -> None:
    """The answers that match `filters`, a page at a time, and their download.

    title: of the page they stand on, for the audit log.
    """
    frame = results.answers(run, filters)
    if not frame.empty:
        used = [f.name.replace("_", " ") for f in fields(filters) if getattr(filters, f.name)]
        unredacted.log(title, len(frame), used, filters)
    st.markdown(f"**{len(frame):,} answers by {frame['respondent_id'].nunique():,} people**")
    if frame.empty:
        return
    button(
        "Download these answers (CSV)", download(frame), "responses.csv", "text/csv",
        key=f"{key}-download",
    )  # fmt: skip
    by = correct.switch(key)
    pages = -(-len(frame) // results.PAGE)
    page = st.pagination(pages, key=f"{key}-page-{hash_of(filters)}") if pages > 1 else 1
    shown = frame.iloc[(page - 1) * results.PAGE : page * results.PAGE]
    found = results.passages(run, shown["response_id"].tolist(), filters.theme_id)
    names = dict(zip(run.themes.themes["theme_id"], run.themes.themes["name"], strict=True))
    translations = results.translations(run)
    main = results.main_language(run)
    questions = {q.id: q.text for q in run.consultation.questions}
    for row in each(shown):
        with st.container(border=True):
            if not filters.question_id:
                st.caption(safe.escaped(questions[row.question_id]))
            safe.text(row.text)
            safe.translated(translations.get(row.response_id, ""))
            _joined_to(run, row)
            own = [row.text[a:b] for a, b in found.get(row.response_id, [])]
            if own and "".join(own) != row.text.strip():
                st.caption("In this theme because of:")
                for passage in own:
                    safe.text(f"“{passage}”")
            st.caption(safe.escaped(_facts(row, names, main)))
            if by is not None:
                correct.controls(run, row, by, key)


def _joined_to(run: Run, row: Any) -> None:
    """What a pointer refers to, and what an edited copy of a letter adds."""
    target = results.pointed(run, row)
    if target is not None:
        st.caption(safe.escaped(f"Refers to their answer to: {target[0]}"))
        safe.text(target[1])
    added = results.added_to_letter(run, row)
    if added:
        st.caption(safe.escaped(f"Added to letter {row.campaign_id} by this person:"))
        for passage in added:
            safe.text(f"“{passage}”")


def hash_of(filters: results.Filters) -> str:
    """A short stable name, so that a new filter begins on its first page."""
    from analysis.fingerprint import fingerprint

    return fingerprint(filters)[:8]


def position(row: Any) -> str:
    """The position, and how sure the model is where it is not the respondent's own word."""
    if row.position_source != "inferred":
        return f"position: {POSITION[row.position]}"
    if pd.isna(row.position_confidence):
        return f"position inferred: {POSITION[row.position].lower()}, as the team read it"
    return f"position inferred: {POSITION[row.position].lower()}, {row.position_confidence:.2f}"


def _facts(row: Any, names: dict[str, str], main: str) -> str:
    themes = [names[t] for t in row.theme_ids.split(";") if t in names]
    parts = [f"Response {row.response_id}", position(row)]
    if row.tone:
        parts.append(f"tone: {TONE[row.tone]}")
    if row.language not in (main, UNDETERMINED):
        parts.append(f"language: {LANGUAGE[row.language]}")
    if row.status != "analysed":
        parts.append(STATUS[row.status])
    if row.campaign_copy:
        parts.append(f"{row.campaign_copy} copy of campaign {row.campaign_id}")
    if themes:
        parts.append("themes: " + "; ".join(themes))
    return " · ".join(parts)
