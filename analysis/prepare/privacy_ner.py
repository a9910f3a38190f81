"""A department's own recogniser of names, such as a NER model, joined to the rules.

`HEARD_NER=module:function` names it. The function gets a list of texts and gives one list of places
for each, in the same order: (start, end, kind), offsets in characters of that text, kind a word or
two ("name", "organisation"; PERSON and PER are taken as "name"). It must give the same places for
the same text, and a `revision` (an attribute of the function or its module) if its results change.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from analysis.errors import BackendError

VARIABLE = "HEARD_NER"
BATCH = 256
_NAMED = {"per": "name", "person": "name", "pers": "name", "persname": "name"}
_KIND = re.compile(r"[^\W\d_][\w -]{0,29}")

Found = Sequence[Iterable[tuple[int, int, str]]]


class Recogniser(Protocol):
    """Texts → places, one iterable a text; may be a function or an object that can be called."""

    def __call__(self, texts: Sequence[str], /) -> Found: ...


def revision() -> str:
    """What the results depend on: "rules", or "rules, module:function revision"."""
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return "rules"
    made = getattr(load(), "revision", "")
    return f"rules, {named} {made}".rstrip()


def reason() -> str:
    """Why the rules work alone or not, for run.json."""
    return f"set by {VARIABLE}" if os.environ.get(VARIABLE, "").strip() else "default"


def load() -> Recogniser | None:
    """The recogniser that the environment names. Raises BackendError if there is none such."""
    named = os.environ.get(VARIABLE, "").strip()
    if not named:
        return None
    module, _, function = named.partition(":")
    try:
        place = importlib.import_module(module)
        found = getattr(place, function)
    except Exception as cause:
        raise BackendError(
            f"The name recogniser “{named}” cannot be loaded ({type(cause).__name__}: {cause}). "
            f"Set {VARIABLE} to module:function, or leave it empty to use the rules alone."
        ) from cause
    if not callable(found):
        raise BackendError(
            f"“{named}” cannot be called. Set {VARIABLE} to module:function, where function takes "
            "a list of texts."
        )
    if not hasattr(found, "revision") and hasattr(place, "revision"):
        return _Revised(found, str(place.revision))
    return found  # type: ignore[no-any-return]


class _Revised:
    """A recogniser with the revision of its module."""

    def __init__(self, recogniser: Recogniser, revision: str) -> None:
        self.recogniser, self.revision = recogniser, revision

    def __call__(self, texts: Sequence[str], /) -> Found:
        return self.recogniser(texts)


def places(recogniser: Recogniser, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """The places in each text, checked; equal texts are looked at once. Raises BackendError."""
    different = list(dict.fromkeys(texts))
    found: dict[str, list[tuple[int, int, str]]] = {}
    for at in range(0, len(different), BATCH):
        batch = different[at : at + BATCH]
        given = _called(recogniser, batch)
        if len(given) != len(batch):
            raise _wrong(f"answered {len(batch)} texts with {len(given)} lists")
        for text, spans in zip(batch, given, strict=True):
            found[text] = [_checked(text, span) for span in spans]
    return [found[text] for text in texts]


def _called(recogniser: Callable[[Sequence[str]], Found], batch: list[str]) -> Found:
    try:
        return [list(spans) for spans in recogniser(list(batch))]
    except Exception as cause:
        raise _wrong(f"stopped with {type(cause).__name__}: {cause}") from cause


def _checked(text: str, span: tuple[int, int, str]) -> tuple[int, int, str]:
    try:
        start, end, kind = span
        start, end, kind = int(start), int(end), " ".join(str(kind).split()).lower()
    except (TypeError, ValueError) as cause:
        raise _wrong(f"gave {str(span)[:60]} where (start, end, kind) belongs") from cause
    if not 0 <= start < end <= len(text):
        raise _wrong(f"gave {start} to {end}, outside an answer of {len(text)} characters")
    if not _KIND.fullmatch(kind):
        raise _wrong(f"gave the kind “{kind[:40]}”, which is no word or two")
    return start, end, _NAMED.get(kind, kind)


def _wrong(what: str) -> BackendError:
    return BackendError(
        f"The added name recogniser {what}. Correct it, or leave {VARIABLE} empty to use the rules "
        "alone, then run again."
    )
