"""Word documents: headings, paragraphs, tables and quotations with one plain look."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Mm, Pt, RGBColor

BLUE, GREY = RGBColor(0x12, 0x43, 0x6D), RGBColor(0x3D, 0x3D, 0x3D)
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: the same results make the same document
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Paper:
    """A document on A4; `size` of its text in points, `margin` in millimetres."""

    def __init__(self, title: str, size: float = 11, margin: float = 20) -> None:
        self.doc: Doc = Document()
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(margin)
        section.top_margin = section.bottom_margin = Mm(margin * 0.8)
        section.header_distance = section.footer_distance = Mm(6)
        self.wide = Mm(210 - 2 * margin)
        normal = self.doc.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(size)
        normal.paragraph_format.space_after = Pt(size * 0.35)
        normal.paragraph_format.line_spacing = 1.0
        for level, larger in ((0, 1.7), (1, 1.3), (2, 1.12), (3, 1.0)):
            style = self.doc.styles["Title" if level == 0 else f"Heading {level}"]
            style.font.name, style.font.size = "Arial", Pt(size * larger)
            style.font.bold, style.font.color.rgb = True, BLUE
            style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
            del style.element.rPr.rFonts.attrib[qn("w:asciiTheme")]
            style.paragraph_format.space_before = Pt(size * 0.7 if level else 0)
            style.paragraph_format.space_after = Pt(size * 0.2)
        facts = self.doc.core_properties
        facts.title, facts.author, facts.language = plain(title)[:250], "Heard", "en-GB"
        facts.created = facts.modified = _FIRST
        self.size = size

    def heading(self, text: str, level: int = 1) -> None:
        self.doc.add_heading(plain(text), level)

    def text(self, text: str, bold: str = "", small: bool = False, above: bool = False) -> None:
        """A paragraph; `bold` stands before it; above: with some room over it."""
        paragraph = self.doc.add_paragraph()
        if above:
            paragraph.paragraph_format.space_before = Pt(self.size * 0.45)
        if bold:
            paragraph.add_run(f"{plain(bold)} ").bold = True
        run = paragraph.add_run(plain(text))
        if small:
            run.font.size, run.font.color.rgb = Pt(self.size * 0.85), GREY

    def quote(self, text: str, source: str) -> None:
        paragraph = self.doc.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(6)
        paragraph.add_run(f"“{plain(' '.join(text.split()))}” ").italic = True
        run = paragraph.add_run(plain(source))
        run.font.size, run.font.color.rgb = Pt(self.size * 0.85), GREY

    def bullets(self, lines: Iterable[str]) -> None:
        for line in lines:
            paragraph = self.doc.add_paragraph(plain(line), style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(self.size * 0.1)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A table whose first row is repeated on each page."""
        table = self.doc.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(plain(text)).bold = True
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for row in rows:
            cells = table.add_row().cells
            for cell, value in zip(cells, row, strict=True):
                cell.text = plain(f"{value:,}" if isinstance(value, int) else str(value))
        self.doc.add_paragraph()

    def columns(
        self, cells: Sequence[Sequence[tuple[str, str]]], shares: Sequence[float] = ()
    ) -> None:
        """Side by side, without lines: of each cell its (bold, text) paragraphs.

        shares: how wide each is beside the others; all are alike without.
        """
        table = self.doc.add_table(rows=1, cols=len(cells))
        shares = shares or [1.0] * len(cells)
        for column, lines, share in zip(table.columns, cells, shares, strict=True):
            (cell,) = column.cells
            column.width = cell.width = Length(int(self.wide * share / sum(shares)))
            for number, (bold, text) in enumerate(lines):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(self.size * 0.15)
                if bold:
                    paragraph.add_run(f"{plain(bold)} ").bold = True
                paragraph.add_run(plain(" ".join(text.split())))

    def footer(self, text: str) -> None:
        run = self.doc.sections[0].footer.paragraphs[0].add_run(plain(text))
        run.font.size, run.font.color.rgb = Pt(self.size * 0.8), GREY

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()


def plain(text: str) -> str:
    """`text` without characters that a document cannot hold; each leaves a mark."""
    return _NO_XML.sub("\ufffd", text)
