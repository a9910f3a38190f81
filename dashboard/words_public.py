"""The words of the public pages in English and Welsh; the table is words_public.toml.

People's own words, and names of themes and questions, stay as they are.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

Language = Literal["en", "cy"]
NAMES: dict[Language, str] = {"en": "English", "cy": "Cymraeg"}
TABLE = Path(__file__).with_suffix(".toml")


@cache
def table() -> dict[str, dict[Language, str]]:
    """key → language → words."""
    with TABLE.open("rb") as file:
        found: dict[str, dict[Language, str]] = tomllib.load(file)
    return found


def told(text: str, start: str, language: Language) -> str | None:
    """A sentence that was made elsewhere, in English, by the row under `start` whose English words
    it has; None if there is no such row."""
    for key, row in table().items():
        if key.startswith(start) and (found := _pattern(row["en"]).fullmatch(text)):
            return row[language].format(**found.groupdict())
    return None


@cache
def _pattern(english: str) -> re.Pattern[str]:
    parts = (re.escape(before) + (f"(?P<{name}>.+?)" if name else "")
             for before, name, _, _ in Formatter().parse(english))  # fmt: skip
    return re.compile("".join(parts), re.DOTALL)


def words(key: str, language: Language, **values: object) -> str:
    """The words under `key`; `values` fill its places, escaped by whoever gives them."""
    return table()[key][language].format(**values)
