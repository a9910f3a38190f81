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
from analysis.summarise.words import percent, rounding_note

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


def _rounded(run: Run, way: Way) -> str:
    """A note where the per cents of the positions do not add up to 100."""
    table = counted(run, way).query("measure == 'position' and attribute == ''")
    return rounding_note(table["n"], int(table["base"].iloc[0])) if len(table) else ""


def _makeup(run: Run, rule: Rule) -> list[dict[str, Any]]:
    """Who replied, by the first attribute: sizes of groups, those too small left out."""
    if not run.consultation.attributes:
        return []
    shown = disclose_sizes(sizes(run.consultation), rule, run.groups.links)
    first = shown[run.consultation.attributes[0]].dropna()
    return [{"group": g, "n": int(n)} for g, n in first.items()]


def _differences(run: Run, rule: Rule) -> dict[str, str]:
    """theme → the clearest difference between a group and the others, where there is one."""
    found = published(run.groups, rule).query("clear and measure == 'theme'")
    sentences = {}
    for _, row in found.drop_duplicates("value").iterrows():
        group = f"{row['attribute']}, {row['group']}"
        sentences[str(row["value"])] = f"{in_words(row, group, '')} ({CAUTION})."
    return sentences


def _main_themes(question: dict[str, Any], differences: dict[str, str]) -> list[dict[str, Any]]:
    """The first themes of a question, each with its positions joined under it."""
    found: dict[str, dict[str, Any]] = {}
    for view in question["viewpoints"]:
        theme = found.setdefault(
            view["theme_id"],
            {
                "name": view["theme"],
                "sentence": view["sentences"][0]["text"],
                "views": [],
                "difference": differences.get(view["theme_id"], ""),
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
    differences = _differences(run, rule)
    questions = [
        {**q, "themes": _main_themes(q, differences), "ledger": entry}
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
        rounded=_rounded(run, way),
        counting=HOW_COUNTED[way],
        makeup=_makeup(run, rule),
        makeup_by=run.consultation.attributes[0] if run.consultation.attributes else "",
        questions=questions,
    )
