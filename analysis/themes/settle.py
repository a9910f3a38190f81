"""Groups that no phrase describes are given up, and groups of one name are one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.themes.cluster import ThemeClusters, centroids
from analysis.themes.graph import Labels, exact, renumber
from analysis.themes.names import FEW, Namer


def settle(clusters: ThemeClusters, namer: Namer) -> None:
    """Changes `labels_` and `tops_` of `clusters` to groups that can be named, each once."""
    fine, tops = clusters.labels_.copy(), clusters.tops_.copy()
    names = [namer.best(fine == g) for g in range(int(fine.max(initial=-1)) + 1)]
    fine, tops = _without_unnamed(clusters, fine, tops, np.array([bool(n) for n in names], bool))
    fine = _joined(fine, tops, namer)
    tops = _joined(tops, np.where(tops >= 0, 0, -1), namer)
    clusters.labels_, clusters.tops_ = renumber(fine), renumber(tops)


def _without_unnamed(
    clusters: ThemeClusters, fine: Labels, tops: Labels, named: NDArray[np.bool_]
) -> tuple[Labels, Labels]:
    """Texts of unnamed groups join the nearest named group, if it is near enough and not small.

    The others are not grouped, or general remarks where that would leave out too many.
    """
    lost = np.isin(fine, np.flatnonzero(~named))
    if not lost.any():
        return fine, tops
    settings, inner = clusters.settings, clusters.inner_
    kept = np.flatnonzero(named & (np.bincount(fine[fine >= 0], minlength=len(named)) >= FEW))
    if len(kept):
        home = np.array([tops[fine == g][0] for g in kept])
        scores = np.round(inner[lost] @ exact(centroids(inner, fine)[kept]).T, 4)
        near = scores.max(axis=1) >= settings.theme_join
        chosen = scores.argmax(axis=1)
        rows = np.flatnonzero(lost)[near]
        fine[rows], tops[rows] = kept[chosen[near]], home[chosen[near]]
        lost[rows] = False
    fine[lost] = tops[lost] = -1
    if lost.sum() >= FEW and (fine < 0).mean() > settings.theme_loose:
        fine[lost], tops[lost] = fine.max(initial=-1) + 1, tops.max(initial=-1) + 1
    return renumber(fine), renumber(tops)


def _joined(labels: Labels, within: Labels, namer: Namer) -> Labels:
    """Groups of the same `within` whose best phrases mean the same become one."""
    labels = labels.copy()
    for whole in np.unique(within[within >= 0]):
        groups = np.unique(labels[within == whole])
        names = {int(g): namer.best(labels == g) for g in groups}
        called = [g for g in sorted(names) if names[g]]
        same = namer.twins([names[g] for g in called])
        first: dict[int, int] = {}
        for i, group in enumerate(called):
            other = called[int(np.argmax(same[i]))]
            first[group] = first.get(other, other)
            labels[labels == group] = first[group]
    return labels
