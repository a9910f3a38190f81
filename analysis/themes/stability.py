"""How often a theme comes back when some of the texts are left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.themes.cluster import ThemeClusters
from analysis.themes.graph import Labels
from analysis.themes.means import members

SHARE = 0.9
RUNS = 4


def best_jaccard(before: Labels, after: Labels) -> NDArray[np.float64]:
    """For each group of `before`, the share of members in common with its best match (0–1)."""
    one, other = members(before), members(after)
    both = np.asarray((one @ other.T).todense(), np.float64)
    either = np.asarray(one.sum(axis=1)) + np.asarray(other.sum(axis=1)).T - both
    if not both.size:
        return np.zeros(both.shape[0])
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))


def stability(clusters: ThemeClusters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean best Jaccard of each finest group and of each theme over seeded 90 % resamples.

    After Hennig (2007), "Cluster-wise assessment of cluster stability". Neighbours are those
    found once; the grouping is done anew each time, with fewer runs, so that the figures are on
    the careful side. A group that a resample leaves empty counts 0 for it.
    """
    size, settings = len(clusters.labels_), clusters.settings
    fine: list[NDArray[np.float64]] = []
    tops: list[NDArray[np.float64]] = []
    for run in range(settings.theme_resamples):
        draw = np.random.default_rng([settings.seed, run])
        rows = np.sort(draw.choice(size, max(1, round(size * SHARE)), replace=False))
        fine_again, tops_again = clusters.group(rows, RUNS)
        for kept, whole, again in (
            (fine, clusters.labels_, fine_again),
            (tops, clusters.tops_, tops_again),
        ):
            found = np.zeros(int(whole.max(initial=-1)) + 1)
            part = best_jaccard(whole[rows], again)
            found[: len(part)] = part
            kept.append(found)
    if not fine:
        zeros = [np.zeros(int(w.max(initial=-1)) + 1) for w in (clusters.labels_, clusters.tops_)]
        return zeros[0], zeros[1]
    return np.mean(fine, axis=0), np.mean(tops, axis=0)
