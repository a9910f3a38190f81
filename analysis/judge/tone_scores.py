"""How right the shipped tone model was when it was made, as stored beside its weights."""

from __future__ import annotations

import json

import pandas as pd

from analysis.judge.tone import WEIGHTS

SCORES = WEIGHTS.with_name("scores.json")
NAMES = {
    "nhs_v6": "NHS comments, second set",
    "nhs_phase1": "NHS comments, first set",
    "nyt": "Newspaper opinion",
    "sample": "Heard’s invented sample",
    "all sources": "All",
}
UNKNOWN = " as if unknown"


def as_unknown(source: str) -> str:
    """The name of a source that was judged by a model not trained on anything like it."""
    return source + UNKNOWN


def by_source() -> pd.DataFrame:
    """Texts, Shown, Right of those shown, VADER right of all; one row a source, as text."""
    stored = json.loads(SCORES.read_text(encoding="utf-8"))
    return pd.DataFrame(
        [
            {
                "Texts": _named(name),
                "Number": f"{row['texts']:,.0f}",
                "Shown": f"{row['clear']:.0%}",
                "Right where shown": f"{row['accuracy of clear']:.0%}",
                "Word list alone, right of all": f"{row['VADER accuracy']:.0%}",
            }
            for name, row in stored.items()
        ]
    )


def _named(name: str) -> str:
    source = name.removesuffix(UNKNOWN)
    known = NAMES.get(source, source)
    return known if source == name else f"{known}, as if of an unknown kind"
