"""Inferred positions on the pages: marked, and never among the stated ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.pipeline import run
from analysis.records import Run, each
from analysis.store.artefacts import Artefacts
from dashboard import results
from dashboard.components.replies import position
from tests.judge.test_infer import SETTINGS, ticked_and_not


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder: Path = tmp_path_factory.mktemp("inferred")
    return run(ticked_and_not(), SETTINGS, Artefacts(folder))


def test_a_filter_on_a_stated_position_leaves_the_inferred_out(made: Run) -> None:
    stated = results.answers(made, results.Filters(position="support"))
    told = results.answers(made, results.Filters(position=results.INFERRED + "support"))
    assert set(stated["position_source"]) == {"stated"}
    assert set(told["position_source"]) == {"inferred"}
    assert "support" in results.inferred_positions(made)


def test_an_inferred_position_says_so_with_its_confidence(made: Run) -> None:
    told = results.answers(made, results.Filters(position=results.INFERRED + "support"))
    for row in each(told):
        assert position(row) == f"position inferred: support, {row.position_confidence:.2f}"
    stated = results.answers(made, results.Filters(position="oppose"))
    assert {position(row) for row in each(stated)} == {"position: Oppose"}


def test_the_count_by_position_is_of_the_stated(made: Run) -> None:
    counted = made.groups.crosstabs.query("measure == 'position' and attribute == ''")
    by_value = counted.set_index("value")["n"]
    assert (by_value["support"], by_value["oppose"], by_value["not stated"]) == (41, 40, 4)


def test_contradictions_come_with_the_words(made: Run) -> None:
    found = results.contradictions(made)
    assert found["respondent_id"].tolist() == ["R084"]
    assert "please stop this" in found["text"].item()


def test_the_account_of_the_run_names_the_method_and_the_reason(made: Run) -> None:
    backend = made.meta["backends"]["position"]
    assert "logistic regression" in backend["name"]
    assert backend["reason"].startswith("Inferred from texts")
