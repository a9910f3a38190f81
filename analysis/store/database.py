"""Which database the store speaks to: SQLite in its folder, or a PostgreSQL server by address."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from analysis.errors import StoreAway, StoreError
from analysis.store.schema import consultations, upgrade

# secure_delete: what a deleted row held is overwritten in the file
PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON")

TRIES, WAIT = 100, 0.05  # times, and seconds between two
# states of a PostgreSQL server that starts, stops or has no room: they pass
AWAY = ("08", "53", "57P")


def opened(home: Path, url: str) -> Engine:
    """The database at `url`, or SQLite in `home` where it is "", with all tables.

    Raises StoreError if it cannot be opened; the message never holds the address.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        engine = _engine(url or f"sqlite:///{home / 'heard.sqlite'}")
        upgrade(engine)
    except (OSError, SQLAlchemyError) as cause:
        if url and not isinstance(cause, OSError):
            raise StoreAway(
                "The database at HEARD_DATABASE_URL does not answer. Check that it runs, and "
                "that the address, name and password are right."
            ) from cause
        raise StoreError(
            f"The store in {home} cannot be opened. Check that the folder can be written "
            "to, or set HEARD_HOME to another one."
        ) from cause
    return engine


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+pg8000")
    engine = create_engine(address, pool_pre_ping=True)  # a server that was restarted is met anew
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _settings(connection: Any, _record: Any) -> None:
            for pragma in PRAGMAS:
                _set(connection, pragma)

    return engine


def _set(connection: Any, pragma: str) -> None:
    """Only the first process to open a new file can change its journal; the others ask again."""
    for n in range(TRIES):
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError:  # SQLite does not wait here, whatever busy_timeout says
            if n == TRIES - 1:
                raise
            time.sleep(WAIT)


def settle(engine: Engine) -> None:
    """What was deleted is not in SQLite's log of writes any more, unless somebody still reads."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def failed(cause: SQLAlchemyError | ConnectionError) -> StoreError:
    """What a reader is told where the database did not do what it was asked."""
    if _away(cause):
        return StoreAway(
            "The store does not answer just now. Try again in a moment, and look first: your last "
            "step may have been kept."
        )
    return StoreError("The store does not answer. Nothing was changed; try again in a moment.")


def _away(cause: SQLAlchemyError | ConnectionError) -> bool:
    # pg8000 lets some broken connections through as they are, such as one lost at the commit
    if isinstance(cause, OperationalError | InterfaceError | ConnectionError):
        return True
    if not isinstance(cause, DBAPIError):
        return False
    told = cause.orig.args[0] if cause.orig and cause.orig.args else None
    state = str(told.get("C", "")) if isinstance(told, dict) else ""
    return cause.connection_invalidated or state.startswith(AWAY)


def now(connection: Connection) -> float:
    """The time by the database's clock, which all machines that write to it have in common."""
    if connection.dialect.name == "sqlite":  # a file of this machine
        return time.time()
    asked = text("SELECT extract(epoch FROM clock_timestamp())")
    return float(connection.execute(asked).scalar_one())


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the store as it is now, whatever others write until it ends.

    Raises StoreError if the database does not answer.
    """
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":  # the driver begins only before it writes
                connection.exec_driver_sql("BEGIN")
            else:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection
            connection.rollback()
    except (SQLAlchemyError, ConnectionError) as cause:
        raise failed(cause) from cause


def one_at_a_time(connection: Connection, consultation_id: str) -> None:
    """Until the transaction ends, others who ask this for the same consultation wait: its row is
    the lock."""
    own = consultations.c.id == consultation_id
    connection.execute(update(consultations).where(own).values(id=consultation_id))
