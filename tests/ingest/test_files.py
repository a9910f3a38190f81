"""Workbooks, web pages, JSON, Parquet, letters, and files that must be refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import FileError
from analysis.ingest import isolated, zips
from analysis.ingest.read import ReadOptions, read
from tests.ingest.make import (
    HEAD,
    ROWS,
    cells,
    codes,
    column,
    consultation_of,
    csv_bytes,
    docx_bytes,
    ods_bytes,
    pdf_bytes,
    xlsx_bytes,
    zip_bytes,
)

FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("name", ["small.xls", "small.xlsb"])
def test_binary_workbooks(name: str) -> None:
    table = read(FILES / name)
    assert table.sheet == "Responses"
    assert [(s.name, s.hidden) for s in table.sheets][-1] == ("Lookups", True)
    assert cells(table) == [
        ["0007", "North", "34", "2026-02-28T10:30:00", "Keep the library open – please."],
        ["0008", "NA", "45-54", "2026-03-04", "None"],
        ["0009", "South", "27", "2026-03-05T23:59:00", "Café staff were kind"],
        ["0010", "", "under 18", "2026-03-06", ""],
    ]


def test_ods() -> None:
    table = read(ods_bytes([HEAD, *ROWS]), name="x.csv")
    assert cells(table) == ROWS


def test_typed_cells_become_text() -> None:
    row = [
        "007",
        34,
        3.0,
        0.1 + 0.2,
        True,
        dt.date(2026, 3, 4),
        dt.datetime(2026, 3, 4, 9, 5),
        None,
    ]
    head = ["ID", "A", "B", "C", "D", "E", "F", "G"]
    table = read(xlsx_bytes({"Data": [head, row, ["8", *[1] * 7], ["9", *[1] * 7]]}))
    assert cells(table)[0] == [
        "007", "34", "3", "0.3", "TRUE", "2026-03-04", "2026-03-04T09:05:00", "",
    ]  # fmt: skip


def test_control_characters_that_excel_escapes() -> None:
    from analysis.ingest.child import cell_text

    assert cell_text("one_x000D_\ntwo") == "one\r\ntwo"
    assert cell_text("a_x005F_x000D_b_x0041_") == "a_x000D_b_x0041_"


def test_numbers_shown_with_leading_zeros_keep_them() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["ID", "Comment"])
    for number in (12, 345):
        sheet.append([number, "I agree with the plan as it is written"])
        sheet.cell(sheet.max_row, 1).number_format = "00000"
    out = io.BytesIO()
    book.save(out)
    table = read(out.getvalue())
    assert table.rows["ID"].tolist() == ["00012", "00345"]
    assert "leading_zeros" in codes(table)


def test_a_sheet_may_be_chosen_and_two_stacked() -> None:
    data = xlsx_bytes({"Notes": [["a"], ["b"]], "Wave 1": [HEAD, *ROWS], "Wave 2": [HEAD, ROWS[0]]})
    first = read(data, name="w.xlsx")
    assert first.sheet == "Wave 1"
    assert [s.rows for s in first.sheets] == [1, 4, 1]
    assert "stack_sheets" in codes(first)
    second = read(data, name="w.xlsx", options=ReadOptions(sheet="wave 2"))
    made = consultation_of(first, second)
    assert made.respondents["Source file"].tolist() == ["w.xlsx – Wave 1"] * 4 + ["w.xlsx – Wave 2"]
    assert made.respondents["respondent_id"].tolist()[-1] == "0001#2"
    with pytest.raises(FileError, match="no sheet “Wave 9”"):
        read(data, options=ReadOptions(sheet="Wave 9"))


def test_a_value_merged_over_rows_holds_for_each() -> None:
    rows = [HEAD, ["1", "North", "aaa bbb"], ["2", "", "ccc ddd"], ["3", "South", "eee fff"]]
    table = read(xlsx_bytes({"Data": rows}, ["B2:B3"]))
    assert table.rows["Region"].tolist() == ["North", "North", "South"]


def test_html_dressed_as_xls() -> None:
    page = (
        '<html><head><meta charset="windows-1252"><style>td{x:y}</style></head><body>'
        "<table><tr><td>menu</td></tr></table><TABLE border=1><tr><th>ID<th>Region<th>Comment</tr>"
        "<tr><td>007</td><td>North</td><td>Tom &amp; I &lt;waited&gt;<br>two hours</td></tr>"
        "<tr><td>008<td colspan=2>merged</tr>"
        "<tr><td>009</td><td>South</td><td>caf\xe9 <script>alert(1)</script>ok</td></tr></table>"
    )
    table = read(page.encode("cp1252"), name="export.xls")
    assert list(table.rows.columns) == ["ID", "Region", "Comment"]
    assert table.rows["Comment"].tolist() == ["Tom & I <waited>\ntwo hours", "", "café ok"]
    with pytest.raises(FileError, match="without a table"):
        read(b"<html><body><p>Please log in</p></body></html>")


def test_broken_html_takes_no_longer_than_its_length() -> None:
    for bad in (b"<a ", b"<!--", b"<td b='", b"<script>", b"<", b"</"):
        with pytest.raises(FileError):
            read(b"<html><table>" + bad * 50_000)


def test_excel_2003_xml() -> None:
    text = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>'
        "<Row><Cell><Data ss:Type='String'>ID</Data></Cell><Cell><Data ss:Type='String'>Region"
        "</Data></Cell><Cell><Data ss:Type='String'>Comment</Data></Cell></Row>"
        "<Row><Cell><Data ss:Type='String'>007</Data></Cell><Cell ss:Index='3'>"
        "<Data ss:Type='String'>Fine &amp; well</Data></Cell></Row></Table></Worksheet></Workbook>"
    )
    table = read(text.encode(), name="x.xls")
    assert cells(table) == [["007", "", "Fine & well"]]
    with pytest.raises(FileError, match="damaged"):
        read(text.replace("</Row>", "").encode())


def test_json_lines_and_json() -> None:
    records = [
        {
            "id": "001",
            "n": 7,
            "score": 1.50,
            "tags": ["a", "b"],
            "who": {"region": "NA"},
            "x": None,
        },
        {"id": "002", "ok": True, "text": "line\nbreak"},
    ]
    lines = "\n".join(json.dumps(r) for r in records).replace("1.5", "1.50").encode()
    table = read(lines)
    assert list(table.rows.columns) == ["id", "n", "score", "tags", "who/region", "x", "ok", "text"]
    assert cells(table) == [
        ["001", "7", "1.50", "a;b", "NA", "", "", ""],
        ["002", "", "", "", "", "", "TRUE", "line\nbreak"],
    ]
    assert list(table.rows.index) == [1, 2]
    assert table.header_rows == ()
    assert len(read(json.dumps(records).encode()).rows) == 2
    assert len(read(json.dumps({"responses": records}, indent=1).encode()).rows) == 2
    with pytest.raises(FileError, match="Line 3"):
        read(lines + b'\n{"id": "00')
    with pytest.raises(FileError, match="JSON"):
        read(b"[" * 100_000)


def test_half_characters_do_not_stop_a_file() -> None:
    assert (
        cells(read(b'{"id": "1", "text": "a\\ud83d b"}\n{"id": "2", "text": "c"}'))[0][1] == "a� b"
    )


def test_parquet() -> None:
    frame = pd.DataFrame({"id": ["01", "2"], "n": [1.0, None], "t": ["None", None]})
    frame["d"] = [pd.Timestamp("2026-01-02"), pd.Timestamp("2026-02-03 10:00")]
    out = io.BytesIO()
    frame.to_parquet(out)
    table = read(out.getvalue())
    assert cells(table) == [
        ["01", "1", "None", "2026-01-02"],
        ["2", "", "", "2026-02-03T10:00:00"],
    ]
    with pytest.raises(FileError, match="Parquet"):
        read(out.getvalue()[:-20])


def test_letters_are_one_response_each() -> None:
    body = (
        "<w:p><w:r><w:t>Dear team,</w:t></w:r></w:p><w:p><w:r><w:t>I oppose </w:t></w:r>"
        "<w:del><w:r><w:delText>support </w:delText></w:r></w:del>"
        "<w:r><w:t>this plan.</w:t></w:r></w:p>"
    )
    letter = read(docx_bytes(body), name="letter one.docx")
    printed = read(pdf_bytes(["I oppose the plan because", "it costs too much."]), name="b.pdf")
    scan = read(pdf_bytes([]), name="scan.pdf")
    assert cells(letter) == [["letter one", "Dear team,\nI oppose this plan.", ""]]
    assert cells(printed)[0][1] == "I oppose the plan because it costs too much."
    assert "not_read" in codes(scan)
    made = consultation_of(letter, printed, scan)
    assert made.respondents["attachments"].tolist() == ["", "", "scan.pdf"]
    assert made.responses["respondent_id"].tolist() == ["letter one", "b"]
    assert [q.text for q in made.open_questions] == ["Response"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (xlsx_bytes({"D": [HEAD, *ROWS]})[:-300], "damaged"),
        (docx_bytes("<w:p>"), "damaged"),
        (pdf_bytes(["x"])[:60], "damaged"),
        (xlsx_bytes({"D": [[]]}), "no text"),
        (zip_bytes({"a.csv": "x", "b.csv": "y"}), "2 files"),
        (zip_bytes({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "no worksheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 80, "damaged"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, word: str) -> None:
    with pytest.raises(FileError, match=word):
        read(data, name="upload.xlsx")


def test_a_zip_with_one_file_is_opened() -> None:
    table = read(zip_bytes({"__MACOSX/x": "", "out/r.csv": csv_bytes([HEAD, *ROWS])}), name="r.zip")
    assert table.file == "r.csv"
    assert cells(table) == ROWS


def test_zip_bombs_are_refused_before_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with pytest.raises(FileError, match="zip bomb"):
        read(out.getvalue(), name="bomb.xlsx")
    monkeypatch.setattr(zips, "MAX_ENTRIES", 3)
    with pytest.raises(FileError, match="more than can be read"):
        read(xlsx_bytes({"D": [HEAD, *ROWS]}))


def test_a_sheet_with_one_cell_far_away_is_refused() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "ID"
    book.worksheets[0]["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(FileError, match="delete the empty rows"):
        read(out.getvalue())


def test_a_parser_that_hangs_or_dies_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xlsx_bytes({"D": [HEAD, *ROWS]})
    monkeypatch.setattr(isolated, "SECONDS", 0.0)
    monkeypatch.setattr(isolated, "SECONDS_PER_MB", 0.0)
    with pytest.raises(FileError, match="within"):
        read(data)
    monkeypatch.setattr(isolated, "SECONDS", 20.0)
    monkeypatch.setattr(isolated, "MEMORY", 1 << 20)
    with pytest.raises(FileError, match="damaged or larger"):
        read(data)


def test_formulas_in_csv_are_kept_as_text() -> None:
    table = read(csv_bytes([["ID", "Comment"], ["1", "=1+1"], ["2", "@SUM(A1)"]]))
    assert table.rows["Comment"].tolist() == ["=1+1", "@SUM(A1)"]
    assert column(table, "Comment").role == "open"
