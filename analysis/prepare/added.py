"""What an edited copy of a letter adds to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

SAME_RUN = 3  # words: shorter agreements of a copy and its template are chance
SENT_RUN = 6  # words: what many copies hold in a row is not each sender's own phrase
ADDED = 3  # words: shorter changes are not a passage of the sender's own
_WORD = re.compile(r"\w+")


Runs = frozenset[tuple[str, ...]]


def runs_of_many(texts: Iterable[str], fewest: int) -> Runs:
    """The runs of SENT_RUN words that `fewest` or more of the `texts` hold."""
    held: Counter[tuple[str, ...]] = Counter()
    for text, times in Counter(texts).items():
        held.update(dict.fromkeys(_runs(_words(text), SENT_RUN), times))
    return frozenset(run for run, times in held.items() if times >= fewest)


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def _runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]


def added_passages(template: str, copy: str, many: Runs = frozenset()) -> list[tuple[int, int]]:
    """What an edited copy adds: (start, end) offsets in `copy`, in order.

    Words in no run of SAME_RUN words that `template` has anywhere, and in none that `many` sent, as
    when there are versions of a letter; changes of fewer than ADDED words are left out, and such a
    run between two added passages is taken into them.
    """
    places = [m.span() for m in _WORD.finditer(copy)]
    words = [copy[a:b].casefold() for a, b in places]
    own = np.ones(len(words), dtype=bool)
    for length, known in ((SAME_RUN, set(_runs(_words(template), SAME_RUN))), (SENT_RUN, many)):
        for i, run in enumerate(_runs(words, length)):
            if run in known:
                own[i : i + length] = False
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
