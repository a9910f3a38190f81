"""Which texts themes are found on when a question has more than can all be compared."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.records import Consultation, Prepared
from analysis.settings import Settings

MOST_STRATA = 200


def strata(consultation: Consultation, prepared: Prepared) -> pd.Series[str]:
    """response_id → its stratum: the campaign, and the respondent's value of every attribute.

    An attribute with so many values that there would be over 200 strata is left out.
    """
    people = consultation.respondents.set_index("respondent_id")
    rows = prepared.responses.set_index("response_id")
    found = rows["campaign_id"].astype("str")
    few = sorted(consultation.attributes, key=lambda a: (people[a].nunique(), a))
    for attribute in few:
        wider = found + "\x1f" + rows["respondent_id"].map(people[attribute]).fillna("")
        if wider.nunique() > MOST_STRATA:
            break
        found = wider
    return found


def draw(points: pd.DataFrame, strata: pd.Series[str], settings: Settings) -> list[str]:
    """About `theme_limit` distinct texts of `points`, sorted, from each stratum by its size.

    Small strata give `theme_stratum` texts or all that they have. The seed and the texts decide,
    not the order of rows. A text that several people wrote is drawn as the first one's.
    """
    first = points.sort_values(["text", "response_id"]).drop_duplicates("text")
    stratum = first["response_id"].map(strata).fillna("").to_numpy(str)
    texts = first["text"].to_numpy(object)
    share = settings.theme_limit / len(texts)
    drawn = []
    for number, name in enumerate(np.unique(stratum)):
        own = texts[stratum == name]
        wanted = min(len(own), max(settings.theme_stratum, round(share * len(own))))
        chance = np.random.default_rng([settings.seed, number])
        drawn.append(chance.choice(own, wanted, replace=False))
    return sorted(np.concatenate(drawn))
