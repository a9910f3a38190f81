"""Shared data, and the analysed sample, made once for all tests that only read it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
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


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Store], None]) -> Path:
    """Made by the first of several test processes; each then works on a copy of its own, so that
    none copies what another is writing."""
    base = factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(place.with_suffix(".lock")):
        make(Store(place))
        return Path(shutil.copytree(place, factory.mktemp("own") / name))


def _analyse_sample(store: Store) -> None:
    if ensure_sample(store):
        work(store, once=True)
    assert store.latest_run(ID) is not None


def _publish_town(store: Store) -> None:
    if not store.editions(town.ID):
        town.publish(store)
        store.compare(town.ID, 1, town.CAPTURED)  # the copies need not make its vectors again


@pytest.fixture(scope="session")
def analysed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the analysed sample."""
    return _made_once(tmp_path_factory, "analysed", _analyse_sample)


@pytest.fixture(scope="session")
def sample_run(analysed_home: Path) -> Run:
    store = Store(analysed_home)
    stored = store.latest_run(ID)
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts(ID))


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a small consultation (`town.ID`) whose first edition is published."""
    return _made_once(tmp_path_factory, "published", _publish_town)
