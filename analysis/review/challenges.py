"""“This was missed”: what a reader tells the team about an edition, and what the team answers.

Whoever tells it has no account: an address that only they have leads them to the answer. What they
wrote may be anything, so every place but the team's own page shows it with personal details hidden.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from analysis.errors import HeardError
from analysis.prepare.privacy import redact
from analysis.settings import PublicLimits

HOUR = 3600.0
Status = Literal["missing", "partly", "whole"]  # of the point that it is about, or the whole text
STATUSES: tuple[Status, ...] = get_args(Status)
Kind = Literal["theme", "summary", "there", "not"]
KINDS: dict[Kind, str] = {
    "theme": "A theme was added",
    "summary": "The summary was changed",
    "there": "It is there already",
    "not": "Nothing was changed",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ChallengeError(HeardError):
    """What was sent, or the answer to it, cannot be taken."""


@dataclass(frozen=True)
class Told:
    """What a reader sends. theme_id: the closest theme of the edition, "" if there is none."""

    text: str
    status: Status
    theme_id: str


@dataclass(frozen=True)
class Answer:
    """`edition`: where to see it, 0 if in none yet. `at` in seconds since 1970."""

    kind: Kind
    text: str
    edition: int
    who: str
    email: str
    at: float


@dataclass(frozen=True)
class Challenge:
    """One entry of the team's queue, with its answers, the oldest first; the last one counts."""

    id: int
    consultation_id: str
    number: int
    text: str
    status: Status
    theme_id: str
    created: float
    answers: tuple[Answer, ...]

    @property
    def open(self) -> bool:
        return not self.answers


def token() -> str:
    """The secret part of the address at which the answer can be read."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """All that is kept of a token."""
    return hashlib.sha256(secret.strip().encode("utf-8", "replace")).hexdigest()


def mark(text: str) -> str:
    """The same for texts that differ in nothing but space and case."""
    same = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.sha256(same.encode()).hexdigest()


def told(
    text: str, status: str, theme_id: str, themes: Collection[str], limits: PublicLimits
) -> Told:
    """What is kept of what was sent. `themes`: those of the edition. Raises ChallengeError."""
    clean = _clean(text)
    if len(clean.split()) < limits.challenge_words:
        raise ChallengeError("Please write at least one sentence.")
    if len(clean) > limits.challenge_longest:
        raise ChallengeError(
            f"This is too long. Please say it in {limits.challenge_longest:,} letters or less."
        )
    known: Status | None = next((s for s in STATUSES if s == status), None)
    if known is None:
        raise ChallengeError("Please check your text again, and then send it.")
    return Told(clean, known, theme_id if theme_id in themes else "")


def _clean(text: str) -> str:
    """Without what no database and no page can hold."""
    whole = text.encode("utf-8", "ignore").decode()
    return _CONTROL.sub("", whole.replace("\r\n", "\n")).strip()


def admit(everyone: int, own: int, limits: PublicLimits) -> None:
    """Raises ChallengeError where too much came in the last hour.

    `everyone`: how many came for the edition; `own`: how many from the same source.
    """
    if own >= limits.challenges_source:
        raise ChallengeError(
            f"You can send {limits.challenges_source} in one hour. Please come back later."
        )
    if everyone >= limits.challenges_hour:
        raise ChallengeError(
            "Many people have written to the team in the last hour. Please come back later."
        )


def answered(kind: str, text: str, edition: int, editions: Collection[int]) -> tuple[Kind, str]:
    """Kind and text of an answer, fit to be kept. Raises ChallengeError.

    `editions`: the numbers that there are.
    """
    found: Kind | None = next((k for k in KINDS if k == kind), None)
    if found is None:
        raise ChallengeError("Choose what became of it.")
    clean = _clean(text)
    if not clean:
        raise ChallengeError("Say in a sentence what became of it, or why nothing was changed.")
    if edition and edition not in editions:
        raise ChallengeError(f"There is no edition {edition}.")
    if found == "summary" and not edition:
        raise ChallengeError("Say in which edition the summary was changed.")
    return found, clean


def ordered(found: Sequence[Challenge]) -> list[Challenge]:
    """Open ones first, the oldest first; then the answered, the newest first."""
    waiting = sorted((c for c in found if c.open), key=lambda c: (c.created, c.id))
    done = sorted((c for c in found if not c.open), key=lambda c: (-c.created, -c.id))
    return [*waiting, *done]


def open_ones(found: Sequence[Challenge]) -> list[Challenge]:
    return [c for c in found if c.open]


def for_asker(challenge: Challenge) -> dict[str, Any]:
    """What whoever has the address may read: nobody's name."""
    return {
        "consultation": challenge.consultation_id,
        "number": challenge.number,
        "text": redact(challenge.text),
        "created": challenge.created,
        "answers": [
            {"kind": a.kind, "text": a.text, "edition": a.edition, "at": a.at}
            for a in challenge.answers
        ],
    }


def listed(found: Sequence[Challenge]) -> list[dict[str, Any]]:
    """The challenges as the consideration record holds them, with the answer that counts."""
    return [{**_listed(c), **_answer(c)} for c in sorted(found, key=lambda c: c.id)]


def _listed(challenge: Challenge) -> dict[str, Any]:
    return {
        "id": challenge.id,
        "edition": challenge.number,
        "at": challenge.created,
        "about": challenge.status,
        "theme_id": challenge.theme_id,
        "text": redact(challenge.text),
    }


def _answer(challenge: Challenge) -> dict[str, Any]:
    last = challenge.answers[-1] if challenge.answers else None
    return {
        "answer": KINDS[last.kind] if last else "Not answered yet",
        "why": last.text if last else "",
        "answered_in": last.edition if last else 0,
        "who": last.who if last else "",
        "answered_at": last.at if last else 0.0,
    }
