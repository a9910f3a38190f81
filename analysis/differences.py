"""Which groups raise a theme or hold a position more or less often than all others who replied.

The difference of two shares carries Newcombe's hybrid score interval (Newcombe 1998, method 10);
over everything that is tested the false discovery rate is held down (Benjamini and Hochberg 1995).
Each campaign letter counts once. It is a difference among those who chose to reply.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

from analysis.disclosure import disclose
from analysis.records import DIFFERENCES, Groups
from analysis.settings import SMALL_NUMBERS, Rule, Settings
from analysis.summarise.words import percent

TESTED = {"position": ("support", "mixed", "oppose"), "theme": ()}  # () = all values
CAUTION = "self-selecting: a difference among those who replied"
COUNTS = ("n", "base", "others_n", "others_base")
Floats = NDArray[np.float64]
KEYS = ["question_id", "measure", "value", "attribute", "group"]


def differences(crosstabs: pd.DataFrame, top: set[str], settings: Settings) -> pd.DataFrame:
    """DIFFERENCES: every group against all others, the largest difference first.

    `top`: the themes to test (sub-themes are not). Groups, or others, of fewer than
    `difference_base` people are not tested.
    """
    frame = crosstabs[crosstabs["counting"] == _way(crosstabs)]
    wanted = (frame["measure"] == "theme") & frame["value"].isin(top)
    for measure, values in TESTED.items():
        wanted |= (frame["measure"] == measure) & frame["value"].isin(values)
    own = frame[wanted]
    whole = own[own["attribute"] == ""].set_index(["question_id", "measure", "value"])
    own = own[own["attribute"] != ""].join(
        whole[["n", "base"]].add_prefix("all_"), on=["question_id", "measure", "value"]
    )
    own = own.assign(others_n=own["all_n"] - own["n"], others_base=own["all_base"] - own["base"])
    least = own[["base", "others_base"]].min(axis=1)
    own = own[(least >= settings.difference_base) & (own["all_n"] > 0)].reset_index(drop=True)
    if own.empty:
        return DIFFERENCES.validate(_typed(own.reindex(columns=list(DIFFERENCES.columns))))
    return DIFFERENCES.validate(_typed(_tested(own, settings)[list(DIFFERENCES.columns)]))


def _way(crosstabs: pd.DataFrame) -> str:
    """Letters are counted once; without letters there is one way only."""
    return "once" if (crosstabs["counting"] == "once").any() else "all"


def _tested(own: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    from statsmodels.stats.proportion import test_proportions_2indep

    away, low, high = _newcombe(own)
    counts = [own[c].to_numpy(dtype="float64") for c in COUNTS]
    with np.errstate(divide="ignore"):  # of ratios, which are not asked for
        p = test_proportions_2indep(*counts, method="agresti-caffo").pvalue
    out = own.assign(
        difference=away, low=low, high=high,
        chance=false_discovery_control(np.clip(p, 0, 1), method="bh"),
    )  # fmt: skip
    clear = (out["chance"] <= settings.difference_rate) & ((low > 0) | (high < 0))
    out = out.assign(clear=clear, size=out["difference"].abs())
    order = ["clear", "size", *KEYS]
    return out.sort_values(order, ascending=[False, False, *[True] * len(KEYS)])


def _newcombe(own: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """The difference of the two shares, and its interval's ends."""
    # imported here: it takes a second, and the pages do without
    from statsmodels.stats.proportion import confint_proportions_2indep

    counts = [own[c].to_numpy(dtype="float64") for c in COUNTS]
    low, high = confint_proportions_2indep(*counts, method="newcomb")
    return counts[0] / counts[1] - counts[2] / counts[3], low, high


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = dict.fromkeys(COUNTS, "int64")
    shares = dict.fromkeys(("difference", "low", "high", "chance"), "float64")
    texts = dict.fromkeys(KEYS, "str")
    return frame.reset_index(drop=True).astype({**texts, **numbers, **shares, "clear": "bool"})


def published(groups: Groups, rule: Rule) -> pd.DataFrame:
    """The differences that a rule allows beside the published table that counts every copy.

    A row goes if its cell is hidden there, or when letters count once, or if the two together
    would tell how the few who sent copies of a letter answered.
    """
    found = groups.differences
    if rule == "none" or found.empty:
        return found
    every = groups.tables()
    frames = {way: every[every["counting"] == way] for way in ("all", "once")}
    way = _way(groups.crosstabs)
    tables = [frames["all"]]
    if way == "once":
        tables += [frames["once"], _copies(frames["all"], frames["once"])]
    keep = pd.Series(True, index=found.index)
    places = pd.MultiIndex.from_frame(found[KEYS])
    for table in tables:
        shown = disclose(table, rule, groups.links).set_index(KEYS)
        open_cells = (shown["shown"] & shown["base"].notna()).reindex(places)
        keep &= open_cells.to_numpy(dtype=bool)
    kept = found[keep].reset_index(drop=True)
    nearest = SMALL_NUMBERS[rule][1]
    return _rounded(kept, nearest) if nearest and len(kept) else kept


def _rounded(found: pd.DataFrame, to: int) -> pd.DataFrame:
    """As the tables: counts to the nearest multiple, and all that is told from them."""
    counts = {c: (found[c] + to // 2) // to * to for c in COUNTS}
    counts["n"] = counts["n"].clip(upper=counts["base"])
    counts["others_n"] = counts["others_n"].clip(upper=counts["others_base"])
    own = found.assign(**counts)
    away, low, high = _newcombe(own)
    return own.assign(difference=away, low=low, high=high, chance=own["chance"].round(2))


def _copies(every: pd.DataFrame, once: pd.DataFrame) -> pd.DataFrame:
    """A table of what counting each letter once leaves out."""
    one = once.set_index(KEYS)[["n", "base"]]
    both = every.join(one.add_suffix("_once"), on=KEYS)
    return every.assign(n=both["n"] - both["n_once"], base=both["base"] - both["base_once"])


def in_words(row: pd.Series, group: str, value: str) -> str:
    """The difference as a sentence; `group` and `value` as they are shown to readers."""
    way = "more" if row["difference"] > 0 else "less"
    verb = "raise this" if row["measure"] == "theme" else f"say “{value}”"
    return (
        f"{group}: {verb} {way} often: {percent(row['n'], row['base'])} of {row['base']:,}, "
        f"against {percent(row['others_n'], row['others_base'])} of {row['others_base']:,}"
    )
