"""All results as one JSON document, for other programs."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from analysis.export.content import TABLES, Content

FORMAT = "heard-results/1"


def bundle(content: Content) -> str:
    """JSON: format, run, ledger, summary as in their files; each table as a list of rows."""
    tables = {name: _rows(getattr(content, name)) for name in TABLES}
    whole = {"format": FORMAT, "run": content.meta, "ledger": content.ledger,
             "summary": content.summary, **tables}  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=6))
    return rows
