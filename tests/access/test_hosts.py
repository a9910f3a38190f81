"""The app answers to the names it was given, and to no other; uploads of a known kind and size."""

from __future__ import annotations

import http.client
import tomllib
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from analysis.errors import FileError
from analysis.settings import UPLOAD_MOST, hosts
from dashboard import session
from tests.browser.conftest import free_port, started
from tests.conftest import ROOT

SOCKET = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with started(home, free_port(), HEARD_HOSTS="localhost, Heard.dept.example") as address:
        yield urlsplit(address).netloc


@pytest.mark.parametrize(
    ("host", "let_in"),
    [
        ("localhost", True), ("localhost:1234", True), ("heard.dept.example", True),
        ("evil.example", False), ("heard.dept.example.evil.example", False), ("127.0.0.1", False),
        ("", False), ("localhost@evil.example", False),
    ],
)  # fmt: skip
def test_only_the_named_hosts(app: str, host: str, let_in: bool) -> None:
    for path, more, well in (("/", {}, 200), ("/_stcore/stream", SOCKET, 101)):
        asked = http.client.HTTPConnection(app, timeout=20)
        asked.request("GET", path, headers={"Host": host, **more})
        answer = asked.getresponse()
        assert answer.status == (well if let_in else 400), path
        asked.close()
        if well == 200:
            policy = answer.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy
            if let_in:
                _own_sockets(policy, host)


def _own_sockets(policy: str, host: str) -> None:
    """The page may open a WebSocket to the host that it came from, and to no other."""
    (connect,) = (p for p in policy.split("; ") if p.startswith("connect-src"))
    own = [f"ws://{host}", f"wss://{host}"]
    assert connect.split() == ["connect-src", "'self'", *own]


@pytest.mark.parametrize(
    "host", ["a b", "a;script-src *", "a'", "*", "*.example", "", "a:b", "a/b"]
)
def test_a_strange_name_never_gets_into_the_policy(app: str, host: str) -> None:
    asked = http.client.HTTPConnection(app, timeout=20)
    asked.putrequest("GET", "/", skip_host=True)
    asked.putheader("Host", host)
    asked.endheaders()
    answer = asked.getresponse()
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 400
    assert policy is None or "connect-src 'self';" in policy


def test_the_names_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, expected in (("", ("*",)), (" ,", ("*",)), ("A.example, b", ("a.example", "b"))):
        monkeypatch.setenv("HEARD_HOSTS", given)
        assert hosts() == expected


def _file(name: str, size: int = 3) -> SimpleNamespace:
    return SimpleNamespace(name=name, size=size, getvalue=lambda: b"abc")


def test_a_file_of_another_kind_or_size_is_refused() -> None:
    assert session.uploaded(_file("A.CSV"), _file("b.xlsx")) == [
        ("A.CSV", b"abc"),
        ("b.xlsx", b"abc"),
    ]
    for name in ("a.exe", "a.csv.js", "csv", "a."):
        with pytest.raises(FileError, match="not of a kind"):
            session.uploaded(_file(name))
    assert session.uploaded(_file("a.csv", UPLOAD_MOST)) == [("a.csv", b"abc")]
    with pytest.raises(FileError, match=r"over 200 MB.*leave out columns"):
        session.uploaded(_file("a.csv", UPLOAD_MOST + 1))


def test_streamlit_refuses_the_same_size() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["maxUploadSize"] * 2**20 == UPLOAD_MOST
