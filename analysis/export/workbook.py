"""The results as one Excel workbook: nothing in it runs, and nothing is cut in silence.

A cell of Excel holds at most 32,767 characters. A longer text stands whole, in parts, on the sheet
“Long texts”; its own cell holds the beginning and says so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from analysis.export.brief import brief_of
from analysis.export.cells import safe_cell
from analysis.export.content import Content
from analysis.records import each

LONGEST = 32_767  # UTF-16 units, Excel's own limit
PART = 30_000
BEGINNING = 500
CONTINUES = " […] Too long for a cell: the whole text is on the sheet “Long texts”."
WIDE = {"text": 70, "shown_text": 70, "description": 50, "keywords": 40, "example": 70, "name": 32}


def workbook(content: Content) -> bytes:
    """The .xlsx: About, Ledger, Responses, Themes, Code frame, Crosstabs, Asked for, Long texts."""
    book = Workbook(write_only=True)
    long: list[tuple[str, str, str]] = []
    responses = _flagged(content.responses, "response_id", long)
    sheets = {
        "About": _about(content, len(long)),
        "Ledger": _ledger(content.ledger),
        "Responses": responses,
        "Themes": content.themes,
        "Code frame": _code_frame(content),
        "Crosstabs": content.groups,
        "Asked for": _asked(content),
        **_considered(content.meta.get("consideration")),
        "Long texts": _parts(long),
    }
    for name, frame in sheets.items():
        _sheet(book, name, frame)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _considered(record: dict[str, Any] | None) -> dict[str, pd.DataFrame]:
    """What was done about each theme and what was said to be missed, where there is any."""
    sheets = {"You said we did": "responses", "Challenges": "challenges"}
    kept = {name: (record or {}).get(key) for name, key in sheets.items()}
    return {name: pd.DataFrame(rows) for name, rows in kept.items() if rows}


def units(text: str) -> int:
    """Length as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _flagged(frame: pd.DataFrame, key: str, long: list[tuple[str, str, str]]) -> pd.DataFrame:
    """`frame` with `long_text`: the columns whose text is on the sheet of long texts."""
    out = frame.copy()
    flags = pd.Series("", index=frame.index, dtype="str")
    for name in ("text", "shown_text"):
        over = frame[name].map(lambda t: units(safe_cell(t)) > LONGEST)
        for row in each(frame.loc[over, [key, name]].set_axis(["key", "text"], axis=1)):
            long.append((str(row.key), name, row.text))
        out.loc[over, name] = frame.loc[over, name].str[:BEGINNING] + CONTINUES
        flags[over] = (flags[over] + f" {name}").str.strip()
    return out.assign(long_text=flags)


def _parts(long: list[tuple[str, str, str]]) -> pd.DataFrame:
    rows = [
        (key, name, number, text[begin : begin + PART // 2])
        for key, name, text in long
        for number, begin in enumerate(range(0, len(text), PART // 2), 1)
    ]
    return pd.DataFrame(rows, columns=["response_id", "column", "part", "text"])


def _about(content: Content, long: int) -> pd.DataFrame:
    page = brief_of(content)
    rows = [
        ("Consultation", page.title),
        ("Status", page.badge),
        ("Proposal", page.statement),
        ("Who replied", page.received),
        ("Position", page.headline),
        *(("How sure, and why", line) for line in page.sure),
        *(("Read with care", line) for line in page.caveats),
        ("Hidden numbers", f"Cells of groups that count fewer than "
         f"{content.meta['settings']['disclosure_min']} people are empty (shown = false)."),
        ("Texts", "“text” is as received, for the team alone; “shown_text” has personal details "
         "taken out. A cell that might run as a formula begins with an apostrophe."),
        ("Long texts", f"{long} texts are longer than a cell can be; they stand whole, in parts, "
         "on the last sheet."),
        ("Run", page.foot),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["What", "Content"])


def _ledger(ledger: dict[str, Any]) -> pd.DataFrame:
    rows = [("everyone", "received", ledger["received"]), ("everyone", "analysed",
            ledger["analysed"])]  # fmt: skip
    rows += [("everyone", f"excluded: {reason}", n) for reason, n in ledger["excluded"].items()]
    for question in ledger["questions"]:
        rows += [(question["text"], k, v) for k, v in question.items() if k not in ("id", "text")]
    return pd.DataFrame(rows, columns=["of", "count", "n"])


def _code_frame(content: Content) -> pd.DataFrame:
    """Each theme with its parent, description, words, and one reply that shows it."""
    views = [v for q in content.summary for v in [*q["viewpoints"], *q["smaller_views"]]]
    examples: dict[str, str] = {}
    for view in views:
        for quote in view["quotes"][:1]:
            examples.setdefault(view["theme_id"], quote["text"])
    names = dict(zip(content.themes["theme_id"], content.themes["name"], strict=True))
    frame = content.themes[["theme_id", "parent_id", "question_id", "name", "description",
                            "keywords"]]  # fmt: skip
    return frame.assign(
        parent=frame["parent_id"].map(names).fillna(""),
        example=frame["theme_id"].map(examples).fillna(""),
    )


def _asked(content: Content) -> pd.DataFrame:
    rows = [
        (q["question"], r["respondents"], r["text"], r["response_id"], "; ".join(r["cites"]))
        for q in content.summary
        for r in q["asked_for"]["requests"]
    ]
    return pd.DataFrame(rows, columns=["question", "people", "text", "response_id", "replies"])


def _sheet(book: Any, name: str, frame: pd.DataFrame) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(frame.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDE.get(str(column), 18)
    if name == "About":
        sheet.column_dimensions["B"].width = 110
    head = [_cell(sheet, str(c)) for c in frame.columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in _rows(frame):
        sheet.append([_cell(sheet, value) for value in row])


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return iter(frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None))


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", safe_cell(value))
    text = text.encode("utf-8", "replace").decode("utf-8")
    if units(text) > LONGEST:  # a list of replies may be long too; its beginning is enough here
        text = text[:BEGINNING] + " […]"
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
