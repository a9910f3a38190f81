"""Which replies the team should read next, so that few labels teach the most.

At first the most typical replies of each kind; once two sides are known, those that the model is
least sure of, spread over different kinds (Zhdanov, Diverse mini-batch active learning, 2019).
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans

from analysis.judge.side_model import SIDES, fitted
from analysis.settings import Settings

UNSURE = 5  # so many times the replies asked for are the least sure, from which they are taken
FEWEST = 2  # labels that a side needs before the model is asked


def pick(
    people: pd.DataFrame, vectors: NDArray[Any], labels: pd.Series[str], settings: Settings
) -> list[str]:
    """The respondents to read next, at most `teach_batch`, the most telling first.

    people: respondent_id, text, group (copies of a letter share one); vectors: one row each.
    labels: respondent_id → position of all that are known, whether ticked or read.
    """
    pool = _pool(people, labels, settings.teach_pool)
    count = min(settings.teach_batch, len(pool))
    if not count:
        return []
    doubt = _doubt(people, vectors, labels, pool)
    keep = (
        np.argsort(-doubt, kind="stable")[: UNSURE * count] if doubt.any() else np.arange(len(pool))
    )
    chosen = _spread(vectors[pool[keep]], np.maximum(doubt[keep], 1e-6), count, settings.seed)
    rows = pool[keep[chosen]]
    return [str(people["respondent_id"].iloc[i]) for i in rows]


def _pool(people: pd.DataFrame, labels: pd.Series[str], most: int) -> NDArray[np.int_]:
    """Rows without a label, one of each letter, at most `most` in an order that is anyone's."""
    known = people["respondent_id"].isin(labels.index)
    done = people["group"].isin(people.loc[known, "group"])
    rows = people[~known & ~done].drop_duplicates("group")
    if len(rows) > most:
        mixed = [hashlib.sha256(i.encode()).hexdigest() for i in rows["respondent_id"]]
        rows = rows.iloc[np.sort(np.argsort(mixed, kind="stable")[:most])]
    return rows.index.to_numpy()


def _doubt(
    people: pd.DataFrame, vectors: NDArray[Any], labels: pd.Series[str], pool: NDArray[np.int_]
) -> NDArray[np.float64]:
    """1 - (best - second best probability) of each row of the pool; all 0 before two sides."""
    side = people["respondent_id"].map(labels)
    sides = [s for s in SIDES if (side == s).sum() >= FEWEST]
    known = side.isin(sides).to_numpy(bool)
    if len(sides) < 2:
        return np.zeros(len(pool))
    texts = people["text"].tolist()
    own = [t for t, k in zip(texts, known, strict=True) if k]
    model = fitted(own, vectors[known], side[known].to_numpy(str))
    shares = np.sort(model([texts[i] for i in pool], vectors[pool])[1], axis=1)
    doubt: NDArray[np.float64] = 1 - (shares[:, -1] - shares[:, -2])
    return doubt


def _spread(
    vectors: NDArray[Any], weights: NDArray[np.float64], count: int, seed: int
) -> list[int]:
    """The row nearest to each of `count` centres, the largest kind first."""
    centres = KMeans(count, random_state=seed, n_init=1).fit(vectors, sample_weight=weights)
    away = centres.transform(vectors)
    sizes = np.bincount(centres.labels_, weights, minlength=count)
    chosen: list[int] = []
    for centre in np.argsort(-sizes, kind="stable"):
        nearest = np.argsort(away[:, centre], kind="stable")
        chosen.append(next(int(i) for i in nearest if i not in chosen))
    return chosen
