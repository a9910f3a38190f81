"""The report as consultation reports are written: who replied, then question by question."""

from __future__ import annotations

from typing import Any

from analysis.disclosure import number, together
from analysis.export.brief import SIDE, Brief, brief_of, least_of, side_name
from analysis.export.brief_fit import THREE, size_of
from analysis.export.brief_lines import EXCLUDED
from analysis.export.content import Content
from analysis.export.document import Paper
from analysis.export.few import of_sides, persons, raised
from analysis.records import each
from analysis.review.consideration import DECISIONS
from analysis.summarise.coverage import covers
from analysis.summarise.words import percent

WORD = 1.04  # the lines of the Word page stand closer than those of the web page
SELF = (
    "Those who replied chose to do so. The figures describe the replies; they cannot be read as "
    "the view of the population."
)


def report(content: Content) -> bytes:
    """The .docx: introduction, who replied, position, each question, how it was done."""
    page = brief_of(content)
    paper = Paper(f"{page.title}: summary of responses")
    paper.heading(f"{page.title}: summary of responses", 0)
    paper.text(f"{page.badge}.")
    if page.invented:
        paper.text("Every reply in it was written for demonstration.", "Invented consultation:")
    paper.heading("1. About this consultation")
    if page.statement:
        paper.text(page.statement, "Proposal:")
    paper.text("Questions:")
    paper.bullets(q["text"] for q in content.consultation["questions"])
    _who(paper, content, page)
    _position(paper, page)
    for place, question in enumerate(content.consultation["questions"], 4):
        paper.heading(f"{place}. {question['text']}")
        if question["kind"] != "open":
            _closed(paper, content, question["id"])
        for summary in (q for q in content.summary if q["question_id"] == question["id"]):
            _open(paper, content, summary)
    _method(paper, content, page)
    _considered(paper, content.meta.get("consideration"))
    paper.footer(f"{page.badge}. {page.foot}")
    return paper.bytes()


def _considered(paper: Paper, record: dict[str, Any] | None) -> None:
    """You said, we did, or why not; who read what. Nothing where there is no record."""
    if not record or not any(record.values()):
        return
    paper.heading("What became of it")
    if record["closed"]:
        paper.text(f"Closed on {record['closed']}; a response is due by {record['response_due']}.")
    rows = [(r["theme"], DECISIONS[r["decision"]], r["did"], r["why_not"])
            for r in record["responses"]]  # fmt: skip
    if rows:
        paper.table(("You said", "Decision", "We did", "Why not, or not all"), rows)
    told = [(c["text"], f"edition {c['edition']}", c["answer"], c["why"])
            for c in record.get("challenges", ())]  # fmt: skip
    if told:
        paper.heading("What readers said was missed", 2)
        paper.table(("They said", "About", "Answer", "In words"), told)
    read = [(o["who"], o["role"], f"opened edition {o['edition']}") for o in record["opened"]]
    read += [(n["who"], n["role"], f"on edition {n['edition']}: {n['note']}")
             for n in record["notes"]]  # fmt: skip
    if read:
        paper.heading("Who read it", 2)
        paper.table(("Who", "Role", "What"), read)


def _who(paper: Paper, content: Content, page: Brief) -> None:
    paper.heading("2. Who replied")
    paper.text(f"{page.received} {SELF}")
    rows = [("Received", content.ledger["received"]), ("Analysed", content.ledger["analysed"])]
    few = together(content.ledger["excluded"], least_of(content))
    rows += [(" or ".join(EXCLUDED[r] for r in reasons).capitalize(), n) for reasons, n in few]
    paper.table(("Replies", "People"), rows)
    who = content.consultation["who_replied"]
    if who["groups"]:
        base = content.ledger["received"]
        paper.table(
            (who["attribute"], "People", f"Share of {base:,}"),
            [(g["group"], g["n"], percent(g["n"], base)) for g in who["groups"]],
        )


def _position(paper: Paper, page: Brief) -> None:
    paper.heading("3. Position on the proposal")
    paper.text(page.headline)
    if page.positions:
        base = page.positions[0]["base"]
        rows = [(side_name(p["side"]), p["n"], p["percent"]) for p in page.positions]
        paper.table(("Position, as they stated it", "People", f"Share of {base:,}"), rows)


def _closed(paper: Paper, content: Content, question_id: str) -> None:
    table = content.groups.query(
        "question_id == @question_id and measure == 'closed' and attribute == '' and shown"
    )
    if table.empty:
        paper.text("Nobody answered this question.")
        return
    base = int(table["base"].iloc[0])
    counts, least = {str(r.value): int(r.n) for r in each(table)}, least_of(content)
    if sum(counts.values()) == base:
        told = together(counts, least)
        rows = [(" or ".join(values), f"{n:,}", percent(n, base)) for values, n in told]
    else:
        rows = [(v, number(n, least), _share(n, base, least)) for v, n in counts.items()]
    paper.table(("Answer", "People", f"Share of {base:,}"), rows)


def _open(paper: Paper, content: Content, summary: dict[str, Any]) -> None:
    paper.text(summary["headline"])
    own, least = content.themes, least_of(content)
    own = own[(own["question_id"] == summary["question_id"]) & (own["parent_id"] == "")]
    own = own.sort_values(["respondents", "theme_id"], ascending=[False, True])
    people = {str(t.theme_id): int(t.respondents) for t in each(own)}
    if len(own):
        paper.table(
            ("Theme", "People", f"Share of {summary['base']:,}"),
            [(t.name, number(int(t.respondents), least),
              _share(int(t.respondents), int(t.base), least)) for t in each(own)],
        )  # fmt: skip
        paper.text("One person can raise several themes: shares can add up to more than 100 %.",
                   small=True)  # fmt: skip
    _viewpoints(paper, summary, people, least)
    _smaller(paper, summary, least)
    _asked(paper, summary, least)
    paper.text(covers(summary), "How much this covers:")


def _share(n: int, base: int, least: int) -> str:
    return "" if 0 < n < least else percent(n, base)


def _viewpoints(paper: Paper, summary: dict[str, Any], people: dict[str, int], least: int) -> None:
    views: dict[str, list[dict[str, Any]]] = {}
    for view in summary["viewpoints"]:
        views.setdefault(view["theme_id"], []).append(view)
    for theme_id, own in views.items():
        n = people[theme_id]
        paper.heading(own[0]["theme"], 2)
        paper.text(raised(own[0]["theme"], n, summary["base"], least))
        sided = [v for v in own if v["position"] in ("support", "oppose")]
        told = of_sides([v["respondents"] for v in sided], n, least)
        counts = {v["position"]: count for v, count in zip(sided, told, strict=True)}
        for view in own:
            _side_of(paper, view, counts.get(view["position"], ""))


def _side_of(paper: Paper, view: dict[str, Any], count: str) -> None:
    """What those of one position say; the count, of those who raised the theme, may be ""."""
    lines = [f"{count}."] if count else []
    lines += [s["text"] for s in view["sentences"] if s.get("written_by") == "model"]
    if lines or view["position"] == "mixed":
        paper.text(" ".join(lines), f"{SIDE[view['position']]}:")
    for quote in view["quotes"]:
        paper.quote(quote["text"], f"Response {quote['response_id']}")


def _smaller(paper: Paper, summary: dict[str, Any], least: int) -> None:
    rest = [v for v in summary["smaller_views"] if not v["parent_id"] or v["few"]]
    if not rest:
        return
    paper.heading("Also raised", 2)
    for view in rest:
        paper.text(raised(view["theme"], view["respondents"], summary["base"], least))
        for quote in view["quotes"]:
            paper.quote(quote["text"], f"Response {quote['response_id']}")


def _asked(paper: Paper, summary: dict[str, Any], least: int) -> None:
    asked = summary["asked_for"]
    if not asked["respondents"]:
        return
    paper.heading("What respondents asked for", 2)
    told = persons(asked["respondents"], least)
    paper.text(f"{told[:1].upper()}{told[1:]} asked for something to be done or not to be done.")
    for request in asked["requests"]:
        words = request["text"] or "Asked in words that may not be published"
        paper.quote(words, f"{persons(request['respondents'], least)} in much the same words")


def _method(paper: Paper, content: Content, page: Brief) -> None:
    paper.heading("How this was done")
    paper.bullets(page.sure)
    paper.heading("Read with care")
    paper.bullets(page.caveats)
    left = content.meta["left_the_machine"]
    paper.text(
        f"{left['calls']:,} calls to a language model with {left['prompt_tokens']:,} tokens sent."
        if left["calls"]
        else "Nothing left the machine: no language model was used.",
        "What left the machine:",
    )
    rows = [(name, b["name"], b["reason"]) for name, b in content.meta["backends"].items()]
    paper.table(("Step", "Done by", "Why"), rows)


def brief_document(content: Content) -> bytes:
    """The minister's page as .docx, in the same order as on paper."""
    page = brief_of(content)
    paper = Paper(page.title, size=size_of(page) * WORD, margin=12)
    paper.text("", f"{page.badge}")
    paper.heading(f"{page.title}: what respondents said", 0)
    if page.invented:
        paper.text("Every reply in it was written for demonstration.", "Invented consultation:")
    if page.statement:
        paper.text(page.statement, "Proposal:")
    paper.text(page.asked, "Asked:")
    paper.text(f"{page.received} {page.makeup} {SELF}", "Who replied:")
    paper.text(page.headline, "Position:")
    paper.heading("Main themes")
    for place, theme in enumerate(page.themes, 1):
        paper.text(theme["question"], f"{place}. {theme['name']}: {theme['people']}", above=True)
        paper.columns([_side(side) for side in theme["sides"]])
    paper.columns(
        [
            [("What organisations raise", ""), *(("", f"• {x}") for x in page.organisations)]
            if page.organisations
            else [("What organisations raise", ""), ("", "The replies do not tell them apart.")],
            [("What few say", ""), *(("", f"• {x}") for x in page.few)],
            [("What respondents ask for", ""), *(("", f"• {x}") for x in page.requests)],
        ],
        THREE,
    )
    paper.columns(
        [
            [("How sure, and why", ""), *(("", f"• {x}") for x in page.sure)],
            [("Read with care", ""), *(("", f"• {x}") for x in page.caveats)],
        ]
    )
    paper.footer(page.foot)
    return paper.bytes()


def _side(side: dict[str, Any]) -> list[tuple[str, str]]:
    head = f"{SIDE[side['side']]}: {side['count']}"
    lines = [(head, "")] if side["side"] in ("support", "oppose") else []
    lines += [("", line) for line in side["model"]]
    return lines + [("", f"“{q['text']}” ({q['response_id']})") for q in side["quotes"]]
