"""Delimited text: encodings, delimiters, quotes, ids and typed words as they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from analysis.errors import FileError
from analysis.ingest.csvtext import find_delimiter
from analysis.ingest.read import ReadOptions, read
from tests.ingest.make import HEAD, ROWS, cells, codes, csv_bytes


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "windows-1252"),
        ("mac_roman", "mac-roman"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(encoding: str, shown: str, delimiter: str) -> None:
    table = read(csv_bytes([HEAD, *ROWS], delimiter, encoding))
    assert (table.encoding, table.delimiter) == (shown, delimiter)
    assert list(table.rows.columns) == HEAD
    assert cells(table) == ROWS


def test_mac_and_windows_quotes_are_told_apart() -> None:
    text = "It’s “helpful” – I don’t think so… naïve café"
    for encoding, shown in (("cp1252", "windows-1252"), ("mac_roman", "mac-roman")):
        table = read(csv_bytes([["ID", "Comment"], ["1", text], ["2", "No."]], encoding=encoding))
        assert table.encoding == shown
        assert cells(table)[0][1] == text


def test_two_encodings_in_one_file_are_read_with_a_notice() -> None:
    good = "".join(f"{i},Café number {i} – à bientôt\n" for i in range(20)).encode()
    table = read(b"ID,Comment\n" + good + "21,Crème\n".encode("cp1252"))
    assert cells(table)[-1] == ["21", "Crème"]
    assert "mixed_encoding" in codes(table)


def test_a_wrong_encoding_or_delimiter_is_refused_in_words() -> None:
    data = csv_bytes([HEAD, *ROWS])
    for options in (
        ReadOptions(encoding="klingon"),
        ReadOptions(encoding="ascii"),
        ReadOptions(delimiter="ab"),
    ):
        with pytest.raises(FileError):
            read(data, options=options)


def test_options_overrule_what_was_found() -> None:
    data = b"a;b,c\n1;2,3\n4;5,6\n"
    assert read(data, options=ReadOptions(delimiter="comma")).delimiter == ","
    assert read(data, options=ReadOptions(encoding="latin-1")).encoding == "iso8859-1"


def test_excels_own_first_line_names_the_delimiter() -> None:
    table = read(b"sep=;\nID;Comment\n1;a, b, c\n2;d, e, f\n")
    assert table.delimiter == ";"
    assert list(table.rows.index) == [3, 4]


@pytest.mark.parametrize(
    "sample",
    ["Comment\nYes, but, well\nNo\nPerhaps, later\nOne, two, three, four\n", "a\nb\nc\n", ""],
)
def test_a_single_column_has_no_delimiter(sample: str) -> None:
    assert find_delimiter(sample) is None


def test_typed_words_and_ids_survive() -> None:
    rows = [["00012", "NA"], ["12", "None"], ["1E5", "null"], ["012.50", "nan"], ["5", " kept "]]
    table = read(csv_bytes([["ID", "Answer"], *rows]))
    assert cells(table) == rows


def test_rows_keep_their_number_in_the_file() -> None:
    table = read(b"ID,Comment\n1,a\n\n2,b\n")
    assert list(table.rows.index) == [2, 4]
    assert "blank_rows" in codes(table)


def test_line_breaks_within_quotes_are_no_rows() -> None:
    rows = [["1", "one\ntwo\r\nthree"], ["2", 'He said "no", twice']]
    assert cells(read(csv_bytes([["ID", "Comment"], *rows]))) == rows


UNCLOSED = [
    "ID,Region,Comment",
    "R001,North,All is well",
    'R002,South,"Please keep the line, because',
    "R003,North,Fine by me",
    'R004,East,"A quoted cell, as it should be"',
    "R005,West,Thanks",
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_unclosed_quote_loses_no_row(end: str) -> None:
    table = read(end.join(UNCLOSED).encode())
    assert table.rows["ID"].tolist() == ["R001", "R002", "R003", "R004", "R005"]
    assert table.rows["Comment"].tolist()[1] == "Please keep the line, because"
    assert table.rows["Comment"].tolist()[3] == "A quoted cell, as it should be"
    notice = next(n for n in table.notices if n.code == "unclosed_quote")
    assert notice.row == 3
    assert "R002" in notice.message


def test_an_unclosed_quote_with_paragraphs_and_one_closed_at_a_cells_end() -> None:
    lines = [
        *UNCLOSED[:3],
        "a second paragraph",
        'R003,North,a screen of 15"',
        "R004,East,ok",
        "R005,West,ok",
    ]
    table = read("\n".join(lines).encode())
    assert table.rows["ID"].tolist() == ["R001", "R002", "R003", "R004", "R005"]
    assert table.rows["Comment"].tolist()[1].endswith("a second paragraph")


def test_an_unclosed_quote_in_the_last_row() -> None:
    table = read("\n".join([*UNCLOSED[:2], "R002,East,fine", 'R003,South,"never closed']).encode())
    assert table.rows["ID"].tolist() == ["R001", "R002", "R003"]
    assert "unclosed_quote" in codes(table)


def test_quotes_that_are_not_doubled_are_read_as_typed() -> None:
    data = b'ID,Comment\n1,"He said "no" to me"\n2,"fine"\n3,so-called "help"\n'
    table = read(data)
    assert table.rows["Comment"].tolist() == ['He said "no" to me', "fine", 'so-called "help"']
    assert "stray_quotes" in codes(table)


def test_a_row_with_too_many_cells_is_pointed_out() -> None:
    rows = [["ID", "Comment"], *[[str(i), "fine"] for i in range(8)], ["9", "yes", " but no"]]
    table = read("\n".join(",".join(row) for row in rows).encode())
    assert next(n for n in table.notices if n.code == "too_wide").row == 10
    assert cells(table)[-1] == ["9", "yes", " but no"]


def test_a_file_cut_in_the_last_row_is_pointed_out() -> None:
    data = csv_bytes([HEAD, *ROWS])
    assert "cut_short" not in codes(read(data))
    assert "cut_short" in codes(read(data[: data.index(b"0004") + 7]))


def test_long_cells_are_whole_and_those_at_excels_limit_flagged() -> None:
    rows = [["1", "x" * 32_766], ["2", "x" * 32_767], ["3", "x" * 200_000]]
    table = read(csv_bytes([["ID", "Comment"], *rows]))
    assert cells(table) == rows
    assert [n.row for n in table.notices if n.code == "cell_limit"] == [3]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\n\n , ,\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (bytes(range(256)) * 50, "not a table"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (b"\x1f\x8b\x08" + b"\0" * 50, "unpack"),
        (b"{\\rtf1 hello}", "RTF"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(FileError, match=word):
        read(data, name="upload.csv")


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be opened"):
        read(tmp_path / "none.csv")
    with pytest.raises(FileError, match="cannot be opened"):
        read(tmp_path)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(ReadOptions(password="secret"))


def test_backslashes_before_quotes() -> None:
    data = b'ID,Comment\n1,"He said \\"no\\", twice"\n2,"C:\\\\dir is fine"\n'
    table = read(data)
    assert table.rows["Comment"].tolist() == ['He said "no", twice', "C:\\\\dir is fine"]
    assert "backslash_quotes" in codes(table)


def test_cells_wrapped_for_excel_and_joined_files() -> None:
    data = 'ID,Comment\n="0012",a b c\n\ufeffID,Comment\n\ufeff0013,d e f\n'.encode("utf-8-sig")
    table = read(data)
    assert table.rows["ID"].tolist() == ["0012", "0013"]
    assert {"excel_text", "repeated_header"} <= codes(table)


def test_a_list_of_remarks_has_no_header() -> None:
    table = read(b"Keep the library open.\nMore buses please.\nNo.\n")
    assert len(table.rows) == 3
    assert len(read(b"What should we do?\nMore buses please.\nNo.\n").rows) == 2


def test_line_ends_of_old_macs_and_ranges_made_dates() -> None:
    table = read(b"ID,Age,Comment\r1,10-Dec,aa bb\r2,18-24,cc dd\r3,25-34,ee ff\r")
    assert len(table.rows) == 3
    assert "date_among_words" in codes(table)


def test_one_line_of_five_million_letters_is_read_in_time() -> None:
    start = time.process_time()
    assert read(b"a" * 5_000_000, name="x.csv").file == "x.csv"
    assert time.process_time() - start < 10


@pytest.mark.parametrize("codec", ["utf-16-be", "utf-16-le", "utf-32", "mac_roman", "cp1252"])
@pytest.mark.parametrize("delimiter", ["\t", "|", "^", "~", ";"])
def test_any_delimiter_in_any_encoding(codec: str, delimiter: str) -> None:
    texts = [
        "The costs \u2013 all of them, please.",
        "It\u2019s \u00a340; too much.",
        "Nobody asked us.",
    ]
    lines = ["Ref,Why?", *(f"{n},x" for n in range(3))]
    rows = [line.replace(",", delimiter) for line in lines]
    text = "\r\n".join(
        r[:-1] + f'"{t}"' if n else r
        for n, (r, t) in enumerate(zip(rows, ["", *texts], strict=True))
    )
    table = read(text.encode(codec), name="x.csv")
    assert cells(table) == [[str(n), t] for n, t in enumerate(texts)]
