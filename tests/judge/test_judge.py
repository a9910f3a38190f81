from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from analysis.embed.encode import embed
from analysis.embed.minilm import MiniLM
from analysis.judge import tone
from analysis.judge.judge import judge
from analysis.judge.lexicon import lexicon_tone, ruled
from analysis.judge.position import stated_positions
from analysis.judge.tone import point_tones, response_tone
from analysis.judge.tone_model import CLASSES, FEWEST, KIN, Weights, likeness, tell
from analysis.prepare.points import split, split_points
from analysis.prepare.prepare import prepare
from analysis.records import Run
from analysis.settings import Settings
from tests.make import consultation


@pytest.fixture(scope="module")
def encoder() -> MiniLM:
    return MiniLM()


def test_position_is_what_was_ticked() -> None:
    made = consultation(["a", "b", "c", "d"], ["Support", "Oppose", "Don't know", ""])
    assert stated_positions(made)["position"].tolist() == [
        "support", "oppose", "unclear", "not stated",
    ]  # fmt: skip


def test_a_value_that_nobody_mapped_is_unclear_not_a_side() -> None:
    made = consultation(["a"], ["Perhaps"])
    assert stated_positions(made)["position"].tolist() == ["unclear"]


@pytest.mark.parametrize(
    ("tones", "whole"),
    [
        (["neutral"], "neutral"),
        (["positive", "neutral"], "positive"),
        (["positive", "negative", "neutral"], "mixed"),
        (["positive", "positive", "positive", "negative"], "mixed"),
        (["negative", "negative"], "negative"),
        (["unclear", "negative"], "negative"),
        (["unclear", "positive"], "unclear"),
        (["unclear", "neutral", "neutral"], "neutral"),
        ([], "neutral"),
    ],
)
def test_a_warm_opening_does_not_hide_a_complaint(tones: list[str], whole: str) -> None:
    assert response_tone(tones) == whole


def test_tone_of_plain_sentences_by_the_word_list() -> None:
    texts = [
        "The staff were wonderful and kind.",
        "A terrible, cruel system.",
        "It has four pages.",
    ]
    assert point_tones(texts, None) == ["positive", "negative", "neutral"]


def test_tone_of_plain_sentences_by_the_model(encoder: MiniLM) -> None:
    texts = ["The staff were wonderful and kind.", "This is a terrible, cruel system."]
    assert point_tones(texts, encoder.encode(texts)) == ["positive", "negative"]


def test_a_point_is_judged_alone(encoder: MiniLM) -> None:
    texts = ["The nurse was rude to me.", "Lovely people.", "We filled in the form on a Tuesday."]
    vectors = encoder.encode(texts)
    together = point_tones(texts, vectors)
    assert together == [point_tones([t], vectors[i : i + 1])[0] for i, t in enumerate(texts)]
    assert together[::-1] == point_tones(texts[::-1], vectors[::-1])


def test_no_points_no_tones() -> None:
    assert point_tones([], np.zeros((0, 384), np.float32)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can't say the staff were friendly or helpful.", "negative"),
        ("I don’t think this is a good idea.", "negative"),
        ("I do not believe the charges are unfair.", "positive"),
        ("By no means the worst office in town.", "neutral"),
        ("No shortage of forms to read.", "neutral"),
        ("I can't say it is clear, but the nurse was wonderful and kind.", "positive"),
    ],
)
def test_far_and_double_negation(text: str, expected: str) -> None:
    assert lexicon_tone(text) == expected


def _around(towards: int, n: int, seed: int) -> NDArray[np.float32]:
    """Unit vectors that have little in common beside one direction, like texts of one kind."""
    drawn = np.random.default_rng(seed).normal(size=(n, 384))
    drawn[:, towards] += 6.0
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def test_likeness_is_that_of_the_most_similar_source_whatever_the_number() -> None:
    one, other = (_around(d, 5_000, 1).mean(axis=0) for d in (0, 1))
    means = np.stack([m / np.linalg.norm(m) for m in (one, other)])
    weights = replace(Weights.load(tone.WEIGHTS), means=means)
    for n in (FEWEST, 100, 1_000):
        found = [likeness(weights, [_around(1, n, seed)]) for seed in range(20, 40)]
        assert np.mean(found) == pytest.approx(1, abs=0.06)
        assert min(found) > KIN - 0.1
        strange = [likeness(weights, [_around(2, n, seed)]) for seed in range(20, 40)]
        assert np.mean(strange) < 0.3
    whole = _around(1, 1_000, 3)
    parts = [whole[:10], whole[10:600], whole[600:]]
    assert likeness(weights, parts) == pytest.approx(likeness(weights, [whole]), abs=1e-6)
    assert likeness(weights, [whole[: FEWEST - 1]]) == likeness(weights, []) == 0


def test_of_an_unknown_kind_the_word_list_decides_and_the_model_only_doubts(
    encoder: MiniLM,
) -> None:
    texts = [
        "A splendid afternoon at the observatory.", "The invoice is dated the ninth of March.",
        "Gulls wheeled above the grim, broken pier.", "He failed, and failed again, and wept.",
    ]  # fmt: skip
    weights, vectors = Weights.load(tone.WEIGHTS), encoder.encode(texts)
    told = tell(weights, texts, vectors, kin=False)
    assert told.guess.tolist() == [lexicon_tone(t) for t in texts]
    own = tell(weights, texts, vectors, kin=True)
    assert own.guess.tolist() == [CLASSES[i] for i in own.shares.argmax(axis=1)]
    assert np.array_equal(told.shares, own.shares)
    doubted = told.shares.max(axis=1) >= weights.clear
    doubted &= told.guess != own.guess
    assert not (told.clear & doubted & (told.guess != "positive")).any()


def test_the_kind_is_told_from_the_whole_consultation(sample_run: Run) -> None:
    told = sample_run.judged.tone_training
    assert told["kin"]
    assert KIN < told["likeness"] <= 1
    made = consultation(["The forms are long.", "Buses are late."], ["Support", "Oppose"])
    prepared = prepare(made, Settings())
    points = split_points(prepared, Settings())
    judged = judge(made, prepared, points, embed(points), Settings())
    assert (judged.tone_training["kin"], judged.tone_training["likeness"]) == (False, 0)


def test_not_bad_enough_is_no_praise() -> None:
    assert ruled("And as if that is not bad enough, the lift is broken.") is None
    assert ruled("The food is not bad.") == "neutral"


def test_the_method_names_only_what_ran() -> None:
    assert "MiniLM" in tone.method("minilm")
    assert "MiniLM" not in tone.method("multilingual")
    assert tone.reason("minilm") != tone.reason("multilingual")


def test_the_weights_are_plain_numbers() -> None:
    with np.load(tone.WEIGHTS, allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind == "f" for name in stored.files)
    assert tone.WEIGHTS.stat().st_size < 1_000_000
    assert tone.WEIGHTS.with_name("MODEL_CARD.md").exists()


# ---------------------------------------------------------------- cases from bug reports
def _case(cases: Path, name: str, file: str) -> pd.DataFrame:
    return pd.read_csv(cases / name / file, dtype=str)


def _judged(texts: list[str], encoder: MiniLM) -> list[str]:
    """Tone of each reply as the product judges it: point by point."""
    parts = [[t[a:b] for a, b in split(t, Settings().point_min_words)] for t in texts]
    flat = [p for own in parts for p in own]
    tones = iter(point_tones(flat, encoder.encode(flat)))
    return [response_tone([next(tones) for _ in own]) for own in parts]


def test_negation(cases: Path, encoder: MiniLM) -> None:
    frame = _case(cases, "SEN-01", "negation.csv")
    found = _judged(frame["Q1"].tolist(), encoder)
    right = [t in g.split("_or_") for t, g in zip(found, frame["gold"], strict=True)]
    by_id = dict(zip(frame["Response ID"], found, strict=True))
    assert not any(by_id[i] == "negative" for i in ("N01", "N02", "N05", "N07")), by_id
    assert sum(right) >= 8, by_id


def test_sarcasm_is_not_praise(cases: Path, encoder: MiniLM) -> None:
    frame = _case(cases, "SEN-03", "sarcasm.csv")
    found = pd.Series(_judged(frame["Q1"].tolist(), encoder))
    assert (found[frame["gold"] == "negative"] == "positive").sum() <= 1, found.tolist()
    assert (found[frame["gold"] == "positive"] == "positive").all(), found.tolist()


def test_the_end_of_a_long_reply_is_read(cases: Path, encoder: MiniLM) -> None:
    frame = _case(cases, "SEN-07", "long_turn.csv")
    long, complaint = _judged(frame["Q1"].tolist(), encoder)
    assert long in ("mixed", "negative")
    assert complaint == "negative"
