"""Small consultations and runs for tests, made of frames, without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.records import Consultation, Position, Question

LIKERT: dict[str, Position] = {"Support": "support", "Oppose": "oppose", "Don't know": "unclear"}
OPEN = "What should we know?"


def frame(rows: Sequence[Sequence[str]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns)).astype("str")


def consultation(
    texts: Sequence[str],
    positions: Sequence[str] = (),
    groups: Sequence[str] = (),
    permissions: Mapping[int, str] | None = None,
) -> Consultation:
    """One open question q2, one closed q1 (Support, Oppose, Don't know), one attribute Region.

    Respondent n gives texts[n] ("" = blank), positions[n] and groups[n] ("" where not given).
    """
    ids = [f"R{n:03d}" for n in range(len(texts))]
    ticks = [*positions, *[""] * (len(texts) - len(positions))]
    regions = [*groups, *[""] * (len(texts) - len(groups))]
    allowed = permissions or {}
    return Consultation(
        title="Test",
        statement="",
        invented=True,
        questions=(
            Question("q1", "Do you support it?", "single", tuple(LIKERT)),
            Question("q2", OPEN, "open"),
        ),
        attributes=("Region",),
        position_question="q1",
        position_values=LIKERT,
        respondents=frame(
            [
                (i, "", allowed.get(n, "anonymous"), g)
                for n, (i, g) in enumerate(zip(ids, regions, strict=True))
            ],
            ["respondent_id", "submitted", "permission", "Region"],
        ),
        responses=frame(
            [(f"{i}-q2", i, "q2", t) for i, t in zip(ids, texts, strict=True) if t.strip()],
            ["response_id", "respondent_id", "question_id", "text"],
        ),
        answers=frame(
            [(i, "q1", v) for i, v in zip(ids, ticks, strict=True) if v],
            ["respondent_id", "question_id", "value"],
        ),
    )
