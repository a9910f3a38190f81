"""What decisions on themes were made on: the machine's themes of a run, from its stored results."""

from __future__ import annotations

from analysis.errors import StoreError
from analysis.records import Points, Run, Themes
from analysis.review.apply import Edited
from analysis.review.edits import Decided
from analysis.review.review import Base, edited
from analysis.settings import Settings
from analysis.stages import THEMED
from analysis.store.artefacts import Artefacts
from analysis.wording import Named


def bases(decided: Decided, prints: dict[str, str], artefacts: Artefacts) -> dict[str, Base | None]:
    """run → its themes and points, for the runs of decisions whose themes are not those of
    `prints`; None where they are not stored any more."""
    runs = {e.run: decided.prints.get(e.run, {}) for e in decided.edits}
    return {
        run: _themed(own, artefacts)
        for run, own in runs.items()
        if [own.get(n) for n in THEMED] != [prints[n] for n in THEMED]
    }


def preview(
    run: Run, settings: Settings, artefacts: Artefacts, decided: Decided
) -> tuple[Edited, Base]:
    """The run's themes after all decisions until now, and as the machine found them.

    Raises StoreError where the machine's are not stored any more.
    """
    prints = run.meta["fingerprints"]
    base = _themed(prints, artefacts)
    if base is None:
        raise StoreError("The themes of this run cannot be read. Run the analysis again.")
    return edited(*base, decided.edits, bases(decided, prints, artefacts), settings), base


def _themed(prints: dict[str, str], artefacts: Artefacts) -> Base | None:
    try:
        points = artefacts.load("points", prints["points"], Points)
        named = artefacts.load("name", prints["name"], Named)
        return named.applied(artefacts.load("themes", prints["themes"], Themes)), points
    except (KeyError, StoreError):
        return None
