"""Who may do what: roles, actions, and the one question that every query and command asks.

Whatever is not allowed by name is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from analysis.errors import HeardError

Role = Literal["admin", "analyst", "reviewer", "minister", "public"]
ROLES: tuple[Role, ...] = get_args(Role)  # from the most to the least
TEAM: tuple[Role, ...] = ("admin", "analyst", "reviewer")

Action = Literal[
    "open",  # that Heard is there: its folder, a worker to start
    "read",  # replies as received, results that nobody has checked, decisions
    "import",  # upload, columns, switches
    "analyse",  # start and stop a run
    "edit",  # decisions of the team: themes, labels, what is hidden
    "export",
    "check",  # sign an edition as checked
    "publish",  # sign it as published
    "read checked",  # editions that were checked
    "note",  # say what was made of an edition
    "respond",  # what is done about a theme, or why not
    "read published",
    "challenge",  # tell the team that a published edition missed something
    "delete",
    "read log",
    "end own sign-ins",
    "end sign-ins",
]
ACTIONS: dict[Action, tuple[Role, ...]] = {
    "open": ROLES,
    "read": TEAM,
    "import": ("admin", "analyst"),
    "analyse": TEAM,
    "edit": TEAM,
    "export": TEAM,
    "check": ("admin", "reviewer"),
    "publish": ("admin",),
    "read checked": (*TEAM, "minister"),
    "note": (*TEAM, "minister"),
    "respond": TEAM,
    "read published": ROLES,
    "challenge": ROLES,
    "delete": ("admin",),
    "read log": ("admin",),
    "end own sign-ins": (*TEAM, "minister"),
    "end sign-ins": ("admin",),
}
NAMES: dict[Role, str] = {
    "admin": "Administrator",
    "analyst": "Analyst",
    "reviewer": "Reviewer",
    "minister": "Minister’s office",
    "public": "Public",
}


UNVERIFIED = "(name not verified)"


class Denied(HeardError):
    """The role of whoever asks does not allow it."""


@dataclass(frozen=True)
class Actor:
    """Who asks. `email` is "" for the one user of a laptop and for the public.

    `named`: signed in, so that the name is a fact and not what somebody typed.
    """

    name: str
    role: Role
    email: str = ""

    @property
    def named(self) -> bool:
        return bool(self.email)

    @property
    def who(self) -> str:
        """What stands in the audit log and beside decisions; nobody vouches for a typed name."""
        known = self.named or self in (LOCAL, PUBLIC) or not self.name
        return self.email or (self.name if known else f"{self.name} {UNVERIFIED}")


LOCAL = Actor("The user of this machine", "admin")
PUBLIC = Actor("The public", "public")


def may(actor: Actor, action: str) -> bool:
    """Whether the role allows it; what is not in ACTIONS nobody may."""
    return any(name == action and actor.role in roles for name, roles in ACTIONS.items())


def check(actor: Actor, action: str) -> None:
    """Raises Denied unless the role of `actor` allows the action."""
    if not may(actor, action):
        raise Denied(
            "Your role does not allow this. Sign in with another account, or ask whoever runs "
            "Heard to change your role."
        )
