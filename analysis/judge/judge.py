"""The stage that judges: tone of each point and response, position of each respondent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.judge.position import stated_positions
from analysis.judge.tone import LANGUAGE, point_tone, response_tone
from analysis.parallel import Progress, map_batches, no_progress
from analysis.prepare.language import other
from analysis.records import JUDGED, Consultation, Judged, Points, Prepared


def judge(
    consultation: Consultation, prepared: Prepared, points: Points, progress: Progress = no_progress
) -> Judged:
    """Tone "" where the words are in a language that the tone's word list does not know."""
    language = prepared.responses.set_index("response_id")["language"]
    readable = points.points[~other(points.points["response_id"].map(language), LANGUAGE)]
    tones = map_batches(
        lambda batch: [point_tone(t) for t in batch],
        readable["text"].tolist(), workers=1, progress=progress,
    )  # fmt: skip
    told = pd.Series(tones, index=readable.index, dtype="str")
    everywhere = told.reindex(points.points.index).fillna("").astype("str")
    point_tones = pd.DataFrame({"point_id": points.points["point_id"], "tone": everywhere})
    by_response = told.groupby(readable["response_id"])
    response_tones = by_response.agg(response_tone) if tones else pd.Series(dtype="str")

    respondents = stated_positions(consultation)
    position_of = respondents.set_index("respondent_id")["position"]
    responses = prepared.responses[["response_id", "respondent_id"]]
    position = responses["respondent_id"].map(position_of).astype("str")
    judged = pd.DataFrame(
        {
            "response_id": responses["response_id"],
            "position": position,
            "position_source": np.where(position == "not stated", "none", "stated"),
            "position_confidence": np.nan,
            "tone": responses["response_id"].map(response_tones).fillna("").astype("str"),
        }
    ).astype({"position_source": "str"})
    return Judged(point_tones, JUDGED.validate(judged), respondents)
