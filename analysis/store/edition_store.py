"""Editions, their sign-offs and the consideration record: rows that are only ever added."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from analysis.access import Actor, Denied
from analysis.errors import StoreError
from analysis.fingerprint import fingerprint
from analysis.review.consideration import Considered
from analysis.review.editions import Edition, EditionContent, SignOff, State, content_hash, verify
from analysis.store.artefacts import Artefacts
from analysis.store.schema import considerations, editions, sign_offs

_Line = tuple[str, tuple[str, str]]  # who, (action, detail) of a line of the audit log
NOT_THERE = "There is no such edition, or it is not published."


class EditionStore:
    """The part of the store that `Store` takes in for editions."""

    _connect: Callable[[], AbstractContextManager[Connection]]
    _append: Callable[[str, Callable[[Connection], list[_Line]]], None]
    artefacts: Callable[[str], Artefacts]

    def check_edition(
        self,
        consultation_id: str,
        run_id: str,
        counting: str,
        content: EditionContent,
        hashes: Mapping[str, str],
        changes: Sequence[str],
        checklist: Sequence[Mapping[str, Any]],
        actor: Actor,
        note: str,
    ) -> Edition:
        """A new edition, signed as checked by `actor`: its content is fixed from now on.

        Raises StoreError where something on the checklist forbids it, or another edition was made
        in the same moment.
        """
        if any(c["need"] == "stop" for c in checklist):
            raise StoreError("The checklist holds something that must be put right first.")
        fixed = dict(hashes) | {"content": content_hash(content)}
        digest = fingerprint(fixed)
        self.artefacts(consultation_id).save("edition", digest, content)
        made: list[int] = []

        def write(c: Connection) -> list[_Line]:
            last = c.execute(
                select(func.max(editions.c.number)).where(
                    editions.c.consultation_id == consultation_id
                )
            ).scalar()
            number = (last or 0) + 1
            made[:] = [number]
            c.execute(
                insert(editions).values(
                    consultation_id=consultation_id, number=number, run_id=run_id,
                    title=content.public["title"],
                    counting=counting, created=time.time(), hashes=fixed, digest=digest,
                    changes=list(changes), checklist=[dict(x) for x in checklist],
                )
            )  # fmt: skip
            return [_sign(c, consultation_id, number, "checked", actor, note, digest)]

        self._append(consultation_id, write)
        return self.edition(consultation_id, made[0])[0]

    def publish_edition(
        self, consultation_id: str, number: int, actor: Actor, note: str
    ) -> Edition:
        """Sign a checked edition as published.

        Where people sign in, nobody publishes what they checked themselves: Denied.
        """
        edition, _ = self.edition(consultation_id, number)
        if edition.state == "published":
            raise StoreError(f"Edition {number} is published already.")
        checked = edition.signed("checked")
        if actor.named and checked is not None and checked.email == actor.email:
            raise Denied("Another person must publish what you checked yourself.")

        def write(c: Connection) -> list[_Line]:
            return [_sign(c, consultation_id, number, "published", actor, note, edition.digest)]

        try:
            self._append(consultation_id, write)
        except StoreError:
            if self.edition(consultation_id, number)[0].state == "published":
                raise StoreError(f"Edition {number} is published already.") from None
            raise
        return self.edition(consultation_id, number)[0]

    def editions(self, consultation_id: str | None = None) -> list[Edition]:
        """The editions of one consultation, or of all, the newest first."""
        query = select(editions).order_by(editions.c.created.desc())
        if consultation_id is not None:
            query = query.where(editions.c.consultation_id == consultation_id)
        with self._connect() as c:
            rows = list(c.execute(query))
            signed = list(c.execute(select(sign_offs).order_by(sign_offs.c.at)))
        return [_edition(r, signed) for r in rows]

    def edition(self, consultation_id: str, number: int) -> tuple[Edition, EditionContent]:
        """An edition with its content, which is what was signed. Raises StoreError."""
        found = [e for e in self.editions(consultation_id) if e.number == number]
        if not found:
            raise StoreError(NOT_THERE)
        content = self.artefacts(consultation_id).load("edition", found[0].digest, EditionContent)
        verify(found[0], content)
        return found[0], content

    def published(self) -> list[tuple[str, int, str, float]]:
        """(consultation, number, title, when) of what everybody may read, the newest first."""
        out = [
            (e.consultation_id, e.number, e.title, signed.at)
            for e in self.editions()
            if (signed := e.signed("published"))
        ]
        return sorted(out, key=lambda p: -p[3])

    def published_edition(self, consultation_id: str, number: int) -> dict[str, Any]:
        """All that the public may know of a published edition. Raises StoreError."""
        edition, content = self.edition(consultation_id, number)
        signed = edition.signed("published")
        if signed is None:
            raise StoreError(NOT_THERE)
        others = {e.number: e.changes for e in self.editions(consultation_id)
                  if e.state == "published"}  # fmt: skip
        lines = [r for r in self.considered(consultation_id) if r.kind == "response"]
        return {
            **content.public, "number": number, "published": signed.at,
            "method": content.method, "hashes": edition.hashes,
            "digest": edition.digest, "changes": edition.changes, "numbers": sorted(others),
            "responses": {r.theme_id: r.text for r in lines},
        }  # fmt: skip

    # ------------------------------------------------------------ consideration
    def _consider(
        self, consultation_id: str, kind: str, actor: Actor, text: Mapping[str, str],
        number: int = 0, theme_id: str = "",
    ) -> None:  # fmt: skip
        def write(c: Connection) -> list[_Line]:
            c.execute(
                insert(considerations).values(
                    consultation_id=consultation_id, kind=kind, number=number, theme_id=theme_id,
                    who=actor.name, email=actor.email, role=actor.role, at=time.time(),
                    text=dict(text),
                )
            )  # fmt: skip
            return [(actor.who, (kind, f"edition {number}" if number else theme_id))]

        self._append(consultation_id, write)

    def record_opening(self, consultation_id: str, number: int, actor: Actor) -> None:
        """`actor` opened the edition."""
        self._consider(consultation_id, "opened", actor, {}, number)

    def add_note(self, consultation_id: str, number: int, actor: Actor, note: str) -> None:
        """What `actor` made of the edition. Raises StoreError for an empty note."""
        if not note.strip():
            raise StoreError("The note is empty.")
        self._consider(consultation_id, "note", actor, {"note": note.strip()}, number)

    def respond(
        self, consultation_id: str, theme_id: str, actor: Actor, text: Mapping[str, str]
    ) -> None:
        """What is done about a theme; `text` by consideration.response. The latest counts."""
        self._consider(consultation_id, "response", actor, text, 0, theme_id)

    def close_on(self, consultation_id: str, day: date, actor: Actor) -> None:
        """The day on which the consultation closed; the latest counts."""
        self._consider(consultation_id, "closing", actor, {"date": day.isoformat()})

    def considered(self, consultation_id: str) -> list[Considered]:
        """The consideration record, oldest first."""
        t = considerations.c
        columns = [t[name] for name in Considered.__dataclass_fields__]
        query = select(*columns).where(t.consultation_id == consultation_id).order_by(t.id)
        with self._connect() as c:
            rows = [dict(r._mapping) for r in c.execute(query)]
        return [Considered(**{**r, "text": dict(r["text"])}) for r in rows]


def _sign(
    c: Connection, consultation_id: str, number: int, step: State, actor: Actor, note: str,
    digest: str,
) -> _Line:  # fmt: skip
    c.execute(
        insert(sign_offs).values(
            consultation_id=consultation_id, number=number, step=step, who=actor.name,
            email=actor.email, role=actor.role, at=time.time(), note=note.strip(), digest=digest,
        )
    )  # fmt: skip
    return actor.who, (f"edition {step}", f"edition {number}, {digest}")


def _edition(row: Row[Any], signed: Sequence[Row[Any]]) -> Edition:
    own = [
        SignOff(s.step, s.who, s.email, s.role, s.at, s.note)
        for s in signed
        if (s.consultation_id, s.number, s.digest) == (row.consultation_id, row.number, row.digest)
    ]
    return Edition(**row._mapping, sign_offs=tuple(own))
