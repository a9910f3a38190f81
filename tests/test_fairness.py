"""Who fares worse is said where chance does not explain it, and only there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import permutation_test

from analysis.fairness import LANGUAGE, LENGTH, _compared, fairness
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.make import consultation

WORDS = (
    "The bus is late each morning", "My doctor never rings back", "The form is far too long",
    "The office closes at noon", "The letters are hard to read",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    texts = [f"{WORDS[i % 5]}, and that since week {i}." for i in range(160)]
    regions = ["North", "South"] * 80
    folder: Path = tmp_path_factory.mktemp("fair")
    settings = Settings(campaign_min=1_000)
    return run(consultation(texts, [], regions), settings, Artefacts(folder))


def measured(made: Run, wrong: np.ndarray) -> pd.DataFrame:
    """The table when the position of person i was told wrongly where `wrong` is true."""
    people = made.consultation.respondents["respondent_id"]
    checked = pd.DataFrame(
        {"measure": "position", "unit": people, "gold": "support",
         "told": np.where(wrong, "oppose", "support")}
    )  # fmt: skip
    judged = replace(made.judged, checked=checked)
    return fairness(
        made.consultation, made.prepared, made.points, made.themes, judged,
        made.summary.questions, Settings(),
    ).table.query("measure == 'position_error'")  # fmt: skip


def test_a_group_that_is_judged_worse_is_named(made: Run) -> None:
    north = (made.consultation.respondents["Region"] == "North").to_numpy()
    table = measured(made, north & (np.arange(160) % 4 == 0))
    found = table.query("worse")
    assert found[["attribute", "group"]].to_numpy().tolist() == [["Region", "North"]]
    row = found.iloc[0]
    assert (row["n"], row["base"], row["others"]) == (40, 80, 0.0)


def test_chance_alone_gives_no_warning(made: Run) -> None:
    alarms = 0
    for seed in range(40):
        wrong = np.random.default_rng(seed).random(160) < 0.3
        alarms += bool(measured(made, wrong).query("attribute == 'Region'")["worse"].any())
    assert alarms <= 4


def test_a_small_group_is_shown_and_not_tested(made: Run) -> None:
    few = made.consultation.respondents.assign(Region=["Far"] * 5 + ["Near"] * 155)
    far = replace(made, consultation=replace(made.consultation, respondents=few))
    table = measured(far, np.arange(160) < 5).query("group == 'Far'")
    assert table["p"].isna().all()
    assert not table["worse"].any()
    assert table["n"].item() == 5


def test_every_measure_is_there_for_every_attribute(made: Run) -> None:
    assert made.fairness is not None
    table = made.fairness.table
    assert set(table["measure"]) == {"not_grouped", "not_quoted", "tone_unclear"}
    for _, own in table.groupby("measure"):
        assert set(own["attribute"]) == {"Region", LENGTH, LANGUAGE}
    points = len(made.points.points)
    region = table.query("measure == 'not_grouped' and attribute == 'Region'")
    assert region["base"].sum() == points


def test_answers_in_other_languages_count_as_not_grouped(tmp_path: Path) -> None:
    welsh = "Mae angen mwy o fysiau yn y pentref, yn enwedig gyda'r nos ac ar y penwythnos."
    texts = [f"{WORDS[i % 5]} in week {i}." for i in range(20)] + [welsh] * 3
    result = run(consultation(texts), Settings(), Artefacts(tmp_path))
    assert result.fairness is not None
    row = result.fairness.table.query("measure == 'not_grouped' and group == 'cy'")
    assert (row["n"].item(), row["base"].item()) == (3, 3)


def test_the_p_is_that_of_a_permutation_of_people() -> None:
    rng = np.random.default_rng(5)
    of = rng.integers(1, 6, 120)
    held = pd.DataFrame({"n": rng.binomial(of, 0.3), "of": of})
    inside = np.arange(120) < 45
    held.loc[inside, "n"] = np.minimum(held["n"] + (rng.random(120) < 0.3), held["of"])[inside]
    p = _compared(held, inside, Settings())[-1]
    left = (held["n"] - held["n"].sum() / held["of"].sum() * held["of"]).to_numpy()
    exact = permutation_test(
        (left[inside], left[~inside]), lambda a, b: a.mean() - b.mean(), n_resamples=20_000,
        random_state=1, permutation_type="independent", vectorized=False,
    )  # fmt: skip
    assert p == pytest.approx(exact.pvalue, abs=0.01)
