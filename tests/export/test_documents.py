"""Workbook, Word documents, JSON bundle and transparency record, read back by other libraries."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from analysis.__main__ import main
from analysis.export.brief import brief, brief_of
from analysis.export.bundle import bundle
from analysis.export.content import TABLES, Content, content_of, load_content
from analysis.export.few import counted, of_sides
from analysis.export.files import EXPORTS
from analysis.export.folder import write
from analysis.export.report import brief_document, report
from analysis.export.transparency import PERSON, fields, flow, record
from analysis.export.workbook import LONGEST, units, workbook
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.make import consultation

FORMULA = '=HYPERLINK("http://example.org","free") should never be run by a spreadsheet'
BELL = "The bell \x07 and the null \x00 should not break a document about telephone lines."
LONG = ("Long submissions should be kept whole, said the society. " * 700)[
    : LONGEST + 5_000
] + "END."
TEXTS = [FORMULA, BELL, LONG] + [
    text
    for n in "abcdefghij"
    for text in (
        f"The telephone line for appointments should be open on Monday, said {n}.",
        f"Medical records must stay private and inside the country, wrote {n}.",
    )
]
GROUPS = ["Company"] * 6 + ["Citizen"] * 15 + ["NGO"] * 2


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = consultation(TEXTS, ["Support"] * 8 + ["Oppose"] * 15, GROUPS)
    return run(made, Settings(), Artefacts(tmp_path_factory.mktemp("a")))


@pytest.fixture(scope="module")
def content(result: Run) -> Content:
    return content_of(result)


def sheet(data: bytes, name: str) -> pd.DataFrame:
    rows = list(load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True))
    return pd.DataFrame(rows[1:], columns=list(rows[0]))


def words(data: bytes) -> str:
    doc = Document(io.BytesIO(data))
    cells = [c.text for t in doc.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in doc.paragraphs), *cells])


def test_no_cell_of_the_workbook_is_a_formula(content: Content) -> None:
    book = load_workbook(io.BytesIO(workbook(content)))
    kinds = {c.data_type for s in book for row in s.iter_rows() for c in row}
    assert "f" not in kinds
    assert f"'{FORMULA}" in sheet(workbook(content), "Responses")["text"].tolist()
    raw = zipfile.ZipFile(io.BytesIO(workbook(content)))
    assert not any(b"<f>" in raw.read(n) for n in raw.namelist())


def test_a_text_that_no_cell_can_hold_is_whole_elsewhere_and_flagged(content: Content) -> None:
    data = workbook(content)
    responses = sheet(data, "Responses").set_index("response_id")
    assert responses.loc["R002-q2", "long_text"] == "text shown_text"
    assert "Long texts" in responses.loc["R002-q2", "text"]
    parts = sheet(data, "Long texts").query("response_id == 'R002-q2' and column == 'text'")
    assert "".join(parts["text"]) == LONG
    assert parts["text"].map(units).max() <= LONGEST
    assert responses.drop("R002-q2")["long_text"].isna().all()


def test_the_workbook_counts_what_the_run_counts(content: Content) -> None:
    data = workbook(content)
    ledger = sheet(data, "Ledger").query("of == 'everyone'").set_index("count")["n"]
    assert ledger["received"] == len(TEXTS)
    assert len(sheet(data, "Responses")) == len(TEXTS)
    assert sheet(data, "Themes")["respondents"].tolist() == content.themes["respondents"].tolist()
    hidden = sheet(data, "Crosstabs").query("not shown")
    assert len(hidden)
    assert hidden[["n", "share"]].isna().all(axis=None)
    assert set(sheet(data, "Code frame")["theme_id"]) == set(content.themes["theme_id"])


def test_the_report_goes_question_by_question(content: Content) -> None:
    doc = Document(io.BytesIO(report(content)))
    heads = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert heads[:3] == [
        "1. About this consultation",
        "2. Who replied",
        "3. Position on the proposal",
    ]
    assert [h.split(". ", 1)[1] for h in heads[3:5]] == [
        q["text"] for q in content.consultation["questions"]
    ]
    text = words(report(content))
    for view in content.summary[0]["viewpoints"]:
        assert all(q["text"] in text for q in view["quotes"])
    for wanted in ("asked for", "cannot be read as the view", "Nothing left the machine", "Draft"):
        assert wanted in text


def test_control_characters_break_no_document(content: Content) -> None:
    odd = [{**q, "question": BELL, "headline": BELL} for q in content.summary]
    odd_content = Content(content.ledger, odd, {**content.meta}, *(
        getattr(content, n) for n in TABLES))  # fmt: skip
    assert "The bell \ufffd and" in words(report(odd_content))
    assert "The bell \ufffd and" in " ".join(
        sheet(workbook(odd_content), "Responses")["text"].tolist()
    )


def test_both_forms_of_the_brief_say_the_same(content: Content) -> None:
    page, html, word = brief_of(content), brief(content), words(brief_document(content))
    for line in (page.received, page.badge, *page.few, *page.caveats):
        assert line in html
        assert line in word
    for theme in page.themes:
        assert theme["name"] in html
        assert f"{theme['n']:,} people ({theme['percent']} of {theme['base']:,})" in html
        assert f"{theme['n']:,} people ({theme['percent']} of {theme['base']:,})" in word
        for side in theme["sides"]:
            assert all(q["text"] in word for q in side["quotes"])


def test_a_side_of_very_few_has_no_number_on_the_page() -> None:
    assert counted(4, 100, 5) == "fewer than 5"
    assert counted(5, 100, 5) == "5 (5 %)"
    assert counted(1, 100, 0) == "1 (1 %)"


@given(st.lists(st.integers(0, 12), min_size=1, max_size=3), st.integers(0, 12))
def test_a_small_side_cannot_be_had_from_the_others(counts: list[int], rest: int) -> None:
    whole = sum(counts) + rest
    told = of_sides(counts, whole, 5)
    open_ = [n for n, t in zip(counts, told, strict=True) if t[0].isdigit()]
    assert not [n for n in open_ if 0 < n < 5]
    hidden = whole - sum(open_)  # what a reader can work out
    if any(0 < n < 5 for n in [*counts, rest]) and whole >= 5:
        assert hidden >= 5 or hidden == whole


SMALL = re.compile(
    r"(?<![\d,.])[1-4] (?:people|person|organisations)|[(“ ][1-4] of \d+\b(?! question)"
    r"|One person \(|\b[1-4] \(\d"
)


def test_what_is_passed_on_counts_out_no_few_people(result: Run) -> None:
    """Of 23 people one to four are in some themes, on some sides and of some organisations."""
    content = content_of(result)
    smaller = [v["respondents"] for q in content.summary for v in q["smaller_views"]]
    sides = [v["respondents"] for q in content.summary for v in q["viewpoints"]]
    assert min(smaller + sides) < 5
    for text in (brief(content), words(brief_document(content)), words(report(content))):
        assert not [text[m.start() - 60 : m.end() + 20] for m in SMALL.finditer(text)]
    for table in Document(io.BytesIO(report(content))).tables:
        numbers = [c.text for row in table.rows[1:] for c in row.cells]
        assert not {"1", "2", "3", "4"} & set(numbers)


def test_without_a_rule_every_number_is_told(result: Run) -> None:
    content = content_of(result, rule="none")
    counts = [v["respondents"] for v in content.summary[0]["viewpoints"]]
    assert all(f"{n:,} (" in words(report(content)) for n in counts)


def test_organisations_are_counted_and_small_groups_have_no_number(content: Content) -> None:
    who = content.consultation["who_replied"]
    assert who["attribute"] == "Region"
    assert {g["group"]: g["n"] for g in who["groups"]} == {"Citizen": 15}
    assert content.summary[0]["organisations"]["base"] == 8


def test_a_record_marks_what_only_a_person_can_fill(content: Content) -> None:
    rows = fields(content)
    open_ = [field for _, field, entry in rows if PERSON in entry]
    assert "1.3 Senior responsible owner" in open_
    assert "2.1 Detailed description" not in open_
    text = words(record(content))
    assert content.meta["run_id"] in text
    assert all(field in text for _, field, _ in rows)
    assert any("Nothing was sent anywhere" in what for _, _, what in flow(content))


def test_what_was_sent_is_in_the_data_flow(content: Content) -> None:
    sent = {**content.meta["left_the_machine"], "calls": 7, "prompt_tokens": 1234}
    meta = {**content.meta, "left_the_machine": sent}
    frames = (getattr(content, n) for n in TABLES)
    other = Content(content.ledger, content.summary, meta, *frames)
    assert any("7 calls with 1,234 tokens" in what for _, _, what in flow(other))


def test_the_bundle_holds_every_table(content: Content) -> None:
    whole = json.loads(bundle(content))
    assert len(whole["responses"]) == len(content.responses)
    assert whole["summary"] == json.loads(json.dumps(content.summary))
    assert whole["responses"][2]["text"] == LONG


@pytest.mark.parametrize("to", ["xlsx", "docx", "json", "atrs", "html"])
def test_the_command_makes_the_same_files_from_a_folder(
    result: Run, content: Content, tmp_path: Path, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(result, tmp_path / "out")
    assert main(["export", str(tmp_path / "out"), "--to", to]) == 0
    names = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert names == [e.file for e in EXPORTS if e.to == to]
    made = {n: (tmp_path / "out" / n).read_bytes() for n in names}
    if to == "html":
        assert made["brief.html"].decode() == brief(content)
    if to == "docx":
        assert words(made["report.docx"]) == words(report(content))
    if to == "xlsx":
        same = sheet(made["results.xlsx"], "Themes"), sheet(workbook(content), "Themes")
        pd.testing.assert_frame_equal(*same, check_dtype=False, atol=1e-5)


def test_a_folder_read_back_is_the_run(result: Run, content: Content, tmp_path: Path) -> None:
    write(result, tmp_path / "out")
    back = load_content(tmp_path / "out")
    assert back.ledger == content.ledger
    for name in ("responses", "themes", "points", "groups"):
        one, two = getattr(back, name), getattr(content, name)
        assert list(one.columns) == list(two.columns)
        two = two.reset_index(drop=True).astype({"base": "float"} if name == "groups" else {})
        pd.testing.assert_frame_equal(one, two, check_dtype=False, atol=1e-5)


def test_the_sample_read_back_makes_the_same_brief(sample_run: Run, tmp_path: Path) -> None:
    """It has differences between groups, which the small one above has not."""
    write(sample_run, tmp_path / "out")
    back, content = load_content(tmp_path / "out"), content_of(sample_run)
    assert content.differences["clear"].any()
    for name in TABLES:
        one, two = getattr(back, name), getattr(content, name)
        assert list(one.columns) == list(two.columns)
        numbers = [n for n in two.columns if pd.api.types.is_numeric_dtype(two[n])]
        assert [n for n in one.columns if pd.api.types.is_numeric_dtype(one[n])] == numbers
    assert brief(back) == brief(content)


def test_another_folder_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path), "--to", "xlsx"]) == 2
    assert "is not a folder that" in capsys.readouterr().err
