"""Whether anything is lost that was confirmed on screen, when parts of Heard are killed.

    python -m tests.benchmarks.soak [SEED]

Two apps and two workers on one PostgreSQL, and four people who sign in with an OpenID provider and
work in Chromium: import, analyse, merge two themes, check, publish, read. At ten random moments of
that, one of the apps, a worker or the database is killed (SIGKILL) and started again. Somebody who
saw no confirmation looks, as a person would, whether it was done, and else does it again. After
each kill and at the end the store must hold all that was confirmed, once.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright
from sqlalchemy import select

from analysis.store.schema import jobs, runs
from analysis.store.store import Store
from tests.benchmarks.soak_journey import STEPS, Journey
from tests.benchmarks.soak_services import Database, Service, Services, answers, running
from tests.browser.conftest import FLAGS

KILLS = 10
TRIES = 8  # of one step by one person
VICTIMS = ("app", "worker", "database")


@dataclass
class Kill:
    """A moment: so many seconds into a step; the rest is filled in when it came."""

    step: int
    after: float
    victim: str
    during: str = ""
    name: str = ""
    confirmed: int = 0
    missing: list[str] = field(default_factory=list)
    chain: bool = False


def moments(seed: int) -> list[Kill]:
    """Ten moments, a long step hit more often than a short one; each victim three times or more."""
    dice = random.Random(seed)
    steps = dice.choices(range(len(STEPS)), [s.seconds for s in STEPS], k=KILLS)
    victims = [VICTIMS[n % 3] for n in range(KILLS - 1)] + [dice.choice(VICTIMS)]
    dice.shuffle(victims)
    drawn = [
        Kill(s, dice.uniform(0, STEPS[s].seconds), v) for s, v in zip(steps, victims, strict=True)
    ]
    return sorted(drawn, key=lambda k: (k.step, k.after))


class Soak:
    def __init__(self, services: Services, journey: Journey, kills: list[Kill]) -> None:
        self.services, self.journey, self.kills = services, journey, kills
        self.now, self.confirmed = 0, 0
        self.again: Counter[str] = Counter()
        self.told: list[str] = []
        self._one = threading.Lock()  # one kill after the other

    def run(self) -> None:
        timers = []
        for self.now, step in enumerate(STEPS):
            self.services.watch()
            own = [k for k in self.kills if k.step == self.now]
            timers += [threading.Timer(k.after, self._kill, (k,)) for k in own]
            for timer in timers[len(timers) - len(own) :]:
                timer.start()
            self._carry_out(self.now)
            self.confirmed = self.now + 1
            print(f"  {step.title}: confirmed", file=sys.stderr)
        for timer in timers:
            timer.join()

    def _carry_out(self, at: int) -> None:
        step = STEPS[at]
        for attempt in range(TRIES):
            try:
                if attempt and step.seen(self.journey):
                    return
                step.act(self.journey)
                return
            except (Error, AssertionError) as cause:
                self.again[step.title] += 1
                self.told.append(f"{step.title}: {self.journey.screen()}")
                print(f"  {step.title}: again: {str(cause).splitlines()[0]}", file=sys.stderr)
                print(f"    {self.told[-1]}", file=sys.stderr)
                time.sleep(2)
                self.services.watch()
        raise SystemExit(f"“{step.title}” could not be done after {TRIES} times")

    def _victim(self, kind: str) -> Service | Database:
        if kind == "database":
            return self.services.database
        if kind == "app":
            return self.services.apps[self.journey.app]
        busy = self.services.stored()
        with busy._connect() as c:
            owner = c.execute(select(jobs.c.worker).where(jobs.c.state == "running")).scalar() or ""
        pid = owner.rpartition("-")[2]
        own = self.services.workers
        return next((w for w in own if w.process and str(w.process.pid) == pid), own[0])

    def _kill(self, kill: Kill) -> None:
        with self._one:
            victim = self._victim(kill.victim)
            kill.during, kill.name, kill.confirmed = (
                STEPS[self.now].title,
                victim.name,
                self.confirmed,
            )
            self.services.strike(victim)
            store = self.services.stored()
            kill.missing = missing(store, kill.confirmed)
            kill.chain = store.verify_audit() is None
            all(map(answers, self.services.addresses))


def missing(store: Store, confirmed: int) -> list[str]:
    """What of the first `confirmed` steps is not in the store."""
    return [s.title for s in STEPS[:confirmed] if not s.there(store)]


def once(store: Store, town: str) -> dict[str, tuple[int, int]]:
    """What must be there once or twice, and how often it is."""
    with store._connect() as c:
        states = Counter(
            c.execute(select(jobs.c.state).where(jobs.c.consultation_id == town)).scalars()
        )
        made = len(list(c.execute(select(runs.c.id).where(runs.c.consultation_id == town))))
    lines = Counter(line.action for line in store.audit(town))
    return {
        "consultations of that title": (1, sum(e.title == "Our town" for e in store.entries())),
        "analyses that finished": (2, states["done"]),
        "analyses that did not": (0, states.total() - states["done"]),
        "results": (2, made),
        "decisions on themes": (1, len(store.theme_edits(town))),
        "editions": (1, len(store.editions(town))),
        "signatures": (2, sum(len(e.sign_offs) for e in store.editions(town))),
        "notes": (1, sum(r.kind == "note" for r in store.considered(town))),
        "log: theme merge": (1, lines["theme merge"]),
        "log: edition checked": (1, lines["edition checked"]),
        "log: edition published": (1, lines["edition published"]),
        "log: note": (1, lines["note"]),
    }  # fmt: skip


def report(soak: Soak, services: Services) -> int:
    """Prints the table; the number of faults."""
    print("| moment | killed | while | confirmed before | there afterwards | log |")
    print("|---|---|---|---|---|---|")
    faults = 0
    for n, k in enumerate(soak.kills, 1):
        faults += len(k.missing) + (not k.chain)
        there = f"{k.confirmed - len(k.missing)} of {k.confirmed}"
        lost = f", lost: {', '.join(k.missing)}" if k.missing else ""
        chain = "whole" if k.chain else "BROKEN"
        cells = (f"{n}: {k.after:.1f} s", k.name, k.during, str(k.confirmed), there + lost, chain)
        print(f"| {' | '.join(cells)} |")
    store = services.stored()
    town = next(e.id for e in store.entries() if e.title == "Our town")
    gone = missing(store, len(STEPS))
    print(f"\nAt the end {len(STEPS) - len(gone)} of {len(STEPS)} steps are there {gone or ''}")
    for what, (due, found) in once(store, town).items():
        faults += due != found
        print(f"{'  ' if due == found else '! '}{what}: {found}, expected {due}")
    broken = store.verify_audit()
    print(f"audit verify: {'all as written' if broken is None else f'broken from line {broken}'}")
    print("done again by a person who saw no confirmation:", dict(soak.again) or "nothing")
    print("ended by themselves and started again:", services.mended or "none")
    for text in dict.fromkeys(soak.told):
        print("on screen:", text)
    for log in sorted(services.home.parent.glob("*.log")):
        found = log.read_text(errors="replace").count("Traceback")
        if found:
            print(f"{log.name}: {found} tracebacks")
    return faults + len(gone) + (broken is not None)


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("not run: there is no Chromium")
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield made
        made.close()


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    place = Path(tempfile.mkdtemp(prefix="soak-"))
    began = time.time()
    with running(place) as services, browsing() as browser:
        soak = Soak(services, Journey(browser, services.addresses), moments(seed))
        try:
            soak.run()
        finally:
            print(f"seed {seed}, {time.time() - began:.0f} s", file=sys.stderr)
            faults = report(soak, services)
    print(f"faults: {faults}")
    if faults:
        raise SystemExit(f"files and logs: {place}")
    shutil.rmtree(place)


if __name__ == "__main__":
    main()
