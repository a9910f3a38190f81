"""What a person is offered who decides on a theme: parts, twins, passages like an example."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from analysis.groups import ranked, theme_members
from analysis.records import Points, Prepared, Themes, Vectors, each
from analysis.review.apply import Edited
from analysis.settings import Settings
from analysis.summarise.verify import content_words
from analysis.themes.general import general
from analysis.themes.merges import Merge
from analysis.themes.phrases import fold, telling, tokens

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
SHOWN = 40  # passages like an example that are offered
TWINS = 0.45  # six pairs of the sample, by their names one of them different (scans, phone)
MOST_TWINS = 3  # of a question


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


def twins(
    themes: Themes, points: Points, vectors: Vectors, edited: Edited, own: pd.DataFrame
) -> list[Merge]:
    """Pairs of the themes in `own`, a part of `listed`, that are near in meaning and share a word.

    Computed, no model is asked. Near: the cosine of their middles, less that of all passages of the
    question. A theme stands in one pair at most, the nearest pairs come first; none that a person
    keeps apart.
    """
    open_ = [t for t in each(own[~own["hidden"]]) if t.points and not general(t.name)]
    if len(open_) < 2:
        return []
    middles = _middles(themes, points, vectors, [str(t.theme_id) for t in open_])
    like = middles @ middles.T
    keywords = dict(zip(themes.themes["theme_id"], themes.themes["keywords"], strict=True))
    told = [f"{t.name} {keywords[t.theme_id]}" for t in open_]
    words = [content_words(text) for text in told]
    pairs = []
    for i, j in combinations(range(len(open_)), 2):
        one, two = sorted((open_[i], open_[j]), key=lambda t: (-t.people, t.theme_id))
        ids = str(one.theme_id), str(two.theme_id)
        apart = one.parent_id != two.parent_id or frozenset(ids) in edited.apart
        if like[i, j] >= TWINS and words[i] & words[j] and not apart:
            pairs.append((-round(float(like[i, j]), 5), ids, _in_both(told[i], words[j])))
    found: list[Merge] = []
    for cosine, ids, both in sorted(pairs):
        if not {t for m in found for t in m.themes} & set(ids):
            reason = (
                f"Near in meaning ({-cosine:.2f}; 0 is usual, 1 the same); both speak of {both}."
            )
            found.append(Merge(str(own["question_id"].iloc[0]), ids, reason, ""))
    return found[:MOST_TWINS]


def _middles(
    themes: Themes, points: Points, vectors: Vectors, ids: Sequence[str]
) -> NDArray[np.float64]:
    """The middle of each theme's passages, less that of all of them, of unit length."""
    parent = dict(zip(themes.themes["theme_id"], themes.themes["parent_id"], strict=True))
    held = themes.assigned[["point_id", "theme_id"]].merge(points.points[["point_id", "text"]])
    held = held.assign(above=held["theme_id"].map(parent))
    held = held[held["theme_id"].isin(ids) | held["above"].isin(ids)]
    index = pd.Index(vectors.texts["text"])
    rows = np.asarray(vectors.vectors[index.get_indexer(pd.Index(held["text"]))], np.float64)
    below = [((held["theme_id"] == i) | (held["above"] == i)).to_numpy(bool) for i in ids]
    middles = np.array([rows[own].mean(axis=0) for own in below]) - rows.mean(axis=0)
    unit: NDArray[np.float64] = middles / np.maximum(
        np.linalg.norm(middles, axis=1, keepdims=True), 1e-9
    )
    return unit


def _in_both(text: str, words: Set[str]) -> str:
    """The words of `text` that are among `words` (as content_words gives them), as written."""
    said = (w for w in tokens(text) if w.isalpha() and content_words(w) & words)
    return ", ".join(dict.fromkeys(said))


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
