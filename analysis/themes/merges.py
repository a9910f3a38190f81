"""Themes of a question that a language model takes for one and the same; a person decides.

Nothing is merged here. A proposal is kept only if its ids were given, each of them once, and its
reason passes the checks of any sentence by a model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Annotated, Any

import pandas as pd
import pydantic

from analysis.llm import (
    Client,
    Malformed,
    Refused,
    Request,
    Stopped,
    TooLong,
    one_of,
    prompt,
    rough_tokens,
)
from analysis.parallel import Progress, no_progress
from analysis.records import each
from analysis.summarise.generate import visible
from analysis.summarise.verify import content_words, overclaim
from analysis.themes.reword import sent, takes_sides

PROMPT = "theme_merges.v1"
EXAMPLES = 3  # passages of each theme, fewer where a question has so many themes
EXAMPLE_CHARS = 300
CALL_TOKENS = 6_000  # rough, of passages in one call: all themes of a question stand in it
MOST_TOGETHER = 5
REASON_WORDS = 40


@dataclass(frozen=True)
class Merge:
    """themes: two or more of one question; reason: the model's words; model: whose they are."""

    question_id: str
    themes: tuple[str, ...]
    reason: str
    model: str


@dataclass(frozen=True)
class _Group:
    """A theme as it is sent: `ref` stands for its id, `part_of` for that of its parent."""

    ref: str
    theme_id: str
    part_of: str
    name: str
    description: str
    passages: tuple[str, ...]

    @property
    def words(self) -> Set[str]:
        return content_words(" ".join([self.name, self.description, *self.passages]))


def propose_merges(
    themes: pd.DataFrame, points: pd.DataFrame, client: Client, progress: Progress = no_progress
) -> tuple[list[Merge], list[dict[str, str]]]:
    """What the model would merge, and what is left out: question_id and a reason in plain words.

    themes: THEMES; points: point_id, theme_id, text (redacted). A backend's failure is such a
    reason, never raised; Cancelled is raised.
    """
    kept: list[Merge] = []
    left_out: list[dict[str, str]] = []
    asked = _questions(themes, points)
    for done, (question, groups) in enumerate(asked, 1):
        try:
            good, reasons = _checked(_ask(groups, client), groups)
        except (Malformed, Refused, TooLong, Stopped) as error:  # answers still come from the cache
            good, reasons = [], [f"The model was not heard: {error}"]
        kept += [Merge(question, ids, reason, client.config.model) for ids, reason in good]
        left_out += [{"question_id": question, "reason": reason} for reason in reasons]
        progress(done, len(asked))
    return kept, left_out


def requests(themes: pd.DataFrame, points: pd.DataFrame) -> list[Request]:
    """What `propose_merges` would send first, for reading and for an estimate before the run."""
    return [_request(groups) for _, groups in _questions(themes, points)]


def _questions(themes: pd.DataFrame, points: pd.DataFrame) -> list[tuple[str, list[_Group]]]:
    """(question, its themes) of the questions that have two themes or more."""
    shown = {t.row: t for t in sent(themes, points, EXAMPLES)}
    ref = {themes["theme_id"].iloc[row]: t.ref for row, t in shown.items()}
    found: dict[str, list[_Group]] = {}
    for row, theme in enumerate(each(themes)):
        if row in shown:
            passages = tuple(text[:EXAMPLE_CHARS] for text in shown[row].texts)
            found.setdefault(str(theme.question_id), []).append(_Group(
                shown[row].ref, str(theme.theme_id), ref.get(theme.parent_id, ""),
                visible(str(theme.name)), visible(str(theme.description)), passages,
            ))  # fmt: skip
    return [(question, own) for question, own in found.items() if len(own) > 1]


def _request(groups: Sequence[_Group], most: int = EXAMPLES) -> Request:
    while most and sum(rough_tokens(t) for g in groups for t in g.passages[:most]) > CALL_TOKENS:
        most -= 1
    shown = [
        {"id": g.ref, "part_of": g.part_of, "name": g.name, "description": g.description,
         "passages": list(g.passages[:most])}
        for g in groups
    ]  # fmt: skip
    proposal = pydantic.create_model(
        "Merge",
        themes=(list[Annotated[str, one_of([g.ref for g in groups])]], ...),
        reason=(str, ...),
    )
    schema = pydantic.create_model("Merges", merges=(list[proposal], ...))  # type: ignore[valid-type]
    user = json.dumps({"groups": shown}, ensure_ascii=False)
    return Request(PROMPT, prompt(PROMPT), user, schema)


def _ask(groups: Sequence[_Group], client: Client) -> list[dict[str, Any]]:
    """The proposals; where the passages are refused or too long, from names alone."""

    def once(most: int) -> list[dict[str, Any]]:
        r = _request(groups, most)
        answer = client.ask(r.prompt_name, r.system, r.user, r.schema).model_dump()
        return list(answer["merges"])

    try:
        return once(EXAMPLES)
    except (Refused, TooLong):
        return once(0)


def _checked(
    answer: Sequence[dict[str, Any]], groups: Sequence[_Group]
) -> tuple[list[tuple[tuple[str, ...], str]], list[str]]:
    """(theme ids, reason) of the proposals that may be shown, and what is wrong with the others."""
    given = {g.ref: g for g in groups}
    taken: set[str] = set()
    kept, faults = [], []
    for proposal in answer:
        refs, reason = proposal["themes"], " ".join(proposal["reason"].split())
        fault = _fault(refs, given, taken) or _fault_of_reason(reason, [given[r] for r in refs])
        if fault:
            faults.append(f"A proposal {fault}.")
            continue
        taken |= set(refs)
        kept.append((tuple(given[r].theme_id for r in refs), reason))
    return kept, faults


def _fault(refs: Sequence[str], given: dict[str, _Group], taken: Set[str]) -> str:
    if any(ref not in given for ref in refs):
        return "names a theme that was not given"
    if len(set(refs)) < len(refs):
        return "names a theme twice"
    if not 2 <= len(refs) <= MOST_TOGETHER:
        return f"is not of 2 to {MOST_TOGETHER} themes"
    if taken & set(refs):
        return "names a theme of another proposal"
    if any(given[ref].part_of in refs for ref in refs):
        return "joins a theme with its own part"
    return ""


def _fault_of_reason(reason: str, groups: Sequence[_Group]) -> str:
    if not 1 <= len(reason.split()) <= REASON_WORDS:
        return f"has no reason of at most {REASON_WORDS} words"
    if wrong := overclaim(reason):
        return f"has a reason that {wrong}"
    if takes_sides(reason):
        return "has a reason that takes sides"
    if not all(content_words(reason) & g.words for g in groups):
        return "has a reason without a word of each of its themes"
    return ""
