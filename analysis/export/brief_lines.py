"""The lines of the minister's page that stand beside its themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.disclosure import together
from analysis.export.content import Content
from analysis.export.few import persons
from analysis.review.edits import account
from analysis.summarise.words import percent

PER_QUESTION = 2  # themes of one question, where there are several questions
GROUPS = 6
FEW_WORDS = 12  # of a quotation beside a view that few hold
LONG = 140  # letters of a question or a proposal that the page has room for
EXCLUDED = {
    "closed_only": "with ticks only",
    "blank": "blank",
    "no_content": "without content",
    "not_read": "not read (attachment only)",
    "other_language": "in another language, listed apart",
}


@dataclass(frozen=True)
class Room:
    """How much of each kind the page takes: words of a quotation, lines of a list."""

    words: int
    lines: int
    model: bool  # whether sentences by a model, and differences between groups, stand there too


def cut(text: str, most: int) -> str:
    """The team's own words, cut at a space where the page has no room for all of them."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def questions_asked(facts: dict[str, Any]) -> str:
    open_ = [q["text"] for q in facts["questions"] if q["kind"] == "open"]
    if len(open_) <= 3:
        return " · ".join(cut(q, LONG) for q in open_)
    return f"{len(open_)} open questions, {len(facts['questions']) - len(open_)} closed ones."


def who_counts(ledger: dict[str, Any], minimum: int = 0) -> str:
    """`minimum`: reasons of fewer people are told together with others."""
    parts = [f"{ledger['received']:,} received = {ledger['analysed']:,} analysed"]
    parts += [
        f"{n:,} {' or '.join(EXCLUDED[r] for r in reasons)}"
        for reasons, n in together(ledger["excluded"], minimum)
    ]
    return " + ".join(parts) + "."


def makeup(who: dict[str, Any]) -> str:
    if not who["groups"]:
        return ""
    rows = who["groups"]
    shown = rows if len(rows) <= GROUPS + 1 else rows[:GROUPS]
    text = " · ".join(f"{r['group']} {r['n']:,}" for r in shown)
    rest = sum(r["n"] for r in rows[len(shown) :])
    asked = who["attribute"] if who["attribute"].endswith("?") else f"{who['attribute']}:"
    return f"{asked} {text}" + (f" · all others {rest:,}." if rest else ".")


def what_organisations_raise(content: Content, room: Room) -> list[str]:
    """What those raise who answer for an organisation, the largest first.

    Of themes that have one name in several questions, the one that most of them raise.
    """
    rows = [
        (t["n"], q["organisations"]["base"], t["theme"])
        for q in content.summary
        for t in q.get("organisations", {}).get("themes", [])[:PER_QUESTION]
    ]
    rows.sort(key=lambda r: -r[0])
    lines: dict[str, str] = {}
    for n, base, name in rows:
        lines.setdefault(name, f"{name}: {n:,} of {base:,}")
    return list(lines.values())[: room.lines]


def what_few_say(content: Content, room: Room) -> list[str]:
    """Of the views that few hold, those of most people; of each question one in turn.

    Each in somebody’s words where there are any that fit: a name alone says little.
    """
    lists = [[v for v in q["smaller_views"] if v["few"] and v["respondents"] > 1]
             for q in content.summary]  # fmt: skip
    rows = sorted(
        ((-v["respondents"], n, v) for own in lists for n, v in enumerate(own)),
        key=lambda r: (r[1], r[0], r[2]["theme_id"]),
    )
    first = sorted(rows[: room.lines], key=lambda r: r[0])
    minimum = int(content.meta["settings"]["disclosure_min"])
    shown = [
        f"{v['theme']}: {persons(v['respondents'], minimum)}{_in_words(v, minimum)}"
        for _, _, v in first
    ]
    left = sum(map(len, lists)) - len(shown)
    return [*shown, f"{left:,} more are listed in Heard."] if left else shown


def _in_words(view: dict[str, Any], minimum: int) -> str:
    """Its first short quotation; none of very few people, whom one might find out by it."""
    fit = [q["text"] for q in view["quotes"] if len(q["text"].split()) <= FEW_WORDS]
    return f". “{fit[0]}”" if fit and view["respondents"] >= minimum else ""


def what_is_asked(content: Content, room: Room) -> list[str]:
    """The requests of most people; one of each letter, though it asks for several things."""
    rows = [r for q in content.summary for r in q["asked_for"]["requests"]
            if r["text"] and len(r["text"].split()) <= room.words]  # fmt: skip
    rows.sort(key=lambda r: -r["respondents"])
    minimum = int(content.meta["settings"]["disclosure_min"])
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
        lines.append(f"“{row['text']}” ({persons(row['respondents'], minimum)}, {by})")
    return lines[: room.lines]


def how_sure(content: Content, themes: list[dict[str, Any]], stated: bool) -> list[str]:
    points = [q["coverage"]["listed"]["points"] for q in content.summary]
    grouped = sum(p["n"] for p in points), sum(p["base"] for p in points)
    stable = content.themes.set_index("theme_id")["stability"].dropna()
    shown = [float(stable[t["theme_id"]]) for t in themes if t["theme_id"] in stable]
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
    if told := account(content.meta):
        lines.append(told)
    if stated:
        lines.append("Position is what people ticked, not what a machine read into their words.")
    struck = [s for s in content.meta["struck"] if s["kind"] == "sentence"]
    if content.meta["left_the_machine"]["calls"]:
        lines.append(f"Sentences by a language model were checked; {len(struck)} were struck out.")
    if left := incomplete(content):
        lines.append(left)
    return lines


def incomplete(content: Content) -> str:
    """What the language model left undone; "" where it left nothing."""
    problems = len(content.meta["problems"])
    missing = [s for s in content.meta["struck"] if s["kind"] in ("viewpoint", "needs_person")]
    if not problems and not missing:
        return ""
    return (
        f"Incomplete: the language model left {len(missing)} parts unwritten or unread and "
        f"{problems} unnamed; the program’s own wording stands there."
    )


def foot(content: Content) -> str:
    wording = content.meta["backends"]["wording"]["name"]
    return (
        f"Run {content.meta['run_id']} · themes: {content.meta['backends']['themes']['name']} · "
        f"wording: {wording} · numbers under {content.meta['settings']['disclosure_min']} by group "
        "are hidden. Heard leads from each line to the replies behind it."
    )
