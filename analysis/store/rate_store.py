"""How often a person may do what costs others something: a window that slides, over processes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, insert, select, text

from analysis.access import Actor
from analysis.errors import StoreError
from analysis.settings import RATES, Use
from analysis.store.database import now
from analysis.store.schema import LOCK, uses

_TOLD = "refused "  # kind of the row that says that a refusal was logged


class TooMany(StoreError):
    """The person did this too often lately."""


class RateStore:
    """The part of the store that `Store` takes in for limits of use."""

    _connect: Callable[[], AbstractContextManager[Connection]]
    log: Callable[..., None]

    def use(self, kind: Use, actor: Actor, consultation_id: str = "") -> None:
        """Count one more use by `actor`; over RATES raises TooMany, logged once a window.

        Each use of a language model is logged too.
        """
        self._count(kind, actor)
        if kind == "model":
            self.log(actor.who, "language model", consultation_id, "asked to work")

    def _count(self, kind: Use, actor: Actor) -> None:
        rate = RATES[kind]
        mine = (uses.c.kind == kind) & (uses.c.who == actor.who)
        with self._connect() as c:
            if c.dialect.name == "postgresql":  # one count at a time; SQLite waits at the delete
                c.execute(text(f"SELECT pg_advisory_xact_lock({LOCK + 1})"))
            at = now(c)
            old = uses.c.kind.in_((kind, _TOLD + kind)) & (uses.c.at <= at - rate.seconds)
            c.execute(delete(uses).where(old))
            times, first = c.execute(select(func.count(), func.min(uses.c.at)).where(mine)).one()
            if times < rate.times:
                c.execute(insert(uses).values(kind=kind, who=actor.who, at=at))
                return
            new = _untold(c, kind, actor.who, at)
        if new:
            self.log(actor.who, "refused", "", f"{kind}: more than {rate.times} times")
        minutes = max(1, round((first + rate.seconds - at) / 60))
        raise TooMany(
            f"This was done {rate.times} times in the last {rate.seconds / 60:.0f} minutes, which "
            f"is the limit. Try again in about {minutes} min."
        )


def _untold(c: Connection, kind: str, who: str, at: float) -> bool:
    told = {"kind": _TOLD + kind, "who": who}
    there = select(uses.c.id).where(uses.c.kind == told["kind"], uses.c.who == who)
    if c.execute(there).first() is not None:
        return False
    c.execute(insert(uses).values(**told, at=at))
    return True
