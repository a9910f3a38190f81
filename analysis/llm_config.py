"""What is asked of a language model and where: configuration, prompts, estimate, usage."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pydantic

from analysis.errors import BackendError
from analysis.settings import LlmSettings

OPENAI_URL = "https://api.openai.com/v1"
PROMPTS = Path(__file__).parent / "summarise" / "prompts"
CHARS_PER_TOKEN = 4  # rough, for English


@dataclass(frozen=True)
class LlmConfig:
    """Where to ask and how much. `timeout` and `backoff` in seconds; budgets hold for one client.

    `retries` are extra attempts of one call; `backoff` doubles at each, on top of Retry-After.
    """

    model: str
    base_url: str
    api_key: str = field(default="", repr=False, compare=False)
    max_calls: int = 500
    max_tokens: int = 1_000_000
    timeout: float = 90.0
    retries: int = 4
    backoff: float = 0.5
    reply_tokens: int = 8_000

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""


@dataclass(frozen=True)
class Usage:
    """`calls`: requests sent, retries included. `refused` and `failed`: questions unanswered."""

    calls: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    refused: int = 0
    failed: int = 0

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True)
class Request:
    """One question exactly as it would be sent, for reading before the run and for asking."""

    prompt_name: str
    system: str
    user: str
    schema: type[pydantic.BaseModel]


@dataclass(frozen=True)
class Estimate:
    """Rough: tokens are characters divided by four. `cost` is None unless a price was given."""

    calls: int
    tokens: int
    cost: float | None = None


def estimate(texts: Iterable[str], calls: int, price_per_million: float | None = None) -> Estimate:
    """What `calls` requests that hold `texts` would take; replies are not counted."""
    tokens = sum(rough_tokens(text) for text in texts)
    cost = None if price_per_million is None else tokens * price_per_million / 1e6
    return Estimate(calls, tokens, cost)


def rough_tokens(text: str) -> int:
    return math.ceil(len(text) / CHARS_PER_TOKEN)


def prompt(name: str) -> str:
    """The text of a versioned prompt file; a changed wording is a new file."""
    return (PROMPTS / f"{name}.txt").read_text(encoding="utf-8")


def prompt_versions() -> dict[str, str]:
    """SHA-256 of each prompt file by name, for fingerprints and run.json."""
    files = sorted(PROMPTS.glob("*.txt"))
    return {file.stem: sha256(file.read_bytes()).hexdigest() for file in files}


def config_from(settings: LlmSettings, key: str | None = None) -> LlmConfig | None:
    """The client's configuration, or None when the team has not switched the model on.

    Without `key`, OPENAI_API_KEY is used, but only for the address that the environment names
    (OPENAI_BASE_URL, else OpenAI): an address typed in a form never receives the machine's key.
    Raises BackendError when the key or the address cannot be used.
    """
    if not settings.enabled:
        return None
    home = os.environ.get("OPENAI_BASE_URL") or OPENAI_URL
    base_url = (settings.base_url.strip() or home).rstrip("/")
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BackendError("The model's address must begin with https:// or http://: correct it.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BackendError(
            "The model's address must not hold a key or a query: give the key in its own field."
        )
    key = (key or "").strip()
    if not key and _origin(base_url) == _origin(home):
        key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not key and _origin(base_url) == _origin(OPENAI_URL):
        raise BackendError("The language model is switched on, but no key is set: give a key.")
    if not (key.isascii() and key.isprintable()):
        raise BackendError("The key holds characters that no key can have: paste it again.")
    calls, tokens = budget()
    return LlmConfig(settings.model, base_url, key, max_calls=calls, max_tokens=tokens)


def budget() -> tuple[int, int]:
    """Calls and tokens at which a run stops (HEARD_LLM_CALLS, HEARD_LLM_TOKENS)."""
    return (
        int(_number("HEARD_LLM_CALLS") or LlmConfig.max_calls),
        int(_number("HEARD_LLM_TOKENS") or LlmConfig.max_tokens),
    )


def price() -> float | None:
    """Of a million tokens (HEARD_LLM_PRICE), in the currency of whoever set it."""
    return _number("HEARD_LLM_PRICE")


def _number(name: str) -> float | None:
    said = os.environ.get(name, "").strip()
    try:
        number = float(said) if said else None
    except ValueError:
        number = math.nan
    if number is not None and not 0 <= number < math.inf:
        raise BackendError(f"{name} must be a number: correct it where Heard is started.")
    return number


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
