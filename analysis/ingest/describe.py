"""What was understood of a file, as plain data for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.records import Notice, Table


def describe(table: Table, rows: bool = False) -> dict[str, Any]:
    """The object that `read` prints: files, encoding, sheets, layout, columns and warnings.

    rows: also "data", every cell as the text kept.
    """
    out: dict[str, Any] = {
        "files": [table.file],
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "sheets": [{"name": s.name, "rows": s.rows, "hidden": s.hidden} for s in table.sheets],
        "layout": table.layout,
        "header_rows": list(table.header_rows),
        "rows": len(table.rows),
        "columns": [
            {
                "name": c.name,
                "label": c.label,
                "role": c.role,
                "question": c.question,
                "reason": c.reason,
                "values": list(c.values),
            }
            for c in table.columns
        ],
        "warnings": warnings(table.notices),
    }
    if rows:
        out["data"] = table.rows.to_numpy(dtype=object).tolist()
    return out


def warnings(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """Notices as plain data."""
    return [
        {"code": n.code, "row": n.row, "column": n.column, "message": n.message} for n in notices
    ]
