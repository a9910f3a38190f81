"""Whether what few say is found: python -m tests.benchmarks.minority [--data sample]

Codes with 3 to 50 replies; the view that three people hold in the sample; and people who say
themselves that they differ from most (DeliberationBank). A holder counts as found where a point of
theirs is in a theme or sub-theme most of whose replies are holders' too. Since a holder may share
much with the others, the same is also given for a share of a quarter, and for themes that carry
the minority flag, beside what is expected of anybody.
"""

from __future__ import annotations

import argparse
import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.records import Themes
from analysis.settings import Settings
from analysis.themes.assign import top
from analysis.themes.find import find_themes
from tests.benchmarks.coded import Coded, coded, nhs, nhs_v6, sample

SHARED = Path(os.environ.get("HEARD_SHARED", "../shared"))
FEW = (3, 50)
MET = 0.3  # F1 from which a theme is a code's
Row = dict[str, object]


def held(data: Coded, themes: Themes) -> pd.DataFrame:
    """(replies, themes and sub-themes): whether the reply has a point in it."""
    found = data.points[["point_id", "response_id"]].merge(themes.assigned, on="point_id")
    found = found[found["theme_id"] != ""]
    both = pd.concat([found, found.assign(theme_id=found["theme_id"].map(top))])
    table = pd.crosstab(both["response_id"], both["theme_id"]) > 0
    return table.reindex(data.codes.index, fill_value=False)


def flagged(inside: pd.DataFrame) -> pd.DataFrame:
    """The themes that so few raise that they carry the flag."""
    return inside.loc[:, inside.sum() <= Settings().minority_share * len(inside)]


def found(inside: pd.DataFrame, holders: pd.Series) -> Row:
    """How many of `holders` (by reply) are in themes that are theirs, or few people's."""
    size = inside.sum()
    share = inside[holders].sum() / size.where(size > 0, 1)
    few = flagged(inside)

    def of(themes: pd.DataFrame, who: pd.Series) -> float:
        return float(themes[who].any(axis=1).mean()) if who.any() else float("nan")

    return {
        "holders": int(holders.sum()),
        "in themes": of(inside, holders),
        "most are theirs": of(inside.loc[:, share > 0.5], holders),
        "a quarter are": of(inside.loc[:, share >= 0.25], holders),
        "flagged": of(few, holders),
        "flagged, others": of(few, ~holders),
    }


def rare_codes(data: Coded, inside: pd.DataFrame) -> Row:
    """Codes with few replies: met by a theme, and how much of them their best theme holds."""
    few = data.codes.loc[:, data.codes.sum().between(*FEW)].astype(bool)
    rows = []
    for code in few:
        gold, ours = few[code].to_numpy(), inside.to_numpy()
        hits = (ours & gold[:, None]).sum(axis=0)
        f1 = 2 * hits / (ours.sum(axis=0) + gold.sum())
        best = int(f1.argmax())
        one = found(inside, few[code])
        rows.append((f1[best], f1[best] >= MET, hits[best] / gold.sum(), one["most are theirs"]))
    values = np.array(rows, float) if rows else np.full((1, 4), np.nan)
    names = ("best F1", "codes met", "recall of best theme", "most are theirs")
    return {
        "codes": len(few.columns), "themes": inside.shape[1],
        **dict(zip(names, values.mean(axis=0), strict=True)),
    }  # fmt: skip


def deliberation() -> Iterator[tuple[Coded, pd.Series]]:
    """Two questions, and who says that their opinion differs from the majority's."""
    for name in ("tariff_policy_stance", "ai_changed_my_life"):
        rows = pd.read_csv(SHARED / f"data/deliberationbank/{name}.csv", dtype=str).fillna("")
        text = next(c for c in rows.columns if c.endswith("(text)"))
        own = next(c for c in rows.columns if c.startswith("Do you think your opinion differs"))
        rows = rows[rows[text].str.len() > 10].drop_duplicates("ID")
        rows.index = "r" + rows["ID"]
        side = rows.iloc[:, 1] if name.startswith("tariff") else rows[own].str[:3]
        codes = pd.get_dummies(side).astype(int)
        yield coded(name, text, rows[text].to_dict(), codes), rows[own].str.startswith("Yes")


def grouped(data: Coded) -> pd.DataFrame:
    result = find_themes((data.question,), data.points, data.vectors, Settings(theme_resamples=0),
                         encode=MiniLM().encode)  # fmt: skip
    return held(data, result)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", choices=["nhs", "v6", "sample", "deliberationbank"], action="append"
    )
    chosen = parser.parse_args().data or ["nhs", "v6", "sample", "deliberationbank"]
    warnings.filterwarnings("ignore")
    codes: list[Row] = []
    views: list[Row] = []
    coded_sets: dict[str, Callable[[], Iterator[Coded]]] = {
        "nhs": lambda: iter([nhs(SHARED)]), "v6": lambda: iter([nhs_v6(SHARED)]), "sample": planted,
    }  # fmt: skip
    for name in (n for n in chosen if n in coded_sets):
        for data in coded_sets[name]():
            inside = grouped(data)
            codes.append({"data": f"{name}: {data.name}", **rare_codes(data, inside)})
            if "stammer" in data.codes:
                three = data.codes["stammer"].astype(bool)
                views.append({"view": "sample: stammer", **found(inside, three)})
    if "deliberationbank" in chosen:
        for data, differs in deliberation():
            inside = grouped(data)
            mine = differs.reindex(data.codes.index)
            views.append({"view": f"{data.name}: says they differ", **found(inside, mine)})
            if "Positive" in data.codes:
                side = data.codes["Positive"].astype(bool)
                views.append({"view": f"{data.name}: for the policy", **found(inside, side)})
    for table in (codes, views):
        if table:
            print(pd.DataFrame(table).round(3).to_string(index=False), end="\n\n")


def planted() -> Iterator[Coded]:
    """The sample with the codes of few people too, which the benchmark of themes leaves out."""
    return sample(least=3)


if __name__ == "__main__":
    main()
