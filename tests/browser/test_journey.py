"""From a file on disk to a chart on the screen and a table taken away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SCREENSHOTS

pytestmark = pytest.mark.browser
RUN = 300_000  # milliseconds a whole analysis may take here


def open_page(page: Page, app: str, path: str, title: str) -> None:
    page.goto(f"{app}/{path}")
    expect(page.get_by_role("heading", name=title, exact=True).first).to_be_visible(timeout=30_000)


def settled(page: Page) -> None:
    """The page's script has run to its end."""
    page.wait_for_timeout(300)
    state = page.locator("[data-testid=stApp]")
    expect(state).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).first.click()
    page.keyboard.type(option)  # a long list shows only what is near, or what was searched for
    page.get_by_role("option", name=re.compile(option)).first.click()
    settled(page)


def test_the_sample_is_there_from_the_start(app: str, page: Page) -> None:
    page.goto(app)
    expect(page.get_by_text("AI in public services").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("every reply was written for demonstration").first).to_be_visible()
    page.goto(f"{app}/analysis")
    expect(page.get_by_text("Last analysis: finished")).to_be_visible(timeout=RUN)
    open_page(page, app, "", "AI in public services (sample)")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
    page.screenshot(path=SCREENSHOTS / "sample-overview.png", full_page=True)


def test_words_from_outside_are_never_a_link_or_an_image(app: str, page: Page) -> None:
    outside = "http://example.org www.example.org me@example.org ![x](http://example.org/x.png)"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    table = (
        f"ID,Region,What do you think?\nR1,{outside},It is {outside}\nR2,South,The phone is busy\n"
    )
    open_page(page, app, "consultations", "Consultations")
    page.get_by_label("Title", exact=True).fill(outside)
    file = {"name": "www.example.org.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.locator("input[type=file]").set_input_files([file])
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_role("button", name="Confirm the columns")).to_be_visible(timeout=60_000)
    settled(page)
    assert page.locator("a[href*='example.org'], img[src*='example.org']").count() == 0
    open_page(page, app, "consultations", "Consultations")
    assert page.locator("a[href*='example.org'], img[src*='example.org']").count() == 0
    assert not any("//example.org" in url for url in asked)


def test_from_a_real_export_to_a_chart_and_a_table(app: str, page: Page, shared: Path) -> None:
    file = shared / "data" / "eu_ai_white_paper_2020" / "responses_eusurvey_export.csv"
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    open_page(page, app, "consultations", "Consultations")
    page.get_by_label("Title", exact=True).fill("White paper on AI")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the files").click()

    expect(page.get_by_role("heading", name="Columns", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Open question: 18").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("1,216").first).to_be_visible(timeout=60_000)
    page.screenshot(path=SCREENSHOTS / "eu-columns.png", full_page=True)
    page.get_by_role("button", name="Confirm the columns").click()

    page.get_by_role("button", name="Start the analysis").click(timeout=60_000)
    expect(page.get_by_text(re.compile(r"Step \d of \d"))).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Last analysis: finished")).to_be_visible(timeout=RUN)

    address = re.search(r"consultation=\w+", page.url)
    assert address
    open_page(page, app, f"overview?{address.group()}", "White paper on AI")
    expect(page.get_by_text("1,216 =").first).to_be_visible(timeout=30_000)

    open_page(page, app, f"groups?{address.group()}", "Groups")
    choose(page, "What", "Answers to a closed question")
    choose(page, "By", "User type")
    choose(page, "Question", "Do you think that the concerns expressed")
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
    page.screenshot(path=SCREENSHOTS / "eu-groups.png", full_page=True)
    with page.expect_download() as picture:
        page.locator(".js-plotly-plot").first.hover()
        page.locator("[data-title*='ownload']").first.click()
    assert picture.value.suggested_filename == "one.svg"
    page.get_by_text("The same as a table, and as a file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    everyone = {r["value"]: r["n"] for r in rows if r["group"] == "Everyone"}
    new_rules = next(n for value, n in everyone.items() if "new legislation" in value)
    assert new_rules == "459"
    assert errors == []
