"""A small town's consultation, analysed, checked and published within seconds."""

from __future__ import annotations

from analysis.access import Actor
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.review.checklist import checklist, plain
from analysis.review.editions import hashes, make
from analysis.store.store import Store

ID = "town"
RAE = Actor("Rae", "reviewer", "rae@dept.example")
ADA = Actor("Ada", "admin", "ada@dept.example")
VIEWS = (
    "The buses are late every single morning and nobody tells us why.",
    "Buses ought to run later in the evening so that nurses get home.",
    "The bin collection was moved to Friday and the bins are overflowing.",
    "Bins on our street are left full for weeks and attract rats.",
    "The park needs more benches where older people can sit down.",
    "Please put benches and a toilet in the park for families.",
)
CAPTURED = "Our buses come late every morning and nobody says why."
MISSING = "The library should open its reading room to dogs on leads."
REFUSED = "TOWN-007"  # does not want to be published, and says something that nobody else says
SECRET = "My cousin Theodora keeps eleven unregistered alpacas behind the chapel."
EMPTY = "TOWN-020"  # says “n/a”
QUIET = "TOWN-021"  # ticked, and wrote nothing


def table() -> bytes:
    rows = [
        "Response ID,Region,Do you support the plan?,May we publish your response?,"
        "What should change in our town?"
    ]
    for n in range(60):
        ref = f"TOWN-{n:03}"
        text = f"{VIEWS[n % 6]} I have seen it {n + 2} times."
        text = {REFUSED: f"{text} {SECRET}", EMPTY: "n/a", QUIET: ""}.get(ref, text)
        side, region = ("Support", "Oppose", "Not sure")[n % 3], ("North", "South")[n % 2]
        rows.append(f'{ref},{region},{side},{"No" if ref == REFUSED else "Yes"},"{text}"')
    return "\n".join(rows).encode()


def publish(store: Store) -> None:
    """Edition 1, checked by Rae and published by Ada."""
    found = read(table(), name="town.csv")
    store.create("Our town", [("town.csv", table())], ident=ID)
    store.confirm(ID, build([found], propose([found], "Our town")), "")
    store.enqueue(ID)
    work(store, once=True)
    edition(store)
    store.publish_edition(ID, 1, ADA, "")


def run_of(store: Store) -> Run:
    stored = store.latest_run(ID)
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts(ID))


def edition(store: Store) -> None:
    """One more edition of the latest run, checked."""
    run = run_of(store)
    content = make(run, "all")
    checks = plain(checklist(run, content))
    store.check_edition(
        ID, run.id, "all", content, hashes(run, content, []), [], checks, RAE, ""
    )  # fmt: skip
