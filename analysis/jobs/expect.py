"""How long an analysis will take on this machine, going by one that was made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.provenance import size
from analysis.records import Consultation
from analysis.stages import Planned
from analysis.store.store import Store


@dataclass(frozen=True)
class Expected:
    """seconds: of the steps still to be run. answers, took: of the analysis it is judged by."""

    seconds: float
    answers: int
    took: float


def expected(store: Store, consultation: Consultation, steps: Sequence[Planned]) -> Expected | None:
    """From the stored analysis nearest in size of which every step was run; None without one.

    Time is taken to grow with the letters of the answers. It is a guess: a machine that does
    other work takes longer, and so do the themes of a question with very many answers.
    """
    own = size(consultation)
    to_run = [s.stage for s in steps if not s.stored]
    known = []
    for entry in store.entries():
        run = store.latest_run(entry.id)
        if run is None or not run.meta.get("size", {}).get("letters"):
            continue
        costs = run.meta["stages"]
        if all(name in costs and not costs[name]["stored"] for name in to_run):
            there = run.meta["size"]
            known.append((abs(there["letters"] - own["letters"]), entry.id, there, costs))
    if not known or not to_run:
        return None
    _, _, there, costs = min(known, key=lambda k: k[:2])
    took = sum(float(costs[name]["seconds"]) for name in to_run)
    return Expected(took * own["letters"] / there["letters"], there["answers"], took)
