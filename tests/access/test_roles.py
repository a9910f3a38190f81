"""The roles file: who gets which role, and that anything unclear opens no door."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.access import ACTIONS, LOCAL, PUBLIC, ROLES, Actor, Denied, check, may
from analysis.roles import RolesError, parse, roles

FILE = """
[emails]
"Ada@Dept.example" = "admin"
[domains]
"dept.example" = "analyst"
[claims.groups]
"heard-reviewers" = "reviewer"
"heard-ministers" = "minister"
[times]
idle_minutes = 5
hours = 2
"""


def user(**claims: object) -> dict[str, object]:
    return {"email": "x@dept.example", "email_verified": True, "name": "X", **claims}


def test_address_goes_before_claim_and_claim_before_domain() -> None:
    made = parse(FILE)
    assert made.actor(user(email="ADA@dept.example", groups=["heard-ministers"])).role == "admin"
    both = made.actor(user(groups=["heard-ministers", "heard-reviewers", "other"]))
    assert both.role == "reviewer"
    assert made.actor(user(groups="heard-ministers")).role == "minister"
    assert made.actor(user()).role == "analyst"
    assert made.actor(user(email="x@sub.dept.example")).role == "public"
    assert made.actor(user(email="x@dept.example.evil.example")).role == "public"
    assert (made.idle, made.longest) == (300, 7200)


@pytest.mark.parametrize(
    "claim",
    [{"email_verified": v} for v in (False, "true", None)] + [{"email": ""}, {"email": None}],
)
def test_an_address_that_the_provider_did_not_verify_is_nobody(claim: dict[str, object]) -> None:
    made = parse(FILE)
    assert made.actor({**user(email="ada@dept.example"), **claim}) == PUBLIC


def test_unverified_addresses_count_only_where_the_file_says_so() -> None:
    made = parse("trust_unverified_email = true\n" + FILE)
    assert made.actor({"email": "ada@dept.example"}).role == "admin"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[emails]\n"a@b" = "superuser"', "superuser"),
        ('[email]\n"a@b" = "admin"', "unknown entry “email”"),
        ("[times]\nidle_minutes = 0", "idle_minutes"),
        ("[times]\nminutes = 5", "minutes"),
        ('trust_unverified_email = "no"', "trust_unverified_email"),
        ("emails = 3", "emails"),
        ("[emails", "roles"),
    ],
)
def test_a_typo_is_an_error_and_opens_no_door(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roles.toml"
    file.write_text(text)
    monkeypatch.setenv("HEARD_ROLES", str(file))
    with pytest.raises(RolesError, match=said):
        roles()


def test_without_a_file_everybody_is_the_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEARD_ROLES", raising=False)
    assert roles().actor(user()).role == "public"
    monkeypatch.setenv("HEARD_ROLES", "/nowhere/roles.toml")
    with pytest.raises(RolesError):
        roles()


def test_a_change_of_the_file_holds_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roles.toml"
    monkeypatch.setenv("HEARD_ROLES", str(file))
    file.write_text('[emails]\n"x@dept.example" = "admin"')
    assert roles().actor(user()).role == "admin"
    file.write_text('[emails]\n"x@dept.example" = "minister"')
    assert roles().actor(user()).role == "minister"


def test_what_is_not_named_nobody_may() -> None:
    for role in ROLES:
        actor = Actor("X", role, "x@dept.example")
        assert not may(actor, "")
        with pytest.raises(Denied, match="Your role does not allow this"):
            check(actor, "make tea")
    assert all(may(LOCAL, action) for action in ACTIONS)
    assert [a for a in ACTIONS if may(PUBLIC, a)] == ["open", "read published", "challenge"]
