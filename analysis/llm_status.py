"""What a server's error means for a run, and when to try again. Its words are never repeated."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import openai

from analysis.errors import BackendError
from analysis.llm_replies import KeyRefused, QuotaSpent, Refused, Stopped, TooLong, Unreachable

MAX_WAIT = 60.0  # seconds; a server that asks for more has stopped the run
_NO_CREDIT = {"insufficient_quota", "billing_hard_limit_reached"}
_FILTERED = {
    "content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation", "invalid_prompt",
    "data_inspection_failed",
}  # fmt: skip
_LONG = {"context_length_exceeded", "string_above_max_length", "exceed_context_size_error"}
# Some servers give no code for it; the message is read, never repeated.
_LONG_WORDS = re.compile(
    r"(?:maximum|max|exceeds?|beyond)[^.]{0,40}(?:context|tokens)|prompt is too long"
    r"|request too large|reduce the length",
    re.IGNORECASE,
)


def refused(host: str) -> Refused:
    return Refused(f"The content filter of {host} refused these replies: a person must read them.")


def status_of(
    error: openai.APIStatusError, host: str, model: str, backoff: float
) -> tuple[BackendError, float | None]:
    """What a status code means, and when to try again. Sources: the protocol's error codes."""
    status, codes = error.status_code, _codes(error.body)
    if codes & _NO_CREDIT or status == 402:
        return QuotaSpent(
            f"The account at {host} has no credit left: add credit and continue the run; "
            "what was answered is kept."
        ), None
    if codes & _FILTERED:
        return refused(host), None
    if codes & _LONG or status == 413 or (status in (400, 422) and _says_long(error.body)):
        return TooLong(f"The request is longer than {model} can read: send less at once."), None
    if status in (401, 403):
        return KeyRefused(
            f"The key was refused by {host}: check it and continue the run; "
            "what was answered is kept."
        ), None
    if status in (408, 409, 429) or status >= 500:
        asked = _retry_after(error)
        what = "is too busy" if status == 429 else "has a fault"
        wait = asked + backoff
        return Unreachable(
            f"{host} {what} (status {status}): continue the run later; what was answered is kept."
        ), wait if wait <= MAX_WAIT else None
    return Stopped(
        f"{host} does not accept the request for the model {model} (status {status}): "
        "check the address and the model's name."
    ), None


def _codes(body: object) -> set[str]:
    """Every code and type in an error body, also those of Azure's inner error."""
    found: set[str] = set()
    while isinstance(body, dict):
        found |= {str(body[k]) for k in ("code", "type") if body.get(k)}
        body = body.get("innererror") or body.get("error")
    return found


def _says_long(body: object) -> bool:
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = inner.get("message", "") if isinstance(inner, dict) else inner
    return bool(_LONG_WORDS.search(str(message)[:2_000]))


def _retry_after(error: openai.APIStatusError) -> float:
    """Seconds that the server asks for, given as a number or as a date; 0 where it does not say."""
    asked = error.response.headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # neither, or a date without a zone
        return 0.0
