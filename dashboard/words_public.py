"""The words of the public pages in English and Welsh; the table is words_public.toml.

People's own words, and names of themes and questions, stay as they are.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
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


def words(key: str, language: Language, **values: object) -> str:
    """The words under `key`; `values` fill its places, escaped by whoever gives them."""
    return table()[key][language].format(**values)
