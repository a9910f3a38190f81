"""Whatever people type into a consultation, no page runs it, fetches it or turns it into a link."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import free_port, started
from tests.browser.hostile import ATTACKS, OUTSIDE, prepared, replies
from tests.browser.test_journey import settled
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
# what must not be in a page: a link or source of theirs, and elements that only an attack has
FOREIGN = (
    f"[href*='{OUTSIDE}'], [src*='{OUTSIDE}'], [href^='javascript:'], [onerror], [onload], "
    "main iframe, .katex, main [data-testid=stIconMaterial]:has-text('home')"
)
# show nothing of theirs until they are asked, or until a reader has written
QUIET = {"capture", "ask", "exports", "teach", "answer", "challenges"}
UNTURNED = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def pages() -> list[str]:
    """The paths of PAGES; the module that holds them opens the app when it is imported."""
    tree = ast.parse((ROOT / "dashboard" / "main.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "PAGES":
            assert node.value is not None
            found = ast.literal_eval(node.value)
            return [path for entries in found.values() for _, path, _, _ in entries]
    raise AssertionError("main.py has no PAGES")


@dataclass
class Watch:
    """All that a page did which it must not do."""

    host: str
    outside: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.outside.append(url)

    def said(self, text: str) -> None:
        if OUTSIDE in text or "Content Security Policy" in text:
            self.refused.append(text)


@pytest.fixture
def watch(page: Page) -> Watch:
    made = Watch("")
    page.on("request", lambda request: made.asked(request.url))
    page.on("websocket", lambda socket: made.asked(socket.url))
    page.on("console", lambda message: made.said(message.text))
    page.on("pageerror", lambda error: made.errors.append(str(error)))

    def dismissed(dialog: object) -> None:
        made.dialogs.append(str(dialog))
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", dismissed)
    return made


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path))
    ident = prepared(tmp_path)
    with started(tmp_path, free_port()) as address:
        yield address, ident


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=60_000)
    settled(page)
    folded = page.locator("main [data-testid=stExpander] summary")
    folded.evaluate_all("all => all.forEach(one => one.click())")
    settled(page)


def test_no_page_obeys_what_people_typed(
    hostile: tuple[str, str], page: Page, watch: Watch
) -> None:
    app, ident = hostile
    watch.host = urlsplit(app).netloc
    for path in pages():
        opened(page, f"{app}/{path}?consultation={ident}&edition=1")
        shown = page.locator("main").inner_text()
        assert OUTSIDE in shown or path in QUIET, path
        found = [e.evaluate("e => e.outerHTML.slice(0, 300)") for e in page.locator(FOREIGN).all()]
        assert found == [], path
        assert page.evaluate("window.hacked") is None, path
        assert page.get_by_text("A fault in Heard").count() == 0, path
        assert (watch.outside, watch.dialogs, watch.refused, watch.errors) == ([], [], [], []), path

    opened(page, f"{app}/responses?consultation={ident}")
    for n, text in enumerate(replies()[: len(ATTACKS)]):
        page.get_by_label("Words in the answer").fill(f"Marker{n:02}")
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 answers by 1 people")).to_be_visible(timeout=30_000)
        settled(page)
        texts = page.locator("main [data-testid=stText]").all_text_contents()
        assert text.translate(UNTURNED) in texts, (n, texts)
    assert (watch.outside, watch.dialogs) == ([], [])
