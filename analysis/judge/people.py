"""What each person wrote, as one text and one vector: the unit whose position is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.records import Points, Prepared, Vectors


def people_of(
    prepared: Prepared, points: Points, vectors: Vectors
) -> tuple[pd.DataFrame, NDArray[Any]]:
    """respondent_id, text, group, and the mean vector of each who wrote something analysed.

    group: the campaign letter that they sent, else their text; copies share one.
    """
    frame = points.points.merge(
        prepared.responses[["response_id", "respondent_id", "campaign_id"]].rename(
            columns={"campaign_id": "letter"}
        ),
        on="response_id",
    )
    row = pd.Series(range(len(vectors.texts)), index=vectors.texts["text"])
    frame["row"] = frame["text"].map(row)
    frame = frame.sort_values(["respondent_id", "point_id"])
    people = frame.groupby("respondent_id").agg(
        text=("text", "\n".join), letter=("letter", "max"), rows=("row", list)
    )
    people = people.reset_index()
    means = [np.asarray(vectors.vectors)[rows].mean(axis=0) for rows in people["rows"]]
    group = people["letter"].where(people["letter"] != "", people["text"])
    size = vectors.vectors.shape[1]
    stacked = np.vstack(means) if means else np.zeros((0, size), np.float32)
    return people.assign(group=group)[["respondent_id", "text", "group"]], stacked


def written(prepared: Prepared) -> pd.Series[str]:
    """respondent_id → all that they wrote, letter for letter, in the order of the questions."""
    return prepared.responses.groupby("respondent_id", sort=False)["text"].agg("\n\n".join)
