"""Forenames and surnames heard in the UK and Ireland: clues, never the only reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_name("privacy_given.toml").read_text("utf-8"))
FORENAMES = frozenset(_LISTS["forenames"].split())
SURNAMES = frozenset(_LISTS["surnames"].split())
