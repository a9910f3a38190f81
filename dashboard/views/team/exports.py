"""What can be taken away: documents, workbook, records, and where the replies went."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.access import check
from analysis.counting import Way
from analysis.export.content import Content, content_of
from analysis.export.files import EXPORTS, Export
from analysis.export.transparency import PERSON, fields, flow
from analysis.fingerprint import fingerprint
from analysis.records import Run
from analysis.review.consideration import record
from dashboard import session
from dashboard.components import frame, needs, receipts, safe, unredacted
from dashboard.components.download import button
from dashboard.words import STRUCK

SHOWN = 50  # items struck out that are listed on the page


@st.cache_resource(show_spinner=False, max_entries=4)
def _content(_run: Run, run_id: str, way: Way) -> Content:
    return content_of(_run, way)


@st.cache_data(show_spinner="Making the file …", max_entries=24)
def _made(
    _content: Content, _export: Export, run_id: str, way: Way, file: str, state: str
) -> bytes:
    return _export.make(_content)


def show() -> None:
    st.title("Exports")
    run = needs.run()
    if run is None:
        return
    way = needs.counting()
    check(session.actor(), "export")
    content, state = _with_decisions(_content(run, run.id, way), run, way)
    st.write(
        "Each file says who replied, what a share is a share of, and whether somebody checked it. "
        "Numbers of small groups are hidden in all of them. Brief, report and record may be passed "
        "on: they count out no small number of people at all."
    )
    for export in EXPORTS:
        _offer(export, content, run, way, state)
    receipts.offer()
    _struck(run)
    st.header("Data flow of this run")
    rows = pd.DataFrame(flow(content), columns=["Step", "Where", "What goes in and what is kept"])
    safe.table(rows, "Where the replies went, step by step")
    st.header("Transparency record: what is left to fill")
    missing = [(s, f) for s, f, entry in fields(content) if PERSON in entry]
    with st.expander(f"{len(missing)} fields that only a person can fill"):
        table = pd.DataFrame(missing, columns=["Section", "Field"])
        safe.table(table, "Fields of the transparency record to be filled by a person")


def _with_decisions(content: Content, run: Run, way: Way) -> tuple[Content, str]:
    """The content with its edition, if it is one, and the consideration record; their mark."""
    entry, store = session.chosen(), session.store()
    if entry is None:
        return content, ""
    same = (e for e in store.editions(entry.id) if (e.run_id, e.counting) == (run.id, way))
    edition = next(same, None)
    added = {
        "edition": {"number": edition.number, "state": edition.state} if edition else {},
        "consideration": record(store.considered(entry.id), store.challenges(entry.id)),
    }
    return replace(content, meta={**content.meta, **added}), fingerprint(added)


def _offer(export: Export, content: Content, run: Run, way: Way, state: str) -> None:
    """A file is made when somebody asks for it: a workbook takes seconds."""
    with st.container(border=True):
        st.markdown(f"**{safe.escaped(export.title)}**")
        st.caption(safe.escaped(export.says))
        ready = f"ready-{export.file}"
        if st.session_state.get(ready) != (run.id, way, state):
            if st.button("Prepare", key=f"prepare-{export.file}"):
                session.store().use("export", session.actor())
                if export.received:
                    answers = len(run.consultation.responses)
                    unredacted.log(f"Exports, {export.file}", answers)
                st.session_state[ready] = (run.id, way, state)
                st.rerun()
            return
        data = _made(content, export, run.id, way, export.file, state)
        button(
            f"Download {export.file} ({len(data) / 1024:,.0f} kB)", data, export.file, export.mime,
            key=f"download-{export.file}",
        )  # fmt: skip


def _struck(run: Run) -> None:
    """What a language model wrote and what of it was not taken, with the reason."""
    struck = run.meta["struck"]
    if not run.meta["left_the_machine"]["calls"] and not struck:
        return
    st.header("What the language model wrote and was not taken")
    if not struck:
        st.write("Nothing was struck out.")
        return
    names = dict(zip(run.themes.themes["theme_id"], run.themes.themes["name"], strict=True))
    # a person must read what the model refused: those come first
    ranked = sorted(struck, key=lambda s: list(STRUCK).index(s["kind"]))
    rows = [
        (STRUCK[s["kind"]], names.get(s["theme_id"], ""), s["reason"], s["text"],
         ", ".join(s["cites"][:5]))
        for s in ranked[:SHOWN]
    ]  # fmt: skip
    columns = ["What", "Theme", "Why", "Words", "Replies"]
    safe.table(pd.DataFrame(rows, columns=columns), "Struck out, with the reason")
    if len(ranked) > SHOWN:
        st.caption(f"{len(ranked) - SHOWN:,} more are in run.json and in the JSON export.")


frame.page(show)
