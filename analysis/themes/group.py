"""The stage that groups points: found anew, found on a sample, or kept from an earlier run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.parallel import Progress, no_progress
from analysis.records import Question, Themes, Vectors
from analysis.settings import Settings
from analysis.themes.find import find_themes
from analysis.themes.late import Part, extend, joined, known_texts, subset
from analysis.themes.names import Encode
from analysis.themes.sample import draw


@dataclass(frozen=True)
class Earlier:
    """An earlier run whose themes are kept: its id, and the fingerprints of its stages.

    questions: id → text. A question that is not asked in the same words is found anew. frames:
    question → title of the code frame that its themes are of.
    """

    run: str
    prints: dict[str, str]
    questions: dict[str, str]
    points: pd.DataFrame
    vectors: Vectors
    themes: Themes
    frames: Mapping[str, str] = field(default_factory=dict)


def group_points(
    questions: tuple[Question, ...],
    points: pd.DataFrame,
    vectors: Vectors,
    strata: pd.Series[str],
    settings: Settings,
    progress: Progress = no_progress,
    encode: Encode | None = None,
    languages: Mapping[str, str] | None = None,
    earlier: Earlier | None = None,
) -> Themes:
    """Themes of the points (POINTS) of each open question; `Themes.made` says how each came about.

    `strata`: response_id → stratum, for questions with more than `theme_limit` distinct texts.
    `vectors` has a row for each text of `points`; those of `earlier` are joined to it. The result
    does not depend on the order of rows.
    """
    asked = [q for q in questions if q.kind == "open"]
    if earlier is not None:
        vectors = union(vectors, earlier.vectors)
    parts: list[tuple[str, Part]] = []
    for done, question in enumerate(asked):
        progress(done, len(asked))
        own = points[points["question_id"] == question.id].reset_index(drop=True)
        part = _kept(question, own, vectors, settings, encode, languages, earlier) or _found(
            question, own, vectors, strata, settings, encode, languages
        )
        parts.append((question.id, part))
    progress(len(asked), len(asked))
    return joined(points.reset_index(drop=True), parts)


def union(vectors: Vectors, other: Vectors) -> Vectors:
    """`vectors`, and the rows of `other` whose texts it does not have."""
    more = ~other.texts["text"].isin(set(vectors.texts["text"])).to_numpy()
    if not more.any():
        return vectors
    texts = pd.concat([vectors.texts, other.texts[more]], ignore_index=True)
    return Vectors(texts, np.concatenate([vectors.vectors, other.vectors[more]]))


def _kept(
    question: Question,
    own: pd.DataFrame,
    vectors: Vectors,
    settings: Settings,
    encode: Encode | None,
    languages: Mapping[str, str] | None,
    earlier: Earlier | None,
) -> Part | None:
    if earlier is None or earlier.questions.get(question.id) != question.text:
        return None
    rows = earlier.themes.themes.query("question_id == @question.id").reset_index(drop=True)
    if rows.empty:
        return None
    known = known_texts(earlier.points, earlier.themes, question.id)
    frame = earlier.frames.get(question.id)
    part = extend(
        question, own, vectors, known, rows, settings, encode=encode, languages=languages,
        few=bool(frame),
    )  # fmt: skip
    how = {"how": "frame", "frame": frame} if frame else {"how": "kept", "run": earlier.run}
    return replace(part, account={**how, **part.account})


def _found(
    question: Question,
    own: pd.DataFrame,
    vectors: Vectors,
    strata: pd.Series[str],
    settings: Settings,
    encode: Encode | None,
    languages: Mapping[str, str] | None,
) -> Part:
    distinct = own["text"].nunique()
    many = distinct > settings.theme_limit
    chosen = own[own["text"].isin(set(draw(own, strata, settings)))] if many else own
    chosen = chosen.reset_index(drop=True)
    texts = sorted(set(chosen["text"]))
    inner = subset(vectors, pd.Index(vectors.texts["text"]), texts)
    found = find_themes((question,), chosen, inner, settings, encode=encode, languages=languages)
    known = known_texts(chosen, found, question.id)
    if not many or found.themes.empty:
        account = {"how": "found", "texts": distinct}
        return Part(found.themes, known, account)
    part = extend(
        question, own, vectors, known, found.themes, settings, encode=encode, languages=languages
    )
    account = {"how": "sample", "texts": distinct, "sample": len(texts)}
    return replace(part, account={**account, **part.account})
