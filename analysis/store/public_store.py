"""What the public may ask of a published edition beyond reading it. The run stays behind it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from analysis.errors import FileError, StoreError
from analysis.review.editions import Edition, EditionContent
from analysis.review.opendata import archive
from analysis.settings import PublicLimits
from analysis.store.artefacts import Artefacts
from analysis.store.edition_store import NOT_THERE
from analysis.store.rows import StoredRun
from analysis.store.source_store import SourceStore, count, counted

if TYPE_CHECKING:
    from analysis.capture.check import Checker
    from analysis.capture.public import Compared, Group
    from analysis.records import Run

USE = "compare"
KEPT = 2  # editions that are held ready for comparing
_lock = threading.Lock()  # one comparison at a time: readers never take all of the machine


class PublicStore(SourceStore):
    """The part of the store that `Store` takes in for readers of an edition."""

    artefacts: Callable[[str], Artefacts]
    edition: Callable[[str, int], tuple[Edition, EditionContent]]
    run_of: Callable[[str, str], StoredRun | None]
    _limits: PublicLimits = PublicLimits()
    _checkers: dict[str, Checker]

    def compare(self, consultation_id: str, number: int, text: str) -> tuple[Compared, ...]:
        """The points of a text beside a published edition; nothing of the text is kept.

        Raises FileError for a text that is too long or empty.
        """
        from analysis.capture.public import compared

        if len(text) > self._limits.compared_longest:
            raise FileError(
                f"This text is too long. Please send {self._limits.compared_longest:,} letters or "
                "less at a time."
            )
        edition, content = self._published(consultation_id, number)
        with _lock:
            checker = self._checker(edition)
            try:
                return compared(checker.check(text), content, checker.closest)
            finally:
                checker.forget()

    def compare_group(
        self, consultation_id: str, number: int, given: Sequence[str], source: str = ""
    ) -> Group:
        """A group's submissions beside a published edition; nothing of them is kept.

        `source`: where they come from. Raises FileError for too many, too long or empty ones.
        """
        from analysis.capture.compare import letters
        from analysis.capture.public import grouped

        self._bounded(given)
        self._paced(source)
        edition, content = self._published(consultation_id, number)
        with _lock:
            checker = self._checker(edition)
            try:
                found = [checker.check(t) for t in given]
                known = letters(self._loaded(edition), given, content.public["minimum"])
                return grouped(found, content, known, checker.closest)
            finally:
                checker.forget()

    def _bounded(self, given: Sequence[str]) -> None:
        most = self._limits
        if len(given) > most.group_most or sum(map(len, given)) > most.group_longest:
            raise FileError(
                f"These are too many, or too long. Please send {most.group_most} replies and "
                f"{most.group_longest:,} letters or less at a time."
            )

    def _paced(self, source: str) -> None:
        mark, now = self._mark(source), time.time()
        with self._connect() as c:
            if counted(c, USE, mark, now) >= self._limits.compared_source:
                raise FileError(
                    f"You can check {self._limits.compared_source} times in one hour. Please come "
                    "back later."
                )
            count(c, USE, mark, now)

    def published_data(self, consultation_id: str, number: int) -> bytes:
        """What everybody may have of an edition as a file, a zip. Raises StoreError."""
        edition, content = self._published(consultation_id, number)
        return archive(edition, content)

    def _published(self, consultation_id: str, number: int) -> tuple[Edition, EditionContent]:
        edition, content = self.edition(consultation_id, number)
        if edition.state != "published":
            raise StoreError(NOT_THERE)
        return edition, content

    def _checker(self, edition: Edition) -> Checker:
        from analysis.capture.check import Checker
        from analysis.capture.public import publishable
        from analysis.capture.report import from_run

        if edition.digest not in self._checkers:
            run = self._loaded(edition)
            report = publishable(from_run(run), run.consultation.respondents)
            while len(self._checkers) >= KEPT:
                self._checkers.pop(next(iter(self._checkers)))
            self._checkers[edition.digest] = Checker(report)
        return self._checkers[edition.digest]

    def _loaded(self, edition: Edition) -> Run:
        """The run that the edition was made from. Raises StoreError if it is gone."""
        from analysis.pipeline import load

        stored = self.run_of(edition.consultation_id, edition.run_id)
        if stored is None:
            raise StoreError("The replies of this edition are not here any more.")
        return load(stored.fingerprints, stored.meta, self.artefacts(edition.consultation_id))
