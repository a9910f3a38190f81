"""A part of the replies, to be looked at before the whole is analysed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.records import Consultation, Notice


def part(consultation: Consultation, people: int) -> Consultation:
    """`people` of the respondents with all that they said, the same at every call.

    Spread over the groups of the first two attributes as in the whole: a systematic sample of the
    respondents in that order, drawn at random within a group.
    """
    everyone = consultation.respondents
    if people >= len(everyone):
        return consultation
    drawn = everyone.assign(_at=np.random.default_rng(0).permutation(len(everyone)))
    ordered = drawn.sort_values([*consultation.attributes[:2], "_at"], kind="stable")[
        "respondent_id"
    ].to_numpy()
    step = len(everyone) / people
    kept = set(ordered[[int(n * step) for n in range(people)]])

    def own(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["respondent_id"].isin(kept)].reset_index(drop=True)

    return replace(
        consultation,
        title=f"{consultation.title}: {people:,} of {len(everyone):,} replies",
        respondents=own(everyone),
        responses=own(consultation.responses),
        answers=own(consultation.answers),
        personal=own(consultation.personal),
        notices=(
            *consultation.notices,
            Notice(
                "part",
                f"Only {people:,} of {len(everyone):,} respondents, drawn at random, evenly "
                "over groups. Publish nothing of it: analyse the whole.",
            ),
        ),
    )
