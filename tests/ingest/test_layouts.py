"""Layouts of survey tools, header rows, labels and guessed roles."""

from __future__ import annotations

import pytest

from analysis.errors import FileError
from analysis.ingest.read import ReadOptions, read
from analysis.ingest.tools import LAYOUTS
from tests.ingest.make import (
    cells,
    codes,
    column,
    consultation_of,
    counts,
    csv_bytes,
    table_of,
    xlsx_bytes,
)

LONG = [
    "I think the council should keep the counter open at the library.",
    "My worry is that nobody can explain how a decision was made.",
    "Show us what it costs before any contract is signed with anyone.",
    "There has to be a person whom I can appeal to when it goes wrong.",
]


def roles(rows: list[list[str]]) -> list[str]:
    return [c.role for c in table_of(rows).columns]


@pytest.mark.parametrize(
    ("head", "row", "layout"),
    [
        (["ID", "Start time", "Completion time", "Email", "Name", "What do you think?"],
         ["1", "3/2/26 10:00", "3/2/26 10:05", "anonymous", "", "It is fine"], "ms_forms"),
        (["Timestamp", "What do you think of the plan?"], ["1/18/2024 14:18", "Fine"],
         "google_forms"),
        (["Respondent ID", "Collector ID", "Start Date", "What do you think?"],
         ["118", "4", "02/03/2026", "Fine"], "surveymonkey"),
        (["Response ID", "Submission date", "Q1"], ["ANON-1ABC-2DEF-3", "2026-02-03", "Fine"],
         "citizen_space"),
        (["id", "created_at", "body/en", "category/name/en", "author/name"],
         ["5", "2026-02-03", "We want trees", "Parks", "Jo"], "decidim"),
        (["comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"],
         ["1", "2", "3", "4", "1", "More buses"], "polis"),
        (["Subject", "Body", "From: (Name)", "From: (Address)"],
         ["Consultation", "I object", "Jo", "jo@example.org"], "outlook"),
        (["Reference", "Feedback date", "User type", "Publication privacy settings"],
         ["F1", "14.06.2020", "EU Citizen", "anonymous"], "eusurvey"),
        (["Document ID", "Comment", "Attachment Files"], ["D-1", "I object", "a.pdf"],
         "regulations_gov"),
        (["Name of thing", "Remark"], ["x", "y"], "plain"),
    ],
)  # fmt: skip
def test_layouts_are_detected_with_a_reason(head: list[str], row: list[str], layout: str) -> None:
    table = table_of([head, row])
    assert table.layout == layout
    assert ("layout" in codes(table)) == (layout != "plain")
    if layout not in ("plain", "eusurvey"):
        assert any(c.role == "open" for c in table.columns)


def test_every_layout_may_be_chosen_and_unknown_ones_are_named() -> None:
    data = csv_bytes([["ID", "Comment"], ["1", "x"], ["2", "y"]])
    for layout in LAYOUTS:
        table = read(data, options=ReadOptions(layout=layout.name))
        assert (table.layout, len(table.rows)) == (layout.name, 2)
    with pytest.raises(FileError, match="paper"):
        read(data, options=ReadOptions(layout="paper"))


def test_surveymonkeys_two_rows_and_spread_ticks() -> None:
    rows = [
        ["Respondent ID", "Which do you use?", "", "", "Anything else?"],
        ["", "Online", "Phone", "Other (please specify)", "Open-Ended Response"],
        ["11", "Online", "", "", LONG[0]],
        ["12", "Online", "Phone", "fax", LONG[1]],
        ["13", "", "", "", LONG[2]],
        ["14", "", "Phone", "letter", ""],
    ]
    table = table_of(rows)
    assert (table.layout, table.header_rows) == ("surveymonkey", (1, 2))
    assert [c.role for c in table.columns] == ["id", "multiple", "multiple", "open", "open"]
    made = consultation_of(table)
    assert made.questions[0].options == ("Online", "Phone")
    assert counts(made, "q1") == {"Online": 2, "Phone": 2}
    assert made.questions[1].text == "Which do you use? – Other (please specify)"


def test_ticks_as_yes_and_no_take_their_text_from_the_header() -> None:
    rows = [
        ["ID", "Worries: Jobs", "Worries: Privacy", "Worries: Cost"],
        ["1", "1", "0", "0"],
        ["2", "1", "1", "0"],
        ["3", "0", "0", "0"],
    ]
    made = consultation_of(table_of(rows))
    assert [q.text for q in made.questions] == ["Worries"]
    assert made.questions[0].options == ("Jobs", "Privacy", "Cost")
    assert counts(made, "q1") == {"Jobs": 2, "Privacy": 1}


def test_smartsurveys_dash_is_no_answer_and_its_apostrophe_is_mended() -> None:
    rows = [
        ["UserID", "UserNo", "Unique ID", "Q1. Do you agree?", "Q2. Why?"],
        ["5", "1", "", "Don@SQ@t know", LONG[0]],
        ["6", "2", "", "-", "-"],
        ["7", "3", "", "Yes", LONG[1]],
    ]
    table = table_of(rows)
    assert table.layout == "smartsurvey"
    assert cells(table)[0][3] == "Don't know"
    assert cells(table)[1][3:] == ["", ""]
    assert {"blank_mark", "escape"} <= codes(table)


def test_a_dash_in_another_layout_is_an_answer() -> None:
    assert cells(table_of([["ID", "Comment"], ["1", "-"], ["2", "x"]]))[0][1] == "-"


def test_two_header_rows_without_merged_cells() -> None:
    rows = [
        ["Survey of users", "", "", "", ""],
        ["", "", "", "", ""],
        ["Ref", "About you", "", "Rating", "Comments"],
        ["", "Region", "Role", "Trust", ""],
        ["P1", "North", "Staff", "5", LONG[0]],
        ["P2", "South", "Staff", "4", LONG[1]],
        ["P3", "North", "Resident", "3", LONG[2]],
    ]
    table = table_of(rows)
    assert table.header_rows == (3, 4)
    assert list(table.rows.columns) == [
        "Ref", "About you – Region", "About you – Role", "Rating – Trust", "Comments",
    ]  # fmt: skip
    assert [c.role for c in table.columns] == ["id", "attribute", "attribute", "closed", "open"]


def test_codes_above_questions() -> None:
    rows = [
        ["Q1", "Q2", "Q3"],
        ["What is your name?", "Do you support the plan?", "What should we do next?"],
        ["Jo", "Yes", LONG[0]],
        ["Sam", "No", LONG[1]],
    ]
    table = table_of(rows)
    assert table.header_rows == (1, 2)
    assert [(c.name, c.label) for c in table.columns][2] == ("Q3", "What should we do next?")


def test_header_rows_may_be_overruled() -> None:
    data = csv_bytes([["Title", "of it"], ["ID", "Comment"], ["1", "x"], ["2", "y"]])
    assert len(read(data, options=ReadOptions(header_rows=(2,))).rows) == 2
    assert len(read(data, options=ReadOptions(header_rows=())).rows) == 4
    assert read(data, options=ReadOptions(header_rows=())).rows.columns[0] == "Column 1"
    with pytest.raises(FileError, match="header rows"):
        read(data, options=ReadOptions(header_rows=(99,)))


def test_a_file_without_a_header_keeps_its_first_reply() -> None:
    table = table_of([[f"R00{i}", f"1{i}/02/2026", text] for i, text in enumerate(LONG)])
    assert len(table.rows) == 4
    assert "no_header" in codes(table)


def test_footnotes_totals_and_repeated_headers_are_no_replies() -> None:
    head = ["ID", "Region", "Comment"]
    rows = [head, ["1", "North", LONG[0]], head, ["2", "South", LONG[1]], ["3", "South", LONG[2]],
            ["Total", "3", ""], ["", "", ""], ["Source: our survey", "", ""]]  # fmt: skip
    table = table_of(rows)
    assert table.rows["ID"].tolist() == ["1", "2", "3"]
    assert {"footnote", "repeated_header"} <= codes(table)


def test_a_last_reply_with_only_its_reference_is_kept() -> None:
    rows = [["ID", "Region", "Comment"], ["R1", "N", LONG[0]], ["R2", "S", LONG[1]], ["", "", ""],
            ["R3", "", ""]]  # fmt: skip
    assert table_of(rows).rows["ID"].tolist() == ["R1", "R2", "R3"]


def test_headers_are_folded_unique_and_told_apart() -> None:
    head = ["ID", "Do you\nsupport  A?", "Why?", "Do you support B?", "Why?", "", "Why?"]
    row = ["1", "Yes", LONG[0], "No", LONG[1], "x", LONG[2]]
    table = table_of([head, row, ["2", "No", LONG[3], "Yes", "", "y", ""]])
    assert list(table.rows.columns) == [
        "ID", "Do you support A?", "Why?", "Do you support B?", "Why? (2)", "Column 6", "Why? (3)",
    ]  # fmt: skip
    labels = [c.label for c in table.columns]
    assert labels[2] == "Do you support A? – Why?"
    assert labels[4] == "Do you support B? – Why?"
    assert len(set(labels)) == len(labels)


def test_merged_headings_in_a_workbook() -> None:
    rows = [
        ["Report", None, None, None],
        [None, None, None, None],
        ["Ref", "Views", None, "Comment"],
        [None, "Trust", "Use", None],
        ["A1", 1, 2, LONG[0]],
        ["A2", 3, 4, LONG[1]],
        ["A3", 5, 1, LONG[2]],
    ]
    merges = ["A1:D1", "A3:A4", "B3:C3", "D3:D4"]
    table = read(xlsx_bytes({"Data": rows}, merges))
    assert table.header_rows == (3, 4)
    assert list(table.rows.columns) == ["Ref", "Views – Trust", "Views – Use", "Comment"]


def test_regulations_gov_leaves_out_the_agencys_own_notice() -> None:
    rows = [
        ["Document ID", "Agency ID", "Document Type", "Comment", "Attachment Files"],
        ["D-1", "CMS", "Notice", "", ""],
        ["D-2", "CMS", "Public Submission", LONG[0], ""],
        ["D-3", "CMS", "Public Submission", "I object<br/>strongly &amp; soon", "x.pdf"],
    ]
    table = table_of(rows)
    assert table.rows["Document ID"].tolist() == ["D-2", "D-3"]
    assert {"not_a_reply", "html_in_text"} <= codes(table)


REGION = ["North", "South", "North", "East"]


@pytest.mark.parametrize(
    ("head", "values", "role"),
    [
        ("Region", REGION, "attribute"),
        ("What is your age?", ["18-24", "65+", "18-24", "25-34"], "attribute"),
        ("Are you responding as an individual or for an organisation?",
         ["Individual", "Organisation", "Individual", "Individual"], "attribute"),
        ("Do you consider yourself to be disabled?", ["Yes", "No", "No", "No"], "attribute"),
        ("Organisation size", ["1-9", "10-49", "1-9", "250+"], "attribute"),
        ("How important is it to consult each region?",
         ["Very important", "Important", "Not important", "Important"], "closed"),
        ("Do you agree?", ["Agree", "Disagree", "Agree", "Strongly agree"], "closed"),
        ("Which option do you prefer?", ["A", "B", "A", "A"], "closed"),
        ("Rating", ["1", "5", "3", "3"], "closed"),
        ("What do you use?", ["a;b;", "b;", "a;", "a;b;"], "multiple"),
        ("What do you think?", LONG, "open"),
        ("Other, please specify", ["fax", "letter", "", "my son"], "open"),
        ("Your name", ["Jo", "Sam", "Al", "Kim"], "personal"),
        ("E-mail", ["a@example.org", "b@example.org", "", ""], "personal"),
        ("Contact", ["a@example.org", "b@example.org", "c@example.org", ""], "personal"),
        ("Postcode", ["AB1 2CD", "EF3 4GH", "IJ5 6KL", "MN7 8OP"], "personal"),
        ("IP Address", ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"], "personal"),
        ("Organisation name", ["Age Example", "", "Care Example", ""], "personal"),
        ("May we publish your response?", ["Yes", "No", "Yes", "Yes"], "permission"),
        ("Publication privacy settings", ["named", "anonymous", "named", "named"], "permission"),
        ("Duration (in seconds)", ["38", "99", "120", "61"], "ignore"),
        ("Tracking Link", ["Default", "Default", "Other", "Default"], "ignore"),
        ("Q8_sentiment", ["POSITIVE", "NEGATIVE", "NEUTRAL", "MIXED"], "ignore"),
        ("Uploaded files", ["a.pdf", "", "b.pdf", ""], "ignore"),
        ("Nothing here", ["", "", "", ""], "ignore"),
    ],
)  # fmt: skip
def test_roles(head: str, values: list[str], role: str) -> None:
    ids = [f"R{i}" for i in range(len(values))]
    table = table_of([["ID", head], *[[i, v] for i, v in zip(ids, values, strict=True)]])
    guess = column(table, head)
    assert guess.role == role, guess.reason
    assert guess.reason


def test_constants_are_ignored_where_there_are_enough_rows() -> None:
    rows = [["ID", "Kind", "Comment"], *[[f"R{i}", "Web", LONG[i % 4] + str(i)] for i in range(9)]]
    assert roles(rows) == ["id", "ignore", "open"]


def test_one_id_and_one_date_are_chosen() -> None:
    head = ["No", "Respondent ID", "Started", "Submitted", "Comment"]
    rows = [[str(i), f"P{i}", "01/02/2026", f"{i + 13}/02/2026", LONG[i]] for i in range(4)]
    assert roles([head, *rows]) == ["ignore", "id", "ignore", "date", "open"]


def test_a_repeated_reference_is_still_the_id() -> None:
    rows = [["ID", "Comment"], ["A1", LONG[0]], ["A2", LONG[1]], ["A1", LONG[2]], ["A3", LONG[3]]]
    assert roles(rows) == ["id", "open"]


def test_an_unheaded_column_continues_the_question_before_it() -> None:
    rows = [["ID", "Children", "", "Comment"]]
    kids = ["0-4", "5-9", "0-4", "5-9", "0-4", "5-9", "10-15", "10-15"]
    for i, kid in enumerate(kids):
        rows.append([str(i), kid, "10-15" if i < 2 else "", LONG[i % 4] + str(i)])
    table = table_of(rows)
    assert (table.columns[2].name, table.columns[2].label) == ("Column 3", "Children (2)")
    assert table.columns[2].role == "attribute"


def test_groups_that_come_round_in_turns_are_seen_in_a_long_file() -> None:
    sides = ("North", "South", "East", "West")
    rows = [[f"R{i}", sides[i % 4], f"Word {i} of mine"] for i in range(20_000)]
    table = table_of([["Response ID", "Region", "What do you think?"], *rows])
    region = column(table, "Region")
    assert region.role == "attribute"
    assert set(region.values) == set(sides)
