"""Letters among distinct texts: which texts are copies of one template, and of which.

A text is a copy if it holds half of the template, whatever was added; or if half of it comes from
the template and that is more than a quotation; or if both agree in what many sent (every copy may
have been edited). Less than a passage in common must be half of both texts or nearly the whole
template. What a copy shares with many must come from this letter for the most part: a longer letter
that holds a shorter one is another letter. Texts are measured against the template only, never
joined through a third text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.prepare.stock import numbered
from analysis.settings import Settings

_Array = np.ndarray[Any, np.dtype[Any]]


def _runs(texts: Sequence[str], length: int) -> tuple[_Array, _Array]:
    """(text number, number of the run) of every run of `length` words, each pair once."""
    codes = numbered(map(str.split, texts)).astype(np.uint64)
    sizes = np.array([t.count(" ") + 1 if t else 0 for t in texts], dtype=np.int64)
    if len(codes) < length:
        return np.empty(0, np.int32), np.empty(0, np.int64)
    hashes = np.zeros(len(codes) - length + 1, dtype=np.uint64)
    for i in range(length):
        hashes *= np.uint64(0x9E3779B97F4A7C15)
        hashes += codes[i : len(codes) - length + 1 + i] + np.uint64(1)
        hashes ^= hashes >> np.uint64(29)
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
    inside = owner[: len(hashes)] == owner[length - 1 :]
    text, (run, runs) = owner[: len(hashes)][inside], pd.factorize(hashes[inside])
    once = ~pd.Series(text * np.int64(len(runs)) + run).duplicated().to_numpy()
    return text[once], run[once]


@dataclass(frozen=True)
class _Texts:
    """Distinct texts of one question: their senders, and which runs of words each holds.

    `rows` has a column for each run that two respondents or more sent; `sizes` counts all runs.
    """

    senders: _Array
    sizes: _Array
    rows: sparse.csr_array
    many: _Array  # for each run, whether `campaign_min` respondents or more sent it
    common: _Array  # how many such runs each text holds

    @classmethod
    def of(
        cls, texts: Sequence[str], senders: _Array, quoted: Sequence[str], settings: Settings
    ) -> _Texts:
        owner, run = _runs([*texts, *quoted], settings.campaign_shingle)
        fewest = settings.campaign_min
        ours = owner < len(texts)
        ours &= ~np.isin(run, run[~ours])
        owner, run = owner[ours], run[ours]
        sizes = np.bincount(owner, minlength=len(texts))
        sent = np.bincount(run, weights=senders[owner])[run] > 1 if len(run) else run > 0
        return cls._made(senders, sizes, owner[sent], pd.factorize(run[sent])[0], fewest)

    @classmethod
    def _made(
        cls, senders: _Array, sizes: _Array, owner: _Array, run: _Array, fewest: int
    ) -> _Texts:
        shape = (len(senders), int(run.max(initial=-1)) + 1)
        ones = np.ones(len(owner), dtype=np.int32)
        rows = sparse.csr_array((ones, (owner, run)), shape=shape)
        many = senders @ rows >= fewest
        return cls(senders, sizes, rows, many, rows @ many.astype(np.int32))

    def without(self, taken: _Array, most: int | None, fewest: int) -> _Texts:
        """Only the runs of texts not `taken`, and of these only runs in at most `most` texts."""
        owner, run = self.rows.tocoo().coords
        owner, run = owner[~taken[owner]], run[~taken[owner]]
        held = np.bincount(run)[run] if len(run) else run
        few = held <= (most or len(taken))
        return self._made(self.senders, self.sizes, owner[few], run[few], fewest)


def _letters(texts: _Texts, settings: Settings) -> _Array:
    """For each text the number of the letter's first text, or -1.

    Greedy: the text with most senders takes its copies, then the next of the rest.
    """
    letter = np.full(len(texts.senders), -1)
    for most in (None, settings.campaign_hub):
        left = texts.without(letter >= 0, most, settings.campaign_min)
        columns = left.rows.tocsc()
        held = np.diff(columns.indptr)
        shared = left.rows @ (held > 1).astype(np.int32)
        looks = (texts.senders > 1) | (shared >= settings.campaign_quotation * texts.sizes)
        looks &= texts.sizes > 0
        order = _centres_first(left, held, settings)
        free = (int(i) for i in order[looks[order]] if letter[i] < 0)
        for first in islice(free, settings.campaign_large if most is None else None):
            copies = _copies(left, columns, first, letter, settings)
            if texts.senders[copies].sum() > 1 and _is_letter(left, copies, settings):
                letter[copies] = first
    return letter


def _centres_first(texts: _Texts, held: _Array, settings: Settings) -> _Array:
    """Text numbers: what a campaign's worth of people sent unchanged, then the most central.

    A text is central that has much in common with many, and little besides.
    """
    sent = np.where(texts.senders >= settings.campaign_min, texts.senders, 1)
    central = (texts.rows @ held) / np.sqrt(np.maximum(texts.sizes, 1))
    return np.lexsort((np.arange(len(sent)), -central, -sent))


def _copies(
    texts: _Texts, columns: sparse.csc_array, first: int, letter: _Array, settings: Settings
) -> _Array:
    """The free texts that are copies of `first`, itself included."""
    runs = texts.rows.indices[texts.rows.indptr[first] : texts.rows.indptr[first + 1]]

    def held(which: _Array) -> _Array:
        parts = [columns.indices[columns.indptr[r] : columns.indptr[r + 1]] for r in which]
        return np.bincount(np.concatenate([*parts, [first]]), minlength=len(letter))

    shared = held(runs)
    others = np.flatnonzero((shared > 0) & (letter < 0))
    many = runs[texts.many[runs]]
    both, theirs = held(many)[others], texts.common[others]
    half, quotation = settings.campaign_overlap, settings.campaign_quotation
    of_first = shared[others] / texts.sizes[first]
    of_copy = shared[others] / texts.sizes[others]
    fewest = _passage(settings)
    agree = both >= np.maximum(settings.campaign_agreed * np.minimum(len(many), theirs), fewest)
    agree &= np.minimum(of_first, of_copy) >= quotation
    whole = ((of_first >= half) | agree) & (both >= half * theirs)
    long = shared[others] >= fewest
    whole &= long | (of_copy >= half) | (of_first >= settings.campaign_agreed)
    part = (of_copy >= half) & (of_first >= quotation) & (long | (of_first >= half))
    taken = whole | part | (others == first)
    return np.asarray(others[taken])


def _is_letter(texts: _Texts, copies: _Array, settings: Settings) -> bool:
    """Not just texts that quote the same sentence: it was sent alone, or is long, or most of all.

    What two copies and a core of the senders share must be a passage or half of the median copy.
    """
    if texts.senders[copies].max() >= settings.campaign_min:
        return True
    sent = texts.senders[copies] @ texts.rows[copies]
    core = int((sent >= max(2, settings.campaign_core * texts.senders[copies].sum())).sum())
    enough = settings.campaign_overlap * float(np.median(texts.sizes[copies]))
    return core >= min(_passage(settings), enough)


def _joined(texts: _Texts, distinct: Sequence[str], letter: _Array, settings: Settings) -> _Array:
    """Versions of one letter as one campaign: for each text a campaign number, or -1.

    The larger letter leads, and a version must be near the leader itself: with the same core, or
    begun alike with one core in the other, as when the organiser has added to the letter.
    """
    inside = np.flatnonzero(letter >= 0)
    if not len(inside):
        return letter
    found, group = np.unique(letter[inside], return_inverse=True)
    cores = _cores(texts, inside, group, settings)
    size = np.maximum(np.asarray(cores.sum(axis=1)).ravel(), 1)
    cores = cores[:, np.asarray(cores.sum(axis=0)).ravel() <= settings.campaign_hub]
    both = (cores @ cores.T).tocoo()
    people = np.bincount(group, weights=texts.senders[inside])
    templates = [_template(texts, inside[group == n], settings) for n in range(len(found))]
    begun = [_beginning(distinct[t], settings) for t in templates]
    near: list[list[int]] = [[] for _ in found]
    for a, b, shared in zip(*both.coords, both.data, strict=True):
        lower, upper = sorted((size[a], size[b]))
        alike = len(begun[a] & begun[b]) >= settings.campaign_overlap * len(begun[a] | begun[b])
        least = settings.campaign_overlap * lower if alike else settings.campaign_version * upper
        if shared >= least:
            near[a].append(int(b))
    lead = np.arange(len(found))
    for n in np.lexsort((found, -people)):
        leads = [m for m in near[n] if lead[m] == m and (-people[m], m) <= (-people[n], n)]
        lead[n] = min(leads, key=lambda m: (-people[m], m), default=n)
    campaign = np.full(len(letter), -1)
    campaign[inside] = lead[group]
    return campaign


def _cores(texts: _Texts, inside: _Array, group: _Array, settings: Settings) -> sparse.csr_array:
    """For each letter the runs that a core of its senders sent."""
    shape = (int(group.max()) + 1, len(texts.senders))
    who = sparse.csr_array((texts.senders[inside], (group, inside)), shape)
    sent = (who @ texts.rows).tocoo()
    row, run = sent.coords
    people = np.bincount(group, weights=texts.senders[inside])
    core = sent.data >= settings.campaign_core * people[row]
    ones = np.ones(int(core.sum()), np.int32)
    return sparse.csr_array((ones, (row[core], run[core])), shape=sent.shape)


def _beginning(text: str, settings: Settings) -> set[tuple[str, ...]]:
    words, length = text.split()[: settings.campaign_passage], settings.campaign_shingle
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _template(texts: _Texts, members: _Array, settings: Settings) -> int:
    """What a campaign's worth of people sent unchanged; else the text nearest the letter's core.

    Nearest, not fullest: the longest copy holds the whole letter and its sender's own words.
    """
    rows, senders = texts.rows[members], texts.senders[members]
    core = senders @ rows >= settings.campaign_core * senders.sum()
    inside = rows @ core.astype(np.int32)
    near = inside / np.maximum(texts.sizes[members] + core.sum() - inside, 1)
    sent = np.where(senders >= settings.campaign_min, senders, 1)
    return int(members[np.lexsort((members, -senders, -near, -sent))[0]])


def find_letters(
    distinct: Sequence[str], senders: _Array, quoted: Sequence[str], settings: Settings
) -> list[tuple[int, _Array]]:
    """(template, members) of each letter, as numbers of the `distinct` normalised texts.

    `senders` is how many respondents sent each text. Runs that `quoted` texts hold do not count.
    Texts that no letter took are measured once more against the templates that came out.
    """
    texts = _Texts.of(distinct, senders, quoted, settings)
    taken = _joined(texts, distinct, _letters(texts, settings), settings)
    groups = [np.flatnonzero(taken == c) for c in np.unique(taken[taken >= 0])]
    large = [g for g in groups if senders[g].sum() >= settings.campaign_min]
    columns, found = texts.rows.tocsc(), []
    for members in sorted(large, key=lambda m: (-senders[m].sum(), m[0])):
        template = _template(texts, members, settings)
        late = _copies(texts, columns, template, taken, settings)
        taken[late] = taken[template]
        found.append((template, np.union1d(members, late)))
    return found


def _passage(settings: Settings) -> int:
    return settings.campaign_passage - settings.campaign_shingle + 1
