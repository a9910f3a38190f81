"""The app behind a real OpenID provider, and people who sign in to it, each in a browser's own."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import oidc_provider_mock
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import free_port, started

ROLES = """
[emails]
"ada@dept.example" = "admin"
"ana@dept.example" = "analyst"
"rae@dept.example" = "reviewer"
"mia@dept.example" = "minister"
"""
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a secret of this test alone, and long enough"
client_id = "heard"
client_secret = "of this test"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""
PEOPLE = ("ada", "ana", "rae", "mia", "guest")


@dataclass(frozen=True)
class Served:
    """`address` of the app, `home` of its store."""

    address: str
    home: Path


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """The app on a store in `home`, with sign-in by a provider that knows PEOPLE."""
    with oidc_provider_mock.run_server_in_thread() as provider:
        port = free_port()
        for name in PEOPLE:
            _user(provider.server_port, name)
        roles, secrets = home / "roles.toml", home / "secrets.toml"
        roles.write_text(ROLES)
        secrets.write_text(SECRETS.format(port=port, provider=provider.server_port))
        with started(
            home, port, HEARD_ROLES=str(roles), STREAMLIT_SECRETS_FILES=str(secrets)
        ) as address:
            yield Served(address, home)


def _user(provider: int, name: str) -> None:
    claims = f'{{"email": "{name}@dept.example", "email_verified": true, "name": "{name.title()}"}}'
    request = urllib.request.Request(
        f"http://localhost:{provider}/users/{name}", claims.encode(), method="PUT",
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 204


def settled(page: Page) -> None:
    """The page's script has run to its end."""
    page.wait_for_timeout(300)
    state = page.locator("[data-testid=stApp]")
    expect(state).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def sign_in(browser: Browser, address: str, name: str, width: int = 1280) -> Page:
    """A page of a browser of the person's own, who signed in with the provider."""
    page = browser.new_context(viewport={"width": width, "height": 1000}).new_page()
    page.goto(address)
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.get_by_placeholder("sub").fill(name, timeout=60_000)
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=60_000)
    settled(page)
    return page
