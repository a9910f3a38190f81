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


def hosts() -> tuple[str, ...]:
    """The names that Heard is asked for by (HEARD_HOSTS, with commas); any if none is set."""
    named = os.environ.get("HEARD_HOSTS", "").split(",")
    return tuple(name.strip().lower() for name in named if name.strip()) or ("*",)


def proxies() -> int:
    """How many proxies stand in front, each of which adds to X-Forwarded-For (HEARD_PROXIES)."""
    told = os.environ.get("HEARD_PROXIES", "1")
    return max(int(told), 1) if told.isdecimal() else 1


# what may be uploaded: bytes of a file (as in .streamlit/config.toml), and endings of its name
UPLOAD_MOST = 200 * 2**20
UPLOAD_TYPES = (
    "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "xml", "html", "htm", "json",
    "jsonl", "ndjson", "parquet", "docx", "pdf", "eml", "mbox", "zip",
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """So many times in so many seconds, each person."""

    times: int
    seconds: float


Use = Literal["sign-in", "model", "export"]
RATES: dict[Use, Rate] = {
    "sign-in": Rate(20, 3600),
    "model": Rate(30, 3600),  # analyses and questions that a language model takes part in
    "export": Rate(60, 3600),  # files that are made
}

Rule = Literal["none", "five", "ons10", "nhs"]
# rule → the smallest number of people that is shown, and what numbers are rounded to (0: are not)
SMALL_NUMBERS: dict[Rule, tuple[int, int]] = {
    "none": (0, 0),
    "five": (5, 0),
    "ons10": (10, 0),
    "nhs": (8, 5),
}


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
class PublicLimits:
    """What readers without an account may send: nobody floods the team, and nobody guesses codes.

    No result depends on these.
    """

    compared_longest: int = 8_000  # letters of a text beside an edition: some seconds of work
    group_longest: int = 20_000  # of a group's submissions together
    group_most: int = 20  # submissions
    challenge_longest: int = 2_000
    challenge_words: int = 3
    # in an hour; a source is a place on the network, whatever browser sessions it opens
    compared_source: int = 60  # comparisons
    challenges_hour: int = 50  # about one edition, by everybody together
    challenges_source: int = 5
    tries_reply: int = 10  # wrong codes for one reply, from one source
    tries_source: int = 50  # wrong codes from one source
    # from so many wrong codes for one consultation on, by everybody together, each try has to wait
    tries_hour: int = 200
    tries_wait: float = 2.0  # seconds


@dataclass(frozen=True)
class Settings:
    seed: int = 20260601
    language: str = "en"
    # HTML in answers: so many answers to a question must hold it, and bare "<" or "&" may stand in
    # at most this share of that number, for it to be the survey tool's
    markup_min: int = 2
    markup_bare: float = 0.2
    # points
    point_min_words: int = 4
    # campaigns: shared passages of `campaign_shingle` words, covering `campaign_overlap`
    campaign_min: int = 5
    campaign_shingle: int = 4
    campaign_overlap: float = 0.5
    campaign_shortest: int = 15  # words: with fewer, people say the same without a template
    campaign_quotation: float = 0.2  # of a text: with less in common, the other text only quotes
    campaign_agreed: float = 0.7  # of what many sent, in two copies that were both edited …
    campaign_passage: int = 30  # words: more than one sentence that many may quote
    campaign_core: float = 1 / 3  # of a letter's senders: runs that fewer sent are not the letter's
    campaign_version: float = 0.45  # of the fuller core, which two versions of a letter share
    campaign_hub: int = 400  # texts: a run in more, once large letters are out, is a quotation
    campaign_large: int = 300  # templates looked for before that
    campaign_stock: int = 80  # words: longest opening that unlike texts may share …
    campaign_turns: int = 10  # ways in which they go on after it
    # themes
    # of each text: more are steadier where texts are few, and slower
    theme_neighbours: int = 30
    theme_neighbours_many: int = 20
    theme_resolution: float = 5.0
    # runs that a consensus is of; up to twelve times as many where there are few texts
    theme_runs: int = 16
    theme_most: int = 25
    theme_min_points: int = 3
    theme_min_question: int = 12
    theme_edge: float = 0.1
    theme_join: float = 0.2
    theme_loose: float = 0.15
    theme_rare: float = 3.0
    theme_resamples: int = 5
    theme_sample: int = 40_000
    # over `theme_limit` distinct texts, a question's themes are found on that many, and at least
    # `theme_stratum` of each group of respondents and campaign; the others are placed in them
    theme_limit: int = 20_000
    theme_stratum: int = 20
    # placing: `theme_late_kept` of the texts of a theme count as near enough to it; neighbours are
    # looked for among `theme_late_members`; texts that fit none make a new theme from
    # `theme_late_min` people on; with over `theme_late_most` new answers themes are found anew
    theme_late_kept: float = 0.95
    theme_late_min: int = 5
    theme_late_members: int = 10_000
    theme_late_most: float = 0.3
    minority_share: float = 0.05
    # a decision on a theme is carried to a later analysis whose theme has over this share of the
    # passages in common with it
    review_match: float = 0.5
    # positions inferred from texts: learnt from at least `infer_min` people who ticked a side, only
    # if cross-validation beats the most frequent side by `infer_margin`, and only where it was
    # right for `infer_accuracy`
    infer_min: int = 60
    infer_folds: int = 5
    infer_margin: float = 0.05
    infer_accuracy: float = 0.9
    contradiction_confidence: float = 0.9
    # labels by the team: so many teach without ticks, so many are asked for, so many at a time,
    # picked among so many; a tone by hand is learnt from at least so many passages
    teach_min: int = 30
    teach_wanted: int = 40
    teach_batch: int = 10
    teach_pool: int = 2_000
    teach_tones: int = 30
    teach_margin: float = 0.05
    # a tone that the model learnt here is shown from this probability
    tone_clear: float = 0.55
    # fairness: a group, and the rest, of so many people; so many cases expected; false alarms kept
    # to this share (Benjamini-Hochberg)
    fair_people: int = 30
    fair_cases: float = 5.0
    fair_level: float = 0.05
    # summaries
    quotes_per_view: int = 2
    views_per_question: int = 8
    quote_min_words: int = 8
    quote_max_words: int = 45
    quote_central: float = 0.7  # weight of nearness to the view against difference between quotes
    quote_clear: float = 0.15  # what a passage gains that can be read alone
    quote_about: float = 0.15  # what one gains that has a word of its theme in it
    quote_spread: float = 0.05  # what it loses when its group has been quoted
    left_out_most: int = 5
    # what is asked for: requests this similar stand together; `asked_leaders` are tried as middles
    asked_similarity: float = 0.66
    asked_leaders: int = 2_000
    asked_most: int = 10
    asked_min: int = 2
    # a question over the replies is answered by points that hold this much of its words, weighed
    # by rarity, and are a little near to it; or are nearer and meet its rarest word. Where there
    # are such, those whose nearness and words together are worth so much count too
    ask_words: float = 0.5
    ask_near: float = 0.25
    ask_meaning: float = 0.45
    ask_key: float = 0.25
    ask_worth: float = 0.55
    # differences between a group and all others: each of at least `difference_base` people, and of
    # those called clear at most `difference_rate` are expected to be chance
    difference_base: int = 30
    twin_groups: float = 0.9  # share of two groups' people in both, from which they are as one
    difference_rate: float = 0.05
    # who is missing: no reply counts for more than `weight_most` average ones
    weight_most: float = 5.0
    # small numbers: the rule of SMALL_NUMBERS for what is published; the team's pages show all
    disclosure: Rule = "five"
    # was my view captured: how likely it must be that somebody made the point (analysis/capture)
    capture_whole: float = 0.65
    capture_partly: float = 0.5
    capture_told: float = 0.6  # and that it is not the opposite of what was said
    llm: LlmSettings = LlmSettings()
    # "multilingual" groups answers in all languages together; it needs an optional package
    embedder: Literal["minilm", "multilingual"] = "minilm"

    @property
    def disclosure_min(self) -> int:
        """The smallest number of people of a group that is shown in what is published."""
        return SMALL_NUMBERS[self.disclosure][0]
