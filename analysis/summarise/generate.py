"""Sentences by a language model about each viewpoint, verified in code before they are kept.

The replies are sent as data, redacted, under ids made for the call (r1, r2 …); each viewpoint is
asked about alone, so that a reply that gives orders cannot touch another viewpoint. Counts stay
the program's: its sentences remain first, the model's follow.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Annotated, Any

import pydantic

from analysis.llm import (
    Client,
    Malformed,
    Request,
    Stopped,
    in_pieces,
    one_of,
    prompt,
    rough_tokens,
)
from analysis.parallel import Progress, no_progress
from analysis.prepare.orders import orders
from analysis.summarise.verify import Encode, borne_out, check_sentence, quoted_from

PROMPT = "viewpoint.v1"
MOST_REPLIES = 40  # read for one viewpoint, spread evenly over those who hold it
PART_CHARS = 6_000  # a longer reply is sent in parts under one id
CALL_TOKENS = 6_000  # rough, of replies in one call
PER_CALL = 3
MOST_SENTENCES = 6

Passages = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class _View:
    """One viewpoint to ask about: `texts` by reference (r1 …), `ids` back to response ids.

    ordering: responses that read like an instruction to a machine; they are not sent.
    """

    question: str
    theme: str
    position: str
    texts: dict[str, str]
    ids: dict[str, str]
    held_by: int
    ordering: list[str]


@dataclass(frozen=True)
class _Part:
    ref: str
    text: str


def generate(
    question_text: str,
    viewpoints: Sequence[dict[str, Any]],
    texts: Mapping[str, str],
    client: Client,
    *,
    passages: Passages | None = None,
    encode: Encode | None = None,
    progress: Progress = no_progress,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The viewpoints of one question with verified sentences by the model added, and what was not.

    viewpoints: as in summary.json; those who hold one are the responses that all its sentences
    cite. texts: redacted text by response id. passages: by (theme id, response id), the part of a
    reply that is about the theme, where only that is to be sent. encode: see verify.borne_out.

    Returns new viewpoints in the same order, and a list of {theme_id, position, kind, text, cites,
    reason}; kind: "sentence" or "citation" struck out, "surplus" sentence left out, "quote" taken
    off, "needs_person" a reply that the model would not read, "viewpoint" left as it was. A
    backend's failure is recorded there, never raised; Cancelled is raised.
    """
    done: list[dict[str, Any]] = []
    struck: list[dict[str, Any]] = []
    for number, viewpoint in enumerate(viewpoints, 1):
        view = _view(question_text, viewpoint, texts, passages)
        record = _Record(viewpoint, struck)
        written: dict[str, Any] = {}
        for name in view.ordering:
            record.add("needs_person", "reads like an instruction to a machine: not sent to the "
                       "model, a person must read it", cites=[name])  # fmt: skip
        try:
            if view.texts:
                written = _write(view, viewpoint, client, encode, record)
        except (Stopped, Malformed) as error:  # once stopped, the client answers from its cache
            record.add("viewpoint", f"not written: {error}")
        done.append({**viewpoint, **written})
        progress(number, len(viewpoints))
    return _without_unread(done, struck), struck


def requests(
    question_text: str,
    viewpoints: Sequence[dict[str, Any]],
    texts: Mapping[str, str],
    *,
    passages: Passages | None = None,
) -> list[Request]:
    """Exactly what `generate` would send, for reading and for an estimate before the run."""
    views = [_view(question_text, v, texts, passages) for v in viewpoints]
    return [_request(view, pack) for view in views for pack in _packs(view.texts)]


@dataclass(frozen=True)
class _Record:
    viewpoint: dict[str, Any]
    struck: list[dict[str, Any]]

    def add(self, kind: str, reason: str, text: str = "", cites: Sequence[str] = ()) -> None:
        place = {key: self.viewpoint.get(key, "") for key in ("theme_id", "position")}
        self.struck.append(
            {**place, "kind": kind, "text": text, "cites": list(cites), "reason": reason}
        )


def _view(
    question: str,
    viewpoint: dict[str, Any],
    texts: Mapping[str, str],
    passages: Passages | None,
) -> _View:
    theme = str(viewpoint.get("theme_id", ""))
    cited = [set(s["cites"]) for s in viewpoint["sentences"]]
    holders = sorted(set.intersection(*cited)) if cited else []
    own = {i: (passages or {}).get((theme, i), texts.get(i, "")) for i in holders}
    ordering = [i for i in holders if orders(own[i]) or orders(texts.get(i, ""))]
    distinct = {
        visible(text): i
        for i, text in reversed(own.items())
        if visible(text) and i not in set(ordering)
    }
    chosen = spread(sorted((i, text) for text, i in distinct.items()), MOST_REPLIES)
    return _View(
        question,
        str(viewpoint.get("theme", "")),
        str(viewpoint.get("position", "")),
        {f"r{n}": text for n, (_, text) in enumerate(chosen, 1)},
        {f"r{n}": i for n, (i, _) in enumerate(chosen, 1)},
        len(holders),
        ordering,
    )


def spread(items: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """At most `most` of the items, at even distances."""
    if len(items) <= most:
        return items
    return [items[k * len(items) // most] for k in range(most)]


def visible(text: str) -> str:
    """`text` without characters that a reader cannot see and a model can."""
    kept = (
        c for c in text if c in "\n\t\u200c\u200d" or unicodedata.category(c) not in _HIDDEN
    )  # joiners are letters' business in Persian and Hindi
    return "".join(kept).strip()


_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def _packs(texts: dict[str, str]) -> list[list[_Part]]:
    """The replies in parts, as many to a pack as CALL_TOKENS allows."""
    packs: list[list[_Part]] = []
    room = 0
    for ref, text in texts.items():
        for piece in pieces(text):
            size = rough_tokens(piece)
            if size > room:
                packs.append([])
                room = CALL_TOKENS
            packs[-1].append(_Part(ref, piece))
            room -= size
    return packs


def pieces(text: str) -> Iterable[str]:
    """All of `text`, cut at spaces into pieces of at most PART_CHARS."""
    while len(text) > PART_CHARS:
        cut = text.rfind(" ", PART_CHARS // 2, PART_CHARS) + 1 or PART_CHARS
        yield text[:cut].strip()
        text = text[cut:]
    yield text


def _request(view: _View, parts: Sequence[_Part]) -> Request:
    replies = [{"id": p.ref, "text": p.text} for p in parts]
    user = {"question": view.question, "theme": view.theme, "replies": replies}
    refs = list(dict.fromkeys(p.ref for p in parts))
    sentence = pydantic.create_model(
        "Sentence", text=(str, ...), cites=(list[Annotated[str, one_of(refs)]], ...)
    )
    schema = pydantic.create_model("Sentences", sentences=(list[sentence], ...))  # type: ignore[valid-type]
    return Request(PROMPT, prompt(PROMPT), json.dumps(user, ensure_ascii=False), schema)


def _write(
    view: _View,
    viewpoint: dict[str, Any],
    client: Client,
    encode: Encode | None,
    record: _Record,
) -> dict[str, Any]:
    """The keys of the viewpoint that change; raises Stopped and Malformed."""

    def ask(parts: Sequence[_Part]) -> list[dict[str, Any]]:
        r = _request(view, parts)
        answer = client.ask(r.prompt_name, r.system, r.user, r.schema).model_dump()
        for extra in answer["sentences"][PER_CALL:]:
            record.add("surplus", "one sentence too many in an answer", extra["text"])
        return list(answer["sentences"][:PER_CALL])

    answers: list[list[dict[str, Any]]] = []
    unread: list[str] = []
    for pack in _packs(view.texts):
        got, left = in_pieces(ask, pack)
        answers += got
        unread += [view.ids[part.ref] for part in left]
    for name in dict.fromkeys(unread):
        record.add("needs_person", "not read by the model: a person must read it", cites=[name])
    # one sentence of every answer before the second of any, so that no part goes unheard
    turns = [s for s in chain.from_iterable(zip_longest(*answers)) if s]
    kept = _verified(turns, view, max(MOST_SENTENCES, len(answers)), encode, record)
    counts = {"replies_read": len(view.texts), "replies_held": view.held_by}
    if not kept:
        return counts
    return {"sentences": [*viewpoint["sentences"], *kept], "written_by": "model", **counts}


def _verified(
    sentences: Iterable[dict[str, Any]],
    view: _View,
    most: int,
    encode: Encode | None,
    record: _Record,
) -> list[dict[str, Any]]:
    sources = {view.ids[ref]: text for ref, text in view.texts.items()}
    kept: dict[str, dict[str, Any]] = {}
    for sentence in sentences:
        text = " ".join(unicodedata.normalize("NFC", sentence["text"]).split())
        given = dict.fromkeys(sentence["cites"])
        cites = [view.ids[ref] for ref in given if ref in view.ids]
        cites = list(dict.fromkeys([*cites, *(quoted_from(text, cites, sources) or ())]))
        reason = check_sentence(text, cites, sources, view.position, encode=encode)
        if reason:
            record.add("sentence", reason, text, cites)
            continue
        if len(kept) >= most or text.casefold() in kept:
            record.add("surplus", "said already, or one sentence too many", text, cites)
            continue
        if invented := [ref for ref in given if ref not in view.ids]:
            record.add("citation", f"no such reply was given: {len(invented)} invented", text)
        good = borne_out(text, cites, sources, encode)
        if lost := [name for name in cites if name not in good]:
            record.add("citation", "this reply does not bear the sentence out", text, lost)
        kept[text.casefold()] = {"text": text, "cites": good, "written_by": "model"}
    return list(kept.values())


def _without_unread(
    viewpoints: list[dict[str, Any]], struck: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """No quotation, in any viewpoint, of a reply that a person must read first."""
    unread = {name for s in struck if s["kind"] == "needs_person" for name in s["cites"]}
    result = []
    for viewpoint in viewpoints:
        quotes = viewpoint.get("quotes", [])
        for quote in (q for q in quotes if q["response_id"] in unread):
            record = _Record(viewpoint, struck)
            record.add(
                "quote", "a person must read it first", quote["text"], [quote["response_id"]]
            )
        kept = [q for q in quotes if q["response_id"] not in unread]
        result.append({**viewpoint, "quotes": kept})
    return result
