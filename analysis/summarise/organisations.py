"""Which respondents answer for an organisation, and what those raise."""

from __future__ import annotations

import re

import pandas as pd

from analysis.records import Consultation

_ORGANISATION = re.compile(
    r"organi[sz]ation|\bcompany|\bcompanies|\bbusiness|\bfirms?\b|\bngos?\b|\bcharit|association|"
    r"\bauthorit|\bacademi|universit|\btrade union|\bunion\b|institut|\bsector body|\bgovernment|"
    r"\bcouncil|\bpublic body|\bagency|\bnon-?profit|\bthird sector|\bcommunity group"
    r"|\bprofessional"
    r" body|\bon behalf of",
    re.IGNORECASE,
)
_INDIVIDUAL = re.compile(
    r"individual|citizen|resident|member of the public|\bperson\b|\bprivate person|myself"
    r"|\bparent\b"
    r"|\bpatient|\bcarer|personal capacity|anonymous",
    re.IGNORECASE,
)


def organisations(consultation: Consultation) -> tuple[str, set[str]]:
    """The attribute that tells organisations from people, and who answers for an organisation.

    ("", empty) where no attribute has values of both kinds. The first such attribute counts.
    """
    people = consultation.respondents
    for name in consultation.attributes:
        values = [v for v in people[name].unique() if v.strip()]
        single = {v for v in values if _INDIVIDUAL.search(v) and not _behalf(v)}
        joint = {v for v in values if v not in single and _ORGANISATION.search(v)}
        if single and joint:
            return name, set(people.loc[people[name].isin(joint), "respondent_id"])
    return "", set()


def _behalf(value: str) -> bool:
    return bool(re.search(r"on behalf of|representing", value, re.IGNORECASE))


def raised_by(
    who: set[str], own: dict[str, pd.DataFrame], themes: list[str], minimum: int
) -> list[dict[str, object]]:
    """theme_id and n of the themes that those people raised, most first.

    A number is left out where it, or what it leaves of everybody, counts fewer than `minimum`
    people: it would tell what very few said.
    """
    rows = []
    for theme in themes:
        everyone = set(own[theme]["respondent_id"])
        n, rest = len(everyone & who), len(everyone - who)
        if n >= max(minimum, 1) and (rest == 0 or rest >= minimum):
            rows.append({"theme_id": theme, "n": n})
    return sorted(rows, key=lambda r: (-int(str(r["n"])), str(r["theme_id"])))
