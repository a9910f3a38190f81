"""Blind checks: the samples that were drawn, and what people coded: rows that are only added."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from analysis.review.blind import BlindCode, BlindSample, Drawn, Offered
from analysis.store.rows import StoredRun
from analysis.store.schema import blind_codes, blind_samples, runs

_Line = tuple[str, tuple[str, str]]  # who, (action, detail) of a line of the audit log


class BlindStore:
    """The part of the store that `Store` takes in for blind checks."""

    _connect: Callable[[], AbstractContextManager[Connection]]
    _append: Callable[[str, Callable[[Connection], list[_Line]]], None]

    def add_blind_sample(self, consultation_id: str, sample: BlindSample) -> BlindSample:
        """Keep a sample; returned with the number that it got."""
        made = [sample]

        def write(c: Connection) -> list[_Line]:
            t = blind_samples.c
            mine = select(func.max(t.number)).where(t.consultation_id == consultation_id)
            made[:] = [replace(sample, number=(c.execute(mine).scalar() or 0) + 1)]
            row = {
                **asdict(made[0]), "consultation_id": consultation_id,
                "drawn": [asdict(d) for d in sample.drawn],
                "themes": [[t.theme_id, t.name, t.description] for t in sample.themes],
            }  # fmt: skip
            c.execute(insert(blind_samples).values(row))
            detail = f"sample {made[0].number}: {sample.size} replies to {sample.question_id}"
            return [(sample.who, ("blind sample", f"{detail}, seed {sample.seed}"))]

        self._append(consultation_id, write)
        return made[0]

    def blind_samples(self, consultation_id: str) -> list[BlindSample]:
        """The samples of a consultation, the newest first."""
        t = blind_samples.c
        columns = [t[name] for name in BlindSample.__dataclass_fields__]
        query = select(*columns).where(t.consultation_id == consultation_id)
        with self._connect() as c:
            return [_sample(r) for r in c.execute(query.order_by(t.number.desc()))]

    def add_blind_code(self, consultation_id: str, code: BlindCode) -> None:
        """Append what a person coded, and a line of the log that does not say what it was."""

        def write(c: Connection) -> list[_Line]:
            row = {**asdict(code), "consultation_id": consultation_id}
            c.execute(insert(blind_codes).values({**row, "theme_ids": list(code.theme_ids)}))
            detail = f"sample {code.number}: {code.response_id}"
            return [(code.coder, ("blind code", detail))]

        self._append(consultation_id, write)

    def blind_codes(self, consultation_id: str, number: int) -> list[BlindCode]:
        """All that was coded of a sample, oldest first."""
        t = blind_codes.c
        columns = [t[name] for name in BlindCode.__dataclass_fields__]
        query = select(*columns).where(t.consultation_id == consultation_id, t.number == number)
        with self._connect() as c:
            rows = [dict(r._mapping) for r in c.execute(query.order_by(t.id))]
        return [BlindCode(**{**r, "theme_ids": tuple(r["theme_ids"])}) for r in rows]

    def run_of(self, consultation_id: str, run_id: str) -> StoredRun | None:
        """A run of the consultation, also one that is not the latest."""
        query = select(runs).where(runs.c.consultation_id == consultation_id, runs.c.id == run_id)
        with self._connect() as c:
            row = c.execute(query).first()
        return StoredRun(**row._mapping) if row else None


def _sample(row: Row[Any]) -> BlindSample:
    plain = dict(row._mapping)
    drawn = tuple(Drawn(**d) for d in plain.pop("drawn"))
    themes = tuple(Offered(*t) for t in plain.pop("themes"))
    return BlindSample(**plain, drawn=drawn, themes=themes)
