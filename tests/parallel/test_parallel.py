"""Batches in order on any workers; a run on a Dask cluster is the run on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import cluster
from analysis.__main__ import main
from analysis.embed.minilm import shared
from analysis.errors import BackendError, Cancelled
from analysis.parallel import each_batch, map_batches, on, where
from analysis.settings import SAMPLE


class Beside:
    """Stands for other processes: one batch at a time, and counts what it is asked."""

    name = "somewhere else"

    def __init__(self) -> None:
        self.batches = 0

    def map(self, fn: Callable[[Any], Any], batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            self.batches += 1
            yield fn(batch)


def doubled(numbers: Sequence[int]) -> list[int]:
    return [2 * n for n in numbers]


@given(st.lists(st.integers(), max_size=40), st.integers(1, 9), st.booleans())
def test_results_are_in_order_wherever_they_are_made(
    items: list[int], batch: int, beside: bool
) -> None:
    seen: list[tuple[int, int]] = []
    with on(Beside() if beside else None):
        made = map_batches(
            doubled, items, batch=batch, progress=lambda done, total: seen.append((done, total))
        )
    assert made == doubled(items)
    assert [d for d, _ in seen] == sorted(
        {min(i + batch, len(items)) for i in range(0, len(items), batch)}
    )


def test_local_work_stays_and_other_work_goes() -> None:
    beside = Beside()
    with on(beside):
        assert where() == "somewhere else"
        map_batches(doubled, [1, 2, 3], batch=1, local=True)
        assert beside.batches == 0
        map_batches(doubled, [1, 2, 3], batch=1)
        assert beside.batches == 3
    assert where() == "threads of this process"


def test_progress_may_stop_the_work() -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        map_batches(doubled, range(100), batch=10, progress=stop)


def test_batches_are_taken_as_they_are_needed() -> None:
    beside = Beside()
    with on(beside):
        first = next(iter(each_batch(doubled, range(1000), batch=10)))
    assert first == doubled(range(10))
    assert beside.batches == 1


def test_threads_hold_few_batches_at_a_time() -> None:
    taken: list[int] = []

    class Items(Sequence[int]):
        def __len__(self) -> int:
            return 1000

        def __getitem__(self, at: Any) -> Any:
            taken.append(at.start)
            return list(range(1000)[at])

    results = each_batch(doubled, Items(), batch=10, workers=2)
    assert next(results) == doubled(range(10))
    assert len(taken) <= 9
    assert [n for part in results for n in part] == doubled(range(10, 1000))


def test_without_dask_the_option_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _name: None)
    with pytest.raises(BackendError, match=r"requirements-dask\.txt"), cluster.connected("local"):
        pass


def test_a_scheduler_that_is_not_there_is_a_plain_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed")
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    monkeypatch.setattr(cluster, "WAIT", 1)
    run = ["run", "--sample", "--out", str(tmp_path / "out"), "--dask", "tcp://127.0.0.1:9"]
    assert main(run) == 2
    error = capsys.readouterr().err
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in error
    assert "Traceback" not in error


def test_a_worker_that_differs_is_refused() -> None:
    class Client:
        def __init__(self, theirs: object) -> None:
            self.theirs = theirs

        def scheduler_info(self, n_workers: int) -> dict[str, Any]:
            return {"workers": {"tcp://w": {}}}

        def run(self, _fn: object, on_error: str) -> dict[str, object]:
            return {"tcp://w": self.theirs}

    code, vector = cluster.mark()
    cluster.Cluster(Client((code, vector)), "").check()
    for theirs, words in (
        (("other", vector), "another version"),
        ((code, "other"), "processor is of another kind"),
        (ModuleNotFoundError("analysis"), "does not have Heard"),
        (BackendError("no model."), "cannot work: no model"),
    ):
        with pytest.raises(BackendError, match=words):
            cluster.Cluster(Client(theirs), "").check()


def test_a_run_on_two_dask_workers_is_the_run_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed")
    rows = SAMPLE.joinpath("responses.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path / "few.csv"
    file.write_text("".join(rows[:120]), encoding="utf-8")
    common = ["run", str(file), "--columns", str(SAMPLE / "columns.toml"), "--out"]
    for name, extra in (("here", []), ("dask", ["--dask", "local"])):
        monkeypatch.setenv("HEARD_HOME", str(tmp_path / f"home-{name}"))
        assert main([*common, str(tmp_path / name), *extra]) == 0
    here, dask = tmp_path / "here", tmp_path / "dask"
    for path in here.iterdir():
        if path.name != "run.json":
            assert path.read_bytes() == (dask / path.name).read_bytes(), path.name
    made = json.loads((dask / "run.json").read_text())
    assert "Dask, 2 workers" in made["backends"]["work"]["name"]
    assert not made["stages"]["embed"]["stored"]
    one, two = (json.loads((p / "run.json").read_text())["run_id"] for p in (here, dask))
    assert one == two


def test_vectors_may_be_written_into_room_given() -> None:
    room = np.zeros((2, 384), np.float32)
    texts = ["The bus is late.", "The bins are full."]
    assert shared().encode(texts, out=room) is room
    np.testing.assert_array_equal(room, shared().encode(texts))
