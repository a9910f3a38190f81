"""A flat picture of the points: for charts only, nothing is decided by it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.themes.graph import Floats, Labels
from analysis.themes.means import centroids


def _axes(rows: Floats) -> Floats:
    """The two main directions of `rows` (2, dimensions); signs fixed by their largest entry."""
    if len(rows) < 2:
        return np.zeros((2, rows.shape[1]), np.float32)
    apart = (rows - rows.mean(axis=0)).astype(np.float64)
    spread = apart.T @ apart
    # a few directions by repeated multiplication: much less work than all of them
    found = np.random.default_rng(0).normal(size=(len(spread), 4))
    for _ in range(40):
        found, _ = np.linalg.qr(spread @ found)
    _, turn = np.linalg.eigh(found.T @ spread @ found)
    axes = (found @ turn[:, :-3:-1]).T.astype(np.float32)
    largest = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(2), largest])
    return np.asarray(axes * np.where(signs == 0, 1, signs)[:, None], np.float32)


def flat(vectors: Floats, labels: Labels) -> NDArray[np.float64]:
    """(n, 2), about -1 … 1: themes by the main directions of their centres, texts around them.

    `labels`: theme of each row, -1 for none; these lie where their own vector puts them.
    """
    if len(vectors) == 0:
        return np.zeros((0, 2))
    centres = centroids(vectors, labels)
    between = _axes(centres if len(centres) > 2 else vectors)
    grouped = labels >= 0
    middle = np.where(grouped[:, None], centres[labels] if len(centres) else 0, vectors)
    place = (middle - vectors.mean(axis=0)) @ between.T
    rest = vectors - middle
    sample = rest[grouped][:: max(1, int(grouped.sum()) // 4000)]
    around = rest @ _axes(sample if len(sample) > 2 else vectors).T
    spread = np.abs(place).max() or 1.0
    width = np.abs(around).max() or 1.0
    whole = place / spread + 0.25 * around / width
    return np.asarray(whole, np.float64).round(4)
