"""What the public failure cases ask of downloads, on their own files."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.export.brief import brief
from analysis.export.cells import plain_cell
from analysis.export.content import content_of
from analysis.export.tables import download, responses_table
from analysis.export.workbook import LONGEST, units, workbook
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts


def analysed(cases: Path, case: str, place: Path) -> Run:
    table = read(next((cases / case).glob("*.csv")))
    return run(build([table], propose([table], case)), Settings(), Artefacts(place))


def source(cases: Path, case: str) -> pd.DataFrame:
    file = next((cases / case).glob("*.csv"))
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def again(data: bytes) -> pd.DataFrame:
    """The download as this program reads it."""
    return read(data, name="responses.csv").rows


@pytest.mark.parametrize("case", ["ING-21", "ING-29", "ING-35", "APP-05"])
def test_the_download_gives_ids_and_texts_back(cases: Path, tmp_path: Path, case: str) -> None:
    given = source(cases, case)
    data = download(responses_table(analysed(cases, case, tmp_path)))
    assert data.startswith(b"\xef\xbb\xbf")
    taken = again(data)
    assert taken["respondent_id"].tolist() == given.iloc[:, 0].tolist()
    assert [plain_cell(t).strip() for t in taken["text"]] == [t.strip() for t in given.iloc[:, -1]]


def test_no_downloaded_cell_of_app_05_is_a_formula(cases: Path, tmp_path: Path) -> None:
    made = analysed(cases, "APP-05", tmp_path)
    plain = pd.read_csv(
        io.BytesIO(download(responses_table(made))), dtype=str, keep_default_na=False
    )
    starts = {cell[:1] for column in plain for cell in plain[column]}
    assert not starts & set("=+-@\t\r")
    given = source(cases, "APP-05").iloc[:, -1]
    assert made.consultation.responses["text"].tolist() == given.tolist()  # what pages show
    assert given.iloc[5] in plain["text"].tolist()  # R006
    book = load_workbook(io.BytesIO(workbook(content_of(made))))
    assert "f" not in {
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row
    }


def test_long_texts_of_ing_29_are_whole_in_the_workbook(cases: Path, tmp_path: Path) -> None:
    made = analysed(cases, "ING-29", tmp_path)
    book = io.BytesIO(workbook(content_of(made)))
    parts = pd.read_excel(book, sheet_name="Long texts", dtype=str).query("column == 'text'")
    second = parts[parts["response_id"].str.startswith("R002")]
    assert "".join(second["text"]).endswith("CLOSING-SENTENCE.")
    assert parts["text"].map(units).max() <= LONGEST
    first = pd.read_excel(book, sheet_name="Responses", dtype=str).iloc[0]["text"]
    assert first.endswith("END-MARK")


def test_ing_40_tells_how_many_were_not_read(cases: Path, tmp_path: Path) -> None:
    made = analysed(cases, "ING-40", tmp_path)
    table = responses_table(made).set_index("respondent_id")
    themed = table[table["status"] == "analysed"]
    assert set(themed.index) == {"DOC-0004", "DOC-0006"}
    assert not made.themes.themes["name"].str.contains("attach", case=False).any()
    assert made.ledger["excluded"] == {"not_read": 4}
    assert "2 analysed + 4 not read (attachment only)" in brief(content_of(made))
