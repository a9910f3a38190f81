"""Intervals of shares."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Numbers = NDArray[Any]
NOTHING = (float("nan"), 0.0, 1.0)  # of no case at all: anything may be


@lru_cache(maxsize=100_000)
def wilson(n: float, base: float) -> tuple[float, float]:
    """95 % Wilson interval of n in base (base > 0)."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(n, base, method="wilson")
    return (0.0 if n == 0 else float(low)), (1.0 if n == base else float(high))


def weighted(values: _Numbers, cases: _Numbers, weights: _Numbers) -> tuple[float, float, float]:
    """(share, low, high) of a sample drawn with unequal chances.

    values: 0 to 1, what each item has of it; cases: 0 to 1, how far it counts; weights: how many
    items it stands for. Wilson's interval at the effective size (Kish 1965, 11.7; Franco et al.
    2019), which grows as the sample nears all there is. A mean of values between 0 and 1 varies no
    more than a share does, so the interval holds for it too.
    """
    own = cases * weights
    total = float(own.sum())
    if total <= 0:
        return NOTHING
    share = float((own * values).sum()) / total
    left = 1 - float(cases.sum()) / total
    if left < 1e-9:  # everything was drawn
        return share, share, share
    size = total**2 / float(np.square(own).sum()) / left
    return share, *wilson(share * size, size)
