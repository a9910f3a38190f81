"""How far a run's themes agree with the codes that people gave to the same replies.

Only replies that people coded are compared, question by question. The theme of a code is the theme
or sub-theme with the highest F1; with many themes to choose from, that flatters small codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score, cohen_kappa_score

from analysis.errors import FileError
from analysis.export.cells import plain_cell
from analysis.intervals import wilson

_Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class CodeMatch:
    """One code of one question and its best theme ("" if none shares a reply with it).

    replies: that people gave the code; theme_replies: that the theme holds, of those coded; both:
    common to the two. Intervals are 95 % Wilson intervals.
    """

    code: str
    question_id: str
    theme_id: str
    theme: str
    replies: int
    theme_replies: int
    both: int
    precision: float
    precision_interval: tuple[float, float]
    recall: float
    recall_interval: tuple[float, float]
    f1: float
    kappa: float


@dataclass(frozen=True)
class Agreement:
    """kappa: over all pairs of coded reply and code, the code's best theme being the machine's say.

    macro_kappa: mean of the codes' own. ami: adjusted mutual information of code and theme over
    the replies with exactly one code (`ami_replies`), a reply having the theme of most of its text
    and "not grouped" being one of them; None with fewer than two such replies.
    not_in_run: coded replies that the run does not know, `unknown` some of their ids.
    """

    replies: int
    macro_f1: float
    kappa: float
    macro_kappa: float
    ami: float | None
    ami_replies: int
    not_in_run: int
    unknown: tuple[str, ...]
    codes: tuple[CodeMatch, ...]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def agree(folder: Path, codes: pd.DataFrame) -> Agreement:
    """Compare the run in `folder` with `codes` (see `review.codes.read_codes`).

    Raises FileError if the folder is no run, or no coded reply is in it.
    """
    responses, themes, points = (_table(folder, n) for n in ("responses", "themes", "points"))
    known = set(responses["response_id"])
    coded = list(dict.fromkeys(codes["response_id"]))
    unknown = [i for i in coded if i not in known]
    if len(unknown) == len(coded):
        raise FileError(
            f"None of the {len(coded):,} coded replies is in {folder}: the codes are for replies "
            f"like “{coded[0]}”, the run has “{responses['response_id'].iloc[0]}”. Use the "
            "response_id of the run's responses.csv."
        )
    rows = responses[responses["response_id"].isin(coded)].reset_index(drop=True)
    names = themes.set_index("theme_id")["name"]
    matches: list[CodeMatch] = []
    pairs: list[tuple[_Bools, _Bools]] = []
    for question, own in rows.groupby("question_id"):
        gold = members(own["response_id"], codes)
        held = members(own["response_id"], _theme_rows(own))
        for code in gold:
            match, ours = _match(str(code), str(question), gold[code].to_numpy(), held, names)
            matches.append(match)
            pairs.append((gold[code].to_numpy(), ours))
    if not matches:
        raise FileError("No coded reply of this run has a code: every code cell is empty.")
    both = [np.concatenate(side) for side in zip(*pairs, strict=True)]
    ami, single = _ami(rows, codes, points)
    return Agreement(
        replies=len(rows),
        macro_f1=float(np.mean([m.f1 for m in matches])),
        kappa=kappa(both[0], both[1]),
        macro_kappa=float(np.mean([m.kappa for m in matches])),
        ami=ami,
        ami_replies=single,
        not_in_run=len(unknown),
        unknown=tuple(unknown[:5]),
        codes=tuple(sorted(matches, key=lambda m: (m.question_id, -m.replies, m.code))),
    )


def _table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise FileError(f"{folder} holds no {path.name}: name the folder that “run --out” made.")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return frame.map(plain_cell)


def _theme_rows(responses: pd.DataFrame) -> pd.DataFrame:
    held = responses[["response_id", "theme_ids"]].assign(
        code=responses["theme_ids"].str.split(";")
    )
    return held.explode("code")[["response_id", "code"]]


def members(ids: pd.Series, long: pd.DataFrame) -> pd.DataFrame:
    """(replies, codes): whether the reply has the code, for codes that any of them has."""
    own = long[long["response_id"].isin(ids) & (long["code"] != "")]
    return pd.crosstab(own["response_id"], own["code"]).reindex(ids, fill_value=0) > 0


def _match(
    code: str, question: str, gold: _Bools, held: pd.DataFrame, names: pd.Series
) -> tuple[CodeMatch, _Bools]:
    ours = held.to_numpy(bool)
    hits = (ours & gold[:, None]).sum(axis=0)
    f1 = 2 * hits / np.maximum(ours.sum(axis=0) + gold.sum(), 1)
    if not hits.any():
        nothing = np.zeros(len(gold), bool)
        return _scored(code, question, "", "", gold, nothing), nothing
    best = int(f1.argmax())  # of equal ones the first in order
    theme, chosen = str(held.columns[best]), ours[:, best]
    return _scored(code, question, theme, str(names.get(theme, "")), gold, chosen), chosen


def _scored(
    code: str, question: str, theme: str, name: str, gold: _Bools, ours: _Bools
) -> CodeMatch:
    n, held, both = int(gold.sum()), int(ours.sum()), int((gold & ours).sum())
    return CodeMatch(
        code=code, question_id=question, theme_id=theme, theme=name,
        replies=n, theme_replies=held, both=both,
        precision=both / held if held else 0.0,
        precision_interval=wilson(both, held) if held else (0.0, 1.0),
        recall=both / n, recall_interval=wilson(both, n),
        f1=2 * both / (n + held), kappa=kappa(gold, ours),
    )  # fmt: skip


def kappa(one: _Bools, two: _Bools, weights: NDArray[np.float64] | None = None) -> float:
    """Cohen's kappa; 1 where both say the same of every reply, also if they always say yes."""
    same = bool((one == two).all())
    return 1.0 if same else float(cohen_kappa_score(one, two, sample_weight=weights))


def _ami(rows: pd.DataFrame, codes: pd.DataFrame, points: pd.DataFrame) -> tuple[float | None, int]:
    """Mean over the questions, weighted by replies, and the number of replies with one code."""
    given = codes[codes["code"] != ""].drop_duplicates()
    alone = given.drop_duplicates("response_id", keep=False).set_index("response_id")["code"]
    main = _main_theme(points)
    scores, sizes = [], []
    for _, own in rows[rows["response_id"].isin(alone.index)].groupby("question_id"):
        ids = own["response_id"]
        scores.append(adjusted_mutual_info_score(ids.map(alone), ids.map(main).fillna("")))
        sizes.append(len(ids))
    total = sum(sizes)
    return (float(np.average(scores, weights=sizes)), total) if total > 1 else (None, total)


def _main_theme(points: pd.DataFrame) -> pd.Series:
    """response_id → the finest theme of most of its text, "" if that is in none."""
    length = points["end"].astype(int) - points["start"].astype(int)
    sizes = points.assign(length=length).groupby(["response_id", "theme_id"])["length"].sum()
    ranked = sizes.reset_index().sort_values(["length", "theme_id"], ascending=[False, True])
    return ranked.drop_duplicates("response_id").set_index("response_id")["theme_id"]


def lines(found: Agreement) -> Iterable[str]:
    """The same to be read on a terminal."""
    yield f"{found.replies:,} coded replies, {len(found.codes)} codes"
    ami = "" if found.ami is None else f", AMI {found.ami:.3f} ({found.ami_replies:,} replies)"
    yield f"macro F1 {found.macro_f1:.3f}, Cohen's kappa {found.kappa:.3f}{ami}"
    if found.not_in_run:
        yield f"{found.not_in_run:,} coded replies are not in the run, such as {found.unknown[0]}"
    for m in found.codes:
        low, high = m.recall_interval
        yield (
            f"{m.question_id}  {m.code}: {m.theme or 'no theme'}  F1 {m.f1:.2f}, precision "
            f"{m.precision:.2f}, recall {m.recall:.2f} ({low:.2f} to {high:.2f}) of {m.replies:,}"
        )
