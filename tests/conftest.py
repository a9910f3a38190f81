"""Shared data, and the analysed sample, made once for all tests that only read it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.sample import ID, ensure_sample
from analysis.store.store import Store
from tests import town

# the same examples every time, on a machine of any speed
hypothesis_settings.register_profile("heard", deadline=None, derandomize=True)
hypothesis_settings.load_profile("heard")

ROOT = Path(__file__).resolve().parent.parent
MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def _own_main() -> None:
    """A page tested before has put itself in its place, and new processes would begin with it."""
    sys.modules["__main__"] = MAIN


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
def analysed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the analysed sample: made once, also where several processes run the tests."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "analysed"
    with FileLock(place.with_suffix(".lock")):
        store = Store(place)
        if ensure_sample(store):
            work(store, once=True)
    assert store.latest_run(ID) is not None
    return place


@pytest.fixture(scope="session")
def sample_run(analysed_home: Path) -> Run:
    store = Store(analysed_home)
    stored = store.latest_run(ID)
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts(ID))


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a small consultation (`town.ID`) whose first edition is published."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "published"
    with FileLock(place.with_suffix(".lock")):
        store = Store(place)
        if not store.editions(town.ID):
            town.publish(store)
    return place
