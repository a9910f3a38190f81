"""What an edited copy of a letter adds to it."""

from __future__ import annotations

import re

import numpy as np

SAME_RUN = 3  # words: shorter agreements of a copy and its template are chance
ADDED = 3  # words: shorter changes are not a passage of the sender's own
_WORD = re.compile(r"\w+")


def added_passages(template: str, copy: str) -> list[tuple[int, int]]:
    """What an edited copy adds: (start, end) offsets in `copy`, in order.

    Words in no run of SAME_RUN words that `template` has anywhere; changes of fewer than ADDED
    words are left out, and such a run between two added passages is taken into them.
    """
    places = [m.span() for m in _WORD.finditer(copy)]
    words = [copy[a:b].casefold() for a, b in places]
    theirs = [w.casefold() for w in _WORD.findall(template)]
    known = {tuple(theirs[i : i + SAME_RUN]) for i in range(len(theirs) - SAME_RUN + 1)}
    own = np.ones(len(words), dtype=bool)
    for i in range(len(words) - SAME_RUN + 1):
        if tuple(words[i : i + SAME_RUN]) in known:
            own[i : i + SAME_RUN] = False
    spans: list[list[int]] = []
    for i in np.flatnonzero(own).tolist():
        if spans and i - spans[-1][1] <= SAME_RUN:
            spans[-1][1] = i + 1
        else:
            spans.append([i, i + 1])
    return [_span(copy, places, a, b) for a, b in spans if own[a:b].sum() >= ADDED]


def _span(copy: str, places: list[tuple[int, int]], first: int, stop: int) -> tuple[int, int]:
    """Offsets of the words first…stop - 1, with the punctuation that closes them."""
    end = places[stop][0] if stop < len(places) else len(copy)
    closing = re.match(r"[^\w\s]*", copy[places[stop - 1][1] : end])
    return places[first][0], places[stop - 1][1] + (closing.end() if closing else 0)
