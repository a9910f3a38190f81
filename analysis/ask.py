"""Answers a question in plain words from the replies alone, or says that no reply speaks of it.

Points are ranked by the meaning of the question (cosine of MiniLM vectors) and by its words (TF-IDF
cosine), joined by reciprocal rank (Cormack, Clarke & Büttcher 2009). What counts as an answer is
decided by thresholds, not by rank, so that a question nobody spoke about has none. A question that
names a group ("what do carers say …") is answered from that group.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.groups import NOT_ANSWERED
from analysis.llm import Client
from analysis.prepare.orders import orders
from analysis.records import Run, Vectors
from analysis.settings import Settings
from analysis.summarise.generate import generate
from analysis.summarise.quotes import printable
from analysis.summarise.verify import content_words

Encode = Callable[[list[str]], "np.ndarray[Any, Any]"]
NOBODY = "No reply speaks of this."
_ABOUT_ASKING = re.compile(
    r"\b(?:what|which|how|why|who|where|when|do|does|did|is|are|was|were|can|could|would|say|says"
    r"|said|think|thinks|thought|tell|told|speak|mention|mentions|people|respondents?|repl(?:y|ies)"
    r"|consultation|views?|opinions?|any(?:one|body)?|about|on|of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """What the replies say to a question.

    group: (attribute, value) that the question names, or None. points: the matching points, best
    first, with question_id, theme, position and whether they may be quoted. respondents, base: of
    the group, or of everyone, how many say something to it. by_group: attribute, group, n, base,
    for groups of at least `disclosure_min` people. sentences: verified ones by a model, with cites.
    """

    question: str
    group: tuple[str, str] | None
    points: pd.DataFrame
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
            return f"{NOBODY[:-1]} among {self.base:,} people{self._of}."
        counted = f"{self.respondents:,} of {self.base:,} people{self._of} speak of"
        if self.points["partly"].any():
            return f"No reply speaks of all of this. {counted} a part of it."
        return f"{counted} this."

    @property
    def _of(self) -> str:
        return f" in “{self.group[1]}”" if self.group else ""


def ask(
    run: Run,
    vectors: Vectors,
    question: str,
    encode: Encode,
    settings: Settings,
    client: Client | None = None,
) -> Answer:
    """The answer that the replies of a run give. Never raises for a question nobody spoke about."""
    group, subject = _named_group(run, question)
    points = _points(run)
    if group:
        attribute, value = group
        told = run.consultation.respondents.set_index("respondent_id")[attribute]
        points = points[points["respondent_id"].map(told) == value]
    base = points["respondent_id"].nunique()
    found = _matching(points, vectors, subject, encode, settings)
    answer = Answer(
        question=question,
        group=group,
        points=found,
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


def _named_group(run: Run, question: str) -> tuple[tuple[str, str] | None, str]:
    """The group that the question names, if one does, and the question without its name."""
    said = _folded(question)
    best: tuple[str, str] | None = None
    for attribute in run.consultation.attributes:
        for value in sorted(set(run.consultation.respondents[attribute]) - {"", "Yes", "No"}):
            name = _folded(value)
            if (
                len(name) > 2
                and f" {name} " in f" {said} "
                and (best is None or len(value) > len(best[1]))
            ):
                best = (attribute, value)
    subject = said
    if best:
        subject = f" {said} ".replace(f" {_folded(best[1])} ", " ")
    return best, _ABOUT_ASKING.sub(" ", subject).strip()


def _folded(text: str) -> str:
    """Lower case, one space between words, plurals as singulars."""
    words = re.findall(r"\w+", text.lower())
    return " ".join(w[:-1] if len(w) > 3 and w.endswith("s") and w[-2] != "s" else w for w in words)


def _matching(
    points: pd.DataFrame, vectors: Vectors, subject: str, encode: Encode, settings: Settings
) -> pd.DataFrame:
    """The points that speak of the subject, best first, with `likeness` (cosine of meaning).

    partly: no reply speaks of all of it; these share a part of its words.
    """
    wanted = content_words(subject)
    if points.empty or not wanted:
        return points.iloc[:0].assign(likeness=0.0, partly=False)
    rows = pd.Series(np.arange(len(vectors.texts)), index=vectors.texts["text"])
    own = vectors.vectors[points["text"].map(rows).to_numpy()]
    meaning = own @ encode([subject])[0]
    words = _word_likeness(points["text"].tolist(), subject)
    shared = _shared(points["text"].tolist(), wanted)
    near = meaning >= settings.ask_both
    hit = (meaning >= settings.ask_meaning) | ((shared >= settings.ask_words) & near)
    partly = not hit.any()
    if partly:
        hit = (shared >= settings.ask_part) & near
    rank = sum(1 / (60 + pd.Series(-s).rank(method="first")) for s in (meaning, words))
    found = points.assign(likeness=meaning, partly=partly, _rank=np.asarray(rank))[hit]
    found = found.sort_values(["_rank", "point_id"], ascending=[False, True])
    return pd.DataFrame(found.drop(columns="_rank").reset_index(drop=True))


def _shared(texts: list[str], wanted: set[str]) -> np.ndarray[Any, Any]:
    """Share of the question's words that each text holds.

    A rare word weighs more; one that all texts hold weighs little, but something.
    """
    held = [wanted & content_words(t) for t in texts]
    often = {w: sum(w in own for own in held) for w in wanted}
    weight = {w: np.log((2 + len(texts)) / (1 + n)) for w, n in sorted(often.items())}
    whole = sum(weight.values()) or 1.0
    return np.array([sum(weight[w] for w in sorted(own)) / whole for own in held])


def _word_likeness(texts: list[str], subject: str) -> np.ndarray[Any, Any]:
    """TF-IDF cosine of each text to the subject; zeros where they share no word."""
    try:
        matrix = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(
            [subject, *texts]
        )
    except ValueError:  # nothing but stop words
        return np.zeros(len(texts))
    return np.asarray((matrix[1:] @ matrix[0].T).todense()).ravel()


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
    """Of the matching points those that may be printed, best first, one a respondent."""
    texts = dict(
        zip(run.prepared.responses["response_id"], run.prepared.responses["text"], strict=True)
    )
    able = printable(answer.points, texts, settings)
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
