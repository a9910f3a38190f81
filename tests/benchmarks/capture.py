"""How well a point is matched to what a report says: arguments and key points matched by people.

    python -m tests.benchmarks.capture            prints the tables
    python -m tests.benchmarks.capture --train    makes analysis/capture/weights/match.npz first

ArgKP: trained on the topics of `train`, reported on those of `dev`, none of which is in training.
Two forms: each key point by its text alone (`key point`), and each as the theme of half of the
arguments that make it (`theme`), which is what a consultation has. Pairs on which people did not
agree are left out, and in a second row count as no match. Then the sample: paraphrases of real
points, points that nobody raised, and views beside their opposites, of the sample and of British
Columbia, all in tests/capture/ (those marked unseen were not learnt from).
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from analysis.capture.check import Checker
from analysis.capture.features import NAMES, Words, after, corpus, features
from analysis.capture.model import WEIGHTS, Weights, fit, fit_made, fit_told, load
from analysis.capture.report import Report, from_run
from analysis.embed.minilm import MiniLM
from analysis.pipeline import run
from analysis.settings import PROJECT, Settings, runtime
from analysis.store.artefacts import Artefacts
from tests.benchmarks.coded import encode
from tests.benchmarks.summaries import DATA

ARGKP = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data" / "argkp_2021"
TRIES = PROJECT / "tests" / "capture"
Form = Literal["key point", "theme"]
SETS = ("paraphrases", "absent")
FORMS: tuple[Form, ...] = ("key point", "theme")


def _even(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


def pairs(split: str, form: Form) -> pd.DataFrame:
    """NAMES plus `same` (1, 0, or empty where people did not agree), one row a pair."""
    arguments, points, labels = (
        pd.read_csv(ARGKP / f"{n}_{split}.csv") for n in ("arguments", "key_points", "labels")
    )
    same = labels.set_index(["arg_id", "key_point_id"])["label"]
    arguments = arguments.assign(row=range(len(arguments)))
    plain = encode(arguments["argument"].tolist())
    asked = encode([after(a.topic, a.argument) for a in arguments.itertuples()])
    known = Words(MiniLM().encode)
    made = []
    for (topic, stance), own in points.groupby(["topic", "stance"]):
        here = arguments[arguments["topic"] == topic]
        texts, themes = here["argument"].tolist(), [-1] * len(here)
        vectors, read = plain[here["row"]], asked[here["row"]]
        query = here[here["stance"] == stance]
        ids = own["key_point_id"].tolist()
        if form == "theme":
            members = _members(query["arg_id"], ids, same)
            themes = [members.get(a, -1) for a in here["arg_id"]]
            query = query[~query["arg_id"].isin(members)]
        else:
            texts = own["key_point"].tolist() + texts
            themes = list(range(len(own))) + themes
            vectors = np.vstack([encode(own["key_point"].tolist()), vectors])
            read = np.vstack([encode([after(str(topic), k) for k in own["key_point"]]), read])
        if max(themes) < 0:
            continue
        stock = corpus(str(topic), texts, vectors, read, themes)
        for a in query.itertuples():
            found, _ = features(a.argument, plain[a.row], asked[a.row], stock, known)
            key = [(a.arg_id, ids[t]) for t in found.index]
            made.append(found.assign(same=same.reindex(key).to_numpy()))
    return pd.concat(made, ignore_index=True)


def _members(arguments: pd.Series, ids: list[str], same: pd.Series) -> dict[str, int]:
    """Half of the arguments that make exactly one key point, and its number."""
    yes = same[same == 1].reset_index()
    yes = yes[yes["key_point_id"].isin(ids) & yes["arg_id"].isin(arguments)]
    once = yes.drop_duplicates("arg_id", keep=False)
    return {
        a: ids.index(k)
        for a, k in zip(once["arg_id"], once["key_point_id"], strict=True)
        if not _even(a)
    }


def _trained() -> Weights:
    forms = [pairs("train", f).dropna() for f in FORMS]
    weight = np.concatenate([np.full(len(f), 1 / len(f)) for f in forms])
    every = pd.concat(forms, ignore_index=True)
    weight *= len(weight) / weight.sum()
    return fit(every[list(NAMES)], every["same"].to_numpy(np.int64), weight)


def _figures(same: NDArray[np.int64], score: NDArray[np.float64]) -> dict[str, float]:
    precision, recall, _ = precision_recall_curve(same, score)
    return {
        "pairs": len(same),
        "positive": float(same.mean()),
        "AP": float(average_precision_score(same, score)),
        "precision at recall .5": float(precision[recall >= 0.5].max()),
    }


def _tables(weights: Weights) -> Iterator[dict[str, object]]:
    for form in FORMS:
        found = pairs("dev", form)
        scores = {
            "cosine": found["cosine"].to_numpy(),
            "cosine after the question": found["centred"].to_numpy(),
            "BM25": found["bm25"].to_numpy(),
            "Heard": weights.probability(found),
        }
        for undecided in ("left out", "count as no"):
            same = found["same"] if undecided == "left out" else found["same"].fillna(0)
            kept = same.notna().to_numpy()
            for name, score in scores.items():
                gold = same[kept].to_numpy(np.int64)
                yield {"form": form, "undecided": undecided, "by": name,
                       **_figures(gold, score[kept])}  # fmt: skip


def tries(name: str) -> list[str]:
    return pd.read_csv(TRIES / f"{name}.csv", dtype=str)["text"].tolist()


@cache
def _report(name: str) -> Report:
    return from_run(run(DATA[name](), Settings(), Artefacts(runtime() / "benchmarks" / name)))


def _checker(name: str = "sample", weights: Weights | None = None) -> Checker:
    return Checker(_report(name), weights=weights)


def _made(checker: Checker) -> NDArray[np.float64]:
    """Learnt from every other try."""
    learnt = [(t, int(n == "paraphrases")) for n in SETS for t in tries(n)[::2]]
    near = [checker.nearest(t) for t, _ in learnt]
    return fit_made(near, np.array([made for _, made in learnt]))


def _told(weights: Weights) -> NDArray[np.float64]:
    """Learnt from views and opposites, and every other paraphrase: of them all, those that somebody
    seems to have made."""
    tried = [("sample", t, 1, 0.5) for t in tries("paraphrases")[::2]]
    for p in _opposites().query("not set.str.startswith('unseen')").itertuples():
        tried += [(p.of, p.view, 1, 1.0), (p.of, p.opposite, 0, 1.0)]
    by = {of: _checker(of, weights) for of in ("sample", "bc")}
    signs = [by[of].signs(text) for of, text, _, _ in tried]
    kept = [i for i, s in enumerate(signs) if s[-1] >= Settings().capture_partly]
    told, weight = np.array([t[2] for t in tried]), np.array([t[3] for t in tried])
    return fit_told([signs[i] for i in kept], told[kept], weight[kept])


def _sample(checker: Checker) -> pd.DataFrame:
    """How many of the tries on the sample come out as each status."""
    rows = {}
    for name in SETS:
        for half, offset in (("learnt from", 0), ("new", 1)):
            found = [checker.check(t).points for t in tries(name)[offset::2]]
            statuses = [max(p, key=lambda f: f.similarity).status for p in found]
            rows[name, half] = pd.Series(statuses).value_counts()
    return pd.DataFrame(rows).T.fillna(0).astype(int)


def _opposites() -> pd.DataFrame:
    """view, opposite, set, of (which consultation)."""
    return pd.read_csv(TRIES / "opposites.csv", dtype=str)


def opposites(checker: Checker, of: str = "sample") -> pd.DataFrame:
    """How many views of people, and how many of their opposites, come out as what."""
    rows = {}
    pairs = _opposites().query("of == @of").groupby("set")
    for (name, own), form in product(pairs, ("view", "opposite")):
        found = [max(checker.check(t).points, key=lambda f: f.similarity) for t in own[form]]
        rows[form, name, of] = pd.Series([p.status for p in found]).value_counts()
    return pd.DataFrame(rows).T.fillna(0).astype(int)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", action="store_true")
    if parser.parse_args().train:
        weights = _trained()
        weights = replace(weights, made=_made(_checker(weights=weights)))
        replace(weights, told=_told(weights)).save(WEIGHTS)
        print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size:,} bytes")
    print(pd.DataFrame(_tables(load())).round(3).to_string(index=False))
    print("\nThe sample: paraphrases of real points, and points that nobody raised")
    checker = _checker()
    print(_sample(checker).to_string())
    print("\nViews that people hold, and their opposites")
    print(pd.concat([opposites(checker), opposites(_checker("bc"), "bc")]).to_string())


if __name__ == "__main__":
    main()
