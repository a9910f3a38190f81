"""What became of my reply: codes that only the respondent is sent, and what a code opens.

A code is an HMAC of the reference number under a random key of the consultation, so a reference
number alone, which others may know or guess, opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.capture.public import edition_theme
from analysis.errors import HeardError
from analysis.ledger import exclusion
from analysis.records import Run, each
from analysis.review.editions import Edition, EditionContent, named_themes
from analysis.settings import PublicLimits

HOUR = 3600.0
LETTERS, GROUP = 12, 4  # of a code; 12 letters of base 32 are 60 bits
WRONG = "The reference number and the code do not fit together. Please check both."
_READ_AS = str.maketrans("018", "OIB")  # base 32 has no such digits: somebody misread a letter


class ReceiptError(HeardError):
    """The reference number and the code open nothing, or too many were tried."""


@dataclass(frozen=True)
class Part:
    """One point of a reply. theme, people: as the edition shows them, "" if it has no such theme.

    counted: it is among those people. quoted: the edition quotes it.
    """

    text: str
    theme: str
    people: str
    counted: bool
    quoted: bool


@dataclass(frozen=True)
class Answered:
    """The answer to one question; `status`: analysed, or why not, and then there are no parts."""

    question: str
    text: str
    status: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Receipt:
    """`status`: analysed, or the one reason why nothing of the reply is."""

    status: str
    answers: tuple[Answered, ...]


# ---------------------------------------------------------------- codes
def new_key() -> str:
    return secrets.token_hex(32)


def code(key: str, reference: str) -> str:
    """The code of a respondent, in groups for reading aloud."""
    whole = hmac.new(bytes.fromhex(key), _bytes(reference.strip()), hashlib.sha256).digest()
    letters = base64.b32encode(whole).decode()[:LETTERS]
    return "-".join(letters[i : i + GROUP] for i in range(0, LETTERS, GROUP))


def right(key: str | None, reference: str, typed: str) -> bool:
    """Whether the code is that of the reference; as slow for every wrong one."""
    expected = code(key or new_key(), reference)
    clean = "".join(c for c in typed.upper().translate(_READ_AS) if c.isalnum())
    return hmac.compare_digest(_bytes(expected.replace("-", "")), _bytes(clean)) and bool(key)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def admit(reply: int, source: int, limits: PublicLimits) -> None:
    """Raises ReceiptError where too many wrong codes came from one source in the last hour.

    `reply`: for this reply; `source`: for any. From elsewhere the reply can still be opened, so
    nobody can lock somebody else out of theirs.
    """
    if reply >= limits.tries_reply or source >= limits.tries_source:
        raise ReceiptError("There were too many tries. Please come back in an hour.")


# ---------------------------------------------------------------- what a code opens
def receipt(run: Run, edition: Edition, content: EditionContent, reference: str) -> Receipt:
    """What the edition did with a reply. Raises ReceiptError if the reply is not in it."""
    people = run.consultation.respondents
    if reference not in set(people["respondent_id"]):
        raise ReceiptError("Your reply is not in this edition. It may have come later.")
    status = exclusion(run.consultation, run.prepared)[people["respondent_id"] == reference]
    own = run.prepared.responses.query("respondent_id == @reference")
    questions = {q.id: q.text for q in run.consultation.questions}
    views = [
        v for q in run.summary.counted(edition.counting)
        for v in (*q["viewpoints"], *q["smaller_views"])
    ]  # fmt: skip
    points = run.points.points.merge(run.themes.assigned, on="point_id")
    answers = (
        Answered(
            questions[r.question_id], r.shown_text, r.status,
            tuple(_parts(points[points["response_id"] == r.response_id], views, content)),
        )
        for r in each(own)
    )  # fmt: skip
    return Receipt(str(status.iloc[0]), tuple(answers))


def _parts(
    points: pd.DataFrame, views: list[dict[str, Any]], content: EditionContent
) -> list[Part]:
    shown = named_themes(content.public)
    parents = dict(zip(content.themes["theme_id"], content.themes["parent_id"], strict=True))
    made = []
    for point in each(points):
        theme_id = edition_theme(point.theme_id, shown, parents)
        theme = shown.get(theme_id, {"name": "", "people": "", "quotes": []})
        own = [v for v in views if v["theme_id"] == theme_id]
        cites = own[0]["sentences"][0]["cites"] if own else []
        made.append(
            Part(
                point.text, theme["name"], theme["people"], point.response_id in cites,
                any(_quotes(q, point, theme["quotes"]) for v in own for q in v["quotes"]),
            )
        )  # fmt: skip
    return made


def _quotes(quote: dict[str, Any], point: Any, published: Sequence[str]) -> bool:
    """Whether a quotation is of the point, and one of those on the public page."""
    same = quote["response_id"] == point.response_id and quote["text"] in published
    return bool(same and quote["start"] < point.end and point.start < quote["end"])
