"""What a cell is: a number, a date, an e-mail address … or text."""

from __future__ import annotations

import re
from typing import Literal

import pandas as pd

Kind = Literal["empty", "number", "date", "email", "ip", "url", "text"]

_NUMBER = re.compile(
    r"[-+]?\d{1,3}(?:[ ,]\d{3})*(?:[.,]\d+)?%?|[-+]?\d*[.,]?\d+(?:[eE][-+]?\d+)?%?"
)
_DATE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
    r"\d{1,2}(?:st|nd|rd|th)?[ -][A-Za-zé]{3,9}\.?,?[ -]\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4})"
    r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>.]+")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


# Zero-width and direction marks: within a word they mean something, around a cell they do not.
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"


_EDGE = UNSEEN + " \t\r\n\xa0"


def trim(cell: str) -> str:
    """A cell without the white space and the characters that cannot be seen around it."""
    return cell.strip().strip(_EDGE)


def trimmed(cells: pd.Series[str]) -> pd.Series[str]:
    """The same for a column."""
    out = cells.str.strip()
    if out.str.contains(f"^[{UNSEEN}]|[{UNSEEN}]$").any():
        out = out.str.strip(_EDGE)
    return out


def kind_of(cell: str) -> Kind:
    """The kind of one cell, looked at alone."""
    text = cell.strip()
    if not text:
        return "empty"
    if len(text) > 60:
        return "url" if len(text) < 600 and _URL.fullmatch(text) else "text"
    if _IP.fullmatch(text):
        return "ip"
    if _DATE.fullmatch(text):
        return "date"
    if _NUMBER.fullmatch(text):
        return "number"
    if _EMAIL.fullmatch(text):
        return "email"
    return "url" if _URL.fullmatch(text) else "text"
