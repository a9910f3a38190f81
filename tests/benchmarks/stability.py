"""How much themes change when replies are left out: python -m tests.benchmarks.stability"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from analysis.records import Themes
from analysis.settings import Settings
from analysis.themes.find import find_themes
from tests.benchmarks.coded import Coded
from tests.benchmarks.themes import SETS

RUNS = 4


def without(data: Coded, share: float, run: int) -> Coded:
    """The same question without one reply (share 0) or without this share of them."""
    replies = np.unique(data.points["response_id"].to_numpy(str))
    gone = np.random.default_rng(run).choice(replies, max(1, round(share * len(replies))), False)
    kept = data.points[~data.points["response_id"].isin(gone)].reset_index(drop=True)
    return Coded(data.name, data.question, kept, data.vectors, data.codes)


def themes(data: Coded) -> Themes:
    return find_themes((data.question,), data.points, data.vectors, Settings(theme_resamples=0))


def agreement(one: Themes, two: Themes) -> tuple[float, float]:
    """ARI of the finest groups and of the themes, over the points that both have."""
    both = one.assigned.merge(two.assigned, on="point_id")
    fine = adjusted_rand_score(both["theme_id_x"], both["theme_id_y"])
    a, b = (both[c].str.replace(r"-s\d+$", "", regex=True) for c in ("theme_id_x", "theme_id_y"))
    return fine, adjusted_rand_score(a, b)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", choices=["nhs", "v6", "sample"], action="append")
    rows = []
    for name in parser.parse_args().data or ["nhs", "v6", "sample"]:
        for data in SETS[name]():
            whole = themes(data)
            for share, label in ((0.0, "one reply"), (0.05, "5 % of replies")):
                pairs = [agreement(whole, themes(without(data, share, r))) for r in range(RUNS)]
                fine, tops = np.mean(pairs, axis=0)
                rows.append({"data": data.name, "left out": label, "finest": fine, "themes": tops})
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
