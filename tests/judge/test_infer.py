"""Positions from texts: only where they are earned, and never beside the stated ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.embed.encode import embed
from analysis.judge.judge import judge
from analysis.judge.side_model import Checked
from analysis.prepare.points import split_points
from analysis.prepare.prepare import prepare
from analysis.records import Consultation, Judged
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.make import consultation

FOR = ("helps my mother", "saves the clinic hours", "finds mistakes early", "answers at night")
AGAINST = ("is cruel to claimants", "loses our records", "cannot hear my accent", "sacks the staff")
WHO = ("nurse", "driver", "teacher", "carer", "clerk", "farmer", "student", "plumber", "cook")
SETTINGS = Settings(campaign_min=1_000)  # made of few phrases, but not of one letter


def replies(reasons: Sequence[str], verb: str, n: int) -> list[str]:
    return [
        f"As a {WHO[i % len(WHO)]} of {20 + i} years I say it {reasons[i % len(reasons)]}, {verb}."
        for i in range(n)
    ]


def ticked_and_not() -> Consultation:
    """41 for, 40 against, four without a tick; the text of the last, R084, belies the tick."""
    pro, con = replies(FOR, "please go ahead", 43), replies(AGAINST, "please stop this", 42)
    ticks = ["Support"] * 40 + [""] * 3 + ["Oppose"] * 40 + [""] + ["Support"]
    return consultation(pro + con, ticks)


def _judged(texts: list[str], ticks: list[str], settings: Settings = SETTINGS) -> Judged:
    return _of(consultation(texts, ticks), settings)


def _of(made: Consultation, settings: Settings) -> Judged:
    prepared = prepare(made, settings)
    points = split_points(prepared, settings)
    return judge(made, prepared, points, embed(points), settings)


@pytest.fixture(scope="module")
def earned() -> Judged:
    return _of(ticked_and_not(), SETTINGS)


def test_inferred_where_the_texts_have_earned_it(earned: Judged) -> None:
    decision = earned.inference
    assert decision["done"], decision["reason"]
    assert decision["trained_on"] == 81
    assert decision["accuracy"] > decision["majority"] + decision["margin"]
    told = earned.responses.query("position_source == 'inferred'").set_index("response_id")
    assert decision["inferred"] == len(told) > 0
    expected = {
        "R040-q2": "support",
        "R041-q2": "support",
        "R042-q2": "support",
        "R083-q2": "oppose",
    }
    assert told["position"].to_dict().items() <= expected.items()
    assert (told["position_confidence"] >= decision["threshold"]).all()


def test_inferred_positions_are_not_among_the_stated(earned: Judged) -> None:
    assert (earned.respondents["position"] == "not stated").sum() == 4
    stated = earned.responses.query("position_source == 'stated'")
    assert stated["position_confidence"].isna().all()


def test_a_tick_that_the_text_belies_is_listed_and_kept(earned: Judged) -> None:
    found = earned.contradictions
    assert found["respondent_id"].tolist() == ["R084"]
    assert (found["stated"].item(), found["text_says"].item()) == ("support", "oppose")
    kept = earned.respondents.set_index("respondent_id")["position"]
    assert kept["R084"] == "support"


def test_the_decision_and_the_list_are_kept_with_the_result(earned: Judged, tmp_path: Path) -> None:
    kept = Artefacts(tmp_path)
    kept.save("judge", "0" * 64, earned)
    back = kept.load("judge", "0" * 64, Judged)
    assert back.inference == earned.inference
    pd.testing.assert_frame_equal(back.contradictions, earned.contradictions)


def test_too_few_to_learn_from() -> None:
    made = _judged(replies(FOR, "yes", 10) + replies(AGAINST, "no", 10), ["Support", "Oppose"] * 10)
    assert not made.inference["done"]
    assert "Too few people" in made.inference["reason"]
    assert made.contradictions.empty


def test_texts_that_do_not_tell_the_side_are_not_used() -> None:
    texts = replies((*FOR, *AGAINST), "and that is all", 90)
    sides = np.random.default_rng(3).permutation(["Support", "Oppose"] * 40)
    made = _judged(texts, [*map(str, sides), *[""] * 10])
    assert not made.inference["done"]
    assert made.inference["reason"].startswith("Not inferred from texts")
    assert set(made.responses["position_source"]) == {"stated", "none"}


def test_copies_of_two_letters_teach_nothing() -> None:
    letters = ["Please go ahead with it, it helps my mother.", "Please stop it, it is cruel to us."]
    made = _judged(letters * 40 + ["It helps us all."], ["Support", "Oppose"] * 40, Settings())
    assert "one letter" in made.inference["reason"]


def test_the_threshold_is_the_lowest_that_is_right_often_enough() -> None:
    confidence = np.linspace(1, 0.5, 100)
    right = np.array([True] * 60 + [False, True] * 20)
    check = Checked(np.array(["support"] * 100), confidence, right)
    threshold = check.threshold(0.9)
    assert threshold is not None
    assert (
        right[confidence >= threshold].mean() >= 0.9 > right[confidence >= threshold - 0.05].mean()
    )
    assert check.threshold(1.0) is not None
    assert Checked(check.told, confidence, ~right).threshold(0.9) is None


def test_polite_words_are_no_support(cases: Path) -> None:
    frame = pd.read_csv(cases / "SEN-04" / "stance.csv", dtype=str)
    made = _judged(frame["Q1"].tolist(), [])
    assert set(made.responses["position"]) == {"not stated"}
    assert not made.inference["done"]
    assert not set(made.responses["tone"]) & {"support", "oppose"}
    tones = dict(zip(frame["Response ID"], made.responses["tone"], strict=True))
    assert tones["P01"] != "negative"
    assert tones["P02"] != "positive"
