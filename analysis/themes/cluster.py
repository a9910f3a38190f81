"""Groups of texts from their vectors: communities of a nearest-neighbour graph, on two levels."""

from __future__ import annotations

from typing import Any

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import AgglomerativeClustering

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
BLOCK = 2048


def nearest(vectors: Floats, k: int) -> tuple[NDArray[np.int64], Floats]:
    """The k nearest other rows of each row by cosine, exact: (n, k) row numbers and cosines.

    Cosines are rounded to 4 places, so that the last bits of a matrix product decide nothing.
    """
    n = len(vectors)
    k = min(k, n - 1)
    found, cosines = np.empty((n, k), np.int64), np.empty((n, k), np.float32)
    for start in range(0, n, BLOCK):
        scores = np.round(vectors[start : start + BLOCK] @ vectors.T, 4)
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -2
        best = np.argpartition(-scores, k - 1, axis=1)[:, :k]
        values = np.take_along_axis(scores, best, axis=1)
        order = np.lexsort((best, -values), axis=1)
        found[start : start + BLOCK] = np.take_along_axis(best, order, axis=1)
        cosines[start : start + BLOCK] = np.take_along_axis(values, order, axis=1)
    return found, cosines


def neighbour_graph(found: NDArray[np.int64], cosines: Floats, edge: float) -> sparse.csr_matrix:
    """Symmetric graph of all neighbours whose cosine is over `edge`; weights are cosines."""
    n, k = found.shape
    weights = np.where(cosines > edge, cosines, 0).astype(np.float64).ravel()
    graph = sparse.csr_matrix((weights, (np.repeat(np.arange(n), k), found.ravel())), shape=(n, n))
    graph.eliminate_zeros()
    return _ordered(graph.maximum(graph.T))


def _ordered(graph: sparse.csr_matrix) -> sparse.csr_matrix:
    graph = graph.tocsr()
    graph.sort_indices()
    return graph


def leiden(graph: sparse.csr_matrix, resolution: float, seed: int) -> Labels:
    """Communities by Leiden (Traag, Waltman and van Eck 2019), modularity; isolated rows alone."""
    size = graph.shape[0]
    if not graph.nnz:
        return np.arange(size)
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        size,
        resolution=resolution,
        seed=seed,
    )
    return np.array([found.get(i, size + i) for i in range(size)], np.int64)


def consensus(
    graph: sparse.csr_matrix, resolution: float, seed: int, runs: int
) -> tuple[Labels, sparse.csr_matrix]:
    """What many seeded runs agree on, after Lancichinetti and Fortunato (2012).

    Every edge is weighed by the share of runs that leave its ends together; edges under one half
    are dropped. Returns the communities of the agreed graph, and that graph.
    """
    rows, columns = graph.nonzero()
    together = np.zeros(len(rows))
    for run in range(runs):
        labels = leiden(graph, resolution, seed + run)
        together += labels[rows] == labels[columns]
    share = together / runs
    agreed = sparse.csr_matrix(
        (np.where(share >= 0.5, share * graph.data, 0), (rows, columns)), shape=graph.shape
    )
    agreed.eliminate_zeros()
    agreed = _ordered(agreed)
    return leiden(agreed, resolution, seed), agreed


def centroids(vectors: Floats, labels: Labels) -> Floats:
    """Unit mean vector of each label 0 … max; rows labelled -1 belong to none."""
    count = int(labels.max(initial=-1)) + 1
    kept = np.flatnonzero(labels >= 0)
    member = sparse.csr_matrix(
        (np.ones(len(kept), np.float32), (labels[kept], kept)), shape=(count, len(vectors))
    )
    means = np.asarray(member @ vectors, np.float32)
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)


def renumber(labels: Labels, keep: NDArray[np.bool_] | None = None) -> Labels:
    """Labels as 0, 1, 2 … in order of first appearance; -1 stays, and so does what `keep` drops."""
    kept = labels >= 0 if keep is None else (labels >= 0) & keep
    result = np.full(len(labels), -1, np.int64)
    values, first, inverse = np.unique(labels[kept], return_index=True, return_inverse=True)
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(first)] = np.arange(len(values))
    result[kept] = rank[inverse]
    return result


def background(vectors: Floats) -> tuple[float, float]:
    """Mean and standard deviation of the cosine of two rows, from at most 1,500 spread rows."""
    rows = vectors[:: max(1, len(vectors) // 1500)]
    pairs = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    return (float(pairs.mean()), float(pairs.std())) if len(pairs) else (0.0, 0.0)


class ThemeClusters:
    """A cluster model for BERTopic: `labels_` are the finest groups, `tops_` their themes.

    `resolution` sets how fine; groups of fewer than `smallest` texts are not groups, and neither
    are loose ones, whose texts are on average nearer than `edge` to nothing in the group. A text
    of no group joins the nearest one if its cosine to the group's centre is at least `join`.
    """

    def __init__(
        self,
        *,
        neighbours: int,
        resolution: float,
        smallest: int,
        edge: float,
        join: float,
        seed: int,
        runs: int = 20,
    ) -> None:
        self.neighbours = neighbours
        self.resolution = resolution
        self.smallest = smallest
        self.edge = edge
        self.join = join
        self.seed = seed
        self.runs = runs
        self.labels_: Labels = np.zeros(0, np.int64)
        self.tops_: Labels = np.zeros(0, np.int64)

    def fit(self, vectors: Floats, y: Any = None) -> ThemeClusters:
        """`vectors`: float32 (texts, dimensions), unit length, in an order that is the texts'."""
        del y
        found, cosines = nearest(vectors, self.neighbours)
        graph = neighbour_graph(found, cosines, self.edge)
        labels, _ = consensus(graph, self.resolution, self.seed, self.runs)
        labels = self._tight(vectors, renumber(labels))
        labels = self._joined(vectors, labels)
        self.labels_ = labels
        self.tops_ = self._merged(vectors, labels)
        return self

    def predict(self, vectors: Floats) -> Labels:
        """The nearest group of each row, -1 where none is near enough."""
        return self._nearest_group(vectors, self.centres_)

    def _tight(self, vectors: Floats, labels: Labels) -> Labels:
        centres = centroids(vectors, labels)
        cosines = np.einsum("ij,ij->i", vectors, centres[labels])
        count = np.bincount(labels)
        mean = np.bincount(labels, cosines) / count
        # the mean cosine between two texts of a group of m follows from that to its centre
        pairs = (count * mean**2 - 1) / np.maximum(count - 1, 1)
        middle, spread = background(vectors)
        good = (count >= self.smallest) & (pairs >= middle + spread * (0.4 + 5 / count))
        return renumber(labels, good[labels])

    def _joined(self, vectors: Floats, labels: Labels) -> Labels:
        self.centres_ = centroids(vectors, labels)
        nearest_group = self._nearest_group(vectors, self.centres_)
        return np.where(labels >= 0, labels, nearest_group)

    def _nearest_group(self, vectors: Floats, centres: Floats) -> Labels:
        if not len(centres):
            return np.full(len(vectors), -1, np.int64)
        scores = np.round(vectors @ centres.T, 4)
        best = scores.argmax(axis=1)
        return np.where(scores.max(axis=1) >= self.join, best, -1).astype(np.int64)

    def _merged(self, vectors: Floats, labels: Labels) -> Labels:
        groups = int(labels.max(initial=-1)) + 1
        wanted = int(np.clip(round(np.sqrt((labels >= 0).sum()) / 1.5), 2, 25))
        if groups <= wanted:
            return labels.copy()
        centres = centroids(vectors, labels)
        merged = AgglomerativeClustering(
            wanted, metric="cosine", linkage="average"
        ).fit_predict(centres)
        return np.where(labels >= 0, merged[np.maximum(labels, 0)], -1).astype(np.int64)
