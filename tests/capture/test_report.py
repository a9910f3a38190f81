"""The command on a run's folder and the page on the stored run agree."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.access import PUBLIC
from analysis.capture.check import Checker
from analysis.capture.report import from_folder, from_run
from analysis.errors import FileError
from analysis.export.folder import write
from analysis.pipeline import load
from analysis.records import Run
from analysis.review.checklist import checklist, plain
from analysis.review.editions import EditionContent, hashes, make, named_themes
from analysis.sample import ID
from analysis.settings import SAMPLE
from analysis.store.guard import guarded
from analysis.store.store import Store
from tests import town

STAMMER = "Telephone lines with voice recognition hang up on people who have a stammer."


def test_folder_and_store_give_the_same(sample_run: Run, tmp_path: Path) -> None:
    write(sample_run, tmp_path / "out")
    folder, store = Checker(from_folder(tmp_path / "out")), Checker(from_run(sample_run))
    for text in (STAMMER, "Older people have no smartphone.", "Reopen the railway to Penrith."):
        assert folder.check(text) == store.check(text)


def test_the_command_prints_the_contract(
    sample_run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(sample_run, tmp_path / "out")
    letter = tmp_path / "letter.txt"
    letter.write_text(STAMMER, encoding="utf-8")
    assert main(["capture", str(tmp_path / "out"), "--text", str(letter), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert 0 < found["coverage"] <= 1
    (point,) = found["points"]
    assert {"text", "status", "theme_id", "theme", "similarity", "similar_responses",
            "in_summary"} <= set(point)  # fmt: skip
    assert point["status"] in ("captured", "partly")


def test_each_holder_of_the_minority_view_finds_it(sample_run: Run) -> None:
    """In one theme, small and flagged, whichever of the three pastes their reply."""
    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    holders = gold.loc[gold["themes"].str.contains("stammer"), "respondent_id"]
    assert len(holders) == 3
    checker = Checker(from_run(sample_run))
    answers = sample_run.consultation.responses
    found = []
    for person in holders:
        own = answers.loc[answers["respondent_id"] == person, "text"]
        points = [p for text in own for p in checker.check(text).points]
        found.append({p.theme_id for p in points if p.status == "captured" and p.theme_id})
    shared = set.intersection(*found)
    sizes = {t: int(checker.report.themes["respondents"][t]) for t in shared}
    assert min(sizes.values()) <= 0.05 * 612


def test_each_finds_it_in_the_published_edition_too(analysed_home: Path, tmp_path: Path) -> None:
    """As the public does, with nothing but what the edition shows."""
    store = Store(Path(shutil.copytree(analysed_home, tmp_path / "home")))
    stored = store.latest_run(ID)
    assert stored is not None
    run = load(stored.fingerprints, stored.meta, store.artefacts(ID))
    content = make(run, "all")
    checks = plain(checklist(run, content))
    store.check_edition(
        ID, run.id, "all", content, hashes(run, content, []), [], checks, town.RAE, ""
    )  # fmt: skip
    store.publish_edition(ID, 1, town.ADA, "")
    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    view = gold[gold["themes"].str.contains("stammer")]
    public, asked = guarded(store, PUBLIC), run.consultation.responses
    shared = []
    for person in view["respondent_id"]:
        texts = asked.loc[asked["respondent_id"] == person, "text"].tolist()
        points = public.compare_group(ID, 1, texts).points
        shared.append({p.theme_id for p in points if p.status != "missing"})
    (theme,) = [t for t in set.intersection(*shared) if "fewer" in named(content)[t]["people"]]
    assert named(content)[theme]["name"]


def named(content: EditionContent) -> dict[str, dict[str, Any]]:
    return named_themes(content.public)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not the folder of an analysis"):
        from_folder(tmp_path)
