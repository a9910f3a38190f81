"""Machine translations of answers in other languages, by the model that the team switched on.

The redacted answers are sent as data, under ids made for the call, and joined by id. A
translation is an aid to reading: it stands under the original, marked, and nothing is counted,
grouped or quoted from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import pandas as pd
import pydantic

from analysis.llm import (
    Client,
    Malformed,
    Request,
    Stopped,
    by_id,
    in_pieces,
    one_of,
    prompt,
    rough_tokens,
)
from analysis.parallel import Progress, no_progress
from analysis.prepare.language import NAMES
from analysis.summarise.generate import pieces, visible

PROMPT = "translate.v1"
MARK = "Translated by machine"
CALL_TOKENS = 2_000  # rough, of answers in one call: the reply is about as long
LONGEST = 8  # times the letters of the original, and SPARE: Chinese is short, English long
SPARE = 80
SHORTEST = 8  # a part of the original's letters that a whole translation cannot be under
LISTED = 20  # response ids named in one problem
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]")
COLUMNS = ("response_id", "translation")


@dataclass(frozen=True)
class _Part:
    """A passage as it is sent: `ref` is made for the call, `row` says which text it is of."""

    ref: str
    row: int
    language: str
    text: str


def translate(
    responses: pd.DataFrame, target: str, client: Client, progress: Progress = no_progress
) -> tuple[pd.DataFrame, list[str]]:
    """Translations into `target` (a language code) and a plain sentence for each thing not done.

    responses: response_id, shown_text (redacted), language (a code). Equal texts are sent once.
    Returns response_id, translation, in the order of `responses`; an answer of which a part could
    not be translated has no row. A backend's failure is one of the sentences, never raised;
    Cancelled is raised.
    """
    texts = [visible(str(t)) for t in responses["shown_text"]]
    languages = dict(zip(texts, responses["language"].astype(str), strict=True))
    distinct = sorted(t for t in languages if t)
    parts = [
        _Part("", row, NAMES.get(languages[text], "unknown"), piece)
        for row, text in enumerate(distinct)
        for piece in pieces(text)
    ]
    parts = [_Part(f"a{n}", p.row, p.language, p.text) for n, p in enumerate(parts, 1)]
    got, reason = _all(parts, NAMES.get(target, target), client, progress)
    whole = {
        text: "\n".join(got[p.ref] for p in own)
        for text, own in _by_text(distinct, parts)
        if all(p.ref in got for p in own)
    }
    pairs = list(zip(responses["response_id"].astype(str), texts, strict=True))
    rows = [(ident, whole[text]) for ident, text in pairs if text in whole]
    missed = [ident for ident, text in pairs if text and text not in whole]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype("str")
    return frame, _problems(missed, reason)


def requests(responses: pd.DataFrame, target: str) -> list[Request]:
    """Rough: what `translate` would send first, for an estimate before the run."""
    rows = zip(responses["shown_text"], responses["language"], strict=True)
    distinct = sorted({visible(str(t)): str(code) for t, code in rows if visible(str(t))}.items())
    parts = [
        _Part(f"a{n}", n, NAMES.get(code, "unknown"), text)
        for n, (text, code) in enumerate(distinct, 1)
    ]
    return [_request(pack, NAMES.get(target, target)) for pack in _packs(parts)]


def attached(questions: list[dict[str, Any]], translations: pd.DataFrame) -> list[dict[str, Any]]:
    """Questions as in summary.json; a quote of a translated answer has it as "translation"."""
    known = dict(zip(translations["response_id"], translations["translation"], strict=True))
    if not known:
        return questions

    def view(of: dict[str, Any]) -> dict[str, Any]:
        quotes = [
            {**q, "translation": known[q["response_id"]]} if q["response_id"] in known else q
            for q in of["quotes"]
        ]
        return {**of, "quotes": quotes}

    parts = ("viewpoints", "smaller_views")
    return [{**q, **{p: [view(v) for v in q[p]] for p in parts if p in q}} for q in questions]


def _by_text(distinct: Sequence[str], parts: Sequence[_Part]) -> Iterable[tuple[str, list[_Part]]]:
    own: dict[int, list[_Part]] = {}
    for part in parts:
        own.setdefault(part.row, []).append(part)
    return ((text, own[row]) for row, text in enumerate(distinct))


def _packs(parts: Sequence[_Part]) -> list[list[_Part]]:
    packs: list[list[_Part]] = []
    room = 0
    for part in parts:
        size = rough_tokens(part.text)
        if size > room:
            packs.append([])
            room = CALL_TOKENS
        packs[-1].append(part)
        room -= size
    return packs


def _all(
    parts: Sequence[_Part], target: str, client: Client, progress: Progress
) -> tuple[dict[str, str], str]:
    """Accepted translations by ref, and why the rest is missing."""
    got: dict[str, str] = {}
    reason = "the model gave no translation that fits"
    done = 0
    for pack in _packs(parts):
        try:
            got |= _pack(pack, target, client)
        except Malformed:
            pass
        except Stopped as error:  # the client still answers from its cache
            reason = str(error)
        done += len(pack)
        progress(done, len(parts))
    return got, reason


def _pack(pack: Sequence[_Part], target: str, client: Client) -> dict[str, str]:
    """One call, and one more for each part that came back missing, twice or unfit."""
    by_ref = {p.ref: p for p in pack}
    answers, unread = in_pieces(lambda some: _ask(some, target, client), pack)
    refused = {p.ref for p in unread}
    got = {ref: text for answer in answers for ref, text in answer.items()}
    for ref in by_ref:
        if ref not in got and ref not in refused and len(pack) > 1:
            alone, _ = in_pieces(lambda some: _ask(some, target, client), [by_ref[ref]])
            got |= {r: t for answer in alone for r, t in answer.items()}
    return got


def _ask(parts: Sequence[_Part], target: str, client: Client) -> dict[str, str]:
    r = _request(parts, target)
    answer = client.ask(r.prompt_name, r.system, r.user, r.schema).model_dump()
    given = [(t["id"], visible(t["translation"])) for t in answer["replies"]]
    by_ref = {p.ref: p.text for p in parts}
    fit = [(ref, text) for ref, text in given if _fits(by_ref.get(ref, ""), text)]
    return by_id(list(by_ref), fit)[0]


def _request(parts: Sequence[_Part], target: str) -> Request:
    replies = [{"id": p.ref, "language": p.language, "text": p.text} for p in parts]
    user = json.dumps({"target": target, "replies": replies}, ensure_ascii=False)
    one = pydantic.create_model(
        "Translated", id=(Annotated[str, one_of([p.ref for p in parts])], ...),
        translation=(str, ...),
    )  # fmt: skip
    schema = pydantic.create_model("Translations", replies=(list[one], ...))  # type: ignore[valid-type]
    return Request(PROMPT, prompt(PROMPT), user, schema)


def _fits(original: str, translation: str) -> bool:
    """Neither empty, echoed, cut off or padded, and no placeholder lost or invented."""
    return (
        bool(translation)
        and translation != original
        and len(original) / SHORTEST <= len(translation) <= LONGEST * len(original) + SPARE
        and sorted(_PLACEHOLDER.findall(original)) == sorted(_PLACEHOLDER.findall(translation))
    )


def _problems(missed: list[str], reason: str) -> list[str]:
    if not missed:
        return []
    named = ", ".join(missed[:LISTED]) + (" …" if len(missed) > LISTED else "")
    what = "1 answer has" if len(missed) == 1 else f"{len(missed):,} answers have"
    return [f"{what} no translation ({named}): {reason.rstrip('.')}."]
