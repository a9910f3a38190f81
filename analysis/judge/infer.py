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
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from analysis.records import Points, Prepared, Vectors
from analysis.settings import Settings

SIDES = ("support", "oppose", "mixed")
OPPOSITE = {"support": "oppose", "oppose": "support"}
STEPS = 20  # of the curve of accuracy by coverage
PENALTY = 5.0
VECTOR = 2.0  # weight of the vector beside the words
CONTRADICTS = ("respondent_id", "stated", "text_says", "confidence")
TRUSTED = 30  # cross-validated answers that a threshold must rest on, at least


@dataclass(frozen=True)
class Checked:
    """Cross-validated: of each row the told side, its probability, and the truth."""

    told: NDArray[np.str_]
    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]

    @property
    def accuracy(self) -> float:
        return float(self.right.mean())

    def curve(self) -> list[dict[str, float]]:
        """Coverage, accuracy of the surest so many, and the confidence that it takes."""
        order = np.argsort(-self.confidence, kind="stable")
        hits = np.cumsum(self.right[order])
        last = sorted({-(-len(order) * n // STEPS) for n in range(1, STEPS + 1)})
        return [
            {
                "coverage": round(n / len(order), 4),
                "accuracy": round(float(hits[n - 1] / n), 4),
                "confidence": round(float(self.confidence[order[n - 1]]), 4),
            }
            for n in last
        ]

    def threshold(self, wanted: float) -> float | None:
        """The confidence from which at least `wanted` are right; None: there is none."""
        good = [
            p["confidence"]
            for p in self.curve()
            if p["accuracy"] >= wanted and p["coverage"] * len(self.right) >= TRUSTED
        ]
        return min(good) if good else None


@dataclass(frozen=True)
class Inference:
    """inferred: respondent_id, position, confidence.

    contradictions: respondent_id, stated, text_says, confidence.
    decision: plain values that say what was done and why, with the curve.
    """

    decision: dict[str, Any]
    inferred: pd.DataFrame
    contradictions: pd.DataFrame = field(default_factory=lambda: _empty(CONTRADICTS))


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    kinds = {"confidence": "float64"}
    return pd.DataFrame({c: pd.Series(dtype=kinds.get(c, "str")) for c in columns})


def none_inferred() -> pd.DataFrame:
    return _empty(("respondent_id", "position", "confidence"))


def _model(texts: list[str], vectors: Any, labels: Any) -> Any:
    """Fitted on the rows; returns a function from texts and vectors to (classes, probabilities)."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=20_000)

    def joined(counts: Any, rows: Any) -> Any:
        return hstack([counts, csr_matrix(rows * VECTOR)]).tocsr()

    regression = LogisticRegression(C=PENALTY, max_iter=200, tol=1e-3)
    regression.fit(joined(words.fit_transform(texts), vectors), labels)

    def told(others: list[str], rows: Any) -> tuple[Any, Any]:
        return regression.classes_, regression.predict_proba(joined(words.transform(others), rows))

    return told


def checked(
    texts: list[str], vectors: Any, labels: Any, groups: Any, folds: int, seed: int
) -> Checked:
    """Cross-validation in which texts of one group (copies of a letter) are never apart."""
    told = np.full(len(labels), "", dtype=object)
    confidence = np.zeros(len(labels))
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    for train, test in splitter.split(vectors, labels, groups):
        model = _model([texts[i] for i in train], vectors[train], labels[train])
        classes, shares = model([texts[i] for i in test], vectors[test])
        told[test], confidence[test] = classes[shares.argmax(axis=1)], shares.max(axis=1)
    return Checked(told.astype(str), confidence, told.astype(str) == labels)


def _people(prepared: Prepared, points: Points, vectors: Vectors) -> tuple[pd.DataFrame, Any]:
    """respondent_id, text, group, and the mean vector of each who wrote something analysed."""
    frame = points.points.merge(
        prepared.responses[["response_id", "respondent_id", "campaign_id"]].rename(
            columns={"campaign_id": "letter"}
        ),
        on="response_id",
    )
    row = pd.Series(range(len(vectors.texts)), index=vectors.texts["text"])
    frame["row"] = frame["text"].map(row)
    frame = frame.sort_values(["respondent_id", "point_id"])
    people = frame.groupby("respondent_id").agg(
        text=("text", "\n".join), letter=("letter", "max"), rows=("row", list)
    )
    people = people.reset_index()
    means = [np.asarray(vectors.vectors)[rows].mean(axis=0) for rows in people["rows"]]
    group = people["letter"].where(people["letter"] != "", people["text"])
    size = vectors.vectors.shape[1]
    stacked = np.vstack(means) if means else np.zeros((0, size), np.float32)
    return people.assign(group=group)[["respondent_id", "text", "group"]], stacked


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def infer_positions(
    stated: pd.DataFrame, prepared: Prepared, points: Points, vectors: Vectors, settings: Settings
) -> Inference:
    """Infer for those whose position is "not stated", if the text has earned it.

    stated: respondent_id, position. The decision holds the reason either way.
    """
    people, means = _people(prepared, points, vectors)
    people = people.merge(stated, on="respondent_id", how="left")
    position = people["position"].to_numpy(str)
    sides = [s for s in SIDES if (position == s).sum() >= settings.infer_folds]
    known, asked = np.isin(position, sides), position == "not stated"
    decision: dict[str, Any] = {
        "done": False,
        "trained_on": int(known.sum()),
        "without_position": int((stated["position"] == "not stated").sum()),
        "candidates": int(asked.sum()),
        "inferred": 0,
        "margin": settings.infer_margin,
        "wanted": settings.infer_accuracy,
        "curve": [],
    }

    def refused(reason: str) -> Inference:
        return Inference({**decision, "reason": reason}, none_inferred())

    if known.sum() < settings.infer_min or len(sides) < 2:
        return refused(
            f"Too few people both ticked a side and wrote something to learn from: "
            f"{known.sum():,}, of at least {settings.infer_min}, on at least two sides."
        )
    labels, groups = position[known], people["group"].to_numpy(object)[known]
    if min(len(set(groups[labels == s])) for s in sides) < settings.infer_folds:
        return refused("Too few different texts on one side to learn from: most are one letter.")
    texts = people["text"].tolist()
    own = [t for t, k in zip(texts, known, strict=True) if k]
    result = checked(own, means[known], labels, groups, settings.infer_folds, settings.seed)
    majority = max(float((labels == s).mean()) for s in sides)
    decision |= {
        "majority": round(majority, 4),
        "accuracy": round(result.accuracy, 4),
        "curve": result.curve(),
    }
    measured = (
        f"on {known.sum():,} who ticked, the text told the side of {_percent(result.accuracy)}, "
        f"the most frequent side would be right for {_percent(majority)}"
    )
    if result.accuracy < majority + settings.infer_margin:
        return refused(
            f"Not inferred from texts: {measured}; the text must be ahead by "
            f"{100 * settings.infer_margin:.0f} points."
        )
    clashes = _contradictions(people[known], result, settings.contradiction_confidence)
    threshold = result.threshold(settings.infer_accuracy)
    if threshold is None:
        reason = f"Not inferred from texts: {measured}, and at no confidence was it right for "
        reason += f"{_percent(settings.infer_accuracy)}."
        return Inference({**decision, "reason": reason}, none_inferred(), clashes)
    if not asked.any():
        reason = f"Nobody to infer for: everyone who wrote something answered. Checked {measured}."
        return Inference({**decision, "reason": reason}, none_inferred(), clashes)
    classes, shares = _model(own, means[known], labels)(
        [t for t, a in zip(texts, asked, strict=True) if a], means[asked]
    )
    best = shares.max(axis=1)
    frame = pd.DataFrame(
        {
            "respondent_id": people["respondent_id"].to_numpy()[asked],
            "position": classes[shares.argmax(axis=1)],
            "confidence": best,
        }
    )[best >= threshold]
    frame = frame.astype({"respondent_id": "str", "position": "str"}).reset_index(drop=True)
    decision |= {"done": True, "threshold": threshold, "inferred": len(frame)}
    reason = (
        f"Inferred from texts: {measured}; only where the model is at least {threshold:.2f} sure, "
        f"at which {_percent(settings.infer_accuracy)} or more were right."
    )
    return Inference({**decision, "reason": reason}, frame, clashes)


def _contradictions(people: pd.DataFrame, result: Checked, sure: float) -> pd.DataFrame:
    """Who ticked one side while the held-out model is sure that the text is on the other."""

    def rows() -> Iterator[tuple[str, str, str, float]]:
        found = zip(
            people["respondent_id"], people["position"], result.told, result.confidence, strict=True
        )
        for who, ticked, told, confidence in found:
            if confidence >= sure and OPPOSITE.get(ticked) == told:
                yield who, ticked, str(told), float(confidence)

    frame = pd.DataFrame(list(rows()), columns=list(CONTRADICTS))
    frame = frame.astype(_empty(CONTRADICTS).dtypes.to_dict())
    return frame.sort_values(["confidence", "respondent_id"], ascending=[False, True]).reset_index(
        drop=True
    )
