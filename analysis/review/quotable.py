"""What people wrote that an edition may show of each theme: fixed, and signed, with the edition.

The page for those who replied shows the nearest of these beside a text. It draws on nothing else,
so whatever is pasted there, no word of a reply comes out that the edition does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.records import Run
from analysis.settings import Settings
from analysis.summarise.quotes import printable, unread

MOST = 60  # of a theme, from all over its replies


def quotable(
    run: Run, named: Mapping[str, Mapping[str, Any]], parents: Mapping[str, str], minimum: int
) -> dict[str, list[str]]:
    """theme → passages, those of the edition's page first; sub-themes stand under their theme.

    Only whole sentences, letter for letter, without a personal detail, of people who did not
    refuse, and one a person: with more, or of a theme of very few, somebody could be found out.
    Nothing of a reply that the language model's filter refused: a person must read it first.
    """
    people = run.consultation.respondents.set_index("respondent_id")["permission"]
    owner = run.prepared.responses.set_index("response_id")["respondent_id"]
    points = run.points.points.merge(run.themes.assigned, on="point_id")
    points = points[~points["response_id"].isin(unread(run.meta["struck"]))]
    points = points.assign(respondent_id=points["response_id"].map(owner))
    points = points.assign(permission=points["respondent_id"].map(people))
    received = run.prepared.responses
    texts = dict(zip(received["response_id"], received["text"], strict=True))
    able = printable(points, texts, Settings()).query("quotable and clear")
    top = [t if t in named else parents.get(t, "") for t in able["theme_id"]]
    able = able.assign(top=top).drop_duplicates(["top", "respondent_id"])
    more = {t: own["text"].tolist() for t, own in able.groupby("top") if t in named}
    counted = {t for t, x in named.items() if x["people"].replace(",", "").isdigit()}
    return {
        t: kept
        for t, x in named.items()
        if (kept := _kept(x["quotes"], more.get(t, []) if t in counted or not minimum else []))
    }


def _kept(shown: Sequence[str], more: Sequence[str]) -> list[str]:
    able = list(dict.fromkeys(more))
    spread = np.unique(np.linspace(0, max(len(able) - 1, 0), MOST).astype(int))
    return list(dict.fromkeys([*shown, *(able[i] for i in spread if able)]))
