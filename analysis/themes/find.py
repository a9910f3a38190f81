"""Themes and sub-themes of the points of each open question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from bertopic import BERTopic
from bertopic.dimensionality import BaseDimensionalityReduction
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from analysis.parallel import Progress, no_progress
from analysis.records import ASSIGNED, THEMES, Question, Themes, Vectors
from analysis.settings import Settings
from analysis.themes.cluster import Floats, Labels, ThemeClusters, centroids
from analysis.themes.layout import flat
from analysis.themes.names import Encode, choose, sentence_case, shown_forms
from analysis.themes.phrases import fold, phrases

STAGE = "themes-1"
KEYWORDS = 8
_SEPARATOR = "|"


@dataclass(frozen=True)
class _Found:
    """One question's result: `theme` and `similarity` of each distinct text, and its place."""

    texts: list[str]
    theme: list[str]
    similarity: NDArray[np.float64]
    place: NDArray[np.float64]
    rows: list[dict[str, object]]


def find_themes(
    questions: tuple[Question, ...],
    points: pd.DataFrame,
    vectors: Vectors,
    settings: Settings,
    progress: Progress = no_progress,
    encode: Encode | None = None,
) -> Themes:
    """Group the points (POINTS) of each open question by what they speak of.

    `vectors.texts` has a row for each distinct text of `points` (column text). `encode` gives
    vectors of phrases for naming; without it a phrase is placed by the texts that hold it. The
    result does not depend on the order of rows. See `Themes` for the frames.
    """
    row = {text: i for i, text in enumerate(vectors.texts["text"].astype(str))}
    asked = [q for q in questions if q.kind == "open"]
    theme = pd.Series("", index=points.index, dtype=str)
    similarity = pd.Series(0.0, index=points.index)
    x, y = pd.Series(0.0, index=points.index), pd.Series(0.0, index=points.index)
    rows: list[dict[str, object]] = []
    for done, question in enumerate(asked):
        progress(done, len(asked))
        mine = points[points["question_id"] == question.id]
        counts = mine["text"].value_counts()
        texts = sorted(str(t) for t in counts.index)
        matrix = vectors.vectors[[row[t] for t in texts]] if texts else vectors.vectors[:0]
        found = _question(question.id, texts, counts, matrix, settings, encode)
        at = {text: i for i, text in enumerate(found.texts)}
        index = [at[str(t)] for t in mine["text"]]
        theme.loc[mine.index] = [found.theme[i] for i in index]
        similarity.loc[mine.index] = found.similarity[index]
        x.loc[mine.index], y.loc[mine.index] = found.place[index].T
        rows.extend(found.rows)
    progress(len(asked), len(asked))
    identifiers = points["point_id"].reset_index(drop=True)
    themes = pd.DataFrame(rows, columns=list(THEMES.columns)).astype(
        {c: str for c in THEMES.columns if c != "stability"} | {"stability": float}
    )
    assigned = pd.DataFrame(
        {
            "point_id": identifiers,
            "theme_id": theme.reset_index(drop=True),
            "similarity": similarity.reset_index(drop=True),
        }
    )
    places = pd.DataFrame(
        {"point_id": identifiers, "x": x.reset_index(drop=True), "y": y.reset_index(drop=True)}
    )
    return Themes(THEMES.validate(themes), ASSIGNED.validate(assigned), places)


def _question(
    question: str,
    texts: list[str],
    counts: pd.Series,
    matrix: Floats,
    settings: Settings,
    encode: Encode | None,
) -> _Found:
    spoken = [phrases(t) for t in texts]
    usable = np.array([i for i, p in enumerate(spoken) if p], np.int64)
    none = _Found(texts, [""] * len(texts), np.zeros(len(texts)), np.zeros((len(texts), 2)), [])
    if len(usable) < settings.theme_min_question:
        return none
    clusters = ThemeClusters(
        neighbours=settings.theme_neighbours,
        resolution=settings.theme_resolution,
        smallest=settings.theme_min_points,
        edge=settings.theme_edge,
        join=settings.theme_join,
        seed=settings.seed,
    )
    shown = shown_forms(spoken)
    folded = [[fold(p) for p in spoken[i]] for i in usable]
    inner = matrix[usable]
    weigher = _fit(folded, inner, clusters)
    fine, tops = clusters.labels_, clusters.tops_
    if fine.max(initial=-1) < 0:
        return none
    points_per_text = counts[[texts[i] for i in usable]].to_numpy()
    levels = _identifiers(question, fine, tops, points_per_text)
    rows = _rows(question, levels, folded, shown, inner, fine, tops, weigher, encode)
    theme, similarity = [""] * len(texts), np.zeros(len(texts))
    centres = centroids(inner, fine)
    for i, label in zip(usable, fine, strict=True):
        if label >= 0:
            theme[i] = levels[label][1] or levels[label][0]
            similarity[i] = np.clip(matrix[i] @ centres[label], 0, 1)
    all_tops = np.full(len(texts), -1, np.int64)
    all_tops[usable] = tops
    return _Found(texts, theme, similarity, flat(matrix, all_tops), rows)


def _fit(folded: list[list[str]], matrix: Floats, clusters: ThemeClusters) -> BERTopic:
    """BERTopic on given vectors, unreduced, with our clusters; words are the candidate phrases."""
    model = BERTopic(
        language=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(analyzer=_listed),
    )
    model.fit([_SEPARATOR.join([*f, ""]) for f in folded], matrix)
    return model


def _listed(document: str) -> list[str]:
    return [p.strip() for p in document.split(_SEPARATOR) if p.strip()]


def _identifiers(
    question: str, fine: Labels, tops: Labels, sizes: NDArray[np.int64]
) -> dict[int, tuple[str, str]]:
    """Fine label → theme and sub-theme id ("" when a theme has but one), by number of points.

    Texts are in their own order, so that ties go to the smallest member.
    """
    result: dict[int, tuple[str, str]] = {}
    for rank, top in enumerate(_ranked(tops, sizes), 1):
        theme = f"{question}-t{rank:02d}"
        parts = _ranked(np.where(tops == top, fine, -1), sizes)
        for part, label in enumerate(parts, 1):
            result[label] = (theme, f"{theme}-s{part}" if len(parts) > 1 else "")
    return result


def _ranked(labels: Labels, sizes: NDArray[np.int64]) -> list[int]:
    found = [int(v) for v in np.unique(labels[labels >= 0])]
    return sorted(
        found, key=lambda v: (-int(sizes[labels == v].sum()), int(np.argmax(labels == v)))
    )


def _rows(
    question: str,
    levels: dict[int, tuple[str, str]],
    folded: list[list[str]],
    shown: dict[str, str],
    matrix: Floats,
    fine: Labels,
    tops: Labels,
    model: BERTopic,
    encode: Encode | None,
) -> list[dict[str, object]]:
    """THEMES rows, each theme followed by its sub-themes."""
    words = model.vectorizer_model.get_feature_names_out()
    held = model.vectorizer_model.transform([_SEPARATOR.join([*f, ""]) for f in folded])
    present = (held > 0).astype(np.float32)
    taken: set[str] = set()
    rows: list[dict[str, object]] = []
    groups: dict[str, tuple[str, NDArray[np.bool_]]] = {}
    for label, (theme, sub) in levels.items():
        groups.setdefault(theme, ("", tops == tops[fine == label][0]))
        if sub:
            groups[sub] = (theme, fine == label)
    for identifier in sorted(groups, key=lambda g: (len(g.split("-s")), g)):
        parent, inside = groups[identifier]
        weights = model.ctfidf_model.transform(sparse.csr_matrix(held[inside].sum(axis=0)))
        weight = np.asarray(weights.todense()).ravel()
        share = np.asarray(present[inside].mean(axis=0)).ravel()
        best = np.lexsort((words, -weight))[:60]
        best = best[weight[best] > 0]
        names = [shown[words[i]] for i in best]
        centre = matrix[inside].mean(axis=0)
        centre = centre / np.linalg.norm(centre)
        if encode is not None:
            near = encode(names) @ centre
        else:
            hold = present[:, best]
            mean = np.asarray((hold.T @ matrix) / np.maximum(hold.sum(axis=0).T, 1))
            near = (mean @ centre) / np.maximum(np.linalg.norm(mean, axis=1), 1e-9)
        order = choose(weight[best], share[best], np.asarray(near, np.float64), names, taken)
        name = names[order[0]] if order else names[0]
        taken.add(fold(name))
        keywords = [names[i] for i in order[:KEYWORDS]]
        rows.append(
            {
                "theme_id": identifier,
                "parent_id": parent,
                "question_id": question,
                "name": sentence_case(name),
                "description": f"Points about {', '.join(keywords[:3])}.",
                "keywords": "; ".join(keywords),
                "stability": 0.0,
            }
        )
    return sorted(rows, key=lambda r: str(r["theme_id"]))
