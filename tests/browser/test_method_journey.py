"""The page on how an edition was made: on a phone, by keyboard, on paper, in Welsh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analysis.store.store import Store
from tests import town
from tests.browser.conftest import SCREENSHOTS
from tests.browser.signed_in import Served, served, settled
from tests.browser.test_challenge import EDITION, narrow, opened

pytestmark = pytest.mark.browser
TITLE = "How this report was made"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Served]:
    town.publish(Store(tmp_path))
    with served(tmp_path) as made:
        yield made


def test_on_a_phone_by_keyboard_and_on_paper(app: Served, browser: Browser) -> None:
    reader = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    opened(reader, app, f"how-it-was-made?{EDITION}", TITLE)
    expect(reader.get_by_role("heading", name="How to make it again")).to_be_visible()
    address = f"{app.address}/how-it-was-made?{EDITION}"
    expect(reader.get_by_text(address)).to_be_visible()
    for closed in reader.locator("[data-testid=stExpander] summary").all():
        closed.focus()
        reader.keyboard.press("Enter")
    settled(reader)
    expect(reader.get_by_text("2.1 Detailed description")).to_be_visible()
    assert narrow(reader)
    reader.screenshot(path=SCREENSHOTS / "method-phone.png", full_page=True)

    with reader.expect_download() as got:
        reader.get_by_role("button", name="Download the figures (ZIP)").press("Enter")
    assert got.value.suggested_filename == "edition-1.zip"

    reader.emulate_media(media="print")
    expect(reader.get_by_role("heading", name="What is hidden, and why")).to_be_visible()
    reader.emulate_media(media="screen")

    reader.get_by_role("radio", name="English").focus()
    reader.keyboard.press("ArrowRight")
    expect(reader.get_by_role("heading", name="Sut y gwnaed yr adroddiad hwn")).to_be_visible()
    settled(reader)
    assert narrow(reader)
    assert "lang=cy" in reader.url
