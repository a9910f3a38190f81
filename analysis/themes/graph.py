"""From vectors to a nearest-neighbour graph, and its communities."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
BLOCK = 2048
STEP = 1e-4  # cosines are told apart in steps of this
CHUNKS = 64


def unit(vectors: NDArray[Any]) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def exact(vectors: Floats) -> Floats:
    """Entries rounded to 1/2048. Products of two unit rows are then exact in single precision.

    A matrix product adds in an order that differs between processes and numbers of threads; its
    last bits would decide between near-equal neighbours, and so between themes.
    """
    return (np.round(vectors * np.float32(2048)) / np.float32(2048)).astype(np.float32)


def centred(vectors: Floats, fair: NDArray[np.bool_] | None = None) -> Floats:
    """Unit vectors without what all texts (the `fair` ones) share.

    Answers to one question all sound alike.
    """
    common = vectors if fair is None else vectors[fair]
    return unit(vectors - common.mean(axis=0))


def without(vectors: Floats, marks: Sequence[NDArray[np.bool_]]) -> Floats:
    """Unit vectors without the directions in which marked rows differ from the others."""
    if not marks:
        return vectors
    wide = vectors.astype(np.float64)
    apart = np.stack([wide[m].mean(axis=0) - wide[~m].mean(axis=0) for m in marks])
    basis, _ = np.linalg.qr(apart.T)
    return unit(wide - (wide @ basis) @ basis.T)


def beside(vectors: Floats, words: sparse.csr_matrix, share: float) -> Floats:
    """Unit vectors of which the cosine is (vectors + share · words) / (1 + share)."""
    return exact(unit(np.hstack([vectors, np.sqrt(share) * words.toarray()])))


def nearest(vectors: Floats, k: int) -> tuple[Labels, Floats]:
    """The k nearest other rows of each row by cosine: (n, k) row numbers and cosines.

    All pairs are looked at; of equally near rows the first are taken. `vectors` should be `exact`;
    cosines are rounded to 4 places.
    """
    n = len(vectors)
    k = min(k, n - 1)
    found, cosines = np.empty((n, k), np.int64), np.empty((n, k), np.float32)
    for start in range(0, n, BLOCK):
        scores = vectors[start : start + BLOCK] @ vectors.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -2
        rows, columns = np.nonzero(scores >= _within_reach(scores, k)[:, None] - STEP)
        values = np.round(scores[rows, columns], 4)
        order = np.lexsort((columns, -values, rows))
        first = np.searchsorted(rows, np.arange(len(scores)))
        best = order[first[:, None] + np.arange(k)]
        found[start : start + BLOCK], cosines[start : start + BLOCK] = columns[best], values[best]
    return found, cosines


def _within_reach(scores: Floats, k: int) -> Floats:
    """A score that at least k entries of each row reach, and not many more.

    It is the k-th highest of the best of every few columns, which is quicker to find than the k-th
    of all.
    """
    n = scores.shape[1]
    width = max(1, n // CHUNKS)
    best = scores[:, : n // width * width].reshape(len(scores), -1, width).max(axis=2)
    return np.asarray(np.partition(best, -k, axis=1)[:, -k])


def neighbour_graph(found: Labels, cosines: Floats, edge: float) -> sparse.csr_matrix:
    """Symmetric graph of all neighbours whose cosine is over `edge`; weights are cosines."""
    n, k = found.shape
    weights = np.where(cosines > edge, cosines, 0).astype(np.float64).ravel()
    graph = sparse.csr_matrix((weights, (np.repeat(np.arange(n), k), found.ravel())), shape=(n, n))
    return tidy(graph.maximum(graph.T))


def tidy(matrix: Any) -> sparse.csr_matrix:
    graph = sparse.csr_matrix(matrix)
    graph.eliminate_zeros()
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
    labels = np.arange(size, 2 * size)
    labels[list(found)] = list(found.values())
    return labels


def consensus(graph: sparse.csr_matrix, resolution: float, seed: int, runs: int) -> Labels:
    """What many seeded runs agree on, after Lancichinetti and Fortunato (2012).

    Every edge is weighed by the share of runs that leave its ends together, edges under one half
    are dropped, and the communities of that graph are the result. One run alone changes a fifth
    of its pairs when one text is taken away; this hardly any.
    """
    rows, columns = graph.nonzero()

    def agree(run: int) -> NDArray[np.bool_]:
        labels = leiden(graph, resolution, seed + run)
        return np.asarray(labels[rows] == labels[columns])

    together = np.zeros(len(rows))
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for same in pool.map(agree, range(runs)):
            together += same
    share = together / runs
    weights = np.where(share >= 0.5, share * graph.data, 0)
    agreed = tidy(sparse.csr_matrix((weights, (rows, columns)), shape=graph.shape))
    return renumber(leiden(agreed, resolution, seed))


def renumber(labels: Labels, keep: NDArray[np.bool_] | None = None) -> Labels:
    """Labels as 0, 1, 2 … in order of first appearance; -1 stays, and so does what `keep` drops."""
    kept = labels >= 0 if keep is None else (labels >= 0) & keep
    result = np.full(len(labels), -1, np.int64)
    values, first, inverse = np.unique(labels[kept], return_index=True, return_inverse=True)
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(first)] = np.arange(len(values))
    result[kept] = rank[inverse]
    return result
