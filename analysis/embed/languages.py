"""Takes what tells one language from another out of the vectors of one consultation's points."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.records import Vectors

LEAST = 5  # texts of a language, and of the others, from which their means are compared


def languages_of(points: pd.DataFrame, responses: pd.DataFrame) -> pd.Series[str]:
    """text → language code of the answers that it is a point of (the first in the alphabet)."""
    language = responses.set_index("response_id")["language"]
    return points["response_id"].map(language).groupby(points["text"]).min()


def without_language(vectors: Vectors, language: pd.Series[str]) -> Vectors:
    """`vectors` without the directions between each language's texts and all others'.

    The encoder's own levelling knows a language from a few sentences; how people write in this
    consultation shows only here, so themes are found on these and nothing else uses them. If a
    language's speakers raise another subject than the rest, some of that difference goes too.
    """
    codes = vectors.texts["text"].map(language).to_numpy()
    rows = vectors.vectors.astype(np.float64)
    marks = [codes == code for code in sorted(set(language))]
    marks = [m for m in marks if min(m.sum(), (~m).sum()) >= LEAST]
    if not marks:
        return vectors
    apart = np.stack([rows[m].mean(axis=0) - rows[~m].mean(axis=0) for m in marks])
    _, sizes, axes = np.linalg.svd(apart, full_matrices=False)
    axes = axes[sizes > 1e-6 * sizes[0]]  # two languages alone differ in one direction, not two
    level = rows - (rows @ axes.T) @ axes
    level /= np.maximum(np.linalg.norm(level, axis=1, keepdims=True), 1e-9)
    return Vectors(vectors.texts, level.astype(np.float32))
