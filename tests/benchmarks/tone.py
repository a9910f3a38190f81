"""Tone against human labels: beside VADER and the most frequent label, within and across sources.

    python -m tests.benchmarks.tone            the tables
    python -m tests.benchmarks.tone --train    make the shipped weights and their card again, too

Data: NHS comments with human sentiment (v6) and with the sign of human criticality (phase 1),
opinion pieces rated by 20 people each (±0.5 and beyond counts as positive or negative), and the
sample's gold. Texts without content, other languages and gold "mixed" are left out.
The split is by a hash of the words: a quarter is for testing, and no text of it is trained on.
Temperature and threshold come from a quarter of the training texts. Each source is judged as a
consultation is: the model decides only where the source is like one that it was trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from analysis.embed.minilm import MiniLM
from analysis.judge.lexicon import sign
from analysis.judge.tone import WEIGHTS, kind_of, point_tones, response_tone
from analysis.judge.tone_model import KIN, Weights, fit, likeness, tell
from analysis.judge.tone_scores import SCORES, as_unknown
from analysis.prepare.content import classify
from analysis.prepare.points import split
from analysis.settings import PROJECT, SAMPLE, Settings
from tests.benchmarks.tone_card import card

SHARED = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data"
SEED = 7
TEST = 25  # percent
AGE = "Age band"
ASKED = {"benefits": "What benefits", "concerns": "What concerns", "actions": "What should"}
V6 = {"1": "positive", "2": "positive", "3": "neutral", "4": "negative", "5": "negative"}
SHIPPED = "The shipped model, test quarter"
LEFT_OUT = "Trained on the other sources only, whole source"
LENGTHS = (0, 10, 25, 60, 10_000)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _signs(values: pd.Series, edge: float) -> list[str]:
    signs = np.where(values >= edge, "positive", np.where(values <= -edge, "negative", "neutral"))
    return [str(s) for s in signs]


def _nhs() -> tuple[pd.DataFrame, pd.DataFrame]:
    v6 = _read(SHARED / "nhs_fft_coded" / "v6framework_230831.csv")
    rated = v6["Comment sentiment"].str[:1].map(V6)
    first = pd.DataFrame({"source": "nhs_v6", "text": v6["FFT answer"], "gold": rated})
    first = first.assign(group="v6, " + v6["Trust"]).dropna()
    phase1 = _read(SHARED / "nhs_fft_coded" / "phase1_text_data.csv")
    value = pd.to_numeric(phase1["criticality"], errors="coerce")
    known = value.between(-5, 5)
    second = pd.DataFrame({"text": phase1["feedback"][known], "gold": _signs(value[known], 1)})
    second["group"] = "phase 1, " + phase1["organization"][known]
    return first, second.assign(source="nhs_phase1")


def sample() -> pd.DataFrame:
    """respondent_id, question, text, position, tone, group: the sample's English answers, gold."""
    gold, table = _read(SAMPLE / "gold.csv"), _read(SAMPLE / "responses.csv")
    columns = {q: next(c for c in table if c.startswith(s)) for q, s in ASKED.items()}
    long = pd.concat(
        pd.DataFrame(
            {
                "respondent_id": table["Response ID"],
                "question": q,
                "text": table[c],
                "group": "sample, " + table[AGE].replace("", "organisation"),
            }
        )
        for q, c in columns.items()
    )
    return gold[gold["written_as"] != "welsh"].merge(long, on=["respondent_id", "question"])


def load() -> pd.DataFrame:
    """source, text, gold, group, test: every distinct text with content of each source."""
    nyt = _read(SHARED / "nyt_opinion_sentiment" / "snippets.csv")
    opinions = pd.DataFrame(
        {"text": nyt["text"], "gold": _signs(nyt["mean_rating"].astype(float), 0.5), "group": "nyt"}
    )
    own = (
        sample()
        .query("tone != 'mixed'")[["text", "tone", "group"]]
        .rename(columns={"tone": "gold"})
    )
    frame = pd.concat([*_nhs(), opinions.assign(source="nyt"), own.assign(source="sample")])
    frame["text"] = frame["text"].str.strip()
    frame = frame[[bool(t) and classify(t) == "analysed" for t in frame["text"]]]
    frame = frame.drop_duplicates(["source", "text"]).reset_index(drop=True)
    return frame.assign(test=[_bucket(t) < TEST for t in frame["text"]])


def _bucket(text: str) -> int:
    words = " ".join(re.findall(r"\w+", text.lower()))
    return int(hashlib.sha256(words.encode()).hexdigest()[:8], 16) % 100


@dataclass(frozen=True)
class Data:
    frame: pd.DataFrame
    vectors: NDArray[np.float32]

    def part(self, mask: NDArray[np.bool_]) -> Data:
        return Data(self.frame[mask].reset_index(drop=True), self.vectors[mask])

    def trained(self) -> Weights:
        f = self.frame
        with threadpool_limits(1):  # more cost time on such small matrices, and change last digits
            return fit(list(f["text"]), self.vectors, list(f["gold"]), list(f["source"]), SEED)

    def judged(self, weights: Weights) -> pd.DataFrame:
        """With guess, clear, kin and vader; each source is judged like a consultation."""
        whole = []
        for name in sorted(set(self.frame["source"])):
            own = self.part((self.frame["source"] == name).to_numpy())
            kin = likeness(weights, [own.vectors]) >= KIN
            told = tell(weights, list(own.frame["text"]), own.vectors, kin)
            whole.append(own.frame.assign(guess=told.guess, clear=told.clear, kin=kin))
        frame = pd.concat(whole, ignore_index=True)
        return frame.assign(vader=[sign(c) for c in plain_scores(frame["text"])])


def plain_scores(texts: pd.Series) -> list[float]:
    """Scores of VADER as it comes, which is what Heard is compared with."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return [float(analyser.polarity_scores(t)["compound"]) for t in texts]


def scores(frame: pd.DataFrame) -> dict[str, float]:
    """Macro-F1 of the best guess, of VADER and of the most frequent label; the clear part."""
    gold, clear = frame["gold"], frame["clear"]
    top = gold.value_counts().index[0]

    def f1(found: pd.Series) -> float:
        return float(f1_score(gold, found, average="macro", zero_division=0))

    return {
        "texts": len(frame),
        "majority": f1(pd.Series(top, index=gold.index)),
        "VADER": f1(frame["vader"]),
        "Heard": f1(frame["guess"]),
        "gain": f1(frame["guess"]) - f1(frame["vader"]),
        "accuracy": float((frame["guess"] == gold).mean()),
        "VADER accuracy": float((frame["vader"] == gold).mean()),
        "clear": float(clear.mean()),
        "accuracy of clear": float((frame["guess"] == gold)[clear].mean()),
        "by the model": float(frame["kin"].mean()),
    }


def _by(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    made = {str(name): scores(part) for name, part in frame.groupby(key)}
    return pd.DataFrame(made).T


def tables(data: Data, shipped: Weights) -> dict[str, pd.DataFrame]:
    """Title → table. Only texts that the model in question was not trained on are judged."""
    frame = data.frame
    test, source = frame["test"].to_numpy(), frame["source"].to_numpy()
    found = data.part(test).judged(shipped)
    within, left_out = {}, {}
    for name in sorted(set(source)):
        own = source == name
        alone = data.part(own & ~test).trained()
        within[name] = scores(data.part(own & test).judged(alone))
        seen = frame["text"].isin(set(frame["text"][own])).to_numpy()
        others = data.part(~own & ~seen).trained()
        left_out[name] = scores(data.part(own).judged(others))
    lengths = pd.cut(found["text"].str.split().str.len(), LENGTHS)
    everything = pd.DataFrame({"all sources": scores(found)}).T
    return {
        SHIPPED: pd.concat([_by(found, "source"), everything]),
        "Trained within one source, test quarter": pd.DataFrame(within).T,
        LEFT_OUT: pd.DataFrame(left_out).T,
        "The shipped model by length in words, test quarter": _by(
            found.assign(words=lengths.astype(str)), "words"
        ),
        "The shipped model by who wrote, groups of 30 texts or more, test quarter": _by(
            found[found.groupby("group")["text"].transform("size") >= 30], "group"
        ),
    }


def whole_answers(encoder: MiniLM) -> pd.DataFrame:
    """The sample's test answers as the product judges them: point by point, then the answer."""
    gold = sample()
    kept = [classify(t) == "analysed" and _bucket(t.strip()) < TEST for t in gold["text"]]
    gold = gold[kept].reset_index(drop=True)
    short = Settings().point_min_words
    parts = [[t[a:b] for a, b in split(t, short)] for t in gold["text"]]
    flat = [p for own in parts for p in own]
    rows = {}
    told = encoder.encode(flat)
    for name, vectors in (("VADER", None), ("Heard", told)):
        tones = iter(point_tones(flat, vectors, kind_of([told]).kin))
        found = pd.Series([response_tone([next(tones) for _ in own]) for own in parts])
        clear = found != "unclear"
        rows[name] = {
            "answers": len(found),
            "clear": clear.mean(),
            "accuracy of clear": (found == gold["tone"])[clear].mean(),
            "macro-F1 of clear": f1_score(gold["tone"][clear], found[clear], average="macro"),
            "complaints called positive": (found == "positive")[gold["tone"] == "negative"].mean(),
        }
    return pd.DataFrame(rows).T


def sarcasm(encoder: MiniLM) -> pd.DataFrame:
    """Sentences written for this, after the rules: how often hollow praise is taken for praise."""
    listed = _read(Path(__file__).with_name("sarcasm.csv"))
    vectors = encoder.encode(list(listed["text"]))
    told = point_tones(list(listed["text"]), vectors, kind_of([vectors]).kin)
    plain = [sign(c) for c in plain_scores(listed["text"])]
    rows = {}
    for name, found in (("VADER", plain), ("Heard", told)):
        for gold, own in listed.assign(found=found).groupby("gold"):
            kind = "sarcastic" if gold == "negative" else "sincere"
            rows[f"{name}, {kind}"] = {"sentences": len(own)} | {
                t: float((own["found"] == t).mean())
                for t in ("negative", "unclear", "neutral", "positive")
            }
    return pd.DataFrame(rows).T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true", help="make the shipped weights again")
    train = parser.parse_args().train
    encoder = MiniLM()
    frame = load()
    data = Data(frame, encoder.encode(list(frame["text"])))
    if train:
        WEIGHTS.parent.mkdir(exist_ok=True)
        data.part(~frame["test"].to_numpy()).trained().save(WEIGHTS)
    made = tables(data, Weights.load(WEIGHTS))
    made["The sample’s answers, test quarter, four tones"] = whole_answers(encoder)
    made["Sarcasm, share of sentences called so"] = sarcasm(encoder)
    counts = frame.groupby(["source", "test"]).size().unstack()
    shown_from = Weights.load(WEIGHTS).clear
    print(f"seed {SEED}; test: a hash of the words, {TEST} %; shown from {shown_from:.3f}\n")
    for title, table in made.items():
        print(f"{title}\n{table.to_string(float_format='{:.3f}'.format)}\n")
    if train:
        text = card(made, counts, WEIGHTS.stat().st_size)
        unknown = made[LEFT_OUT].query("`by the model` == 0").rename(index=as_unknown)
        shown = pd.concat([made[SHIPPED], unknown]).to_dict(orient="index")
        SCORES.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")
        (WEIGHTS.parent / "MODEL_CARD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
