"""The stage that judges: tone of each point and response, position of each respondent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.judge.infer import infer_positions
from analysis.judge.position import stated_positions
from analysis.judge.tone import LANGUAGE, point_tones, response_tone
from analysis.parallel import Progress, map_batches, no_progress
from analysis.prepare.language import other
from analysis.records import JUDGED, Consultation, Judged, Points, Prepared, Tone, Vectors
from analysis.settings import Settings

_Passage = tuple[str, NDArray[np.float32] | None]


def judge(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    settings: Settings,
    progress: Progress = no_progress,
) -> Judged:
    """Tone "" where the words are in a language that the tone's method does not know.

    `respondents` holds stated positions only; an inferred one is in `responses`, marked.
    """
    tones = _tones(prepared, points, vectors, settings, progress)
    point_tones = pd.DataFrame(
        {
            "point_id": points.points["point_id"],
            "tone": tones.reindex(points.points.index).fillna("").astype("str"),
        }
    )
    by_response = tones.groupby(points.points["response_id"])
    response_tones = by_response.agg(response_tone) if len(tones) else pd.Series(dtype="str")

    respondents = stated_positions(consultation)
    found = infer_positions(respondents, prepared, points, vectors, settings)
    inferred = found.inferred.set_index("respondent_id")
    responses = prepared.responses[["response_id", "respondent_id"]]
    who = responses["respondent_id"]
    stated = who.map(respondents.set_index("respondent_id")["position"])
    by_text = who.isin(inferred.index)
    source = np.where(by_text, "inferred", np.where(stated == "not stated", "none", "stated"))
    judged = pd.DataFrame(
        {
            "response_id": responses["response_id"],
            "position": stated.where(~by_text, who.map(inferred["position"])).astype("str"),
            "position_source": source,
            "position_confidence": who.map(inferred["confidence"]).astype("float64"),
            "tone": responses["response_id"].map(response_tones).fillna("").astype("str"),
        }
    ).astype({"position_source": "str"})
    return Judged(
        point_tones, JUDGED.validate(judged), respondents, found.decision, found.contradictions
    )


def _tones(
    prepared: Prepared, points: Points, vectors: Vectors, settings: Settings, progress: Progress
) -> pd.Series:
    """The tone of each point in the tone's language, by the index of the points."""
    language = prepared.responses.set_index("response_id")["language"]
    readable = points.points[~other(points.points["response_id"].map(language), LANGUAGE)]
    texts = readable["text"].tolist()
    rows = pd.Index(vectors.texts["text"]).get_indexer(pd.Index(texts))
    matrix = vectors.vectors if settings.embedder == "minilm" else None
    tones = map_batches(_tones_of, _Passages(texts, rows, matrix), workers=1, progress=progress)
    return pd.Series(tones, index=readable.index, dtype="str")


class _Passages(Sequence[_Passage]):
    """Texts with their vectors, which are read from the file only for the batch in hand."""

    def __init__(self, texts: list[str], rows: NDArray[np.int64], matrix: Any | None) -> None:
        self._texts, self._rows, self._matrix = texts, rows, matrix

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, at: Any) -> Any:
        texts, rows = self._texts[at], self._rows[at]
        if self._matrix is None:
            return [(t, None) for t in texts]
        return list(zip(texts, np.asarray(self._matrix[rows]), strict=True))


def _tones_of(passages: Sequence[_Passage]) -> list[Tone]:
    known = [vector for _, vector in passages if vector is not None]
    return point_tones([text for text, _ in passages], np.stack(known) if known else None)
