"""Stores of earlier versions, with data in them, are opened by this one; nothing is lost.

`schemas/N.DATABASE.sql` are the tables as the commit named in their first line made them, and
`schemas/N.rows.sql` rows of that time. A change of the schema adds a new N; those here stay.
"""

from __future__ import annotations

import json
import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text

from analysis.access import LOCAL
from analysis.store.schema import metadata
from analysis.store.store import Store

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = sorted({p.name.split(".")[0] for p in SCHEMAS.glob("*.sql")})
# column that a table got later → what it holds in the rows that were there before
LATER: dict[tuple[str, str], Any] = {
    ("consultations", "multilingual"): 0,
    ("consultations", "keep_themes"): 1,
    ("consultations", "frames"): {},
}
PROCESSES, ROUNDS = 4, 6
Rows = dict[str, list[dict[str, Any]]]


def _run(c: Connection, file: str) -> None:
    for statement in (SCHEMAS / file).read_text().split(";\n"):
        if statement.strip():
            c.exec_driver_sql(statement)


def _numbered(c: Connection) -> None:
    """The counters of a server stand where those rows left them."""
    for t in metadata.sorted_tables:
        column = t.autoincrement_column
        if column is not None and inspect(c).has_table(t.name):
            own = func.pg_get_serial_sequence(t.name, column.name)
            c.execute(select(func.setval(own, select(func.max(column)).scalar_subquery())))


def _raw(c: Connection) -> Rows:
    """Every row of every table as the database has it, JSON as what it means."""
    found: Rows = {}
    for name in inspect(c).get_table_names():
        quoted = c.dialect.identifier_preparer.quote(name)
        rows = c.execute(text(f"SELECT * FROM {quoted} ORDER BY 1, 2"))  # noqa: S608
        found[name] = [{k: _meant(v) for k, v in r._mapping.items()} for r in rows]
    return found


def _meant(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value.startswith(("[", "{")) else value


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path, url: str | None) -> tuple[Engine, Rows]:
    engine = create_engine(url or f"sqlite:///{tmp_path}/heard.sqlite")
    with engine.begin() as c:
        _run(c, f"{request.param}.{engine.dialect.name}.sql")
        _run(c, f"{request.param}.rows.sql")
        if url:
            _numbered(c)
    with engine.connect() as c:
        return engine, _raw(c)


def test_every_row_is_there_and_new_columns_have_their_defaults(
    old: tuple[Engine, Rows], tmp_path: Path
) -> None:
    engine, before = old
    assert all(len(rows) == 2 for name, rows in before.items() if name != "audit_head")
    for _ in range(2):  # the second time nothing is left to be done
        Store(tmp_path)
        with engine.connect() as c:
            after = _raw(c)
        assert after.keys() == {t.name for t in metadata.sorted_tables}
        for name, rows in before.items():
            for was, now in zip(rows, after[name], strict=True):
                new = {c: v for c, v in now.items() if c not in was}
                assert was.items() <= now.items()
                assert new == {c: LATER[name, c] for c in new}
                assert now.keys() == set(metadata.tables[name].columns.keys())


def test_an_old_store_is_worked_with(old: tuple[Engine, Rows], tmp_path: Path) -> None:
    _, before = old
    store = Store(tmp_path)
    assert [e.id for e in store.entries()] == ["c2", "c1"]
    assert store.entry("c2").llm_enabled
    assert len(store.audit()) == len(before.get("audit", []))
    assert store.verify_audit() is None
    assert len(store.labels("c1")) == len(before.get("hand_labels", [])) / 2
    assert len(store.editions("c1")) == len(before.get("editions", [])) / 2
    assert store.latest_run("c1") is not None
    assert store.enqueue("c1").id == 3
    job = store.claim("w")
    assert job is not None
    assert job.consultation_id == "c2"
    store.finish(job, "w", "done")
    store.switch_multilingual("c1", True)
    assert store.delete("c2", LOCAL).rows["jobs"] == 1
    assert store.verify_audit() is None


def _open(start: Barrier, homes: list[Path]) -> None:
    for home in homes:
        start.wait(60)
        assert Store(home, f"sqlite:///{home}/heard.sqlite").entries() == []


def test_processes_that_open_a_new_file_at_once_all_can(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    start, homes = spawn.Barrier(PROCESSES), [tmp_path / str(n) for n in range(ROUNDS)]
    processes = [spawn.Process(target=_open, args=(start, homes)) for _ in range(PROCESSES)]
    for p in processes:
        p.start()
    for p in processes:
        p.join(90)
    assert [p.exitcode for p in processes] == [0] * PROCESSES
