"""Summaries without a language model: computed sentences, and people's own words.

Each sentence is built from counts and cites the responses it rests on. Quotes are points, letter
for letter. What a summary leaves out, what was asked for and what few said is said too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counting import Way, counted_points, ways
from analysis.groups import NOT_ANSWERED, theme_members
from analysis.prepare.orders import orders
from analysis.records import (
    POSITIONS,
    Consultation,
    Judged,
    Points,
    Position,
    Prepared,
    Question,
    Summary,
    Themes,
    Vectors,
    each,
)  # fmt: skip
from analysis.settings import Settings
from analysis.summarise.asked import asked_for
from analysis.summarise.coverage import coverage
from analysis.summarise.organisations import organisations, raised_by
from analysis.summarise.quotes import choose, printable
from analysis.summarise.words import people, percent, quantity
from analysis.themes.general import general

SMALLER_QUOTES = 1

SIDES: tuple[Position, ...] = ("support", "oppose", "mixed")
_STANCE = {
    "support": "support the proposal",
    "oppose": "oppose the proposal",
    "mixed": "are neither for nor against it, or both",
}
UNCHECKED = "Themes and tone were found by a machine and have not been checked by a person."
CAVEATS = (
    "Those who replied chose to do so: this describes the replies, not the population.",
    UNCHECKED,
)


HOW_COUNTED: dict[Way, str] = {
    "all": "",
    "once": "With each campaign letter counted once:",
    "without": "Without campaign letters:",
}


@dataclass(frozen=True)
class _Material:
    """What the sentences and quotes of one consultation are made from.

    said: one row a point, with position, text, offsets, and the row of its vector. held: one row a
    point and theme. groups: respondent_id, attribute, group. organisations: see there.
    """

    said: pd.DataFrame
    held: pd.DataFrame
    groups: pd.DataFrame
    organisations: tuple[str, set[str]]
    vectors: NDArray[np.float32]
    settings: Settings

    def only(self, point_ids: set[str]) -> _Material:
        """The same of some points."""
        return replace(
            self,
            said=self.said[self.said["point_id"].isin(point_ids)].reset_index(drop=True),
            held=self.held[self.held["point_id"].isin(point_ids)].reset_index(drop=True),
        )


def _gather(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    themes: Themes,
    judged: Judged,
    settings: Settings,
) -> _Material:
    answers, people_ = prepared.responses, consultation.respondents
    said = points.points.merge(answers[["response_id", "respondent_id"]], on="response_id")
    said = said.merge(judged.respondents, on="respondent_id")
    row = pd.Series(np.arange(len(vectors.texts)), index=vectors.texts["text"])
    told = people_.set_index("respondent_id")
    first = told[consultation.attributes[0]] if consultation.attributes else told["permission"]
    said = said.assign(
        row=said["text"].map(row).to_numpy(),
        permission=said["respondent_id"].map(told["permission"]),
        group=said["respondent_id"].map(first),
    )
    said = printable(
        said, dict(zip(answers["response_id"], answers["text"], strict=True)), settings
    )
    members = theme_members(points, themes, prepared)[["point_id", "theme_id"]]
    groups = people_.melt("respondent_id", list(consultation.attributes), "attribute", "group")
    groups["group"] = groups["group"].replace("", NOT_ANSWERED)
    who = organisations(consultation)
    held = _about(members.merge(said, on="point_id"), themes)
    return _Material(said, held, groups, who, vectors.vectors, settings)


def _about(held: pd.DataFrame, themes: Themes) -> pd.DataFrame:
    """`held` with about: whether a point has one of its theme's own words in it."""
    words = dict(zip(themes.themes["theme_id"], themes.themes["keywords"], strict=True))
    about = pd.Series(False, index=held.index)
    for theme_id, own in held.groupby("theme_id"):
        any_ = "|".join(re.escape(w.strip()) for w in words[theme_id].split(";") if w.strip())
        if any_:
            found = own["text"].str.contains(rf"\b(?:{any_})", case=False, regex=True)
            about.loc[own.index] = found.to_numpy(bool)
    return held.assign(about=about)


def _quotes(
    material: _Material, own: pd.DataFrame, theme: pd.DataFrame, count: int
) -> list[dict[str, Any]]:
    """Up to `count` points of `own` that stand for it within `theme`."""
    centre = material.vectors[theme["row"].to_numpy()].mean(axis=0)
    return choose(own, centre, material.vectors, count, material.settings)


def _cites(own: pd.DataFrame) -> list[str]:
    return sorted(own["response_id"].unique())


def _sentence(text: str, own: pd.DataFrame) -> dict[str, Any]:
    return {"text": text, "cites": _cites(own)}


def _viewpoint(
    material: _Material, theme: Any, own: pd.DataFrame, position: Position, base: int
) -> dict[str, Any]:
    """One theme as seen by those of one position; `own` are the theme's points."""
    mine = own[own["position"] == position]
    everyone, some = own["respondent_id"].nunique(), mine["respondent_id"].nunique()
    raised = f"{quantity(everyone, base)} raised “{theme.name}”."
    sentences = [_sentence(raised, own)]
    if position in SIDES:
        share = f"Of these {everyone:,}, {some:,} ({percent(some, everyone)}) {_STANCE[position]}."
        sentences.append(_sentence(share, mine))
    return {
        "theme_id": theme.theme_id,
        "theme": theme.name,
        "position": position,
        "respondents": some,
        "sentences": sentences,
        "quotes": _quotes(material, mine, own, material.settings.quotes_per_view),
    }


def _sides(own: pd.DataFrame) -> list[Position]:
    """The sides that raised a theme, kept apart; where nobody took a side, all as one."""
    found = [p for p in SIDES if (own["position"] == p).any()]
    return found or [p for p in POSITIONS if (own["position"] == p).any()][:1]


def _smaller(
    material: _Material, theme: Any, own: pd.DataFrame, base: int, few: float
) -> dict[str, Any]:
    some = own["respondent_id"].nunique()
    raised = f"{quantity(some, base)} raised “{theme.name}”."
    return {
        "theme_id": theme.theme_id,
        "theme": theme.name,
        "parent_id": theme.parent_id,
        "respondents": some,
        "few": some <= few,
        "sentences": [_sentence(raised, own)],
        "quotes": _quotes(material, own, own, SMALLER_QUOTES),
    }


def _headline(answered: int, analysed: int, names: list[str], way: Way) -> str:
    if not analysed:
        return f"{people(answered)} answered; no answer could be analysed."
    start = f"{people(answered)} answered this question and {analysed:,} answers were analysed."
    start = f"{HOW_COUNTED[way]} {start}".strip()
    if not names:
        return f"{start} They are too few or too different to be grouped; all are listed."
    listed = ", ".join(f"“{n}”" for n in names)
    return f"{start} What most people raised: {listed}."


def _question(
    material: _Material,
    question: Question,
    answers: pd.DataFrame,
    themes: pd.DataFrame,
    assigned: pd.DataFrame,
    way: Way,
) -> dict[str, Any]:
    held = material.held.query("question_id == @question.id")
    analysed = answers[answers["status"] == "analysed"]
    base = analysed["respondent_id"].nunique()
    by_theme = {str(t): own for t, own in held.groupby("theme_id")}
    ranked = sorted(
        (t for t in each(themes) if t.theme_id in by_theme),
        key=lambda t: (
            general(t.name),
            -by_theme[t.theme_id]["respondent_id"].nunique(),
            t.theme_id,
        ),
    )
    top = [t for t in ranked if not t.parent_id]
    main = top[: material.settings.views_per_question]
    viewpoints = [
        _viewpoint(material, theme, by_theme[theme.theme_id], position, base)
        for theme in main
        for position in _sides(by_theme[theme.theme_id])
    ]
    few = material.settings.minority_share * base
    smaller = [
        _smaller(material, t, by_theme[t.theme_id], base, few) for t in ranked if t not in main
    ]
    said = material.said.query("question_id == @question.id")
    loose = assigned[(assigned["question_id"] == question.id) & (assigned["theme_id"] == "")]
    alone = set(analysed["response_id"]) - set(held["response_id"])
    counts = answers["respondent_id"].nunique(), len(analysed)
    flagged = [orders(t) for t in answers["text"]]
    return {
        "question_id": question.id,
        "question": question.text,
        "headline": _headline(*counts, [t.name for t in main[:3]], way),
        "base": base,
        "viewpoints": viewpoints,
        "smaller_views": smaller,
        "asked_for": asked_for(said, material.vectors, material.settings),
        "organisations": _organisations(material, said, top, by_theme),
        "coverage": coverage(
            said, held, [t.theme_id for t in main], material.groups, smaller, material.settings
        ),
        "not_grouped": {
            "points": len(loose),
            "responses": len(alone),
            "response_ids": sorted(alone),
        },
        "reads_like_an_instruction": sorted(answers.loc[flagged, "response_id"]),
        "caveats": list(CAVEATS),
        "written_by": "offline",
    }


def _organisations(
    material: _Material, said: pd.DataFrame, top: list[Any], by_theme: dict[str, pd.DataFrame]
) -> dict[str, Any]:
    """What those raise who answer for an organisation; empty where nobody is known to."""
    attribute, who = material.organisations
    base = said.loc[said["respondent_id"].isin(who), "respondent_id"].nunique()
    minimum = material.settings.disclosure_min
    if base < max(minimum, 1):
        return {}
    raised = raised_by(who, by_theme, [t.theme_id for t in top], minimum)
    names = {t.theme_id: t.name for t in top}
    themes = [{**r, "theme": names[str(r["theme_id"])]} for r in raised]
    quotes: list[dict[str, Any]] = []
    if themes:
        theme = by_theme[str(themes[0]["theme_id"])]
        quotes = _quotes(material, theme[theme["respondent_id"].isin(who)], theme, 1)
    return {"attribute": attribute, "base": base, "themes": themes, "quotes": quotes}


def summarise(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    themes: Themes,
    judged: Judged,
    settings: Settings,
    progress: Callable[[int, int], None],
) -> Summary:
    """One dict per open question, in the shape of summary.json, for each way of counting."""
    written: dict[Way, list[dict[str, Any]]] = {}
    all_ways = ways(prepared)
    whole = _gather(consultation, prepared, points, vectors, themes, judged, settings)
    for number, way in enumerate(all_ways, 1):
        kept = counted_points(points, prepared, way)
        material = whole.only(set(kept.points["point_id"]))
        assigned = themes.assigned.merge(kept.points[["point_id", "question_id"]], on="point_id")
        counted = prepared.responses["response_id"].isin(kept.points["response_id"])
        answers = prepared.responses[counted | (prepared.responses["status"] != "analysed")]
        written[way] = [
            _question(
                material, question, answers.query("question_id == @question.id"),
                themes.themes.query("question_id == @question.id"), assigned, way,
            )
            for question in consultation.open_questions
        ]  # fmt: skip
        progress(number, len(all_ways))
    return Summary(written.pop("all"), {str(way): q for way, q in written.items()})
