"""A reader pastes a text, sees that it is missing, tells the team, and reads the team's answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.store.store import Store
from tests import town
from tests.browser.conftest import SCREENSHOTS
from tests.browser.signed_in import Served, served, settled, sign_in

pytestmark = pytest.mark.browser
EDITION = f"consultation={town.ID}&edition=1"
HOSTILE = "Call me on 07700 900123 ![x](https://example.org/x.png) <img src=x onerror=alert(1)>"
ANSWER = "Dogs are in part 4 of the plan. We read your text again."


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Served]:
    town.publish(Store(tmp_path))
    with served(tmp_path) as made:
        yield made


def opened(page: Page, app: Served, path: str, title: str) -> None:
    page.goto(f"{app.address}/{path}")
    expect(page.get_by_role("heading", name=title, exact=True).first).to_be_visible(timeout=60_000)
    settled(page)


def narrow(page: Page) -> bool:
    """No sideways scroll on a phone."""
    width = page.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth")
    return int(width) <= 320


def pastes(reader: Page, app: Served) -> None:
    opened(reader, app, f"published?{EDITION}", "Our town")
    reader.get_by_text("Did you write to us?").click()
    expect(reader.get_by_role("heading", name="Was my view captured?")).to_be_visible(
        timeout=60_000
    )
    settled(reader)
    reader.get_by_label("Your text", exact=True).fill(f"{town.CAPTURED} {town.MISSING}")
    reader.get_by_role("button", name="Check", exact=True).click()
    expect(reader.get_by_role("heading", name="What we found")).to_be_visible(timeout=120_000)
    expect(reader.get_by_text("Missing: 1 of 2")).to_be_visible()
    settled(reader)
    assert narrow(reader)
    reader.screenshot(path=SCREENSHOTS / "captured-phone.png", full_page=True)


def tells(reader: Page) -> str:
    """The address of the answer."""
    box = reader.get_by_label("The text that is sent. You can change it.")
    expect(box).to_have_value(town.MISSING)
    box.fill(f"{town.MISSING} {HOSTILE}")
    reader.get_by_text("I agree: this text is kept").click()
    settled(reader)
    reader.get_by_role("button", name="Send it to the team").click()
    expect(reader.get_by_text("The team has your text")).to_be_visible(timeout=60_000)
    settled(reader)
    reader.screenshot(path=SCREENSHOTS / "challenge-sent-phone.png", full_page=True)
    return reader.locator("[data-testid=stCode] code").inner_text().strip()


def answers(rae: Page, app: Served) -> None:
    opened(rae, app, f"challenges?consultation={town.ID}", "Challenges")
    expect(rae.get_by_text(HOSTILE)).to_be_visible()
    assert rae.locator("img[src*='example.org'], img[src='x']").count() == 0
    rae.get_by_role("combobox", name="What became of it").click()
    rae.get_by_role("option", name="It is there already").click()
    rae.get_by_label("In your words").fill(ANSWER)
    rae.screenshot(path=SCREENSHOTS / "challenges.png", full_page=True)
    rae.get_by_role("button", name="Answer", exact=True).click()
    expect(rae.get_by_text("0 to be answered")).to_be_visible(timeout=60_000)
    expect(rae.get_by_text("It is there already").first).to_be_visible()


def test_from_a_missing_point_to_the_teams_answer(app: Served, browser: Browser) -> None:
    reader = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    pastes(reader, app)
    address = tells(reader)
    assert address.startswith(f"{app.address}/answer?code=")

    later = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    later.goto(address)
    expect(later.get_by_text("There is no answer yet")).to_be_visible(timeout=60_000)

    answers(sign_in(browser, app.address, "rae"), app)

    later.goto(address)
    expect(later.get_by_text(ANSWER)).to_be_visible(timeout=60_000)
    settled(later)
    seen = later.content()
    assert "07700 900123" not in seen
    assert "rae@dept.example" not in seen
    assert narrow(later)
    later.screenshot(path=SCREENSHOTS / "answer-phone.png", full_page=True)
    assert not any("example.org" in url for url in asked)

    later.goto(f"{app.address}/challenges?consultation={town.ID}")
    settled(later)
    assert town.MISSING not in later.content()
