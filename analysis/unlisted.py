"""Two groupings that no column gives: by position, for themes, and by date, for tone.

Their tables stand beside those of the attributes and can give the same small numbers away, so they
are made, linked and hidden together with them.
"""

from __future__ import annotations

import pandas as pd

from analysis.records import Consultation, Judged

BY_POSITION, BY_DATE = "(position)", "(submitted)"
GROUPED_BY = {"theme": BY_POSITION, "tone": BY_DATE}  # measure → what else it is counted by
NO_DATE = "No date"
MONTHS_FROM = 120  # days between the first and the last reply from which months are shown


def unlisted(consultation: Consultation, judged: Judged) -> dict[str, pd.Series[str]]:
    """BY_POSITION and BY_DATE, where there are such, → the group of each respondent_id, in order
    of display."""
    out = {}
    if consultation.position_question:
        people = judged.respondents.set_index("respondent_id")["position"]
        out[BY_POSITION] = people.reindex(consultation.respondents["respondent_id"])
    spans = _spans(submitted(consultation))
    if (spans != NO_DATE).any():
        out[BY_DATE] = spans
    return out


def submitted(consultation: Consultation) -> pd.Series[pd.Timestamp]:
    """respondent_id → when the reply came in; NaT where the file does not say."""
    people = consultation.respondents.set_index("respondent_id")["submitted"]
    return pd.to_datetime(people, errors="coerce", format="ISO8601", utc=True).dt.tz_localize(None)


def _spans(dates: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """The week or month of each, the earliest first and those without a date last."""
    known = dates.dropna().sort_values(kind="stable")
    months = len(known) > 0 and (known.max() - known.min()).days > MONTHS_FROM
    starts = known.dt.to_period("M" if months else "W-SUN").dt.start_time
    names = [f"{d:%B %Y}" if months else f"Week of {d.day} {d:%b %Y}" for d in starts]
    missing = dates.index[dates.isna()]
    return pd.concat(
        [pd.Series(names, known.index, dtype="str"), pd.Series(NO_DATE, missing, dtype="str")]
    )
