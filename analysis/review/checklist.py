"""What must have been looked at before an edition is published, each with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from analysis.export.content import content_of
from analysis.export.transparency import PERSON, fields
from analysis.records import Run, each
from analysis.review.editions import EditionContent, rule_of, texts
from analysis.settings import SMALL_NUMBERS
from analysis.summarise.words import decisions, many

Need = Literal["none", "look", "stop"]
LEAK = 4  # letters: shorter details stand in other words too


@dataclass(frozen=True)
class Check:
    """`need`: nothing to do; a person must have looked; the edition cannot be made like this."""

    key: str
    title: str
    found: str
    need: Need


@dataclass(frozen=True)
class OnThemes:
    """Decisions on themes: not in the results yet, not carried out; and themes a person checked."""

    waiting: int = 0
    not_carried: int = 0
    checked: int = 0


UNSEEN = OnThemes()


def checklist(
    run: Run, content: EditionContent, reviewed: int = 0, decided: OnThemes = UNSEEN
) -> list[Check]:
    """All checks. `reviewed`: decisions on what is hidden; `decided`: those on themes."""
    return [
        _themes(run, decided),
        _masks(run, reviewed),
        _leaks(run, content),
        _small(run, content),
        _permissions(run, content),
        _attachments(run),
        _sentences(run),
        _atrs(run),
    ]


def _themes(run: Run, decided: OnThemes) -> Check:
    count = len(run.themes.themes)
    found = f"{decided.checked:,} of {count:,} themes and sub-themes were checked by a person."
    if decided.waiting:
        found += (
            f" Not in these results yet: {decisions(decided.waiting)}. Count again first, under "
            "“Review themes”."
        )
    if decided.not_carried:
        found += f" Not carried out in full: {decisions(decided.not_carried)}."
    unsure = decided.not_carried or decided.checked < count
    need: Need = "stop" if decided.waiting else "look" if unsure else "none"
    return Check("themes", "Themes", found, need)


def plain(checks: Sequence[Check]) -> list[dict[str, Any]]:
    return [asdict(c) for c in checks]


def _masks(run: Run, reviewed: int) -> Check:
    n = len(run.prepared.redactions)
    return Check(
        "masks", "Personal details",
        f"{many(n, 'passage is', 'passages are')} hidden; "
        f"{decisions(reviewed)} about them made by a person.",
        "look" if n > reviewed else "none",
    )  # fmt: skip


def hidden(run: Run) -> set[str]:
    """Every passage that is hidden in what is shown, as it was written."""
    received = dict(
        zip(run.prepared.responses["response_id"], run.prepared.responses["text"], strict=True)
    )
    rows = each(run.prepared.redactions)
    found = {received[r.response_id][r.start : r.end].strip() for r in rows}
    return {t for t in found if len(t) >= LEAK}


def _leaks(run: Run, content: EditionContent) -> Check:
    """Is a passage that one reply hides letter for letter in a quotation of that same reply."""
    secrets = hidden(run)
    quoted = [t for q in content.public["questions"] for th in q["themes"] for t in th["quotes"]]
    digits = {s for s in secrets if sum(c.isdigit() for c in s) >= LEAK or "@" in s}
    shown = (content.public, content.brief, content.quotes)
    everywhere = [t for part in shown for t in texts(part) if t]
    everywhere += texts([content.method.get(k, "") for k in ("questions", "fairness", "ledger")])
    own = [t for t in quoted if any(s in t for s in _of_quoted(run, t))]
    bad = {*own, *(t for t in everywhere if any(s in t for s in digits))}
    return Check(
        "leaks", "Hidden details in what is published",
        f"{len(bad):,} texts hold one." if bad else
        f"None: {many(len(secrets), 'hidden detail was', 'hidden details were')} looked for in "
        f"{many(len(everywhere), 'text', 'texts')}.",
        "stop" if bad else "none",
    )  # fmt: skip


def _of_quoted(run: Run, quote: str) -> set[str]:
    """What is hidden in the replies that hold the quotation."""
    frame = run.prepared.responses
    own = frame[frame["text"].str.contains(quote, regex=False)]
    received = dict(zip(own["response_id"], own["text"], strict=True))
    rows = run.prepared.redactions[run.prepared.redactions["response_id"].isin(list(received))]
    found = {received[r.response_id][r.start : r.end].strip() for r in each(rows)}
    return {t for t in found if len(t) >= LEAK}


def _small(run: Run, content: EditionContent) -> Check:
    rule = rule_of(run)
    gone = int((~content.groups["shown"].astype(bool)).sum())
    return Check(
        "small", "Small groups",
        f"Under {SMALL_NUMBERS[rule][0]} people nothing is shown by group: {gone:,} of "
        f"{len(content.groups):,} cells are hidden, others among them so that no number can be "
        "worked out.", "none",
    )  # fmt: skip


def _permissions(run: Run, content: EditionContent) -> Check:
    people = run.consultation.respondents
    kept = set(people.loc[people["permission"] == "no", "respondent_id"])
    blank = int((people["permission"] == "").sum())
    frame = run.prepared.responses
    own = frame[frame["respondent_id"].isin(list(kept))]["text"]
    quoted = [t for q in content.public["questions"] for th in q["themes"] for t in th["quotes"]]
    others = frame[~frame["respondent_id"].isin(list(kept))]["text"]
    bad = [
        t for t in quoted
        if own.str.contains(t, regex=False).any() and not others.str.contains(t, regex=False).any()
    ]  # fmt: skip
    if bad:
        said = f"{len(bad):,} quotations are of people who did not allow it."
        return Check("permissions", "Permission to publish", said, "stop")
    more = sum(map(len, content.quotes.values()))
    said = (
        f"{many(len(kept), 'person', 'people')} did not allow it; none of them is quoted. Beside "
        f"a text that a reader checks, {many(more, 'passage', 'passages')} may be shown."
    )
    asked = f" {blank:,} were not asked or left it blank: they are quoted without a name."
    return Check("permissions", "Permission to publish", said + (asked if blank else ""),
                 "look" if blank else "none")  # fmt: skip


def _attachments(run: Run) -> Check:
    people = run.consultation.respondents
    files = int((people["attachments"] != "").sum()) if "attachments" in people else 0
    unread = int((run.prepared.responses["status"] == "not_read").sum())
    return Check(
        "attachments", "Attachments that were not read",
        f"{unread:,} answers point to a file that was not read; {files:,} replies came with files.",
        "look" if unread or files else "none",
    )  # fmt: skip


def _sentences(run: Run) -> Check:
    struck, problems = run.meta["struck"], run.meta["problems"]
    open_ = [s for s in struck if s["kind"] in ("needs_person", "viewpoint")]
    calls = run.meta["left_the_machine"]["calls"]
    said = (
        f"{len(struck):,} items of the language model were struck out, {len(open_):,} need a "
        f"person, {len(problems):,} problems."
        if calls or struck
        else "No sentence is by a language model; every number was counted by program."
    )
    return Check("sentences", "Sentences that were not verified", said,
                 "look" if open_ or problems else "none")  # fmt: skip


def _atrs(run: Run) -> Check:
    rows = fields(content_of(run))
    empty = sum(PERSON in entry for _, _, entry in rows)
    return Check(
        "atrs", "Transparency record",
        f"{empty:,} of {len(rows):,} fields can only be filled by a person.",
        "look" if empty else "none",
    )  # fmt: skip
