"""A consultation in which everything that somebody outside can type is an attack, analysed."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.access import Actor
from analysis.ingest.build import build
from analysis.ingest.mapping import dump_mapping, propose
from analysis.ingest.stored import read_stored
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import ColumnChoice, Role, Run
from analysis.review import consideration
from analysis.review.checklist import checklist, plain
from analysis.review.editions import changes, hashes, make
from analysis.review.edits import Edit
from analysis.sample import ID as SAMPLE
from analysis.sample import ensure_sample
from analysis.store.store import Store

OUTSIDE = "evil.example"
FLAG = "window.hacked=1"
ATTACKS = (
    f"![x](http://{OUTSIDE}/p.png)",
    f'<img src="http://{OUTSIDE}/i.png" onerror="{FLAG}">',
    f"<script>{FLAG};alert(1)</script>",
    f"[click](javascript:{FLAG}) <a href='javascript:{FLAG}'>here</a>",
    "$x^2$ and $$\\frac{a}{b}$$ cost $5",
    ":material/home: :red[alert] :smile: `code` # *x* _y_ ~~z~~",
    "before \u202egnp.exe\u202c after",
    "zero\u200bwidth\u200djoined\ufeff",
    f'=HYPERLINK("http://{OUTSIDE}","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    f"<svg onload={FLAG}><iframe src=http://{OUTSIDE}/f></iframe>",
    f"<style>@import url(http://{OUTSIDE}/s.css)</style><link rel=x href=//{OUTSIDE}>",
    f"http://{OUTSIDE}/path www.{OUTSIDE} me@{OUTSIDE}",
    "</div></script>--><b>& &amp; &lt;i&gt; {{7*7}} ${7*7} \\",
)
ALL = " ".join(ATTACKS[:6])
SAID = (
    "the buses are late every single morning and nobody tells us why",
    "the bins on our street are left full for weeks and attract rats",
    "the park needs more benches where older people can sit down",
)
KIM = Actor(f"Kim {ATTACKS[1]} {ATTACKS[0]}", "admin")
FILE = f"{ATTACKS[0]}{ATTACKS[1]}.csv"
COLUMNS: dict[str, Role] = {
    "Response ID": "id",
    f"Region {ALL}": "attribute",
    f"Do you support it? {ALL}": "closed",
    f"What should change? {ALL}": "open",
}


def replies() -> list[str]:
    """Each with a word of its own, to be found by."""
    return [f"Marker{n:02} {SAID[n % 3]} {ATTACKS[n % len(ATTACKS)]}" for n in range(42)]


def _table() -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for n, text in enumerate(replies()):
        region = f"{('North', 'South')[n % 2]} {ATTACKS[n % 2]}{ATTACKS[2]}"
        side = ("Support", "Oppose", f"Neither {ATTACKS[1]}")[n % 3]
        rows.writerow([f"R{n:02}<b>{ATTACKS[0]}", region, side, text])
    return out.getvalue().encode()


def prepared(home: Path) -> str:
    """The id of the consultation, analysed, with decisions and a published edition, in `home`."""
    store = Store(home)
    ensure_sample(store)
    waiting = store.latest_job(SAMPLE)
    assert waiting is not None
    store.cancel(waiting)  # the app would have it analysed first
    entry = store.create(f"Title {ALL}", [(FILE, _table())])
    tables = read_stored(entry.files, lambda file: store.file(entry, file))
    guess = propose(tables, title=entry.title)
    mapping = replace(guess, columns=tuple(_chosen(c) for c in guess.columns))
    consultation = build(tables, mapping)
    assert len(consultation.responses) == len(replies())
    store.confirm(entry.id, consultation, dump_mapping(mapping))
    run = _analysed(store, entry.id)
    store.add_theme_edits(entry.id, _renamed(run), [])
    run = _analysed(store, entry.id)
    assert ATTACKS[0] in " ".join(run.themes.themes["name"])
    _published(store, entry.id, run)
    return entry.id


def _chosen(choice: ColumnChoice) -> ColumnChoice:
    return replace(choice, role=COLUMNS[choice.name])


def _analysed(store: Store, ident: str) -> Run:
    store.enqueue(ident)
    work(store, once=True)
    stored = store.latest_run(ident)
    assert stored is not None, store.latest_job(ident)
    return load(stored.fingerprints, stored.meta, store.artefacts(ident))


def _renamed(run: Run) -> Sequence[Edit]:
    rows = run.themes.themes[["theme_id", "question_id"]].itertuples(index=False)
    return [
        Edit(
            f"e{n}", "rename", question, (theme,), KIM.name, time.time(),
            {"name": f"Theme {n} {ATTACKS[0]}{ATTACKS[1]}", "description": ALL}, ALL, run.id,
        )
        for n, (theme, question) in enumerate(rows)
    ]  # fmt: skip


def _published(store: Store, ident: str, run: Run) -> None:
    content = make(run, "all")
    store.check_edition(
        ident, run.id, "all", content, hashes(run, content, []), changes(None, content),
        [c for c in plain(checklist(run, content)) if c["need"] != "stop"], KIM, ALL,
    )  # fmt: skip
    store.publish_edition(ident, 1, KIM, ALL)
    store.add_note(ident, 1, KIM, ALL)
    for theme in run.themes.themes["theme_id"]:
        said = consideration.response(f"Theme {ALL}", "part", f"{ALL} done", f"{ALL} not")
        store.respond(ident, theme, KIM, said)
