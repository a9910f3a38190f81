"""Failure cases of the app in a browser: two people at once (APP-08), a page by its path."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.ingest.build import build
from analysis.ingest.mapping import dump_mapping, propose
from analysis.ingest.read import read
from analysis.jobs.worker import work
from analysis.sample import ID as SAMPLE
from analysis.sample import ensure_sample
from analysis.store.store import Store
from tests.browser.conftest import free_port, started
from tests.browser.signed_in import settled

pytestmark = pytest.mark.browser


def analysed(home: Path, files: dict[str, tuple[str, bytes]]) -> dict[str, str]:
    """title → id of consultations of (file name, content), analysed; the sample is not."""
    store, made = Store(home), {}
    ensure_sample(store)
    waiting = store.latest_job(SAMPLE)
    assert waiting is not None
    store.cancel(waiting)
    for title, (name, content) in files.items():
        found = read(content, name=name)
        mapping = propose([found], title)
        made[title] = store.create(title, [(name, content)]).id
        store.confirm(made[title], build([found], mapping), dump_mapping(mapping))
        store.enqueue(made[title])
    work(store, once=True)
    return made


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=60_000)
    settled(page)
    page.locator("main [data-testid=stExpander] summary").evaluate_all(
        "all => all.forEach(one => one.click())"
    )
    settled(page)


def test_two_people_see_search_and_download_their_own(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    """APP-08, with both files under one name."""
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    files = {n: ("responses.csv", (cases / "APP-08" / f"{n}.csv").read_bytes())
             for n in ("alpha", "beta")}  # fmt: skip
    ids = analysed(tmp_path, files)
    with started(tmp_path, free_port()) as app:
        people = {name: browser.new_context().new_page() for name in ids}
        for name, page in people.items():
            opened(page, f"{app}/responses?consultation={ids[name]}")
        for name, page in people.items():
            own, other = (f"{n.upper()}-ONLY" for n in (name, next(i for i in ids if i != name)))
            assert other not in page.content()
            assert page.locator("main [data-testid=stText]").filter(has_text=own).count() == 6
            with page.expect_download() as got:
                page.get_by_role("button", name="Download these answers").click()
            taken = got.value.path().read_text()
            assert (own in taken, other in taken) == (True, False)
            page.get_by_label("Words in the answer").fill("ONLY")
            page.keyboard.press("Enter")
            settled(page)
            assert page.locator("main [data-testid=stText]").filter(has_text=own).count() == 6
            assert other not in page.content()


def test_a_page_is_there_by_its_path_and_the_root_leads_on(app: str, page: Page) -> None:
    """Also the page that the root leads to; the address keeps what it names."""
    for path in ("overview", "start", "themes"):
        page.goto(f"{app}/{path}?consultation=sample")
        expect(page.get_by_text("Those who replied chose").first).to_be_visible(timeout=60_000)
        settled(page)
        assert page.get_by_text("Page not found").count() == 0, path
        assert page.url.startswith(f"{app}/{path}?consultation=sample")
    page.goto(f"{app}/?consultation=sample")
    expect(page).to_have_url(f"{app}/overview?consultation=sample", timeout=60_000)
    assert page.locator("[data-testid=stSidebarNavLink]").filter(has_text="Heard").count() == 0
    page.goto(f"{app}/nowhere")
    expect(page.get_by_text("Page not found").first).to_be_visible(timeout=60_000)
