"""What a person is offered who decides on a theme: parts, twins, passages like an example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from analysis.groups import ranked, theme_members
from analysis.records import Points, Prepared, Themes, Vectors, each
from analysis.review.apply import Edited
from analysis.settings import Settings
from analysis.themes.merges import Merge
from analysis.themes.phrases import fold, telling, tokens

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
SHOWN = 40  # passages like an example that are offered


@dataclass(frozen=True)
class Part:
    """name, keywords: a proposal, from what sets it apart; points: their ids."""

    name: str
    keywords: str
    points: tuple[str, ...]


def listed(edited: Edited, points: Points, prepared: Prepared) -> pd.DataFrame:
    """states of `edited` with people and points of each theme, by number of people."""
    members = theme_members(points, edited.themes, prepared)
    counts = members.groupby("theme_id").agg(
        people=("respondent_id", "nunique"), points=("point_id", "nunique")
    )
    frame = edited.states.merge(counts, on="theme_id", how="left")
    frame = frame.fillna({"people": 0, "points": 0}).astype({"people": int, "points": int})
    return ranked(frame, "people")


def passages(themes: Themes, points: Points, theme_id: str) -> pd.DataFrame:
    """POINTS with similarity of the theme and its sub-themes, those that fit it least first."""
    below = themes.themes.loc[themes.themes["parent_id"] == theme_id, "theme_id"]
    own = themes.assigned[themes.assigned["theme_id"].isin([theme_id, *below])]
    joined = points.points.merge(own, on="point_id")
    return joined.sort_values(["similarity", "point_id"], ignore_index=True)


def merges(meta: dict[str, Any], edited: Edited, own: pd.DataFrame) -> list[Merge]:
    """The model's proposals (of run.json, `meta`) for the themes in `own`, a part of `listed`.

    One is gone with any of its themes, and once it was dismissed. Whole themes come before
    sub-themes, then the largest: the first is the one that stays.
    """
    place = {
        str(r.theme_id): (bool(r.parent_id), -int(r.people), str(r.theme_id))
        for r in each(own[~own["hidden"]])
    }
    proposed = meta.get("merges", {}).get("proposed", ())
    return [
        Merge(**{**m, "themes": tuple(sorted(m["themes"], key=place.__getitem__))})
        for m in proposed
        if set(m["themes"]) <= set(place) and frozenset(m["themes"]) not in edited.apart
    ]


def parts(own: pd.DataFrame, vectors: Vectors, count: int, settings: Settings) -> list[Part]:
    """`own` (POINTS of a theme) in `count` parts by what they say, the largest first (k-means)."""
    texts = sorted(set(own["text"]))
    if len(texts) < count:
        return []
    rows = vectors.vectors[pd.Index(vectors.texts["text"]).get_indexer(pd.Index(texts))]
    found = KMeans(count, n_init=10, random_state=settings.seed).fit_predict(np.asarray(rows))
    label = own["text"].map(dict(zip(texts, found, strict=True)))
    made = []
    for number in label.value_counts().index:
        inside = own[label == number]
        words = telling(inside["text"], own.loc[label != number, "text"])
        name = words[0].capitalize() if words else ""
        made.append(Part(name, "; ".join(words), tuple(inside["point_id"])))
    return made


def alike(
    asked: str, points: Points, question_id: str, vectors: Vectors, encode: Encode
) -> pd.DataFrame:
    """POINTS of the question most like the words or example `asked`, with score, best first.

    score: cosine of the vectors, and at least 1 where a passage holds every word asked for; so
    these come first.
    """
    own = points.points[points.points["question_id"] == question_id]
    at = pd.Index(vectors.texts["text"]).get_indexer(pd.Index(own["text"]))
    near = np.asarray(vectors.vectors[at], np.float64) @ encode([asked])[0].astype(np.float64)
    wanted = {fold(t) for t in tokens(asked) if t.isalpha()}
    holds = [bool(wanted) and wanted <= {fold(t) for t in tokens(x)} for x in own["text"]]
    scored = own.assign(score=near + np.array(holds, float))
    ranked = scored.sort_values(["score", "point_id"], ascending=[False, True])
    return ranked.head(SHOWN).reset_index(drop=True)
