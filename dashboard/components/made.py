"""How the themes of a run came about: found, on a sample, or kept when replies came later."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.records import Run
from analysis.review.edits import account
from analysis.summarise.words import percent
from dashboard.components import needs, safe

HOW = {
    "found": "Found among all points",
    "sample": "Found on a sample, the others placed",
    "kept": "Kept from an earlier analysis",
    "frame": "Placed in a code frame",
}


def line(run: Run) -> str:
    """What was kept and what is new, in a sentence or two; "" where nothing was."""
    kept = [m for m in run.themes.made.values() if m["how"] == "kept"]
    if not kept:
        return ""
    themes, late, placed, new, none = (
        sum(m[k] for m in kept)
        for k in ("themes_kept", "further_replies", "placed_replies", "new_theme_replies",
                  "fit_none_replies")
    )  # fmt: skip
    proposed = sum(len(m["themes_new"]) for m in kept)
    return (
        f"Themes kept from run {kept[0]['run']}, with their numbers and names: {themes:,}. "
        f"Answers with text that was not in it: {late:,}; placed in these themes {placed:,}, in "
        f"{proposed:,} new themes {new:,}, fitting none {none:,}."
    )


def show(run: Run) -> None:
    """The account of each question, with how right placing was on replies held back."""
    st.header("How the themes came about")
    if kept := line(run):
        st.write(kept)
    if corrected := account(run.meta):
        st.write(corrected)
    made = run.themes.made
    rows = [
        {"Question": needs.shortened(q.text), "Themes": HOW[m["how"]],
         "Texts": f"{m.get('texts', m.get('known_texts', 0) + m.get('further_texts', 0)):,}",
         "In the sample": f"{m['sample']:,}" if "sample" in m else "",
         "Placed": f"{m['further_texts']:,}" if "further_texts" in m else "",
         "New themes": str(len(m["themes_new"])) if "themes_new" in m else "",
         **_checked(m)}
        for q in run.consultation.open_questions
        if (m := made.get(q.id))
    ]  # fmt: skip
    if not rows:
        return
    frame = pd.DataFrame(rows)
    safe.table(frame.loc[:, (frame != "").any()], "How the themes of each question came about")
    limit = run.meta["settings"].get("theme_limit", 0)
    if any(m["how"] == "sample" for m in made.values()):
        st.caption(
            f"Questions with over {limit:,} different texts: themes are found on a sample drawn by "
            "group and campaign, and all others are placed in them by similarity."
        )
    if any("measured" in m for m in made.values()):
        st.caption(
            "Placing was tried on texts of these themes, each held back in turn. Right: of those "
            "placed, in their own theme. Found again: of all held back. Told apart: of texts whose "
            "own theme was taken away, found to fit none; the others would join a theme near it."
        )


def _checked(made: dict[str, object]) -> dict[str, str]:
    measured = made.get("measured")
    if not isinstance(measured, dict):
        return {"Right": "", "Found again": "", "Told apart": ""}
    names = {"Right": "precision", "Found again": "recall", "Told apart": "theirs_missing"}
    shares = {name: measured[key] for name, key in names.items()}
    return {k: "" if s is None else percent(round(1000 * s), 1000) for k, s in shares.items()}
