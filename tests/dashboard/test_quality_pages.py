"""Quality, Teach and corrections: what is measured is shown, what the team says is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.store.store import Store
from dashboard import charts_quality, quality
from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]
NAME = "Ana Reviewer"
SIGNED = f"{NAME} (name not verified)"


def latest(home: Path) -> Run:
    store = Store(home)
    stored = store.latest_run("sample")
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts("sample"))


def signed(app: AppTest, key: str) -> AppTest:
    app.text_input(key=f"{key}-name").input(NAME).run()
    return app


def test_the_curve_is_that_of_the_run(open_page: Open, analysed_home: Path) -> None:
    run = latest(analysed_home)
    curve = quality.curve(run)
    assert len(curve) == 20
    assert curve["accuracy"].iloc[-1] == run.judged.inference["accuracy"]
    app = open_page(analysed_home, "quality")
    assert run.judged.inference["reason"] in words(app)
    assert quality.tone_kind(run) in words(app)
    assert "of a kind that the model was trained on" in quality.tone_kind(run)
    tables = [t.value for t in app.table]
    assert any(len(t) == 20 for t in tables)


def test_warnings_on_the_page_are_those_of_the_table(open_page: Open, analysed_home: Path) -> None:
    run = latest(analysed_home)
    worse = quality.fair(run).query("worse")
    app = open_page(analysed_home, "quality")
    assert len(app.warning) == len(worse) == len(quality.warnings(run))
    for name in dict.fromkeys(quality.fair(run)["attribute"]):
        app.selectbox(key="quality-attribute").select(name).run()
        assert not app.exception
        rows = app.table[0].value
        assert len(rows) == (quality.fair(run)["attribute"] == name).sum()
        marked = rows["Against chance"].str.startswith("Worse").sum()
        assert marked == (worse["attribute"] == name).sum()


def test_a_position_that_the_team_reads_is_in_the_next_results(open_page: Open, home: Path) -> None:
    app = open_page(home, "teach")
    sides = [b for b in app.button if b.key and b.key.startswith("side-")]
    assert len(sides) == 4
    assert all(b.disabled for b in sides)
    signed(app, "teach")
    key = next(b.key for b in app.button if b.key and b.key.startswith("side-oppose-"))
    person = key.removeprefix("side-oppose-")
    stated = latest(home).judged.respondents.set_index("respondent_id")["position"]
    assert stated[person] == "not stated"
    app.button(key=key).click().run()
    assert not app.exception
    assert "So far: against 1." in words(app)
    assert "do not have these labels yet" in words(app)
    (label,) = Store(home).labels("sample")
    assert (label.measure, label.about, label.value, label.who) == (
        "position", person, "oppose", SIGNED,
    )  # fmt: skip
    assert all(b.key != key for b in app.button)
    store = Store(home)
    store.enqueue("sample")
    work(store, once=True)
    after = latest(home)
    own = after.prepared.responses.query("respondent_id == @person")["response_id"]
    told = after.judged.responses[after.judged.responses["response_id"].isin(own)]
    assert set(told["position"]) == {"oppose"}
    assert set(told["position_source"]) == {"inferred"}
    assert after.judged.respondents.set_index("respondent_id")["position"][person] == "not stated"
    app = open_page(home, "teach")
    assert "do not have these labels yet" not in words(app)


def test_a_label_can_be_taken_back(open_page: Open, home: Path) -> None:
    app = signed(open_page(home, "teach"), "teach")
    key = next(b.key for b in app.button if b.key and b.key.startswith("tone-negative-"))
    app.button(key=key).click().run()
    assert "do not have these labels yet" in words(app)
    back = next(b.key for b in app.button if b.key and b.key.startswith("back-tone-"))
    app.button(key=back).click().run()
    assert "do not have these labels yet" not in words(app)
    assert [x.value for x in Store(home).labels("sample")] == ["negative", ""]
    assert Store(home).verify_audit() is None


def test_a_tone_is_corrected_beside_its_reply(open_page: Open, home: Path) -> None:
    app = open_page(home, "responses")
    assert not [s for s in app.selectbox if s.key and s.key.startswith("responses-tone-")]
    app.toggle(key="responses-correct").set_value(True).run()
    signed(app, "responses")
    box = next(s for s in app.selectbox if s.key and s.key.startswith("responses-tone-"))
    box.select("negative").run()
    assert not app.exception
    (label,) = Store(home).labels("sample")
    assert (label.measure, label.value, label.who) == ("tone", "negative", SIGNED)
    text = latest(home).points.points.query("response_id == @label.about and start == @label.start")
    assert len(text) == 1


def test_stances_are_counted_by_people_on_the_themes_page(
    open_page: Open, analysed_home: Path
) -> None:
    run = latest(analysed_home)
    question = run.consultation.open_questions[0]
    found = quality.stances(run, question.id)
    assert (found.groupby("theme_id")["n"].sum() == found.groupby("theme_id")["base"].first()).all()
    app = open_page(analysed_home, "themes")
    assert not app.exception
    assert any("Suggestion only" in t.value.columns for t in app.table)
    assert "It is not their position" in words(app)


@pytest.mark.parametrize("kept", [None, 0.75])
def test_the_curve_says_what_is_asked_for_and_what_is_used(kept: float | None) -> None:
    curve = pd.DataFrame({"coverage": [0.25, 0.5, 0.75, 1.0], "accuracy": [1, 0.95, 0.9, 0.8]})
    figure = charts_quality.accuracy_by_coverage(curve, 0.9, 0.6, kept)
    assert list(figure.data[0].y) == [1, 0.95, 0.9, 0.8]
    notes = [a.text for a in figure.layout.annotations]
    assert notes == ["asked for: 90%", "most frequent side: 60%"]
    assert (len(figure.data) == 2) == (kept is not None)
    if kept:
        assert figure.data[1].text[0] == "used: 75% of replies, 90% right"
    assert figure.layout.yaxis.range[0] <= 0.6
