"""Words that texts open or close with before they part ways: a form's heading, a docket's stamp.

Many people send them with letters, and with texts of their own, that are not alike; so they are no
sign of a campaign. A letter differs: most who begin it go on in the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import Any

import numpy as np

from analysis.settings import Settings

_Array = np.ndarray[Any, np.dtype[Any]]


def without_stock(texts: Sequence[str], senders: _Array, settings: Settings) -> list[str]:
    """`texts` (distinct, normalised) without what unlike texts open or close with."""
    words, most = [t.split() for t in texts], settings.campaign_stock + 1
    lengths = np.fromiter(map(len, words), dtype=np.int64)
    first = _stock([w[:most] for w in words], lengths, senders, settings)
    ends = [w[max(n, len(w) - most) :][::-1] for w, n in zip(words, first, strict=True)]
    last = _stock(ends, lengths - first, senders, settings)
    return [" ".join(w[a : len(w) - b]) if a or b else t
            for t, w, a, b in zip(texts, words, first, last, strict=True)]  # fmt: skip


def _stock(
    begun: Sequence[Sequence[str]], lengths: _Array, senders: _Array, settings: Settings
) -> list[int]:
    """How many words of each text are its part of a stock opening.

    `begun` are the first `campaign_stock` + 1 words of texts of `lengths` words.

    Texts part where they go on in `campaign_turns` ways or more, none of them the way of more
    than `campaign_overlap` of the senders, and at least as long again as the opening. What enough
    people for a campaign sent alone is a letter.
    """
    depth, turns = settings.campaign_stock, settings.campaign_turns
    least = settings.campaign_shingle
    codes = _codes(begun, depth + 1)
    base = int(codes.max(initial=0)) + 1
    nodes: list[_Array] = []  # at each depth the node that each text is in, -1 for none …
    parting: list[list[int]] = []  # … and the nodes at which a stock opening ends
    node = np.zeros(len(begun), dtype=np.int64)
    for d in range(depth + 1):
        inside = np.flatnonzero(node >= 0)
        if not len(inside):
            break
        branches, branch, texts = np.unique(
            node[inside] * base + codes[inside, d], return_inverse=True, return_counts=True
        )
        origin = branches // base
        sent = np.bincount(branch, weights=senders[inside])
        largest = np.zeros(origin[-1] + 1)
        np.maximum.at(largest, origin, sent)
        held = np.bincount(origin, weights=sent)
        alone = np.bincount(origin, weights=sent * (branches % base == 0))
        apart = np.bincount(origin) >= turns
        apart &= (largest <= settings.campaign_overlap * held) & (d >= least)
        apart &= alone < settings.campaign_min
        stock = [int(n) for n in np.flatnonzero(apart) if np.median(lengths[node == n]) >= 2 * d]
        nodes.append(node)
        parting.append(stock)
        # What a few write after words that most others go on from is added to a letter.
        added = (sent < largest[origin]) & (largest > settings.campaign_overlap * held)[origin]
        grows = (texts >= turns) & (branches % base > 0) & ~(added & (d >= least))
        following = np.where(grows, np.cumsum(grows) - 1, -1)[branch]
        node = np.full(len(begun), -1)
        node[inside] = following
    return _parts(len(begun), nodes, parting, least)


def _codes(begun: Sequence[Sequence[str]], width: int) -> _Array:
    """The words of each text as numbers, 0 after its end."""
    codes = np.zeros((len(begun), width), dtype=np.int64)
    sizes = np.fromiter(map(len, begun), dtype=np.int64)
    codes[np.arange(width) < sizes[:, None]] = numbered(begun) + 1
    return codes


def numbered(words: Iterable[Sequence[str]]) -> _Array:
    """The words of all texts in a row, as numbers: the same for the same word."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    return np.fromiter(map(known.__getitem__, chain.from_iterable(words)), dtype=np.int64)


def _parts(
    texts: int, nodes: Sequence[_Array], parting: Sequence[Sequence[int]], least: int
) -> list[int]:
    """For each text the depth at which it leaves the way to a stock opening, 0 if under `least`."""
    part, leads = np.zeros(texts, dtype=np.int64), np.zeros(texts, dtype=bool)
    for d in range(len(nodes) - 1, least - 1, -1):
        leads = np.isin(nodes[d], [*parting[d], *np.unique(nodes[d][leads])])
        part[leads & (part == 0)] = d
    return [int(d) for d in part]
