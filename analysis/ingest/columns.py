"""Guesses what each column is, with the reason that is shown to the user."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import pandas as pd

from analysis.ingest import vocabulary as say
from analysis.ingest.dates import is_serial
from analysis.ingest.labels import JOIN, Labels
from analysis.ingest.layouts import role_of
from analysis.ingest.multi import SEPARATORS, find_splitter
from analysis.ingest.scales import is_opinion, is_yes_no
from analysis.ingest.ticks import Box, Tick, find_ticks
from analysis.ingest.tools import Layout
from analysis.ingest.values import kind_of, trim
from analysis.records import ColumnGuess, Role

SHOWN = 30
_SAMPLE = 5_000
_CUT = 300
Guess = tuple[Role, str]


@dataclass(frozen=True)
class Facts:
    """A column in figures. counts: distinct stripped non-empty cells of a sample."""

    name: str
    label: str
    leaf: str
    counts: Counter[str]
    filled: int
    sampled: int

    @property
    def distinct(self) -> int:
        return len(self.counts)

    @cached_property
    def mean(self) -> float:
        """Mean length of the distinct values."""
        return sum(map(len, self.counts)) / max(1, self.distinct)

    @cached_property
    def some(self) -> list[str]:
        """Some of the distinct values."""
        return list(islice(self.counts, 200))

    def share(self, *kinds: str) -> float:
        """Share of the distinct values that are of these kinds."""
        some = self.some
        return sum(1 for v in some if kind_of(v) in kinds) / max(1, len(some))

    @property
    def repeats(self) -> bool:
        """Few distinct values, so that they make groups."""
        if self.distinct <= 1:
            return self.filled > 1
        if self.sampled < 20:
            return self.distinct <= 0.75 * self.filled and self.mean <= 60
        return self.distinct <= 60 and self.distinct <= 0.34 * self.filled

    @property
    def told(self) -> bool:
        """Are the values texts, as of a letter that all sent, and no mark of the survey tool?"""
        return self.mean > 60 or (self.mean > 15 and say.is_openish(self.label))

    @property
    def wordy(self) -> bool:
        """Values that are sentences."""
        letters = any(len(v) > 160 and re.search(r"[.!?]\s+[^\W\d_]", v) for v in self.counts)
        return self.mean > 45 and (self.distinct > 8 or self.mean > 160 or letters)


def guess_columns(rows: pd.DataFrame, labels: Labels, layout: Layout) -> tuple[ColumnGuess, ...]:
    """One guess a column, in the order of `rows`; at most one is the id and one the date."""
    sample = rows
    if len(rows) > _SAMPLE:
        # Drawn, not every nth: what comes round in turns would look the same in all of them.
        sample = rows.sample(_SAMPLE, random_state=0).sort_index()
    facts = [
        _facts(sample, rows, i, label, leaf)
        for i, (label, leaf) in enumerate(zip(labels.labels, labels.leaves, strict=True))
    ]
    boxes = [
        Box(
            f.name, f.label, stem, f.leaf, headed, tuple(f.counts)[:4], f.filled / max(1, f.sampled)
        )
        for f, stem, headed in zip(facts, labels.stems, labels.headed, strict=True)
    ]
    ticks = find_ticks(boxes)
    guesses = [_guess(f, layout, ticks.get(i)) for i, f in enumerate(facts)]
    if not len(rows):
        guesses = [_unseen(f, layout) for f in facts]
    _continue_unheaded(guesses, facts, labels)
    _choose(guesses, facts, rows, "id")
    _choose(guesses, facts, rows, "date")
    return tuple(
        _column(f, guess, ticks.get(i) if guess[0] == "multiple" else None)
        for i, (f, guess) in enumerate(zip(facts, guesses, strict=True))
    )


def _facts(sample: pd.DataFrame, rows: pd.DataFrame, i: int, label: str, leaf: str) -> Facts:
    cells = [c for c in map(trim, sample.iloc[:, i].tolist()) if c]
    if not cells and len(sample) < len(rows):
        cells = [c for c in map(trim, rows.iloc[:, i].tolist()) if c]
    counts = Counter(cells)
    return Facts(
        str(rows.columns[i]),
        label,
        leaf,
        counts,
        len(cells),
        max(len(sample), len(cells)),
    )


def _column(facts: Facts, guess: Guess, tick: Tick | None) -> ColumnGuess:
    values = tuple(v if len(v) <= _CUT else v[: _CUT - 1] + "…" for v in list(facts.counts)[:SHOWN])
    role, reason = guess
    if tick is None:
        return ColumnGuess(facts.name, facts.label, role, values, reason)
    label = tick.question + JOIN + tick.option
    return ColumnGuess(facts.name, label, role, values, reason, tick.question)


# ---------------------------------------------------------------- one column
def _guess(f: Facts, layout: Layout, tick: Tick | None) -> Guess:
    for rule in (_by_tick(tick), _by_tool(layout), _by_header, _by_values):
        if guess := rule(f):
            return guess
    return _by_text(f)


def _unseen(f: Facts, layout: Layout) -> Guess:
    """A role from the header alone, for a table without rows."""
    reason = "by its header only: there are no replies yet"
    if role := role_of(layout, f.name):
        return role, reason
    if say.id_rank(f.name, f.label) is not None:
        return "id", reason
    if say.is_personal(f.label):
        return "personal", reason
    return ("attribute" if say.is_person(f.label) else "open"), reason


def _by_tick(tick: Tick | None) -> Callable[[Facts], Guess | None]:
    def rule(f: Facts) -> Guess | None:
        if tick is None or (not f.counts and not tick.option):
            return None
        return "multiple", f"a tick box of “{tick.question[:80]}”"

    return rule


def _by_tool(layout: Layout) -> Callable[[Facts], Guess | None]:
    def rule(f: Facts) -> Guess | None:
        own = role_of(layout, f.name)
        if not f.counts and own != "open":
            return "ignore", "no cell is filled"
        if say.is_attachment(f.label):
            return "ignore", "names of files, which are not read here"
        role = own or role_of(layout, f.label)
        if role == "attribute" and f.distinct == 1 and f.filled == f.sampled > 20:
            return "ignore", "every row holds the same value"
        return (role, f"a column that {layout.tool} writes itself") if role else None

    return rule


def _by_header(f: Facts) -> Guess | None:
    short = f.leaf or f.label
    if say.is_sentiment(f.name) and (f.share("number") > 0.9 or f.distinct <= 6):
        return "ignore", "a label made by a machine, not an answer"
    if say.is_permission(f.label) and f.distinct <= 8:
        return "permission", "the header asks whether the reply may be published"
    if say.is_personal(short) or say.is_personal(f.name):
        if say.is_place(short) and f.repeats and f.distinct > 1:
            return "attribute", "places that many replies share"
        return "personal", "the header asks for a name, an address or a number of a person"
    if f.share("email", "ip") > 0.5:
        return "personal", "most cells are e-mail or IP addresses"
    if say.id_rank(f.name, f.label) is not None and (f.mean <= 40 or f.share("number") == 1):
        if f.distinct > 0.5 * f.filled:
            return "id", "the header names a reference, and the values differ"
        if _is_code(f, 0.0):
            return "ignore", "references that many rows share"
    if say.date_rank(f.name, f.label) is not None and (f.share("date") > 0.8 or is_serial(f.some)):
        return "date", "the header names a time, and the values are dates"
    if say.is_technical(f.name) or (say.is_technical(f.label) and not f.wordy):
        return "ignore", "technical: written by the survey tool, not answered"
    return None


def _by_values(f: Facts) -> Guess | None:
    if f.distinct == 1 and f.told:
        return "open", "a text, the same in every reply that has one"
    if f.distinct == 1 and f.sampled >= 6 and f.filled >= 0.95 * f.sampled:
        return "ignore", "every row holds the same value"
    if all(say.is_medium(v) for v in f.counts):
        return "ignore", "says how the answer was given, not what it was"
    if f.share("url") > 0.8:
        return "ignore", "links"
    if f.share("date") > 0.8 and not f.repeats:
        return "ignore", "dates, but not of sending the reply"
    own = (f.label, f.name) if "?" in f.label else (f.label, f.name, f.leaf)
    person = any(map(say.is_person, own))
    if not person and not say.is_openish(f.label) and is_yes_no(f.counts):
        return "closed", "yes or no"
    if is_opinion(f.counts) and not person:
        return "closed", "the values form a scale"
    if f.share("number") > 0.9:
        return _numbers(f, person)
    if _joined(f):
        return "multiple", "cells hold several values, joined by one separator"
    if person and (f.repeats or (f.mean <= 30 and not say.is_openish(f.label))):
        return "attribute", "speaks of the person or organisation; values repeat"
    varied = f.distinct > 6 or f.mean > 20 or f.distinct > 0.6 * f.filled
    if varied and (say.is_other_text(f.label) or say.is_other_text(f.name)):
        return "open", "the header asks for words of one's own"
    return None


def _numbers(f: Facts, person: bool) -> Guess:
    if person:
        return "attribute", "a number that speaks of the person"
    if f.distinct <= 11 or any(
        w in say.words(f.label) for w in ("score", "rating", "rate ", "scale")
    ):
        return "closed", "a number from a short scale"
    return "ignore", "numbers, not answers"


def _joined(f: Facts) -> bool:
    if f.mean > 250 or not any(s in v for v in f.counts for s in SEPARATORS):
        return False
    cells = list(f.counts.elements() if f.mean <= 60 else f.counts)[:2000]
    return find_splitter(cells) is not None


def _by_text(f: Facts) -> Guess:
    asks = say.is_openish(f.label)
    told = asks and f.mean > 25 and (f.distinct > 8 or (f.mean > 45 and say.asks_words(f.label)))
    if f.repeats and not f.wordy and not told:
        return "closed", f"{f.distinct} different values, which repeat"
    if _is_code(f):
        return "ignore", "codes, not answers"
    if f.wordy or told or f.mean > 25:
        return "open", "texts, most of them different"
    if f.repeats and f.distinct <= 8:
        return "closed", f"{f.distinct} different values, which repeat"
    return "open", "short texts, most of them different"


def _is_code(f: Facts, least: float = 0.5) -> bool:
    some = f.some
    coded = sum(1 for v in some if " " not in v and any(map(str.isdigit, v)) and len(v) <= 40)
    return len(some) >= 3 and coded > 0.9 * len(some) and f.distinct > least * f.filled


# ---------------------------------------------------------------- columns together
def _continue_unheaded(guesses: list[Guess], facts: list[Facts], labels: Labels) -> None:
    """A column without a header whose values all stand in the column before it continues that."""
    base = -1
    for i, headed in enumerate(labels.headed):
        if headed:
            base = i
        elif base >= 0 and facts[i].counts and set(facts[i].counts) <= set(facts[base].counts):
            before = i - base + 1
            facts[i] = replace(facts[i], label=f"{facts[base].label} ({before})")
            if guesses[base][0] in ("attribute", "closed"):
                guesses[i] = guesses[base][0], f"a further answer to “{facts[base].label[:60]}”"


def _choose(guesses: list[Guess], facts: list[Facts], rows: pd.DataFrame, role: Role) -> None:
    """Keep the best candidate for a role that only one column can have."""
    ranked = say.id_rank if role == "id" else say.date_rank
    own: list[tuple[float, int]] = []
    for i, (candidate, reason) in enumerate(guesses):
        if candidate != role:
            continue
        rank = ranked(facts[i].name, facts[i].label)
        score = (9 if rank is None else rank) - (20 if "writes itself" in reason else 0)
        whole = rows.iloc[:, i].str.strip()
        blank = float((whole == "").mean()) if len(whole) else 0.0
        unique = whole.nunique() / max(1, len(whole)) if role == "id" else 1.0
        own.append((score + 5 * blank + (5 * (1 - unique) if role == "id" else 0), i))
    for _, i in sorted(own)[1:]:
        also = facts[sorted(own)[0][1]].label
        guesses[i] = "ignore", f"a second {role}; “{also[:60]}” is used"
