"""Sign-ins: when each was last used, and how all of a person's are ended at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from analysis.access import Actor
from analysis.errors import StoreError
from analysis.roles import Roles
from analysis.store.database import now
from analysis.store.schema import not_before, sign_ins

STEP = 10.0  # seconds between two notes that a sign-in is in use


def _ident(actor: Actor, started: float) -> str:
    return hashlib.sha256(f"{actor.email}\n{started}".encode()).hexdigest()


@dataclass(frozen=True)
class SignIn:
    """Times in seconds since 1970; `ended` once it is over."""

    email: str
    started: float
    seen: float
    ended: float | None


class SignInStore:
    """The part of the store that `Store` takes in for sign-ins."""

    _connect: Callable[[], AbstractContextManager[Connection]]
    log: Callable[..., None]
    use: Callable[..., None]

    def touch(self, actor: Actor, started: float, limits: Roles, *, used: bool = True) -> bool:
        """Whether the sign-in that the provider issued at `started` still holds.

        The first time it is kept and logged. It ends `limits.idle` after its last use (`used`
        tells use from a page that looks by itself), `limits.longest` after it began, or when all
        of the person's are ended; once over it stays over.
        """
        t, ident = sign_ins.c, _ident(actor, started)
        with self._connect() as c:
            at = now(c)
            row = c.execute(select(sign_ins).where(t.id == ident)).first()
            ended = c.execute(
                select(not_before.c.at).where(not_before.c.email == actor.email)
            ).scalar()
        if row is not None and row.ended is not None:
            return False
        last = row.seen if row is not None else at
        if started + limits.longest < at or last + limits.idle < at or started <= (ended or 0):
            if row is not None:  # else an old cookie: nothing to keep
                self._end(ident, actor, "time or sign-out everywhere")
            return False
        if row is None:
            self._begin(ident, actor, started, at)
        elif used and at - last >= STEP:
            with self._connect() as c:
                c.execute(update(sign_ins).where(t.id == ident, t.seen < at).values(seen=at))
        return True

    def turned_away(self, email: str, started: float) -> None:
        """Log, once, that whoever signed in is the public: the address is not verified."""
        who = Actor(email, "public", email or "no address")
        with self._connect() as c:
            at = now(c)
        row = {"id": _ident(who, started), "email": who.email, "started": started, "seen": at}
        if self._first(row | {"ended": at}):
            self.log(email or "no address", "refused", "", "sign-in: address not verified")

    def _begin(self, ident: str, actor: Actor, started: float, at: float) -> None:
        self.use("sign-in", actor)
        row = {"id": ident, "email": actor.email, "started": started, "seen": at}
        if self._first(row):
            self.log(actor.who, "sign-in", "", actor.role)

    def _first(self, row: dict[str, object]) -> bool:
        """Whether the sign-in was new; it may be known already, or another tab was first."""
        try:
            with self._connect() as c:
                if c.execute(select(sign_ins.c.id).where(sign_ins.c.id == row["id"])).first():
                    return False
                c.execute(insert(sign_ins).values(row))
        except StoreError as error:
            if not isinstance(error.__cause__, IntegrityError):
                raise
            return False
        return True

    def _end(self, ident: str, actor: Actor, why: str) -> None:
        with self._connect() as c:
            done = c.execute(
                update(sign_ins)
                .where(sign_ins.c.id == ident, sign_ins.c.ended.is_(None))
                .values(ended=now(c))
            )
        if done.rowcount:
            self.log(actor.who, "sign-in ended", "", why)

    def sign_ins(self) -> list[SignIn]:
        """All sign-ins, the last used first."""
        t = sign_ins.c
        with self._connect() as c:
            rows = c.execute(select(t.email, t.started, t.seen, t.ended).order_by(t.seen.desc()))
            return [SignIn(**r._mapping) for r in rows]

    def end_sign_in(self, actor: Actor, started: float) -> None:
        """Sign out here: this sign-in is over, also for a copy of its cookie."""
        self._end(_ident(actor, started), actor, "signed out")

    def end_own_sign_ins(self, actor: Actor) -> None:
        """Sign out everywhere: every sign-in of the person that began until now is over."""
        self._end_all(actor.email, actor)

    def end_sign_ins(self, email: str, actor: Actor) -> None:
        """The same for another person, by an administrator."""
        self._end_all(email.strip().casefold(), actor)

    def _end_all(self, email: str, actor: Actor) -> None:
        with self._connect() as c:
            at = now(c)
            done = c.execute(update(not_before).where(not_before.c.email == email).values(at=at))
            if not done.rowcount:
                c.execute(insert(not_before).values(email=email, at=at))
            c.execute(
                update(sign_ins)
                .where(sign_ins.c.email == email, sign_ins.c.ended.is_(None))
                .values(ended=at)
            )
        self.log(actor.who, "signed out everywhere", "", email)
