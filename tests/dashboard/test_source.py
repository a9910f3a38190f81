"""Where a request comes from: what a proxy of ours saw, whatever the sender says before it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from dashboard import identity


@pytest.mark.parametrize(
    ("forwarded", "address", "proxies", "found"),
    [
        ("", "192.0.2.7", "1", "192.0.2.7"),
        ("198.51.100.9", "10.0.0.2", "1", "198.51.100.9"),
        ("203.0.113.66, 198.51.100.9", "10.0.0.2", "1", "198.51.100.9"),
        ("203.0.113.66, 198.51.100.9, 10.1.1.1", "10.0.0.2", "2", "198.51.100.9"),
        ("", "2001:db8:1:2:3:4:5:6", "1", "2001:db8:1:2::/64"),
        ("nonsense", None, "x", "nonsense"),
        ("", None, "1", ""),
    ],
)
def test_the_address_that_our_proxy_saw(
    monkeypatch: pytest.MonkeyPatch, forwarded: str, address: str | None, proxies: str, found: str
) -> None:
    monkeypatch.setenv("HEARD_PROXIES", proxies)
    given = SimpleNamespace(headers={"X-Forwarded-For": forwarded}, ip_address=address)
    monkeypatch.setattr(st, "context", given)
    monkeypatch.setattr(identity, "get_script_run_ctx", lambda: None)
    assert identity.source() == found
