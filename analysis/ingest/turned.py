"""Tables that lie on their side: questions down the first column, a reply in each column beside."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.ingest.quotes import shape
from analysis.ingest.raw import Raw, text_frame
from analysis.records import Notice

MOST_ROWS = 300  # so many questions at most


def upright(raw: Raw) -> Raw:
    """The table with rows and columns changed over, if it lies on its side; else as it is."""
    if raw.named or not 3 <= len(raw.frame) <= MOST_ROWS or raw.frame.shape[1] < 4:
        return raw
    head = [str(c).strip() for c in raw.frame.iloc[0, 1:]]
    first = raw.frame.iloc[1:, 0].str.strip()
    shapes = {shape(c) for c in head if c}
    references = len(shapes) == 1 and "9" in next(iter(shapes)) and len(set(head)) == len(head)
    if not (references and all(head) and _questions(first)):
        return raw
    message = (
        "The questions stand in the first column and each reply in a column of its own: rows and "
        "columns were changed over, and rows named in messages are columns of the file."
    )
    frame = text_frame(raw.frame.T.to_numpy(dtype=object).tolist())
    return replace(raw, frame=frame, merges=(), notices=(*raw.notices, Notice("turned", message)))


def _questions(first: pd.Series[str]) -> bool:
    """Are the cells below the corner questions, each asked once?"""
    asked = int(first.str.endswith("?").sum())
    return asked >= 2 and asked >= 0.3 * len(first) and first.nunique() == len(first)
