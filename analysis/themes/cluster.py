"""Groups of texts from their vectors: communities of a nearest-neighbour graph, on two levels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.settings import Settings
from analysis.themes.graph import (
    Floats,
    Labels,
    beside,
    centred,
    consensus,
    exact,
    nearest,
    neighbour_graph,
    renumber,
    tidy,
    without,
)
from analysis.themes.means import background, centroids, merge, pair_means

# number of finest groups and of themes, for each root of the number of grouped texts
FINE, COARSE = 0.65, 0.5
# of communities: the root of the number of texts over this; for small sets a little finer than
# modularity alone would have them
FINER, LEAST_RESOLUTION = 12, 1.2
# number of texts under which a consensus needs more runs to be steady
STEADY = 8_000
# number of small groups that a second look may add, of each kind, for the root of all texts
SMALL = 0.5
# weight of shared words beside the vectors, up to how many texts it is whole, and among how many
# they count: few texts share words by chance, and many have better neighbours by vectors alone
LEXICAL, LEXICAL_WHOLE, LEXICAL_TEXTS = 0.3, 250, range(50, 1500)
# of one reply, the number of texts that groups are found on
VOICE = 12
# how many of them may be themes of their own
LONE = 4
# mean cosine from which texts are alike, whatever the others are
ALIKE = 0.35
# … and are as good as the same words
SAME = 0.9


def _fair(owners: Labels) -> NDArray[np.bool_]:
    """Texts that speak for all: of one reply's, in their order, no more than `VOICE`."""
    order = np.argsort(owners, kind="stable")
    ranked = owners[order]
    rank = np.arange(len(owners)) - np.searchsorted(ranked, ranked)
    fair = np.empty(len(owners), bool)
    fair[order] = (rank < VOICE) | (ranked < 0)
    return fair


def _first_two(ranked: tuple[float, int, Labels]) -> tuple[float, int]:
    return ranked[:2]


class ThemeClusters:
    """A cluster model for BERTopic: `labels_` are the finest groups, `tops_` their themes.

    `rare`: rows that share a rare word, one array a word; those that are also near each other
    become groups of their own, however few (see `_second_look`).
    `asked`: which rows use a word of the question itself, one array a word: naming it or not
    ("AI") is no difference of subject, so that direction is taken out of the vectors.
    `owners`: number of the one reply that each text is from, -1 for several. Texts of one reply
    are not neighbours, and a group needs as many replies as texts: nobody makes a theme alone.
    `copies`: number of the text of each row (ascending), where one that several sent has several
    rows; they stay together.
    `words`: (texts, words), unit rows; texts that share them are nearer to each other.
    """

    def __init__(
        self,
        settings: Settings,
        rare: Sequence[Labels] = (),
        asked: Sequence[NDArray[np.bool_]] = (),
        owners: Labels | None = None,
        copies: Labels | None = None,
        words: sparse.csr_matrix | None = None,
    ) -> None:
        self.settings = settings
        self.rare = rare
        self.asked = asked
        self.owners = owners
        self.copies = copies
        self.words = words
        self.labels_: Labels = np.zeros(0, np.int64)
        self.tops_: Labels = np.zeros(0, np.int64)

    def fit(self, vectors: Floats, y: Any = None) -> ThemeClusters:
        """`vectors`: float32 (texts, dimensions), unit length, in an order that is the texts'.

        Over `theme_sample` texts, groups are found on that many drawn with the seed, and the
        others join the nearest group; so do those of a reply beyond its first `VOICE`.
        """
        del y
        s = self.settings
        n = len(vectors)
        if self.owners is None:
            self.owners = np.full(n, -1, np.int64)
        if self.copies is None:
            self.copies = np.arange(n)
        fair = _fair(self.owners)
        self.plain_ = vectors
        once = fair & (np.append(-1, self.copies[:-1]) != self.copies)
        self.inner_ = exact(without(centred(vectors, once), self.asked))
        self.middle_, self.spread_ = background(self.inner_[once])
        self.drawn_ = np.flatnonzero(fair)
        if len(self.drawn_) > s.theme_sample:
            draw = np.random.default_rng(s.seed)
            self.drawn_ = np.sort(draw.choice(self.drawn_, s.theme_sample, replace=False))
        self.worded_, self.share_ = self._with_words()
        part = self.worded_[self.drawn_]
        most = s.theme_neighbours if len(part) < STEADY / 2 else s.theme_neighbours_many
        k = int(np.clip(round(len(part) / 5), 5, most))
        found, cosines = nearest(part, k)
        cosines *= np.float32(1 + self.share_)
        owner = self.owners[self.drawn_]
        same = (owner[found] == owner[:, None]) & (owner[:, None] >= 0)
        self.graph_ = neighbour_graph(found, np.where(same, -1, cosines), s.theme_edge)
        self.labels_, self.tops_ = self.group(np.arange(n), s.theme_runs)
        return self

    def _with_words(self) -> tuple[Floats, float]:
        """The vectors that neighbours are found by, and the weight of shared words in them."""
        if self.words is None:
            return self.inner_, 0.0
        share = LEXICAL * min(1.0, LEXICAL_WHOLE / len(self.inner_))
        return beside(self.inner_, self.words, share), share

    def group(self, rows: Labels, runs: int) -> tuple[Labels, Labels]:
        """Finest groups and themes of these rows (ascending) of what was fitted."""
        s = self.settings
        assert self.copies is not None
        vectors = self.inner_[rows]
        if (self.plain_[rows] == self.plain_[rows[:1]]).all():  # all say the same
            return np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        drawn, place = np.isin(self.drawn_, rows), np.isin(rows, self.drawn_)
        graph = tidy(self.graph_[drawn][:, drawn])
        size = graph.shape[0]
        finer = np.sqrt(size) / FINER
        runs = int(np.clip(runs * STEADY / size, runs, 12 * runs))
        resolution = float(np.clip(finer, LEAST_RESOLUTION, s.theme_resolution))
        sampled = rows[place]
        agreed = consensus(graph, resolution, s.seed, runs)
        _, first, copy = np.unique(self.copies[sampled], return_index=True, return_inverse=True)
        fine = self._tight(sampled, renumber(agreed[first][copy]))
        root = float(np.sqrt((fine >= 0).sum()))
        floor = max(0.0, self.middle_ + 0.5 * self.spread_)
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
        good = (self._replies(rows, labels) >= self.settings.theme_min_points) & (
            (alike & (far | (plain >= ALIKE))) | (plain >= SAME)
        )
        return renumber(labels, good[labels])

    def _replies(self, rows: Labels, labels: Labels) -> Labels:
        """How many replies each group is from; a text of several replies counts once."""
        assert self.owners is not None
        owner = np.where(self.owners[rows] >= 0, self.owners[rows], -1 - np.arange(len(rows)))
        pairs = np.unique(np.stack([labels, owner]), axis=1)
        return np.bincount(pairs[0][pairs[0] >= 0], minlength=int(labels.max(initial=-1)) + 1)

    def _joined(self, rows: Labels, labels: Labels) -> Labels:
        """Texts far from their group leave it; texts of no group join the nearest if near enough.

        At most a share of `theme_loose` stays out, as long as there is half that nearness.
        """
        if labels.max(initial=-1) < 0:
            return labels
        vectors, join = self.worded_[rows], self.settings.theme_join / (1 + self.share_)
        scores = np.round(vectors @ exact(centroids(vectors, labels)).T, 4)
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
        any two texts by `theme_rare` standard deviations (one more where one group holds most of
        them) are a group of their own, unless they already make up most of one. Of either kind
        the nearest, a small share of the root of the number of texts, are taken. Such a group
        goes with the theme that holds most of it, or is a theme of its own when none does (the
        first few; then the nearest theme).
        """
        labels, tops = labels.copy(), tops.copy()
        broken: list[tuple[float, int, Labels]] = []
        buried: list[tuple[float, int, Labels]] = []
        for number, rows in enumerate(rare):
            length = float((vectors[rows].mean(axis=0) ** 2).sum())
            near = (len(rows) * length - 1) / (len(rows) - 1)
            beyond = (near - self.middle_) / max(self.spread_, 1e-9) - self.settings.theme_rare
            if beyond < 0:
                continue
            _, counts = np.unique(labels[rows], return_counts=True)
            apart = 2 * counts.max() <= len(rows)
            if beyond >= (0 if apart else 1):
                (broken if apart else buried).append((-round(near, 4), number, rows))
        most_new = max(3, round(SMALL * np.sqrt(len(labels))))
        labels, tops = self._split_off(
            vectors, labels, tops, sorted(broken, key=_first_two), most_new
        )
        labels, tops = self._split_off(
            vectors, labels, tops, sorted(buried, key=_first_two), most_new
        )
        return renumber(labels), renumber(tops)

    @staticmethod
    def _split_off(
        vectors: Floats,
        labels: Labels,
        tops: Labels,
        ranked: list[tuple[float, int, Labels]],
        most_new: int,
    ) -> tuple[Labels, Labels]:
        if labels.max(initial=-1) < 0:
            return labels, tops
        middles, lone = centroids(vectors, tops).astype(np.float64), 0
        taken = np.zeros(len(labels), bool)
        before = int(labels.max(initial=-1))
        for *_, rows in ranked:
            if labels.max(initial=-1) - before >= most_new:
                break
            held = labels[rows]
            values, counts = np.unique(held, return_counts=True)
            most = values[counts.argmax()]
            most_size = int((labels == most).sum()) if most >= 0 else 10**9
            if taken[rows].any() or 2 * counts.max() >= most_size:
                continue
            above, above_counts = np.unique(tops[rows], return_counts=True)
            home = above[above_counts.argmax()]
            if home < 0 or 2 * above_counts.max() <= len(rows):
                home = int(np.round(middles @ vectors[rows].mean(axis=0), 5).argmax())
                home = tops.max() + 1 if lone < LONE else home
                lone += 1
            labels[rows] = labels.max(initial=-1) + 1
            tops[rows] = home
            taken[rows] = True
        return labels, tops
