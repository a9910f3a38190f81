"""Bands of numbers written in words: "18 to 24", "65+", "less than £10,000", "Micro (< 10)"."""

from __future__ import annotations

import re

Band = tuple[float, float]

_NUM = r"[£$€]?\s*(\d[\d,. ]*\d|\d)\s*(k|m)?"
_OR_MORE = r"(?:\+|plus\b|or (?:over|older|more|above)|and (?:over|older|above|more)|upwards)"
_LESS = r"(?:under|below|less than|fewer than|up to|younger than|<=?|≤)"
_MORE = r"(?:over|above|more than|at least|older than|>=?|≥|from)"
_TO = r"(?:-|–|—|\bto\b|\band\b|\bup to\b)(?:\s*(?:less than|under|up to))?"
_FLAGS = re.IGNORECASE | re.DOTALL
_UNDER = re.compile(rf".*?{_LESS}\s*{_NUM}.*", _FLAGS)
_OVER = re.compile(rf"(?:.*?{_MORE}\s*{_NUM}.*|.*?{_NUM}[^\d<]{{0,20}}?{_OR_MORE}.*)", _FLAGS)
_RANGE = re.compile(rf"[^\d<>]*?{_NUM}[^\d<>]{{0,12}}?{_TO}\s*{_NUM}[^\d]*", _FLAGS)
_ONE = re.compile(rf"[^\d]*?{_NUM}[^\d]*", re.S)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def band(value: str) -> Band | None:
    """(low, high) of a band, or None. A single number counts only with a unit beside it."""
    if len(value) > 120:
        return None
    text = value.split("[")[0].strip()
    text = re.sub(
        r"\b(" + "|".join(_WORDS) + r")\b", lambda m: str(_WORDS[m[1].lower()]), text, flags=re.I
    )
    if re.match(r"\d{1,2}\s*[-.:)=]\s+[A-Za-z]", text):
        return None  # a numbered level, not a band
    if m := _RANGE.fullmatch(text):
        return _number(m[1], m[2]), _number(m[3], m[4])
    if m := _OVER.fullmatch(text):
        number, unit = (m[1], m[2]) if m[1] else (m[3], m[4])
        return _number(number, unit), float("inf")
    if m := _UNDER.fullmatch(text):
        return 0.0, _number(m[1], m[2])
    if (m := _ONE.fullmatch(text)) and re.search(r"[A-Za-z]", text):
        return _number(m[1], m[2]), _number(m[1], m[2])
    return None


def _number(digits: str, unit: str | None) -> float:
    clean = re.sub(r"[ ,](?=\d{3})", "", digits).replace(",", ".").replace(" ", "")
    try:
        value = float(clean)
    except ValueError:
        value = float(re.sub(r"\D", "", clean) or 0)
    return value * {"k": 1e3, "m": 1e6}.get((unit or "").lower(), 1.0)
