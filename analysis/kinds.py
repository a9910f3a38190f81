"""Who replied for themselves and who for an organisation, where a column about them tells."""

from __future__ import annotations

import re

import pandas as pd

from analysis.records import Consultation

INDIVIDUAL, ORGANISATION, UNKNOWN = "individual", "organisation", ""
_ALONE = re.compile(
    r"\b(individuals?|citizens?|members? of (?:the )?public|residents?|private person|personal"
    r" capacity|on my own behalf|myself|local people|parents?|patients?|carers?)\b"
)
_BODY = re.compile(
    r"\b(organi[sz]ations?|business(?:es)?|compan(?:y|ies)|charit(?:y|ies)|ngo|non-governmental"
    r"|associations?|unions?|authorit(?:y|ies)|council|government|universit(?:y|ies)|institutions?"
    r"|academic|professional body|provider|community groups?|employer|public body)\b"
)


def kind_of(group: str) -> str:
    """What a group's name says: "patients' organisation" is an organisation."""
    text = group.casefold()
    if _BODY.search(text) and not re.search(r"\bnot (?:for|on behalf of) an?\b", text):
        return ORGANISATION
    return INDIVIDUAL if _ALONE.search(text) else UNKNOWN


def kinds(consultation: Consultation) -> pd.Series | None:
    """respondent_id → individual, organisation or "" (not told); None if no column says so.

    It is read from the attribute whose groups name both, and that tells most people apart.
    """
    people = consultation.respondents.set_index("respondent_id")
    best: pd.Series | None = None
    for name in consultation.attributes:
        found = people[name].map({g: kind_of(g) for g in people[name].unique()})
        both = {INDIVIDUAL, ORGANISATION} <= set(found)
        if both and (best is None or (found != UNKNOWN).sum() > (best != UNKNOWN).sum()):
            best = found
    return best


def mixture(consultation: Consultation, ids: pd.Index) -> str:
    """Who is counted together, as "563 individuals, 49 organisations"; "" if it is not known."""
    found = kinds(consultation)
    if found is None:
        return ""
    counts = found.loc[ids].value_counts()
    names = {INDIVIDUAL: "individuals", ORGANISATION: "organisations", UNKNOWN: "not told"}
    return ", ".join(f"{counts[k]:,} {names[k]}" for k in names if counts.get(k, 0))
