"""What the public cases of reading ask of pages: search, what is disabled, tables, review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.groups import NOT_ANSWERED
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.jobs.worker import work
from analysis.pipeline import load, run
from analysis.records import Run, each
from analysis.sample import ID as SAMPLE
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.store.store import Store
from dashboard import results
from dashboard.components import safe
from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]
EXACT = {"00012": ["00012"], "12": ["12"], "000120": ["000120"], "0012": []}


def stored(cases: Path, case: str, home: Path, analysed: bool = False) -> tuple[Store, str]:
    """The file of a case in a store of its own, analysed if wanted; the consultation's id."""
    file = next(f for f in (cases / case).iterdir() if f.suffix in (".csv", ".xlsx"))
    store = Store(home)
    ident = store.create(case, [(file.name, file.read_bytes())]).id
    if analysed:
        table = read(file)
        store.confirm(ident, build([table], propose([table], case)), "")
        store.enqueue(ident)
        work(store, once=True)
    return store, ident


def at(home: Path, ident: str, path: str, open_page: Open) -> AppTest:
    app = open_page(home, "")
    app.query_params["consultation"] = ident
    return app.switch_page(f"views/team/{path}.py").run()


@pytest.mark.parametrize("searched", EXACT)
def test_ing_21_an_id_is_found_letter_for_letter(
    cases: Path, tmp_path: Path, searched: str
) -> None:
    table = read(next((cases / "ING-21").glob("*.csv")))
    made = run(build([table], propose([table], "T")), Settings(), Artefacts(tmp_path))
    found = results.answers(made, results.Filters(search=searched))
    assert found["respondent_id"].tolist() == EXACT[searched]


def test_ing_33_without_responses_nothing_can_be_run(
    cases: Path, tmp_path: Path, open_page: Open
) -> None:
    store, ident = stored(cases, "ING-33", tmp_path)
    app = at(tmp_path, ident, "columns", open_page)
    assert not app.exception
    assert "0 rows, 4 columns" in words(app)
    assert "4 columns, no responses" in words(app)
    assert "Confirm the columns" not in [b.label for b in app.button]
    app = app.switch_page("views/team/run.py").run()
    assert "Start the analysis" not in [b.label for b in app.button]
    assert store.latest_job(ident) is None


def test_app_10_numbers_words_and_dates_stand_as_they_were_typed(
    cases: Path, tmp_path: Path, open_page: Open
) -> None:
    _, ident = stored(cases, "APP-10", tmp_path)
    app = at(tmp_path, ident, "columns", open_page)
    assert not app.exception
    first = next(t.value for t in app.table if "Age" in t.value.columns)
    wanted = ["34", "45-54", "", "27", "under 18"]
    assert first["Age"].tolist() == [safe.escaped(age) for age in wanted]
    assert safe.escaped("10-12") in words(app)


def test_app_10_groups_are_text_in_an_order_that_a_reader_expects(
    cases: Path, tmp_path: Path, open_page: Open
) -> None:
    """All eight rows; who left the age out comes last, the date that is none just before."""
    _, ident = stored(cases, "APP-10", tmp_path, analysed=True)
    app = at(tmp_path, ident, "who", open_page)
    app.selectbox(key="who-rule").select("none").run()
    assert not app.exception
    wanted = ["under 18", "3", "27", "34", "45-54", "65+", "2026-12-10", NOT_ANSWERED]
    table = next(t.value for t in app.table if "Age" in t.value.columns)
    assert table["Age"].tolist() == [safe.escaped(age) for age in wanted]
    assert set(table["People"]) == {"1"}


def test_pri_01_the_reviewer_is_told_and_may_hide_a_shared_address(
    cases: Path, tmp_path: Path, open_page: Open
) -> None:
    store, ident = stored(cases, "PRI-01", tmp_path, analysed=True)
    app = at(tmp_path, ident, "privacy", open_page)
    app.text_input(key="reviewer-name").input("Ana Reviewer").run()
    app.selectbox(key="privacy-show").select("all").run()
    care = [c.value for c in app.caption if "take care" in c.value]
    assert len(care) == 1
    assert "health" in care[0]
    assert "child" in care[0]
    assert "R007" in care[0]
    app.text_input(key="privacy-search").input("help@council.example").run()
    key = next(t.key for t in app.text_input if str(t.key).startswith("passage-"))
    app.text_input(key=key).input("help@council.example")
    app.button(key=key.replace("passage-", "hide-")).click().run()
    assert not app.exception
    assert [e.action for e in store.redaction_edits(ident)] == ["hide"]


def test_pri_01_a_mask_is_counted_and_can_be_undone(
    cases: Path, tmp_path: Path, open_page: Open
) -> None:
    store, ident = stored(cases, "PRI-01", tmp_path, analysed=True)
    number = "01632 960001"

    def results_now() -> Run:
        found = store.latest_run(ident)
        assert found is not None
        return load(found.fingerprints, found.meta, store.artefacts(ident))

    before = results_now().prepared
    shown = before.responses.set_index("response_id")["shown_text"]
    assert not shown.str.contains(number).any()
    app = at(tmp_path, ident, "privacy", open_page)
    assert int(app.table[0].value.iloc[-1]["Masks"]) == len(before.redactions) >= 10
    app.text_input(key="reviewer-name").input("Ana Reviewer").run()
    app.selectbox(key="privacy-show").select("all").run()
    app.text_input(key="privacy-search").input(number).run()
    (mask,) = (
        f"{r.response_id}-{r.start}-{r.end}" for r in each(before.redactions)
        if before.responses.set_index("response_id")["text"][r.response_id][r.start : r.end]
        == number
    )  # fmt: skip
    app.button(key=f"keep-{mask}").click().run()
    assert not app.exception
    assert "Undone by Ana" in words(app)
    waiting = store.latest_job(SAMPLE)  # a new store's page has put it there: not needed here
    assert waiting is not None
    store.cancel(waiting)
    store.enqueue(ident)
    work(store, once=True)
    after = results_now().prepared
    undone = after.responses.set_index("response_id")["shown_text"]
    assert undone.str.contains(number).sum() == 1
    assert (undone != shown).sum() == 1
    assert len(after.redactions) == len(before.redactions) - 1
