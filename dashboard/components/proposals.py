"""Themes that may be one, by the model or as computed: with reason and counts, for a person."""

from __future__ import annotations

import streamlit as st

from analysis.records import each
from analysis.review.propose import merges, twins
from analysis.summarise.words import people
from analysis.themes.merges import Merge
from dashboard import session
from dashboard.components import decide, safe
from dashboard.reviewing import Desk


def show(desk: Desk, question_id: str) -> None:
    """The model’s proposals, then computed ones of other themes; nothing where none is open."""
    own = desk.of(question_id)
    open_ = merges(desk.run.meta, desk.edited, own)
    named = {t for m in open_ for t in m.themes}
    vectors = session.vectors(desk.consultation_id)
    near = twins(desk.edited.themes, desk.points, vectors, desk.edited, own)
    open_ += [m for m in near if not named & set(m.themes)]
    reasons = [
        str(m["reason"])
        for m in desk.run.meta.get("merges", {}).get("left_out", ())
        if m["question_id"] == question_id
    ]
    if not open_ and not reasons:
        return
    st.subheader("Themes that may be one")
    st.caption(
        "Proposed by a language model from names and passages, or computed from how near they are. "
        "Only a person merges themes."
    )
    for merge in open_:
        with st.container(border=True):
            _one(desk, merge)
    if reasons:
        with st.expander(f"Not proposed, with the reason: {len(reasons):,}"):
            for reason in reasons:
                safe.text(reason)


def _one(desk: Desk, merge: Merge) -> None:
    own = desk.listed.set_index("theme_id", drop=False).loc[list(merge.themes)]
    for row in each(own):
        passages = "1 passage" if row.points == 1 else f"{row.points:,} passages"
        st.markdown(f"**{safe.escaped(row.name)}** ({people(row.people)}, {passages})")
    safe.text(f"The model ({merge.model}): {merge.reason}" if merge.model else merge.reason)
    st.write(f"{decide.together(desk, merge.themes)}, under the name of the first.")
    key = "-".join(merge.themes)
    left, right = st.columns(2)
    by = {"proposed_by": merge.model} if merge.model else {}
    if left.button("Merge", key=f"take-{key}", disabled=not desk.who):
        desk.decide("merge", merge.question_id, merge.themes, **by)
    if right.button("Dismiss", key=f"dismiss-{key}", disabled=not desk.who):
        desk.decide("apart", merge.question_id, merge.themes, **by)
