"""Excel 2003's XML workbooks, which some tools still write under the name .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import parse

from analysis.errors import FileError
from analysis.ingest.raw import Merge, Raw, ReadOptions, text_frame
from analysis.records import SheetInfo

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST = 16_384


def read_xml_sheet(data: bytes, options: ReadOptions) -> Raw:
    """The sheet asked for, else the one with the most text.

    Raises FileError if the XML is broken, dangerous or holds no worksheet.
    """
    try:
        root = parse(io.BytesIO(data)).getroot()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise FileError(
            "The file is a damaged Excel XML workbook; open it in Excel and save it as XLSX."
        ) from None
    sheets = {
        sheet.get(f"{_SS}Name", f"Sheet {i}"): _rows(sheet)
        for i, sheet in enumerate(root.iter(f"{_SS}Worksheet"), 1)
    }
    if not sheets:
        raise FileError("The XML workbook holds no worksheet; export the responses again.")
    if options.sheet and options.sheet not in sheets:
        names = ", ".join(f"“{name}”" for name in sheets)
        raise FileError(f"There is no sheet “{options.sheet}” in the workbook; it has {names}.")
    name = options.sheet or max(sheets, key=lambda n: sum(len(c) for r in sheets[n][0] for c in r))
    infos = tuple(SheetInfo(n, max(0, len(rows) - 1), False) for n, (rows, _) in sheets.items())
    rows, merges = sheets[name]
    return Raw(text_frame(rows), sheet=name, sheets=infos, merges=tuple(merges))


def _rows(sheet: Element) -> tuple[list[list[str]], list[Merge]]:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    for element in sheet.iter(f"{_SS}Row"):
        place = _number(element.get(f"{_SS}Index"), len(rows) + 1)
        while len(rows) < min(place, len(rows) + _MOST) - 1:
            rows.append([])
        row: list[str] = []
        for left, across, text in _cells(element):
            row += [""] * (left - len(row)) + [text] + [""] * across
            if across:
                merges.append(Merge(len(rows) + 1, left, len(rows) + 1, left + across))
        rows.append(row)
    return rows, merges


def _cells(row: Element) -> Iterator[tuple[int, int, str]]:
    at = 0
    for cell in row.iter(f"{_SS}Cell"):
        left = min(max(at, _number(cell.get(f"{_SS}Index"), at + 1) - 1), _MOST)
        across = min(_number(cell.get(f"{_SS}MergeAcross"), 0), _MOST)
        data = cell.find(f"{_SS}Data")
        yield left, across, _text(data)
        at = left + across + 1


def _text(data: Element | None) -> str:
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00")
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE"
    return text


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default
