"""Places texts in themes that are there already, and says when a text fits none of them.

The work is in proportion to the texts placed. A text goes with the group that it is nearest to:
cosine to the group's middle plus the share of its nearest neighbours that the group holds. It fits
none if it is further from that middle than nearly all texts that are in their group by right (or
halfway to those that are not, where there is a gap); how far that is, and how often a placing is
right, is measured on texts of the same themes, each held back in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.parallel import Progress, no_progress
from analysis.settings import Settings
from analysis.themes.graph import BLOCK, Floats, Labels, exact, unit
from analysis.themes.means import centroids, means

NEIGHBOURS = 10
NEARLY = 0.05
HELD_BACK = 2000  # texts at most that are held back to measure
_Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """How placing did on held-back texts; shares are None where there was nothing to measure on.

    precision: of those placed, in the right theme (sub-themes of one theme count as right).
    recall: of those that are in a theme, placed in it again. theirs_missing: of texts whose own
    theme was taken away, the share found to fit none. loose: the same of texts in no theme.
    """

    held_back: int
    precision: float | None
    recall: float | None
    theirs_missing: float | None
    loose: float | None


@dataclass(frozen=True)
class Fit:
    """Themes to place texts in. groups: finest theme ids; tops: number of each one's theme.

    rows: the grouped texts' vectors as seen from `middle`, spread ones where there are very many;
    `codes` says the group of each. total: the sum of all of each group.
    plain: the groups' middles as they are, for the similarity that is shown.
    """

    groups: list[str]
    tops: Labels
    middle: Floats
    rows: Floats
    codes: Labels
    total: _Scores
    plain: Floats
    threshold: float = -1.0
    measured: Measured = field(default_factory=lambda: Measured(0, None, None, None, None))


def top(theme_id: str) -> str:
    """The theme of a finest theme id."""
    return theme_id.split("-s")[0]


def learn(
    vectors: Floats,
    themes: Sequence[str],
    settings: Settings,
    threshold: float | None = None,
    few: bool = False,
) -> Fit:
    """`themes[i]`: finest theme id of `vectors[i]` (unit rows), "" for none, not of all of them.

    With a `threshold` given, nothing is measured. `few`: the themes are examples that people chose,
    not all that was said: texts that fit none are as likely as those that fit.
    """
    ids = np.array(themes, dtype=object)
    middle = vectors.mean(axis=0, keepdims=True).astype(np.float32)
    place = exact(unit(vectors - middle))
    inside = np.flatnonzero(ids != "")
    groups = sorted(set(ids[inside]))
    number = {g: n for n, g in enumerate(groups)}
    codes = np.array([number[g] for g in ids[inside]], np.int64)
    _, tops = np.unique([top(g) for g in groups], return_inverse=True)
    rows = place[inside]
    total = means(rows, codes).astype(np.float64) * np.bincount(codes)[:, None]
    plain = centroids(vectors[inside], codes)
    some = slice(None, None, max(1, -(-len(rows) // settings.theme_late_members)))
    fit = Fit(groups, tops.astype(np.int64), middle, rows[some], codes[some], total, plain)
    if threshold is not None:
        return replace(fit, threshold=threshold)
    return _measure(fit, place[ids == ""], settings, few)


def place(
    fit: Fit, vectors: Floats, rows: Labels, progress: Progress = no_progress
) -> tuple[NDArray[Any], _Scores]:
    """Finest theme id of these rows of `vectors` ("" for none), and their similarity to it (0-1).

    `vectors` may be memory-mapped: it is read in blocks.
    """
    found = np.full(len(rows), "", dtype=object)
    shown = np.zeros(len(rows))
    names = np.array(fit.groups, dtype=object)
    for start in range(0, len(rows), BLOCK):
        block = np.asarray(vectors[rows[start : start + BLOCK]], np.float32)
        group, near = _nearest(fit, exact(unit(block - fit.middle)))
        kept = near >= fit.threshold
        cosine = (block.astype(np.float64) * fit.plain[group]).sum(axis=1)
        found[start : start + BLOCK] = np.where(kept, names[group], "")
        shown[start : start + BLOCK] = np.where(kept, np.clip(np.round(cosine, 4), 0, 1), 0)
        progress(min(start + BLOCK, len(rows)), len(rows))
    return found, shown


def _nearest(
    fit: Fit, rows: Floats, held: Labels | None = None, without: bool = False
) -> tuple[Labels, _Scores]:
    """The best group of each row and the cosine to its middle, rounded to 4 places.

    `held`: the rows are these of `fit.rows`, each to be looked at as if it were not there; with
    `without`, as if its whole theme were not.
    """
    middles = unit(fit.total)
    scores = np.round(rows.astype(np.float64) @ middles.T.astype(np.float64), 4)
    cosines = rows @ fit.rows.T  # exact, see `graph.exact`: no last bits that could differ
    closed = np.zeros(scores.shape, bool)
    if held is not None:
        at, own = np.arange(len(rows)), fit.codes[held]
        cosines[at, held] = -2
        rest = fit.total[own] - rows
        length = np.linalg.norm(rest, axis=1)
        alone = length < 1e-6
        left = np.where(alone, -1, (rest * rows).sum(axis=1) / np.maximum(length, 1e-6))
        scores[at, own] = np.round(left, 4)
        if without:
            closed = fit.tops[own][:, None] == fit.tops[None, :]
            cosines[closed[:, fit.codes]] = -2
    k = min(NEIGHBOURS, cosines.shape[1])
    near = np.argpartition(-cosines, k - 1, axis=1)[:, :k]
    weight = np.maximum(np.take_along_axis(cosines, near, axis=1), 0).astype(np.float64)
    votes = np.zeros(scores.shape)
    np.add.at(votes, (np.arange(len(rows))[:, None], fit.codes[near]), weight / k)
    both = np.where(closed, -np.inf, np.round(scores + votes, 4))
    best = both.argmax(axis=1)
    return best, np.where(closed.all(axis=1), -1.0, scores[np.arange(len(rows)), best])


def _between(right: _Scores, other: _Scores) -> float:
    """The nearness that tells texts with their theme from those without, both counting alike.

    The lowest that is nearly as good (NEARLY) as the best by Youden's J. right: nearness of texts
    held back that went to their own theme. Where none did, half of the others stay out.
    """
    if not len(right):
        return float(np.median(other))
    tried = np.unique(np.concatenate([right, other]))
    kept = (right[:, None] >= tried).mean(axis=0)
    apart = (other[:, None] < tried).mean(axis=0)
    good = kept + apart
    return float(tried[good >= good.max() - NEARLY][0])


def _measure(fit: Fit, loose: Floats, settings: Settings, few: bool) -> Fit:
    """The fit with its threshold, and how right it is, from texts held back one at a time."""
    held = _spread(len(fit.rows))
    parts = [held[i : i + BLOCK] for i in range(0, len(held), BLOCK)]
    again = [_nearest(fit, fit.rows[p], p) for p in parts]
    other = np.concatenate([_nearest(fit, fit.rows[p], p, without=True)[1] for p in parts])
    group, near = (np.concatenate([a[i] for a in again]) for i in (0, 1))
    right = fit.tops[group] == fit.tops[fit.codes[held]]
    threshold = float(np.quantile(near, 1 - settings.theme_late_kept, method="lower"))
    several = len(np.unique(fit.tops)) > 1
    if several:  # halfway to the others, where these are further away
        out = float(np.quantile(other, settings.theme_late_kept, method="higher"))
        halfway = (threshold + min(threshold, out)) / 2
        threshold = round(max(halfway, min(threshold, settings.theme_join)), 4)
        threshold = round(_between(near[right], other), 4) if few else threshold
    kept = near >= threshold
    spread = loose[_spread(len(loose))]
    none = _nearest(fit, spread)[1] < threshold if len(spread) else np.zeros(0, bool)
    measured = Measured(
        held_back=len(held) + len(spread),
        precision=_share(right[kept]),
        recall=_share(right & kept),
        theirs_missing=_share(other < threshold) if several else None,
        loose=_share(none),
    )
    return replace(fit, threshold=threshold, measured=measured)


def _spread(count: int) -> Labels:
    return np.arange(0, count, max(1, -(-count // HELD_BACK)))


def _share(yes: NDArray[np.bool_]) -> float | None:
    return round(float(yes.mean()), 3) if len(yes) else None
