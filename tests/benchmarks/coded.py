"""Human-coded data sets as open questions: points, vectors and the codes of each reply."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.embed.minilm import MiniLM, revision
from analysis.prepare.points import split
from analysis.records import POINTS, Question, Vectors
from analysis.settings import SAMPLE, Settings, runtime
from analysis.themes.graph import Floats, unit


@dataclass(frozen=True)
class Coded:
    """One question. codes: one row a reply (index response_id), one 0/1 column a code."""

    name: str
    question: Question
    points: pd.DataFrame
    vectors: Vectors
    codes: pd.DataFrame


def encode(texts: Sequence[str]) -> Floats:
    """Vectors, kept in the runtime folder from one benchmark to the next."""
    key = hashlib.sha256(json.dumps([revision(), *texts]).encode()).hexdigest()[:24]
    path = runtime() / "benchmarks" / f"{key}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, MiniLM().encode(list(texts)))
    return np.asarray(np.load(path), np.float32)


def points_of(question: str, replies: dict[str, str], whole: bool = False) -> pd.DataFrame:
    """POINTS of replies (id → text), split as Heard splits them, or one point a reply."""
    least = Settings().point_min_words
    rows = [
        (f"{r}-{n}", r, question, start, end, text[start:end])
        for r, text in replies.items()
        for n, (start, end) in enumerate([(0, len(text))] if whole else split(text, least), 1)
    ]
    frame = pd.DataFrame(rows, columns=list(POINTS.columns)[:6])
    frame = frame.reindex(columns=list(POINTS.columns), fill_value="")
    return frame.astype({c: "int64" if c in ("start", "end") else "str" for c in frame.columns})


def coded(
    name: str, text: str, replies: dict[str, str], codes: pd.DataFrame, whole: bool = False
) -> Coded:
    question = Question(name, text, "open")
    points = points_of(name, replies, whole)
    texts = sorted(set(points["text"]))
    found = Vectors(pd.DataFrame({"text": texts}, dtype="str"), encode(texts))
    return Coded(name, question, points, found, codes)


def nhs(shared: Path) -> Coded:
    """Friends and Family comments, one of 44 sub-categories each; a comment is one point."""
    rows = pd.read_csv(shared / "data/nhs_fft_coded/phase1_text_data.csv", dtype=str).fillna("")
    rows = rows[rows["feedback"].str.len() > 15].drop_duplicates("feedback")
    rows.index = "r" + rows["row_index"]
    codes = pd.get_dummies(rows["subcategory"]).astype(int)
    replies = rows["feedback"].to_dict()
    return coded("nhs", "Please tell us why you gave this answer.", replies, codes, whole=True)


def nhs_v6(shared: Path) -> Coded:
    """Friends and Family comments, several of 40 codes each; sentences are points."""
    rows = pd.read_csv(shared / "data/nhs_fft_coded/v6framework_230831.csv", dtype=str).fillna("")
    rows = rows[rows["FFT answer"].str.len() > 15].reset_index(drop=True)
    rows.index = "r" + rows.index.astype(str)
    names = list(rows.columns)[list(rows.columns).index("Comment sentiment") + 1 :]
    unusable = {"Not assigned", "Labelling not possible", "Safeguarding concerns?"}
    codes = (rows[[n for n in names if n not in unusable]] != "").astype(int)
    codes = codes.loc[:, codes.sum() >= 10]
    codes = codes[codes.sum(axis=1) > 0]
    replies = rows.loc[codes.index, "FFT answer"].to_dict()
    return coded("v6", "Please tell us why you gave this answer.", replies, codes)


def argkp(shared: Path, context: bool) -> Iterator[Coded]:
    """Arguments for or against a proposal, each with its one key point; one set a side.

    With `context` the proposal is put before each argument, which is what its vector is of.
    """
    folder = shared / "data/argkp_2021"
    parts = ("train", "dev")
    arguments = pd.concat([pd.read_csv(folder / f"arguments_{p}.csv") for p in parts])
    labels = pd.concat([pd.read_csv(folder / f"labels_{p}.csv") for p in parts])
    labels = labels[labels["label"] == 1].drop_duplicates("arg_id", keep=False)
    rows = arguments.merge(labels[["arg_id", "key_point_id"]], on="arg_id")
    rows["said"] = rows["topic"] + ". " + rows["argument"] if context else rows["argument"]
    everything = sorted(set(rows["said"]))
    every = dict(zip(everything, encode(everything), strict=True))
    for number, (_, group) in enumerate(rows.groupby(["topic", "stance"])):
        if group["key_point_id"].nunique() < 2:
            continue
        own = group.drop_duplicates("argument").set_index("arg_id")
        name = f"argkp-{number}"
        points = points_of(name, own["argument"].to_dict(), whole=True)
        said = own.drop_duplicates("argument").set_index("argument")["said"].sort_index()
        vectors = np.stack([every[t] for t in said])
        texts = pd.DataFrame({"text": list(said.index)}, dtype="str")
        codes = pd.get_dummies(own["key_point_id"]).astype(int)
        yield Coded(
            name, Question(name, str(group["topic"].iloc[0]), "open"), points,
            Vectors(texts, unit(vectors)), codes,
        )  # fmt: skip


def sample(least: int = 5) -> Iterator[Coded]:
    """The invented consultation that ships with Heard; codes that `least` replies or more have."""
    responses = pd.read_csv(SAMPLE / "responses.csv", dtype=str, keep_default_na=False)
    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    answers = responses.set_index("Response ID")
    for name, question in QUESTIONS.items():
        text = next(c for c in responses.columns if c.startswith(question))
        own = gold[gold["question"] == name].set_index("respondent_id")
        codes = own["themes"].str.get_dummies(";").drop(columns="off_topic", errors="ignore")
        codes = codes.loc[codes.sum(axis=1) > 0, codes.sum() >= least]
        replies = {str(r): answers.at[r, text] for r in codes.index}
        yield coded(name, text, replies, codes)


QUESTIONS = {
    "benefits": "What benefits",
    "concerns": "What concerns",
    "actions": "What should the government do",
}


def named(shared: Path) -> Iterator[Coded]:
    """Uncoded consultations, to read names by: British Columbia (2025), EU White Paper (2020)."""
    empty = pd.DataFrame()
    rows = pd.read_csv(shared / "data/bc_ai_survey_2025/responses.csv", dtype=str).fillna("")
    for column in (c for c in rows.columns if c.endswith("_text_OE") and c.startswith(BC)):
        replies = {f"r{i}": t for i, t in rows[column].items() if len(t) > 10}
        text = column.removesuffix("_text_OE").replace("_", " ")
        yield coded(column.split("_")[0], text, replies, empty)
    yield from eu(shared)


def eu(shared: Path) -> Iterator[Coded]:
    """English answers to four questions on the EU White Paper (2020)."""
    empty = pd.DataFrame()
    path = shared / "data/eu_ai_white_paper_2020/responses_eusurvey_export.csv"
    rows = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig").fillna("")
    english = rows[rows.iloc[:, 2].str.startswith("English")]
    for number in EU:
        own = english.iloc[:, number]
        replies = {f"r{i}": t for i, t in own.items() if len(t) > 20}
        yield coded(f"EU{number}", str(rows.columns[number]), replies, empty)


BC = ("Q8_", "Q13_", "Q16_", "Q17_")
EU = (18, 44, 57, 64)
