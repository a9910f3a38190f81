"""The minister's page: one self-contained HTML file, every text escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.counting import Way
from analysis.differences import CAUTION, in_words, published
from analysis.disclosure import disclose_sizes
from analysis.export.tables import counted
from analysis.groups import sizes
from analysis.records import Run, each
from analysis.settings import Rule
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


def _makeup(run: Run, rule: Rule) -> list[dict[str, Any]]:
    """Who replied, by the first attribute: sizes of groups, those too small left out."""
    if not run.consultation.attributes:
        return []
    shown = disclose_sizes(sizes(run.consultation), rule, run.groups.links)
    first = shown[run.consultation.attributes[0]].dropna()
    return [{"group": g, "n": int(n)} for g, n in first.items()]


def _difference(run: Run, rule: Rule, theme_id: str) -> str:
    """The clearest difference between a group and the others about a theme, if there is one."""
    found = published(run.groups, rule).query("clear and measure == 'theme' and value == @theme_id")
    if found.empty:
        return ""
    row = found.iloc[0]
    return f"{in_words(row, f'{row.attribute}: {row.group}', '')} ({CAUTION})."


def _main_themes(run: Run, rule: Rule, question: dict[str, Any]) -> list[dict[str, Any]]:
    """The first themes of a question, each with its positions joined under it."""
    found: dict[str, dict[str, Any]] = {}
    for view in question["viewpoints"]:
        theme = found.setdefault(
            view["theme_id"],
            {
                "name": view["theme"],
                "sentence": view["sentences"][0]["text"],
                "views": [],
                "difference": _difference(run, rule, view["theme_id"]),
            },
        )
        theme["views"].append(
            {
                "sentences": [s["text"] for s in view["sentences"][1:]],
                "quotes": view["quotes"][:QUOTES],
                "position": view["position"],
            }
        )
    return list(found.values())[:VIEWS]


def brief(run: Run, rule: Rule, way: Way = "all") -> str:
    """HTML of the brief; groups that `rule` hides are left out."""
    questions = [
        {**q, "themes": _main_themes(run, rule, q), "ledger": entry}
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
        makeup=_makeup(run, rule),
        makeup_by=run.consultation.attributes[0] if run.consultation.attributes else "",
        questions=questions,
    )
