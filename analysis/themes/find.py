"""Themes and sub-themes of the points of each open question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

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
from analysis.themes.cluster import ThemeClusters, centroids, means
from analysis.themes.context import in_context, owners
from analysis.themes.graph import Floats, Labels, renumber
from analysis.themes.layout import flat
from analysis.themes.names import FEW, Encode, Namer, shown_forms
from analysis.themes.phrases import fold, has_content, phrases
from analysis.themes.rare import asked_words, rare_words
from analysis.themes.stability import stability

STAGE = "themes-4"
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
    foreign: Collection[str] = (),
) -> Themes:
    """Group the points (POINTS) of each open question by what they speak of.

    `vectors.texts` has a row for each distinct text of `points` (column text). `encode` gives
    vectors of phrases for naming; without it a phrase is placed by the texts that hold it. The
    result does not depend on the order of rows. `foreign` are texts in another language than the
    others: they are grouped like all, but name a group only where the others cannot. See `Themes`
    for the frames.
    """
    row = {text: i for i, text in enumerate(vectors.texts["text"].astype(str))}
    asked = [q for q in questions if q.kind == "open"]
    theme = np.full(len(points), "", dtype=object)
    similarity, place = np.zeros(len(points)), np.zeros((len(points), 2))
    rows: list[dict[str, object]] = []
    for done, question in enumerate(asked):
        progress(done, len(asked))
        where = np.flatnonzero(points["question_id"] == question.id)
        mine = points.iloc[where]
        texts = sorted(set(mine["text"].astype(str)))
        matrix = vectors.vectors[[row[t] for t in texts]] if texts else vectors.vectors[:0]
        found = _question(question, mine, texts, matrix, settings, encode, foreign)
        at = {text: i for i, text in enumerate(found.texts)}
        index = np.array([at[str(t)] for t in mine["text"]], np.int64)
        theme[where] = np.array(found.theme, dtype=object)[index]
        similarity[where], place[where] = found.similarity[index], found.place[index]
        rows.extend(found.rows)
    progress(len(asked), len(asked))
    identifiers = points["point_id"].reset_index(drop=True)
    themes = pd.DataFrame(rows, columns=list(THEMES.columns)).astype(
        {c: str for c in THEMES.columns if c != "stability"} | {"stability": float}
    )
    assigned = pd.DataFrame({"point_id": identifiers, "theme_id": theme, "similarity": similarity})
    assigned["theme_id"] = assigned["theme_id"].astype("str")
    places = pd.DataFrame({"point_id": identifiers, "x": place[:, 0], "y": place[:, 1]})
    return Themes(THEMES.validate(themes), ASSIGNED.validate(assigned), places)


def _question(
    question: Question,
    mine: pd.DataFrame,
    texts: list[str],
    matrix: Floats,
    settings: Settings,
    encode: Encode | None,
    foreign: Collection[str],
) -> _Found:
    usable = np.array([i for i, t in enumerate(texts) if has_content(t)], np.int64)
    none = _Found(texts, [""] * len(texts), np.zeros(len(texts)), np.zeros((len(texts), 2)), [])
    if len(usable) < settings.theme_min_question:
        return none
    inner = matrix[usable]
    spoken = [phrases(texts[i]) for i in usable]
    folded = [[fold(p) for p, _ in found] for found in spoken]
    if not any(folded):
        return none
    holders = mine.groupby("text")["response_id"].agg(list)
    said = [texts[i] for i in usable]
    replies = [holders[t] for t in said]
    ours = np.array([t not in foreign for t in said])
    read = [t if own else "" for t, own in zip(said, ours, strict=True)]
    clusters = ThemeClusters(
        settings, rare_words(read, replies), asked_words(question.text, said), owners(mine, said)
    )
    model = _fit(folded, in_context(inner, mine, said), clusters)
    vectoriser: Any = model.vectorizer_model
    held = vectoriser.transform([_document(f) for f in folded])
    wording, shown = vectoriser.get_feature_names_out(), shown_forms(spoken)
    if not ours.all():
        own = sparse.diags(ours.astype(held.dtype)).tocsr() @ held
        probe = Namer(wording, shown, own, inner, said, question.text, encode)
        able = [g for g in np.unique(clusters.labels_) if probe.nameable(clusters.labels_ == g)]
        kept = ours | ~np.isin(clusters.labels_, able)
        held = sparse.diags(kept.astype(held.dtype)).tocsr() @ held
    namer = Namer(wording, shown, held, inner, said, question.text, encode)
    _pool_unnamed(clusters, namer)
    fine, tops = clusters.labels_, clusters.tops_
    if fine.max(initial=-1) < 0:
        return none
    levels = _identifiers(question.id, fine, tops, np.array([len(r) for r in replies], np.int64))
    rows = _rows(question.id, levels, held, clusters, model, namer)
    theme, similarity = [""] * len(texts), np.zeros(len(texts))
    centres = centroids(inner, fine)
    for i, label in zip(usable, fine, strict=True):
        if label >= 0:
            theme[i] = levels[label][1] or levels[label][0]
            near = float(matrix[i].astype(np.float64) @ centres[label])
            similarity[i] = min(1.0, max(0.0, round(near, 4)))
    all_tops = np.full(len(texts), -1, np.int64)
    all_tops[usable] = tops
    return _Found(texts, theme, similarity, flat(matrix, all_tops), rows)


def _pool_unnamed(clusters: ThemeClusters, namer: Namer) -> None:
    """Groups that no phrase describes join the nearest named one of their theme.

    Themes without any named group become one of general remarks, or none if that is small.
    """
    fine, tops = clusters.labels_.copy(), clusters.tops_.copy()
    middle = means(clusters.inner_, fine).astype(np.float64)
    named = [namer.nameable(fine == g) for g in range(len(middle))]
    home = [int(tops[fine == g][0]) for g in range(len(middle))]
    vague = np.zeros(len(fine), bool)
    for group in (g for g, is_named in enumerate(named) if not is_named):
        kin = [g for g in range(len(middle)) if named[g] and home[g] == home[group]]
        inside = clusters.labels_ == group
        if kin:
            fine[inside] = kin[int(np.round(middle[kin] @ middle[group], 5).argmax())]
        else:
            vague |= inside
    if vague.any():
        enough = int(vague.sum()) >= FEW
        fine[vague] = fine.max() + 1 if enough else -1
        tops[vague] = tops.max() + 1 if enough else -1
    clusters.labels_, clusters.tops_ = renumber(fine), renumber(tops)


def _fit(folded: list[list[str]], matrix: Floats, clusters: ThemeClusters) -> BERTopic:
    """BERTopic on given vectors, unreduced, with our clusters; words are the candidate phrases."""
    model = BERTopic(
        language=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(analyzer=_listed),
    )
    model.fit([_document(f) for f in folded], matrix)
    return model


def _document(folded: list[str]) -> str:
    return _SEPARATOR.join([*folded, ""])


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
    held: Any,
    clusters: ThemeClusters,
    model: BERTopic,
    namer: Namer,
) -> list[dict[str, object]]:
    """THEMES rows, each theme followed by its sub-themes; the largest are named first."""
    fine, tops = clusters.labels_, clusters.tops_
    again, tops_again = stability(clusters)
    groups: dict[str, tuple[str, NDArray[np.bool_], float]] = {}
    for group, (theme, sub) in levels.items():
        top = int(tops[fine == group][0])
        groups.setdefault(theme, ("", tops == top, float(tops_again[top])))
        if sub:
            groups[sub] = (theme, fine == group, float(again[group]))
    rows: list[dict[str, object]] = []
    for identifier in sorted(groups, key=lambda g: (bool(groups[g][0]), g)):
        parent, inside, back = groups[identifier]
        weights = model.ctfidf_model.transform(sparse.csr_matrix(held[inside].sum(axis=0)))
        label = namer.label(inside, np.asarray(weights.todense(), np.float64).ravel())
        rows.append(
            {
                "theme_id": identifier,
                "parent_id": parent,
                "question_id": question,
                "name": label.name,
                "description": label.description,
                "keywords": "; ".join(label.keywords),
                "stability": min(1.0, round(back, 3)),
            }
        )
    return sorted(rows, key=lambda r: str(r["theme_id"]))
