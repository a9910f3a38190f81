"""Files that cannot be taken: one sentence on the screen, nothing half-stored, the app alive."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from analysis.sample import ID as SAMPLE
from analysis.store.store import Store
from tests.browser.conftest import free_port, started
from tests.browser.test_journey import open_page, settled

pytestmark = pytest.mark.browser
GOOD = "ID,Region,What do you think?\nR1,North,The form is far too long for me\nR2,South,Ring us\n"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return out.getvalue()


def cut_short() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for n in range(200):
        book.worksheets[0].append([f"R{n}", f"Reply number {n} says that the phone is busy"])
    book.save(out)
    return out.getvalue()[: out.tell() * 2 // 3]


def upload(page: Page, app: str, file: Path) -> None:
    open_page(page, app, "consultations", "Consultations")
    settled(page)
    page.locator("input[type=file]").first.set_input_files(file)
    settled(page)


def kept(home: Path) -> tuple[list[str], list[str]]:
    """The consultations in the store, and the uploaded files in its folder."""
    files = sorted(p.parent.parent.name for p in home.rglob("files/*") if p.is_file())
    return [e.id for e in Store(home).entries()], files


def refused(page: Page, app: str, file: Path) -> str:
    upload(page, app, file)
    page.get_by_role("button", name="Read the files").click()
    expect(page.get_by_text("This did not work")).to_be_visible(timeout=120_000)
    settled(page)
    box = page.locator("main [data-testid=stVerticalBlock]").filter(has_text="This did not work")
    return box.last.locator("[data-testid=stText]").inner_text()


def test_a_file_that_cannot_be_taken(cases: Path, tmp_path: Path, page: Page) -> None:
    home, made = tmp_path / "home", tmp_path / "made"
    home.mkdir()
    made.mkdir()
    (made / "bomb.xlsx").write_bytes(bomb())
    (made / "cut.xlsx").write_bytes(cut_short())
    (made / "large.csv").write_text(GOOD + "R,North,The phone is busy all day\n" * 40_000)
    (made / "good.csv").write_text(GOOD)
    locked = cases / "ING-18" / "protected.xlsx"
    with started(home, free_port(), STREAMLIT_SERVER_MAX_UPLOAD_SIZE="1") as app:
        open_page(page, app, "consultations", "Consultations")
        settled(page)
        before = kept(home)
        assert before[0] == [SAMPLE]
        for file, word in ((made / "bomb.xlsx", "bomb"), (made / "cut.xlsx", "damaged"),
                           (locked, "password")):  # fmt: skip
            said = refused(page, app, file)
            assert word in said, said
            assert len(said) < 250
            assert "\n" not in said
            assert "Traceback" not in said
            assert kept(home) == before, file.name
        upload(page, app, made / "large.csv")
        expect(page.get_by_text("File must be 1.0MB or smaller")).to_be_visible()
        expect(page.get_by_role("button", name="Read the files")).to_be_disabled()
        assert kept(home) == before
        upload(page, app, made / "good.csv")
        page.get_by_role("button", name="Read the files").click()
        expect(page.get_by_role("heading", name="Columns", exact=True)).to_be_visible()
        assert len(kept(home)[0]) == 2
