"""What stands around a point in its reply, where points say too little by themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.prepare.privacy import unnamed
from analysis.themes.graph import Floats, Labels, exact, unit
from analysis.themes.phrases import phrases

WINDOW = 4  # points before and after
NEAR = 5
TELLING, LEAST = 4, 0.1  # a point that names so many things counts in full, one with none so much


def owners(points: pd.DataFrame, texts: list[str]) -> Labels:
    """For each text the number of the one reply that has it, -1 where several do."""
    found = points.groupby("text")["response_id"].agg(["nunique", "min"]).loc[texts]
    numbers = np.unique(found["min"].to_numpy(str), return_inverse=True)[1]
    return np.where(found["nunique"] == 1, numbers, -1).astype(np.int64)


def in_context(vectors: Floats, points: pd.DataFrame, texts: list[str]) -> Floats:
    """Unit vectors of `texts`, each moved towards the points around it in the same reply.

    By how much follows from how near texts are to their fifth neighbour (median cosine): remarks
    that echo each other stand alone, and sentences of stories, which echo nothing, need the
    story. Nothing is added from a cosine of 0.6, at most half of what stands around. There the
    points that name something count most: “she never told me” says what it is about nowhere else.
    """
    rounded = exact(vectors)
    rows = rounded[:: max(1, len(vectors) // 1000)]
    if len(vectors) <= NEAR:
        return vectors
    near = np.partition(np.round(rows @ rounded.T, 4), -NEAR - 1, axis=1)[:, -NEAR - 1]
    share = float(np.clip(2.5 * (0.6 - np.median(near)), 0, 0.5))
    beside = _beside(points, texts)
    if not share or not beside.nnz:
        return vectors
    weight = np.clip(np.array([named(t) for t in texts]) / TELLING, LEAST, 1)
    around = np.asarray(beside @ (vectors * weight[:, None]), np.float64)
    length = np.maximum(np.linalg.norm(around, axis=1, keepdims=True), 1e-9)
    return unit(vectors + np.float32(share) * (around / length).astype(np.float32))


def named(text: str) -> int:
    """How many different things a text names."""
    return len({p for p, _ in phrases(unnamed(text)) if " " not in p})


def _beside(points: pd.DataFrame, texts: list[str]) -> sparse.csr_matrix:
    """(texts, texts): how often the second stands within WINDOW points of the first."""
    at = {text: i for i, text in enumerate(texts)}
    ordered = points.sort_values(["response_id", "start", "point_id"])
    place = ordered["text"].map(at).fillna(-1).to_numpy(np.int64)
    reply = ordered["response_id"].to_numpy(str)
    pairs: list[NDArray[np.int64]] = []
    for step in range(1, WINDOW + 1):
        one, two = place[:-step], place[step:]
        kept = (reply[:-step] == reply[step:]) & (one >= 0) & (two >= 0) & (one != two)
        pairs += [np.stack([one[kept], two[kept]]), np.stack([two[kept], one[kept]])]
    rows, columns = np.concatenate(pairs, axis=1)
    size = len(texts)
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size))
