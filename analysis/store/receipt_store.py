"""Receipts: the codes for respondents, and what a code opens of a published edition."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select

from analysis.access import PUBLIC, Actor
from analysis.errors import StoreError
from analysis.records import Consultation
from analysis.store.public_store import PublicStore
from analysis.store.rows import StoredRun
from analysis.store.schema import receipt_keys, receipt_tries
from analysis.store.source_store import count, counted, uncount

if TYPE_CHECKING:
    from analysis.capture.receipt import Receipt

USES = ("receipt", "receipts")  # wrong codes of a source: for one reply, for any
_Line = tuple[str, tuple[str, str]]  # who, (action, detail) of a line of the audit log


class ReceiptStore(PublicStore):
    """The part of the store that `Store` takes in for receipts."""

    _append: Callable[[str, Callable[[Connection], list[_Line]]], None]
    latest_run: Callable[[str], StoredRun | None]

    def receipts(self, consultation_id: str, actor: Actor) -> list[tuple[str, str]]:
        """(respondent, code) of everybody in the latest run, for the team to send them.

        The codes stay the same from one time to the next. Raises StoreError before the first run.
        """
        from analysis.capture.receipt import code, new_key

        stored = self.latest_run(consultation_id)
        if stored is None:
            raise StoreError("This consultation has not been analysed yet.")
        fp = stored.fingerprints["consultation"]
        made = self.artefacts(consultation_id).load("consultation", fp, Consultation)
        people = list(made.respondents["respondent_id"])

        def write(c: Connection) -> list[_Line]:
            if self._key(c, consultation_id) is None:
                row = {"consultation_id": consultation_id, "key": new_key(), "at": time.time()}
                c.execute(insert(receipt_keys).values(row))
            return [(actor.who, ("receipts", f"{len(people)} codes"))]

        self._append(consultation_id, write)
        with self._connect() as c:
            key = self._key(c, consultation_id)
        assert key is not None
        return [(person, code(key, person)) for person in people]

    def _key(self, c: Connection, consultation_id: str) -> str | None:
        t = receipt_keys.c
        key: Any = c.execute(select(t.key).where(t.consultation_id == consultation_id)).scalar()
        return None if key is None else str(key)

    def receipt(
        self, consultation_id: str, number: int, reference: str, code: str,
        source: str = "",
    ) -> Receipt:  # fmt: skip
        """What a published edition did with one reply, for whoever has its code.

        `source`: where it is asked from. After very many wrong codes by everybody together a try
        takes longer, right or wrong, and is not refused. Raises ReceiptError.
        """
        from analysis.capture import receipt as rules

        edition, content = self._published(consultation_id, number)
        reference = reference.strip()
        marks = (self._mark(source, consultation_id, reference), self._mark(source))
        tried, at, failed = self._try(consultation_id, marks)
        if failed > self._limits.tries_hour:
            time.sleep(self._limits.tries_wait)
        with self._connect() as c:
            key = self._key(c, consultation_id)
        if not rules.right(key, reference, code):
            raise rules.ReceiptError(rules.WRONG)
        with self._connect() as c:
            c.execute(delete(receipt_tries).where(receipt_tries.c.id == tried))
            for use, mark in zip(USES, marks, strict=True):
                uncount(c, use, mark, at)
        line = (PUBLIC.who, ("receipt read", f"edition {number}"))
        self._append(consultation_id, lambda _: [line])
        return rules.receipt(self._loaded(edition), edition, content, reference)

    def _try(self, consultation_id: str, marks: Sequence[str]) -> tuple[int, float, int]:
        """Counts a try as a wrong one, until it proves right; raises ReceiptError.

        Its number, its time, and how many there were for the consultation in the last hour.
        """
        from analysis.capture import receipt as rules

        now, t = time.time(), receipt_tries.c
        own = (t.consultation_id == consultation_id) & (t.at > now - rules.HOUR)
        with self._connect() as c:
            c.execute(delete(receipt_tries).where(t.at <= now - rules.HOUR))
            reply, anywhere = (
                counted(c, use, mark, now) for use, mark in zip(USES, marks, strict=True)
            )
            rules.admit(reply, anywhere, self._limits)
            for use, mark in zip(USES, marks, strict=True):
                count(c, use, mark, now)
            row = {"consultation_id": consultation_id, "at": now}
            made = c.execute(insert(receipt_tries).values(row)).inserted_primary_key
            failed = c.execute(select(func.count()).select_from(receipt_tries).where(own)).scalar()
            assert made is not None
        return int(made[0]), now, int(failed or 0)
