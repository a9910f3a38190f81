"""Real exports, with the counts that their READMEs give."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from analysis.errors import MappingError
from analysis.ingest.read import read
from analysis.records import Consultation, Table
from tests.ingest.make import column, consultation_of, counts

EU_OPEN = [18, 25, 29, 35, 42, 44, 46, 48, 49, 57, 59, 61, 62, 64, 66, 68, 70, 71]


@pytest.fixture(scope="module")
def eu(shared: Path) -> Table:
    return read(shared / "data" / "eu_ai_white_paper_2020" / "responses_eusurvey_export.csv")


@pytest.fixture(scope="module")
def eu_made(eu: Table) -> Consultation:
    return consultation_of(eu)


@pytest.fixture(scope="module")
def bc(shared: Path) -> Table:
    return read(shared / "data" / "bc_ai_survey_2025" / "responses.csv")


@pytest.fixture(scope="module")
def bc_made(bc: Table) -> Consultation:
    return consultation_of(bc)


def roles(table: Table, role: str) -> list[int]:
    return [i for i, c in enumerate(table.columns) if c.role == role]


def test_eu_columns(eu: Table) -> None:
    assert eu.rows.shape == (1216, 73)
    assert (eu.encoding, eu.delimiter, eu.layout) == ("utf-8", ";", "eusurvey")
    assert roles(eu, "open") == EU_OPEN
    assert roles(eu, "closed") == [i for i in range(12, 72) if i not in EU_OPEN]
    assert (roles(eu, "id"), roles(eu, "date"), roles(eu, "permission")) == ([0], [1], [11])
    assert roles(eu, "attribute") == [2, 3, 6, 9, 10]
    assert set(roles(eu, "personal")) | set(roles(eu, "ignore")) == {4, 5, 7, 8, 72}
    labels = [c.label for c in eu.columns]
    assert len(set(labels)) == 73
    assert not any("\n" in label for label in labels)
    assert labels[12].endswith("Working with Member states")
    assert labels[48].startswith("Do you agree with the approach to determine “high-risk” AI")
    assert labels[71].startswith("Do you think that the current national liability rules")


def test_eu_counts(eu: Table, eu_made: Consultation) -> None:
    made = eu_made
    assert len(made.respondents) == 1216
    assert made.respondents["respondent_id"].tolist() == eu.rows["Reference"].tolist()
    types = made.respondents["User type"].value_counts()
    assert types.tolist() == [460, 150, 117, 115, 112, 111, 62, 43, 21, 17, 7, 1]
    assert (types[""], types["EU Citizen"]) == (460, 115)
    legislation = next(q for q in made.questions if q.text.startswith("Do you think that the conc"))
    assert counts(made, legislation.id) == {
        "There is a need for a new legislation": 459,
        "Current legislation may have some gaps": 355,
        "Other": 201,
        "No opinion": 45,
        "Current legislation is fully sufficient": 32,
    }
    citizens = made.respondents[made.respondents["User type"] == "EU Citizen"]["respondent_id"]
    own = made.answers[
        made.answers["respondent_id"].isin(citizens)
        & (made.answers["question_id"] == legislation.id)
    ]["value"].value_counts()
    assert own.tolist() == [57, 38, 9, 4, 3]
    per_question = made.responses["question_id"].value_counts()
    assert len(made.open_questions) == 18
    assert (per_question.min(), per_question.max()) == (81, 599)
    without = set(made.respondents["respondent_id"]) - set(made.responses["respondent_id"])
    assert len(without) == 313
    assert (made.respondents["attachments"] != "").sum() == 423
    assert made.respondents["submitted"].str.startswith("2020-").all()
    assert made.respondents["Language"].nunique() == 20
    assert made.respondents["Country"].nunique() == 39  # 38 and not answered
    assert set(made.respondents["permission"]) == {"named", "anonymous"}
    assert made.position_question is None
    assert all(q.options[-1] == "No opinion" for q in made.closed_questions[:12])


def test_bc_columns(bc: Table) -> None:
    assert bc.rows.shape == (1001, 124)
    assert column(bc, "participant_id").role == "id"
    assert column(bc, "Q1_Location_in_BC").role == "attribute"
    for name in (
        "AgeRollup_Broad", "Gender", "Education", "HH_Income_Fine_23", "Ethnicity_Roll_23",
        "FirstNation_23", "HH_Comp_23", "KidsinHH_23", "Vizmin_23",
    ):  # fmt: skip
        assert column(bc, name).role == "attribute", name
    for guess in bc.columns:
        name = guess.name
        if "sentiment" in name or name in ("Age", "Year of Birth"):
            assert guess.role == "ignore", name
        elif name.endswith("_OE") or name.endswith("transcription"):
            assert guess.role == "open", name
        elif name.startswith(("Q4A", "Q4B", "Q11", "Q12", "Q15")):
            assert guess.role == "multiple", name
            assert guess.question is not None
    for name in (
        "Q1_Experience_with_AI", "Q3_AI_affecting_society_feeling", "Q9_Jobs_in_BC_AI_Influence",
        "Q6_AI_role_in_creative_fields_in_BC", "Q14_Govt_role_in_managing_AI",
    ):  # fmt: skip
        assert column(bc, name).role == "closed", name
    assert bc.columns[115].name == "Column 116"


def test_bc_counts(bc_made: Consultation) -> None:
    made = bc_made
    by_text = {q.text: q.id for q in made.questions}
    answered = made.responses["question_id"].value_counts()
    for text, n in (
        ("Q8_AI_helping_BC_community_text_OE", 987),
        ("Q13_AI_impact_worries_text_OE", 990),
        ("Q16_Indigenous_communities_involvement_AI_text_OE", 988),
        ("Q17_Advice_BC_Leaders_text_OE", 993),
    ):
        assert answered[by_text[text]] == n
    feeling = made.position_question
    assert feeling == by_text["Q3_AI_affecting_society_feeling"]
    assert sorted(counts(made, feeling).values()) == [45, 51, 428, 477]
    assert sorted(made.position_values.values()) == ["mixed", "oppose", "support", "unclear"]
    sectors = next(q for q in made.questions if q.text.startswith("Q4A"))
    assert (sectors.kind, len(sectors.options)) == ("multiple", 7)
    assert counts(made, sectors.id)["Healthcare and medicine"] == 597
    regions = made.respondents["Q1_Location_in_BC"].value_counts()
    assert regions.tolist() == [767, 137, 67, 30]
    assert made.respondents["AgeRollup_Broad"].value_counts().tolist() == [423, 348, 230]


def test_cadw_three_and_four_header_rows(shared: Path) -> None:
    folder = shared / "data" / "cadw_smartsurvey_bilingual"
    table = read(folder / "Cadw_FileTemplate.xlsx")
    assert (table.layout, table.header_rows, len(table.rows)) == ("smartsurvey", (1, 2, 3, 4), 6873)
    assert column(table, "Site").label.startswith("Q2. Which site did you visit?")
    raw = read(folder / "SmartSurvey_raw_first300.xlsx")
    assert (raw.layout, raw.header_rows, raw.rows.shape) == ("smartsurvey", (1, 2, 3), (300, 78))
    made = consultation_of(raw)
    interest = next(
        q for q in made.questions if q.text.endswith("Q13.1. I have a keen interest in history")
    )
    assert interest.options == ("Not at all", "Rarely", "Sometimes", "Often", "Always")
    assert sum(counts(made, interest.id).values()) == 304
    assert not (made.responses["text"] == "-").any()


def test_regulations_gov_bulk(shared: Path) -> None:
    folder = shared / "data" / "regs_gov_bulk_cms_2025"
    table = read(folder / "CMS-2025-0050_bulk_export.csv")
    assert (table.layout, table.rows.shape) == ("regulations_gov", (982, 60))
    assert [n.row for n in table.notices if n.code == "not_a_reply"] == [2]
    made = consultation_of(table)
    assert [q.text for q in made.open_questions] == ["Comment"]
    assert "Category" in made.attributes


@pytest.mark.parametrize(
    ("name", "layout", "header", "rows"),
    [
        ("google_forms.csv", "google_forms", (1,), 91),
        ("google_forms_responses.xlsx", "google_forms", (1,), 207),
        ("ms_forms.csv", "ms_forms", (1,), 187),
        ("qualtrics_three_header_rows.csv", "qualtrics", (1, 2, 3), 1),
        ("qualtrics_legacy_two_header_rows.csv", "qualtrics", (1, 2), 1),
        ("surveymonkey_two_header_rows_star_wars_first300.csv", "surveymonkey", (1, 2), 300),
        ("surveymonkey_thanksgiving_first200.csv", "surveymonkey", (1,), 200),
        ("smartsurvey_govuk_header_lorem_first25.csv", "smartsurvey", (1,), 25),
        ("iai_consult_layout_lgr.csv", "plain", (1,), 5),
        ("iai_consult_layout_scr.csv", "plain", (1,), 5),
        ("iai_consult_data_template_v005.xlsx", "plain", (1,), 40),
    ],
)
def test_small_exports(
    shared: Path, name: str, layout: str, header: tuple[int, ...], rows: int
) -> None:
    table = read(shared / "data" / "export_formats" / name)
    assert (table.layout, table.header_rows, len(table.rows)) == (layout, header, rows)
    made = consultation_of(table)
    assert len(made.respondents) == rows
    assert made.open_questions or made.closed_questions


def test_questions_under_codes(shared: Path) -> None:
    table = read(shared / "data" / "export_formats" / "iai_consult_layout_biomass.csv")
    assert (table.header_rows, len(table.rows)) == ((1, 2), 5)
    assert column(table, "Ident 5").role == "permission"
    with pytest.raises(MappingError, match="open, closed or multiple"):
        consultation_of(table)


def test_a_preamble_before_the_header(shared: Path) -> None:
    name = "regs_gov_docket_export_legacy_preamble.csv"
    table = read(shared / "data" / "export_formats" / name)
    assert table.header_rows == (5,)
    assert table.columns[0].name == "Document Title"


def test_reading_is_quick(shared: Path) -> None:
    start = time.perf_counter()
    read(shared / "data" / "eu_ai_white_paper_2020" / "responses_eusurvey_export.csv")
    assert time.perf_counter() - start < 10
