"""The command on a run's folder and the page on the stored run agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.capture.check import Checker
from analysis.capture.report import from_folder, from_run
from analysis.errors import FileError
from analysis.export.folder import write
from analysis.records import Run

STAMMER = "Telephone lines with voice recognition hang up on people who have a stammer."


def test_folder_and_store_give_the_same(sample_run: Run, tmp_path: Path) -> None:
    write(sample_run, tmp_path / "out")
    for text in (STAMMER, "Older people have no smartphone.", "Reopen the railway to Penrith."):
        folder = Checker(from_folder(tmp_path / "out")).check(text)
        assert folder == Checker(from_run(sample_run)).check(text)


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
    import pandas as pd

    from analysis.settings import SAMPLE

    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    holders = gold[gold["themes"].str.contains("stammer")]
    assert len(holders) == 3
    report = from_run(sample_run)
    checker = Checker(report)
    answers = sample_run.consultation.responses
    for person in holders["respondent_id"]:
        own = answers[answers["respondent_id"] == person]
        found = [p for t in own["text"] for p in checker.check(t, respondent=person).points]
        others = set(holders["respondent_id"]) - {person}
        near = {r for p in found for q in p.closest for r in [q.response_id.rsplit("-", 1)[0]]}
        assert near & others


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not the folder of an analysis"):
        from_folder(tmp_path)
