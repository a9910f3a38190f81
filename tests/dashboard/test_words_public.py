"""The table of words: both languages, the same places, nothing unused."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from dashboard.words_public import NAMES, table, words
from tests.conftest import ROOT

PUBLIC = (*(ROOT / "dashboard" / "views" / "public").glob("*.py"),
          *(ROOT / "dashboard" / "components").glob("*.py"))  # fmt: skip


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_key_has_both_languages_with_the_same_places() -> None:
    for key, row in table().items():
        assert set(row) == set(NAMES), key
        assert all(text.strip() for text in row.values()), key
        assert places(row["en"]) == places(row["cy"]), key
        assert row["en"].count("**") == row["cy"].count("**"), key


def test_pages_name_no_key_that_is_not_there() -> None:
    code = "\n".join(Path(p).read_text(encoding="utf-8") for p in PUBLIC)
    named = set(re.findall(r"say\([\"']([a-z_]+)[\"']", code))
    starts = {n for n in named if n.endswith("_")}
    assert named - starts <= set(table())
    assert all(any(key.startswith(start) for key in table()) for start in starts)


def test_values_are_filled_in() -> None:
    assert words("fewer", "cy", n=5) == "llai na 5"
