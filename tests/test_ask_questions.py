"""Thirty questions on the sample: answered where somebody speaks of it, and only there."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.records import Run, Vectors
from analysis.sample import ID
from analysis.store.store import Store
from tests.benchmarks.ask import asked, shares


def test_the_sample_is_answered_where_it_speaks(sample_run: Run, analysed_home: Path) -> None:
    kept = Store(analysed_home).artefacts(ID)
    vectors = kept.load("embed", sample_run.meta["fingerprints"]["embed"], Vectors)
    found = asked(sample_run, vectors, "sample")
    told = shares(found)
    assert told["nothing"] >= 0.8, found.query("not present and said != 'nothing'")
    assert told["answered"] >= 0.85, found.query("present and said != 'answered'")
    assert found["present"].mean() == pytest.approx(0.5)
