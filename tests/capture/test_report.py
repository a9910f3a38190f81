"""The command on a run's folder and the page on the stored run agree."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.capture.check import Checker
from analysis.capture.public import compared, publishable
from analysis.capture.receipt import receipt
from analysis.capture.report import from_folder, from_run
from analysis.errors import FileError
from analysis.export.folder import write
from analysis.records import Run
from analysis.review.editions import Edition, make
from analysis.sample import ID
from analysis.settings import SAMPLE

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


def test_each_finds_it_in_the_published_edition_too(sample_run: Run) -> None:
    """By pasting, or by the receipt where they refused: pasting must not tell of them."""
    content = make(sample_run, "all")
    people = sample_run.consultation.respondents
    checker = Checker(publishable(from_run(sample_run), people))
    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    holders = set(gold.loc[gold["themes"].str.contains("stammer"), "respondent_id"])
    refused = holders & set(people.loc[people["permission"] == "no", "respondent_id"])
    assert (len(holders), len(refused)) == (3, 1)
    answers = sample_run.consultation.responses
    found = []
    for person in holders - refused:
        texts = answers.loc[answers["respondent_id"] == person, "text"]
        points = [p for t in texts for p in compared(checker.check(t), content, checker.closest)]
        found.append({p.theme for p in points if p.status == "captured"})
    signed = Edition(ID, 1, "", sample_run.id, "all", 0.0, {}, "", [], [], ())
    for person in refused:
        made = receipt(sample_run, signed, content, person)
        found.append({p.theme for a in made.answers for p in a.parts if p.theme})
    assert set.intersection(*found)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="not the folder of an analysis"):
        from_folder(tmp_path)
