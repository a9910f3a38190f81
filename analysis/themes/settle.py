"""Groups that no phrase describes and whose texts are unlike are given up; of one name are one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.themes.cluster import ALIKE, SAME, ThemeClusters
from analysis.themes.general import PART
from analysis.themes.graph import Labels, exact, renumber
from analysis.themes.labels import key
from analysis.themes.means import centroids, means, pair_means
from analysis.themes.names import FEW, MANY, Namer


def settle(clusters: ThemeClusters, namer: Namer) -> None:
    """Changes `labels_` and `tops_` of `clusters` to groups that can be named, each once."""
    fine, tops = clusters.labels_.copy(), clusters.tops_.copy()
    _, alike = pair_means(clusters.plain_, fine)
    names = [
        bool(namer.best(fine == g)) or (alike[g] >= ALIKE and namer.nameable(fine == g))
        for g in range(int(fine.max(initial=-1)) + 1)
    ]
    enough = (
        np.bincount(fine[fine >= 0], minlength=len(names)) >= clusters.settings.theme_min_points
    )
    named = np.array(names, bool) & enough
    if not named.all():
        fine, tops = _without_unnamed(clusters, fine, tops, named)
    tops = _of_one_name(tops, namer)
    fine = _nameless(_joined(fine, tops, namer), tops, namer)
    tops = _silent_as_one(tops, fine, namer)
    clusters.labels_, clusters.tops_ = renumber(fine), renumber(tops)


def _without_unnamed(
    clusters: ThemeClusters, fine: Labels, tops: Labels, named: NDArray[np.bool_]
) -> tuple[Labels, Labels]:
    """Unnamed groups join the nearest named group of their theme, but for those of one wording.

    Where it has none, those whose texts are alike are general remarks together. Texts of the
    others join the nearest named group, one by one, if it is near enough and not small; the rest
    is not grouped.
    """
    settings, inner = clusters.settings, clusters.inner_
    sizes, alike = pair_means(clusters.plain_, fine)
    middle = means(inner, fine).astype(np.float64)
    home = np.array([tops[fine == g][0] for g in range(len(named))], np.int64)
    general, lost = np.zeros(len(fine), bool), np.zeros(len(fine), bool)
    moved = fine.copy()
    for group in np.flatnonzero(~named):
        inside = fine == group
        kin = np.flatnonzero(named & (home == home[group]))
        if len(kin) and alike[group] < SAME:
            moved[inside] = kin[int(np.round(middle[kin] @ middle[group], 5).argmax())]
        elif alike[group] >= ALIKE:
            general |= inside
        else:
            lost |= inside
    kept = np.flatnonzero(named & (sizes >= FEW))
    if len(kept) and lost.any():
        scores = np.round(inner[lost] @ exact(centroids(inner, fine)[kept]).T, 4)
        near = scores.max(axis=1) >= settings.theme_join
        rows = np.flatnonzero(lost)[near]
        moved[rows] = kept[scores.argmax(axis=1)[near]]
        tops[rows] = home[moved[rows]]
        lost[rows] = False
    if (moved < 0).sum() + lost.sum() > settings.theme_loose * len(moved):
        general |= lost
    general &= general.sum() >= FEW
    gone = ~np.isin(moved, np.flatnonzero(named)) & ~general
    moved[gone] = tops[gone] = -1
    moved[general], tops[general] = len(named), tops.max(initial=-1) + 1
    return renumber(moved), renumber(tops)


def _of_one_name(tops: Labels, namer: Namer) -> Labels:
    """Themes that the same words describe best become one: two cannot share a name."""
    tops, first = tops.copy(), dict[str, int]()
    for theme in np.unique(tops[tops >= 0]):
        name = namer.best(tops == theme)
        if name:
            tops[tops == theme] = first.setdefault(key(name), int(theme))
    return tops


def _silent_as_one(tops: Labels, fine: Labels, namer: Namer) -> Labels:
    """Themes that neither words of their own nor a large part name become one; its groups stay."""
    silent = []
    for theme in np.unique(tops[tops >= 0]):
        inside = tops == theme
        parts = [fine == g for g in np.unique(fine[inside])]
        telling = max((int(p.sum()) for p in parts if namer.telling(p)), default=0)
        if telling < PART * inside.sum() and not namer.telling(inside):
            silent.append(theme)
    return np.where(np.isin(tops, silent), silent[0], tops) if silent else tops


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


def _nameless(labels: Labels, within: Labels, namer: Namer) -> Labels:
    """Smaller groups of the same `within` that no words of their own name become one."""
    labels = labels.copy()
    for whole in np.unique(within[within >= 0]):
        groups = np.unique(labels[within == whole])
        small = [int(g) for g in groups if g >= 0 and (labels == g).sum() < MANY]
        silent = [g for g in small if not namer.says(labels == g)]
        labels[np.isin(labels, silent)] = silent[0] if silent else -1
    return labels
