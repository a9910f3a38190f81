from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.embed.minilm import MiniLM
from analysis.judge import tone
from analysis.judge.lexicon import lexicon_tone
from analysis.judge.position import stated_positions
from analysis.judge.tone import point_tones, response_tone
from analysis.prepare.points import split
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
