"""Every number a run depends on, in one frozen place; they are part of the fingerprints."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE = PROJECT / "data" / "sample"
METHOD = PROJECT / "data" / "method"


def runtime() -> Path:
    """Where Heard keeps what it makes (HEARD_HOME, else data/runtime)."""
    return Path(os.environ.get("HEARD_HOME", PROJECT / "data" / "runtime"))


@dataclass(frozen=True)
class LlmSettings:
    """The optional language model. `enabled` is the team's switch for this consultation.

    The key is not a setting: it stays in the environment of the process that makes the calls.
    """

    enabled: bool = False
    model: str = "gpt-5-mini"
    base_url: str = ""

    @classmethod
    def from_environment(cls, *, enabled: bool) -> LlmSettings:
        """Model and address as whoever runs Heard set them (HEARD_LLM_MODEL, OPENAI_BASE_URL)."""
        return cls(
            enabled=enabled,
            model=os.environ.get("HEARD_LLM_MODEL", cls.model),
            base_url=os.environ.get("OPENAI_BASE_URL", cls.base_url),
        )


@dataclass(frozen=True)
class Settings:
    seed: int = 20260601
    language: str = "en"
    # points
    point_min_words: int = 4
    # campaigns: shared passages of `campaign_shingle` words, covering `campaign_overlap`
    campaign_min: int = 5
    campaign_shingle: int = 5
    campaign_overlap: float = 0.5
    # themes
    theme_neighbours: int = 20
    theme_resolution: float = 5.0
    theme_runs: int = 40
    theme_most: int = 25
    theme_min_points: int = 3
    theme_min_question: int = 12
    theme_edge: float = 0.1
    theme_join: float = 0.2
    theme_loose: float = 0.15
    theme_rare: float = 3.0
    theme_resamples: int = 5
    theme_sample: int = 40_000
    minority_share: float = 0.05
    # positions inferred from texts: learnt from at least `infer_min` people who ticked a side, only
    # if cross-validation beats the most frequent side by `infer_margin`, and only where it was
    # right for `infer_accuracy`
    infer_min: int = 60
    infer_folds: int = 5
    infer_margin: float = 0.05
    infer_accuracy: float = 0.9
    contradiction_confidence: float = 0.9
    # summaries
    quotes_per_view: int = 2
    views_per_question: int = 8
    # small numbers: no cell that counts 1 to `disclosure_min` - 1 people is shown in an export
    disclosure_min: int = 5
    llm: LlmSettings = LlmSettings()
    # "multilingual" groups answers in all languages together; it needs an optional package
    embedder: Literal["minilm", "multilingual"] = "minilm"
