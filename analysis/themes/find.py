"""Themes and sub-themes of the points of each open question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
from analysis.prepare.language import UNDETERMINED
from analysis.prepare.privacy import unnamed
from analysis.records import ASSIGNED, THEMES, Question, Themes, Vectors
from analysis.settings import Settings
from analysis.themes.cluster import LEXICAL_TEXTS, VOICE, ThemeClusters
from analysis.themes.context import in_context, named, owners
from analysis.themes.forms import shown_forms
from analysis.themes.general import by_parts
from analysis.themes.graph import Floats, Labels
from analysis.themes.layout import flat
from analysis.themes.means import centroids
from analysis.themes.names import Encode, Namer
from analysis.themes.phrases import fold, has_content, phrases
from analysis.themes.rare import asked_words, rare_words, shared_words
from analysis.themes.settle import settle
from analysis.themes.stability import stability

STAGE = "themes-10"
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
    languages: Mapping[str, str] | None = None,
) -> Themes:
    """Group the points (POINTS) of each open question by what they speak of.

    `vectors.texts` has a row for each distinct text of `points` (column text). `encode` gives
    vectors of phrases for naming; without it a phrase is placed by the texts that hold it. The
    result does not depend on the order of rows. `languages` are the codes of texts (ISO 639-1,
    else `settings.language`): all are grouped, but those in another language than most name a
    group only where the others cannot. See `Themes` for the frames.
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
        found = _question(question, mine, texts, matrix, settings, encode, languages or {})
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
    languages: Mapping[str, str],
) -> _Found:
    none = _Found(texts, [""] * len(texts), np.zeros(len(texts)), np.zeros((len(texts), 2)), [])
    holders = mine.groupby("text")["response_id"].agg(list)
    voices = [(i, v) for i, t in enumerate(texts) if has_content(t) for v in _voices(t, holders[t])]
    if sum(len(people) for _, people in voices) < settings.theme_min_question:
        return none
    usable, replies = np.array([i for i, _ in voices], np.int64), [v for _, v in voices]
    once, copies = np.unique(usable, return_inverse=True)
    inner = matrix[usable]
    received = [texts[i] for i in usable]
    said = [unnamed(t) for t in received]
    around = in_context(matrix[once], mine, [texts[i] for i in once])[copies]
    spoken_in = [_language(languages.get(t, ""), settings) for t in received]
    main = min(Counter(spoken_in).items(), key=lambda c: (-c[1], c[0]))[0]
    spoken = [phrases(t, code) for t, code in zip(said, spoken_in, strict=True)]
    folded = [[fold(p) for p, _ in found] for found in spoken]
    if not any(folded):
        return none
    ours = np.array([code == main for code in spoken_in])
    read = [t if own else "" for t, own in zip(said, ours, strict=True)]
    clusters = ThemeClusters(
        settings,
        rare_words(read, replies, main),
        asked_words(question.text, said, main),
        owners(mine, received),
        copies,
        shared_words(read, main) if len(read) in LEXICAL_TEXTS else None,
    )
    model = _fit(folded, around, clusters)
    vectoriser: Any = model.vectorizer_model
    ctfidf: Any = model.ctfidf_model
    held = vectoriser.transform([_document(f) for f in folded])
    wording, shown = vectoriser.get_feature_names_out(), shown_forms(spoken)
    if not ours.all():
        own = sparse.diags(ours.astype(held.dtype)).tocsr() @ held
        probe = Namer(wording, shown, own, inner, said, question.text, encode, ctfidf, main)
        able = [g for g in np.unique(clusters.labels_) if probe.best(clusters.labels_ == g)]
        kept = ours | ~np.isin(clusters.labels_, able)
        held = sparse.diags(kept.astype(held.dtype)).tocsr() @ held
    namer = Namer(wording, shown, held, inner, said, question.text, encode, ctfidf, main)
    settle(clusters, namer)
    fine, tops = clusters.labels_, clusters.tops_
    if fine.max(initial=-1) < 0:
        return none
    levels = _identifiers(question.id, fine, tops, np.array([len(r) for r in replies], np.int64))
    rows = _rows(question.id, levels, clusters, namer)
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


def _voices(text: str, replies: list[str]) -> list[list[str]]:
    """The replies that share a text, in as many parts as it has rows to group.

    What many say in the same words can be a theme of its own, if they name something; but a
    letter that thousands sent does not outweigh the others.
    """
    people = sorted(set(replies))
    parts = min(len(people), VOICE) if len(people) > 1 and named(text) else 1
    return [people[n::parts] for n in range(parts)]


def _language(code: str, settings: Settings) -> str:
    return settings.language if code in ("", UNDETERMINED) else code


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
    # c-TF-IDF fails on a vocabulary of one: the last entry is there always, and names nothing
    found = [p.strip() for p in document.split(_SEPARATOR)]
    return [*(p for p in found if p), _SEPARATOR]


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
    clusters: ThemeClusters,
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
    names: dict[str, str] = {}
    for identifier in sorted(groups, key=lambda g: (bool(groups[g][0]), g)):
        parent, inside, back = groups[identifier]
        above = (names[parent], groups[parent][1]) if parent else None
        label = namer.label(inside, above)
        names[identifier] = label.name
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
    sizes = {g: int(inside.sum()) for g, (_, inside, _) in groups.items()}
    return sorted(by_parts(rows, sizes), key=lambda r: str(r["theme_id"]))
