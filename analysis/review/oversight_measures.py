"""How right the machine was and for whom it was less right, as everybody may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from analysis.disclosure import disclose_sizes, number
from analysis.groups import sizes
from analysis.records import Run, each
from analysis.review.blind import NONE, BlindCode, BlindSample, finished
from analysis.review.blind_measures import Measured, Share, ThemeMeasure, measure
from analysis.settings import SMALL_NUMBERS, Rule
from analysis.summarise.words import percent

Checks = Sequence[tuple[BlindSample, Sequence[BlindCode]]]
Shown = Mapping[str, Mapping[str, Any]]


# ---------------------------------------------------------------- the blind check
def accuracy(run: Run, checks: Checks, named: Shown, minimum: int) -> dict[str, Any]:
    """checks: of this very run, coded in full. elsewhere: how many were of other analyses."""
    done = [(s, c) for s, c in checks if finished(s, c)]
    own = [
        _check(run, s, measure(run, s, c), named, minimum) for s, c in done if s.run_id == run.id
    ]
    return {"checks": own, "elsewhere": len(done) - len(own)}


def _check(
    run: Run, sample: BlindSample, found: Measured, named: Shown, minimum: int
) -> dict[str, Any]:
    text = next(q.text for q in run.consultation.questions if q.id == sample.question_id)
    pairs = {"machine": found.machine, "people": found.people}
    return {
        "question": text, "replies": found.replies, "of": found.of, "coders": len(found.coders),
        **{who: [{**_share(p.f1), "kappa": _plain(p.kappa)} for p in own]
           for who, own in pairs.items()},
        "themes": [_theme(t, named, minimum) for t in found.themes
                   if t.theme_id in named or t.theme_id == NONE],
    }  # fmt: skip


def _theme(found: ThemeMeasure, named: Shown, minimum: int) -> dict[str, Any]:
    """Of a theme that the machine or people see in very few replies only its name."""
    name = named[found.theme_id]["name"] if found.theme_id else ""
    counts = (found.machine_count, round(found.people_count.value))
    if any(0 < n < minimum for n in counts):
        return {"theme": name, "few": True}
    return {
        "theme": name, "few": False,
        "precision": _share(found.precision), "recall": _share(found.recall),
        "machine": number(found.machine_count, minimum), "people": _share(found.people_count, 0),
    }  # fmt: skip


def _share(share: Share, digits: int = 3) -> dict[str, Any]:
    return {k: _plain(getattr(share, k), digits) for k in ("value", "low", "high")}


def _plain(value: float, digits: int = 3) -> float | None:
    return None if isnan(value) else round(float(value), digits)


# ---------------------------------------------------------------- for whom it is less right
def fairness(run: Run, rule: Rule) -> dict[str, Any]:
    """The table of who is judged worse. Shares alone, and only of groups that the rule shows."""
    table = run.fairness.table if run.fairness is not None else pd.DataFrame()
    if table.empty:
        return {"rows": [], "hidden": 0, "compared": 0}
    known = disclose_sizes(sizes(run.consultation), rule, run.groups.links)
    minimum = SMALL_NUMBERS[rule][0]
    shown = pd.Series([_shown(r, known, minimum) for r in each(table)], index=table.index)
    rows = [row for _, own in table.groupby(["measure", "attribute"], sort=False)
            for row in _rows(own, shown.loc[own.index], minimum)]  # fmt: skip
    return {
        "rows": rows, "hidden": int((~shown).sum()), "compared": int(table["p"].notna().sum()),
    }  # fmt: skip


def _shown(row: Any, known: Mapping[str, pd.Series], minimum: int) -> bool:
    if row.attribute in known and pd.isna(known[row.attribute].get(row.group)):
        return False
    few = any(0 < n < minimum for n in (row.n, row.base - row.n))
    return bool(row.people >= minimum and not few)


def _rows(own: pd.DataFrame, shown: pd.Series, minimum: int) -> Iterator[dict[str, Any]]:
    """The share of the others would give a single hidden group away: then it is not told."""
    gone = own[~shown]
    others = gone.empty or (len(gone) > 1 and gone["people"].sum() >= minimum)
    for r in each(own[shown]):
        told = others and not pd.isna(r.others)
        yield {
            "measure": r.measure, "attribute": r.attribute, "group": r.group,
            "share": percent(r.n, r.base), "others": f"{100 * r.others:.0f} %" if told else "",
            "verdict": "worse" if r.worse else "few" if pd.isna(r.p) else "same",
        }  # fmt: skip
