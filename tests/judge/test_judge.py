import pytest

from analysis.judge.position import stated_positions
from analysis.judge.tone import point_tone, response_tone
from tests.make import consultation


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
        (["negative", "negative"], "negative"),
        ([], "neutral"),
    ],
)
def test_a_warm_opening_does_not_hide_a_complaint(tones: list[str], whole: str) -> None:
    assert response_tone(tones) == whole


def test_tone_of_plain_sentences() -> None:
    assert point_tone("The staff were wonderful and kind.") == "positive"
    assert point_tone("This is a terrible, cruel system.") == "negative"
    assert point_tone("The form has four pages.") == "neutral"
