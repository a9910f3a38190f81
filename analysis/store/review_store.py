"""The team's decisions and the audit log: both only ever grow, and the log shows tampering.

Each line of the log holds the hash of the line before it, and a table of one row holds the hash
of the last, so a changed, removed or reordered line is seen. The log never holds reply text.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from analysis.access import Actor
from analysis.errors import StoreError
from analysis.judge.hand import Label
from analysis.prepare.review import RedactionEdit
from analysis.store.database import now, snapshot
from analysis.store.schema import audit, audit_head, hand_labels, redaction_edits

TRIES = 20  # another process may write the next line first
OPENED = "replies as received opened"
EVERY = 3600.0  # seconds between two such lines about the same person and consultation
_Line = tuple[str, str]  # action, detail


@dataclass(frozen=True)
class AuditLine:
    """`at` in seconds since 1970; `hash` covers every other field."""

    id: int
    at: float
    who: str
    action: str
    consultation_id: str
    detail: str
    previous: str
    hash: str


def _hash(line: dict[str, str | int | float]) -> str:
    values = [line[f] for f in AuditLine.__dataclass_fields__ if f != "hash"]
    return hashlib.sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()


class ReviewStore:
    """The part of the store that `Store` takes in for decisions and the audit log."""

    _connect: Callable[[], AbstractContextManager[Connection]]
    _engine: Engine
    _opened: dict[tuple[str, str], float]  # person, consultation → when the next line is due

    def add_redaction_edits(self, consultation_id: str, edits: Sequence[RedactionEdit]) -> None:
        """Append the decisions and one line of the log for each: all of them, or none.

        The log names a decision by number, kind and place: `why` and the answer are not in it.
        """

        def write(c: Connection) -> list[tuple[str, _Line]]:
            lines = []
            for edit in edits:
                row = {**asdict(edit), "consultation_id": consultation_id, "at": edit.when}
                del row["when"]
                made = c.execute(insert(redaction_edits).values(row)).inserted_primary_key
                assert made is not None
                place = f"{edit.kind}, characters {edit.start} to {edit.end}"
                lines.append((edit.who, (f"redaction {edit.action}", f"edit {made[0]}: {place}")))
            return lines

        self._append(consultation_id, write)

    def redaction_edits(self, consultation_id: str) -> list[RedactionEdit]:
        """The decisions on a consultation, oldest first."""
        t = redaction_edits.c
        query = select(
            t.response_id, t.start, t.end, t.kind, t.action, t.who, t.at.label("when"), t.why, t.of
        ).where(t.consultation_id == consultation_id)
        with self._connect() as c:
            return [RedactionEdit(**r._mapping) for r in c.execute(query.order_by(t.id))]

    def add_labels(self, consultation_id: str, labels: Sequence[Label]) -> None:
        """Append labels of position and tone, and one line of the log for each: all, or none.

        The log names a label by number, what it is about and its value, without `why`.
        """

        def write(c: Connection) -> list[tuple[str, _Line]]:
            lines = []
            for label in labels:
                row = {**asdict(label), "consultation_id": consultation_id, "at": label.when}
                del row["when"]
                made = c.execute(insert(hand_labels).values(row)).inserted_primary_key
                assert made is not None
                detail = f"label {made[0]}: {label.about}, {label.value or 'taken back'}"
                lines.append((label.who, (f"label {label.measure}", detail)))
            return lines

        self._append(consultation_id, write)

    def labels(self, consultation_id: str) -> list[Label]:
        """The labels of a consultation, oldest first."""
        t = hand_labels.c
        query = select(
            t.measure, t.about, t.value, t.who, t.at.label("when"), t.start, t.end, t.why, t.of
        ).where(t.consultation_id == consultation_id)
        with self._connect() as c:
            return [Label(**r._mapping) for r in c.execute(query.order_by(t.id))]

    def record_view(
        self, consultation_id: str, actor: Actor, page: str, answers: int, by: Sequence[str]
    ) -> None:
        """`actor` was shown texts as received. by: names of filters, not what was looked for."""
        how = f", by {', '.join(by)}" if by else ""
        noun = "answer" if answers == 1 else "answers"
        self.log(
            actor.who, "unredacted text seen", consultation_id, f"{page}: {answers} {noun}{how}"
        )

    def replies_opened(self, consultation_id: str, actor: Actor) -> None:
        """`actor` reads replies through the store, shown or not: one line an hour, over processes.

        Which of them a page then showed is said by `record_view`.
        """
        key = (actor.who, consultation_id)
        if time.monotonic() < self._opened.get(key, 0.0):
            return
        mine = (audit.c.consultation_id == consultation_id) & (audit.c.who == actor.who)
        with self._connect() as c:
            last = c.execute(select(func.max(audit.c.at)).where(mine, audit.c.action == OPENED))
            age = now(c) - (last.scalar() or 0.0)
        if age >= EVERY:
            self.log(actor.who, OPENED, consultation_id)
            age = 0.0
        self._opened[key] = time.monotonic() + EVERY - age

    def log(self, who: str, action: str, consultation_id: str = "", detail: str = "") -> None:
        """Append a line to the audit log; never put reply text into `detail`."""
        self._append(consultation_id, lambda _: [(who, (action, detail))])

    def exported(self, consultation_id: str, what: str, actor: Actor) -> None:
        """`actor` takes `what` away: a file with replies, or with what was made of them."""
        self.log(actor.who, "export", consultation_id, what)

    def audit(self, consultation_id: str | None = None) -> list[AuditLine]:
        """The lines about one consultation, or all, oldest first."""
        query = select(audit).order_by(audit.c.id)
        if consultation_id is not None:
            query = query.where(audit.c.consultation_id == consultation_id)
        with self._connect() as c:
            return [AuditLine(**r._mapping) for r in c.execute(query)]

    def verify_audit(self) -> int | None:
        """The number of the first line that is not as it was written, None if all are.

        Whoever can write to the database can also make the whole chain anew; keep a hash elsewhere
        to see that.
        """
        last, number = "", 0
        with snapshot(self._engine) as c:  # others may write a line in between
            lines = [AuditLine(**r._mapping) for r in c.execute(select(audit).order_by(audit.c.id))]
            head = c.execute(select(audit_head.c.line, audit_head.c.hash)).first()
        for number, line in enumerate(lines, 1):
            if (line.id, line.previous, line.hash) != (number, last, _hash(asdict(line))):
                return number
            last = line.hash
        if (number, last) == (tuple(head) if head else (0, "")):
            return None
        return number + 1 if head and head.line > number else number

    def _append(
        self, consultation_id: str, write: Callable[[Connection], list[tuple[str, _Line]]]
    ) -> None:
        """Run `write` and log what it says, in one transaction; again if another came first."""
        for _ in range(TRIES):
            with self._connect() as c:
                head = c.execute(select(audit_head.c.line, audit_head.c.hash)).first()
            number, last = tuple(head) if head else (0, "")
            try:
                with self._connect() as c:
                    at = now(c)
                    for who, (action, detail) in write(c):
                        number += 1
                        line = {
                            "id": number, "at": at, "who": who, "action": action,
                            "consultation_id": consultation_id, "detail": detail, "previous": last,
                        }  # fmt: skip
                        last = _hash(line)
                        c.execute(insert(audit).values(**line, hash=last))
                    values = {"line": number, "hash": last}
                    if not c.execute(update(audit_head).values(values)).rowcount:
                        c.execute(insert(audit_head).values(id=1, **values))
                return
            except StoreError as error:
                if not isinstance(error.__cause__, IntegrityError):
                    raise
        raise StoreError(
            "The audit log takes no new line. Nothing was changed; try again in a moment."
        )
