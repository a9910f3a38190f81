"""How likely it is that a point was made at all, that a theme says it, and that a reply says it and
not its opposite.

Three logistic regressions. `match`, over pairs of point and theme, is learnt from arguments and key
points that people matched (ArgKP; Bar-Haim et al. 2020). `made`, over the nearest statement, is
learnt from paraphrases of real points and points that nobody made, written for the sample. `told`
is learnt from views that people hold and their opposites. Weights are numbers in one .npz (no
pickle), made by `python -m tests.benchmarks.capture --train`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from analysis.capture.features import NAMES, NEAR_NAMES, Near
from analysis.errors import BackendError

WEIGHTS = Path(__file__).parent / "weights" / "match.npz"
PENALTY = 0.1
# how much nearer the text is, turned round, to the statement nearest to it; how near as it stands;
# was_made
TOLD_NAMES = ("turned", "cosine", "made")
Wide = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """One number a feature, in the order of features.NAMES. like: the cosine (read after the
    question) from which people more often than not call two statements the same point. made: one
    number for each of features.NEAR_NAMES, and a constant. told: one for each of TOLD_NAMES, and a
    constant."""

    mean: Wide
    scale: Wide
    coefficients: Wide
    bias: float
    like: float
    made: Wide = field(default_factory=lambda: np.zeros(len(NEAR_NAMES) + 1))
    told: Wide = field(default_factory=lambda: np.zeros(len(TOLD_NAMES) + 1))

    def was_made(self, near: Near) -> float:
        """The probability that somebody made the point, from the statement nearest to it."""
        return float(expit(np.append(near.values, 1.0) @ self.made))

    def is_told(self, signs: Sequence[float]) -> float:
        """The probability that a point, if somebody made it, is not the opposite of what was said.

        signs: TOLD_NAMES.
        """
        return float(expit(np.append(signs, 1.0) @ self.told))

    def probability(self, found: pd.DataFrame) -> Wide:
        """found: NAMES, one row a pair."""
        scaled = (found[list(NAMES)].to_numpy(np.float64) - self.mean) / self.scale
        likely: Wide = expit(scaled @ self.coefficients + self.bias)
        return likely

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, allow_pickle=False, **asdict(self))


def fit(found: pd.DataFrame, same: NDArray[np.int64], weight: Wide) -> Weights:
    """found: NAMES, one row a pair; same: 1 where people matched it, else 0."""
    rows = found[list(NAMES)].to_numpy(np.float64)
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit((rows - mean) / scale, same, sample_weight=weight)
    near = found[["centred"]].to_numpy(np.float64)
    alone = LogisticRegression(C=1e3).fit(near, same, sample_weight=weight)
    like = -float(alone.intercept_[0]) / float(alone.coef_[0, 0])
    return Weights(mean, scale, model.coef_[0], float(model.intercept_[0]), like)


def fit_made(near: Sequence[Near], made: NDArray[np.int64]) -> Wide:
    """near: of each point, the statement nearest to it; made: 1 where somebody made the point."""
    model = LogisticRegression(C=10.0, max_iter=1000).fit([n.values for n in near], made)
    return np.append(model.coef_[0], model.intercept_)


def fit_told(signs: Sequence[Sequence[float]], told: NDArray[np.int64], weight: Wide) -> Wide:
    """signs: TOLD_NAMES of each point; told: 0 where it is the opposite of what people say."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3))
    model.fit(signs, told, logisticregression__sample_weight=weight)
    scaler, learnt = model[0], model[1]
    slopes = learnt.coef_[0] / scaler.scale_
    return np.append(slopes, learnt.intercept_[0] - slopes @ scaler.mean_)


@cache
def load(path: Path = WEIGHTS) -> Weights:
    """Raises BackendError when the file is missing or of another version."""
    if not path.exists():
        raise BackendError(
            f"The matching model’s file {path.name} is missing from this installation. Install "
            "Heard again, or make it with: python -m tests.benchmarks.capture --train"
        )
    with np.load(path, allow_pickle=False) as stored:
        made = Weights(
            stored["mean"], stored["scale"], stored["coefficients"],
            float(stored["bias"]), float(stored["like"]), stored["made"], stored["told"],
        )  # fmt: skip
    if len(made.coefficients) != len(NAMES) or len(made.told) != len(TOLD_NAMES) + 1:
        raise BackendError(
            f"The matching model’s file {path.name} is of another version of Heard. Install Heard "
            "again."
        )
    return made


def revision() -> str:
    """Names the weights where a check says how it was made."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12] if WEIGHTS.exists() else "missing"
