"""Replies placed in a code frame that people wrote: python -m tests.benchmarks.frame

The codes of a human-coded set are the frame, with so many examples each, drawn from one half of
its replies; the other half is placed. Every fourth code is left out of the frame, so that replies
with none but these should fit none of it. By `settings`, new themes are not proposed.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.settings import Settings
from analysis.themes.frame import DEFINITION, NAME, PARENT, CodeFrame, in_frames
from analysis.themes.group import group_points
from tests.benchmarks.coded import Coded, nhs, nhs_v6

SHARED = Path(os.environ.get("HEARD_SHARED", "../shared"))
EXAMPLES = (0, 1, 3, 10, 30)
SETTINGS = Settings(theme_resamples=0, theme_late_min=10**9)


def one_code(data: Coded) -> pd.Series:
    """Reply → its code, of the replies with exactly one: examples that stand for one thing."""
    single = data.codes[data.codes.sum(axis=1) == 1]
    return single.idxmax(axis=1)


def frame_of(data: Coded, replies: set[str], count: int, inside: list[str]) -> CodeFrame:
    code = one_code(data)
    text = data.points.groupby("response_id")["text"].agg(" ".join)
    own = code[code.index.isin(replies) & code.isin(inside)].sample(frac=1, random_state=0)
    chosen = own.groupby(own).head(count) if count else own.iloc[:0]
    examples = pd.DataFrame({NAME: chosen, "text": text.reindex(chosen.index)})
    codes = pd.DataFrame({NAME: inside, PARENT: "", DEFINITION: ""})
    return CodeFrame("codes", codes, examples.reset_index(drop=True).astype("str"))


def row(data: Coded, count: int) -> dict[str, object]:
    ids = np.array(sorted(data.codes.index))
    first = set(np.random.default_rng(0).permutation(ids)[: len(ids) // 2])
    names = sorted(data.codes.columns)
    inside = [c for n, c in enumerate(names) if n % 4]
    encode = MiniLM().encode
    earlier = in_frames(
        {data.question.id: frame_of(data, first, count, inside)}, (data.question,), encode
    )
    rest = data.points[~data.points["response_id"].isin(first)].reset_index(drop=True)
    none = pd.Series(dtype="str")
    found = group_points(
        (data.question,), rest, data.vectors, none, SETTINGS, encode=encode, earlier=earlier
    )
    made = found.made[data.question.id]
    held = rest.merge(found.assigned, on="point_id")
    named = held.merge(found.themes[["theme_id", "name"]], on="theme_id", how="left")
    told = pd.crosstab(named["response_id"], named["name"].fillna("")).clip(upper=1)
    told = told.reindex(columns=["", *inside], fill_value=0)
    codes = data.codes.reindex(told.index)
    scores = []
    for code in inside:
        both = int((codes[code] & told[code]).sum())
        scores.append(2 * both / max(1, int(codes[code].sum() + told[code].sum())))
    outside = codes[inside].sum(axis=1) == 0
    placed = told[inside].sum(axis=1) > 0
    return {
        "data": data.name, "examples": count, "replies": len(told),
        "macro F1": float(np.mean(scores)),
        "placed, of those with a code of it": float(placed[~outside].mean()),
        "fits none, of those with none of it": float((~placed)[outside].mean()),
        "threshold": made["threshold"],
        "said: right": made["measured"]["precision"],
        "said: told apart": made["measured"]["theirs_missing"],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="*", choices=["nhs", "v6", []])
    chosen = parser.parse_args().data or ["nhs", "v6"]
    sets = [make(SHARED) for name, make in (("nhs", nhs), ("v6", nhs_v6)) if name in chosen]
    rows = [row(data, count) for data in sets for count in EXAMPLES]
    print(pd.DataFrame(rows).to_string(index=False, float_format=lambda v: f"{v:.3f}"))


if __name__ == "__main__":
    main()
