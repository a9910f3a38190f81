"""Themes that are there already, extended to further texts: late replies, or all beyond a sample.

Themes keep their ids, names and members. Further texts are placed in them (`assign`), and those
that fit none are grouped by themselves: a group that enough further replies are part of is a new
theme, which may then draw texts that the old ones only just held.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.parallel import Progress, no_progress
from analysis.records import ASSIGNED, THEMES, Question, Themes, Vectors
from analysis.settings import Settings
from analysis.themes.assign import Fit, learn, place, top
from analysis.themes.find import find_themes
from analysis.themes.general import GENERAL
from analysis.themes.graph import BLOCK, Floats
from analysis.themes.names import Encode
from analysis.themes.phrases import has_content

KNOWN = ["text", "theme_id", "similarity", "x", "y"]
MAPPED = 4000  # texts at most from which places on the map are learnt


@dataclass(frozen=True)
class Part:
    """One question: rows of THEMES, places of all its texts (KNOWN), and the account of it."""

    rows: pd.DataFrame
    texts: pd.DataFrame
    account: dict[str, Any]


def known_texts(points: pd.DataFrame, themes: Themes, question_id: str) -> pd.DataFrame:
    """KNOWN of one question, sorted by text: a text has the same theme wherever it stands."""
    own = points.loc[points["question_id"] == question_id, ["point_id", "text"]]
    joined = own.merge(themes.assigned, on="point_id").merge(themes.map, on="point_id")
    return joined.drop_duplicates("text").sort_values("text", ignore_index=True)[KNOWN]


def extend(
    question: Question,
    points: pd.DataFrame,
    vectors: Vectors,
    known: pd.DataFrame,
    rows: pd.DataFrame,
    settings: Settings,
    progress: Progress = no_progress,
    encode: Encode | None = None,
    languages: Mapping[str, str] | None = None,
    few: bool = False,
) -> Part:
    """Place the texts of `points` (POINTS of this question) that are not in `known`.

    `known`: KNOWN, with at least one text in a theme; `rows`: their themes (THEMES). `vectors` has
    a row for each text of both. `few`: see `learn`. The order of rows does not matter.
    """
    at = pd.Index(vectors.texts["text"])
    known = known.sort_values("text", ignore_index=True)
    further = np.array(sorted(set(points["text"]) - set(known["text"])), dtype=object)
    usable = np.array([has_content(str(t)) for t in further], bool)
    fit = learn(_rows(vectors, at, known["text"]), list(known["theme_id"]), settings, few=few)
    where = at.get_indexer(further)
    theme = np.full(len(further), "", dtype=object)
    shown = np.zeros(len(further))
    theme[usable], shown[usable] = place(fit, vectors.vectors, where[usable], progress)
    texts = pd.DataFrame({"text": further, "theme_id": theme, "similarity": shown})

    loose = known.loc[known["theme_id"] == "", "text"]
    pile = pd.concat([loose[loose.map(has_content)], texts.loc[usable & (theme == ""), "text"]])
    new, held = _proposed(
        question, points, set(further), pile, vectors, at, rows, settings, encode, languages
    )
    if len(new):
        known = _updated(known, held)
        texts = _updated(texts, held)
        texts = _drawn(fit, known, texts, set(new["theme_id"]), vectors, at, settings)
    texts[["x", "y"]] = _places(known, texts, vectors, at)
    account = _account(points, known, texts, rows, new, fit)
    every = pd.concat([known, texts[KNOWN]], ignore_index=True)
    return Part(pd.concat([rows, new], ignore_index=True), every, account)


def subset(vectors: Vectors, at: pd.Index, texts: Sequence[str]) -> Vectors:
    """The rows of `texts`; `at` is the index of the texts of `vectors`."""
    return Vectors(pd.DataFrame({"text": texts}, dtype="str"), _rows(vectors, at, texts))


def _rows(vectors: Vectors, at: pd.Index, texts: Sequence[str] | pd.Series) -> Floats:
    return np.asarray(vectors.vectors[at.get_indexer(pd.Index(texts))], np.float32)


def _updated(texts: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """`texts` with the theme and similarity of those that a new theme holds."""
    found = held.set_index("text")
    mine = texts["text"].isin(found.index)
    if not mine.any():
        return texts
    theirs = {c: texts["text"].map(found[c]) for c in ("theme_id", "similarity")}
    return texts.assign(**{c: texts[c].mask(mine, v) for c, v in theirs.items()})


def _proposed(
    question: Question,
    points: pd.DataFrame,
    further: set[Any],
    pile: pd.Series,
    vectors: Vectors,
    at: pd.Index,
    rows: pd.DataFrame,
    settings: Settings,
    encode: Encode | None,
    languages: Mapping[str, str] | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Themes among the texts that fit none: (THEMES under free ids and names, their texts).

    The more further replies there are, the more a theme takes (their root): of many, some are
    always alike by chance. New themes have no sub-themes until themes are found anew.
    """
    chosen = np.array(sorted(pile), dtype=object)
    if len(chosen) > settings.theme_limit:
        draw = np.random.default_rng([settings.seed, 1])
        chosen = np.sort(draw.choice(chosen, settings.theme_limit, replace=False))
    own = points[points["text"].isin(set(chosen))].reset_index(drop=True)
    texts = sorted(set(own["text"]))
    found = find_themes(
        (question,), own, subset(vectors, at, texts), settings, encode=encode, languages=languages
    )
    joined = own.merge(found.assigned, on="point_id")
    joined["theme_id"] = joined["theme_id"].map(top)
    late = joined[joined["text"].isin(further) & (joined["theme_id"] != "")]
    people = late.groupby("theme_id")["response_id"].nunique()
    of_all = points.loc[points["text"].isin(further), "response_id"].nunique()
    named = found.themes[~found.themes["name"].str.startswith(GENERAL)].set_index("theme_id")
    least = max(settings.theme_late_min, math.isqrt(of_all))
    enough = sorted(set(people.index[people >= least]) & set(named.index))
    first = 1 + max((_number(t) for t in rows["theme_id"]), default=0)
    ids = {t: f"{question.id}-t{first + n:02d}" for n, t in enumerate(enough)}
    new = named.loc[enough].reset_index()
    new = new.assign(
        theme_id=new["theme_id"].map(ids).astype("str"), name=_free_names(new, set(rows["name"]))
    )[list(THEMES.columns)]
    held = joined[joined["theme_id"].isin(enough)].drop_duplicates("text")
    return new, held.assign(theme_id=held["theme_id"].map(ids))


def _number(theme_id: str) -> int:
    return int(top(theme_id).rsplit("-t", 1)[1])


def _free_names(new: pd.DataFrame, taken: set[str]) -> list[str]:
    """The first of name and keywords that no theme has yet."""
    names = []
    for name, keywords in zip(new["name"], new["keywords"], strict=True):
        words = [str(name), *str(keywords).split("; ")]
        first = next((w for w in map(_sentence_case, words) if w and w not in taken), "")
        number = 2
        while not first or first in taken:
            first = f"{words[0]} ({number})"
            number += 1
        taken.add(first)
        names.append(first)
    return names


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _drawn(
    fit: Fit,
    known: pd.DataFrame,
    texts: pd.DataFrame,
    new: set[str],
    vectors: Vectors,
    at: pd.Index,
    settings: Settings,
) -> pd.DataFrame:
    """Further texts that are nearer to a new theme than to the one they were placed in move."""
    theirs = texts["theme_id"].map(top).isin(new).to_numpy()
    both = pd.concat([known, texts[theirs]])
    wider = learn(_rows(vectors, at, both["text"]), list(both["theme_id"]), settings, fit.threshold)
    rest = np.flatnonzero(~theirs & (texts["similarity"] > 0).to_numpy())
    found, shown = place(wider, vectors.vectors, at.get_indexer(pd.Index(texts["text"].iloc[rest])))
    moved = np.array([top(str(t)) in new for t in found], bool)
    theme = texts["theme_id"].to_numpy(object, copy=True)
    similarity = texts["similarity"].to_numpy(float, copy=True)
    theme[rest[moved]], similarity[rest[moved]] = found[moved], shown[moved]
    return texts.assign(theme_id=theme, similarity=similarity)


def _places(
    known: pd.DataFrame, texts: pd.DataFrame, vectors: Vectors, at: pd.Index
) -> NDArray[np.float64]:
    """A place on the map for each further text: its theme's, and its own way from there."""
    sample = known.iloc[:: max(1, len(known) // MAPPED)]
    rows = _rows(vectors, at, sample["text"]).astype(np.float64)
    flat = sample[["x", "y"]].to_numpy(float)
    groups = sorted(set(sample["theme_id"]) | {""})
    number = {g: n for n, g in enumerate(groups)}
    codes = sample["theme_id"].map(number).to_numpy(int)
    middle = np.stack([rows[codes == n].mean(axis=0) if (codes == n).any() else rows.mean(axis=0)
                       for n in range(len(groups))])  # fmt: skip
    home = np.stack([flat[codes == n].mean(axis=0) if (codes == n).any() else flat.mean(axis=0)
                     for n in range(len(groups))])  # fmt: skip
    apart = rows - middle[codes]
    turn = np.linalg.solve(apart.T @ apart + np.eye(apart.shape[1]), apart.T @ (flat - home[codes]))
    where, own = (
        at.get_indexer(pd.Index(texts["text"])),
        texts["theme_id"].map(number).fillna(number[""]),
    )
    out = np.zeros((len(texts), 2))
    for start in range(0, len(texts), BLOCK):
        part = own.iloc[start : start + BLOCK].to_numpy(int)
        block = vectors.vectors[where[start : start + BLOCK]].astype(np.float64)
        out[start : start + BLOCK] = home[part] + (block - middle[part]) @ turn
    return np.round(out, 3)


def _account(
    points: pd.DataFrame,
    known: pd.DataFrame,
    texts: pd.DataFrame,
    rows: pd.DataFrame,
    new: pd.DataFrame,
    fit: Fit,
) -> dict[str, Any]:
    """What was kept and what is new, for run.json and the pages. Replies are counted once."""
    late = points[points["text"].isin(set(texts["text"]))]
    held = late["text"].map(texts.set_index("text")["theme_id"])
    replies = late["response_id"]
    in_new = held.map(top).isin(set(new["theme_id"]))
    return {
        "known_texts": len(known),
        "further_texts": len(texts),
        "further_replies": int(replies.nunique()),
        "placed_replies": int(replies[(held != "") & ~in_new].nunique()),
        "new_theme_replies": int(replies[in_new].nunique()),
        "fit_none_replies": int(replies.nunique() - replies[held != ""].nunique()),
        "themes_kept": len(rows),
        "themes_new": sorted(new["theme_id"]),
        "threshold": fit.threshold,
        "measured": asdict(fit.measured),
    }


def joined(points: pd.DataFrame, parts: Sequence[tuple[str, Part]]) -> Themes:
    """Themes of all points from the parts of their questions; points of no part are in none."""
    texts = pd.concat(
        [p.texts.assign(question_id=q) for q, p in parts]
        or [pd.DataFrame(columns=[*KNOWN, "question_id"])]
    )
    found = points[["point_id", "question_id", "text"]].merge(
        texts, on=["question_id", "text"], how="left"
    )
    assigned = found[["point_id"]].assign(
        theme_id=found["theme_id"].fillna("").astype("str"),
        similarity=found["similarity"].fillna(0.0).astype("float64"),
    )
    places = found[["point_id", "x", "y"]].fillna({"x": 0.0, "y": 0.0})
    rows = [p.rows for _, p in parts if len(p.rows)]
    empty = pd.DataFrame(columns=list(THEMES.columns))
    themes = pd.concat(rows or [empty], ignore_index=True).astype(
        {c: "str" for c in THEMES.columns if c != "stability"} | {"stability": "float64"}
    )
    accounts = {q: p.account for q, p in parts if p.account}
    return Themes(THEMES.validate(themes), ASSIGNED.validate(assigned), places, accounts)
