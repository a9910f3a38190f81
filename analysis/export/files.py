"""The exports by name: what each is, how it is made, and what its file is called."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import FileError
from analysis.export.brief import brief
from analysis.export.bundle import bundle
from analysis.export.content import Content, load_content
from analysis.export.report import brief_document, report
from analysis.export.transparency import record
from analysis.export.workbook import workbook

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Export:
    """One kind of file: `to` is its name on the command line. received: texts as received and
    every count of everyone are in it, so it is the team's; others are made to be passed on."""

    to: str
    file: str
    title: str
    says: str
    mime: str
    make: Callable[[Content], bytes]
    received: bool = False


EXPORTS = (
    Export("html", "brief.html", "Minister’s brief (web page, prints on one A4 page)",
           "One page: who replied, position, five themes, requests, how sure.",
           "text/html", lambda c: brief(c).encode()),
    Export("docx", "brief.docx", "Minister’s brief (Word)", "The same page, to be edited.",
           _WORD, brief_document),
    Export("docx", "report.docx", "Report, question by question (Word)",
           "As consultation reports are written: tables, themes, quotations, requests, method.",
           _WORD, report),
    Export("xlsx", "results.xlsx", "Workbook (Excel)",
           "Responses, themes, code frame, crosstabs, ledger. For the team: it holds the texts as "
           "received and small counts.", _EXCEL, workbook, received=True),
    Export("json", "results.json", "Everything (JSON)",
           "For other programs. For the team: it holds the texts as received and small counts.",
           "application/json", lambda c: bundle(c).encode(), received=True),
    Export("atrs", "atrs.docx", "Algorithmic transparency record (Word)",
           "Tiers 1 and 2 filled from the run, with the data flow; what only a person can fill is "
           "marked.", _WORD, record),
)  # fmt: skip
KINDS = tuple(dict.fromkeys(e.to for e in EXPORTS))


def export(folder: Path, to: str) -> list[Path]:
    """Writes the exports of one kind into a folder that `run` wrote, and returns their paths.

    Raises FileError if the folder is none of ours or cannot be written.
    """
    content = load_content(folder)
    made = [(folder / e.file, e.make(content)) for e in EXPORTS if e.to == to]
    try:
        for path, data in made:
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            part.write_bytes(data)
            part.replace(path)
    except OSError as cause:
        raise FileError(f"{folder} cannot be written: {cause.strerror}.") from cause
    return [path for path, _ in made]
