"""An edition: what is shown of a run once a person has signed for it, fixed and numbered.

Its content is made once, redacted and with small numbers hidden, and kept as a result of its own;
the hashes say from which data, settings, models, prompts and decisions it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from analysis.access import UNVERIFIED
from analysis.counting import Way
from analysis.disclosure import number
from analysis.errors import HeardError
from analysis.export.brief import brief_of
from analysis.export.content import Content, content_of
from analysis.export.few import of_sides
from analysis.fingerprint import fingerprint
from analysis.records import POSITIONS, Run, each
from analysis.review.oversight import NOTHING, Evidence, oversight
from analysis.review.quotable import quotable
from analysis.settings import SMALL_NUMBERS, Rule
from analysis.summarise.words import percent

State = Literal["checked", "published"]
LEAST: Rule = "five"  # what is published hides at least this much
QUOTES = 2  # of each theme on the public page
SIDES = ("support", "oppose")
PROMPTS = Path(__file__).resolve().parent.parent / "summarise" / "prompts"
HASHES = ("data", "settings", "models", "prompts", "edits", "content")


@dataclass(frozen=True)
class SignOff:
    """`step`: checked or published. `at` in seconds since 1970."""

    step: State
    who: str
    email: str
    role: str
    at: float
    note: str

    @property
    def by(self) -> str:
        """The name and the address that the provider vouched for, or that nobody did."""
        return f"{self.who} ({self.email})" if self.email else f"{self.who} {UNVERIFIED}"


@dataclass(frozen=True)
class Edition:
    """What the store lists of an edition; `digest` is the hash over `hashes`."""

    consultation_id: str
    number: int
    title: str
    run_id: str
    counting: Way
    created: float
    hashes: dict[str, str]
    digest: str
    changes: list[str]
    checklist: list[dict[str, Any]]
    sign_offs: tuple[SignOff, ...]

    @property
    def state(self) -> State:
        return "published" if any(s.step == "published" for s in self.sign_offs) else "checked"

    def signed(self, step: State) -> SignOff | None:
        return next((s for s in self.sign_offs if s.step == step), None)


@dataclass(frozen=True)
class EditionContent:
    """public: all that the public page says. brief: the minister's page, as Brief's fields.

    groups: CROSSTABS with `shown`. themes: theme_id, parent_id, question_id, name, respondents.
    method: how it was made (see oversight); quotes: theme → what may be shown of it beside a text
    (see quotable). Both are empty in editions of before there were any.
    """

    public: dict[str, Any]
    brief: dict[str, Any]
    groups: pd.DataFrame
    themes: pd.DataFrame
    method: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, list[str]] = field(default_factory=dict)


def rule_of(run: Run) -> Rule:
    """The rule for small numbers of what is published: the run's, and never less than LEAST."""
    rule: Rule = run.meta["settings"]["disclosure"]
    return rule if SMALL_NUMBERS[rule][0] >= SMALL_NUMBERS[LEAST][0] else LEAST


def make(run: Run, way: Way, evidence: Evidence = NOTHING) -> EditionContent:
    """The content of an edition of the run, campaigns counted in one way, for a person to sign.

    `evidence`: what people did to the results and with them.
    """
    rule = rule_of(run)
    content = content_of(run, way, rule)
    content = replace(content, meta={**content.meta, "edition": {"state": "checked"}})
    crosstabs = content.groups
    themes = content.themes[["theme_id", "parent_id", "question_id", "name", "respondents"]]
    public = _public(content, crosstabs, rule)
    named = named_themes(public)
    parents = dict(zip(themes["theme_id"], themes["parent_id"], strict=True))
    return EditionContent(
        public=public,
        brief=vars(brief_of(content)),
        groups=crosstabs,
        themes=themes.reset_index(drop=True),
        method=oversight(run, content, public, named, rule, evidence),
        quotes=quotable(run, named, parents, public["minimum"]),
    )


def hashes(run: Run, content: EditionContent, edits: Sequence[Any]) -> dict[str, str]:
    """SHA-256 of everything that the edition came from, and of what it says."""
    prompts = {p.name: p.read_text(encoding="utf-8") for p in sorted(PROMPTS.glob("*.txt"))}
    return {
        "data": run.meta["fingerprints"].get("consultation") or fingerprint(run.consultation),
        "settings": fingerprint(run.meta["settings"]),
        "models": fingerprint(run.meta["backends"], run.meta["versions"]),
        "prompts": fingerprint(prompts),
        "edits": fingerprint(list(edits)),
        "content": content_hash(content),
    }


def content_hash(content: EditionContent) -> str:
    parts: list[Any] = [content.public, content.brief, content.groups, content.themes]
    return fingerprint(*parts, *(later for later in (content.method, content.quotes) if later))


def verify(edition: Edition, content: EditionContent) -> None:
    """Raises HeardError unless the content is what was signed."""
    right = edition.hashes["content"] == content_hash(content)
    if not right or edition.digest != fingerprint(edition.hashes):
        raise HeardError(
            f"Edition {edition.number} is not as it was signed: its file or its record was "
            "changed. It is not shown; restore it from a back-up."
        )


def _public(content: Content, crosstabs: pd.DataFrame, rule: Rule) -> dict[str, Any]:
    facts, minimum = content.consultation, SMALL_NUMBERS[rule][0]
    questions = {q["id"]: q["text"] for q in facts["questions"]}
    asked = content.ledger["questions"]
    answered = {q["id"]: q["answered"] for q in asked}
    return {
        "title": facts["title"],
        "statement": facts["statement"],
        "invented": facts["invented"],
        "received": content.ledger["received"],
        "analysed": content.ledger["analysed"],
        "excluded": content.ledger["excluded"],
        "minimum": minimum,
        "counting": content.meta["counting"],
        "who_replied": facts["who_replied"],
        "position_question": questions.get(facts["position_question"] or "", ""),
        "position": _position(crosstabs, minimum),
        "questions": [
            _question(q, questions[q["question_id"]], answered[q["question_id"]], minimum)
            for q in content.summary
        ],
        "model": content.meta["left_the_machine"]["calls"] > 0,
        "run": content.meta["run_id"],
    }


def _position(crosstabs: pd.DataFrame, minimum: int) -> list[dict[str, str]]:
    """Position of everyone; nothing where one of the sides is of very few people.

    The sides add up, so a single small one could be worked out from the others.
    """
    table = crosstabs.query("measure == 'position' and attribute == ''")
    found = {r.value: (int(r.n), int(r.base)) for r in each(table)}
    if any(0 < n < minimum for n, _ in found.values()):
        return []
    return [
        {"side": p, "people": f"{found[p][0]:,}", "share": percent(*found[p])}
        for p in POSITIONS
        if p in found and found[p][0]
    ]


def _question(summary: dict[str, Any], text: str, answered: int, minimum: int) -> dict[str, Any]:
    views: dict[str, list[dict[str, Any]]] = {}
    for view in summary["viewpoints"]:
        views.setdefault(view["theme_id"], []).append(view)
    written = [_written(own, summary["base"], minimum) for own in views.values()]
    rest = [
        {"theme_id": v["theme_id"], "name": v["theme"],
         "people": number(v["respondents"], minimum)}
        for v in summary["smaller_views"]
        if not v["parent_id"]
    ]  # fmt: skip
    return {"text": text, "answered": answered, "base": summary["base"],
            "themes": written, "also": rest}  # fmt: skip


def _written(views: list[dict[str, Any]], base: int, minimum: int) -> dict[str, Any]:
    n = len(set(views[0]["sentences"][0]["cites"]))
    quotes = [q["text"] for v in views for q in v["quotes"][:1]]
    quotes += [q["text"] for v in views for q in v["quotes"][1:]]
    return {
        "theme_id": views[0]["theme_id"],
        "name": views[0]["theme"],
        "people": number(n, minimum),
        "share": percent(n, base) if n >= minimum else "",
        "sides": _sides(views, n, minimum),
        "quotes": list(dict.fromkeys(quotes))[:QUOTES],
    }


def _sides(views: list[dict[str, Any]], n: int, minimum: int) -> list[dict[str, str]]:
    """How many of the `n` who raised a theme ticked for and against."""
    both = [v for side in SIDES for v in views if v["position"] == side]
    told = of_sides([v["respondents"] for v in both], n, minimum)
    return [{"side": v["position"], "people": t} for v, t in zip(both, told, strict=True)]


def named_themes(public: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """theme → what the public page says of it, with the text and base of its question."""
    return {
        t["theme_id"]: {
            "share": "",
            "sides": [],
            "quotes": [],
            **t,
            "question": q["text"],
            "base": q["base"],
        }
        for q in public["questions"]
        for t in [*q["themes"], *q["also"]]
    }


def texts(value: Any) -> list[str]:
    """Every text anywhere in a plain value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    return [t for v in value for t in texts(v)] if isinstance(value, list | tuple) else []


def changes(before: EditionContent | None, after: EditionContent) -> list[str]:
    """What a reader of the last edition should know of this one, in sentences."""
    if before is None:
        return ["This is the first edition."]
    old, new = before.public, after.public
    out = [
        f"Replies {word}: {old[key]:,} before, {new[key]:,} now."
        for key, word in (("received", "received"), ("analysed", "analysed"))
        if old[key] != new[key]
    ]
    if old["counting"] != new["counting"]:
        out.append("Campaign letters are counted in another way.")
    if old["position"] != new["position"]:
        out.append("The numbers for and against are not the same.")
    was, now = _themes(before), _themes(after)
    out += [f"New theme: {n}." for t, (n, _) in now.items() if t not in was]
    out += [f"No longer a theme: {n}." for t, (n, _) in was.items() if t not in now]
    both = [t for t in now if t in was]
    out += [f"Renamed: {was[t][0]} is now {now[t][0]}." for t in both if was[t][0] != now[t][0]]
    counted = [t for t in both if was[t][1] != now[t][1]]
    if counted:
        themes = "theme has" if len(counted) == 1 else "themes have"
        out.append(f"{len(counted):,} {themes} another number of people.")
    quoted = {t for q in new["questions"] for th in q["themes"] for t in th["quotes"]}
    quotes = {t for q in old["questions"] for th in q["themes"] for t in th["quotes"]}
    if quoted != quotes:
        out.append("Some quotations are not the same.")
    was_right, right = (c.method.get("accuracy", {}).get("checks", []) for c in (before, after))
    if right and right != was_right:
        out.append("How right the computer was has been measured anew.")
    return out or ["Nothing that is shown has changed."]


def _themes(content: EditionContent) -> dict[str, tuple[str, str]]:
    """theme → its name and number as shown."""
    return {t: (x["name"], x["people"]) for t, x in named_themes(content.public).items()}
