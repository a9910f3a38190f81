"""What pages ask of a run: small frames, ready to draw. No page counts anything itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.counting import Way, counted_points
from analysis.export.tables import counted, responses_table, themes_table
from analysis.groups import NOT_ANSWERED, members_of_groups, ranked, sizes, theme_members
from analysis.ingest.scales import by_number, is_last, order
from analysis.prepare.content import kind, phrases_of, pointed_question
from analysis.prepare.language import other
from analysis.records import POSITIONS, Question, Run
from analysis.summarise.quotes import unread
from dashboard.words import LANGUAGE

PAGE = 20  # replies on one page
INFERRED = "inferred:"  # before a position told from texts, so that it is never mixed in


@dataclass(frozen=True)
class Filters:
    """Which answers to list; an empty field does not restrict.

    position: a stated one, or INFERRED and one told from texts.
    """

    question_id: str = ""
    theme_id: str = ""
    position: str = ""
    tone: str = ""
    status: str = ""
    campaign: str = ""
    attribute: str = ""
    group: str = ""
    search: str = ""
    not_grouped: bool = False
    language: str = ""
    ids: tuple[str, ...] = ()


def question(run: Run, question_id: str) -> Question:
    return next(q for q in run.consultation.questions if q.id == question_id)


def themes(run: Run, question_id: str, way: Way = "all") -> pd.DataFrame:
    """themes_table of one question, by number of people, themes before their sub-themes."""
    frame = themes_table(run, way).query("question_id == @question_id")
    return ranked(frame, "respondents")


def answers(run: Run, filters: Filters) -> pd.DataFrame:
    """The answers that match, in the order received: responses_table plus the question's text.

    An added restriction never adds an answer.
    """
    frame = responses_table(run)
    simple = {
        "question_id": filters.question_id,
        "tone": filters.tone,
        "status": filters.status,
        "campaign_id": filters.campaign,
        "language": filters.language,
    }
    for column, wanted in simple.items():
        if wanted:
            frame = frame[frame[column] == wanted]
    if filters.ids:
        frame = frame[frame["response_id"].isin(filters.ids)]
    if filters.position:
        by_text = filters.position.startswith(INFERRED)
        frame = frame[
            (frame["position"] == filters.position.removeprefix(INFERRED))
            & ((frame["position_source"] == "inferred") == by_text)
        ]
    if filters.theme_id:
        members = theme_members(run.points, run.themes, run.prepared)
        ids = members.loc[members["theme_id"] == filters.theme_id, "response_id"]
        frame = frame[frame["response_id"].isin(ids)]
    if filters.not_grouped:
        frame = frame[(frame["theme_ids"] == "") & (frame["status"] == "analysed")]
    if filters.attribute and filters.group:
        members = members_of_groups(run.consultation)
        own = (members["attribute"] == filters.attribute) & (members["group"] == filters.group)
        frame = frame[frame["respondent_id"].isin(members.loc[own, "respondent_id"])]
    if filters.search:
        said = frame["text"].str.contains(filters.search, case=False, regex=False)
        frame = frame[said | (frame["respondent_id"] == filters.search)]
    return frame.reset_index(drop=True)


def inferred_positions(run: Run) -> list[str]:
    """The positions that were inferred for somebody, for a filter."""
    frame = run.judged.responses.query("position_source == 'inferred'")
    return [p for p in POSITIONS if (frame["position"] == p).any()]


def contradictions(run: Run) -> pd.DataFrame:
    """The answers of those whose text seems to say the opposite of their tick, surest first.

    respondent_id, stated, text_says, confidence, text (of all their answers).
    """
    texts = run.prepared.responses.groupby("respondent_id", sort=False)["text"].agg("\n\n".join)
    found = run.judged.contradictions
    return found.assign(text=found["respondent_id"].map(texts).fillna(""))


def needs_person(run: Run, question_id: str) -> list[str]:
    """The answers to a question that the language model did not read, in their order."""
    cited = unread(run.meta["struck"])
    frame = run.prepared.responses.query("question_id == @question_id")
    return [str(i) for i in frame["response_id"] if i in cited]


def main_language(run: Run) -> str:
    return str(run.meta["settings"]["language"])


def _elsewhere(run: Run) -> pd.DataFrame:
    """Answers with a view in another language than the main one; `Language` in English words."""
    frame = run.prepared.responses
    frame = frame[other(frame["language"], main_language(run))]
    frame = frame[frame["status"].isin(["analysed", "other_language"])]
    return frame.assign(Language=frame["language"].map(LANGUAGE))


def _by_language(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    sizes = frame.groupby(keys, sort=False).agg(
        Answers=("response_id", "nunique"), People=("respondent_id", "nunique")
    )
    return sizes.reset_index().sort_values(["Answers", "Language"], ascending=[False, True])


def languages(run: Run) -> pd.DataFrame:
    """Language, Answers, People of the answers in other languages, the most frequent first."""
    return _by_language(_elsewhere(run), ["Language"])


def languages_by_question(run: Run) -> pd.DataFrame:
    """Question, Language, Answers, People, in the order of the questions."""
    frame = _elsewhere(run)
    place = {q.id: (n, q.text) for n, q in enumerate(run.consultation.questions)}
    sizes = _by_language(frame, ["question_id", "Language"])
    sizes = sizes.assign(Question=sizes["question_id"].map(lambda q: place[q][1]))
    at = sizes["question_id"].map(lambda q: place[q][0])
    sizes = sizes.assign(_at=at).sort_values("_at", kind="stable")
    return sizes[["Question", "Language", "Answers", "People"]]


def languages_used(run: Run) -> dict[str, str]:
    """Code → name of every language that answers are in, the most frequent first."""
    return {str(c): LANGUAGE[c] for c in run.prepared.responses["language"].value_counts().index}


def translations(run: Run) -> dict[str, str]:
    """response → its machine translation, where there is one."""
    frame = run.translations
    return dict(zip(frame["response_id"], frame["translation"], strict=True))


def without_content(run: Run) -> pd.DataFrame:
    """kind, n: the answers that were left out of themes for what they are, most first."""
    out = run.prepared.responses.query("status in ['no_content', 'not_read']")
    own = phrases_of(run.consultation)
    counts = out["text"].map(lambda text: kind(text, own)).value_counts()
    return pd.DataFrame({"kind": counts.index, "n": counts.to_numpy()})


def files_not_read(run: Run) -> pd.DataFrame:
    """Respondent and names of files, of every reply that came with files."""
    people = run.consultation.respondents
    if "attachments" not in people:
        return pd.DataFrame()
    own = people.loc[people["attachments"] != "", ["respondent_id", "attachments"]]
    return own.rename(columns={"respondent_id": "Reply", "attachments": "Files"})


def pointed(run: Run, row: Any) -> tuple[str, str] | None:
    """(question, answer) that an answer like “see question 2” refers to, if it can be told."""
    where = pointed_question(row.text)
    if where is None:
        return None
    asked = [q.id for q in run.consultation.open_questions]
    here = asked.index(row.question_id)
    steps = {"previous": here - 1, "next": here + 1}
    at = steps.get(where, int(where) - 1 if where.isdigit() else -1)
    if not 0 <= at < len(asked) or at == here:
        return None
    frame = run.prepared.responses
    own = frame[(frame["respondent_id"] == row.respondent_id) & (frame["question_id"] == asked[at])]
    text = str(own["text"].iloc[0]) if len(own) else ""
    return (question(run, asked[at]).text, text) if text else None


def added_to_letter(run: Run, row: Any) -> list[str]:
    """The passages of an edited copy that count as its sender's own."""
    if row.campaign_copy != "edited":
        return []
    points = run.points.points
    own = points[(points["response_id"] == row.response_id) & (points["campaign_id"] == "")]
    return [row.text[a:b] for a, b in zip(own["start"], own["end"], strict=True)]


def passages(run: Run, response_ids: list[str], theme_id: str) -> dict[str, list[tuple[int, int]]]:
    """response → offsets of its points in the theme."""
    members = theme_members(run.points, run.themes, run.prepared)
    own = members[(members["theme_id"] == theme_id) & members["response_id"].isin(response_ids)]
    joined = own.merge(run.points.points[["point_id", "start", "end"]], on="point_id")
    return {
        str(r): list(zip(g["start"], g["end"], strict=True))
        for r, g in joined.groupby("response_id")
    }


def groups(run: Run, attribute: str) -> list[str]:
    """The groups of an attribute: a scale in its order, numbers from low to high, others by size,
    those apart last."""
    names = [str(g) for g in sizes(run.consultation)[attribute].index]
    last = [g for g in names if g == NOT_ANSWERED or is_last(g)]
    rest = [g for g in names if g not in last]
    scale = [g for g in order(rest) or by_number(rest) or () if g in rest]
    return [*(scale or rest), *sorted(last, key=lambda g: g == NOT_ANSWERED)]


def position_of_all(run: Run, way: Way = "all") -> pd.DataFrame:
    """value, n, base of the position of everyone; empty without a position question."""
    frame = counted(run, run.groups.crosstabs, way)
    return frame.query("measure == 'position' and attribute == ''")[["value", "n", "base"]]


def points_on_map(run: Run, question_id: str, way: Way = "all") -> pd.DataFrame:
    """x, y, theme_id (of the top level), theme, text of each counted point of a question."""
    kept = counted_points(run.points, run.prepared, way).points
    frame = run.themes.map.merge(run.themes.assigned, on="point_id")
    frame = frame.merge(kept[["point_id", "question_id", "text"]], on="point_id")
    frame = frame[frame["question_id"] == question_id]
    by_id = run.themes.themes.set_index("theme_id")
    parent = frame["theme_id"].map(by_id["parent_id"]).fillna("")
    top = parent.where(parent != "", frame["theme_id"])
    return frame.assign(theme_id=top, theme=top.map(by_id["name"]).fillna("Not grouped"))
