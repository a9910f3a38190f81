"""Four people and the public: import, run, check, publish, read; each sees what the role may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.signed_in import Served, served, settled, sign_in

pytestmark = pytest.mark.browser
PUBLIC = {
    "What was published", "Published edition", "Was my view captured?", "How it was made",
    "Answer from the team",
    "What became of my reply",
}  # fmt: skip
RUN = 600_000  # milliseconds that the analysis of the sample and of this file may take
SECRETS = ("jo.testperson@example.org", "07700 900123", "Jo Testperson")
VIEWS = (
    "The buses are late every single morning and nobody tells us why.",
    "Buses ought to run later in the evening so that nurses get home.",
    "The bin collection was moved to Friday and the bins are overflowing.",
    "Bins on our street are left full for weeks and attract rats.",
    "The park needs more benches where older people can sit down.",
    "Please put benches and a toilet in the park for families.",
)


def table() -> bytes:
    """60 people; three of them type something personal, and two do not want to be published."""
    rows = ["Response ID,Region,Do you support the plan?,May we publish your response?,"
            "What should change in our town?"]  # fmt: skip
    for n in range(60):
        text = f"{VIEWS[n % 6]} I have seen it {n + 2} times."
        text += f" Ask {SECRETS[n // 6 % 3]}." if n % 17 == 0 else ""
        allowed = "No" if n in (7, 30) else "Yes"
        side = ("Support", "Oppose", "Not sure")[n % 3]
        rows.append(f'TOWN-{n:03},{("North", "South")[n % 2]},{side},{allowed},"{text}"')
    return "\n".join(rows).encode()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as made:
        yield made


def opened(page: Page, app: Served, path: str, title: str) -> None:
    page.goto(f"{app.address}/{path}")
    heading = page.get_by_role("heading", name=title, exact=True).first
    expect(heading).to_be_visible(timeout=60_000)
    settled(page)


def pages_of(page: Page) -> set[str]:
    return set(page.locator("[data-testid=stSidebarNavLink]").all_inner_texts())


def imports_and_runs(ana: Page, app: Served) -> str:
    opened(ana, app, "consultations", "Consultations")
    ana.get_by_label("Title", exact=True).fill("Our town")
    file = {"name": "town.csv", "mimeType": "text/csv", "buffer": table()}
    ana.locator("input[type=file]").set_input_files([file])
    ana.get_by_role("button", name="Read the files").click()
    ana.get_by_role("button", name="Confirm the columns").click(timeout=60_000)
    ana.get_by_role("button", name="Start the analysis").click(timeout=60_000)
    expect(ana.get_by_text("Last analysis: finished")).to_be_visible(timeout=RUN)
    found = re.search(r"consultation=(\w+)", ana.url)
    assert found
    return found.group(1)


def test_import_run_check_publish_read(app: Served, browser: Browser) -> None:
    ana = sign_in(browser, app.address, "ana")
    assert {"Consultations", "Exports"} <= pages_of(ana)
    assert "Sign-ins and log" not in pages_of(ana)
    town = imports_and_runs(ana, app)
    merges_two_themes(ana, app, town)

    public = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    opened(public, app, "", "What people told us")
    expect(public.get_by_text("Nothing has been published yet.")).to_be_visible()
    assert pages_of(public) <= PUBLIC

    rae = sign_in(browser, app.address, "rae")
    opened(rae, app, f"publish?consultation={town}", "Check and publish")
    assert rae.get_by_role("button", name="Sign as checked").is_disabled()
    rae.get_by_text("I have looked at everything").click()
    settled(rae)
    rae.screenshot(path=SCREENSHOTS / "publish-draft.png", full_page=True)
    rae.get_by_role("button", name="Sign as checked").click()
    expect(rae.get_by_text("Checked by Rae").first).to_be_visible(timeout=60_000)
    assert rae.get_by_role("button", name="Publish", exact=True).count() == 0

    address = f"published?consultation={town}&edition=1"
    public.goto(f"{app.address}/{address}")
    expect(public.get_by_text("There is no such edition")).to_be_visible(timeout=60_000)

    ada = sign_in(browser, app.address, "ada")
    opened(ada, app, f"publish?consultation={town}", "Check and publish")
    ada.get_by_role("button", name="Publish", exact=True).click()
    expect(ada.get_by_text("Published by Ada").first).to_be_visible(timeout=60_000)

    mia = sign_in(browser, app.address, "mia")
    assert pages_of(mia) == PUBLIC | {"Brief", "You said, we did"}
    opened(mia, app, f"brief?consultation={town}&edition=1", "Our town")
    expect(mia.get_by_text("Published, edition 1")).to_be_visible()
    mia.get_by_label("Your note on this edition").fill("More about the buses, please.")
    mia.get_by_role("button", name="Keep the note").click()
    expect(mia.get_by_text("More about the buses").last).to_be_visible(timeout=60_000)
    mia.screenshot(path=SCREENSHOTS / "brief-minister.png", full_page=True)
    for path in ("themes", "responses", "consultations", "publish", "access", "exports"):
        mia.goto(f"{app.address}/{path}?consultation={town}")
        settled(mia)
        assert "TOWN-0" not in mia.content()
        assert mia.get_by_role("heading", name="Responses").count() == 0

    sees_only_what_is_published(public, app, town, address)
    signs_out_everywhere(browser, app)


def merges_two_themes(ana: Page, app: Served, town: str) -> None:
    """Until the numbers are counted again, the edition cannot be signed."""
    opened(ana, app, f"review?consultation={town}", "Review themes")
    ana.get_by_text("Merge", exact=True).click()
    settled(ana)
    box = ana.get_by_role("combobox", name="Themes that say the same")
    box.click()
    ana.get_by_role("option").first.click()
    settled(ana)
    ana.keyboard.press("Escape")
    ana.get_by_role("button", name="Merge").click()
    expect(ana.get_by_text(re.compile("merged “"))).to_be_visible(timeout=60_000)
    settled(ana)
    ana.screenshot(path=SCREENSHOTS / "review-merged.png", full_page=True)
    opened(ana, app, f"publish?consultation={town}", "Check and publish")
    expect(ana.get_by_text("Not in these results yet: 1 decision.")).to_be_visible()
    opened(ana, app, f"review?consultation={town}", "Review themes")
    ana.get_by_role("button", name="Count again with these decisions").click()
    settled(ana)
    opened(ana, app, f"analysis?consultation={town}", "Analysis")
    expect(ana.get_by_text("Last analysis: finished")).to_be_visible(timeout=RUN)
    opened(ana, app, f"overview?consultation={town}", "Our town")
    expect(ana.get_by_text("People corrected the themes")).to_be_visible()


def sees_only_what_is_published(public: Page, app: Served, town: str, address: str) -> None:
    opened(public, app, address, "Our town")
    width = public.locator("[data-testid=stMain]").evaluate("e => e.scrollWidth")
    assert width <= 360
    expect(public.get_by_text("60 replies came in")).to_be_visible()
    public.screenshot(path=SCREENSHOTS / "published-phone.png", full_page=True)
    paths = ("", address, *(f"{p}?consultation={town}" for p in (
        "overview", "themes", "responses", "groups", "brief", "publish", "consideration", "access",
        "exports", "privacy", "capture", "challenges",
    )))  # fmt: skip
    for path in paths:
        public.goto(f"{app.address}/{path}")
        public.locator("h1").first.wait_for(timeout=60_000)
        settled(public)
        seen = public.content()
        for hidden in (*SECRETS, "TOWN-0", "More about the buses", "dept.example"):
            assert hidden not in seen, (path, hidden)


def signs_out_everywhere(browser: Browser, app: Served) -> None:
    """What one device ends holds on the other, without a new sign-in there."""
    one, two = (sign_in(browser, app.address, "mia") for _ in range(2))
    one.get_by_role("button", name="Everywhere").click()
    expect(one.get_by_role("button", name="Everywhere")).to_have_count(0, timeout=60_000)
    two.goto(app.address)
    expect(two.get_by_text("You are signed out")).to_be_visible(timeout=60_000)
    assert "Brief" not in pages_of(two)


def test_somebody_without_a_role_is_the_public(app: Served, browser: Browser) -> None:
    guest = sign_in(browser, app.address, "guest")
    assert pages_of(guest) == PUBLIC
