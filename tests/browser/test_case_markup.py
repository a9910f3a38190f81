"""Failure cases in a browser: typed markup on every page (APP-01, APP-03), work that is there
after a reload, a break and a restart (APP-07)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.store.store import Store
from tests.browser.conftest import free_port, started
from tests.browser.signed_in import served, settled, sign_in
from tests.browser.test_case_journeys import analysed, opened

pytestmark = pytest.mark.browser
PATHS = (
    "consultations", "columns", "analysis", "overview", "themes", "review", "responses", "groups",
    "who", "capture", "privacy", "quality", "teach", "blind", "method", "exports", "publish",
)  # fmt: skip
FOLDED = str.maketrans("", "", "\n ")
AWAY = 180  # seconds without a network, at most
RENAMED = "Who checks the checkers"


@pytest.mark.parametrize(("case", "file"), [("APP-01", "markdown"), ("APP-03", "xss")])
def test_typed_markup_stays_text(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Page, case: str, file: str
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    path = cases / case / f"{file}.csv"
    ident = analysed(tmp_path, {"Case": (path.name, path.read_bytes())})["Case"]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with started(tmp_path, free_port()) as app:
        for where in PATHS:
            opened(page, f"{app}/{where}?consultation={ident}")
            assert "XSS-TEST" not in page.title()
            for chart in page.locator(".js-plotly-plot").all():
                chart.hover()
            assert page.locator("main iframe, main script, main .katex").count() == 0, where
        opened(page, f"{app}/responses?consultation={ident}")
        shown = page.locator("main [data-testid=stText]").all_text_contents()
        opened(page, f"{app}/exports?consultation={ident}")
        brief = taken_away(page, "brief-html")
        assert "XSS-TEST" not in page.title()
    made = tmp_path / "brief.html"
    made.write_bytes(brief)
    page.goto(made.as_uri())
    assert page.title() not in ("", "XSS-TEST")
    assert page.locator("script, iframe, img, a[href*='example.org']").count() == 0
    said = {text.translate(FOLDED) for text in shown}
    for text in pd.read_csv(path, dtype=str).iloc[:, -1]:
        assert text.translate(FOLDED) in said, (text, shown)
    assert not [url for url in asked if "example.org" in url]


def taken_away(page: Page, file: str) -> bytes:
    """An export by the end of its key, made and downloaded."""
    page.locator(f"[class*=st-key-prepare-{file}] button").click()
    button = page.locator(f"[class*=st-key-download-{file}] button")
    button.wait_for(timeout=60_000)
    settled(page)
    with page.expect_download() as got:
        button.click()
    return Path(got.value.path()).read_bytes()


def test_work_is_there_after_a_reload_a_break_and_a_restart(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    """APP-07: for the person who did it, and for nobody who is not signed in.

    The case's twelve replies make no theme, so a theme of another case is renamed.
    """
    content = (cases / "APP-07" / "responses.csv").read_bytes()
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    themed = (cases / "CLU-09" / "fortyeight.csv").read_bytes()
    made = analysed(tmp_path, {"Audit": ("a.csv", content), "Themed": ("b.csv", themed)})
    ident, other_ident = made["Audit"], made["Themed"]
    first = content.decode().splitlines()[1].split(",", 3)[3].strip('"')
    with served(tmp_path) as app:
        ana = sign_in(browser, app.address, "ana")
        opened(ana, f"{app.address}/consultations")
        expect(ana.get_by_text("until you delete the consultation")).to_be_visible()
        opened(ana, f"{app.address}/responses?consultation={ident}")
        expect(ana.get_by_text(first)).to_be_visible()
        renames(ana, app.address, other_ident)
        ana.reload()
        expect(ana.get_by_text(RENAMED).first).to_be_visible(timeout=60_000)

        other = browser.new_context().new_page()
        for where in ("consultations", "responses", "review", "overview", ""):
            other.goto(f"{app.address}/{where}?consultation={ident}")
            other.locator("h1").first.wait_for(timeout=60_000)
            settled(other)
            assert not [t for t in (first, RENAMED, "Audit") if t in other.content()], where

        away_while_it_runs(ana, app.address, Store(tmp_path), other_ident)
        opened(ana, f"{app.address}/review?consultation={other_ident}")
        expect(ana.get_by_text(RENAMED).first).to_be_visible(timeout=60_000)
        ana.context.close()  # as after a long break: the server has forgotten the session
        ana = sign_in(browser, app.address, "ana")
        opened(ana, f"{app.address}/themes?consultation={other_ident}")
        expect(ana.get_by_text(RENAMED).first).to_be_visible(timeout=60_000)
    with served(tmp_path) as app:  # the same store, another process
        ana = sign_in(browser, app.address, "ana")
        opened(ana, f"{app.address}/consultations")
        expect(ana.get_by_text("Audit").first).to_be_visible()
        opened(ana, f"{app.address}/review?consultation={other_ident}")
        expect(ana.get_by_text(RENAMED).first).to_be_visible(timeout=60_000)
    stored = Store(tmp_path).latest_run(ident)
    assert stored is not None
    assert stored.meta["left_the_machine"]["calls"] == 0


def away_while_it_runs(ana: Page, address: str, store: Store, ident: str) -> None:
    """The network goes as soon as an analysis has been asked for, and comes back after its end."""
    before = store.latest_run(ident)
    opened(ana, f"{address}/analysis?consultation={ident}")
    ana.get_by_role("button", name="Start the analysis").click()
    expect(ana.get_by_role("button", name="Start the analysis")).to_have_count(0, timeout=60_000)
    ana.context.set_offline(True)
    for _ in range(AWAY):
        ana.wait_for_timeout(1000)
        job = store.latest_job(ident)
        if job is not None and not job.active:
            break
    else:
        raise AssertionError("the analysis did not end while nobody looked")
    assert job.state == "done", job.message
    after = store.latest_run(ident)
    assert after is not None
    assert before is not None
    assert after.id != before.id
    ana.wait_for_timeout(20_000)
    ana.context.set_offline(False)


def renames(ana: Page, address: str, ident: str) -> None:
    opened(ana, f"{address}/review?consultation={ident}")
    name = ana.get_by_role("textbox", name="Name", exact=True).first
    name.fill(RENAMED)
    name.press("Tab")
    settled(ana)
    ana.get_by_role("button", name="Rename", exact=True).click()
    expect(ana.get_by_text("renamed “").first).to_be_visible(timeout=60_000)
