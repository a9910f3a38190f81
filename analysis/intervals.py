"""Intervals of shares."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=100_000)
def wilson(n: int, base: int) -> tuple[float, float]:
    """95 % Wilson interval of n in base (base > 0)."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(n, base, method="wilson")
    return (0.0 if n == 0 else float(low)), (1.0 if n == base else float(high))
