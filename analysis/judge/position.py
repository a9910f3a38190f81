"""For or against the proposal, in the respondent's own word: the answer to a closed question."""

from __future__ import annotations

import pandas as pd

from analysis.records import Consultation


def stated_positions(consultation: Consultation) -> pd.DataFrame:
    """respondent_id, position: one row per respondent, in their order.

    "not stated" where the question was not asked or not answered; "unclear" where the answer has
    no position of its own (for instance "don't know", or a value that the team has not mapped).
    """
    ids = consultation.respondents["respondent_id"]
    answers = consultation.answers
    own = answers[answers["question_id"] == consultation.position_question]
    value = own.drop_duplicates("respondent_id").set_index("respondent_id")["value"]
    known = {v: consultation.position_values.get(v, "unclear") for v in value.unique()}
    position = ids.map(value.map(known)).fillna("not stated").astype("str")
    return pd.DataFrame({"respondent_id": ids, "position": position}).reset_index(drop=True)
