"""From draft to published: the checklist, the two sign-offs, and every edition there is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.access import Actor, may
from analysis.counting import Way
from analysis.fingerprint import fingerprint
from analysis.records import Run
from analysis.review import editions
from analysis.review.checklist import Check, OnThemes, checklist, plain
from analysis.review.editions import Edition, EditionContent
from analysis.review.oversight import Evidence
from dashboard import reviewing, session
from dashboard.components import frame, needs, safe
from dashboard.components.published import day, link
from dashboard.components.reviewer import signing

NEED = {"none": "In order", "look": "To be looked at", "stop": "Must be put right first"}
HASH = {"data": "Data", "settings": "Settings", "models": "Models", "prompts": "Prompts",
        "edits": "Decisions", "content": "What it says"}  # fmt: skip


@st.cache_resource(show_spinner="Making the edition …", max_entries=2)
def _made(
    _run: Run, run_id: str, home: str, way: Way, decided: OnThemes, _evidence: Evidence, key: str
) -> tuple[EditionContent, list[Check]]:
    content = editions.make(_run, way, _evidence)
    return content, checklist(_run, content, len(_evidence.redactions), decided)


def show() -> None:
    st.title("Check and publish")
    run, entry = needs.run(), session.chosen()
    if run is None or entry is None:
        return
    known = session.store().editions(entry.id)
    actor = signing("publish", "sign")
    _draft(run, entry.id, known, actor)
    st.header("Editions")
    if not known:
        st.write("None yet.")
    for edition in known:
        _edition(edition, actor)


def _draft(run: Run, consultation: str, known: list[Edition], actor: Actor) -> None:
    st.header("Draft")
    store = session.store()
    way, on_themes = needs.counting(), reviewing.on_themes(run, consultation)
    evidence = reviewing.evidence(consultation, on_themes)
    content, checks = _made(
        run, run.id, str(store.home), way, on_themes, evidence, fingerprint(evidence)
    )
    hashes = editions.hashes(
        run, content, [*evidence.redactions, *evidence.labels, *evidence.edits]
    )
    last = known[0] if known else None
    if last is not None and last.hashes["content"] == hashes["content"]:
        st.write(f"The latest run is edition {last.number} already: it says the same.")
        return
    before = store.edition(consultation, last.number)[1] if last else None
    changes = editions.changes(before, content)
    st.write(f"Run {run.id} has not been checked by a person yet.")
    rows = [(c.title, c.found, NEED[c.need]) for c in checks]
    safe.table(pd.DataFrame(rows, columns=["What", "Found", "State"]), "Checklist")
    st.page_link("views/team/uncovered.py", label="What is left out, and would be called missing")
    if last is not None:
        st.markdown(f"**What changed since edition {last.number}**")
    for change in changes:
        st.markdown(f"- {safe.escaped(change)}")
    if not may(actor, "check"):
        st.info("A reviewer signs it as checked.")
        return
    seen = st.checkbox("I have looked at everything that the checklist names", key="seen")
    note = st.text_input("Note to the sign-off", key="check-note", max_chars=500)
    ready = seen and bool(actor.name) and all(c.need != "stop" for c in checks)
    if st.button("Sign as checked", key="check", type="primary", disabled=not ready):
        store.check_edition(
            consultation, run.id, way, content, hashes, changes, plain(checks), actor, note
        )
        st.rerun()


def _edition(edition: Edition, actor: Actor) -> None:
    with st.container(border=True):
        st.markdown(f"**Edition {edition.number}**: {edition.state}")
        for s in edition.sign_offs:
            st.caption(safe.escaped(f"{s.step.capitalize()} by {s.by} on {day(s.at)}. {s.note}"))
        link("views/minister/brief.py", "Brief", edition.consultation_id, edition.number)
        if edition.state == "published":
            link("views/public/edition.py", "Public page", edition.consultation_id, edition.number)
        with st.expander("What it came from, and the checklist as it was"):
            rows = [(HASH[k], v) for k, v in edition.hashes.items()]
            whole = [(of, _in_two(value)) for of, value in [*rows, ("All of it", edition.digest)]]
            safe.table(pd.DataFrame(whole, columns=["Of", "SHA-256"]), "Hashes of the edition")
            kept = [(c["title"], c["found"]) for c in edition.checklist]
            safe.table(pd.DataFrame(kept, columns=["What", "Found"]), "The checklist")
        if edition.state == "checked":
            _publish(edition, actor)


def _in_two(digest: str) -> str:
    """A hash that can be read to its end in a narrow table."""
    half = len(digest) // 2
    return f"{digest[:half]} {digest[half:]}"


def _publish(edition: Edition, actor: Actor) -> None:
    if not may(actor, "publish"):
        st.caption("An administrator publishes it.")
        return
    st.write("Once published it cannot be changed, and everybody who has its address may read it.")
    note = st.text_input("Note", key=f"publish-note-{edition.number}", max_chars=500)
    if st.button("Publish", key=f"publish-{edition.number}", disabled=not actor.name):
        session.store().publish_edition(edition.consultation_id, edition.number, actor, note)
        st.rerun()


frame.page(show)
