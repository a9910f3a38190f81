"""The review screen of personal data: accept, undo, hide what was missed; each is in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from analysis.jobs.worker import work
from analysis.sample import ID as SAMPLE
from analysis.sample import ensure_sample
from analysis.store.store import Store
from tests.browser.conftest import SCREENSHOTS, free_port, started
from tests.browser.test_journey import open_page, settled

pytestmark = pytest.mark.browser


def test_masks_are_accepted_undone_and_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Page
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    store = Store(tmp_path)
    ensure_sample(store)
    work(store, once=True)
    with started(tmp_path, free_port()) as app:
        open_page(page, app, f"privacy?consultation={SAMPLE}", "Personal data")
        settled(page)
        accept = page.get_by_role("button", name="Accept", exact=True)
        assert accept.first.is_disabled()
        page.screenshot(path=SCREENSHOTS / "privacy-before.png", full_page=True)
        page.get_by_label("Your name, kept with each decision").fill("Ana Analyst")
        page.keyboard.press("Enter")
        settled(page)
        waiting = accept.count()
        assert waiting >= 2
        accept.first.click()
        settled(page)
        page.get_by_role("button", name="Undo", exact=True).first.click()
        settled(page)
        expect(page.get_by_text("The results do not have these decisions yet")).to_be_visible()
        passage = page.locator("main [data-testid=stText]").first.inner_text().split()[0]
        page.get_by_text("Hide another passage").first.click()
        page.get_by_label("Passage, as it stands in the answer").first.fill(passage)
        page.get_by_role("button", name="Hide it").first.click()
        settled(page)
        page.screenshot(path=SCREENSHOTS / "privacy-after.png", full_page=True)
        assert page.get_by_text("A fault in Heard").count() == 0
    edits = store.redaction_edits(SAMPLE)
    assert [e.action for e in edits[:3]] == ["accept", "keep", "hide"]
    assert {e.who for e in edits} == {"Ana Analyst"}
    logged = [a for a in store.audit(SAMPLE) if a.action.startswith("redaction")]
    assert {a.action for a in logged} == {"redaction accept", "redaction keep", "redaction hide"}
    assert {a.who for a in logged} == {"Ana Analyst"}
    assert all(passage not in a.detail for a in logged)
