"""The minister's page: one sheet of A4, self-contained, every text escaped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.differences import CAUTION, in_words
from analysis.disclosure import number, together
from analysis.export.brief_fit import READABLE, size_of
from analysis.export.brief_lines import (
    LONG,
    PER_QUESTION,
    Room,
    cut,
    foot,
    how_sure,
    makeup,
    questions_asked,
    what_few_say,
    what_is_asked,
    what_organisations_raise,
    who_counts,
)
from analysis.export.content import Content
from analysis.export.few import of_sides
from analysis.records import POSITIONS, each
from analysis.summarise.extract import HOW_COUNTED, UNCHECKED
from analysis.summarise.words import percent, rounding_note
from analysis.themes.general import general

THEMES = 5
QUOTES = 2  # of each theme
SIDE = {
    "support": "For",
    "mixed": "Neither, or both",
    "oppose": "Against",
    "unclear": "Don’t know or unclear",
    "not stated": "Not stated",
}
BADGE = {
    "draft": "Draft: made by machine, not yet checked by a person",
    "checked": "Checked by the consultation team",
    "published": "Published",
}
SIGNED = "Themes and tone were found by a machine; a person signed for this as checked."
ROOMS = (
    Room(30, 4, True),
    Room(30, 4, False),
    Room(24, 4, False),
    Room(20, 3, False),
    Room(18, 2, False),
    Room(14, 2, False),
)


@dataclass(frozen=True)
class Brief:
    """All that the page says, in its order; texts are plain, nothing is marked up."""

    title: str
    badge: str
    statement: str
    invented: bool
    asked: str
    received: str
    makeup: str
    headline: str
    positions: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    organisations: list[str]
    few: list[str]
    requests: list[str]
    sure: list[str]
    caveats: list[str]
    foot: str


def brief_of(content: Content) -> Brief:
    """What the page says: as much as one sheet takes in a size that can be read."""
    pages = (_page(content, room) for room in ROOMS)
    return next((p for p in pages if size_of(p) >= READABLE), _page(content, ROOMS[-1]))


def _page(content: Content, room: Room) -> Brief:
    facts, positions = content.consultation, _positions(content)
    themes = _main_themes(content, room)
    return Brief(
        title=cut(facts["title"], LONG),
        badge=_badge(content),
        statement=cut(facts["statement"], 2 * LONG),
        invented=facts["invented"],
        asked=questions_asked(facts),
        received=who_counts(content.ledger, least_of(content)),
        makeup=makeup(facts["who_replied"]),
        headline=_headline(content, positions),
        positions=positions,
        themes=themes,
        organisations=what_organisations_raise(content, room),
        few=what_few_say(content, room),
        requests=what_is_asked(content, room),
        sure=how_sure(content, themes, stated=bool(positions)),
        caveats=_caveats(content),
        foot=foot(content),
    )


def brief(content: Content) -> str:
    """HTML of the page."""
    return html_of(brief_of(content))


def html_of(page: Brief) -> str:
    """HTML of a page; the type is as large as one sheet of A4 allows for so many letters."""
    return _template().render(page=page, sides=SIDE, size=size_of(page))


@cache
def _template() -> Template:
    place = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=place, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("brief.html.j2")


def _caveats(content: Content) -> list[str]:
    """What to read with care; an edition that a person signed for does not say that nobody did."""
    found = dict.fromkeys(c for q in content.summary for c in q["caveats"])
    signed = content.meta.get("edition", {}).get("state", "draft") != "draft"
    return [SIGNED if signed and c == UNCHECKED else c for c in found]


def _badge(content: Content) -> str:
    edition = content.meta.get("edition", {})
    number = f", edition {edition['number']}" if edition.get("number") else ""
    return BADGE[edition.get("state", "draft")] + number


def least_of(content: Content) -> int:
    """The smallest number of people that a document which goes round tells."""
    return int(content.meta["settings"]["disclosure_min"])


def side_name(side: str) -> str:
    return " or ".join(SIDE[part] for part in side.split("|"))


def _positions(content: Content) -> list[dict[str, Any]]:
    """Each side and its number; sides of very few people stand together ("oppose|mixed")."""
    table = content.groups.query("measure == 'position' and attribute == ''")
    found = {str(r.value): int(r.n) for r in each(table)}
    told: dict[str, int] = {p: found[p] for p in POSITIONS if p in found}
    base = int(table["base"].iloc[0]) if len(table) else 0
    return [
        {
            "side": "|".join(sides),
            "n": n,
            "base": base,
            "percent": percent(n, base),
            "width": round(100 * n / max(1, base), 1),
        }
        for sides, n in together(told, least_of(content))
    ]


def _headline(content: Content, positions: list[dict[str, Any]]) -> str:
    asked = content.consultation["position_question"]
    if not asked or not positions:
        return "No closed question says who is for or against; nobody is counted as either."
    question = next(q["text"] for q in content.consultation["questions"] if q["id"] == asked)
    counted = HOW_COUNTED[content.meta["counting"]]
    base = positions[0]["base"]
    told = ", ".join(
        f"{side_name(p['side']).lower()} {p['n']:,} ({p['percent']})" for p in positions
    )
    asked = cut(question, LONG)
    note = rounding_note((p["n"] for p in positions), base)
    return f"{counted} Of {base:,} people who replied: {told}. {note} Asked: {asked}".strip()


def _main_themes(content: Content, room: Room) -> list[dict[str, Any]]:
    """The themes that most people raised, over all questions, with for and against under them."""
    several = len(content.summary) > THEMES // PER_QUESTION
    minimum = least_of(content)
    found: list[dict[str, Any]] = []
    for question in content.summary:
        own: dict[str, dict[str, Any]] = {}
        for view in question["viewpoints"]:
            theme = own.setdefault(view["theme_id"], _theme(question, view, several, minimum))
            theme["views"].append(view)
        found += list(own.values())[: PER_QUESTION if several else THEMES]
    found.sort(key=lambda t: (general(t["name"]), -t["n"], t["theme_id"]))
    told = _differences(content) if room.model else {}  # only where there is room
    return [
        {**t, "sides": _sides(t, room, minimum), "difference": told.get(t["theme_id"], "")}
        for t in found[:THEMES]
    ]


def _differences(content: Content) -> dict[str, str]:
    """theme → the clearest difference between a group and the others, where there is one."""
    found = content.differences
    found = found[found["clear"] & (found["measure"] == "theme")]
    told = {}
    for _, row in found.drop_duplicates("value").iterrows():
        group = f"{row['attribute']}, {row['group']}"
        told[str(row["value"])] = f"{in_words(row, group, '')} ({CAUTION})."
    return told


def _theme(
    question: dict[str, Any], view: dict[str, Any], several: bool, minimum: int
) -> dict[str, Any]:
    cites = view["sentences"][0]["cites"]
    n, base = len(set(cites)), question["base"]
    small = 0 < n < minimum
    return {
        "theme_id": view["theme_id"],
        "name": view["theme"],
        "question": cut(question["question"], LONG) if several else "",
        "n": n,
        "base": base,
        "percent": percent(n, base),
        "people": number(n, minimum)
        + (" people" if small else f" people ({percent(n, base)} of {base:,})"),
        "views": [],
    }


def _sides(theme: dict[str, Any], room: Room, minimum: int) -> list[dict[str, Any]]:
    """For and against first; of each the number and one quote, two where only one side spoke."""
    views = sorted(theme["views"], key=lambda v: ("support", "oppose").index(v["position"])
                   if v["position"] in ("support", "oppose") else 2)  # fmt: skip
    both = [v for v in views if v["position"] in ("support", "oppose")] or views[:1]
    told = of_sides([v["respondents"] for v in both], theme["n"], minimum)
    each_ = QUOTES // len(both)
    return [
        {
            "side": v["position"],
            "count": count,
            "model": [
                s["text"] for s in v["sentences"] if room.model and s.get("written_by") == "model"
            ][:1],
            "quotes": _short(v["quotes"], each_, room.words),
        }
        for v, count in zip(both, told, strict=True)
    ]


def _short(quotes: list[dict[str, Any]], most: int, words: int) -> list[dict[str, Any]]:
    """The first quotes that fit the page, else the shortest; none is cut."""
    fit = [q for q in quotes if len(q["text"].split()) <= words]
    rest = sorted((q for q in quotes if q not in fit), key=lambda q: len(q["text"]))
    return [*fit, *rest][:most]
