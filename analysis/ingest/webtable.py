"""Tables in HTML, as old tools write them under the name .xls: read as text, nothing is run."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from analysis.errors import FileError
from analysis.ingest.encoding import find_encoding
from analysis.ingest.raw import MOST_COLUMNS, Merge, Raw, ReadOptions, text_frame
from analysis.records import Notice

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]*)")
_SPANS = re.compile(r"(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_SILENT = {"script", "style", "head", "title", "template"}
_BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3"}
_MAX_SPAN = 1_000
_MAX_CELLS = 20_000_000


@dataclass
class _Cell:
    text: list[str] = field(default_factory=list)
    across: int = 1
    down: int = 1


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """("text", …) and ("tag", "<td …>") in order.

    Each search either moves on or ends the page, so that no page, however broken, takes longer
    than its length: the standard library's parser can be made to run for hours.
    """
    at = 0
    while at < len(text):
        mark = text.find("<", at)
        if mark < 0:
            yield "text", text[at:]
            return
        if mark > at:
            yield "text", text[at:mark]
        opening = text[mark : mark + 4]
        close, size = ("-->", 3) if opening == "<!--" else (">", 1)
        if not _TAG.match(text, mark) and opening[:2] not in ("<!", "<?", "</"):
            yield "text", "<"
            at = mark + 1
            continue
        end = text.find(close, mark + 1)
        if end < 0:
            return
        tag = _TAG.match(text, mark)
        if tag and tag[1].lower() in _SILENT and opening[1] != "/":
            end, size = _past(text, end + 1, tag[1].lower()), 0
        elif tag:
            yield "tag", text[mark : min(end, mark + 2000)]
        at = end + size


def _past(text: str, at: int, tag: str) -> int:
    """The end of an element whose content is not shown; the page's end if it is never closed."""
    found = re.compile(rf"</{tag}\b[^>]*>", re.IGNORECASE).search(text, at)
    return found.end() if found else len(text)


def page_text(text: str) -> str:
    """The words of a web page or of an e-mail written as one, with its line breaks."""
    parts = []
    for kind, token in _tokens(text):
        found = _TAG.match(token) if kind == "tag" else None
        if found and found[1].lower() in _BREAKS:
            parts.append("\n")
        elif kind == "text":
            parts.append(re.sub(r"[ \t\r\n\f]+", " ", unescape(token)))
    lines = [line.strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


@dataclass
class _Page:
    """Collects the cells of every table; a table inside a cell becomes part of its text."""

    tables: list[list[list[_Cell]]] = field(default_factory=list)
    depth: int = 0
    cell: _Cell | None = None

    def read(self, text: str) -> None:
        for kind, token in _tokens(text):
            if kind == "tag":
                found = _TAG.match(token)
                name = found[1].lower() if found else ""
                (self._close if token.startswith("</") else self._open)(name, token)
            elif self.cell is not None:
                # White space in HTML's source is one space; only its tags break lines.
                self.cell.text.append(re.sub(r"[ \t\r\n\f]+", " ", unescape(token)))

    def _open(self, tag: str, token: str) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
        elif self.depth == 1 and tag == "tr":
            self.cell = None
            self.tables[-1].append([])
        elif self.depth == 1 and tag in ("td", "th"):
            if not self.tables[-1]:
                self.tables[-1].append([])
            spans = {name.lower(): value for name, value in _SPANS.findall(token)}
            self.cell = _Cell([], _span(spans.get("colspan")), _span(spans.get("rowspan")))
            self.tables[-1][-1].append(self.cell)
        elif self.cell is not None and tag in _BREAKS:
            self.cell.text.append("\n")

    def _close(self, tag: str, token: str) -> None:
        del token
        if tag == "table":
            self.depth = max(0, self.depth - 1)
            self.cell = self.cell if self.depth else None
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self.cell = None
        elif self.cell is not None and tag in _BREAKS - {"br"}:
            self.cell.text.append("\n")


def _span(value: str | None) -> int:
    return max(1, min(int(value), _MAX_SPAN)) if value else 1


def read_web(data: bytes, options: ReadOptions) -> Raw:
    """The largest table of an HTML page. Raises FileError if there is none."""
    found = _CHARSET.search(data[:4096])
    declared = found[1].decode("ascii") if found else None
    try:
        encoding = find_encoding(data, options.encoding)
        if not options.encoding and encoding.name == "windows-1252" and declared:
            encoding = find_encoding(data, declared)
    except FileError:
        if options.encoding:
            raise
    with io.TextIOWrapper(io.BytesIO(data), encoding.codec, encoding.errors) as stream:
        text = stream.read()
    page = _Page()
    page.read(text)
    grids = [_grid(table) for table in page.tables]
    rows, merges = max(grids, key=_weight, default=([], []))
    if not any(any(row) for row in rows):
        raise FileError(
            "The file is a web page without a table of responses; export them as CSV or XLSX."
        )
    message = "The file is a web page (HTML); its largest table is read as text, nothing is run."
    notice = Notice("html_file", message)
    return Raw(text_frame(rows), encoding.name, merges=tuple(merges), notices=(notice,))


def _weight(grid: tuple[list[list[str]], list[Merge]]) -> int:
    return sum(1 for row in grid[0] for cell in row if cell)


def _grid(table: list[list[_Cell]]) -> tuple[list[list[str]], list[Merge]]:
    """Cells with spans laid out in rows and columns."""
    rows: list[list[str]] = []
    merges: list[Merge] = []
    pending: dict[int, int] = {}  # column → rows that a cell above still covers
    total = 0
    for number, cells in enumerate(table, 1):
        row: list[str] = []
        queue = deque(cells)
        if len(queue) > MOST_COLUMNS:
            raise FileError("The table in the web page has too many columns; export it as CSV.")
        while queue or any(c >= len(row) for c in pending):
            if len(row) in pending:
                _use(pending, len(row))
                row.append("")
                continue
            if not queue:
                row.append("")
                continue
            cell = queue.popleft()
            left = len(row)
            row += [_clean(cell), *[""] * (cell.across - 1)]
            if cell.across > 1 or cell.down > 1:
                merges.append(Merge(number, left, number + cell.down - 1, left + cell.across - 1))
            if cell.down > 1:
                pending |= dict.fromkeys(range(left, len(row)), cell.down - 1)
            total += cell.across
            if total > _MAX_CELLS:
                raise FileError("The table in the web page is too large; export it as CSV.")
        rows.append(row)
    return rows, merges


def _use(pending: dict[int, int], column: int) -> None:
    pending[column] -= 1
    if pending[column] <= 0:
        del pending[column]


def _clean(cell: _Cell) -> str:
    lines = [" ".join(line.split(" ")).strip() for line in "".join(cell.text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().replace("\xa0", " ")
