import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import FileError
from analysis.export.brief import brief
from analysis.export.cells import RISKY, plain_cell, safe_cell, safe_frame
from analysis.export.content import content_of
from analysis.export.folder import files, write
from analysis.export.tables import csv_text, download
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.make import consultation

CONTRACT = {
    "responses.csv": "response_id respondent_id question_id text shown_text language status "
    "campaign_id campaign_copy theme_ids position position_source position_confidence tone",
    "themes.csv": "theme_id parent_id question_id name description keywords responses respondents "
    "points stability minority",
    "points.csv": "response_id start end theme_id similarity",
    "groups.csv": "question_id measure value attribute group n base share low high shown",
}
FORMULA = '=HYPERLINK("http://example.org","free") is what the letter said to me'
TEXTS = [FORMULA, "<script>alert(1)</script> should never run on the page, nor <5% vanish"] + [
    text
    for n in "abcdefg"
    for text in (
        f"The telephone line for appointments is busy on Monday morning, said {n}",
        f"Medical records must stay private and inside the country, wrote {n}",
    )
]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = consultation(TEXTS, ["Support"] * 3 + ["Oppose"] * 13, ["North"] * 4 + ["South"] * 12)
    return run(made, Settings(), Artefacts(tmp_path_factory.mktemp("a")))


def test_the_folder_holds_what_the_contract_names(result: Run, tmp_path: Path) -> None:
    write(result, tmp_path / "out")
    for name, columns in CONTRACT.items():
        frame = pd.read_csv(tmp_path / "out" / name, dtype=str, keep_default_na=False)
        assert set(columns.split()) <= set(frame.columns)
        assert len(frame)
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert {"headline", "viewpoints", "smaller_views", "not_grouped", "caveats"} <= set(summary[0])
    meta = json.loads((tmp_path / "out" / "run.json").read_text())
    assert {"versions", "settings", "seed", "backends", "fingerprints", "stages"} <= set(meta)
    assert meta["left_the_machine"]["calls"] == 0
    assert not list(tmp_path.glob(".heard-*"))


def test_a_second_run_replaces_the_first_and_nothing_else(result: Run, tmp_path: Path) -> None:
    write(result, tmp_path / "out")
    write(result, tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(FileError, match="Choose another folder"):
        write(result, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_hidden_cells_are_empty_in_the_export(result: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(files(result)["groups.csv"])))
    hidden = [r for r in rows if r["shown"] == "false"]
    assert hidden
    assert all(r["n"] == r["share"] == "" for r in hidden)
    small = [r for r in rows if r["attribute"] and r["shown"] == "true" and 0 < int(r["n"]) < 5]
    assert small == []


def test_no_reply_runs_in_a_spreadsheet_or_a_browser(result: Run) -> None:
    made = files(result)
    cells = [c for row in csv.reader(io.StringIO(made["responses.csv"])) for c in row]
    assert f"'{FORMULA}" in cells
    assert not any(c.startswith(RISKY) for c in cells)
    assert "<script>alert" not in made["brief.html"]
    assert "not been checked" in made["summary.json"]


@given(st.text(max_size=40))
def test_cells_come_back_as_they_were(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text
    assert not safe_cell(text).startswith(RISKY)


def test_column_names_are_cells_too() -> None:
    frame = safe_frame(pd.DataFrame({"=cmd()": ["+1"], "n": [-1]}))
    assert frame.columns.tolist() == ["'=cmd()", "n"]
    assert frame.iloc[0].tolist() == ["'+1", -1]


def test_downloads_open_with_accents_in_a_spreadsheet() -> None:
    frame = pd.DataFrame({"text": ["Dŵr 👍"]})
    assert download(frame).startswith(b"\xef\xbb\xbf")
    assert not csv_text(frame).startswith("\ufeff")


def test_the_brief_does_not_give_a_small_group_away(result: Run) -> None:
    """4 of the North beside 16 received: with the South's 12 shown, the North's 4 were known."""
    settings = {**result.meta["settings"], "disclosure": "none"}
    everything = replace(result, meta={**result.meta, "settings": settings})
    assert "South" in brief(content_of(everything))
    published = brief(content_of(result))
    assert "North" not in published
    assert "South" not in published


def test_differences_leave_with_their_names(result: Run) -> None:
    header = files(result)["differences.csv"].splitlines()[0].split(",")
    assert {"group", "n", "base", "others_n", "others_base", "low", "high", "name"} <= set(header)
