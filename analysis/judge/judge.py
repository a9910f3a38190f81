"""The stage that judges: tone of each point and response, position of each respondent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.judge.adapt import Adapted, adapt
from analysis.judge.hand import Label, hand_positions, hand_tones
from analysis.judge.infer import infer_positions
from analysis.judge.position import stated_positions
from analysis.judge.stance import asks_for, point_stance
from analysis.judge.tone import LANGUAGE, Kind, judged_points, kind_of, response_tone
from analysis.parallel import BATCH, Progress, map_batches, no_progress
from analysis.prepare.language import other
from analysis.records import (
    JUDGED,
    Consultation,
    Judged,
    Points,
    Prepared,
    Tone,
    Vectors,
    each,
)  # fmt: skip
from analysis.settings import Settings

_Passage = tuple[str, NDArray[np.float32] | None]


def judge(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    settings: Settings,
    progress: Progress = no_progress,
    labels: Sequence[Label] = (),
) -> Judged:
    """Tone "" where the words are in a language that the tone's method does not know.

    `respondents` holds stated positions only; an inferred one is in `responses`, marked. labels:
    what the team said of positions and tones; the later one counts.
    """
    toned = _tones(prepared, points, vectors, settings, progress, labels)
    frame = points.points
    tone = frame["point_id"].map(toned.tones).fillna("").astype("str")
    by_response = tone[tone != ""].groupby(frame["response_id"])
    response_tones = by_response.agg(response_tone) if len(toned.tones) else pd.Series(dtype="str")
    asked = {q.id: asks_for(q.text) for q in consultation.open_questions}
    stance = [
        point_stance(p.text, t, asked[p.question_id])
        for p, t in zip(each(frame), tone, strict=True)
    ]
    by_point = pd.DataFrame(
        {"point_id": frame["point_id"], "tone": tone, "stance": pd.Series(stance, dtype="str")}
    )
    respondents = stated_positions(consultation)
    hand = hand_positions(labels, prepared)
    found = infer_positions(respondents, prepared, points, vectors, settings, hand)
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
        by_point, JUDGED.validate(judged), respondents, found.decision, found.contradictions,
        _checked(found.checked, hand_tones(labels, points), toned), toned.decision,
    )  # fmt: skip


def _checked(positions: pd.DataFrame, hand: pd.Series[str], toned: Adapted) -> pd.DataFrame:
    """measure, unit, gold, told; a tone that the model left unclear is no error."""
    told = toned.told[toned.told != "unclear"]
    gold = hand.reindex(told.index)
    tones = pd.DataFrame({"unit": told.index, "gold": gold.to_numpy(), "told": told.to_numpy()})
    tones = tones[tones["gold"] != "unclear"].assign(measure="tone")
    sides = positions.rename(columns={"respondent_id": "unit"}).assign(measure="position")
    joined = pd.concat([sides, tones], ignore_index=True)
    return joined[["measure", "unit", "gold", "told"]].astype("str")


def _tones(
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    settings: Settings,
    progress: Progress,
    labels: Sequence[Label],
) -> Adapted:
    """The tone of each point in the tone's language, by point_id."""
    language = prepared.responses.set_index("response_id")["language"]
    readable = points.points[~other(points.points["response_id"].map(language), LANGUAGE)]
    texts = readable["text"].tolist()
    rows = pd.Index(vectors.texts["text"]).get_indexer(pd.Index(texts))
    modelled = settings.embedder == "minilm"
    passages = _Passages(texts, rows, vectors.vectors if modelled else None)
    kind = kind_of(passages.vectors()) if modelled else Kind(0.0)
    made = map_batches(partial(_judged, kin=kind.kin), passages, workers=1, progress=progress)
    tones = pd.Series([tone for tone, _ in made], index=readable["point_id"], dtype="str")
    hand = hand_tones(labels, points)
    if not modelled:
        return adapt(tones, hand, None, None, settings)
    shares = np.array([s for _, s in made], float).reshape(-1, 3)
    known = None if hand.empty else vectors.vectors[rows]
    done = adapt(tones, hand, None if hand.empty else shares, known, settings)
    told = {"likeness": round(kind.likeness, 4), "kin": kind.kin}
    return replace(done, decision={**done.decision, **told})


class _Passages(Sequence[_Passage]):
    """Texts with their vectors, which are read from the file only for the batch in hand."""

    def __init__(self, texts: list[str], rows: NDArray[np.int64], matrix: Any | None) -> None:
        self._texts, self._rows, self._matrix = texts, rows, matrix

    def __len__(self) -> int:
        return len(self._texts)

    def vectors(self) -> Iterator[NDArray[np.float32]]:
        """All vectors, a part at a time."""
        if self._matrix is not None:
            for at in range(0, len(self._rows), BATCH):
                yield np.asarray(self._matrix[self._rows[at : at + BATCH]])

    def __getitem__(self, at: Any) -> Any:
        texts, rows = self._texts[at], self._rows[at]
        if self._matrix is None:
            return [(t, None) for t in texts]
        return list(zip(texts, np.asarray(self._matrix[rows]), strict=True))


def _judged(passages: Sequence[_Passage], kin: bool) -> list[tuple[Tone, tuple[float, ...]]]:
    known = [vector for _, vector in passages if vector is not None]
    texts = [text for text, _ in passages]
    return judged_points(texts, np.stack(known) if known else None, kin)
