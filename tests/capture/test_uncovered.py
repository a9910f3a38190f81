"""What would be called missing today, those points first that most people made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.capture.uncovered import uncovered
from analysis.records import Run, Vectors
from analysis.store.store import Store
from tests import town


@pytest.fixture(scope="module")
def vectors(published_home: Path) -> Vectors:
    store = Store(published_home)
    stored = store.latest_run(town.ID)
    assert stored is not None
    return store.artefacts(town.ID).load("embed", stored.fingerprints["embed"], Vectors)


@pytest.fixture(scope="module")
def run(published_home: Path) -> Run:
    """The town's run with everything about bins and benches taken out of the themes."""
    whole = town.run_of(Store(published_home))
    texts = whole.points.points.set_index("point_id")["text"]
    held = whole.themes.assigned.copy()
    out = held["point_id"].map(texts).str.contains("overflowing|benches and a toilet")
    held.loc[out, "theme_id"] = ""
    held.loc[held["point_id"].map(texts).str.contains("alpacas"), "theme_id"] = ""
    return replace(whole, themes=replace(whole.themes, assigned=held))


def test_the_best_supported_group_is_first(run: Run, vectors: Vectors) -> None:
    found = uncovered(run, vectors)
    people = [g.people for g in found.loose]
    assert people == sorted(people, reverse=True)
    assert people[0] >= 9
    assert any("overflowing" in g.example for g in found.loose[:2])
    (alone,) = [g for g in found.loose if "alpacas" in g.example]
    assert (alone.people, alone.points) == (1, 1)
    assert sum(g.points for g in found.loose) == found.points


def test_whose_points_are_left_out_by_group(run: Run, vectors: Vectors) -> None:
    everyone, *groups = uncovered(run, vectors, "Region").missed
    assert everyone.people == 58
    assert sum(g.people for g in groups) == 58
    assert sum(g.some for g in groups) == everyone.some > 0
    assert all(g.nothing <= g.some <= g.people for g in groups)


def test_nothing_left_out_is_nothing(published_home: Path, vectors: Vectors) -> None:
    whole = town.run_of(Store(published_home))
    held = whole.themes.assigned.assign(theme_id=whole.themes.themes["theme_id"].iloc[0])
    found = uncovered(replace(whole, themes=replace(whole.themes, assigned=held)), vectors)
    assert (found.points, found.loose) == (0, ())


def test_themes_outside_the_summary_are_listed(run: Run, vectors: Vectors) -> None:
    bare = replace(run, summary=replace(run.summary, questions=[
        {**q, "viewpoints": []} for q in run.summary.questions
    ]))  # fmt: skip
    found = uncovered(bare, vectors).unwritten
    top = run.themes.themes.query("parent_id == ''")
    assert {t.theme_id for t in found} == set(top["theme_id"])
    assert pd.Series([t.people for t in found]).is_monotonic_decreasing
