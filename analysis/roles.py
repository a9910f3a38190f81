"""The roles file (HEARD_ROLES): who has which role, and how long a sign-in lasts.

TOML with the tables `emails` and `domains` (address or domain = role), `claims` (name of a claim of
the provider → value = role), and `times` (idle_minutes, hours). An address counts only where the
provider says that it verified it, unless `trust_unverified_email = true` stands at the top.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.access import PUBLIC, ROLES, Actor, Role
from analysis.errors import HeardError

_TABLES = ("emails", "domains", "claims", "times")


class RolesError(HeardError):
    """The roles file is missing or says something that Heard does not know."""


@dataclass(frozen=True)
class Roles:
    """`idle` and `longest`: seconds without use, and in all, after which a sign-in ends."""

    emails: Mapping[str, Role] = field(default_factory=dict)
    domains: Mapping[str, Role] = field(default_factory=dict)
    claims: Mapping[str, Mapping[str, Role]] = field(default_factory=dict)
    trust_unverified_email: bool = False
    idle: float = 30 * 60
    longest: float = 10 * 3600

    def actor(self, user: Mapping[str, Any]) -> Actor:
        """Who a signed-in user is: role by address, else the highest by claim, else by domain."""
        email = str(user.get("email") or "").strip().casefold()
        if not email or not (self.trust_unverified_email or user.get("email_verified") is True):
            return PUBLIC
        name = str(user.get("name") or email).strip()[:100]
        found = self.emails.get(email) or self._claimed(user)
        return Actor(name, found or self.domains.get(email.rpartition("@")[2], "public"), email)

    def _claimed(self, user: Mapping[str, Any]) -> Role | None:
        found: list[Role] = []
        for claim, roles in self.claims.items():
            values = user.get(claim, ())
            held = values if isinstance(values, list | tuple) else [values]
            found += [roles[str(v)] for v in held if str(v) in roles]
        return min(found, key=ROLES.index, default=None)


def roles() -> Roles:
    """The roles file as it is now. Without one everybody is the public. Raises RolesError."""
    name = os.environ.get("HEARD_ROLES", "")
    if not name:
        return Roles()
    path = Path(name)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as cause:
        raise RolesError(
            "The file of roles cannot be read. Whoever runs Heard must correct HEARD_ROLES."
        ) from cause


@cache
def _read(path: Path, _changed: int) -> Roles:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except ValueError as cause:  # also TOML and UTF-8
        raise RolesError(f"The file of roles (HEARD_ROLES) is not right: {cause}.") from cause


def parse(text: str) -> Roles:
    """Raises ValueError, in words, for anything that is not known: a typo must not open a door."""
    made = tomllib.loads(text)
    unknown = set(made) - {*_TABLES, "trust_unverified_email"}
    if unknown:
        raise ValueError(f"it has the unknown entry “{min(unknown)}”")
    trust = made.get("trust_unverified_email", False)
    if not isinstance(trust, bool):
        raise ValueError("“trust_unverified_email” is true or false")
    times = _table(made, "times")
    if extra := set(times) - {"idle_minutes", "hours"}:
        raise ValueError(f"“times” has the unknown entry “{min(extra)}”")
    return Roles(
        emails=_roles(_table(made, "emails"), "emails"),
        domains=_roles(_table(made, "domains"), "domains"),
        claims={c: _roles(v, c, fold=False) for c, v in _table(made, "claims").items()},
        trust_unverified_email=trust,
        idle=60 * _positive(times, "idle_minutes", 30),
        longest=3600 * _positive(times, "hours", 10),
    )


def _table(made: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = made.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"“{name}” must be a table")
    return found


def _roles(table: Any, name: str, *, fold: bool = True) -> dict[str, Role]:
    if not isinstance(table, dict):
        raise ValueError(f"“{name}” must be a table")
    for key, role in table.items():
        if role not in ROLES:
            raise ValueError(f"“{key}” has the role “{role}”; there are {', '.join(ROLES)}")
    return {str(k).strip().casefold() if fold else str(k): role for k, role in table.items()}


def _positive(times: Mapping[str, Any], name: str, default: float) -> float:
    value = times.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ValueError(f"“{name}” must be a number above 0")
    return float(value)
