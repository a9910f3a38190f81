"""Who replied, and who is missing beside a reference population that the team loads."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis.errors import HeardError
from analysis.kinds import mixture
from analysis.records import Run, each
from analysis.representation import Weighted, makeup, read_reference, weighted
from analysis.sample import ID as SAMPLE_ID
from analysis.settings import SAMPLE, SMALL_NUMBERS, UPLOAD_TYPES
from analysis.summarise.words import percent
from dashboard import findings, group_results, session
from dashboard.components import frame, needs, safe
from dashboard.components.groups.shared import plot
from dashboard.group_charts import beside
from dashboard.words import POSITION, SMALL_NUMBERS_RULE

VERDICT = {
    "more": "more than in the reference",
    "fewer": "fewer than in the reference",
    "about as many": "about as many",
    "nobody": "nobody replied",
}
FORMAT = (
    "A CSV file with one row for each group and the columns attribute (as it is called here), "
    "group, share (or count), and source."
)


def show() -> None:
    st.title("Who replied")
    run = needs.run()
    if run is None:
        return
    if not run.consultation.attributes:
        st.info("No column was marked as being about the respondent, so nothing is known of them.")
        return
    _sizes(run)
    _missing(run)


def _sizes(run: Run) -> None:
    left, right = st.columns(2)
    attribute = left.selectbox(
        "By", run.consultation.attributes, format_func=safe.option, key="who-attribute"
    )
    rule = right.selectbox(
        "Small numbers", list(SMALL_NUMBERS), format_func=lambda r: SMALL_NUMBERS_RULE[r],
        key="who-rule",
    )  # fmt: skip
    everyone = len(run.consultation.respondents)
    people = pd.Index(run.consultation.respondents["respondent_id"])
    who = mixture(run.consultation, people) if rule == "none" else ""
    st.markdown(f"**{everyone:,} replies**" + (f": {safe.escaped(who)}" if who else ""))
    shown = group_results.sizes(run, attribute, rule)
    rows = [
        {
            attribute: r.group,
            "People": "hidden" if pd.isna(r.n) else f"{int(r.n):,}",
            f"Share of {everyone:,}": "" if pd.isna(r.n) else percent(int(r.n), everyone),
        }
        for r in each(shown)
    ]
    safe.table(pd.DataFrame(rows), f"Number of people by {attribute}")
    if shown["n"].isna().any():
        st.caption("“hidden”: too few people, or it would give away a group of too few.")
    if int(shown["n"].sum()) > everyone:
        st.caption("People could tick several, so the groups add up to more than all replies.")


def _missing(run: Run) -> None:
    st.header("Who is missing")
    entry = session.chosen()
    if entry is None:
        return
    content = session.store().reference(entry.id)
    if content is None and entry.id == SAMPLE_ID:
        content = (SAMPLE / "reference.csv").read_bytes()
    if content is None:
        st.markdown("Load figures of the population that the replies should be compared with.")
    else:
        try:
            reference = read_reference(content)
            _compared(run, reference)
        except HeardError as error:
            session.shown_error(error)
    with st.expander("Load a reference population", expanded=content is None):
        st.caption(FORMAT + " Heard knows no figures of any population; these are the team's.")
        file = st.file_uploader(
            "Reference population (CSV)", UPLOAD_TYPES, key=f"reference-{entry.id}"
        )
        if st.button("Use this file", key="use-reference", disabled=file is None) and file:
            ((name, content),) = session.uploaded(file)
            read_reference(content, name)
            session.store().keep_reference(entry.id, content)
            st.rerun()


def _compared(run: Run, reference: pd.DataFrame) -> None:
    table = makeup(run.consultation, reference)
    attributes = list(dict.fromkeys(table["attribute"]))
    chosen = st.selectbox("Compared by", attributes, format_func=safe.option, key="missing-by")
    own = table[table["attribute"] == chosen]
    for source in dict.fromkeys(own["source"]):
        st.caption(safe.escaped(f"Reference: {source}"))
    base, out = int(own["base"].iloc[0]), int(own["left_out"].iloc[0])
    if base == 0:
        st.info("No reply is from a group of this reference. Check how the groups are spelt.")
        return
    figure: go.Figure = beside(own)
    plot(figure, findings.of_makeup(own, chosen), "who-is-missing")
    rows = [
        {
            chosen: r.group,
            "People": f"{r.n:,}",
            f"Share of {base:,}": percent(r.n, base),
            "Reference": f"{r.reference:.0%}".replace("%", " %"),
            "Replies / reference": "–" if pd.isna(r.ratio) else _ratio(r.ratio, r.low, r.high),
            "In words": VERDICT[r.verdict],
        }
        for r in each(own)
    ]
    safe.table(pd.DataFrame(rows), f"Replies and reference by {chosen}")
    st.caption(
        safe.escaped(
            f"Of {base + out:,} people compared (individuals, where a column tells them apart), "
            f"{out:,} are in no group of the reference: not answered, prefer not to say or other."
        )
    )
    _moved(run, weighted(run.consultation, run.judged, reference, _most(run)))


def _most(run: Run) -> float:
    return float(run.meta["settings"]["weight_most"])


def _ratio(ratio: float, low: float, high: float) -> str:
    return f"{ratio:.2f} ({low:.2f} to {high:.2f})"


def _moved(run: Run, found: Weighted | None) -> None:
    if found is None:
        return
    st.subheader("A caution: if the replies had the reference's make-up")
    rows = [
        {
            "Position": POSITION[r.value],
            "Replies": f"{100 * r.share:.0f} %",
            "Weighted": f"{100 * r.weighted:.0f} %",
            "Moves by": f"{100 * (r.weighted - r.share):+.0f} points",
        }
        for r in each(found.table)
    ]
    safe.table(pd.DataFrame(rows), "Position as replied and weighted to the reference")
    absent = f" Nobody could be weighted up for: {', '.join(found.absent)}." if found.absent else ""
    st.caption(
        safe.escaped(
            f"Weighted by {', '.join(found.attributes)}: {found.base:,} people, worth "
            f"{found.effective:,.0f} after weighting; {found.left_out:,} left out because a group "
            f"of theirs is not in the reference.{absent} No reply weighs more than {_most(run):g} "
            "average ones. Weights make up for who replied, not for why: these are not figures of "
            "the population and no headline."
        )
    )


frame.page(show)
