"""What the capture pages show of a group's submissions, ready to draw."""

from __future__ import annotations

import pandas as pd

from analysis.capture.check import Found, Status
from analysis.capture.compare import Baseline, Comparison, Letter
from analysis.capture.public import Compared
from analysis.counting import Way
from analysis.summarise.words import percent

NOT_THE_SAME = (
    "The two are not the same measure: each point of the group was matched with the nearest reply, "
    "and counts as nowhere where none is near enough; points of all replies were placed in themes "
    "when they were analysed. Read a difference of a few per cent as none."
)
COUNTED = {
    "all": "each copy counts for the person who sent it",
    "once": "the letter counts once, with what people added of their own",
    "without": "it is left out of the numbers, except for what people added of their own",
}

UNREAD = "unread"
NO_REPLY = "No reply is in the language of this, so it could not be compared."

_SURE = 0.75  # less is never under one half: that is where a point counts as missing


def told(point: Found | Compared) -> str:
    """Key of the words for what became of a point: its status, or that it was not compared."""
    return UNREAD if point.language else point.status


def how_sure(status: Status, likely: float) -> str:
    """Key of the words for how sure a status is. likely: that somebody made the point."""
    right = 1 - likely if status == "missing" else likely
    return "sure_high" if right >= _SURE else "sure_middle"


def beside(whole: Comparison, base: Baseline, group: str) -> pd.DataFrame:
    """The group's points by place, then those of all replies and of each group of respondents."""
    own = [percent(n, whole.points) for n in whole.places.values()]
    rows = [(f"{group}: {whole.submissions:,} replies, {whole.points:,} points", *own)]
    rows += [
        (f"{r.group or 'All replies'}: {r.people} people", r.summary, r.themes, r.nowhere)
        for r in base.rows
    ]
    return pd.DataFrame(rows, columns=["Whose points", "In the summary", "In other themes",
                                       "Nowhere"])  # fmt: skip


def letter(found: Letter, way: Way, of: int) -> str:
    """How a letter of many was counted, in a sentence or two."""
    where = f"in answers to “{found.question}”" if found.question else "over the whole reply"
    kinds = f": {found.standard} unchanged, {found.edited} edited" if found.standard else ""
    which = "This text is" if of == 1 else f"{found.submissions:,} of these replies are"
    return (
        f"{which} a letter that {found.people} people sent ({where}{kinds}). As counted here, "
        f"{COUNTED[way]}."
    )
