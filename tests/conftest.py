"""Shared data, and the analysed sample, made once for all tests that only read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from analysis.pipeline import run
from analysis.records import Run
from analysis.sample import sample_consultation
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts

# the same examples every time, on a machine of any speed
hypothesis_settings.register_profile("heard", deadline=None, derandomize=True)
hypothesis_settings.load_profile("heard")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Absent on a machine without it, and then the test is skipped."""
    folder = Path(os.environ.get("HEARD_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("no shared data: set HEARD_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def cases(shared: Path) -> Path:
    folder = shared / "cases"
    if not folder.is_dir():
        pytest.skip("no failure cases in the shared data")
    return folder


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    consultation, _ = sample_consultation()
    return run(consultation, Settings(), Artefacts(tmp_path_factory.mktemp("sample")))
