"""The rows of the store as the rest of Heard sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

PART_OF = "part of "  # before the id of the whole, in the `source` of a part of a consultation


@dataclass(frozen=True)
class StoredFile:
    """`options`: what the team overruled of how it is read; see ingest.stored.OPTIONS."""

    name: str
    sha256: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A consultation as the store lists it; `mapping` is TOML or None before it is confirmed."""

    id: str
    title: str
    created: float
    files: tuple[StoredFile, ...]
    mapping: str | None
    consultation_fp: str | None
    llm_enabled: bool
    source: str
    multilingual: bool = False
    keep_themes: bool = True
    frames: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    id: int
    consultation_id: str
    state: str
    created: float
    started: float | None
    finished: float | None
    stage: str
    title: str
    stage_started: float | None
    done: int
    total: int
    cancel: bool
    message: str

    @property
    def active(self) -> bool:
        return self.state in ("queued", "running")


@dataclass(frozen=True)
class StoredRun:
    id: str
    consultation_id: str
    created: float
    fingerprints: dict[str, str]
    meta: dict[str, Any]

    @property
    def multilingual(self) -> bool:
        """Whether answers in all languages were grouped together."""
        return bool(self.meta["settings"].get("embedder") == "multilingual")


def entry_of(row: Row[Any]) -> Entry:
    values = dict(row._mapping)
    values["files"] = tuple(StoredFile(**f) for f in values["files"])
    for switch in ("llm_enabled", "multilingual", "keep_themes"):
        values[switch] = bool(values[switch])
    values["frames"] = dict(values["frames"])
    return Entry(**values)


def job_of(row: Row[Any]) -> Job:
    names = Job.__dataclass_fields__
    values = {k: v for k, v in row._mapping.items() if k in names}
    return Job(**{**values, "cancel": bool(values["cancel"])})
