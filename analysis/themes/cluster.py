"""Groups of texts from their vectors: communities of a nearest-neighbour graph, on two levels."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.settings import Settings

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
BLOCK = 2048
# number of finest groups and of themes, for each root of the number of grouped texts
FINE, COARSE = 0.9, 0.5
# mean cosine from which texts are alike, whatever the others are
ALIKE = 0.35


def unit(vectors: Floats) -> Floats:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def centred(vectors: Floats) -> Floats:
    """Unit vectors without what all texts share: answers to one question all sound alike."""
    return unit(vectors - vectors.mean(axis=0))


def nearest(vectors: Floats, k: int) -> tuple[Labels, Floats]:
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


def neighbour_graph(found: Labels, cosines: Floats, edge: float) -> sparse.csr_matrix:
    """Symmetric graph of all neighbours whose cosine is over `edge`; weights are cosines."""
    n, k = found.shape
    weights = np.where(cosines > edge, cosines, 0).astype(np.float64).ravel()
    graph = sparse.csr_matrix((weights, (np.repeat(np.arange(n), k), found.ravel())), shape=(n, n))
    return _tidy(graph.maximum(graph.T))


def _tidy(graph: Any) -> sparse.csr_matrix:
    graph = graph.tocsr()
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
    agreed = _tidy(sparse.csr_matrix((weights, (rows, columns)), shape=graph.shape))
    return renumber(leiden(agreed, resolution, seed))


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


class ThemeClusters:
    """A cluster model for BERTopic: `labels_` are the finest groups, `tops_` their themes.

    `rare`: rows that share a rare word, one array a word; those that are also near each other
    become groups of their own, however few (see `_second_look`).
    """

    def __init__(self, settings: Settings, rare: Sequence[Labels] = ()) -> None:
        self.settings = settings
        self.rare = rare
        self.labels_: Labels = np.zeros(0, np.int64)
        self.tops_: Labels = np.zeros(0, np.int64)

    def fit(self, vectors: Floats, y: Any = None) -> ThemeClusters:
        """`vectors`: float32 (texts, dimensions), unit length, in an order that is the texts'.

        Over `theme_sample` texts, groups are found on that many drawn with the seed, and the
        others join the nearest group.
        """
        del y
        s = self.settings
        n = len(vectors)
        self.plain_, self.inner_ = vectors, centred(vectors)
        self.middle_, self.spread_ = background(self.inner_)
        self.drawn_ = np.arange(n)
        if n > s.theme_sample:
            drawn = np.random.default_rng(s.seed).choice(n, s.theme_sample, replace=False)
            self.drawn_ = np.sort(drawn)
        part = self.inner_[self.drawn_]
        k = int(np.clip(round(np.sqrt(len(part))), 5, s.theme_neighbours))
        self.graph_ = neighbour_graph(*nearest(part, k), s.theme_edge)
        self.labels_, self.tops_ = self.group(np.arange(n), s.theme_runs)
        return self

    def group(self, rows: Labels, runs: int) -> tuple[Labels, Labels]:
        """Finest groups and themes of these rows (ascending) of what was fitted."""
        s = self.settings
        vectors = self.inner_[rows]
        drawn, place = np.isin(self.drawn_, rows), np.isin(rows, self.drawn_)
        graph = _tidy(self.graph_[drawn][:, drawn])
        resolution = float(np.clip(np.sqrt(graph.shape[0]) / 10, 1, s.theme_resolution))
        sampled = rows[place]
        fine = self._tight(sampled, consensus(graph, resolution, s.seed, runs))
        root = float(np.sqrt((fine >= 0).sum()))
        floor = self.middle_ + 0.5 * self.spread_
        fine = merge(vectors[place], fine, max(2, round(root * FINE)), 10**9, floor)
        labels = np.full(len(rows), -1, np.int64)
        labels[place] = fine
        labels = self._joined(rows, labels)
        wanted = int(np.clip(round(root * COARSE), 2, s.theme_most))
        tops = merge(vectors, labels, wanted, s.theme_most, floor)
        at = np.full(len(self.inner_), -1, np.int64)
        at[rows] = np.arange(len(rows))
        rare = [at[r][at[r] >= 0] for r in self.rare]
        rare = [r for r in rare if len(r) >= s.theme_min_points]
        return self._second_look(vectors, labels, tops, rare)

    def _tight(self, rows: Labels, labels: Labels) -> Labels:
        """Without groups that are too few, or whose texts are hardly nearer than any two texts.

        Small groups come about by chance: unless their texts are alike in plain terms, they must
        stand out the more, the smaller they are.
        """
        count, near = pair_means(self.inner_[rows], labels)
        _, plain = pair_means(self.plain_[rows], labels)
        size = np.maximum(count, 1)
        alike = near >= self.middle_ + self.spread_ * (0.2 + 3 / size)
        far = near >= self.middle_ + self.spread_ * (0.1 + 4.4 / size)
        good = (count >= self.settings.theme_min_points) & alike & (far | (plain >= ALIKE))
        return renumber(labels, good[labels])

    def _joined(self, rows: Labels, labels: Labels) -> Labels:
        """Texts far from their group leave it; texts of no group join the nearest if near enough.

        At most a share of `theme_loose` stays out, as long as there is half that nearness.
        """
        if labels.max(initial=-1) < 0:
            return labels
        vectors, join = self.inner_[rows], self.settings.theme_join
        scores = np.round(vectors @ centroids(vectors, labels).T, 4)
        own = np.where(labels >= 0, scores[np.arange(len(scores)), np.maximum(labels, 0)], -1)
        reach = np.maximum(own, scores.max(axis=1))
        needed = np.clip(np.quantile(reach, self.settings.theme_loose), join / 2, join)
        near = np.where(own >= needed, labels, scores.argmax(axis=1))
        return self._tight(rows, renumber(near, reach >= needed))

    def _second_look(
        self, vectors: Floats, labels: Labels, tops: Labels, rare: list[Labels]
    ) -> tuple[Labels, Labels]:
        """Small groups that the first look broke up or buried in a large group.

        Texts of at least three replies that share a rare word and are nearer to each other than
        any two texts by `theme_rare` standard deviations are a group of their own, unless they
        already make up most of one. It goes with the theme that holds most of them, or is a
        theme of its own when none does.
        """
        labels, tops = labels.copy(), tops.copy()
        floor = self.middle_ + self.settings.theme_rare * self.spread_
        ranked: list[tuple[float, int, Labels]] = []
        for number, rows in enumerate(rare):
            _, near = pair_means(vectors[rows], np.zeros(len(rows), np.int64))
            if near[0] >= floor:
                ranked.append((-round(float(near[0]), 4), number, rows))
        taken = np.zeros(len(labels), bool)
        for _, _, rows in sorted(ranked, key=lambda r: r[:2]):
            held = labels[rows]
            values, counts = np.unique(held, return_counts=True)
            most = values[counts.argmax()]
            most_size = int((labels == most).sum()) if most >= 0 else 10**9
            if taken[rows].any() or 2 * counts.max() >= most_size:
                continue
            above, above_counts = np.unique(tops[rows], return_counts=True)
            home = above[above_counts.argmax()]
            alone = home < 0 or 2 * above_counts.max() <= len(rows)
            labels[rows] = labels.max(initial=-1) + 1
            tops[rows] = tops.max(initial=-1) + 1 if alone else home
            taken[rows] = True
        return renumber(labels), renumber(tops)
