"""Was my view captured? Each point of a submission beside what the analysis says nearest to it.

First the reply that is nearest to it, then, among the themes of the nearest replies, the one that
most likely says it. A match is likely, never certain, so a result is a word and a place to look,
for a person to compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from analysis.capture import model
from analysis.capture.direction import Lean, leaning
from analysis.capture.features import (
    Corpus,
    Encode,
    Floats,
    Near,
    Words,
    after,
    corpus,
    features,
    nearest,
    words,
)  # fmt: skip
from analysis.capture.letter import said
from analysis.capture.report import Report
from analysis.capture.turning import turned_round
from analysis.embed.minilm import MiniLM
from analysis.embed.minilm import revision as encoder_revision
from analysis.errors import FileError
from analysis.prepare.language import UNDETERMINED, detect
from analysis.prepare.points import split
from analysis.records import each
from analysis.settings import Settings, runtime

Status = Literal["captured", "partly", "missing"]
LOOSE = ""  # stands for the points that are in no theme
MOST = 3000  # statements of a question that are compared; larger themes are thinned
CLOSEST = 3
WORTH = {"captured": 1.0, "partly": 0.5, "missing": 0.0}
Signs = tuple[float, float, float]  # model.TOLD_NAMES
READ = 6  # statements that are read for what they say of the point


@dataclass(frozen=True)
class Quote:
    response_id: str
    text: str


@dataclass(frozen=True)
class Found:
    """One point of a submission. similarity: how likely it is that somebody made it.

    language: that of a point that could not be compared, as no reply is in it; else "".
    """

    text: str
    status: Status
    question_id: str
    theme_id: str
    theme: str
    respondents: int
    similarity: float
    similar_responses: int
    in_summary: tuple[str, ...]
    closest: tuple[Quote, ...]
    opposed: bool
    language: str = ""


@dataclass(frozen=True)
class Checked:
    """coverage: the share of the points compared that are captured, a partly captured one half."""

    points: tuple[Found, ...]
    coverage: float

    def as_dict(self) -> dict[str, Any]:
        return {"points": [asdict(p) for p in self.points], "coverage": self.coverage}


class Checker:
    """Holds the statements of one analysis ready for checking submissions."""

    def __init__(self, report: Report, weights: model.Weights | None = None) -> None:
        self.report = report
        self._encode: Encode = MiniLM().encode
        self._known = Words(self._encode)
        self._weights = weights or model.load()
        self._settings = Settings()
        self._questions = [
            made for q, text in report.questions.items() if (made := self._ready(q, text))
        ]
        self._said = {w for asked in self._questions for own in asked.corpus.said for w in own}
        self._known.learn(sorted(self._said), self._kept)

    def _ready(self, question_id: str, text: str) -> _Asked | None:
        own = self.report.statements.query("question_id == @question_id")
        own = own[[bool(words(t)) for t in own["text"]]]
        if own.empty:
            return None
        parents = self.report.themes["parent_id"]
        top = own["theme_id"].map(lambda t: parents.get(t, "") or t)
        own = _thinned(own.assign(top=top).reset_index(drop=True))
        names = sorted(set(own["top"]))
        texts = own["text"].tolist()
        asked = [after(text, t) for t in texts]
        numbers = [names.index(t) for t in own["top"]]
        made = corpus(
            text, texts, self._kept(texts), self._kept(asked), numbers, list(own["response_id"])
        )
        return _Asked(question_id, text, own, names, made)

    def _kept(self, texts: Sequence[str]) -> Floats:
        """Vectors, kept in the runtime folder from one check to the next."""
        key = hashlib.sha256("\0".join([encoder_revision(), *texts]).encode()).hexdigest()[:24]
        path = runtime() / "capture" / f"{key}.npy"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part.npy")
            np.save(part, self._encode(texts))
            part.replace(path)
        return np.asarray(np.load(path), np.float32)

    def check(self, submission: str, respondent: str | None = None) -> Checked:
        """`respondent`: whose submission it is; their own reply does not count as a match.

        Raises FileError when there is nothing to check.
        """
        plain = said(submission)
        spans = split(plain, self._settings.point_min_words)
        texts = [t for a, b in spans if words(t := plain[a:b])]
        if not texts:
            raise FileError("There is no text to check. Paste at least one sentence.")
        vectors = self._encode(texts)
        languages = detect(texts, [plain] * len(texts))
        found = tuple(
            _nothing(t, code) if self._foreign(code) else self._point(t, v, respondent)
            for t, v, code in zip(texts, vectors, languages, strict=True)
        )
        worth = [WORTH[p.status] for p in found if not p.language]
        return Checked(found, round(sum(worth) / max(len(worth), 1), 4))

    def _foreign(self, code: str) -> bool:
        known = self.report.languages
        return bool(known) and code != UNDETERMINED and code not in known

    def closest(self, text: str, among: Sequence[str]) -> list[str]:
        """Of texts that are kept, the few nearest to one that is not."""
        if not among:
            return []
        like = self._kept(among) @ self._encode([text])[0]
        return [among[int(i)] for i in np.argsort(-like, kind="stable")[:CLOSEST]]

    def forget(self) -> None:
        """Drop what is still in memory of the submissions that were checked: their words."""
        self._known.keep(self._said)

    def nearest(self, text: str) -> Near:
        """The statement nearest to a text, over all questions."""
        return self._nearest(text, self._encode([text])[0], self._questions)[1]

    def signs(self, text: str) -> Signs:
        """What tells whether the nearest statement says a text, or its opposite."""
        vector = self._encode([text])[0]
        own, near = self._nearest(text, vector, self._questions)
        like = own.corpus.vectors @ vector
        return self._signs(text, own.corpus, like, self._weights.was_made(near))

    def _nearest(self, text: str, vector: Floats, among: Sequence[_Asked]) -> tuple[_Asked, Near]:
        near = [nearest(text, vector, asked.corpus, self._known) for asked in among]
        at = max(range(len(near)), key=lambda i: near[i].closeness)
        return among[at], near[at]

    def _point(self, text: str, vector: Floats, respondent: str | None) -> Found:
        kept = [k for asked in self._questions if (k := asked.without(respondent))]
        if not kept:
            return _nothing(text)
        return self._beside(*self._nearest(text, vector, kept), text, vector)

    def _beside(self, own: _Asked, near: Near, text: str, vector: Floats) -> Found:
        read = self._encode([after(own.text, text)])[0]
        like = own.corpus.vectors @ vector
        order = [int(i) for i in np.argsort(-like, kind="stable")[:READ] if i != near.statement]
        close = [near.statement, *order][:READ]
        leans = [leaning(text, [own.corpus.texts[i]], self._known).value for i in close]
        lean = leaning(text, [own.corpus.texts[i] for i in close], self._known)
        pairs, _ = features(text, vector, read, own.corpus, self._known)
        match = pd.Series(self._weights.probability(pairs), index=pairs.index)
        agreeing = [i for i, x in zip(close, leans, strict=True) if x >= 0][:CLOSEST]
        best = max(agreeing or close[:CLOSEST], key=lambda i: match[own.corpus.themes[i]])
        rows = own.statements.iloc[[best, *(i for i in close if i != best)][:CLOSEST]]
        theme = str(rows["theme_id"].iloc[0])
        sure = self._weights.was_made(near)
        signs = self._signs(text, own.corpus, like, sure)
        centred = own.corpus.asked @ _centred(read, own.corpus)
        similar = own.statements.loc[centred >= self._weights.like, "response_id"].nunique()
        return Found(
            text, self._status(sure, lean, signs, theme), own.question_id, theme,
            self._name(theme), self._people(theme), round(sure, 4), int(similar),
            tuple(self._sentences(theme)),
            tuple(Quote(r.response_id, r.text) for r in each(rows)),
            self._opposed(sure, lean, signs),
        )  # fmt: skip

    def _signs(self, text: str, own: Corpus, like: Floats, sure: float) -> Signs:
        nearest = int(np.argmax(like))
        cosine = float(like[nearest])
        turned = float((self._encode(turned_round(text)) @ own.vectors[nearest]).max())
        return turned - cosine, cosine, sure

    def _opposed(self, sure: float, lean: Lean, signs: Signs) -> bool:
        """Nothing far off the point says its opposite."""
        against = signs[0] > 0 and not self._told(signs)
        return sure >= self._settings.capture_partly and (lean.opposed or against)

    def _told(self, signs: Signs) -> bool:
        return self._weights.is_told(signs) >= self._settings.capture_told

    def _status(self, sure: float, lean: Lean, signs: Signs, theme: str) -> Status:
        """Missing is also what is clearly said the other way round, by both measures."""
        told = self._told(signs)
        clear = lean.opposed and lean.clear and not told
        if sure < self._settings.capture_partly or clear:
            return "missing"
        told = told and not lean.opposed
        whole = sure >= self._settings.capture_whole and theme != LOOSE and told
        return "captured" if whole else "partly"

    def _name(self, theme: str) -> str:
        return str(self.report.themes["name"].get(theme, "Not grouped"))

    def _people(self, theme: str) -> int:
        return int(self.report.themes["respondents"].get(theme, 0))

    def _sentences(self, theme: str) -> list[str]:
        """Of the theme, else of the one it belongs to."""
        parent = str(self.report.themes["parent_id"].get(theme, ""))
        return self.report.sentences.get(theme) or self.report.sentences.get(parent, [])


@dataclass(frozen=True)
class _Asked:
    """One question ready for checking: `names` are the themes by their number in the corpus."""

    question_id: str
    text: str
    statements: pd.DataFrame
    names: list[str]
    corpus: Corpus

    def without(self, respondent: str | None) -> _Asked | None:
        """The same without one person's reply; None if nothing is left."""
        keep = (self.statements["respondent_id"] != respondent).to_numpy()
        if keep.all():
            return self
        if not keep.any():
            return None
        return _Asked(
            self.question_id, self.text, self.statements[keep], self.names, self.corpus.only(keep)
        )


def _centred(read: Floats, own: Corpus) -> Floats:
    vector = read - own.centre
    scaled: Floats = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return scaled


def _thinned(own: pd.DataFrame) -> pd.DataFrame:
    """At most MOST statements: no theme loses any before the larger ones are as small as it."""
    own = own.drop_duplicates(["top", "text"])
    if len(own) <= MOST:
        return own.reset_index(drop=True)
    sizes = own["top"].value_counts().sort_values()
    cap, left = 0, MOST
    for n, size in enumerate(sizes):
        cap = left // (len(sizes) - n)
        if size > cap:
            break
        left -= int(size)
    place = own.groupby("top").cumcount()
    size_of = own["top"].map(own["top"].value_counts())
    step = np.maximum(size_of / cap, 1.0)
    keep: pd.Series = (place / step).astype(int) != ((place - 1) / step).astype(int)
    return own[keep | (place == 0)].reset_index(drop=True)


def _nothing(text: str, language: str = "") -> Found:
    return Found(text, "missing", "", "", "Not grouped", 0, 0.0, 0, (), (), False, language)
