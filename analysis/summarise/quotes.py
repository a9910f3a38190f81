"""Which of people's own words stand for a view: central, clear, unlike each other, printable.

Centrality is the cosine to the mean of the view, difference is maximal marginal relevance
(Carbonell & Goldstein 1998); a passage that can be understood alone goes before one that cannot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.prepare.orders import orders
from analysis.records import each
from analysis.settings import Settings

# A passage that begins so leans on what stood before it.
_LEANS = re.compile(
    r"(?:he|she|it|they|his|her|its|their|them|that|this|these|those|but|and|so|then|or|because"
    r"|which|who|also|however|yet|nor|plus|same|there|here|again|otherwise|instead|secondly"
    r"|such|one of them|thirdly|finally|as a result|therefore|thus|hence|on the other hand)\b"
    r"|[^\w\"'“‘(£$€]|\w[.)]\s",
    re.IGNORECASE,
)


def clear(text: str) -> bool:
    """Whether a passage can be read alone: a whole sentence that leans on nothing before it."""
    start = text.lstrip()
    whole = start[:1].isupper() or not start[:1].isalpha()
    return whole and not _LEANS.match(start) and text.rstrip()[-1:] in ".!”\"’'"


def printable(points: pd.DataFrame, texts: dict[str, str], settings: Settings) -> pd.DataFrame:
    """`points` with allowed (may be printed), quotable (and of a length fit to be read), clear.

    points: response_id, start, end, text, permission. A point that holds a personal detail is not
    letter for letter in its reply any more; one that gives a machine orders is not printed either.
    """
    allowed = np.array(
        [
            texts[p.response_id][p.start : p.end] == p.text
            and p.permission != "no"
            and not orders(p.text)
            for p in each(points)
        ],
        bool,
    )
    words = points["text"].str.count(r"\S+")
    fit = words.between(settings.quote_min_words, settings.quote_max_words)
    return points.assign(
        allowed=allowed, quotable=fit & allowed, clear=[clear(t) for t in points["text"]]
    )


def choose(
    own: pd.DataFrame,
    centre: NDArray[np.float32],
    vectors: NDArray[np.float32],
    count: int,
    settings: Settings,
) -> list[dict[str, Any]]:
    """Up to `count` mutually different points of `own`, near `centre`, one a respondent.

    own: point_id, row (of its vector), quotable, clear, about, group, respondent_id, response_id,
    start, end, text. Where several fit as well, the quotes come from different groups.
    """
    at = np.flatnonzero(own["quotable"].to_numpy(bool))
    if not len(at) or not count:
        return []
    rows = own["row"].to_numpy()
    at = at[np.sort(np.unique(rows[at], return_index=True)[1])]  # the first of each text
    at = at[np.argsort(own["point_id"].to_numpy(dtype=object)[at], kind="stable")]
    mine = vectors[rows[at]]
    worth = mine @ (centre / (np.linalg.norm(centre) or 1))
    worth = settings.quote_central * worth
    for column, gain in (("clear", settings.quote_clear), ("about", settings.quote_about)):
        worth = worth + gain * own[column].to_numpy()[at]
    chosen: list[int] = []
    owners = own["respondent_id"].to_numpy(dtype=object)[at]
    groups = own["group"].to_numpy(dtype=object)[at]
    while len(chosen) < count:
        near = (mine @ mine[chosen].T).max(axis=1) if chosen else np.zeros(len(at))
        same = np.isin(groups, groups[chosen])
        score = worth - (1 - settings.quote_central) * near - settings.quote_spread * same
        taken = np.isin(owners, owners[chosen])
        if taken.all():
            break
        chosen.append(int(np.argmax(np.where(taken, -np.inf, score))))
    text, response = own["text"], own["response_id"]
    start, end = own["start"].to_numpy(), own["end"].to_numpy()
    return [
        {
            "text": text.iloc[i],
            "response_id": response.iloc[i],
            "start": int(start[i]),
            "end": int(end[i]),
        }
        for i in at[chosen]
    ]


def place(point: Any) -> dict[str, Any]:
    """A point as a quote in summary.json."""
    return {
        "text": point.text,
        "response_id": point.response_id,
        "start": int(point.start),
        "end": int(point.end),
    }


def unread(struck: Sequence[dict[str, Any]]) -> set[str]:
    """The responses that the model did not read, of run.json's list of what was struck out."""
    return {name for s in struck if s["kind"] == "needs_person" for name in s["cites"]}


def unquoted(questions: Sequence[dict[str, Any]], names: Set[str]) -> list[dict[str, Any]]:
    """Questions as in summary.json without the words of these responses, which stay counted."""

    def kept(of: dict[str, Any]) -> dict[str, Any]:
        quotes = [q for q in of.get("quotes", ()) if q["response_id"] not in names]
        return {**of, "quotes": quotes} if "quotes" in of else of

    def request(of: dict[str, Any]) -> dict[str, Any]:
        empty = {"text": "", "response_id": "", "start": 0, "end": 0}
        return {**of, **empty} if of["response_id"] in names else of

    return [
        {
            **question,
            "viewpoints": [kept(v) for v in question["viewpoints"]],
            "smaller_views": [kept(v) for v in question["smaller_views"]],
            "organisations": kept(question["organisations"]),
            "asked_for": {
                **question["asked_for"],
                "requests": [request(r) for r in question["asked_for"]["requests"]],
            },
        }
        for question in questions
    ]
