"""Replies that come later, placed in themes that are there: python -m tests.benchmarks.late

5 % of the replies, drawn by chance, come later; then, where there are codes, all replies of one
code do, which the earlier ones hardly speak of. Ids are kept for a theme if it is still there under
its name with all its earlier members.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.records import Themes
from analysis.settings import Settings
from analysis.themes.group import Earlier, group_points
from analysis.themes.names import Encode
from tests.benchmarks.coded import Coded, eu, nhs, nhs_v6

SHARED = Path(os.environ.get("HEARD_SHARED", "../shared"))
SHARE = 0.05
CODES = 3  # how many codes are tried as a new subject
SETTINGS = Settings(theme_resamples=0)
Row = dict[str, object]


def sets(chosen: list[str]) -> Iterator[Coded]:
    if "nhs" in chosen:
        yield nhs(SHARED)
    if "v6" in chosen:
        yield nhs_v6(SHARED)
    if "eu" in chosen:
        yield from eu(SHARED)


def grouped(data: Coded, points: pd.DataFrame, encode: Encode, earlier: Earlier | None) -> Themes:
    none = pd.Series(dtype="str")
    return group_points(
        (data.question,), points, data.vectors, none, SETTINGS, encode=encode, earlier=earlier
    )


def row(data: Coded, late: set[str], label: str, encode: Encode) -> Row:
    old = data.points[~data.points["response_id"].isin(late)].reset_index(drop=True)
    start = time.perf_counter()
    first = grouped(data, old, encode, None)
    middle = time.perf_counter()
    asked = {data.question.id: data.question.text}
    earlier = Earlier("first", {}, asked, old, data.vectors, first)
    second = grouped(data, data.points, encode, earlier)
    end = time.perf_counter()
    made = second.made[data.question.id]
    both = first.assigned.merge(second.assigned, on="point_id")
    stay = (both["theme_id_x"] == both["theme_id_y"]) | (both["theme_id_x"] == "")
    lost = set(both.loc[~stay, "theme_id_x"])
    names = first.themes.merge(second.themes, on=["theme_id", "name"])["theme_id"]
    kept = names[~names.isin(lost)]
    measured = made["measured"]
    found = data.points.merge(second.assigned, on="point_id")
    own = found[found["response_id"].isin(late)]
    new = own["theme_id"].isin(made["themes_new"])
    return {
        "data": data.name, "late": label, "replies": made["further_replies"],
        "ids kept": len(kept) / max(1, len(first.themes)),
        "placed": made["placed_replies"], "new themes": len(made["themes_new"]),
        "late in them": int(own.loc[new, "response_id"].nunique()),
        "none": made["fit_none_replies"],
        "precision": measured["precision"], "recall": measured["recall"],
        "told apart": measured["theirs_missing"],
        "first (s)": middle - start, "late (s)": end - middle,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", choices=["nhs", "v6", "eu"], action="append")
    warnings.filterwarnings("ignore")
    encode = MiniLM().encode
    rows: list[Row] = []
    for data in sets(parser.parse_args().data or ["nhs", "v6", "eu"]):
        ids = np.unique(data.points["response_id"].to_numpy(str))
        drawn = np.random.default_rng(1).choice(ids, round(SHARE * len(ids)), replace=False)
        rows.append(row(data, set(drawn), "5 % by chance", encode))
        sizes = data.codes.sum().sort_values()
        middle = sizes[sizes.between(0.02 * len(ids), 0.06 * len(ids))]
        for code in middle.index[-CODES:]:
            only = set(data.codes.index[data.codes[code] == 1])
            rows.append(row(data, only, str(code)[:30], encode))
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
