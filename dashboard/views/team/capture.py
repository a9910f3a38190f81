"""Was my view captured? A submission beside what the analysis says nearest to it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.capture import compare
from analysis.capture.check import Checked, Found
from analysis.capture.submissions import submissions
from analysis.export.tables import download
from analysis.records import Run
from analysis.settings import UPLOAD_TYPES
from dashboard import captured, session
from dashboard.components import frame, needs, safe
from dashboard.components.download import button
from dashboard.words import CAPTURED, sure

MOST = 100  # submissions that are checked at once


def show() -> None:
    st.title("Check a submission")
    run = needs.run()
    if run is None:
        return
    if run.points.points.empty:
        st.info("No answer of this consultation was analysed, so there is nothing to compare with.")
        return
    st.write(
        "Paste what you, or your group, wrote. Each point of it is put beside the nearest theme, "
        "so that you can see whether it was counted and where. What you paste is not kept and "
        "not sent anywhere."
    )
    by = _by(run)
    texts = _texts()
    if texts:
        _results(run, texts, by)


def _texts() -> list[str]:
    pasted = st.text_area("Your text", key="capture-text", height=160, max_chars=100_000)
    with st.expander("Or choose a file: a letter (TXT, DOCX, PDF), or a table of several replies"):
        file = st.file_uploader("File", UPLOAD_TYPES, key="capture-file")
    if not st.button("Check", key="capture-check", type="primary"):
        return []
    if file is not None:
        ((name, content),) = session.uploaded(file)
        return submissions(content, name)
    if not pasted.strip():
        st.info("Paste a text first.")
        return []
    return [pasted]


def _results(run: Run, texts: list[str], by: str) -> None:
    if len(texts) > MOST:
        st.info(f"The first {MOST} of {len(texts):,} replies in the file are checked.")
    with st.spinner("Comparing with every reply …"):
        checker = session.checker(run)
        found = [checker.check(t) for t in texts[:MOST]]
    points = [p for one in found for p in one.points]
    _head(found, points)
    _compared(run, texts[:MOST], found, by)
    for number, one in enumerate(found, 1):
        if len(found) > 1:
            st.subheader(f"Reply {number}")
        for point in one.points:
            _point(run, point)
    button(
        "Download this check (CSV)", download(_table(run, points)), "check.csv", "text/csv",
        key="capture-download",
    )  # fmt: skip
    st.caption(
        "A machine compares words and meanings; it is often right and at times wrong. Compare the "
        "two texts yourself. How often it was right: see the table in README."
    )


def _head(found: list[Checked], points: list[Found]) -> None:
    counts = pd.Series([captured.told(p) for p in points]).value_counts()
    columns = st.columns(len(CAPTURED))
    for column, (status, word) in zip(columns, CAPTURED.items(), strict=True):
        column.metric(word, f"{int(counts.get(status, 0))} of {len(points)}")
    if unread := int(counts.get(captured.UNREAD, 0)):
        st.write(f"{unread} of {len(points)}: not compared, in a language that no reply is in.")
    if len(found) > 1:
        share = sum(c.coverage for c in found) / len(found)
        st.write(f"On average {share:.0%} of a reply’s points were found ({len(found)} replies).")


def _compared(run: Run, texts: list[str], found: list[Checked], by: str) -> None:
    way = needs.counting()
    named = compare.named_of(run, way)
    letters = compare.letters(run, texts)
    for letter in letters:
        st.info(safe.escaped(captured.letter(letter, way, len(texts))))
    if len(texts) == 1:
        return
    st.header("The group beside all replies")
    whole = compare.compare([one.points for one in found], named, letters)
    base = compare.baseline(run, named, by, "none", way)
    table = captured.beside(whole, base, "Your group")
    safe.table(table, "Where the points of the group and of all replies are")
    st.caption(captured.NOT_THE_SAME)


def _by(run: Run) -> str:
    """By what those who replied are divided where several submissions are checked."""
    attributes = list(run.consultation.attributes)
    if not attributes:
        return ""
    picked: str = st.selectbox(
        "Put several replies beside groups by", attributes,
        index=attributes.index(compare.types(run)),
        key="capture-by", format_func=safe.option,
    )  # fmt: skip
    return picked


def _point(run: Run, point: Found) -> None:
    with st.container(border=True):
        left, right = st.columns(2)
        with left:
            st.caption("What you said")
            safe.text(point.text)
            if not point.language:
                st.markdown(f"**{CAPTURED[point.status]}** · {sure(point.similarity)}")
        with right:
            _beside(run, point)


def _beside(run: Run, point: Found) -> None:
    if point.language:
        st.caption(captured.NO_REPLY)
        return
    if point.status == "missing" and not point.opposed:
        st.caption("No theme says this. The closest we have, for you to judge:")
    elif point.opposed:
        st.caption("The closest replies speak of the same thing and seem to say the opposite:")
    else:
        st.caption("The closest in the report; please check:")
    if point.theme_id:
        st.markdown(safe.escaped(f"Theme “{point.theme}”, raised by {point.respondents:,} people"))
    else:
        st.markdown("In no theme: it is counted and listed under “not grouped”")
    if run.consultation.open_questions and point.question_id:
        asked = next(q for q in run.consultation.questions if q.id == point.question_id)
        st.caption(safe.escaped(f"Question: {needs.shortened(asked.text)}"))
    for quote in point.closest:
        safe.text(f"“{quote.text}”")
    if point.status != "missing":
        st.caption(f"Replies with a point much like it: {point.similar_responses:,}")
        for sentence in point.in_summary:
            st.caption(safe.escaped(f"In the summary: {sentence}"))


def _table(run: Run, points: list[Found]) -> pd.DataFrame:
    texts = {q.id: q.text for q in run.consultation.questions}
    return pd.DataFrame(
        {
            "point": p.text, "status": "not compared" if p.language else p.status,
            "similarity": p.similarity,
            "question": texts.get(p.question_id, ""), "theme": p.theme,
            "people in the theme": p.respondents, "similar replies": p.similar_responses,
            "in the summary": " ".join(p.in_summary),
        }
        for p in points
    )  # fmt: skip


frame.page(show)
