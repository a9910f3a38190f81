"""The account of every reply: received = analysed + excluded by reason, also by question."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.records import EXCLUSIONS, STATUSES, Consultation, Points, Prepared, Themes


def exclusion(consultation: Consultation, prepared: Prepared) -> pd.Series:
    """For each respondent "analysed" or the one reason why no answer of theirs is."""
    ids = consultation.respondents["respondent_id"]
    rank = {s: i for i, s in enumerate(("analysed", "other_language", "not_read", "no_content"))}
    best = prepared.responses["status"].map(rank).groupby(prepared.responses["respondent_id"]).min()
    status = best.map(dict(enumerate(rank)))
    ticked = set(consultation.answers["respondent_id"])
    people = consultation.respondents
    files = people["attachments"] if "attachments" in people else pd.Series("", index=ids.index)
    silent = ids.map(lambda i: "closed_only" if i in ticked else "blank")
    silent = silent.mask(files != "", "not_read")  # what they say is in the file
    return ids.map(status).fillna(silent)


def account(
    consultation: Consultation, prepared: Prepared, points: Points, themes: Themes
) -> dict[str, Any]:
    """The ledger, as in ledger.json. Raises AssertionError if it does not add up (a fault)."""
    reasons = exclusion(consultation, prepared).value_counts()
    ledger: dict[str, Any] = {
        "received": len(consultation.respondents),
        "analysed": int(reasons.get("analysed", 0)),
        "excluded": {r: int(reasons[r]) for r in EXCLUSIONS if r in reasons},
        "questions": [],
    }
    assert ledger["received"] == ledger["analysed"] + sum(ledger["excluded"].values())
    in_theme = points.points.merge(themes.assigned, on="point_id").query("theme_id != ''")
    grouped = set(in_theme["response_id"])
    for question in consultation.open_questions:
        own = prepared.responses.query("question_id == @question.id")
        status = own["status"].value_counts()
        themed = int(own["response_id"].isin(grouped).sum())
        row: dict[str, Any] = {
            "id": question.id,
            "text": question.text,
            "answered": len(own),
            "blank": len(consultation.respondents) - len(own),
            **{s: int(status.get(s, 0)) for s in STATUSES if s != "analysed"},
            "in_themes": themed,
            "not_grouped": int(status.get("analysed", 0)) - themed,
        }
        excluded = sum(row[s] for s in STATUSES if s != "analysed")
        assert row["answered"] == excluded + row["in_themes"] + row["not_grouped"]
        ledger["questions"].append(row)
    return ledger
