"""Mapping, and what tables become: respondents, responses, answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import MappingError
from analysis.ingest.build import build
from analysis.ingest.describe import describe
from analysis.ingest.mapping import (
    dump_mapping,
    load_mapping,
    parse_mapping,
    propose,
    relabelled,
)
from analysis.records import (
    ANSWERS,
    RESPONDENTS,
    RESPONSES,
    ColumnChoice,
    DateOrder,
    Mapping,
)
from tests.ingest.make import codes, consultation_of, counts, table_of

WHY = [
    "It would help people who cannot travel to the office.",
    "It costs far too much for what it does.",
    "Nobody has asked the staff what they need.",
    " Kept exactly,\n  as received. ",
]
ROWS = [
    ["Ref", "Sent", "Region", "Do you support the proposal?", "Why?", "Which do you use?",
     "May we publish your response with your name?"],
    ["001", "28/02/2026", "North", "Support", WHY[0], "Phone;Web;", "Yes"],
    ["002", "01/03/2026", "South", "Oppose", WHY[1], "Web;", "No"],
    ["003", "02/03/2026", "North", "Don't know", WHY[2], "", "Anonymously"],
    ["004", "03/03/2026", "", "Support", WHY[3], "Phone;", ""],
    ["005", "", "South", "", "  ", "Web;", "Yes"],
]  # fmt: skip


def test_a_consultation_and_its_frames() -> None:
    made = consultation_of(table_of(ROWS))
    for schema, frame in (
        (RESPONDENTS, made.respondents), (RESPONSES, made.responses), (ANSWERS, made.answers),
    ):  # fmt: skip
        schema.validate(frame)
    assert [(q.id, q.kind) for q in made.questions] == [
        ("q1", "single"), ("q2", "open"), ("q3", "multiple"),
    ]  # fmt: skip
    assert made.attributes == ("Region",)
    people = made.respondents
    assert people["respondent_id"].tolist() == ["001", "002", "003", "004", "005"]
    assert people["submitted"].tolist() == [
        "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "",
    ]  # fmt: skip
    assert people["permission"].tolist() == ["named", "no", "anonymous", "", "named"]
    assert people["Region"].tolist() == ["North", "South", "North", "", "South"]
    assert made.responses["text"].tolist() == WHY
    assert made.responses["response_id"].tolist() == ["001-q2", "002-q2", "003-q2", "004-q2"]
    assert counts(made, "q3") == {"Phone": 2, "Web": 3}
    assert made.questions[0].options == ("Oppose", "Support", "Don't know")
    assert made.position_question == "q1"
    assert made.position_values == {
        "Support": "support", "Oppose": "oppose", "Don't know": "unclear",
    }  # fmt: skip


def test_ids_that_are_missing_or_repeated() -> None:
    rows = [["ID", "Comment"], ["A", WHY[0]], ["", WHY[1]], ["A", WHY[2]], ["A#2", "x y z"],
            ["B", WHY[0]], ["C", WHY[1]], ["D", WHY[2]]]  # fmt: skip
    made = consultation_of(table_of(rows))
    assert made.respondents["respondent_id"].tolist() == [
        "A", "row-3", "A#3", "A#2", "B", "C", "D",
    ]  # fmt: skip
    assert {"missing_id", "repeated_id"} <= codes(made)
    notice = next(n for n in made.notices if n.code == "repeated_id")
    assert notice.row == 4


def test_without_an_id_column_respondents_are_numbered() -> None:
    made = consultation_of(table_of([["Region", "Comment"], ["N", WHY[0]], ["S", WHY[1]]]))
    assert made.respondents["respondent_id"].tolist() == ["r0001", "r0002"]


def test_every_row_is_a_respondent_even_if_it_says_nothing() -> None:
    rows = [["ID", "Comment"], ["1", WHY[0]], ["2", ""], ["3", " "], ["4", WHY[1]]]
    made = consultation_of(table_of(rows))
    assert len(made.respondents) == 4
    assert len(made.responses) == 2


def test_several_files_are_joined_by_label() -> None:
    first = table_of(ROWS, "online.csv")
    letters = [["Letter no", "Why?", "Town", "Region"], ["L1", WHY[1], "Leeds", "North"],
               ["L2", WHY[2], "York", "South"]]  # fmt: skip
    second = table_of(letters, "letters.csv")
    made = consultation_of(first, second)
    assert len(made.respondents) == 7
    assert made.attributes == ("Region", "Town", "Source file")
    assert made.respondents["Source file"].tolist() == ["online.csv"] * 5 + ["letters.csv"] * 2
    assert made.respondents["Town"].tolist() == [""] * 5 + ["Leeds", "York"]
    assert len(made.responses) == 6
    assert len(made.open_questions) == 1
    assert any(n.message.startswith("online.csv: ") for n in made.notices) == bool(first.notices)


def test_options_of_the_team_come_first_and_keep_their_separator() -> None:
    table = table_of([["ID", "Use"], ["1", "Web;Talk; or write"], ["2", "Talk; or write;Web"]])
    mapping = propose([table], "T")
    uses = ColumnChoice("Use", "multiple", options=("Talk; or write", "Fax", "Web"))
    made = build([table], replace(mapping, columns=(uses,)))
    assert made.questions[0].options == ("Talk; or write", "Fax", "Web")
    assert counts(made, "q1") == {"Web": 2, "Talk; or write": 2}


def test_unnamed_columns_keep_their_guess() -> None:
    table = table_of(ROWS)
    mapping = Mapping(
        "T", (ColumnChoice("Region", "ignore"), ColumnChoice("Why?", "open", "Why so?"))
    )
    made = build([table], mapping)
    assert made.attributes == ()
    assert [q.text for q in made.open_questions] == ["Why so?"]
    assert len(made.closed_questions) == 2
    assert made.position_question is None


@pytest.mark.parametrize(
    ("choices", "word"),
    [
        ((ColumnChoice("Nowhere", "open"),), "Nowhere"),
        ((ColumnChoice("Region", "id"),), "Region"),
        ((ColumnChoice("Region", "date"),), "Region"),
    ],
)
def test_mapping_errors_name_the_column(choices: tuple[ColumnChoice, ...], word: str) -> None:
    with pytest.raises(MappingError, match=word):
        build([table_of(ROWS)], Mapping("T", choices))


def test_a_consultation_needs_a_question_and_a_row() -> None:
    table = table_of(ROWS)
    nothing = tuple(ColumnChoice(c.name, "ignore") for c in table.columns)
    with pytest.raises(MappingError, match="open, closed or multiple"):
        build([table], Mapping("T", nothing))
    with pytest.raises(MappingError, match="no responses"):
        build([table_of(ROWS[:1])], Mapping("T", ()))
    with pytest.raises(MappingError, match="no responses"):
        build([], Mapping("T", ()))


@pytest.mark.parametrize(
    ("column", "values", "word"),
    [("Nowhere", {}, "Nowhere"), ("Why?", {}, "Why?"), ("Region", {}, "Region")],
)
def test_the_position_column_must_be_closed(column: str, values: dict[str, str], word: str) -> None:
    table = table_of(ROWS)
    mapping = replace(propose([table], "T"), position_column=column, position_values=dict(values))
    with pytest.raises(MappingError, match=word.replace("?", ".")):
        build([table], mapping)


def test_positions_of_the_team_hold_and_others_are_filled_in() -> None:
    table = table_of(ROWS)
    mapping = replace(propose([table], "T"), position_values={"Support": "oppose"})
    made = build([table], mapping)
    assert made.position_values == {
        "Support": "oppose", "Oppose": "oppose", "Don't know": "unclear",
    }  # fmt: skip


def test_the_position_column_is_the_question_about_support() -> None:
    rows = [
        ["ID", "The staff were friendly", "Overall, do you support the plan?", "Why?"],
        ["1", "Agree", "Strongly support", WHY[0]],
        ["2", "Disagree", "Oppose", WHY[1]],
        ["3", "Agree", "Neither", WHY[2]],
        ["4", "Disagree", "Support", WHY[3]],
    ]
    assert propose([table_of(rows)], "T").position_column == "Overall, do you support the plan?"


def test_toml_round_trip_and_partial_files(tmp_path: Path) -> None:
    table = table_of(ROWS)
    mapping = replace(
        propose([table], "Title"), statement="Say “yes”\nor no", invented=True,
        date_order="month first", no_view=("As my MP says", "ditto"), views=("None",),
        files={"a.csv": {"layout": "plain", "header_rows": [2], "sheets": ["A", "B"]}},
    )  # fmt: skip
    path = tmp_path / "columns.toml"
    path.write_text(dump_mapping(mapping), encoding="utf-8")
    assert load_mapping(path) == mapping
    path.write_text(
        'title = "Other"\n[[columns]]\nname = "Region"\nrole = "closed"\n'
        'options = ["South", "North"]\n',
        encoding="utf-8",
    )
    mixed = load_mapping(path, propose([table], "T"))
    assert (mixed.title, len(mixed.columns)) == ("Other", 7)
    assert mixed.position_column == "Do you support the proposal?"
    made = build([table], mixed)
    assert made.questions[0].options == ("South", "North")
    path.write_text('[position]\ncolumn = ""\n', encoding="utf-8")
    assert load_mapping(path, propose([table], "T")).position_column is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[[columns]]\nname = "Region"\nrole = "banana"\n', "Region.*banana"),
        ('[[columns]]\nname = "Region"\n', "Region"),
        ('[[columns]]\nname = "Nowhere"\nrole = "open"\n', "Nowhere"),
        ('[[columns]]\nrole = "open"\n', "name"),
        ('[[columns]]\nname = "Region"\nrole = "open"\nlable = "x"\n', "lable"),
        ('[[columns]]\nname = "Region"\nrole = "closed"\noptions = [1]\n', "Region"),
        ("titel = 'x'\n", "titel"),
        ("title = 3\n", "title"),
        ("[position]\ncolumn = 'x'\nvalues = {Yes = 'maybe'}\n", "maybe"),
        ("title = \n", "TOML"),
        ('date_order = "year first"\n', "year first.*day first"),
        ("[answers]\nno_view = [3]\n", "no_view"),
        ("[answers]\nwithout = []\n", "without"),
        ('[[files]]\nlayout = "plain"\n', "name"),
        ('[[files]]\nname = "a"\nheader_rows = ["one"]\n', "header_rows"),
        ('[[files]]\nname = "a"\nsheets = "one"\n', "sheets"),
        ('[[files]]\nname = "a"\npassword = "x"\n', "password"),
    ],
)
def test_wrong_toml_is_named(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=word):
        load_mapping(path, propose([table_of(ROWS)], "T"))
    with pytest.raises(MappingError, match="cannot be opened"):
        load_mapping(tmp_path / "none.toml")


def test_ambiguous_dates_are_said_to_be() -> None:
    rows = [["ID", "Sent", "Why?"], ["1", "01/02/2026", WHY[0]], ["2", "03/02/2026", WHY[1]]]
    made = consultation_of(table_of(rows))
    assert "ambiguous_dates" in codes(made)
    assert made.respondents["submitted"].tolist() == ["2026-02-01", "2026-02-03"]


@pytest.mark.parametrize(
    ("order", "sent", "code"),
    [
        ("", ["2026-04-03", "2026-05-13"], "dates"),
        ("day first", ["2026-04-03", "2026-05-13"], "dates"),
        ("month first", ["03/04/2026", "13/05/2026"], "dates_as_text"),
    ],
)
def test_the_team_says_which_part_of_a_date_is_the_day(
    order: DateOrder, sent: list[str], code: str
) -> None:
    rows = [["ID", "Sent", "Why?"], ["1", "03/04/2026", WHY[0]], ["2", "13/05/2026", WHY[1]]]
    table = table_of(rows)
    made = build([table], replace(propose([table], "T"), date_order=order))
    assert made.respondents["submitted"].tolist() == sent
    assert code in codes(made)
    ambiguous = table_of([*rows[:2], ["2", "05/06/2026", WHY[1]]])
    told = build([ambiguous], replace(propose([ambiguous], "T"), date_order=order))
    assert ("ambiguous_dates" in codes(told)) == (order == "")
    march = order == "month first"
    assert told.respondents["submitted"][0] == ("2026-03-04" if march else "2026-04-03")


def test_a_question_of_tick_boxes_is_renamed_as_a_whole() -> None:
    rows = [["ID", "Contact us [Phone]", "Contact us [Post]", "Why?"]]
    rows += [["1", "Yes", "No", WHY[0]], ["2", "Yes", "Yes", WHY[1]], ["3", "No", "Yes", WHY[2]]]
    table = table_of(rows)
    guess = propose([table], "T")
    assert guess.columns[1].question == "Contact us"
    named = {"Contact us": "How do you reach us?", "Why?": "Why is that?"}
    mapping = replace(guess, columns=tuple(relabelled(c, named) for c in guess.columns))
    made = build([table], parse_mapping(dump_mapping(mapping), guess))
    assert [q.text for q in made.questions] == ["How do you reach us?", "Why is that?"]
    assert made.questions[0].options == ("Phone", "Post")
    assert counts(made, "q1") == {"Phone": 2, "Post": 2}


def test_describe_gives_the_contract() -> None:
    seen = describe(table_of(ROWS), rows=True)
    assert list(seen) == [
        "files", "encoding", "delimiter", "sheet", "sheets", "layout", "header_rows", "rows",
        "columns", "warnings", "data",
    ]  # fmt: skip
    assert seen["files"] == ["test.csv"]
    assert seen["header_rows"] == [1]
    assert seen["data"] == ROWS[1:]
    assert {"name", "label", "role", "values"} <= set(seen["columns"][0])
    assert "data" not in describe(table_of(ROWS))
