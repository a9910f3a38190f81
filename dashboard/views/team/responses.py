"""Every reply, found by theme, group, position, tone, status, words or ID."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.records import POSITIONS, STATUSES, TONES, Run, each
from dashboard import results
from dashboard.components import frame, fresh, needs, safe, unredacted
from dashboard.components.replies import LISTED, listing
from dashboard.words import POSITION, STATUS, TONE

ANY = ""
LOOSE = "(not grouped)"


def show() -> None:
    st.title("Responses")
    run = needs.run()
    if run is None:
        return
    if run.consultation.responses.empty:
        st.info("This consultation has no answers to open questions.")
        return
    _contradictions(run)
    ids = _listed(run)
    listing(run, replace(_filters(run), ids=ids), key="responses", title="Responses")


def _listed(run: Run) -> tuple[str, ...]:
    """The answers that another page sent the reader to, until they ask for all again."""
    run_id, title, ids = st.session_state.get(LISTED, ("", "", ()))
    if run_id != run.id:
        return ()
    st.markdown(f"**Only these {len(ids):,} answers:** {safe.escaped(title)}")
    if st.button("Show all answers", key="show-all"):
        del st.session_state[LISTED]
        st.rerun()
    return tuple(ids)


def _contradictions(run: Run) -> None:
    """For a person to read: the model is sure of the opposite of what was ticked."""
    found = results.contradictions(run)
    if found.empty:
        return
    unredacted.log("Responses, ticks and texts that differ", len(found))
    with st.expander(f"Ticks and texts that contradict each other: {len(found):,} people"):
        st.caption("The tick counts. A slip of the pen, a model’s mistake, or irony: read and see.")
        for row in each(found):
            safe.quote(
                row.text,
                f"{row.respondent_id}: ticked {POSITION[row.stated].lower()}, the text reads as "
                f"{POSITION[row.text_says].lower()} ({row.confidence:.2f} sure)",
            )


def _pick(label: str, names: dict[str, str], key: str) -> str:
    options = {ANY: "Any", **names}
    return st.selectbox(label, list(options), format_func=fresh.words(key, options), key=key)


def _filters(run: Run) -> results.Filters:
    questions = {q.id: needs.shortened(q.text) for q in run.consultation.open_questions}
    search = st.text_input("Words in the answer, or a respondent’s ID", key="search", max_chars=200)
    first, second, third = st.columns(3)
    with first:
        question = _pick("Question", questions, "filter-question")
        position = _pick("Position", _positions(run), "filter-position")
    with second:
        theme = _theme(run, question)
        language = _language(run)
        tone = _pick("Tone", {t: TONE[t] for t in TONES}, "filter-tone")
    with third:
        attribute = _pick(
            "Group by", {a: a for a in run.consultation.attributes}, "filter-attribute"
        )
        group = ""
        if attribute:
            names = {g: g for g in results.groups(run, attribute)}
            group = _pick("Group", names, f"filter-group-{attribute}")
        status = _pick("Status", {s: STATUS[s] for s in STATUSES}, "filter-status")
    campaigns = run.prepared.campaigns
    campaign = ""
    if not campaigns.empty:
        sizes = {
            c.campaign_id: f"{c.campaign_id}: {c.standard} standard and {c.edited} edited copies"
            for c in each(campaigns)
        }
        campaign = _pick("Campaign", sizes, "filter-campaign")
    return results.Filters(
        question_id=question, theme_id="" if theme == LOOSE else theme, position=position,
        tone=tone, status=status, attribute=attribute, group=group, search=search.strip(),
        campaign=campaign, not_grouped=theme == LOOSE, language=language,
    )  # fmt: skip


def _positions(run: Run) -> dict[str, str]:
    """Stated positions and, apart, those told from texts."""
    told = results.inferred_positions(run)
    return {p: POSITION[p] for p in POSITIONS} | {
        results.INFERRED + p: f"{POSITION[p]} (inferred)" for p in told
    }


def _language(run: Run) -> str:
    """Offered only where answers are in more than one language."""
    used = results.languages_used(run)
    return _pick("Language", used, "filter-language") if len(used) > 1 else ANY


def _theme(run: Run, question: str) -> str:
    if not question:
        return _pick("Theme (choose a question first)", {LOOSE: "In no theme"}, "filter-theme-any")
    frame = results.themes(run, question)
    names: dict[str, str] = {
        r.theme_id: f"{'– ' if r.parent_id else ''}{r.name}" for r in each(frame)
    }
    return _pick("Theme", {**names, LOOSE: "In no theme"}, f"filter-theme-{question}")


frame.page(show)
