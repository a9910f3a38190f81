"""Late replies in a stored consultation: the next run keeps the themes of the last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.jobs.onto import base
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Consultation, Run
from analysis.settings import Settings
from analysis.store.store import Store
from tests.make import consultation

SUBJECTS = ("The bus comes too late at stop", "Nobody empties the bins near house")
EARLY = [f"{SUBJECTS[n % 2]} {n}" for n in range(40)]
LATE = ["The bus comes too late at stop 41", "My aunt paints watercolours of Vienna and Prague."]


def analysed(store: Store, ident: str, made: Consultation) -> Run:
    store.confirm(ident, made, "")
    store.enqueue(ident)
    work(store, once=True)
    job = store.latest_job(ident)
    assert job is not None
    assert job.state == "done", job.message
    stored = store.latest_run(ident)
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts(ident))


def based(store: Store, ident: str, made: Consultation, settings: Settings | None = None) -> str:
    found = base(store, store.entry(ident), made, settings or Settings())
    return ("" if found.prints is None else "kept: ") + found.why


def test_themes_keep_ids_names_and_members_and_the_rest_is_accounted_for(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ident = store.create("Test", [("a.csv", b"")]).id
    assert based(store, ident, consultation(EARLY)) == ""
    first = analysed(store, ident, consultation(EARLY))
    assert len(first.themes.themes) >= 2
    wider = consultation([*EARLY, *LATE])
    store.confirm(ident, wider, "")
    assert based(store, ident, wider).startswith("kept: ")
    second = analysed(store, ident, wider)
    pd.testing.assert_frame_equal(
        second.themes.themes[["theme_id", "name"]], first.themes.themes[["theme_id", "name"]]
    )
    both = first.themes.assigned.merge(second.themes.assigned, on="point_id")
    assert (both["theme_id_x"] == both["theme_id_y"]).all()
    account = second.themes.made["q2"]
    assert (account["further_replies"], account["placed_replies"]) == (2, 1)
    assert account["fit_none_replies"] == 1
    assert second.meta["onto"]["run"] == first.id
    assert second.ledger["questions"][0]["answered"] == 42

    again = analysed(store, ident, wider)
    assert again.id == second.id
    assert all(c["stored"] for c in again.meta["stages"].values())


def test_themes_are_found_anew_when_asked_or_when_much_is_new(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ident = store.create("Test", [("a.csv", b"")]).id
    analysed(store, ident, consultation(EARLY[:24]))
    wider = consultation(EARLY)
    store.confirm(ident, wider, "")
    assert "16 answers have come since, too many" in based(store, ident, wider)
    few = consultation([*EARLY[:24], *LATE])
    store.confirm(ident, few, "")
    assert "2 answers have come since" in based(store, ident, few)
    other = replace(Settings(), point_min_words=7)
    assert "found anew: the encoder" in based(store, ident, few, other)
    store.switch_keep_themes(ident, False)
    assert "chose" in based(store, ident, few)
    assert analysed(store, ident, few).themes.made["q2"]["how"] == "found"
