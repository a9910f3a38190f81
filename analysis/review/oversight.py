"""How an edition was made, for everybody: fixed with the edition when a person signs it.

Plain values only, nothing of a single reply, small numbers hidden by the edition's rule. A page
shows what is kept here and never asks the latest run.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from analysis.capture.compare import baseline, named_in
from analysis.counting import Way
from analysis.disclosure import number, together
from analysis.export.content import Content
from analysis.export.transparency import fields
from analysis.judge.hand import Label, last
from analysis.prepare.review import RedactionEdit
from analysis.records import Run, each
from analysis.review.blind import BlindCode, BlindSample
from analysis.review.edits import Edit, standing
from analysis.review.oversight_measures import accuracy, fairness
from analysis.settings import PROJECT, SMALL_NUMBERS, Rule

FORMAT = 1
LICENCE = "Open Government Licence v3.0"  # of the figures; HEARD_LICENCE names another
ALL = "all"  # of the letters found in replies taken as a whole: not one question's
SETTINGS = (
    "language", "point_min_words", "theme_min_points", "theme_resolution", "theme_neighbours",
    "theme_runs", "theme_limit", "minority_share", "campaign_min", "campaign_overlap",
    "infer_accuracy", "tone_clear", "views_per_question", "quotes_per_view", "capture_whole",
    "capture_partly", "capture_told", "fair_people", "fair_level", "disclosure",
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """What people did to a run's results and with them, until an edition was signed.

    checks: blind checks with all that was coded, also of other runs.
    """

    checks: tuple[tuple[BlindSample, tuple[BlindCode, ...]], ...] = ()
    redactions: tuple[RedactionEdit, ...] = ()
    labels: tuple[Label, ...] = ()
    edits: tuple[Edit, ...] = ()
    themes_checked: int = 0


NOTHING = Evidence()


def oversight(
    run: Run, content: Content, public: Mapping[str, Any],
    named: Mapping[str, Mapping[str, Any]], rule: Rule, evidence: Evidence = NOTHING,
) -> dict[str, Any]:  # fmt: skip
    """All that the public page on an edition's method says.

    `public`: what the edition says. `named`: theme → what it says of it; of no other is spoken.
    """
    minimum, nearest = SMALL_NUMBERS[rule]
    meta, fair = content.meta, fairness(run, rule)
    return {
        "format": FORMAT,
        "heard": _version(),
        "licence": os.environ.get("HEARD_LICENCE", LICENCE),
        "questions": content.consultation["questions"],
        "parts": [{"part": part, "name": b["name"], "revision": str(b.get("revision", "")),
                   "reason": b["reason"]} for part, b in meta["backends"].items()],
        "versions": dict(meta["versions"]),
        "settings": {k: str(meta["settings"][k]) for k in SETTINGS if k in meta["settings"]},
        "accuracy": accuracy(run, evidence.checks, named, minimum),
        "stability": _stability(content.themes, named),
        "fairness": fair,
        "ledger": ledger(content.ledger, minimum),
        "campaigns": _campaigns(run, content.meta["counting"], minimum),
        "captured": _captured(run, content, public, rule),
        "hidden": _hidden(content, named, rule, minimum, nearest, fair["hidden"]),
        "decisions": _decisions(run, evidence),
        "left": dict(meta["left_the_machine"]),
        "record": [list(row) for row in fields(content, minimum)],
        "again": {"run": run.id, "seed": meta["seed"], "fingerprints": dict(meta["fingerprints"])},
    }  # fmt: skip


def _version() -> str:
    try:
        with (PROJECT / "pyproject.toml").open("rb") as file:
            return str(tomllib.load(file)["project"]["version"])
    except (OSError, KeyError):
        return ""


def _stability(
    themes: pd.DataFrame, named: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """How surely each theme is found again on other draws of the replies; None: made by people."""
    found = themes.set_index("theme_id")["stability"]
    return [
        {"theme_id": t, "theme": x["name"],
         "value": None if pd.isna(found.get(t)) else round(float(found[t]), 2)}
        for t, x in named.items()
    ]  # fmt: skip


def ledger(found: Mapping[str, Any], minimum: int) -> dict[str, Any]:
    """The account of every reply; what is of very few people stands together with something else.

    `excluded` and `out`: [reasons, number]. Each line adds up as the ledger itself does.
    """
    return {
        "received": found["received"],
        "analysed": found["analysed"],
        "excluded": _parts(found["excluded"], minimum),
        "questions": [_account(row, minimum) for row in found["questions"]],
    }


def _account(row: Mapping[str, Any], minimum: int) -> dict[str, Any]:
    out = {k: row[k] for k in ("no_content", "not_read", "other_language")}
    read = {k: row[k] for k in ("in_themes", "not_grouped")}
    return {
        "text": row["text"], "blank": row["blank"], "answered": row["answered"],
        "analysed": sum(read.values()), "out": _parts(out, minimum), "in": _parts(read, minimum),
    }  # fmt: skip


def _parts(counts: Mapping[str, int], minimum: int) -> list[list[Any]]:
    return [[list(keys), n] for keys, n in together(counts, minimum)]


def _campaigns(run: Run, way: Way, minimum: int) -> dict[str, Any]:
    """Letters that many sent: where, how many people, and how many of them changed it."""
    return {"counting": way, "letters": list(_letters(run, minimum))}


def _letters(run: Run, minimum: int) -> Iterator[dict[str, Any]]:
    place = {q.id: n for n, q in enumerate(run.consultation.open_questions, 1)}
    rows = [
        (str(place[c.question_id]), int(c.standard), int(c.edited))
        for c in each(run.prepared.campaigns)
    ]
    copies = run.prepared.whole.groupby("campaign_id")["campaign_copy"]
    for _, own in copies:
        rows.append((ALL, int((own == "standard").sum()), int((own == "edited").sum())))
    for question, standard, edited in rows:
        apart = not any(0 < n < minimum for n in (standard, edited))
        yield {
            "question": question, "people": number(standard + edited, minimum),
            "standard": f"{standard:,}" if apart else "",
            "edited": f"{edited:,}" if apart else "",
        }  # fmt: skip


def _captured(run: Run, content: Content, public: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """Where the points of all replies are: in the summary, in other themes, in none."""
    parents = dict(zip(content.themes["theme_id"], content.themes["parent_id"], strict=True))
    attribute = content.consultation["who_replied"]["attribute"]
    named = named_in(public["questions"], parents)
    found = baseline(run, named, attribute, rule, content.meta["counting"])
    return {"attribute": found.attribute, "rows": [asdict(r) for r in found.rows]}


def _hidden(
    content: Content, named: Mapping[str, Mapping[str, Any]], rule: Rule, minimum: int,
    nearest: int, fair: int,
) -> dict[str, Any]:  # fmt: skip
    """How much is not shown, and by which rule."""
    few = number(1, minimum)
    return {
        "rule": rule, "minimum": minimum, "nearest": nearest, "cells": len(content.groups),
        "cells_hidden": int((~content.groups["shown"].astype(bool)).sum()),
        "themes": len(named), "themes_small": sum(t["people"] == few for t in named.values()),
        "fairness_hidden": fair,
    }  # fmt: skip


def _decisions(run: Run, evidence: Evidence) -> dict[str, Any]:
    """How many decisions of which kind people made, and how many people; never on whom."""
    counted = standing(evidence.edits)[0]
    labels = last(evidence.labels).values()
    whose = {*(e.who for e in counted), *(e.who for e in evidence.redactions)}
    return {
        "themes": dict(sorted(Counter(e.kind for e in counted).items())),
        "hiding": dict(sorted(Counter(e.action for e in evidence.redactions).items())),
        "labels": dict(sorted(Counter(x.measure for x in labels).items())),
        "not_carried": len(run.meta.get("decisions", {}).get("not_carried", [])),
        "people": len(whose | {x.who for x in labels}),
        "checked": evidence.themes_checked, "of": len(run.themes.themes),
    }  # fmt: skip
