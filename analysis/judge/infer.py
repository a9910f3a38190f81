"""Positions from texts, only where a consultation's own rows have shown that they can be told.

Trained on the respondents who ticked a side and wrote something, judged by cross-validation; never
on other consultations: on unseen topics such inference is little better than chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.judge.people import people_of
from analysis.judge.side_model import SIDES, Checked, checked, fitted
from analysis.records import Points, Prepared, Vectors
from analysis.settings import Settings

OPPOSITE = {"support": "oppose", "oppose": "support"}
CONTRADICTS = ("respondent_id", "stated", "text_says", "confidence")
CHECKED = ("respondent_id", "gold", "told", "confidence")
NO_LABELS = pd.Series(dtype="str")


@dataclass(frozen=True)
class Inference:
    """inferred: respondent_id, position, confidence (missing where a person of the team said it).

    contradictions: respondent_id, stated, text_says, confidence.
    checked: respondent_id, gold, told, confidence of all who were learnt from, held out.
    decision: plain values that say what was done and why, with the curve.
    """

    decision: dict[str, Any]
    inferred: pd.DataFrame
    contradictions: pd.DataFrame = field(default_factory=lambda: _empty(CONTRADICTS))
    checked: pd.DataFrame = field(default_factory=lambda: _empty(CHECKED))


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    kinds = {"confidence": "float64"}
    return pd.DataFrame({c: pd.Series(dtype=kinds.get(c, "str")) for c in columns})


def none_inferred() -> pd.DataFrame:
    return _empty(("respondent_id", "position", "confidence"))


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


@dataclass(frozen=True)
class _Material:
    """Who can be learnt from and who is asked for; arrays run over the rows of `people`.

    people: respondent_id, text, group, position (stated), side (to learn: by hand, else as ticked).
    """

    people: pd.DataFrame
    means: NDArray[Any]
    sides: list[str]
    known: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    taught: int

    def texts(self, which: NDArray[np.bool_]) -> list[str]:
        return self.people.loc[which, "text"].tolist()

    @property
    def labels(self) -> NDArray[np.str_]:
        return self.people.loc[self.known, "side"].to_numpy(str)


def _material(
    stated: pd.DataFrame, people: pd.DataFrame, means: Any, hand: pd.Series[str], folds: int
) -> _Material:
    people = people.merge(stated, on="respondent_id", how="left")
    by_hand = people["respondent_id"].map(hand)
    side = by_hand.fillna(people["position"])
    sides = [s for s in SIDES if (side == s).sum() >= folds]
    known = side.isin(sides).to_numpy(bool)
    asked = ((people["position"] == "not stated") & by_hand.isna()).to_numpy(bool)
    taught = int((by_hand.isin(sides)).sum())
    return _Material(people.assign(side=side), means, sides, known, asked, taught)


def infer_positions(
    stated: pd.DataFrame,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    settings: Settings,
    hand: pd.Series[str] = NO_LABELS,
) -> Inference:
    """Infer for those whose position is "not stated", if the text has earned it.

    stated: respondent_id, position. hand: respondent_id → position as the team read it; it is
    learnt from in place of the tick, and stands for those who have none. The decision holds the
    reason either way.
    """
    made = _material(stated, *people_of(prepared, points, vectors), hand, settings.infer_folds)
    silent = stated.loc[stated["position"] == "not stated", "respondent_id"]
    read = _by_hand(hand, silent)
    decision: dict[str, Any] = {
        "done": False,
        "trained_on": int(made.known.sum()),
        "taught": made.taught,
        "without_position": len(silent),
        "candidates": int(made.asked.sum()),
        "inferred": 0,
        "by_hand": len(read),
        "margin": settings.infer_margin,
        "wanted": settings.infer_accuracy,
        "curve": [],
    }
    problem = _too_few(made, settings)
    if problem:
        return Inference({**decision, "reason": problem}, read)
    return _learnt(made, read, decision, settings)


def _by_hand(hand: pd.Series[str], silent: pd.Series[str]) -> pd.DataFrame:
    """What the team read where nothing was ticked; its confidence is no model's, so missing."""
    own = hand[hand.index.isin(silent) & hand.isin(SIDES)]
    frame = pd.DataFrame({"respondent_id": own.index, "position": own.to_numpy()})
    return pd.concat([none_inferred(), frame.astype("str").assign(confidence=np.nan)])


def _too_few(made: _Material, settings: Settings) -> str:
    """Why there is too little to learn from, "" if there is enough."""
    known = int(made.known.sum())
    enough = known >= settings.infer_min or made.taught >= settings.teach_min
    if not enough or len(made.sides) < 2:
        return (
            f"Too few people both ticked a side and wrote something to learn from: "
            f"{known:,}, of at least {settings.infer_min}, on at least two sides. The team can "
            f"teach it by labelling about {settings.teach_wanted} replies under “Teach”."
        )
    groups = made.people.loc[made.known, "group"].to_numpy(object)
    if min(len(set(groups[made.labels == s])) for s in made.sides) < settings.infer_folds:
        return "Too few different texts on one side to learn from: most are one letter."
    return ""


def _learnt(
    made: _Material, read: pd.DataFrame, decision: dict[str, Any], settings: Settings
) -> Inference:
    own, means, labels = made.texts(made.known), made.means[made.known], made.labels
    known = made.people[made.known]
    groups = known["group"].to_numpy(object)
    result = checked(own, means, labels, groups, settings.infer_folds, settings.seed)
    majority = max(float((labels == s).mean()) for s in made.sides)
    decision = decision | {
        "majority": round(majority, 4),
        "accuracy": round(result.accuracy, 4),
        "curve": result.curve(),
    }
    clashes = _contradictions(known, result, settings.contradiction_confidence)
    held = known[["respondent_id"]].assign(
        gold=labels, told=result.told, confidence=result.confidence
    )
    held = held.astype(dict.fromkeys(CHECKED[:3], "str")).reset_index(drop=True)

    def ended(reason: str, more: dict[str, Any], frame: pd.DataFrame, rest: Any) -> Inference:
        return Inference({**decision, **more, "reason": reason}, frame, rest, held)

    taught = f", {made.taught:,} of them as the team read them" if made.taught else ""
    measured = (
        f"on {len(labels):,} replies{taught}, the text told the side of "
        f"{_percent(result.accuracy)}, the most frequent side would be right for "
        f"{_percent(majority)}"
    )
    if result.accuracy < majority + settings.infer_margin:
        reason = f"Not inferred from texts: {measured}; the text must be ahead by "
        reason += f"{100 * settings.infer_margin:.0f} points."
        return ended(reason, {}, read, _empty(CONTRADICTS))
    threshold = result.threshold(settings.infer_accuracy)
    if threshold is None:
        reason = f"Not inferred from texts: {measured}, and at no confidence was it right for "
        return ended(f"{reason}{_percent(settings.infer_accuracy)}.", {}, read, clashes)
    if not made.asked.any():
        reason = f"Nobody to infer for: everyone who wrote something answered. Checked {measured}."
        return ended(reason, {}, read, clashes)
    classes, shares = fitted(own, means, labels)(made.texts(made.asked), made.means[made.asked])
    best = shares.max(axis=1)
    frame = pd.DataFrame(
        {
            "respondent_id": made.people["respondent_id"].to_numpy()[made.asked],
            "position": classes[shares.argmax(axis=1)],
            "confidence": best,
        }
    )[best >= threshold]
    frame = frame.astype({"respondent_id": "str", "position": "str"})
    reason = (
        f"Inferred from texts: {measured}; only where the model is at least {threshold:.2f} sure, "
        f"at which {_percent(settings.infer_accuracy)} or more were right."
    )
    more = {"done": True, "threshold": threshold, "inferred": len(frame)}
    return ended(reason, more, pd.concat([read, frame], ignore_index=True), clashes)


def _contradictions(people: pd.DataFrame, result: Checked, sure: float) -> pd.DataFrame:
    """Who ticked one side while the held-out model is sure that the text is on the other.

    Those that the team has read and found on the other side are decided, and not listed again.
    """

    def rows() -> Iterator[tuple[str, str, str, float]]:
        found = zip(
            people["respondent_id"], people["position"], people["side"], result.told,
            result.confidence, strict=True,
        )  # fmt: skip
        for who, ticked, side, told, confidence in found:
            if confidence >= sure and OPPOSITE.get(ticked) == told and side == ticked:
                yield who, ticked, str(told), float(confidence)

    frame = pd.DataFrame(list(rows()), columns=list(CONTRADICTS))
    frame = frame.astype(_empty(CONTRADICTS).dtypes.to_dict())
    return frame.sort_values(["confidence", "respondent_id"], ascending=[False, True]).reset_index(
        drop=True
    )
