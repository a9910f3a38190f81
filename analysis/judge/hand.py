"""What people of the team say of a position or a tone: only ever added, the later one counts.

A label counts in the next training of its consultation, and stands for what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from analysis.judge.people import written
from analysis.prepare.review import mark
from analysis.records import Points, Prepared, each

Measure = Literal["position", "tone"]
Value = Literal["support", "oppose", "mixed", "unclear", "positive", "neutral", "negative", ""]
POSITIONS = ("support", "oppose", "mixed", "unclear")  # unclear: the text does not tell
TONES = ("positive", "neutral", "negative", "mixed", "unclear")
_Key = tuple[str, str, int, int]


@dataclass(frozen=True)
class Label:
    """One person's word on a respondent's position, or on the tone of a passage.

    about: a respondent (position) or a response (tone, with the passage's offsets). value: "" takes
    an earlier label back. when: seconds since 1970. of: `mark` of the text that was read; on any
    other text (the columns were read differently since) the label does not apply.
    """

    measure: Measure
    about: str
    value: Value
    who: str
    when: float
    start: int = 0
    end: int = 0
    why: str = ""
    of: str = ""


def last(labels: Sequence[Label]) -> dict[_Key, Label]:
    """The label that counts for each respondent or passage; those taken back are not there."""
    found = {(x.measure, x.about, x.start, x.end): x for x in labels}
    return {key: label for key, label in sorted(found.items()) if label.value}


def effective(labels: Sequence[Label]) -> list[list[str | int]]:
    """What of the labels a result depends on: not who, when and why."""
    return [[*key, label.value, label.of] for key, label in last(labels).items()]


def hand_positions(labels: Sequence[Label], prepared: Prepared) -> pd.Series[str]:
    """respondent_id → position by hand, where they wrote what was read."""
    own = [x for x in last(labels).values() if x.measure == "position"]
    texts = written(prepared) if own else pd.Series(dtype="str")
    kept = {x.about: x.value for x in own if x.about in texts and x.of == mark(texts[x.about])}
    return pd.Series(kept, dtype="str")


def hand_tones(labels: Sequence[Label], points: Points) -> pd.Series[str]:
    """point_id → tone by hand, where the passage is still there with the same words."""
    own = {(x.about, x.start, x.end): x for x in last(labels).values() if x.measure == "tone"}
    frame = points.points[points.points["response_id"].isin({about for about, _, _ in own})]
    kept = {}
    for p in each(frame):
        label = own.get((p.response_id, p.start, p.end))
        if label is not None and label.of == mark(p.text):
            kept[p.point_id] = label.value
    return pd.Series(kept, dtype="str")


assert set(POSITIONS) | set(TONES) | {""} == set(get_args(Value))
