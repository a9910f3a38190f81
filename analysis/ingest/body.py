"""Which rows under the header are replies; every other row is named in a notice."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd

from analysis.ingest.headers import Header
from analysis.ingest.quotes import shape
from analysis.ingest.raw import Raw, filled
from analysis.ingest.tools import Layout
from analysis.records import Notice

_FOOT = re.compile(
    r"^(source|notes?|nb|n ?=|base|total|totals|grand total|sum|average|mean|median|count|©|\*|"
    r"last updated|generated|exported|end of)\b.*|^[*†‡©].*",
    re.IGNORECASE | re.DOTALL,
)

_SUMS = (
    "total", "totals", "grand total", "subtotal", "sum", "average", "mean", "median", "count",
    "minimum", "maximum", "min", "max", "base", "standard deviation",
)  # fmt: skip


def replies(raw: Raw, header: Header, layout: Layout) -> tuple[pd.DataFrame, list[Notice]]:
    """The rows that are replies, with the columns' names; every other row is in a notice."""
    notices: list[Notice] = []
    body = raw.frame.iloc[header.first :, list(header.labels.positions)]
    body = body.set_axis(list(header.labels.names), axis=1)
    full = filled(body)
    counts = full.sum(axis=1)
    drop = pd.Series(counts == 0, index=body.index)
    notices += _drop_blank(body, drop)
    if raw.delimiter:
        notices += _join_lines(body, counts, drop)
    notices += _drop_foot(body, counts, drop)
    notices += _drop_repeated(raw, header, body, drop)
    notices += _drop_documents(body, layout, drop)
    notices += _too_wide(header, full & ~drop.to_numpy()[:, None])
    return body.loc[~drop], notices


def _drop_blank(body: pd.DataFrame, drop: pd.Series) -> list[Notice]:
    used = drop[~drop].index
    inner = int(drop.loc[: used[-1]].sum()) if len(used) else 0
    if not inner:
        return []
    row = int(drop[drop].index[0])
    return [Notice("blank_rows", f"{inner} blank rows were passed over (first: row {row}).", row)]


def _behind_blank(counts: pd.Series, i: int) -> bool:
    """Does nothing but rows of one cell stand between this row and a blank one above?"""
    above = counts.iloc[:i][::-1]
    first = above[above != 1]
    return len(first) > 0 and int(first.iloc[0]) == 0


def _join_lines(body: pd.DataFrame, counts: pd.Series, drop: pd.Series) -> list[Notice]:
    """Lines that go on with the answer above, since a line break was not quoted.

    Such a line is words in the first column, where nearly all rows are whole and have a number.
    """
    whole = counts == len(body.columns)
    numbered = body.iloc[:, 0].str.contains(r"\d")
    if len(body.columns) < 3 or (whole & numbered).sum() < 0.5 * (~drop).sum():
        return []
    lone = (counts == 1) & (body.iloc[:, 0] != "") & ~numbered & ~drop
    lone &= ~body.iloc[:, 0].str.match(_FOOT)
    rows: list[int] = []
    for i in np.flatnonzero(lone.to_numpy()):
        above = next((j for j in range(int(i) - 1, -1, -1) if not lone.iloc[j]), -1)
        if above < 0 or not whole.iloc[above] or drop.iloc[above]:
            continue
        body.iat[above, -1] = "\n".join(map(str, (body.iat[above, -1], body.iat[int(i), 0])))
        drop.iloc[int(i)] = True
        rows.append(int(body.index[int(i)]))
    if not rows:
        return []
    listed = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
    message = (
        f"{len(rows)} lines (rows {listed}) hold words only and no cells of their own; they were "
        "read as going on with the answer above, whose line breaks are not in quotation marks."
    )
    return [Notice("joined_lines", message, rows[0])]


def _drop_foot(body: pd.DataFrame, counts: pd.Series, drop: pd.Series) -> list[Notice]:
    notices: list[Notice] = []
    width = int(counts.max()) if len(counts) else 0
    shapes = Counter(shape(str(v)) for v in body.iloc[:200, 0]) if width else Counter()
    for i in range(len(body) - 1, max(-1, len(body) - 30), -1):
        if drop.iloc[i]:
            continue
        row = body.iloc[i]
        texts = [str(cell).strip() for cell in row if str(cell).strip()]
        apart = bool(notices) or _behind_blank(counts, i)
        lone = len(texts) == 1 and width >= 3 and str(row.iloc[0]).strip() == texts[0]
        total = len(texts) >= 2 and texts[0].lower().rstrip(":") in _SUMS
        look = shape(texts[0])
        # A respondent who gave nothing but a reference of the usual shape is no footnote.
        reply = lone and "9" in look and shapes[look] > 1 and not _FOOT.match(texts[0])
        if reply or not ((lone and (apart or _FOOT.match(texts[0]))) or total):
            break
        drop.iloc[i] = True
        number = int(body.index[i])
        text = " ".join(" ".join(texts).split())[:120]
        message = (
            f"Row {number} is a note under the table, not a reply, and was left out: “{text}”."
        )
        notices.append(Notice("footnote", message, number))
    return notices[::-1]


def _too_wide(header: Header, full: pd.DataFrame) -> list[Notice]:
    """Rows with cells beyond the header: an answer may hold an unquoted delimiter."""
    headed = [i for i, has in enumerate(header.labels.headed) if has]
    if not headed or not header.rows:
        return []
    beyond = full.iloc[:, headed[-1] + 1 :].any(axis=1)
    rows = [int(row) for row in full.index[beyond]]
    if not rows or len(rows) > 0.2 * len(full):
        return []
    listed = ", ".join(map(str, rows[:10])) + (" …" if len(rows) > 10 else "")
    message = (
        f"{len(rows)} rows have more cells than the header (rows {listed}): an answer may hold a "
        "delimiter without quotation marks, which moved the cells after it. Check these rows."
    )
    return [Notice("too_wide", message, rows[0])]


def _drop_repeated(raw: Raw, header: Header, body: pd.DataFrame, drop: pd.Series) -> list[Notice]:
    if not header.rows or len(body.columns) < 2:
        return []
    line = raw.frame.loc[header.rows[-1]].iloc[list(header.labels.positions)]
    plain = body.copy()
    plain.isetitem(0, plain.iloc[:, 0].str.removeprefix("\ufeff").array)
    same = (plain == line.str.removeprefix("\ufeff").to_numpy()).all(axis=1) & ~drop
    drop |= same
    return [
        Notice("repeated_header", f"Row {row} repeats the header and was left out.", int(row))
        for row in body.index[same]
    ]


def _drop_documents(body: pd.DataFrame, layout: Layout, drop: pd.Series) -> list[Notice]:
    if layout.not_reply is None or layout.not_reply[0] not in body.columns:
        return []
    column, pattern = layout.not_reply
    hits = body[column].str.strip().str.fullmatch(pattern) & ~drop
    drop |= hits
    return [
        Notice(
            "not_a_reply",
            f"Row {row} {layout.not_reply_why} ({body[column].at[row]!s}), and was left out.",
            int(row),
            column,
        )
        for row in body.index[hits]
    ]
