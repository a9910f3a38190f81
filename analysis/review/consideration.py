"""The consideration record: who opened what, what they noted, and what became of each theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from analysis.errors import HeardError
from analysis.review.challenges import Challenge, listed

WEEKS = 12  # from the closing date to the government's response
Decision = Literal["done", "part", "not", "open"]
DECISIONS: dict[Decision, str] = {
    "done": "We did",
    "part": "We did a part",
    "not": "We did not, and why",
    "open": "Not decided yet",
}


@dataclass(frozen=True)
class Considered:
    """One line of the record. `at` in seconds since 1970; `text` depends on `kind`.

    opened: {}. note: {"note"}. closing: {"date"}. response: what `response` makes.
    """

    id: int
    kind: str
    number: int
    theme_id: str
    who: str
    email: str
    role: str
    at: float
    text: dict[str, str]


def response(theme: str, decision: Decision, did: str, why_not: str) -> dict[str, str]:
    """What is done about a theme. Raises HeardError where the words that it needs are missing."""
    did, why_not = did.strip(), why_not.strip()
    if decision in ("done", "part") and not did:
        raise HeardError("Say what was done.")
    if decision in ("not", "part") and not why_not:
        raise HeardError("Say why it, or the rest of it, was not done.")
    return {"theme": theme, "decision": decision, "did": did, "why_not": why_not}


def responses(lines: Sequence[Considered]) -> dict[str, Considered]:
    """theme → the latest response to it."""
    return {r.theme_id: r for r in lines if r.kind == "response"}


def closing(lines: Sequence[Considered]) -> date | None:
    """The closing date that was typed last."""
    days = [r.text["date"] for r in lines if r.kind == "closing"]
    return date.fromisoformat(days[-1]) if days else None


def clock(closed: date, today: date) -> tuple[date, int]:
    """(the day by which the response is due, days left until then; negative once it is past)."""
    due = closed + timedelta(weeks=WEEKS)
    return due, (due - today).days


def record(lines: Sequence[Considered], told: Sequence[Challenge] = ()) -> dict[str, Any]:
    """The record as exports hold it: closing and due date, openings, notes, responses.

    `told`: what readers said was missed; it is listed with the answers, personal details hidden.
    """
    closed = closing(lines)
    due = clock(closed, closed)[0].isoformat() if closed else ""

    def of(kind: str) -> list[Considered]:
        return [r for r in lines if r.kind == kind]

    return {
        "closed": closed.isoformat() if closed else "",
        "response_due": due,
        "opened": [{"edition": r.number, "who": r.who, "role": r.role, "at": r.at}
                   for r in of("opened")],
        "notes": [{"edition": r.number, "who": r.who, "role": r.role, "at": r.at,
                   "note": r.text["note"]} for r in of("note")],
        "responses": [{"theme_id": r.theme_id, "who": r.who, "at": r.at, **r.text}
                      for r in responses(lines).values()],
        "challenges": listed(told),
    }  # fmt: skip
