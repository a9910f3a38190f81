"""Names for results: the same input, settings and versions give the same name, in any process."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import pandas as pd


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, pd.DataFrame):
        return {"frame": hash_frame(value)}
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def hash_frame(frame: pd.DataFrame) -> str:
    digest = hashlib.sha256(json.dumps([str(c) for c in frame.columns]).encode())
    for row in frame.itertuples(index=False):
        digest.update(json.dumps([str(v) for v in row], ensure_ascii=True).encode())
    return digest.hexdigest()


def fingerprint(*parts: Any) -> str:
    """SHA-256 over the canonical JSON of `parts` (dataclasses, frames and plain values)."""
    text = json.dumps(_plain(parts), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def short(fp: str) -> str:
    return fp[:16]
