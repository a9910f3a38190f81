"""Groups of texts as the means of their vectors, and the joining of the nearest groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.themes.graph import Floats, Labels, renumber, unit


def members(labels: Labels) -> sparse.csr_matrix:
    """(groups, texts), 1 where a text belongs; rows labelled -1 belong to none."""
    kept = np.flatnonzero(labels >= 0)
    return sparse.csr_matrix(
        (np.ones(len(kept), np.float32), (labels[kept], kept)),
        shape=(int(labels.max(initial=-1)) + 1, len(labels)),
    )


def means(vectors: Floats, labels: Labels) -> Floats:
    """Mean vector of each label. The product of two of them is the mean cosine of their pairs."""
    inside = members(labels)
    count = np.maximum(np.asarray(inside.sum(axis=1)), 1)
    return np.asarray(inside @ vectors / count, np.float32)


def centroids(vectors: Floats, labels: Labels) -> Floats:
    """Unit mean vector of each label 0 … max."""
    return unit(means(vectors, labels))


def background(vectors: Floats) -> tuple[float, float]:
    """Mean and standard deviation of the cosine of two rows, from at most 1,500 spread rows."""
    rows = vectors[:: max(1, len(vectors) // 1500)]
    pairs = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    return (float(pairs.mean()), float(pairs.std())) if len(pairs) else (0.0, 0.0)


def pair_means(vectors: Floats, labels: Labels) -> tuple[Labels, NDArray[np.float64]]:
    """Size of each group, and the mean cosine of two different texts in it (0 when alone)."""
    count = np.bincount(labels[labels >= 0])
    length = (means(vectors, labels).astype(np.float64) ** 2).sum(axis=1)
    return count, (count * length - 1) / np.maximum(count - 1, 1)


def merge(vectors: Floats, labels: Labels, wanted: int, most: int, floor: float) -> Labels:
    """Join the two groups whose texts are nearest on average, again and again (UPGMA over texts).

    Stops at `wanted` groups, or from `most` on when no two are nearer than `floor`.
    """
    if labels.max(initial=-1) < 0:
        return labels
    middle = means(vectors, labels).astype(np.float64)
    near = np.round(middle @ middle.T, 5)
    np.fill_diagonal(near, -np.inf)
    size = np.bincount(labels[labels >= 0]).astype(np.float64)
    parent = np.arange(len(size))
    for left in range(len(size), wanted, -1):
        a, b = np.unravel_index(int(near.argmax()), near.shape)
        if left <= most and near[a, b] < floor:
            break
        near[a] = near[:, a] = (size[a] * near[a] + size[b] * near[b]) / (size[a] + size[b])
        near[b] = near[:, b] = -np.inf
        near[a, a] = -np.inf
        size[a] += size[b]
        parent[parent == b] = a
    return renumber(np.where(labels >= 0, parent[np.maximum(labels, 0)], -1))
