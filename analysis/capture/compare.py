"""A group's submissions beside all replies: what of them is in the summary, in themes, nowhere.

Points of the submissions are matched with replies, points of the replies were placed in themes when
they were analysed. The two are not the same measure, and whoever shows them says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from analysis.capture.check import Found
from analysis.counting import Way, counted_points
from analysis.disclosure import disclose_sizes, number
from analysis.groups import members_of_groups, sizes
from analysis.prepare.campaigns import normalised
from analysis.records import Run, each
from analysis.settings import SMALL_NUMBERS, Rule, Settings
from analysis.summarise.words import percent

Place = Literal["summary", "themes", "nowhere"]
PLACES: tuple[Place, ...] = ("summary", "themes", "nowhere")


@dataclass(frozen=True)
class Named:
    """Which themes a summary writes about, and which are named beside it. parents: of all."""

    summary: frozenset[str]
    themes: frozenset[str]
    parents: Mapping[str, str]

    def place(self, theme_id: str) -> Place:
        own = {theme_id, self.parents.get(theme_id, "")} - {""}
        if own & self.summary:
            return "summary"
        return "themes" if own & self.themes else "nowhere"


@dataclass(frozen=True)
class Shares:
    """Of one group of respondents ("" = all): how many people, and the share of their points in
    the summary, in other themes and in none, as shown."""

    group: str
    people: str
    summary: str
    themes: str
    nowhere: str


@dataclass(frozen=True)
class Baseline:
    """Of the replies to the consultation; rows: all, then each group of `attribute` that may be
    shown."""

    attribute: str
    rows: tuple[Shares, ...]


@dataclass(frozen=True)
class Letter:
    """A letter that many sent. people, standard, edited: as shown ("" = too few to tell apart).

    question: to which it was sent, "" for the whole reply. submissions: how many of those given
    are copies of it.
    """

    question: str
    people: str
    standard: str
    edited: str
    submissions: int


@dataclass(frozen=True)
class Comparison:
    """places: how many points of the submissions are in each; captured: matched at all."""

    submissions: int
    points: int
    captured: int
    places: dict[Place, int]
    letters: tuple[Letter, ...]


def named_of(run: Run, way: Way = "all") -> Named:
    """As a run's own summary has it: every theme is named on the team's pages."""
    written = {v["theme_id"] for q in run.summary.counted(way) for v in q["viewpoints"]}
    frame = run.themes.themes
    parents = dict(zip(frame["theme_id"], frame["parent_id"], strict=True))
    return Named(frozenset(written), frozenset(parents), parents)


def named_in(questions: Iterable[Mapping[str, Any]], parents: Mapping[str, str]) -> Named:
    """As an edition has it; `questions` of its public part."""
    known = list(questions)
    ids = {k: frozenset(t["theme_id"] for q in known for t in q[k]) for k in ("themes", "also")}
    return Named(ids["themes"], ids["also"], parents)


def compare(
    found: Sequence[Sequence[Found]], named: Named, letters: tuple[Letter, ...] = ()
) -> Comparison:
    """found: of each submission, its points as they were checked."""
    points = [p for own in found for p in own]
    matched = [p for p in points if p.status != "missing"]
    places: dict[Place, int] = dict.fromkeys(PLACES, 0)
    for point in points:
        places[named.place(point.theme_id) if point in matched else "nowhere"] += 1
    return Comparison(len(found), len(points), len(matched), places, letters)


# ---------------------------------------------------------------- all replies
def types(run: Run) -> str:
    """The attribute that tells organisations from people, else the first; "" if there is none."""
    told = [q["organisations"]["attribute"] for q in run.summary.questions if q["organisations"]]
    attributes = run.consultation.attributes
    return next((a for a in (*told, *attributes) if a in attributes), "")


def baseline(run: Run, named: Named, attribute: str, rule: Rule, way: Way = "all") -> Baseline:
    """Where the points of all replies are, and of each group that the rule shows."""
    minimum = SMALL_NUMBERS[rule][0]
    placed = _placed(run, named, way)
    everyone = _shares("", placed, 0, len(run.consultation.respondents))
    if not attribute or placed.empty:
        return Baseline("", (everyone,) if len(placed) else ())
    known = disclose_sizes(sizes(run.consultation), rule, run.groups.links)[attribute]
    members = members_of_groups(run.consultation).query("attribute == @attribute")
    joined = placed.merge(members, on="respondent_id")
    rows = {str(g): own for g, own in joined.groupby("group", sort=False)}
    shown = _told(rows, known, minimum)
    groups = (_shares(g, rows[g], minimum, int(known[g])) for g in known.index if g in shown)
    return Baseline(attribute, (everyone, *groups))


def _placed(run: Run, named: Named, way: Way) -> pd.DataFrame:
    """respondent_id, place of every point that counts."""
    kept = counted_points(run.points, run.prepared, way).points
    frame = kept[["point_id", "response_id"]].merge(run.themes.assigned, on="point_id")
    owner = run.prepared.responses.set_index("response_id")["respondent_id"]
    return pd.DataFrame(
        {
            "respondent_id": frame["response_id"].map(owner),
            "place": frame["theme_id"].map(named.place),
        }
    )


def _told(rows: Mapping[str, pd.DataFrame], known: pd.Series, minimum: int) -> set[str]:
    """The groups that may be shown: never all but one, which could be worked out."""
    able = [str(g) for g in known.index if str(g) in rows and not _few(rows[str(g)], known[g],
                                                                       minimum)]  # fmt: skip
    if len(known) - len(able) == 1 and minimum:
        able.pop() if able else None
    return set(able)


def _few(own: pd.DataFrame, people: Any, minimum: int) -> bool:
    """Does a share of the group tell of very few people?"""
    by_place = own.groupby("place")["respondent_id"].nunique()
    return bool(pd.isna(people) or any(0 < n < minimum for n in by_place))


def _shares(group: str, own: pd.DataFrame, minimum: int, people: int) -> Shares:
    counts = own["place"].value_counts()
    told = {p: percent(int(counts.get(p, 0)), len(own)) for p in PLACES}
    return Shares(group, number(people, minimum), **told)


# ---------------------------------------------------------------- letters of a campaign
def letters(
    run: Run, texts: Sequence[str], minimum: int = 0, settings: Settings | None = None
) -> tuple[Letter, ...]:
    """The letters of which the submissions are copies, the one most of them are first.

    With a `minimum`, only letters that so many people sent who may be published.
    """
    used = settings or Settings()
    given = [_runs(normalised(t), used.campaign_shingle) for t in texts]
    found = []
    for question, sent, copies in _known(run):
        core = _core([_runs(normalised(t), used.campaign_shingle) for t in sent], used)
        n = sum(_copied(one, core, used) for one in given)
        if n and _publishable(run, copies) >= minimum:
            found.append(_letter(question, copies, n, minimum))
    return tuple(sorted(found, key=lambda x: -x.submissions))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _core(copies: Sequence[set[tuple[str, ...]]], settings: Settings) -> set[tuple[str, ...]]:
    """The runs of words that so many of the senders share."""
    counts = Counter(run for own in copies for run in own)
    return {run for run, n in counts.items() if n >= settings.campaign_core * len(copies)}


def _copied(given: set[tuple[str, ...]], core: set[tuple[str, ...]], settings: Settings) -> bool:
    """A few words in common are a quotation, not a copy."""
    shared, least = len(given & core), settings.campaign_shortest - settings.campaign_shingle
    return shared > least and shared >= settings.campaign_overlap * min(len(given), len(core))


def _known(run: Run) -> Iterator[tuple[str, list[str], pd.DataFrame]]:
    """(question, texts, copies: respondent_id, campaign_copy) of each letter."""
    prepared = run.prepared
    frame = prepared.responses
    asked = {q.id: q.text for q in run.consultation.questions}
    for row in each(prepared.campaigns):
        own = frame[frame["campaign_id"] == row.campaign_id]
        yield asked[row.question_id], list(own["text"]), own
    for _, own in prepared.whole.groupby("campaign_id"):
        theirs = frame[frame["respondent_id"].isin(own["respondent_id"])]
        yield "", list(theirs.groupby("respondent_id")["text"].agg("\n".join)), own


def _publishable(run: Run, copies: pd.DataFrame) -> int:
    people = run.consultation.respondents
    refused = people.loc[people["permission"] == "no", "respondent_id"]
    return int(copies.loc[~copies["respondent_id"].isin(refused), "respondent_id"].nunique())


def _letter(question: str, copies: pd.DataFrame, submissions: int, minimum: int) -> Letter:
    kinds = copies.groupby("campaign_copy")["respondent_id"].nunique()
    standard, edited = (int(kinds.get(k, 0)) for k in ("standard", "edited"))
    apart = not any(0 < n < minimum for n in (standard, edited))
    return Letter(
        question, number(copies["respondent_id"].nunique(), minimum),
        f"{standard:,}" if apart else "", f"{edited:,}" if apart else "", submissions,
    )  # fmt: skip
