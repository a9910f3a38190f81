"""The minister's page: one sheet of A4, self-contained, every text escaped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.export.content import Content
from analysis.records import POSITIONS, each
from analysis.summarise.extract import HOW_COUNTED
from analysis.summarise.words import percent

THEMES = 5
PER_QUESTION = 2  # themes of one question, where there are several questions
QUOTES = 2  # of each theme
GROUPS = 6
SIZES = ((4_200, 8.3), (5_200, 7.4), (1_000_000, 6.2))  # letters on the page, size in points
LONG = 140  # letters of a question or a proposal that the page has room for
SIDE = {
    "support": "For",
    "mixed": "Neither, or both",
    "oppose": "Against",
    "unclear": "Don’t know or unclear",
    "not stated": "Not stated",
}
EXCLUDED = {
    "closed_only": "with ticks only",
    "blank": "blank",
    "no_content": "without content",
    "not_read": "not read (attachment only)",
    "other_language": "in another language, listed apart",
}
BADGE = {
    "draft": "Draft: made by machine, not yet checked by a person",
    "checked": "Checked by the consultation team",
    "published": "Published",
}


@dataclass(frozen=True)
class _Room:
    """How much of each kind the page takes: words of a quotation, lines of a list."""

    words: int
    lines: int
    model: bool  # whether sentences by a model stand beside the quotations


ROOMS = (_Room(30, 4, True), _Room(24, 3, False), _Room(18, 2, False))


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
    return next((p for p in pages if _letters(p) <= SIZES[1][0]), _page(content, ROOMS[-1]))


def _page(content: Content, room: _Room) -> Brief:
    facts, positions = content.consultation, _positions(content)
    themes = _main_themes(content, room)
    return Brief(
        title=_cut(facts["title"], LONG),
        badge=_badge(content),
        statement=_cut(facts["statement"], 2 * LONG),
        invented=facts["invented"],
        asked=_asked(facts),
        received=_received(content.ledger),
        makeup=_makeup(facts["who_replied"]),
        headline=_headline(content, positions),
        positions=positions,
        themes=themes,
        organisations=_organisations(content, room),
        few=_few(content, room),
        requests=_requests(content, room),
        sure=_sure(content, themes),
        caveats=list(dict.fromkeys(c for q in content.summary for c in q["caveats"])),
        foot=_foot(content),
    )


def brief(content: Content) -> str:
    """HTML of the page."""
    return html_of(brief_of(content))


def html_of(page: Brief) -> str:
    """HTML of a page; the type is as large as one sheet of A4 allows for so many letters."""
    size = next(size for most, size in SIZES if _letters(page) <= most)
    return _template().render(page=page, sides=SIDE, size=size)


def _letters(value: Any) -> int:
    """Letters that the page prints, roughly: of every text in it, wherever it stands."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Brief):
        return _letters(list(vars(value).values()))
    if isinstance(value, dict):
        return _letters([v for k, v in value.items() if k != "views"])
    return sum(map(_letters, value)) if isinstance(value, list) else 0


@cache
def _template() -> Template:
    place = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=place, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("brief.html.j2")


def _badge(content: Content) -> str:
    edition = content.meta.get("edition", {})
    number = f", edition {edition['number']}" if edition.get("number") else ""
    return BADGE[edition.get("state", "draft")] + number


def _cut(text: str, most: int) -> str:
    """The team's own words, cut at a space where the page has no room for all of them."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _asked(facts: dict[str, Any]) -> str:
    open_ = [q["text"] for q in facts["questions"] if q["kind"] == "open"]
    if len(open_) <= 3:
        return " · ".join(_cut(q, LONG) for q in open_)
    return f"{len(open_)} open questions, {len(facts['questions']) - len(open_)} closed ones."


def _received(ledger: dict[str, Any]) -> str:
    parts = [f"{ledger['received']:,} received = {ledger['analysed']:,} analysed"]
    parts += [f"{n:,} {EXCLUDED[reason]}" for reason, n in ledger["excluded"].items()]
    return " + ".join(parts) + "."


def _makeup(who: dict[str, Any]) -> str:
    if not who["groups"]:
        return ""
    rows = who["groups"]
    shown = rows if len(rows) <= GROUPS + 1 else rows[:GROUPS]
    text = " · ".join(f"{r['group']} {r['n']:,}" for r in shown)
    rest = sum(r["n"] for r in rows[len(shown) :])
    return f"{who['attribute']}: {text}" + (f" · all others {rest:,}." if rest else ".")


def _positions(content: Content) -> list[dict[str, Any]]:
    table = content.groups.query("measure == 'position' and attribute == ''")
    found = {r.value: r for r in each(table)}
    return [
        {
            "side": p,
            "n": int(found[p].n),
            "base": int(found[p].base),
            "percent": percent(int(found[p].n), int(found[p].base)),
            "width": round(100 * int(found[p].n) / max(1, int(found[p].base)), 1),
        }
        for p in POSITIONS
        if p in found
    ]


def _headline(content: Content, positions: list[dict[str, Any]]) -> str:
    asked = content.consultation["position_question"]
    if not asked or not positions:
        return "No closed question says who is for or against; nobody is counted as either."
    question = next(q["text"] for q in content.consultation["questions"] if q["id"] == asked)
    counted = HOW_COUNTED[content.meta["counting"]]
    base = positions[0]["base"]
    told = ", ".join(f"{SIDE[p['side']].lower()} {p['n']:,} ({p['percent']})" for p in positions)
    asked = _cut(question, LONG)
    return f"{counted} Of {base:,} people who replied: {told}. Asked: {asked}".strip()


def _main_themes(content: Content, room: _Room) -> list[dict[str, Any]]:
    """The themes that most people raised, over all questions, with for and against under them."""
    several = len(content.summary) > THEMES // PER_QUESTION
    found: list[dict[str, Any]] = []
    for question in content.summary:
        own: dict[str, dict[str, Any]] = {}
        for view in question["viewpoints"]:
            theme = own.setdefault(view["theme_id"], _theme(question, view, several))
            theme["views"].append(view)
        found += list(own.values())[: PER_QUESTION if several else THEMES]
    found.sort(key=lambda t: (-t["n"], t["theme_id"]))
    return [{**t, "sides": _sides(t, room)} for t in found[:THEMES]]


def _theme(question: dict[str, Any], view: dict[str, Any], several: bool) -> dict[str, Any]:
    cites = view["sentences"][0]["cites"]
    n, base = len(set(cites)), question["base"]
    return {
        "theme_id": view["theme_id"],
        "name": view["theme"],
        "question": _cut(question["question"], LONG) if several else "",
        "n": n,
        "base": base,
        "percent": percent(n, base),
        "views": [],
    }


def _sides(theme: dict[str, Any], room: _Room) -> list[dict[str, Any]]:
    """For and against first; of each the number and one quote, two where only one side spoke."""
    views = sorted(theme["views"], key=lambda v: ("support", "oppose").index(v["position"])
                   if v["position"] in ("support", "oppose") else 2)  # fmt: skip
    both = [v for v in views if v["position"] in ("support", "oppose")] or views[:1]
    each_ = QUOTES // len(both)
    return [
        {
            "side": v["position"],
            "n": v["respondents"],
            "percent": percent(v["respondents"], theme["n"]),
            "model": [
                s["text"] for s in v["sentences"] if room.model and s.get("written_by") == "model"
            ][:1],
            "quotes": _short(v["quotes"], each_, room.words),
        }
        for v in both
    ]


def _short(quotes: list[dict[str, Any]], most: int, words: int) -> list[dict[str, Any]]:
    """The first quotes that fit the page, else the shortest; none is cut."""
    fit = [q for q in quotes if len(q["text"].split()) <= words]
    rest = sorted((q for q in quotes if q not in fit), key=lambda q: len(q["text"]))
    return [*fit, *rest][:most]


def _organisations(content: Content, room: _Room) -> list[str]:
    """What those raise who answer for an organisation, the largest first."""
    rows = [
        (t["n"], q["organisations"]["base"], t["theme"])
        for q in content.summary
        for t in q.get("organisations", {}).get("themes", [])[:PER_QUESTION]
    ]
    rows.sort(key=lambda r: -r[0])
    return [f"{name}: {n:,} of {base:,} organisations" for n, base, name in
            rows[: room.lines]]  # fmt: skip


def _few(content: Content, room: _Room) -> list[str]:
    """Of the views that few hold, those of most people; of each question one in turn."""
    lists = [[v for v in q["smaller_views"] if v["few"] and v["respondents"] > 1]
             for q in content.summary]  # fmt: skip
    rows = sorted(
        ((-v["respondents"], n, v) for own in lists for n, v in enumerate(own)),
        key=lambda r: (r[1], r[0], r[2]["theme_id"]),
    )
    first = sorted(rows[: room.lines], key=lambda r: r[0])
    shown = [f"{v['theme']}: {v['respondents']:,} people" for _, _, v in first]
    left = sum(map(len, lists)) - len(shown)
    return [*shown, f"{left:,} more are listed in Heard."] if left else shown


def _requests(content: Content, room: _Room) -> list[str]:
    """The requests of most people; one of each letter, though it asks for several things."""
    rows = [r for q in content.summary for r in q["asked_for"]["requests"]
            if r["text"] and len(r["text"].split()) <= room.words]  # fmt: skip
    rows.sort(key=lambda r: -r["respondents"])
    letters = content.responses.query("campaign_id != ''").set_index("response_id")["campaign_id"]
    heard: set[str] = set()
    lines: list[str] = []
    for row in rows:
        cites = set(row["cites"])
        if len(cites & heard) * 2 > len(cites):
            continue
        heard |= cites
        by = "in a campaign letter" if len(cites & set(letters.index)) * 2 > len(cites) else (
            "in similar words")  # fmt: skip
        lines.append(f"“{row['text']}” ({row['respondents']:,} people, {by})")
    return lines[: room.lines]


def _sure(content: Content, themes: list[dict[str, Any]]) -> list[str]:
    points = [q["coverage"]["listed"]["points"] for q in content.summary]
    grouped = sum(p["n"] for p in points), sum(p["base"] for p in points)
    stable = content.themes.set_index("theme_id")["stability"]
    shown = [float(stable[t["theme_id"]]) for t in themes]
    lines = [
        f"{percent(*grouped)} of {grouped[1]:,} points made are in a theme; the rest is listed.",
        "Every quotation is letter for letter in a reply; every number is counted by program.",
    ]
    if shown:
        lines.insert(
            1,
            f"Themes found again on parts of the replies: {min(shown):.2f} to {max(shown):.2f} "
            "(1 = always the same people).",
        )
    if any(p["n"] for p in _positions(content)):
        lines.append("Position is what people ticked, not what a machine read into their words.")
    struck = [s for s in content.meta["struck"] if s["kind"] == "sentence"]
    if content.meta["left_the_machine"]["calls"]:
        lines.append(f"Sentences by a language model were checked; {len(struck)} were struck out.")
    problems = len(content.meta["problems"])
    missing = [s for s in content.meta["struck"] if s["kind"] in ("viewpoint", "needs_person")]
    if problems or missing:
        lines.append(
            f"Incomplete: the language model left {len(missing)} parts unwritten or unread and "
            f"{problems} unnamed; the program’s own wording stands there."
        )
    return lines


def _foot(content: Content) -> str:
    wording = content.meta["backends"]["wording"]["name"]
    return (
        f"Run {content.meta['run_id']} · themes: {content.meta['backends']['themes']['name']} · "
        f"wording: {wording} · numbers under {content.meta['settings']['disclosure_min']} by group "
        "are hidden. Heard leads from each line to the replies behind it."
    )
