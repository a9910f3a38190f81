"""The one client that speaks to a language model: structured replies, retries, budget, call cache.

Any server that speaks the chat-completions protocol will do (OpenAI, Azure, Ollama, vLLM,
llama.cpp). What the server says about an error is never repeated: it may hold the key.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openai
import pydantic
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema

from analysis.errors import BackendError
from analysis.fingerprint import fingerprint
from analysis.llm_config import (
    Estimate,
    LlmConfig,
    Request,
    Usage,
    config_from,
    estimate,
    prompt,
    prompt_versions,
    rough_tokens,
)
from analysis.llm_replies import (
    BudgetSpent,
    KeyRefused,
    M,
    Malformed,
    QuotaSpent,
    Refused,
    Stopped,
    TooLong,
    Unreachable,
    by_id,
    in_pieces,
    one_of,
    parse,
)
from analysis.llm_status import refused, status_of

__all__ = [
    "BudgetSpent", "Client", "Estimate", "KeyRefused", "LlmConfig", "Malformed", "QuotaSpent",
    "Refused", "Request", "Stopped", "TooLong", "Unreachable", "Usage", "by_id", "config_from",
    "estimate", "in_pieces", "one_of", "parse", "prompt", "prompt_versions", "response_format",
    "rough_tokens",
]  # fmt: skip

_AGAIN = "That reply did not fit the schema. Reply again with one JSON object that fits it."
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class Client:
    """Asks one model, within a budget; answered calls are kept in the folder `cache`.

    `pause` waits between retries; it may raise to stop the run. After a `Stopped` error the
    client sends nothing more, but still answers from the cache.
    """

    def __init__(
        self,
        config: LlmConfig,
        cache: Path | None = None,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.config = config
        self.usage = Usage()
        self._cache = cache
        self._pause = pause
        self._stopped: Stopped | None = None
        self._api = openai.OpenAI(
            api_key=config.api_key or "no-key",
            base_url=config.base_url,
            timeout=config.timeout,
            max_retries=0,  # retried here, where each attempt is counted and a spent quota is final
            http_client=openai.DefaultHttpxClient(
                timeout=config.timeout,
                follow_redirects=False,  # replies go to the named address and nowhere else
                trust_env=config.host not in _LOCAL,  # no proxy for this machine
            ),
        )

    @property
    def stopped(self) -> bool:
        """Whether something was left unasked that a later run may ask."""
        return self._stopped is not None

    def ask(self, prompt_name: str, system: str, user: str, schema: type[M]) -> M:
        """The model's answer to `user` under `system`, as an instance of `schema`.

        Raises Refused, Malformed or TooLong for this question, Stopped for all that follow.
        """
        form = response_format(schema)
        name = fingerprint(self.config.model, self.config.base_url, system, user, form)
        kept = self._recall(name, schema)
        if kept is not None:
            self._count(cached=1)
            return kept
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": system},
            {"role": "user", "content": user},
        ]
        try:
            for _ in range(2):
                content = self._send(messages, form)
                answer = parse(content, schema)
                if answer is not None:
                    self._keep(name, prompt_name, content)
                    return answer
                messages = [*messages, {"role": "user", "content": _AGAIN}]
            raise Malformed(f"The model at {self.config.host} gave no usable reply, twice.")
        except Refused:
            self._count(refused=1)
            raise
        except BackendError as error:
            self._count(failed=int(not isinstance(error, BudgetSpent)))
            if isinstance(error, Stopped):
                self._stopped = error
            raise

    def _send(
        self, messages: list[ChatCompletionMessageParam], form: ResponseFormatJSONSchema
    ) -> str:
        size = rough_tokens("".join(str(m.get("content", "")) for m in messages))
        for attempt in range(self.config.retries + 1):
            self._allow(size)
            self._count(calls=1)
            outcome = self._once(messages, form, attempt)
            if isinstance(outcome, str):
                return outcome
            error, wait = outcome
            if wait is None or attempt == self.config.retries:
                break
            self._pause(wait)
        raise error

    def _allow(self, tokens: int) -> None:
        if self._stopped:
            raise type(self._stopped)(*self._stopped.args)
        limits = self.config.max_calls, self.config.max_tokens
        if self.usage.calls >= limits[0] or self.usage.tokens + tokens > limits[1]:
            raise BudgetSpent(
                f"The budget of {limits[0]:,} calls and {limits[1]:,} tokens is used up: "
                "raise it and continue the run; what was answered is kept."
            )

    def _once(
        self,
        messages: list[ChatCompletionMessageParam],
        form: ResponseFormatJSONSchema,
        attempt: int,
    ) -> str | tuple[BackendError, float | None]:
        """The reply's text, or an error and the seconds after which to try again (None: never).

        Errors are handed back, not raised, so that none carries the library's own, which holds
        the request and its key.
        """
        backoff = self.config.backoff * 2**attempt
        host = self.config.host
        try:
            reply = self._api.chat.completions.create(
                model=self.config.model,
                messages=messages,
                response_format=form,
                max_completion_tokens=self.config.reply_tokens,
            )
        except openai.APIStatusError as error:
            return status_of(error, host, self.config.model, backoff)
        except openai.APIConnectionError:
            return Unreachable(f"{host} does not answer: continue the run when it does."), backoff
        except (openai.OpenAIError, ValueError):
            return ""  # an answer, but not one of this protocol
        return self._content(reply)

    def _content(self, reply: object) -> str | tuple[BackendError, None]:
        if not isinstance(reply, ChatCompletion):
            return ""
        if reply.usage:
            self._count(
                prompt_tokens=reply.usage.prompt_tokens or 0,
                completion_tokens=reply.usage.completion_tokens or 0,
            )
        if not reply.choices or not reply.choices[0].message:
            return ""
        choice = reply.choices[0]
        if choice.finish_reason == "content_filter" or choice.message.refusal:
            return refused(self.config.host), None
        if choice.finish_reason == "length":
            return TooLong("The model's reply was cut off: ask about fewer replies at once."), None
        return choice.message.content or ""

    def _count(self, **more: int) -> None:
        self.usage = replace(self.usage, **{k: getattr(self.usage, k) + n for k, n in more.items()})

    def _recall(self, name: str, schema: type[M]) -> M | None:
        if self._cache is None:
            return None
        try:
            kept = json.loads((self._cache / f"{name}.json").read_text(encoding="utf-8"))
            return parse(kept["content"], schema)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, name: str, prompt_name: str, content: str) -> None:
        if self._cache is None:
            return
        self._cache.mkdir(parents=True, exist_ok=True)
        record = {"prompt": prompt_name, "model": self.config.model, "content": content}
        part = self._cache / f"{name}.{os.getpid()}.part"
        part.write_text(json.dumps(record, ensure_ascii=True), encoding="utf-8")
        part.replace(self._cache / f"{name}.json")


def response_format(schema: type[pydantic.BaseModel]) -> ResponseFormatJSONSchema:
    """`schema` as a strict JSON schema for structured outputs."""
    function = openai.pydantic_function_tool(schema)["function"]
    strict: dict[str, Any] = dict(function["parameters"])
    name = schema.__name__
    return {
        "type": "json_schema",
        "json_schema": {"name": name, "strict": True, "schema": strict},
    }
