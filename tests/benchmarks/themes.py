"""Themes against human codes, and names to read: python -m tests.benchmarks.themes [--data nhs]

Stock BERTopic (UMAP and HDBSCAN with its defaults, the same vectors, outliers also moved to the
nearest topic) runs beside ours where umap-learn and hdbscan are installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from analysis.embed.minilm import MiniLM
from analysis.records import Themes
from analysis.settings import Settings
from analysis.themes.find import find_themes
from analysis.themes.graph import Labels, unit
from tests.benchmarks.coded import Coded, argkp, named, nhs, nhs_v6, sample

SHARED = Path(os.environ.get("HEARD_SHARED", "../shared"))
SETS: dict[str, Callable[[], Iterator[Coded]]] = {
    "nhs": lambda: iter([nhs(SHARED)]),
    "v6": lambda: iter([nhs_v6(SHARED)]),
    "argkp": lambda: argkp(SHARED, context=False),
    "argkp with proposal": lambda: argkp(SHARED, context=True),
    "sample": sample,
}
Row = dict[str, object]


def best_f1(data: Coded, themes: pd.Series) -> float:
    """Macro F1: for each code its best theme, a reply having the themes of its points.

    `themes`: theme of each point, "" for none; a theme and its sub-themes may both be candidates.
    """
    held = pd.DataFrame({"reply": data.points["response_id"].to_numpy(), "theme": themes})
    held = held[held["theme"] != ""].drop_duplicates()
    if held.empty:
        return 0.0
    found = pd.crosstab(held["reply"], held["theme"]).reindex(data.codes.index, fill_value=0)
    ours, gold = found.to_numpy(float), data.codes.to_numpy(float)
    hits = gold.T @ ours
    f1 = 2 * hits / (gold.sum(axis=0)[:, None] + ours.sum(axis=0)[None, :])
    return float(f1.max(axis=1).mean())


def rare_recall(data: Coded, themes: pd.Series, most: int = 50) -> float:
    """Share of codes with 3 to 50 replies that a theme meets with an F1 of at least 0.3."""
    few = data.codes.loc[:, data.codes.sum().between(3, most)]
    if few.empty:
        return float("nan")
    part = [Coded(data.name, data.question, data.points, data.vectors, few[[c]]) for c in few]
    return float(np.mean([best_f1(p, themes) >= 0.3 for p in part]))


def scores(data: Coded, themes: pd.Series) -> Row:
    """`themes` in the order of the points; AMI and ARI where a reply is one point of one code."""
    row: Row = {
        "themes": int((pd.Series(themes.unique()) != "").sum()),
        "not grouped": round(float((themes == "").mean()), 3),
        "F1": best_f1(data, themes),
        "rare": rare_recall(data, themes),
    }
    if len(data.points) == len(data.codes) and (data.codes.sum(axis=1) == 1).all():
        gold = data.codes.idxmax(axis=1).loc[data.points["response_id"]].to_numpy()
        row["AMI"] = adjusted_mutual_info_score(gold, themes)
        row["ARI"] = adjusted_rand_score(gold, themes)
    return row


def ours(data: Coded) -> tuple[Themes, float]:
    start = time.perf_counter()
    result = find_themes((data.question,), data.points, data.vectors, Settings(), encode=ENCODE)
    return result, time.perf_counter() - start


def stock(data: Coded) -> tuple[pd.Series, pd.Series, float]:
    """Topics of each point by UMAP and HDBSCAN: outliers left, and moved; seconds of the two."""
    from hdbscan import HDBSCAN
    from umap import UMAP

    vectors = data.vectors.vectors
    start = time.perf_counter()
    flat = UMAP(
        n_neighbors=min(15, len(vectors) - 1), n_components=5, min_dist=0.0, metric="cosine",
        random_state=42,
    ).fit_transform(vectors)  # fmt: skip
    labels: Labels = HDBSCAN(min_cluster_size=10, prediction_data=True).fit(flat).labels_
    seconds = time.perf_counter() - start
    moved = labels.copy()
    if labels.max() >= 0:
        groups = range(labels.max() + 1)
        centres = unit(np.stack([vectors[labels == g].mean(axis=0) for g in groups]))
        moved[labels < 0] = (vectors[labels < 0] @ centres.T).argmax(axis=1)
    rows = data.points["text"].map({t: i for i, t in enumerate(data.vectors.texts["text"])})

    def of_points(found: Labels) -> pd.Series:
        return pd.Series([f"t{g}" if g >= 0 else "" for g in found[rows]])

    return of_points(labels), of_points(moved), seconds


def compare(data: Coded, with_stock: bool) -> list[Row]:
    result, seconds = ours(data)
    fine = result.assigned["theme_id"]
    tops = fine.str.replace(r"-s\d+$", "", regex=True)
    rows = [
        {"method": "Heard, finest", **scores(data, fine), "seconds": seconds},
        {"method": "Heard, themes", **scores(data, tops), "seconds": seconds},
        {"method": "Heard, both levels", **_both(data, fine, tops), "seconds": seconds},
    ]
    if with_stock:
        left, moved, took = stock(data)
        rows.append({"method": "UMAP+HDBSCAN", **scores(data, left), "seconds": took})
        rows.append({"method": "… outliers moved", **scores(data, moved), "seconds": took})
    return [{"data": data.name.split("-")[0], **r} for r in rows]


def _both(data: Coded, fine: pd.Series, tops: pd.Series) -> Row:
    twice = Coded(
        data.name, data.question, pd.concat([data.points, data.points]), data.vectors, data.codes
    )
    either = pd.concat([fine, tops], ignore_index=True)
    return {
        "themes": len(set(either) - {""}),
        "F1": best_f1(twice, either),
        "rare": rare_recall(twice, either),
    }


def print_names(data: Coded) -> None:
    result, seconds = ours(data)
    fine = result.assigned["theme_id"]
    print(f"\n{data.name}: {data.question.text[:100]!r}, {len(fine)} points, {seconds:.1f} s")
    for row in result.themes.rename(columns={"name": "called"}).itertuples():
        inside = (fine == row.theme_id) | fine.str.startswith(f"{row.theme_id}-")
        print(f"{'    ' if row.parent_id else ''}{inside.sum():5} {row.called}  ({row.keywords})")
    print(f"{(fine == '').sum():5} not grouped")


def main() -> None:
    global ENCODE
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", choices=[*SETS, "names"], action="append")
    chosen = parser.parse_args().data or [*SETS, "names"]
    warnings.filterwarnings("ignore")
    ENCODE = MiniLM().encode
    with_stock = all(find_spec(p) for p in ("umap", "hdbscan"))
    if not with_stock:
        print("Stock BERTopic is left out: umap-learn and hdbscan are not installed here.")
    rows: list[Row] = []
    for name in (n for n in chosen if n in SETS):
        for data in SETS[name]():
            rows += [r | {"data": name} for r in compare(data, with_stock)]
    if rows:
        table = pd.DataFrame(rows).groupby(["data", "method"], sort=False)
        total = table["seconds"].sum()
        means = table.mean(numeric_only=True).assign(seconds=total, sets=table.size())
        print(means.round(3).to_string(na_rep=""))
    if "names" in chosen:
        for data in named(SHARED):
            print_names(data)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


ENCODE: Callable[..., np.ndarray] | None = None

if __name__ == "__main__":
    main()
