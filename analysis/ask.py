"""Answers a question in plain words from the replies alone, or says that it finds none.

What counts as an answer is decided by thresholds (`ask_match`), not by rank, so that a question
that nobody spoke about has none. A question that names a group ("what do carers say …") is answered
from that group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.ask_match import Corpus, subjects
from analysis.capture.features import Encode
from analysis.groups import NOT_ANSWERED
from analysis.llm import Client
from analysis.prepare.orders import orders
from analysis.records import Run, Vectors
from analysis.settings import Settings
from analysis.summarise.generate import generate
from analysis.summarise.quotes import printable

NOBODY = "The search finds no reply that speaks of this."
NEAREST = 3  # points that are shown where nobody speaks of it


@dataclass(frozen=True)
class Answer:
    """What the replies say to a question.

    group: (attribute, value) that the question names, or None. points: the matching points, best
    first, with question_id, theme, position and permission. nearest: where there are none, the
    first that do not match. respondents, base: of the group, or of everyone, how many say something
    to it. by_group: attribute, group, n, base,
    for groups of at least `disclosure_min` people. sentences: verified ones by a model, with cites.
    """

    question: str
    group: tuple[str, str] | None
    points: pd.DataFrame
    nearest: pd.DataFrame
    respondents: int
    base: int
    positions: dict[str, int]
    by_group: pd.DataFrame
    sentences: list[dict[str, Any]] = field(default_factory=list)
    struck: list[dict[str, Any]] = field(default_factory=list)

    @property
    def says(self) -> str:
        """The counted answer in one sentence; NOBODY where there is none."""
        if not self.respondents:
            among = f"{NOBODY[:-1]} among {self.base:,} people{self._of}"
            return f"{among}; some may say it in other words."
        counted = f"{self.respondents:,} of {self.base:,} people{self._of} speak of this"
        return f"{counted}, as far as the search finds; others may in other words."

    @property
    def _of(self) -> str:
        return f" in “{self.group[1]}”" if self.group else ""


def corpus(run: Run, vectors: Vectors, encode: Encode) -> Corpus:
    """The points of a run made ready for questions; worth keeping from one to the next."""
    texts = run.points.points["text"]
    rows = pd.Series(np.arange(len(vectors.texts)), index=vectors.texts["text"])
    return Corpus(texts.tolist(), vectors.vectors[texts.map(rows).to_numpy()], encode)


def ask(
    run: Run,
    ready: Corpus,
    question: str,
    encode: Encode,
    settings: Settings,
    client: Client | None = None,
) -> Answer:
    """The answer that the replies of a run give. Never raises for a question nobody spoke about.

    ready: `corpus` of the same run.
    """
    group, subject = _named_group(run, question)
    points = _ranked(_points(run), ready, subject, settings)
    if group:
        attribute, value = group
        told = run.consultation.respondents.set_index("respondent_id")[attribute]
        points = points[points["respondent_id"].map(told) == value].reset_index(drop=True)
    base = _people(run, group)
    found = points[points["speaks"]].reset_index(drop=True)
    answer = Answer(
        question=question,
        group=group,
        points=found,
        nearest=points.head(0 if len(found) else NEAREST),
        respondents=found["respondent_id"].nunique(),
        base=base,
        positions={
            str(p): int(n)
            for p, n in found.drop_duplicates("respondent_id")["position"].value_counts().items()
        },
        by_group=_by_group(run, found, settings.disclosure_min),
    )
    return answer if client is None or found.empty else _written(answer, client, encode)


def _points(run: Run) -> pd.DataFrame:
    """All analysed points with respondent, position, theme name and permission to quote."""
    answers = run.prepared.responses
    people = run.consultation.respondents.set_index("respondent_id")["permission"]
    frame = run.points.points.merge(answers[["response_id", "respondent_id"]], on="response_id")
    frame = frame.merge(run.judged.respondents, on="respondent_id")
    frame = frame.merge(run.themes.assigned, on="point_id")
    names = dict(zip(run.themes.themes["theme_id"], run.themes.themes["name"], strict=True))
    return frame.assign(
        theme=frame["theme_id"].map(names).fillna(""),
        permission=frame["respondent_id"].map(people),
    )


def _people(run: Run, group: tuple[str, str] | None) -> int:
    """How many people with an analysed answer there are, in the group where one is named."""
    inside = set(run.prepared.responses.query("status == 'analysed'")["respondent_id"])
    people = run.consultation.respondents
    own = people["respondent_id"].isin(inside)
    return int((own & (people[group[0]] == group[1]) if group else own).sum())


def _named_group(run: Run, question: str) -> tuple[tuple[str, str] | None, str]:
    """The group that the question names, if one does, and the question without its name."""
    said = re.findall(r"\w+", question)
    best: tuple[str, str] | None = None
    at = slice(0)
    for attribute in run.consultation.attributes:
        for value in sorted(set(run.consultation.respondents[attribute]) - {"", "Yes", "No"}):
            place = _place([*map(_folded, said)], [*map(_folded, re.findall(r"\w+", value))])
            if len(value) > 2 and place and (best is None or len(value) > len(best[1])):
                best, at = (attribute, value), place
    if best is None:
        return None, question
    return best, " ".join(said[: at.start] + said[at.stop :])


def _place(said: list[str], name: list[str]) -> slice | None:
    """Where the words of a name stand in what is said."""
    starts = range(len(said) - len(name) + 1)
    found = (slice(i, i + len(name)) for i in starts if said[i : i + len(name)] == name)
    return next(found, None) if name else None


def _folded(word: str) -> str:
    """In lower case, a plural as its singular."""
    plain = word.lower()
    plural = len(plain) > 3 and plain.endswith("s") and plain[-2] != "s"
    return plain[:-1] if plural else plain


def _ranked(points: pd.DataFrame, corpus: Corpus, asked: str, settings: Settings) -> pd.DataFrame:
    """The points, nearest to the question first, with `speaks`: whether they speak of it."""
    met = [corpus.match(part) for part in subjects(asked)]
    if points.empty or not met:
        return points.iloc[:0].assign(speaks=False)
    speaks = np.any([m.speaks(settings) for m in met], axis=0)
    found = points.assign(speaks=speaks, _worth=np.max([m.worth for m in met], axis=0))
    found = found.sort_values(["_worth", "point_id"], ascending=[False, True])
    return pd.DataFrame(found.drop(columns="_worth").reset_index(drop=True))


def _by_group(run: Run, found: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """attribute, group, n, base; a count of very few, or that leaves very few, is not given."""
    people = run.consultation.respondents
    inside = set(run.prepared.responses.query("status == 'analysed'")["respondent_id"])
    speaks = people["respondent_id"].isin(set(found["respondent_id"]))
    rows = []
    for attribute in run.consultation.attributes:
        value = people[attribute].replace("", NOT_ANSWERED)
        for name, own in people[people["respondent_id"].isin(inside)].groupby(value):
            n, base = int(speaks[own.index].sum()), len(own)
            if base >= max(minimum, 1) and (n == 0 or n >= minimum):
                rows.append((attribute, str(name), n, base))
    return pd.DataFrame(rows, columns=["attribute", "group", "n", "base"])


def quotes(run: Run, answer: Answer, settings: Settings, most: int = 5) -> pd.DataFrame:
    """Of the matching points, or the nearest, those that may be printed, one a respondent."""
    texts = dict(
        zip(run.prepared.responses["response_id"], run.prepared.responses["text"], strict=True)
    )
    able = printable(answer.points if answer.respondents else answer.nearest, texts, settings)
    return able[able["allowed"]].drop_duplicates("respondent_id").head(most)


def _written(answer: Answer, client: Client, encode: Encode) -> Answer:
    """The answer with a model's sentences about the matching points, each verified."""
    found = answer.points[[not orders(t) for t in answer.points["text"]]]
    joined = found.groupby("response_id", sort=False)["text"].agg(" ".join)
    texts = {str(i): str(text) for i, text in joined.items()}
    sides = found["position"].unique()
    view = {
        "theme_id": "",
        "theme": answer.question,
        "position": str(sides[0]) if len(sides) == 1 else "mixed",
        "sentences": [{"text": "", "cites": list(texts)}],
        "quotes": [],
    }
    views, struck = generate(answer.question, [view], texts, client, encode=encode)
    kept = [s for s in views[0]["sentences"] if s.get("written_by") == "model"]
    return replace(answer, sentences=kept, struck=struck)
