"""Intervals of shares."""

from __future__ import annotations

from functools import lru_cache

from scipy.stats import binomtest


@lru_cache(maxsize=100_000)
def wilson(n: int, base: int) -> tuple[float, float]:
    """95 % Wilson interval of n in base (base > 0)."""
    interval = binomtest(n, base).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)
