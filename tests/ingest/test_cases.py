"""The public failure cases: the facts of index.json, and what each expect.md asks of reading."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analysis.__main__ import main
from analysis.errors import FileError, MappingError
from analysis.ingest.read import ReadOptions, read
from analysis.records import Table
from tests.ingest.make import cells, codes, column, consultation_of, counts

READ = [
    "ING-01", "ING-03", "ING-05", "ING-06", "ING-08", "ING-09", "ING-11", "ING-13", "ING-14",
    "ING-16", "ING-20", "ING-21", "ING-23", "ING-25", "ING-27", "ING-29", "ING-31", "ING-33",
    "ING-35", "ING-40", "GRP-07", "GRP-09", "APP-10", "PRI-01", "CLU-03", "CLU-05", "CLU-11",
]  # fmt: skip


def checks(cases: Path, case: str) -> dict[str, Any]:
    index = json.loads((cases / "index.json").read_text(encoding="utf-8"))
    return next(c for c in index if c["id"] == case)


def table_of(cases: Path, case: str, options: ReadOptions | None = None) -> Table:
    return read(cases / case / checks(cases, case)["files"][0], options=options)


@pytest.mark.parametrize("case", READ)
def test_the_facts_of_the_index(cases: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = checks(cases, case)
    wanted = found["checks"]
    assert main(["read", str(cases / case / found["files"][0]), "--json", "--rows"]) == 0
    seen = json.loads(capsys.readouterr().out)
    names = [c["name"] for c in seen["columns"]]
    assert seen["rows"] == wanted.get("rows", wanted.get("rows_or_error", seen["rows"]))
    assert len(names) == wanted.get("cols", len(names))
    assert names[0] == wanted.get("first_col", names[0])
    assert seen["sheet"] == wanted.get("sheet", seen["sheet"])
    first = [row[0] for row in seen["data"]]
    assert first == wanted.get("ids", first)
    if "cell" in wanted:
        row, name, text = wanted["cell"]
        assert seen["data"][first.index(row)][names.index(name)] == text
    if "warn" in wanted:
        assert wanted["warn"] in {w["code"] for w in seen["warnings"]}
    assert all("�" not in cell for row in seen["data"] for cell in row)


@pytest.mark.parametrize("case", ["ING-18", "ING-32"])
def test_the_errors_of_the_index(
    cases: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = checks(cases, case)
    assert main(["read", str(cases / case / found["files"][0]), "--json"]) == 2
    said = capsys.readouterr()
    assert found["checks"]["error"] in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_every_case_of_reading_is_here(cases: Path) -> None:
    index = json.loads((cases / "index.json").read_text(encoding="utf-8"))
    ours = {c["id"] for c in index if c["id"].startswith("ING-")}
    assert ours == {c for c in READ if c.startswith("ING-")} | {"ING-18", "ING-32", "ING-38"}


def test_ing_01_03_and_05_name_encoding_delimiter_and_id(cases: Path) -> None:
    windows, unicode, marked = (table_of(cases, c) for c in ("ING-01", "ING-03", "ING-05"))
    assert windows.encoding == "windows-1252"
    assert (unicode.encoding, unicode.delimiter) == ("utf-16", "\t")
    fifth = cells(unicode)[4][3]
    assert all(letter in fifth for letter in "éï“”")
    assert column(marked, "Response ID").role == "id"


def test_ing_06_decimal_commas_stay_text(cases: Path) -> None:
    assert table_of(cases, "ING-06").rows["Score"].tolist()[0] == "3,5"


def test_ing_08_line_breaks_are_kept(cases: Path) -> None:
    assert cells(table_of(cases, "ING-08"))[0][3].replace("\r", "").count("\n") == 4


def test_ing_09_names_the_row(cases: Path) -> None:
    table = table_of(cases, "ING-09")
    notice = next(n for n in table.notices if n.code == "unclosed_quote")
    assert notice.row == 4
    assert "R003" in notice.message
    assert table.rows.iloc[2, 3] == "Please keep the phone line because my mother cannot type"


def test_ing_11_qualtrics(cases: Path) -> None:
    table = table_of(cases, "ING-11")
    assert (table.layout, table.header_rows) == ("qualtrics", (1, 2, 3))
    assert column(table, "Q3").label.startswith("In your own words, what would make you trust AI")
    assert column(table, "Q2").role == "multiple"
    made = consultation_of(table)
    question = next(q for q in made.questions if q.kind == "multiple")
    assert set(question.options) == {"Benefits", "Planning", "Libraries", "Other"}
    assert not any("ImportId" in cell for row in cells(table) for cell in row)


def test_ing_13_stacked_header_and_footnote(cases: Path) -> None:
    table = table_of(cases, "ING-13")
    assert table.header_rows == (3, 4)
    assert [c.label for c in table.columns] == [
        "Ref", "About you – Region", "About you – Role", "Rating 1-5 – Trust",
        "Rating 1-5 – Usefulness", "Your comments",
    ]  # fmt: skip
    assert {"above_header", "footnote"} <= codes(table)
    assert [s.rows for s in table.sheets] == [8]
    moved = table_of(cases, "ING-13", ReadOptions(header_rows=(4,)))
    assert moved.header_rows == (4,)


def test_ing_14_sheets(cases: Path) -> None:
    table = table_of(cases, "ING-14")
    assert [(s.name, s.hidden) for s in table.sheets] == [
        ("Read me", False), ("Lookups", True), ("Responses Wave 1", False),
        ("Responses Wave 2", False),
    ]  # fmt: skip
    assert [s.rows for s in table.sheets][2:] == [7, 5]
    assert "stack_sheets" in codes(table)
    second = table_of(cases, "ING-14", ReadOptions(sheet="Responses Wave 2"))
    made = consultation_of(table, second)
    assert len(made.respondents) == 12
    assert made.respondents["respondent_id"].is_unique
    assert "Source file" in made.attributes


def test_ing_16_entities(cases: Path) -> None:
    text = cells(table_of(cases, "ING-16"))[5][3]
    assert text.split() == [
        "Tom",
        "&",
        "I",
        "queued",
        "for",
        "2",
        "hours",
        "<again>",
        "then",
        "left",
    ]


def test_ing_18_password(cases: Path) -> None:
    for password in (None, "wrong"):
        with pytest.raises(FileError, match="password") as caught:
            table_of(cases, "ING-18", ReadOptions(password=password))
        assert "zip" not in str(caught.value)
    assert len(table_of(cases, "ING-18", ReadOptions(password="letmein-test")).rows) == 6


def test_ing_20_formulas_without_result(cases: Path) -> None:
    table = table_of(cases, "ING-20")
    said = [n for n in table.notices if n.code == "formula"]
    assert [(n.column, n.message[:1]) for n in said] == [("Full comment", "4"), ("Score", "4")]
    assert not any("=" in cell for row in cells(table) for cell in row)


def test_ing_21_six_people(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-21"))
    assert made.respondents["respondent_id"].tolist() == checks(cases, "ING-21")["checks"]["ids"]


def test_ing_23_na_is_a_group(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-23"))
    groups = made.respondents["Region"].value_counts().to_dict()
    assert groups == checks(cases, "ING-23")["checks"]["groups"]
    assert len(made.respondents) == 8
    assert len(made.responses) == 7


def test_ing_25_one_rule_for_all_dates(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-25"))
    assert made.respondents["submitted"].tolist() == [
        "2026-02-03", "2026-02-11", "2026-02-28", "2026-03-04", "2026-03-05T23:59:00",
    ]  # fmt: skip
    assert "dates" in codes(made)


def test_ing_27_each_copy_under_its_own_question(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-27"))
    assert [q.text for q in made.open_questions] == [
        f"How much do you support {what}? – Please explain your answer"
        for what in ("automated decisions", "chat assistants", "data sharing")
    ]


def test_ing_29_long_texts(cases: Path) -> None:
    table = table_of(cases, "ING-29")
    texts = table.rows.iloc[:, 3].tolist()
    assert texts[0].endswith("END-MARK")
    assert texts[1].endswith("CLOSING-SENTENCE.")
    assert [n.row for n in table.notices if n.code == "cell_limit"] == [4]


def test_ing_31_ticks_in_one_cell(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-31"))
    assert counts(made, "q1") == {
        "Online": 4, "By phone": 3, "In person": 3, "Other; a neighbour helps": 1,
    }  # fmt: skip
    assert made.answers["respondent_id"].nunique() == 7


def test_ing_32_empty(cases: Path) -> None:
    with pytest.raises(FileError, match="empty"):
        table_of(cases, "ING-32")


def test_ing_33_header_only(cases: Path) -> None:
    table = table_of(cases, "ING-33")
    notice = next(n for n in table.notices if n.code == "no_responses")
    assert notice.message.startswith("4 columns, no responses")
    assert column(table, "Response ID").role == "id"
    with pytest.raises(MappingError, match="4 columns, no responses"):
        consultation_of(table)


def test_ing_35_all_scripts(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-35"))
    assert "🙁" in made.responses["text"].tolist()
    assert len(made.responses) == 7


def test_ing_38_twenty_thousand_rows(cases: Path, tmp_path: Path) -> None:
    script = cases / "ING-38" / "make_input.py"
    copy = tmp_path / script.name
    copy.write_bytes(script.read_bytes())
    subprocess.run([sys.executable, str(copy), "20000"], cwd=tmp_path, check=True)
    made = consultation_of(read(next(tmp_path.glob("*.csv"))))
    assert len(made.respondents) == 20_000


def test_ing_40_attachments_are_listed(cases: Path) -> None:
    made = consultation_of(table_of(cases, "ING-40"))
    people = made.respondents.set_index("respondent_id")
    assert people.loc["DOC-0005", "attachments"] == "scan.pdf"
    assert (people["attachments"] != "").sum() == 5
    assert len(made.respondents) == 6
    assert len(made.responses) == 5


def test_grp_07_ticks_are_people(cases: Path) -> None:
    made = consultation_of(table_of(cases, "GRP-07"))
    assert counts(made, "q1") == checks(cases, "GRP-07")["checks"]["counts"]
    assert len(made.respondents) == 10
    assert made.answers[made.answers["question_id"] == "q1"]["respondent_id"].nunique() == 9


def test_grp_09_scale_in_order_with_its_empty_level(cases: Path) -> None:
    made = consultation_of(table_of(cases, "GRP-09"))
    options = made.questions[0].options
    assert list(options[:-1]) == checks(cases, "GRP-09")["checks"]["order"]
    assert options[-1] == "Don’t know"
    assert made.position_question == "q1"


def test_app_10_mixed_ages(cases: Path) -> None:
    table = table_of(cases, "APP-10")
    ages = ["34", "45-54", "", "27", "under 18", "65+", "3", "2026-12-10"]
    assert table.rows["Age"].tolist() == ages
    assert column(table, "Age").role == "attribute"
    notice = next(n for n in table.notices if n.code == "date_among_words")
    assert "10-12" in notice.message


def test_clu_cases_are_open_questions(cases: Path) -> None:
    for case in ("CLU-03", "CLU-05", "CLU-11", "CLU-12"):
        made = consultation_of(table_of(cases, case))
        assert [q.kind for q in made.questions] == ["open"], case
