"""The tables of the store: consultations, jobs, runs, workers."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Integer, MetaData, String, Table

metadata = MetaData()

consultations = Table(
    "consultations", metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("files", JSON, nullable=False),  # [{"name", "sha256", "options"}]
    Column("mapping", String),  # TOML, once the columns are confirmed
    Column("consultation_fp", String),  # the built consultation among the artefacts
    Column("llm_enabled", Integer, nullable=False, default=0),
    Column("source", String, nullable=False, default=""),
)  # fmt: skip

jobs = Table(
    "jobs", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("state", String, nullable=False),  # queued, running, done, failed, cancelled
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("finished", Float),
    Column("stage", String, nullable=False, default=""),
    Column("title", String, nullable=False, default=""),
    Column("stage_started", Float),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("cancel", Integer, nullable=False, default=0),
    Column("worker", String),
    Column("lease", Float),  # until when the worker may be taken to be alive
    Column("attempts", Integer, nullable=False, default=0),
    Column("message", String, nullable=False, default=""),
)  # fmt: skip

runs = Table(
    "runs", metadata,
    Column("id", String, primary_key=True),
    Column("consultation_id", String, primary_key=True),
    Column("created", Float, nullable=False),
    Column("fingerprints", JSON, nullable=False),
    Column("meta", JSON, nullable=False),
)  # fmt: skip

workers = Table(
    "workers", metadata,
    Column("id", String, primary_key=True),
    Column("beat", Float, nullable=False),
)  # fmt: skip
