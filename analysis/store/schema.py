"""The tables of the store: consultations, jobs, runs, decisions, editions, checks, log."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    inspect,
    text,
)  # fmt: skip

metadata = MetaData()
LOCK = 0x4845415244  # of the upgrade, on a server: any number that is always the same


def upgrade(engine: Engine) -> None:
    """Make the tables, and in a store of an older version the columns that it does not have."""
    quoted = engine.dialect.identifier_preparer.quote
    with engine.begin() as connection:  # one process at a time, until the end of this
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        else:
            connection.execute(text("BEGIN IMMEDIATE"))
        metadata.create_all(connection)
        known = inspect(connection)
        for table in metadata.sorted_tables:
            there = {c["name"] for c in known.get_columns(table.name)}
            for column in (c for c in table.columns if c.name not in there):
                default = getattr(column.server_default, "arg", None)
                kind = column.type.compile(engine.dialect)
                rule = f" NOT NULL DEFAULT {default}" if default is not None else ""
                connection.execute(
                    text(f"ALTER TABLE {quoted(table.name)} ADD {quoted(column.name)} {kind}{rule}")
                )


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
    Column("multilingual", Integer, nullable=False, default=0, server_default="0"),
    Column("keep_themes", Integer, nullable=False, default=1, server_default="1"),
    Column("frames", JSON, nullable=False, default={}, server_default=text("'{}'")),  # by question
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

# Rows of these two are only ever added.
redaction_edits = Table(
    "redaction_edits", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("response_id", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("action", String, nullable=False),  # keep, hide, accept
    Column("who", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("why", String, nullable=False, default=""),
    Column("of", String, nullable=False, default=""),  # mark of the text it was made on
)  # fmt: skip

theme_edits = Table(  # rows are only ever added
    "theme_edits", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("themes", JSON, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("who", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("why", String, nullable=False, default=""),
    Column("run", String, nullable=False),  # whose themes and points it names
)  # fmt: skip

hand_labels = Table(  # rows are only ever added
    "hand_labels", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("measure", String, nullable=False),  # position, tone
    Column("about", String, nullable=False),  # respondent, or response with the passage's offsets
    Column("value", String, nullable=False),  # "" takes an earlier one back
    Column("who", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("start", Integer, nullable=False, default=0),
    Column("end", Integer, nullable=False, default=0),
    Column("why", String, nullable=False, default=""),
    Column("of", String, nullable=False, default=""),  # mark of the text that was read
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String, nullable=False),
    Column("consultation_id", String, nullable=False, index=True),
    Column("detail", String, nullable=False),  # never reply text
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
)  # fmt: skip

audit_head = Table(  # one row: the last line of the log, so that its removal is seen too
    "audit_head", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False),
    Column("hash", String, nullable=False),
)  # fmt: skip

sign_ins = Table(
    "sign_ins", metadata,
    Column("id", String, primary_key=True),  # mark of who and when
    Column("email", String, nullable=False, index=True),
    Column("started", Float, nullable=False),  # when the provider issued the identity
    Column("seen", Float, nullable=False),
    Column("ended", Float),
)  # fmt: skip

not_before = Table(  # sign-ins of an address that began before are over
    "not_before", metadata,
    Column("email", String, primary_key=True),
    Column("at", Float, nullable=False),
)  # fmt: skip

uses = Table(  # of what RATES limits, as long as they count
    "uses", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("who", String, nullable=False, index=True),
    Column("at", Float, nullable=False),
)  # fmt: skip

# Rows of these are only ever added: an edition is never changed, only signed.
editions = Table(
    "editions", metadata,
    Column("consultation_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", String, nullable=False),
    Column("run_id", String, nullable=False),
    Column("counting", String, nullable=False),
    Column("created", Float, nullable=False),
    Column("hashes", JSON, nullable=False),  # data, settings, models, prompts, edits, content
    Column("digest", String, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("checklist", JSON, nullable=False),
)  # fmt: skip

sign_offs = Table(
    "sign_offs", metadata,
    Column("consultation_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", String, primary_key=True),  # checked, published
    Column("who", String, nullable=False),
    Column("email", String, nullable=False),
    Column("role", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("note", String, nullable=False),
    Column("digest", String, nullable=False),  # of the edition that was signed
)  # fmt: skip

considerations = Table(
    "considerations", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("kind", String, nullable=False),  # opened, note, response, closing
    Column("number", Integer, nullable=False, default=0),  # of the edition
    Column("theme_id", String, nullable=False, default=""),
    Column("who", String, nullable=False),
    Column("email", String, nullable=False),
    Column("role", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("text", JSON, nullable=False),
)  # fmt: skip

# Rows of these two are only ever added.
challenges = Table(
    "challenges", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),  # of the edition
    Column("token_hash", String, nullable=False, unique=True),  # SHA-256; the token is not kept
    Column("mark", String, nullable=False),  # of the text, so that it is kept once
    Column("text", String, nullable=False),
    Column("status", String, nullable=False),  # missing, partly, whole
    Column("theme_id", String, nullable=False),  # the closest
    Column("created", Float, nullable=False),
    UniqueConstraint("consultation_id", "number", "mark"),
)  # fmt: skip

challenge_answers = Table(
    "challenge_answers", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("challenge_id", Integer, nullable=False),
    Column("kind", String, nullable=False),  # theme, summary, there, not
    Column("text", String, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("who", String, nullable=False),
    Column("email", String, nullable=False),
    Column("at", Float, nullable=False),
)  # fmt: skip

receipt_keys = Table(  # with it the codes of respondents are made
    "receipt_keys", metadata,
    Column("consultation_id", String, primary_key=True),
    Column("key", String, nullable=False),
    Column("at", Float, nullable=False),
)  # fmt: skip

receipt_tries = Table(  # wrong codes of the last hour; not which
    "receipt_tries", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("at", Float, nullable=False),
)  # fmt: skip

# Rows of these two are only ever added.
blind_samples = Table(
    "blind_samples", metadata,
    Column("consultation_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("question_id", String, nullable=False),
    Column("run_id", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("created", Float, nullable=False),
    Column("who", String, nullable=False),
    Column("drawn", JSON, nullable=False),  # [{"response_id", "stratum", "group", "weight"}]
    Column("themes", JSON, nullable=False),  # as offered: [[theme_id, name, description]]
)  # fmt: skip

blind_codes = Table(  # the latest of a person and a reply counts
    "blind_codes", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("consultation_id", String, nullable=False, index=True),
    Column("number", Integer, nullable=False),  # of the sample
    Column("response_id", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("theme_ids", JSON, nullable=False),
    Column("note", String, nullable=False),
    Column("at", Float, nullable=False),
)  # fmt: skip
