"""The tone of the wording, point by point: positive, neutral or negative. Never a position.

VADER (Hutto & Gilbert 2014), a lexicon with rules for negation and emphasis; its compound score
beyond ±0.05 counts as positive or negative, as its authors advise. It reads sarcasm as praise.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.records import Tone

THRESHOLD = 0.05
METHOD = "VADER 3.3.2 lexicon, per point, English only"
LANGUAGE = "en"  # of the lexicon; other answers have no tone rather than a neutral one


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def point_tone(text: str) -> Tone:
    score = _analyser().polarity_scores(text)["compound"]
    if score >= THRESHOLD:
        return "positive"
    return "negative" if score <= -THRESHOLD else "neutral"


def response_tone(tones: Iterable[str]) -> Tone:
    """A response is mixed when some of its points are positive and others negative."""
    found = set(tones) - {"neutral"}
    if {"positive", "negative"} <= found or "mixed" in found:
        return "mixed"
    if "positive" in found:
        return "positive"
    return "negative" if found else "neutral"
