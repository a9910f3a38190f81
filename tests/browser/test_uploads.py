"""Every survey tool's export, uploaded without touching a control: what the preview says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import open_page, settled

pytestmark = pytest.mark.browser
NO_QUESTION = "No column has the role open, closed or multiple"
# file: rows, columns, layout, header rows, open questions (or what the page says it needs)
FACTS: dict[str, tuple[int, int, str, str, int | str]] = {
    "google_forms.csv": (91, 7, "google_forms", "1", 3),
    "google_forms_responses.xlsx": (207, 3, "google_forms", "1", 0),
    "iai_consult_data_template_v005.xlsx": (40, 10, "plain", "1", 3),
    "iai_consult_layout_biomass.csv": (5, 5, "plain", "1, 2", NO_QUESTION),
    "iai_consult_layout_lgr.csv": (5, 8, "plain", "1", 2),
    "iai_consult_layout_scr.csv": (5, 5, "plain", "1", 1),
    "ms_forms.csv": (187, 8, "ms_forms", "1", 1),
    "qualtrics_legacy_two_header_rows.csv": (1, 15, "qualtrics", "1, 2", 1),
    "qualtrics_three_header_rows.csv": (1, 20, "qualtrics", "1, 2, 3", 1),
    "regs_gov_docket_export_legacy_preamble.csv": (54, 35, "regulations_gov", "5", NO_QUESTION),
    "smartsurvey_govuk_header_lorem_first25.csv": (25, 20, "smartsurvey", "1", 7),
    "surveymonkey_thanksgiving_first200.csv": (200, 65, "surveymonkey", "1", 6),
    "surveymonkey_two_header_rows_star_wars_first300.csv": (300, 38, "surveymonkey", "1, 2", 0),
}


def test_every_export_is_known_here(shared: Path) -> None:
    folder = shared / "data" / "export_formats"
    assert {f.name for f in folder.iterdir()} - {"README.md"} == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_the_preview_of_an_export(app: str, page: Page, shared: Path, name: str) -> None:
    rows, columns, layout, header, questions = FACTS[name]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_page(page, app, "consultations", "Consultations")
    file = shared / "data" / "export_formats" / name
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("heading", name="Columns", exact=True)).to_be_visible(timeout=60_000)
    settled(page)
    line = page.locator("p", has_text=re.compile(rf"^{re.escape(name)}: "))
    expect(line).to_contain_text(f"{rows} rows, {columns} columns")
    expect(line).to_contain_text(f"layout {layout}, header in row {header}")
    if isinstance(questions, str):
        expect(page.get_by_text("This did not work")).to_be_visible()
        expect(page.get_by_text(questions)).to_be_visible()
        expect(page.get_by_role("button", name="Confirm the columns")).to_have_count(0)
    else:
        for label, number in (("Respondents", rows), ("Open questions", questions)):
            metric = page.get_by_test_id("stMetric").filter(has_text=re.compile(f"^{label}"))
            expect(metric.get_by_test_id("stMetricValue")).to_have_text(str(number))
        expect(page.get_by_role("button", name="Confirm the columns")).to_be_enabled()
    assert errors == []
