"""Languages of answers, with a floor under what is too short to tell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.prepare.content import classify
from analysis.prepare.language import LANGUAGES, detect
from tests.benchmarks import languages as benchmark

WELSH = "Mae angen mwy o staff yn yr ysbyty lleol"


def test_five_languages_case(cases: Path) -> None:
    table = pd.read_csv(cases / "CLU-11" / "five_languages.csv")
    assert detect(list(table["Q1"])) == list(table["Language"])


@pytest.mark.parametrize(
    "text", ["jobs", "Brilliant", "", "👍👍", "12", "Toddlers", "https://example.org/mae/hyn"]
)
def test_too_short_to_tell(text: str) -> None:
    assert detect([text]) == ["und"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("الخدمة سريعة لكن أريد التحدث مع موظف", "ar"), ("ההסבר לא ברור, נא להשאיר קו טלפון", "he"),
        ("سروس اچھی ہے مگر فارم میں ہے", "ur"), ("我们需要更多人", "zh"),
        ("ਸਾਨੂੰ ਹੋਰ ਲੋਕਾਂ ਦੀ ਲੋੜ ਹੈ", "pa"),
        ("𝓟𝓵𝓮𝓪𝓼𝓮 keep the counter open", "en"), ("TOO MANY FORMS TO FILL IN", "en"),
    ],
)  # fmt: skip
def test_scripts(text: str, language: str) -> None:
    assert detect([text]) == [language]


def test_a_short_answer_goes_by_the_others_unless_it_speaks_against_them() -> None:
    texts = ["Gwych", "diogelwch", "Swyddi", "jobs", "human contact", "DENTISTS"]
    assert detect(texts) == ["und"] * 6
    assert detect(texts, [WELSH] * 6) == ["cy", "cy", "cy", "und", "und", "und"]
    assert detect(texts, [""] * 6) == ["und"] * 6


def test_a_clear_answer_does_not_follow_its_context() -> None:
    clear = "There should always be a person to talk to."
    assert detect([clear], [WELSH]) == ["en"]


def test_order_and_repeats_do_not_matter() -> None:
    texts = [WELSH, "We need more staff at the hospital", WELSH, "x"]
    assert detect(texts) == detect(texts[::-1])[::-1]
    assert set(detect(texts)) <= {*LANGUAGES, "und"}


def test_welsh_is_found_wherever_it_was_typed_and_english_is_not_taken_for_it(shared: Path) -> None:
    pairs = [(t, g) for t, g in benchmark.cadw() if t.strip() and classify(t) == "analysed"]
    found = detect([t for t, _ in pairs])
    welsh = [f for f, (_, g) in zip(found, pairs, strict=True) if g == "cy"]
    assert welsh.count("cy") / len(welsh) >= 0.95
    assert {f for f, (_, g) in zip(found, pairs, strict=True) if g == "en"} <= {"en", "und"}


def test_welsh_sentences(shared: Path) -> None:
    texts = [t for t, _ in benchmark.welsh()]
    assert detect(texts).count("cy") / len(texts) >= 0.99


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mae'r gwasanaeth yn dda iawn. The app is good but slow.", "cy"),
        ("I agree with this, mae'n bwysig iawn i ni gael siarad Cymraeg gyda'r meddyg", "cy"),
        ("Mae angen mwy. We need more buses in the valleys, the trains are late every day.", "en"),
        ("Dim digon o staff Cymraeg", "cy"), ("Rwy'n cytuno", "cy"),
    ],
)  # fmt: skip
def test_a_mixed_reply_goes_by_most_of_it_and_short_welsh_is_found(
    text: str, language: str
) -> None:
    assert detect([text]) == [language]
