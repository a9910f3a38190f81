"""What may go wrong with a model's reply, and how what is right is joined by id."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pydantic

from analysis.errors import BackendError

M = TypeVar("M", bound=pydantic.BaseModel)
T = TypeVar("T")
R = TypeVar("R")


class Refused(BackendError):
    """The server's content filter refused this request; other requests may still pass."""


class Malformed(BackendError):
    """The reply did not fit the schema, twice."""


class TooLong(BackendError):
    """The request or its reply is longer than the model can take; a part of it may pass."""


class Stopped(BackendError):
    """No further call makes sense in this run; what was answered is kept."""


class BudgetSpent(Stopped):
    """The calls or tokens allowed for this run are used up."""


class QuotaSpent(Stopped):
    """The account has no credit left."""


class KeyRefused(Stopped):
    """The server does not accept the key."""


class Unreachable(Stopped):
    """The server did not answer, or was too busy, after every retry."""


def parse(content: str, schema: type[M]) -> M | None:
    """`content` as `schema`, with or without chatter or a code fence around it, else None."""
    begin = min((i for i in (content.find("{"), content.find("[")) if i >= 0), default=-1)
    if begin < 0:
        return None
    try:
        data, _ = json.JSONDecoder().raw_decode(content, begin)
        if isinstance(data, list) and len(schema.model_fields) == 1:
            data = {next(iter(schema.model_fields)): data}
        return schema.model_validate(data)
    except (ValueError, RecursionError):
        return None


def one_of(ids: Sequence[str]) -> Any:
    """A field that the server holds to `ids`; an invented one is left for `by_id` to throw out."""
    return pydantic.Field(json_schema_extra={"enum": list(ids)})


def by_id(
    asked: Sequence[str],
    got: Iterable[tuple[str, T]],
    valid: Callable[[T], bool] = lambda _value: True,
) -> tuple[dict[str, T], list[str]]:
    """Join a reply to what was asked by id, never by place.

    Returns the accepted values and the ids to ask again: missing, invalid, or answered more than
    once in different ways. Ids that were not asked for are thrown away.
    """
    found: dict[str, list[T]] = {name: [] for name in asked}
    for name, value in got:
        if name in found and value not in found[name]:
            found[name].append(value)
    accepted = {n: v[0] for n, v in found.items() if len(v) == 1 and valid(v[0])}
    return accepted, [name for name in asked if name not in accepted]


def in_pieces(
    ask: Callable[[Sequence[T]], R], items: Sequence[T], level: int = 0
) -> tuple[list[R], list[T]]:
    """`ask` about all items, in smaller pieces where the filter or the length forbids it.

    Returns the answers and the items that no piece could carry. An item that the filter refuses
    is sent at most three times: with all, with about the square root of them, and alone.
    """
    try:
        return [ask(items)], []
    except (Refused, TooLong) as error:
        if len(items) == 1:
            return [], list(items)
        refused = isinstance(error, Refused)
    whole = len(items)
    size = math.ceil(whole / 2) if not refused else 1 if level else math.ceil(math.sqrt(whole))
    answers: list[R] = []
    left: list[T] = []
    for begin in range(0, whole, size):
        got, lost = in_pieces(ask, items[begin : begin + size], level + refused)
        answers += got
        left += lost
    return answers, left
