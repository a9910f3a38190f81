"""Summaries without a language model: computed sentences, and people's own words.

Each sentence is built from counts and cites the responses it rests on. Quotes are points, letter
for letter, chosen for centrality (cosine to the mean of the view) and for difference from each
other (maximal marginal relevance, Carbonell & Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counting import Way, counted_points, ways
from analysis.groups import theme_members
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
from analysis.summarise.words import people, percent, quantity

QUOTE_WORDS = (6, 45)
DIVERSITY = 0.7  # weight of centrality against difference from the quotes already chosen
SMALLER_QUOTES = 1

SIDES: tuple[Position, ...] = ("support", "oppose", "mixed")
_STANCE = {
    "support": "support the proposal",
    "oppose": "oppose the proposal",
    "mixed": "are neither for nor against it, or both",
}
CAVEATS = (
    "Those who replied chose to do so: this describes the replies, not the population.",
    "Themes and tone were found by a machine and have not been checked by a person.",
)


HOW_COUNTED: dict[Way, str] = {
    "all": "",
    "once": "With each campaign letter counted once:",
    "without": "Without campaign letters:",
}


@dataclass(frozen=True)
class _Material:
    """What the sentences and quotes of one consultation are made from.

    held: one row a point and theme, with position, text, offsets, and the row of its vector.
    """

    held: pd.DataFrame
    vectors: NDArray[np.float32]
    settings: Settings


def _gather(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    themes: Themes,
    judged: Judged,
    settings: Settings,
) -> _Material:
    held = theme_members(points, themes, prepared).merge(
        points.points[["point_id", "start", "end", "text"]], on="point_id"
    )
    held = held.merge(judged.respondents, on="respondent_id")
    row = pd.Series(np.arange(len(vectors.texts)), index=vectors.texts["text"])
    allowed = consultation.respondents.set_index("respondent_id")["permission"]
    words = held["text"].str.count(r"\S+")
    texts = dict(zip(prepared.responses["response_id"], prepared.responses["text"], strict=True))
    verbatim = np.array([texts[p.response_id][p.start : p.end] == p.text for p in each(held)], bool)
    quotable = words.between(*QUOTE_WORDS) & (held["respondent_id"].map(allowed) != "no") & verbatim
    held = held.assign(row=held["text"].map(row).to_numpy(), quotable=quotable)
    return _Material(held, vectors.vectors, settings)


def _quotes(
    material: _Material, own: pd.DataFrame, theme: pd.DataFrame, count: int
) -> list[dict[str, Any]]:
    """Up to `count` mutually different points of `own`, central to `theme`, one a respondent."""
    able = own[own["quotable"]].drop_duplicates("row").sort_values("point_id")
    if able.empty or not count:
        return []
    vectors = material.vectors[able["row"].to_numpy()]
    centre = material.vectors[theme["row"].to_numpy()].mean(axis=0)
    central = vectors @ (centre / (np.linalg.norm(centre) or 1))
    chosen: list[int] = []
    owners = able["respondent_id"].to_numpy()
    while len(chosen) < count:
        near = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(able))
        score = DIVERSITY * central - (1 - DIVERSITY) * near
        taken = np.isin(owners, owners[chosen])
        if taken.all():
            break
        chosen.append(int(np.argmax(np.where(taken, -np.inf, score))))
    rows = able.iloc[chosen]
    return [
        {"text": r.text, "response_id": r.response_id, "start": int(r.start), "end": int(r.end)}
        for r in each(rows)
    ]


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


def _smaller(material: _Material, theme: Any, own: pd.DataFrame, base: int) -> dict[str, Any]:
    raised = f"{quantity(own['respondent_id'].nunique(), base)} raised “{theme.name}”."
    return {
        "theme_id": theme.theme_id,
        "theme": theme.name,
        "respondents": own["respondent_id"].nunique(),
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
        key=lambda t: (-by_theme[t.theme_id]["respondent_id"].nunique(), t.theme_id),
    )
    top = [t for t in ranked if not t.parent_id]
    main = top[: material.settings.views_per_question]
    viewpoints = [
        _viewpoint(material, theme, by_theme[theme.theme_id], position, base)
        for theme in main
        for position in _sides(by_theme[theme.theme_id])
    ]
    few = material.settings.minority_share * base
    rest = [
        t for t in ranked
        if t not in main
        and (not t.parent_id or by_theme[t.theme_id]["respondent_id"].nunique() <= few)
    ]  # fmt: skip
    loose = assigned[(assigned["question_id"] == question.id) & (assigned["theme_id"] == "")]
    alone = set(analysed["response_id"]) - set(held["response_id"])
    counts = answers["respondent_id"].nunique(), len(analysed)
    return {
        "question_id": question.id,
        "question": question.text,
        "headline": _headline(*counts, [t.name for t in main[:3]], way),
        "base": base,
        "viewpoints": viewpoints,
        "smaller_views": [_smaller(material, t, by_theme[t.theme_id], base) for t in rest],
        "not_grouped": {
            "points": len(loose),
            "responses": len(alone),
            "response_ids": sorted(alone),
        },
        "caveats": list(CAVEATS),
        "written_by": "offline",
    }


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
    for number, way in enumerate(all_ways, 1):
        kept = counted_points(points, prepared, way)
        material = _gather(consultation, prepared, kept, vectors, themes, judged, settings)
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
