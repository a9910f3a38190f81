"""What becomes of groups without a name."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.themes.names import Namer
from analysis.themes.settle import _silent_as_one

FINE = np.repeat(np.arange(6), 10)


class Speaking:
    """A namer for whom these groups of FINE have words of their own, and wholes have none."""

    def __init__(self, *groups: int) -> None:
        self.groups = groups

    def telling(self, inside: NDArray[np.bool_]) -> bool:
        held = set(FINE[inside].tolist())
        return len(held) == 1 and held <= set(self.groups)


@pytest.mark.parametrize(
    ("speaking", "expected"),
    [
        ((), [0, 0, 0, 0, 0, 0]),
        ((0, 1, 2, 3, 4, 5), [0, 0, 1, 1, 2, 2]),
        ((2,), [0, 0, 1, 1, 0, 0]),  # named by its largest part
    ],
)
def test_themes_that_nothing_names_are_one(speaking: tuple[int, ...], expected: list[int]) -> None:
    tops = _silent_as_one(FINE // 2, FINE, cast("Namer", Speaking(*speaking)))
    assert tops[::10].tolist() == expected


def test_a_word_of_few_texts_names_no_large_theme() -> None:
    namer = Namer.__new__(Namer)
    namer._form = lambda number: ("bins", "data centres")[number]  # type: ignore[method-assign]
    count = np.array([8, 8], np.float32)
    large, small = np.ones(100, bool), np.ones(20, bool)
    assert not namer._for_all([(0, 1.0, 0.4)], large, count)
    assert namer._for_all([(0, 1.0, 0.4)], small, count)
    assert namer._for_all([(0, 1.0, 0.7)], large, count)  # what others say is near to it
    assert namer._for_all([(1, 1.0, 0.4)], large, count)  # several words say more
    assert namer._for_all([(0, 1.0, 0.4)], large, 2 * count)
