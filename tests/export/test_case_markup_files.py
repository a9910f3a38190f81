"""Typed markup in files that are taken away (APP-01, APP-03): each opened and read again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

from analysis.export.content import Content, content_of
from analysis.export.files import EXPORTS
from analysis.export.tables import download, responses_table
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts

FILES = {"APP-01": "markdown.csv", "APP-03": "xss.csv"}
ENDS = ("", " This matters to us.", " Please look at it.", " I say so again.", " So do others.")
ACTIVE = {"script", "img", "iframe", "object", "embed", "form", "link", "base", "svg", "video"}
EXPORT = {export.file: export for export in EXPORTS}


@pytest.fixture(scope="module", params=FILES)
def made(
    request: pytest.FixtureRequest, cases: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Run, Content, list[str]]:
    """The case's replies, each by five people in other words, so that some are quoted."""
    given = pd.read_csv(cases / request.param / FILES[request.param], dtype=str)
    column = given.columns[-1]
    whole = pd.concat([given.assign(**{column: given[column] + end}) for end in ENDS])
    whole["Response ID"] = [f"R{n:03}" for n in range(len(whole))]
    table = read(whole.to_csv(index=False).encode(), name="case.csv")
    result = run(
        build([table], propose([table], "Case")), Settings(),
        Artefacts(tmp_path_factory.mktemp("run")),
    )  # fmt: skip
    return result, content_of(result), whole[column].tolist()


class Page(HTMLParser):
    """The tags with their attributes, and what a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def quoted(content: Content) -> list[str]:
    return [q["text"] for s in content.summary for v in s["viewpoints"] for q in v["quotes"]]


def test_the_web_page_holds_words_and_nothing_that_acts(
    made: tuple[Run, Content, list[str]],
) -> None:
    _, content, texts = made
    data = EXPORT["brief.html"].make(content).decode()
    page = Page(data)
    assert not ACTIVE & {tag for tag, _ in page.tags}
    addresses = [v or "" for _, own in page.tags for k, v in own.items() if k in ("href", "src")]
    assert not [a for a in addresses if "example.org" in a or a.startswith("javascript")]
    assert not [k for _, own in page.tags for k in own if k.startswith("on")]
    title = re.search(r"<title>(.*?)</title>", data, re.S)
    assert title
    assert "XSS" not in title.group(1)
    shown = folded("".join(page.words))
    used = [q for q in quoted(content) if folded(q) in shown]
    assert used  # letter for letter, in the quotations of the page
    assert any(set(q) & set("<>$*`~[#") for q in used)
    assert not [t for t in texts if set(t) & set("<>") and t in data]  # as typed it would be read


def test_word_files_hold_words_and_link_nowhere(made: tuple[Run, Content, list[str]]) -> None:
    _, content, _ = made
    for name in ("report.docx", "brief.docx", "atrs.docx"):
        data = EXPORT[name].make(content)
        paper = Document(io.BytesIO(data))
        outside = [r.target_ref for r in paper.part.rels.values() if r.is_external]
        assert not outside, name
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert not [p for p in parts.namelist() if "vba" in p or "embeddings" in p], name
        words = [p.text for p in paper.paragraphs]
        words += [c.text for t in paper.tables for row in t.rows for c in row.cells]
        shown = folded(" ".join(words))
        if name == "report.docx":
            assert quoted(content)
            assert not [q for q in quoted(content) if folded(q) not in shown]


def test_workbook_json_and_csv_give_every_reply_letter_for_letter(
    made: tuple[Run, Content, list[str]],
) -> None:
    result, content, texts = made
    book = load_workbook(io.BytesIO(EXPORT["results.xlsx"].make(content)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.hyperlink or c.data_type == "f"]
    in_book = {folded(str(c.value).lstrip("'")) for c in cells if c.value is not None}
    bundle = json.loads(EXPORT["results.json"].make(content))
    in_json = {folded(str(row["text"])) for row in bundle["responses"]}
    taken = read(download(responses_table(result)), name="responses.csv").rows
    in_csv = {folded(text.lstrip("'")) for text in taken["text"]}
    for text in map(folded, texts):
        assert (text in in_book, text in in_json, text in in_csv) == (True, True, True), text
