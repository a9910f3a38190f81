"""Checking masks one by one: decided on the page, logged, and in the next results."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.export.folder import files
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.store.store import Store
from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]
NAME = "Ana Reviewer"


def latest(home: Path) -> Run:
    store = Store(home)
    stored = store.latest_run("sample")
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts("sample"))


def signed(open_page: Open, home: Path) -> AppTest:
    app = open_page(home, "privacy")
    app.text_input(key="reviewer-name").input(NAME).run()
    return app


def found(app: AppTest, text: str) -> AppTest:
    """The answers with `text`, whether anything is masked in them or not."""
    app.selectbox(key="privacy-show").select("all").run()
    app.text_input(key="privacy-search").input(text).run()
    assert "**1 answer**" in words(app)
    return app


def planned(app: AppTest) -> set[str]:
    return set(app.table[-1].value["What will happen"])


def states(home: Path) -> list[tuple[str, str]]:
    return [(e.action, e.who) for e in Store(home).redaction_edits("sample")]


@pytest.fixture(scope="module")
def phone(analysed_home: Path) -> tuple[str, str, str]:
    """key of a masked phone number, the number, and its answer."""
    run = latest(analysed_home)
    row = run.prepared.redactions.query("kind == 'phone'").iloc[0]
    text = run.prepared.responses.set_index("response_id")["text"][row["response_id"]]
    number = text[row["start"] : row["end"]]
    return f"{row['response_id']}-{row['start']}-{row['end']}", number, row["response_id"]


def test_counts_are_those_of_the_run(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "privacy")
    table = app.table[0].value
    total = table.iloc[-1]
    redactions = latest(analysed_home).prepared.redactions
    assert int(total["Masks"]) == len(redactions)
    assert int(total["To review"]) == len(redactions)
    assert f"**{redactions['response_id'].nunique()} answers**" in words(app)


def test_nothing_can_be_decided_without_a_name(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "privacy")
    deciding = [b for b in app.button if b.label in ("Accept", "Undo", "Hide it")]
    assert deciding
    assert all(b.disabled for b in deciding)
    assert "Type your name" in words(app)
    app.text_input(key="reviewer-name").input(NAME).run()
    assert not any(b.disabled for b in app.button if b.label in ("Accept", "Undo", "Hide it"))
    assert "Type your name" not in words(app)


def test_the_kind_restricts_and_the_words_of_an_answer_are_shown_as_they_are(
    open_page: Open, analysed_home: Path, phone: tuple[str, str, str]
) -> None:
    app = open_page(analysed_home, "privacy")
    everything = words(app)
    app.selectbox(key="privacy-kind").select("Phone number").run()
    numbers = latest(analysed_home).prepared.redactions.query("kind == 'phone'")
    assert f"**{numbers['response_id'].nunique()} answers**" in words(app)
    assert words(app) != everything
    assert any(f"“{phone[1]}” → [phone number removed]" in t.value for t in app.text)
    assert not any(phone[1] in m.value for m in [*app.markdown, *app.caption])


def test_accepting_is_kept_logged_and_needs_no_new_run(
    open_page: Open, home: Path, phone: tuple[str, str, str]
) -> None:
    key, number, _ = phone
    app = found(signed(open_page, home), number)
    app.button(key=f"accept-{key}").click().run()
    assert not app.exception
    assert states(home) == [("accept", NAME)]
    assert f"Accepted by {NAME}" in words(app)
    assert app.button(key=f"accept-{key}").disabled
    assert "do not have these decisions" not in words(app)
    (line,) = [a for a in Store(home).audit("sample") if a.action.startswith("redaction")]
    assert (line.who, line.action) == (NAME, "redaction accept")
    assert number not in line.detail
    app.selectbox(key="privacy-kind").select("Phone number").run()
    assert "**1 answer**" in words(app)
    app.selectbox(key="privacy-show").select("review").run()
    assert "**0 answers**" in words(app)


def test_undoing_and_masking_again_leaves_nothing_to_run(
    open_page: Open, home: Path, phone: tuple[str, str, str]
) -> None:
    key, number, answer = phone
    app = found(signed(open_page, home), number)
    app.text_input(key="reviewer-why").input("a help line").run()
    app.button(key=f"keep-{key}").click().run()
    assert "Undone by Ana" in words(app)
    assert "do not have these decisions" in words(app)
    assert Store(home).redaction_edits("sample")[0].why == "a help line"
    app.button(key=f"hide-{key}").click().run()
    assert "do not have these decisions" not in words(app)
    assert states(home) == [("keep", NAME), ("hide", NAME)]
    assert {e.response_id for e in Store(home).redaction_edits("sample")} == {answer}
    assert Store(home).verify_audit() is None


def test_the_name_is_typed_once(open_page: Open, analysed_home: Path) -> None:
    app = signed(open_page, analysed_home)
    app.switch_page("views/team/themes.py").run()
    app.switch_page("views/team/privacy.py").run()
    assert app.text_input(key="reviewer-name").value == NAME
    assert not any(b.disabled for b in app.button if b.label == "Accept")


def test_a_passage_that_is_not_in_the_answer_is_not_hidden(
    open_page: Open, home: Path, phone: tuple[str, str, str]
) -> None:
    _, number, answer = phone
    app = found(signed(open_page, home), number)
    app.text_input(key=f"passage-{answer}").input("zzzqqq")
    app.button(key=f"hide-{answer}").click().run()
    assert any("does not stand in the answer" in w.value for w in app.warning)
    assert states(home) == []


def test_decisions_reach_the_next_results(
    open_page: Open, home: Path, phone: tuple[str, str, str]
) -> None:
    key, number, answer = phone
    before = latest(home)
    quote = next(q for v in before.summary.questions[0]["viewpoints"] for q in v["quotes"])
    quoted, spoken = quote["response_id"], quote["text"]
    assert json.dumps(spoken, ensure_ascii=False)[1:-1] in files(before)["summary.json"]

    app = found(signed(open_page, home), number)
    app.button(key=f"keep-{key}").click().run()
    app.text_input(key="privacy-search").input(spoken[:150]).run()
    app.text_input(key=f"passage-{quoted}").input(spoken)
    app.button(key=f"hide-{quoted}").click().run()
    assert not app.exception
    assert any("[personal detail removed]" in t.value for t in app.text)

    assert planned(open_page(home, "run")) == {"run"}
    app.button(key="rerun").click().run()
    job = Store(home).latest_job("sample")
    assert job is not None
    assert job.state == "queued"
    assert "under way" in words(app)
    work(Store(home), once=True)

    after = latest(home)
    assert after.id != before.id
    shown = after.prepared.responses.set_index("response_id")["shown_text"]
    assert number in shown[answer]
    assert spoken not in shown[quoted]
    assert "[personal detail removed]" in shown[quoted]
    assert after.prepared.responses["text"].equals(before.prepared.responses["text"])
    assert not after.points.points["text"].str.contains(spoken, regex=False).any()
    made = files(after)
    table = pd.read_csv(io.StringIO(made.pop("responses.csv")), dtype=str, keep_default_na=False)
    assert not table["shown_text"].str.contains(spoken, regex=False).any()
    assert "summary.json" in made
    for name, text in made.items():
        assert spoken not in text, name
        assert json.dumps(spoken, ensure_ascii=False)[1:-1] not in text, name

    assert planned(open_page(home, "run")) == {"taken from the last analysis"}
    again = open_page(home, "privacy")
    assert "do not have these decisions" not in words(again)
    row = again.table[0].value.iloc[-1]
    assert (int(row["Undone"]), int(row["Added"])) == (1, 1)
