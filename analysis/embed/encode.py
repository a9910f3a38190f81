"""The stage that turns points into vectors: each distinct text once."""

from __future__ import annotations

import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.parallel import Progress, no_progress
from analysis.records import Points, Vectors


def embed(points: Points, progress: Progress = no_progress) -> Vectors:
    """Vectors of the distinct point texts, in the order of the sorted texts."""
    texts = sorted(set(points.points["text"]))
    vectors = MiniLM().encode(texts, progress)
    return Vectors(pd.DataFrame({"text": pd.Series(texts, dtype="str")}), vectors)
