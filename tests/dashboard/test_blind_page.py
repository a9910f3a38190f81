"""The Blind check: drawn, coded without a look at the machine's answer, and only then measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.access import UNVERIFIED
from analysis.records import Run
from analysis.review.blind import (
    BlindCode,
    BlindSample,
    bounds,
    coded,
    machine_themes,
    new_sample,
)  # fmt: skip
from analysis.review.blind_measures import measure
from analysis.store.store import Store
from dashboard import blind
from dashboard.components.safe import escaped
from tests.dashboard.test_pages import words

Open = Callable[[Path, str], AppTest]
NAME, SPY = "Ana Coder", "<b>Ben</b> *two*"
KEPT = f"{NAME} {UNVERIFIED}"


@pytest.fixture
def sample(home: Path, sample_run: Run) -> BlindSample:
    """The smallest sample of the first question, kept in the store."""
    question = sample_run.consultation.open_questions[0].id
    made = new_sample(sample_run, question, 1, "Zoe", 1.0, seed=3)
    return Store(home).add_blind_sample("sample", made)


def as_machine(run: Run, sample: BlindSample, coder: str) -> list[BlindCode]:
    """The codes of a person who sees every reply as the machine does."""
    themes = [t.theme_id for t in sample.themes]
    held = machine_themes(run, sample.question_id, themes)
    ticked = {i: [t for t in themes if held.loc[i, t]] for i in sample.ids}
    return [coded(sample, i, coder, t, not t, "", 2.0) for i, t in ticked.items()]


def opened(open_page: Open, home: Path, name: str = NAME) -> AppTest:
    app = open_page(home, "blind")
    return app.text_input(key="blind-name").input(name).run()


def ticks(app: AppTest, reply: str) -> dict[str, str]:
    """label → key of the boxes for a reply."""
    return {c.label: str(c.key) for c in app.checkbox if c.key and reply in c.key}


def test_a_sample_is_drawn_and_kept_by_whoever_gives_a_name(
    open_page: Open, home: Path, sample_run: Run
) -> None:
    app = open_page(home, "blind")
    assert app.button(key="blind-draw").disabled
    app.text_input(key="blind-name").input(NAME).run()
    app.selectbox(key="blind-question").select("q9").run()
    assert app.number_input(key="blind-size-q9").value == 100
    assert app.number_input(key="blind-size-q9").min == bounds(sample_run, "q9")[0]
    app.number_input(key="blind-size-q9").set_value(60).run()
    app.button(key="blind-draw").click().run()
    assert not app.exception
    (kept,) = Store(home).blind_samples("sample")
    assert (kept.question_id, kept.size, kept.who, kept.run_id) == (
        "q9", 60, KEPT, sample_run.id,
    )  # fmt: skip
    assert escaped(kept.rule) in words(app)
    assert not app.toggle(key="blind-new").value
    assert app.selectbox(key="blind-sample").value == kept.number


def test_a_reply_is_coded_without_a_trace_of_what_the_machine_says(
    open_page: Open, home: Path, sample: BlindSample, sample_run: Run
) -> None:
    app = opened(open_page, home)
    first, second = sample.ids[:2]
    texts = sample_run.prepared.responses.set_index("response_id")["text"]
    assert texts[first] in [t.value for t in app.text]
    boxes = ticks(app, first)
    assert list(boxes)[:-1] == [escaped(t.name) for t in sample.themes]
    assert list(boxes)[-1] == "None of these"
    assert not any(c.value for c in app.checkbox)
    assert sample.drawn[0].stratum not in words(app)
    assert "sees the results" in words(app)
    assert not [t for t in app.table if "Precision" in t.value.columns]

    app.button(key="blind-save").click().run()
    assert "not both" in app.warning[0].value
    assert Store(home).blind_codes("sample", sample.number) == []
    theme = sample.themes[4]
    app.checkbox(key=boxes[escaped(theme.name)]).check()
    app.text_input(key=f"blind-1-{KEPT}-note-{first}").input("short *note*")
    app.button(key="blind-save").click().run()
    assert not app.exception
    (code,) = Store(home).blind_codes("sample", sample.number)
    assert replace(code, at=0.0) == BlindCode(
        1, first, KEPT, (theme.theme_id,), "short *note*", 0.0
    )  # fmt: skip
    assert texts[second] in [t.value for t in app.text]
    assert not any(c.value for c in app.checkbox)
    assert Store(home).verify_audit() is None


def test_what_was_just_coded_can_be_changed_and_the_last_word_counts(
    open_page: Open, home: Path, sample: BlindSample
) -> None:
    app = opened(open_page, home)
    first = sample.ids[0]
    app.checkbox(key=ticks(app, first)["None of these"]).check()
    app.button(key="blind-save").click().run()
    app.button(key="blind-back").click().run()
    boxes = ticks(app, first)
    assert app.checkbox(key=boxes["None of these"]).value
    app.checkbox(key=boxes["None of these"]).uncheck()
    app.checkbox(key=boxes[escaped(sample.themes[0].name)]).check()
    app.button(key="blind-save").click().run()
    codes = Store(home).blind_codes("sample", sample.number)
    assert [c.theme_ids for c in codes] == [(), (sample.themes[0].theme_id,)]
    assert ticks(app, sample.ids[1])


def test_results_are_there_for_those_who_finished_and_for_nobody_else(
    open_page: Open, home: Path, sample: BlindSample, sample_run: Run
) -> None:
    store = Store(home)
    ana, ben = (as_machine(sample_run, sample, who) for who in (KEPT, f"{SPY} {UNVERIFIED}"))
    odd = next(n for n, c in enumerate(ben) if c.theme_ids)
    ben[odd] = replace(ben[odd], theme_ids=(), note="![x](http://evil.example/x.png)")
    for code in (*ana[:-1], *ben):
        store.add_blind_code("sample", code)
    app = opened(open_page, home)
    assert "1 replies are left" not in words(app)
    assert "1 reply is left for you" in words(app)
    assert not [t for t in app.table if "Precision" in t.value.columns]
    boxes = ticks(app, sample.ids[-1])
    names = {t.theme_id: escaped(t.name) for t in sample.themes}
    for theme in ana[-1].theme_ids:
        app.checkbox(key=boxes[names[theme]]).check()
    if not ana[-1].theme_ids:
        app.checkbox(key=boxes["None of these"]).check()
    app.button(key="blind-save").click().run()
    assert not app.exception
    assert "You have coded the whole sample" in next(s.value for s in app.success)
    assert not app.checkbox
    assert "F1 of 0.74 and 0.81" in words(app)
    agreement, counts, by_theme = (t.value for t in app.table)
    assert len(agreement) == 3  # the machine with each, and the two
    assert len(counts) == len(by_theme) == len(sample.themes) + 1
    said = [str(m.value) for m in app.markdown]
    assert any(escaped(SPY) in m and escaped("evil.example") in m for m in said)
    assert not any("![x]" in m for m in said)

    app.text_input(key="blind-name").input("Cleo").run()
    assert f"0 of {sample.size}" in app.get("progress")[0].proto.text
    assert not [t for t in app.table if "Precision" in t.value.columns]


def test_tables_say_how_far_the_counts_are_off(sample_run: Run, sample: BlindSample) -> None:
    codes = as_machine(sample_run, sample, NAME)
    found = measure(sample_run, sample, codes)
    counts = blind.counts(found)
    assert (counts["The machine counts"] == counts["People would count"]).all()
    assert set(counts["So"]) == {"Within what chance explains"}
    theme = sample.themes[0].theme_id
    everywhere = [replace(c, theme_ids=(theme,)) for c in codes]
    found = measure(sample_run, sample, everywhere)
    counts = blind.counts(found)
    assert counts["So"].iloc[0] == "The machine counts too few"
    assert blind.measures(found)["Recall"].iloc[1] == "nothing to judge"
    assert pd.isna(found.themes[1].recall.value)
    assert blind.others(sample, [*codes, replace(codes[0], coder="Ben")]) == (
        f"Not counted yet: Ben has coded 1 of {sample.size}."
    )
