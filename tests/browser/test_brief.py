"""The brief prints on one page of A4, also where every text on it is as long as it may be."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader

from analysis.export.brief import brief
from analysis.export.content import Content
from analysis.export.report import brief_document

pytestmark = pytest.mark.browser
WORDS = (
    "consultation", "respondents", "described", "several", "difficulties", "with",
    "appointments", "lately",
)  # fmt: skip


def words(count: int, first: int = 0) -> str:
    return " ".join(WORDS[(n + first) % len(WORDS)] for n in range(count)).capitalize() + "."


def quote(count: int) -> dict[str, Any]:
    return {"text": words(count), "response_id": "AIPS-000123-q12", "start": 0, "end": 9}


def view(number: int, side: str, count: int) -> dict[str, Any]:
    sentences = [{"text": "Many raised it.", "cites": [f"r{n}" for n in range(20)]},
                 {"text": words(25), "cites": ["r1"], "written_by": "model"}]  # fmt: skip
    return {"theme_id": f"t{number}", "theme": words(6, number), "position": side,
            "respondents": 10, "sentences": sentences, "quotes": [quote(count)] * 2}  # fmt: skip


def question(number: int, count: int) -> dict[str, Any]:
    themes = [3 * number + n for n in range(3)]
    raised = [{"theme_id": f"t{n}", "theme": words(6, n), "n": 1234 - n} for n in themes]
    few = {"theme_id": "f", "theme": words(6), "respondents": 12, "few": True,
           "quotes": [quote(min(count, 12))]}  # fmt: skip
    part = {"n": 3, "base": 4}
    request = {"respondents": 12, "text": words(min(count, 30), number), "cites": [f"r{number}"]}
    return {
        "question_id": f"q{number}", "question": words(40), "base": 12_345,
        "viewpoints": [view(n, side, count) for n in themes for side in ("support", "oppose")],
        "smaller_views": [few] * 9, "asked_for": {"requests": [request]},
        "organisations": {"base": 5_678, "themes": raised},
        "coverage": {"listed": {"points": part}}, "caveats": [words(14), words(15)],
        "reads_like_an_instruction": [],
    }  # fmt: skip


def content(count: int) -> Content:
    """A consultation whose every text is long; quotations of `count` words."""
    closed = {"id": "c", "text": words(60), "kind": "single"}
    groups = [{"group": words(5, n), "n": 1_234 - n} for n in range(12)]
    facts = {
        "title": words(30), "statement": words(60), "invented": True, "position_question": "c",
        "questions": [closed, *({"id": f"q{n}", "text": words(40), "kind": "open"}
                                for n in range(3))],
        "who_replied": {"attribute": words(8), "groups": groups},
    }  # fmt: skip
    meta = {
        "run_id": "0123456789abcdef", "counting": "all", "consultation": facts,
        "backends": {n: {"name": words(8), "reason": words(8)} for n in ("themes", "wording")},
        "settings": {"disclosure_min": 5}, "left_the_machine": {"calls": 9},
        "problems": ["x"], "struck": [{"kind": "viewpoint"}],
    }  # fmt: skip
    sides = ("support", "mixed", "oppose", "unclear", "not stated")
    positions = pd.DataFrame(
        [("position", "", side, 12_345, 61_725) for side in sides],
        columns=["measure", "attribute", "value", "n", "base"],
    )
    themes = pd.DataFrame({"theme_id": [f"t{n}" for n in range(9)], "stability": 0.5})
    responses = pd.DataFrame({"response_id": ["r0"], "campaign_id": [""]}, dtype="str")
    excluded = dict.fromkeys(("closed_only", "blank", "no_content", "not_read"), 12_345)
    ledger = {"received": 61_725, "analysed": 12_345, "excluded": excluded}
    empty = pd.DataFrame()
    differences = pd.DataFrame(
        [("theme", f"t{n}", words(8), words(5), 12_345, 61_725, 123, 61_725, 0.2, True)
         for n in range(9)],
        columns=["measure", "value", "attribute", "group", "n", "base", "others_n", "others_base",
                 "difference", "clear"],
    )  # fmt: skip
    return Content(ledger, [question(n, count) for n in range(3)], meta, responses, themes, empty,
                   positions, differences)  # fmt: skip


def pages(html: str, folder: Path) -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium (Debian: apt-get install chromium)")
    (folder / "brief.html").write_text(html, encoding="utf-8")
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={folder / 'brief.pdf'}", (folder / "brief.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return len(PdfReader(folder / "brief.pdf").pages)


@pytest.mark.parametrize("count", [2, 5, 8, 12, 20, 30, 45])
def test_a_full_page_is_one_page(tmp_path: Path, count: int) -> None:
    assert pages(brief(content(count)), tmp_path) == 1


@pytest.mark.parametrize("count", [2, 5, 8, 12, 20, 30, 45])
def test_the_same_page_in_a_word_processor_is_one_page(tmp_path: Path, count: int) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice (Debian: apt-get install libreoffice-writer)")
    (tmp_path / "brief.docx").write_bytes(brief_document(content(count)))
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "brief.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len(PdfReader(tmp_path / "brief.pdf").pages) == 1


def test_a_page_that_is_too_long_would_be_seen(tmp_path: Path) -> None:
    twice = brief(content(12)).replace("</main>", words(2_000) + "</main>")
    assert pages(twice, tmp_path) > 1
