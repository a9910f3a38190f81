"""The minister's page: one self-contained HTML file, every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.counting import Way
from analysis.export.tables import counted
from analysis.records import Run, each
from analysis.summarise.extract import HOW_COUNTED
from analysis.summarise.words import percent

VIEWS = 5
QUOTES = 2


@cache
def _template() -> Template:
    place = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=place, autoescape=True, undefined=StrictUndefined)
    environment.filters["percent"] = lambda pair: percent(*pair)
    return environment.get_template("brief.html.j2")


def _positions(run: Run, way: Way) -> list[dict[str, Any]]:
    table = counted(run, way).query("measure == 'position' and attribute == ''")
    return [{"value": r.value, "n": r.n, "base": r.base} for r in each(table)]


def _makeup(run: Run, minimum: int) -> list[dict[str, Any]]:
    """Who replied, by the first attribute: sizes of groups, none of fewer than `minimum`."""
    if not run.consultation.attributes:
        return []
    first = run.consultation.attributes[0]
    sizes = run.consultation.respondents[first].replace("", "Not answered").value_counts()
    return [{"group": g, "n": int(n)} for g, n in sizes.items() if n >= minimum]


def _main_themes(question: dict[str, Any]) -> list[dict[str, Any]]:
    """The first themes of a question, each with its positions joined under it."""
    found: dict[str, dict[str, Any]] = {}
    for view in question["viewpoints"]:
        theme = found.setdefault(
            view["theme_id"],
            {"name": view["theme"], "sentence": view["sentences"][0]["text"], "views": []},
        )
        theme["views"].append(
            {
                "sentences": [s["text"] for s in view["sentences"][1:]],
                "quotes": view["quotes"][:QUOTES],
                "position": view["position"],
            }
        )
    return list(found.values())[:VIEWS]


def brief(run: Run, minimum: int, way: Way = "all") -> str:
    """HTML of the brief; groups of fewer than `minimum` people are left out."""
    questions = [
        {**q, "themes": _main_themes(q), "ledger": entry}
        for q, entry in zip(run.summary.counted(way), run.ledger["questions"], strict=True)
    ]
    position = next(
        (q for q in run.consultation.questions if q.id == run.consultation.position_question), None
    )
    return _template().render(
        run=run,
        title=run.consultation.title,
        statement=run.consultation.statement,
        invented=run.consultation.invented,
        ledger=run.ledger,
        position_question=position,
        positions=_positions(run, way),
        counting=HOW_COUNTED[way],
        makeup=_makeup(run, minimum),
        makeup_by=run.consultation.attributes[0] if run.consultation.attributes else "",
        questions=questions,
    )
