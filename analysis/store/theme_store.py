"""Decisions on themes: rows that are only ever added, and never over somebody else's unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from analysis.errors import StoreError
from analysis.fingerprint import fingerprint
from analysis.review.edits import Decided, Edit, touched
from analysis.store.artefacts import Artefacts
from analysis.store.database import one_at_a_time
from analysis.store.rows import Entry
from analysis.store.schema import consultations, runs, theme_edits
from analysis.themes.frame import CodeFrame

_Line = tuple[str, tuple[str, str]]  # who, (action, detail) of a line of the audit log


class Conflict(StoreError):
    """Somebody else decided on the same theme in the meantime."""


class ThemeStore:
    """The part of the store that `Store` takes in for decisions on themes."""

    _connect: Callable[[], AbstractContextManager[Connection]]
    _append: Callable[[str, Callable[[Connection], list[_Line]]], None]
    artefacts: Callable[[str], Artefacts]
    entry: Callable[[str], Entry]

    def add_theme_edits(
        self, consultation_id: str, edits: Sequence[Edit], seen: Sequence[str]
    ) -> None:
        """Append the decisions, made by somebody who knew of those in `seen` (ids).

        Raises Conflict, and nothing is kept, if another one touched one of the same themes. The
        log names a decision by its id, kind and themes: no words of it are in the log.
        """

        def write(c: Connection) -> list[_Line]:
            one_at_a_time(c, consultation_id)
            _refuse_unseen(_listed(c, consultation_id), edits, set(seen))
            lines = []
            for edit in edits:
                row = {**asdict(edit), "themes": list(edit.themes), "at": edit.when}
                del row["when"]
                c.execute(insert(theme_edits).values(consultation_id=consultation_id, **row))
                detail = f"edit {edit.id}: {', '.join(edit.themes)}"
                lines.append((edit.who, (f"theme {edit.kind}", detail)))
            return lines

        self._append(consultation_id, write)

    def theme_edits(self, consultation_id: str) -> list[Edit]:
        """The decisions on the themes of a consultation, oldest first."""
        with self._connect() as c:
            return _listed(c, consultation_id)

    def decided(self, consultation_id: str) -> Decided:
        """The same with the fingerprints of the runs that they were made on."""
        query = select(runs.c.id, runs.c.fingerprints)
        with self._connect() as c:
            edits = _listed(c, consultation_id)
            rows = c.execute(query.where(runs.c.consultation_id == consultation_id))
            prints = {str(r.id): dict(r.fingerprints) for r in rows}
        return Decided(tuple(edits), {e.run: prints.get(e.run, {}) for e in edits})

    def set_frame(
        self, consultation_id: str, question_id: str, frame: CodeFrame | None, who: str
    ) -> None:
        """The code frame that the answers to a question are placed in from now on, or none."""
        fp = fingerprint(frame) if frame else ""
        if frame:
            self.artefacts(consultation_id).save("frame", fp, frame)

        def write(c: Connection) -> list[_Line]:
            own = consultations.c.id == consultation_id
            one_at_a_time(c, consultation_id)
            before = c.execute(select(consultations.c.frames).where(own)).scalar_one()
            kept = {q: f for q, f in before.items() if q != question_id}
            now = {**kept, question_id: fp} if fp else kept
            c.execute(update(consultations).where(own).values(frames=now))
            return [(who, ("code frame" if fp else "code frame removed", question_id))]

        self._append(consultation_id, write)

    def frames(self, consultation_id: str) -> dict[str, CodeFrame]:
        """question → its code frame. Raises StoreError where one cannot be read."""
        artefacts = self.artefacts(consultation_id)
        known = self.entry(consultation_id).frames
        return {q: artefacts.load("frame", fp, CodeFrame) for q, fp in sorted(known.items())}


def _listed(c: Connection, consultation_id: str) -> list[Edit]:
    t = theme_edits.c
    query = select(
        t.id, t.kind, t.question_id, t.themes, t.who, t.at.label("when"), t.payload, t.why, t.run
    ).where(t.consultation_id == consultation_id)
    rows = [dict(r._mapping) for r in c.execute(query.order_by(t.number))]
    return [
        Edit(**{**r, "themes": tuple(r["themes"]), "payload": dict(r["payload"])}) for r in rows
    ]


def _refuse_unseen(there: Sequence[Edit], new: Sequence[Edit], seen: set[str]) -> None:
    about = {t for e in new for t in touched(e)}
    unseen = [e for e in there if e.id not in seen and touched(e) & about]
    if unseen:
        last = unseen[-1]
        at = datetime.fromtimestamp(last.when).strftime("%H:%M")
        raise Conflict(
            f"{last.who} decided on the same theme at {at}, while you were looking at it "
            f"({last.kind}). Yours was not kept: look at the theme as it is now, and decide again."
        )
