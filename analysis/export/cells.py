"""Cells that a spreadsheet shows and never runs."""

from __future__ import annotations

import pandas as pd

# A cell that begins with one of these may run as a formula or a command when it is opened.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """The text behind an apostrophe if a spreadsheet might run it; `plain_cell` takes it back."""
    return f"'{text}" if text.startswith((*RISKY, "'")) else text


def plain_cell(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy whose texts and column names are safe; numbers are left alone."""
    out = frame.rename(columns=safe_cell)
    for name in out.columns:
        if pd.api.types.is_string_dtype(out[name]):
            out[name] = out[name].map(safe_cell, na_action="ignore")
    return out
