"""How much may come from one place on the network in an hour, over all app processes.

No address is kept: only a keyed hash of it, and that for an hour. Whoever opens another browser
session is still the same source.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from analysis.store.schema import receipt_keys, uses

HOUR = 3600.0
OWN = ""  # stands for the store itself where the keys of consultations are kept


class SourceStore:
    """The part of the store that others build on to bound one source; "" is not bounded."""

    _connect: Callable[[], AbstractContextManager[Connection]]

    def _mark(self, source: str, *about: str) -> str:
        """Stands for a source, and what it asks about, where uses are counted; "" for none."""
        if not source:
            return ""
        told = "\0".join((source, *about)).encode("utf-8", "surrogatepass")
        return hmac.new(self._own_key(), told, hashlib.sha256).hexdigest()

    def _own_key(self) -> bytes:
        known = select(receipt_keys.c.key).where(receipt_keys.c.consultation_id == OWN)
        with self._connect() as c:
            key = c.execute(known).scalar()
            if key is None:
                key = secrets.token_hex(32)
                row = {"consultation_id": OWN, "key": key, "at": time.time()}
                try:
                    with c.begin_nested():
                        c.execute(insert(receipt_keys).values(row))
                except IntegrityError:  # another process was first
                    key = c.execute(known).scalar_one()
        return bytes.fromhex(str(key))


def counted(c: Connection, kind: str, mark: str, now: float) -> int:
    """How often in the last hour; what is older is dropped."""
    if not mark:
        return 0
    c.execute(delete(uses).where(uses.c.kind == kind, uses.c.at <= now - HOUR))
    own = (uses.c.kind == kind) & (uses.c.who == mark)
    return int(c.execute(select(func.count()).select_from(uses).where(own)).scalar() or 0)


def count(c: Connection, kind: str, mark: str, now: float) -> None:
    if mark:
        c.execute(insert(uses).values(kind=kind, who=mark, at=now))


def uncount(c: Connection, kind: str, mark: str, at: float) -> None:
    c.execute(delete(uses).where(uses.c.kind == kind, uses.c.who == mark, uses.c.at == at))
