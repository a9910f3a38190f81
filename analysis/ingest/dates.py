"""Dates of a whole column under one rule: day first or month first, never row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.records import DateOrder

_MONTHS = {
    m: i
    for i, m in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_NAME = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3,9})\.?,?[- ](\d{4}|\d{2})")
_US_WORDS = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?", re.I)


@dataclass(frozen=True)
class Dates:
    """values: ISO text, or the cell's own text where it is no date ("" stays "").

    rule: what was decided, in words. proven: no other reading is possible.
    unread: how many cells are not dates under the rule.
    """

    values: list[str]
    rule: str
    proven: bool
    unread: int


def parse_dates(cells: Sequence[str], order: DateOrder = "") -> Dates:
    """A column of dates. If most cells cannot be read, all keep their text.

    order: what the team says of dates such as 03/04/2026; it is not second-guessed.
    """
    texts = [c.strip() for c in cells]
    if is_serial(texts):
        return Dates([_from_serial(t) for t in texts], "Excel day numbers", True, 0)
    first = second = dotted = plain = False
    for text in texts:
        if m := _NUMERIC.match(_DAY_NAME.sub("", text)):
            plain = True
            first |= int(m[1]) > 12
            second |= int(m[3]) > 12
            dotted |= m[2] == "."
    if first and second and not order:
        return Dates(list(texts), "day and month change places from row to row", True, len(texts))
    day_first = order == "day first" if order else not second
    values = [_iso(text, day_first) for text in texts]
    filled = sum(1 for t in texts if t)
    unread = sum(1 for t, v in zip(texts, values, strict=True) if t and v is None)
    if unread > 0.2 * filled:
        return Dates(list(texts), "not dates", True, unread)
    kept = [t if v is None else v for t, v in zip(texts, values, strict=True)]
    rule = ("day first" if day_first else "month first") if plain else "year first or in words"
    proven = first or second or dotted or not plain or bool(order)
    return Dates(kept, rule, proven, unread)


def is_serial(cells: Sequence[str]) -> bool:
    """Are all cells Excel's numbers for days between 1982 and 2064?"""
    filled = [c for c in cells if c]
    return bool(filled) and all(
        _SERIAL.fullmatch(c) and 30_000 <= float(c) < 60_000 for c in filled
    )


def _from_serial(text: str) -> str:
    if not text:
        return ""
    seconds = round(float(text) * 86_400)
    moment = dt.datetime(1899, 12, 30) + dt.timedelta(seconds=seconds)
    return moment.isoformat() if seconds % 86_400 else moment.date().isoformat()


def _iso(text: str, day_first: bool) -> str | None:
    if not text:
        return ""
    body = _DAY_NAME.sub("", text)
    found = _date(body, day_first)
    if found is None:
        return None
    day, rest = found
    rest = rest.strip(" ,T")
    if not rest:
        return day.isoformat()
    try:
        return dt.datetime.fromisoformat(text.replace(" ", "T", 1)).isoformat()
    except ValueError:
        clock = _clock(rest)
    return None if clock is None else dt.datetime.combine(day, clock).isoformat()


def _date(body: str, day_first: bool) -> tuple[dt.date, str] | None:
    if m := _YEAR_FIRST.match(body):
        parts = int(m[1]), int(m[2]), int(m[3])
    elif m := _NUMERIC.match(body):
        day, month = (m[1], m[3]) if day_first else (m[3], m[1])
        parts = _year(m[4]), int(month), int(day)
    elif m := _WORDS.match(body):
        parts = _year(m[3]), _MONTHS.get(m[2][:3].lower(), 0), int(m[1])
    elif m := _US_WORDS.match(body):
        parts = int(m[3]), _MONTHS.get(m[1][:3].lower(), 0), int(m[2])
    else:
        return None
    try:
        return dt.date(*parts), body[m.end() :]
    except ValueError:
        return None


def _year(text: str) -> int:
    number = int(text)
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def _clock(text: str) -> dt.time | None:
    m = _TIME.match(text)
    if not m:
        return None
    hour = int(m[1])
    if m[4]:
        hour = hour % 12 + (12 if m[4].lower() == "p" else 0)
    try:
        return dt.time(hour, int(m[2]), int(m[3] or 0))
    except ValueError:
        return None
