"""A side told from texts: a model learnt from labelled rows, and how right it is on held-out ones.

Logistic regression on TF-IDF of words and pairs of words, beside the mean vector of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

SIDES = ("support", "oppose", "mixed")
ENOUGH = 30  # rows from which words that only one of them has are left out
STEPS = 20  # of the curve of accuracy by coverage
PENALTY = 5.0
VECTOR = 2.0  # weight of the vector beside the words
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


def fitted(texts: list[str], vectors: Any, labels: Any) -> Any:
    """Fitted on the rows; returns a function from texts and vectors to (classes, probabilities)."""
    words = TfidfVectorizer(
        ngram_range=(1, 2), min_df=2 if len(texts) >= ENOUGH else 1, sublinear_tf=True,
        max_features=20_000,
    )  # fmt: skip

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
        model = fitted([texts[i] for i in train], vectors[train], labels[train])
        classes, shares = model([texts[i] for i in test], vectors[test])
        told[test], confidence[test] = classes[shares.argmax(axis=1)], shares.max(axis=1)
    return Checked(told.astype(str), confidence, told.astype(str) == labels)
