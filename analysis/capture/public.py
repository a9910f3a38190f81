"""A submission beside a published edition: nothing but what the edition itself says.

Compared is only with replies that may be published, so that nobody can find out by trying whether
somebody who did not want to be published said something. A point counts as captured only under a
theme that the edition names, and quoted is only what the edition holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.capture.check import Checked, Found, Status
from analysis.capture.compare import Comparison, Letter, compare, named_in
from analysis.capture.report import Report
from analysis.review.editions import EditionContent, named_themes

Nearest = Callable[[str, Sequence[str]], Sequence[str]]  # of texts, those nearest to the first


@dataclass(frozen=True)
class Compared:
    """One point of a submission; the rest is as the edition has it, "" where it has no theme.

    sides: how many of those people were for and against. quotes: the nearest of the theme. opposed:
    the nearest replies say the opposite. language: as in Found. likely: that
    somebody made the point, 0 to 1. language: as in Found.
    """

    text: str
    status: Status
    theme_id: str
    theme: str
    question: str
    people: str
    share: str
    base: int
    sides: tuple[dict[str, str], ...]
    quotes: tuple[str, ...]
    opposed: bool = False
    likely: float = 0.0
    language: str = ""


@dataclass(frozen=True)
class Group:
    """What several submissions, or one, come to beside the edition."""

    points: tuple[Compared, ...]
    whole: Comparison


def publishable(report: Report, respondents: pd.DataFrame) -> Report:
    """The report without the statements of those who do not want to be published."""
    no = respondents.loc[respondents["permission"] == "no", "respondent_id"]
    own = report.statements
    kept = own[~own["respondent_id"].isin(no)].reset_index(drop=True)
    return replace(report, statements=kept, cited={}, statuses=report.statuses.iloc[:0])


def compared(checked: Checked, content: EditionContent, near: Nearest) -> tuple[Compared, ...]:
    """What was found, in the words and numbers of the edition."""
    shown = named_themes(content.public)
    able = {t: content.quotes.get(t, x["quotes"]) for t, x in shown.items()}
    parents = dict(zip(content.themes["theme_id"], content.themes["parent_id"], strict=True))
    return tuple(_compared(p, shown, able, parents, near) for p in checked.points)


def grouped(
    found: Sequence[Checked], content: EditionContent, letters: tuple[Letter, ...], near: Nearest
) -> Group:
    """The submissions together, in the words and numbers of the edition."""
    parents = dict(zip(content.themes["theme_id"], content.themes["parent_id"], strict=True))
    named = named_in(content.public["questions"], parents)
    points = tuple(p for one in found for p in compared(one, content, near))
    return Group(points, compare([one.points for one in found], named, letters))


def edition_theme(theme_id: str, shown: Mapping[str, Any], parents: Mapping[str, str]) -> str:
    """The theme under which the edition shows it: itself, the one it belongs to, or none."""
    return next((t for t in (theme_id, parents.get(theme_id, "")) if t in shown), "")


def _compared(
    point: Found, shown: Mapping[str, dict[str, Any]], able: Mapping[str, Sequence[str]],
    parents: Mapping[str, str], near: Nearest,
) -> Compared:  # fmt: skip
    theme_id = edition_theme(point.theme_id, shown, parents)
    if not theme_id:
        return Compared(
            point.text, "missing", "", "", "", "", "", 0, (), (), language=point.language
        )
    theme = shown[theme_id]
    return Compared(
        point.text, point.status, theme_id, theme["name"], theme["question"], theme["people"],
        theme["share"], theme["base"], tuple(theme["sides"]),
        tuple(near(point.text, able[theme_id])), point.opposed, point.similarity,
    )  # fmt: skip
