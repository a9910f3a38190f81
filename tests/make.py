"""Small consultations and runs for tests, made of frames, without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.judge.position import stated_positions
from analysis.records import Consultation, Judged, Points, Position, Prepared, Question, Themes

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


def nothing_read(made: Consultation) -> tuple[Prepared, Points, Themes, Judged]:
    """What the stages would find if the open answers were not read: positions as ticked."""
    responses = made.responses.head(0).assign(
        shown_text="", language="", status="", campaign_id="", campaign_copy=""
    )
    campaigns = frame([], ["campaign_id", "template_response_id"])
    whole = frame([], ["respondent_id", "campaign_id", "campaign_copy", "template_respondent_id"])
    points = frame([], ["point_id", "response_id", "question_id", "text", "campaign_id"])
    themes = Themes(
        frame([], ["theme_id", "parent_id", "question_id"]),
        frame([], ["point_id", "theme_id"]),
        points,
    )
    tones = frame([], ["response_id", "tone"])
    judged = Judged(points, tones, stated_positions(made))
    return Prepared(responses, campaigns, campaigns, whole), Points(points), themes, judged
