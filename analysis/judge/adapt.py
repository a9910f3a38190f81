"""Tones by hand: they stand where they were set, and teach the model about their own consultation.

What is learnt is used only if it is right more often, cross-validated, than the shipped model on
the same passages, by a stated margin.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from analysis.judge.tone_model import CLASSES
from analysis.settings import Settings

VECTOR = 2.0  # weight of the vector beside the shipped model's answer
PENALTY = 1.0


@dataclass(frozen=True)
class Adapted:
    """tones: of every point, by hand where there is one. told: what a model says of the labelled.

    told: point_id → tone by a model that had not seen that label. decision: what was done and why.
    """

    tones: pd.Series[str]
    told: pd.Series[str]
    decision: dict[str, Any] = field(default_factory=dict)


def adapt(
    tones: pd.Series[str],
    hand: pd.Series[str],
    shares: NDArray[Any] | None,
    vectors: NDArray[Any] | None,
    settings: Settings,
) -> Adapted:
    """Tones after the team's labels.

    tones: point_id → tone as judged. hand: point_id → tone by hand. shares: (points, 3), the
    shipped model's probabilities of CLASSES; vectors: (points, 384); None without that model.
    """
    known = hand[hand.index.isin(tones.index)]
    changed = tones.copy()
    changed[known.index] = known
    learnable = known[known.isin(CLASSES)]
    decision: dict[str, Any] = {"by_hand": len(known), "done": False}
    told = tones[known.index]
    if not len(known):
        return Adapted(tones, told, decision)
    counts = learnable.value_counts()
    sides = counts[counts >= settings.infer_folds].index
    learnable = learnable[learnable.isin(sides)]
    if shares is None or vectors is None or len(learnable) < settings.teach_tones or len(sides) < 2:
        reason = f"{len(known):,} passages have a tone by hand; from {settings.teach_tones} on at "
        reason += "least two tones the model learns from them."
        return Adapted(changed, told, {**decision, "reason": reason})
    rows = tones.index.get_indexer(learnable.index)
    features = np.hstack([np.log(shares + 1e-6), vectors * VECTOR])
    gold = learnable.to_numpy(str)
    held = _held_out(features[rows], gold, settings)
    own = float((held == gold).mean())
    shipped = float((np.array(CLASSES)[shares[rows].argmax(axis=1)] == gold).mean())
    decision |= {"accuracy": round(own, 4), "shipped": round(shipped, 4)}
    measured = f"on {len(gold):,} passages by hand the model that learnt from them is right for "
    measured += f"{100 * own:.0f} %, the shipped one for {100 * shipped:.0f} %"
    if own < shipped + settings.teach_margin:
        reason = f"The shipped model stays: {measured}; it must be ahead by "
        reason += f"{100 * settings.teach_margin:.0f} points."
        return Adapted(changed, told, {**decision, "reason": reason})
    model = _fitted(features[rows], gold)
    found = model.predict_proba(features)
    best = model.classes_[found.argmax(axis=1)]
    keep = found.max(axis=1) >= settings.tone_clear
    taught = pd.Series(np.where(keep, best, "unclear"), index=tones.index, dtype="str")
    taught[known.index] = known
    told = told.copy()
    told[learnable.index] = held
    reason = f"Learnt from the team’s labels: {measured}."
    return Adapted(taught, told, {**decision, "done": True, "reason": reason})


def _fitted(features: Any, gold: Any) -> LogisticRegression:
    return LogisticRegression(C=PENALTY, max_iter=200, tol=1e-3).fit(features, gold)


def _held_out(features: Any, gold: Any, settings: Settings) -> NDArray[np.str_]:
    told: NDArray[np.str_] = gold.copy()
    splitter = StratifiedKFold(settings.infer_folds, shuffle=True, random_state=settings.seed)
    for train, test in splitter.split(features, gold):
        told[test] = _fitted(features[train], gold[train]).predict(features[test])
    return told
