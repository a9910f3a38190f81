"""Can the text tell the side that its author ticked? Cross-validated, beside majority and VADER.

    python -m tests.benchmarks.position

Each set is trained on its own rows, as the product does it (five folds, copies never apart, sides
other than for, against and mixed left out). ArgKP: each of its topics by itself, then together.
VADER: positive counts as support, negative as oppose, neutral as mixed where that is a side.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.judge.lexicon import sign
from analysis.judge.position import stated_positions
from analysis.judge.side_model import Checked, checked, fitted
from analysis.judge.teach import pick
from analysis.sample import sample_consultation
from analysis.settings import PROJECT, Settings
from tests.benchmarks.tone import plain_scores

SHARED = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data"
DRAWS = 5
COVERAGE = (0.2, 0.4, 0.6, 0.8, 1.0)
SIGN = {"positive": "support", "negative": "oppose", "neutral": "mixed"}
OPEN = ("Q8_", "Q13_", "Q16_", "Q17_")
Set = tuple[str, list[pd.DataFrame]]


def _read(*path: str) -> pd.DataFrame:
    return pd.read_csv(SHARED.joinpath(*path), dtype=str, keep_default_na=False)


def _made(texts: pd.Series, sides: pd.Series) -> pd.DataFrame:
    """text, side; rows without either are left out."""
    frame = pd.DataFrame({"text": texts.str.strip(), "side": sides}).dropna()
    return frame[frame["text"] != ""].reset_index(drop=True)


def _bc() -> tuple[pd.DataFrame, pd.DataFrame]:
    table = _read("bc_ai_survey_2025", "responses.csv")
    texts = [c for c in table if c.startswith(OPEN) and c.endswith("_text_OE")]
    joined = table[texts].agg("\n".join, axis=1)
    feeling = table["Q3_AI_affecting_society_feeling"].str.lower()
    two = pd.Series(np.nan, index=table.index, dtype="object")
    two[feeling.str.contains("optimis|excit")] = "support"
    two[feeling.str.contains("concern")] = "oppose"
    both = two.copy()
    mixed = feeling.str.contains("mix")
    two[mixed], both[mixed] = np.nan, "mixed"
    return _made(joined, two), _made(joined, both)


def _sample() -> pd.DataFrame:
    made, _ = sample_consultation()
    texts = made.responses.groupby("respondent_id")["text"].agg("\n".join)
    stated = stated_positions(made).set_index("respondent_id")["position"]
    sides = stated.where(stated.isin(["support", "oppose", "mixed"]))
    return _made(texts, sides.reindex(texts.index))


def sets() -> Iterator[Set]:
    two, three = _bc()
    yield "bc Q3, two sides", [two]
    yield "bc Q3, with mixed", [three]
    tariff = _read("deliberationbank", "tariff_policy_stance.csv")
    ticked = tariff.iloc[:, 1].map({"Positive": "support", "Negative": "oppose"})
    yield "deliberationbank tariff", [_made(tariff.iloc[:, 2], ticked)]
    files = [_read("argkp_2021", f"arguments_{part}.csv") for part in ("train", "dev")]
    argued = pd.concat(files, ignore_index=True)
    argued["side"] = argued["stance"].map({"1": "support", "-1": "oppose"})
    topics = [_made(t["argument"], t["side"]) for _, t in argued.groupby("topic")]
    yield f"argkp_2021, each of {len(topics)} topics", topics
    yield "argkp_2021, pro and con", [_made(argued["argument"], argued["side"])]
    synthetic = _read("themefinder_synthetic", "eval_sentiments.csv")
    said = synthetic["position"].map({"Yes": "support", "No": "oppose"})
    yield "themefinder_synthetic", [_made(synthetic["response"], said)]
    yield "sample", [_sample()]


def measured(parts: list[pd.DataFrame], encoder: MiniLM) -> dict[str, float]:
    settings, results = Settings(), []
    frame = pd.concat(parts, ignore_index=True)
    for part in parts:
        texts, sides = part["text"].tolist(), part["side"].to_numpy(str)
        vectors = encoder.encode(texts)
        groups = part["text"].to_numpy(object)
        results.append(checked(texts, vectors, sides, groups, settings.infer_folds, settings.seed))
    whole = Checked(*(np.concatenate([getattr(r, f) for r in results])
                      for f in ("told", "confidence", "right")))  # fmt: skip
    majority = sum(part["side"].value_counts().iloc[0] for part in parts) / len(frame)
    lexicon = [SIGN[sign(c)] for c in plain_scores(frame["text"])]
    at = {p["coverage"]: p["accuracy"] for p in whole.curve()}
    curve = {f"at {c:.0%}": next(a for k, a in at.items() if k >= c - 1e-3) for c in COVERAGE}
    threshold = whole.threshold(settings.infer_accuracy)
    earned = whole.accuracy >= majority + settings.infer_margin
    kept = 0.0 if threshold is None or not earned else (whole.confidence >= threshold).mean()
    return {
        "rows": len(frame),
        "majority": majority,
        "VADER": float((frame["side"] == lexicon).mean()),
        **curve,
        "would infer": kept,
    }


def taught(part: pd.DataFrame, vectors: np.ndarray, settings: Settings) -> dict[str, float]:
    """As on the page “Teach”: labels are asked for in batches, the rest is told from them.

    random: the same number of labels drawn at random, mean over DRAWS.
    """
    people = part.assign(respondent_id=part.index.astype(str), group=part["text"])
    truth = people.set_index("respondent_id")["side"]
    labels = pd.Series(dtype="str")
    while len(labels) < settings.teach_wanted:
        asked = pick(people, vectors, labels, settings)
        if not asked:
            break
        labels = pd.concat([labels, truth[asked]])
    drawn = np.random.default_rng(settings.seed)
    at_random = [drawn.choice(truth.index, len(labels), replace=False) for _ in range(DRAWS)]
    share = [_right_for_rest(people, vectors, truth, set(ids)) for ids in at_random]
    rest = truth[~truth.index.isin(labels.index)]
    return {
        "rows": float(len(rest)),
        "majority": float(rest.value_counts(normalize=True).iloc[0]),
        "random": float(np.mean(share)),
        "picked": _right_for_rest(people, vectors, truth, set(labels.index)),
        "would infer": _would_infer(people, vectors, labels, settings),
    }


def _right_for_rest(
    people: pd.DataFrame, vectors: np.ndarray, truth: pd.Series, ids: set[str]
) -> float:
    known = people["respondent_id"].isin(ids).to_numpy()
    sides = truth.to_numpy(str)
    if len(set(sides[known])) < 2:
        return float((sides[~known] == sides[known][0]).mean())
    texts = people["text"].to_numpy(object)
    classes, shares = fitted(list(texts[known]), vectors[known], sides[known])(
        list(texts[~known]), vectors[~known]
    )
    return float((classes[shares.argmax(axis=1)] == sides[~known]).mean())


def _would_infer(
    people: pd.DataFrame, vectors: np.ndarray, labels: pd.Series, settings: Settings
) -> float:
    """1.0 if the labels pass the rule that the product asks of them, else 0.0."""
    counts = labels.value_counts()
    kept = labels[labels.isin(counts[counts >= settings.infer_folds].index)]
    if kept.nunique() < 2 or len(kept) < settings.teach_min:
        return 0.0
    rows = people.set_index("respondent_id").index.get_indexer(kept.index)
    texts = [people["text"].iloc[i] for i in rows]
    result = checked(
        texts, vectors[rows], kept.to_numpy(str), np.array(texts, object), settings.infer_folds,
        settings.seed,
    )  # fmt: skip
    ahead = result.accuracy >= kept.value_counts(normalize=True).iloc[0] + settings.infer_margin
    return float(ahead and result.threshold(settings.infer_accuracy) is not None)


def teaching(encoder: MiniLM) -> pd.DataFrame:
    """Accuracy on the rest after so many labels, by set; several parts of a set are averaged."""
    settings, rows = Settings(), {}
    for name, parts in sets():
        made = [
            taught(part, encoder.encode(part["text"].tolist()), settings)
            for part in parts
            if len(part) >= 2 * settings.teach_wanted
        ]
        rows[name] = pd.DataFrame(made).mean()
    return pd.DataFrame(rows).T


def main() -> None:
    settings, encoder = Settings(), MiniLM()
    table = pd.DataFrame({name: measured(parts, encoder) for name, parts in sets()}).T
    print(f"seed {settings.seed}; {settings.infer_folds} folds; accuracy of the surest share")
    print(table.to_string(float_format="{:.3f}".format))
    print(
        f"\nTaught by {settings.teach_wanted} labels, {settings.teach_batch} at a time; accuracy on"
    )
    print("on the rest; would infer: the share of sets in which the labels pass the rule")
    print(teaching(encoder).to_string(float_format="{:.3f}".format))
    print(
        f"would infer: the share for whom it would be said (ahead of the majority by "
        f"{settings.infer_margin:.2f}, right for {settings.infer_accuracy:.2f})"
    )


if __name__ == "__main__":
    main()
