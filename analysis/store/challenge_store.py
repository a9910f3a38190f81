"""What readers say was missed, and the team's answers: rows that are only ever added."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, func, insert, select

from analysis.access import PUBLIC, Actor
from analysis.errors import StoreError
from analysis.review import challenges as rules
from analysis.review.challenges import HOUR, Answer, Challenge, ChallengeError, Told
from analysis.review.editions import Edition, named_themes
from analysis.settings import PublicLimits
from analysis.store.schema import challenge_answers, challenges
from analysis.store.source_store import SourceStore, count, counted

_Line = tuple[str, tuple[str, str]]  # who, (action, detail) of a line of the audit log
USE = "challenge"
UNKNOWN = "There is nothing under this address. Please check that it is whole."


class ChallengeStore(SourceStore):
    """The part of the store that `Store` takes in for challenges."""

    _append: Callable[[str, Callable[[Connection], list[_Line]]], None]
    published_edition: Callable[[str, int], dict[str, Any]]
    editions: Callable[[str | None], list[Edition]]
    _limits: PublicLimits = PublicLimits()

    def challenge(
        self, consultation_id: str, number: int, text: str, status: str, theme_id: str,
        source: str = "",
    ) -> str:  # fmt: skip
        """Keep what a reader says was missed in a published edition.

        Returns the token of its address, which is kept nowhere. `source`: where it comes from.
        Raises ChallengeError.
        """
        themes = named_themes(self.published_edition(consultation_id, number))
        told = rules.told(text, status, theme_id, themes, self._limits)
        secret, sender = rules.token(), self._mark(source)

        def write(c: Connection) -> list[_Line]:
            return [self._add(c, consultation_id, number, told, secret, sender)]

        self._append(consultation_id, write)
        return secret

    def _add(
        self, c: Connection, consultation_id: str, number: int, told: Told, secret: str,
        sender: str,
    ) -> _Line:  # fmt: skip
        t, now, mark = challenges.c, time.time(), rules.mark(told.text)
        own = (t.consultation_id == consultation_id) & (t.number == number)
        if c.execute(select(t.id).where(own, t.mark == mark)).first():
            raise ChallengeError("The team has this text already. It was not sent again.")
        recent = select(func.count()).select_from(challenges).where(own, t.created > now - HOUR)
        everyone = int(c.execute(recent).scalar() or 0)
        rules.admit(everyone, counted(c, USE, sender, now), self._limits)
        count(c, USE, sender, now)
        made = c.execute(
            insert(challenges).values(
                consultation_id=consultation_id, number=number, token_hash=rules.digest(secret),
                mark=mark, text=told.text, status=told.status, theme_id=told.theme_id, created=now,
            )
        ).inserted_primary_key  # fmt: skip
        assert made is not None
        about = f"challenge {made[0]}, edition {number}: {told.status}, {told.theme_id or 'none'}"
        return PUBLIC.who, ("challenge", about)

    def challenges(self, consultation_id: str) -> list[Challenge]:
        """The queue of one consultation: open ones first."""
        return rules.ordered(self._challenges(challenges.c.consultation_id == consultation_id))

    def told_missed(self, consultation_id: str) -> list[dict[str, Any]]:
        """What readers said was missed and what was answered, personal details hidden."""
        return rules.listed(self.challenges(consultation_id))

    def _challenges(self, which: Any) -> list[Challenge]:
        t, a = challenges.c, challenge_answers.c
        columns = [t[name] for name in Challenge.__dataclass_fields__ if name != "answers"]
        given: dict[int, list[Answer]] = {}
        with self._connect() as c:
            rows = list(c.execute(select(*columns).where(which).order_by(t.id)))
            replies = select(
                a.challenge_id, a.kind, a.text, a.edition, a.who, a.email, a.at
            ).where(a.challenge_id.in_([r.id for r in rows]))  # fmt: skip
            for challenge_id, *answer in c.execute(replies.order_by(a.id)):
                given.setdefault(challenge_id, []).append(Answer(*answer))
        return [Challenge(**r._mapping, answers=tuple(given.get(r.id, ()))) for r in rows]

    def answer_challenge(
        self, consultation_id: str, challenge_id: int, kind: str, text: str, edition: int,
        actor: Actor,
    ) -> None:  # fmt: skip
        """The team's answer; an earlier one stays, and the last counts. Raises ChallengeError."""
        if not actor.name.strip():
            raise ChallengeError("Type your name: it is kept with the answer.")
        if challenge_id not in {c.id for c in self.challenges(consultation_id)}:
            raise StoreError("This is not in the queue any more.")
        numbers = [e.number for e in self.editions(consultation_id)]
        what, words = rules.answered(kind, text, edition, numbers)

        def write(c: Connection) -> list[_Line]:
            c.execute(
                insert(challenge_answers).values(
                    consultation_id=consultation_id, challenge_id=challenge_id, kind=what,
                    text=words, edition=edition, who=actor.name, email=actor.email, at=time.time(),
                )
            )  # fmt: skip
            place = f"challenge {challenge_id}: {what}"
            return [(actor.who, ("challenge answered", place))]

        self._append(consultation_id, write)

    def answer_to(self, token: str) -> dict[str, Any]:
        """What whoever has the token may read of its challenge. Raises StoreError."""
        found = self._challenges(challenges.c.token_hash == rules.digest(token))
        if not found:
            raise StoreError(UNKNOWN)
        one = rules.for_asker(found[0])
        states = {e.number: e.state for e in self.editions(one["consultation"])}
        for answer in one["answers"]:
            answer["readable"] = states.get(answer["edition"]) == "published"
        return one
