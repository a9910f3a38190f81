"""From draft to published: what an edition fixes, who may sign, and what nobody outside sees."""

from __future__ import annotations

import io
import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

from analysis.access import LOCAL, PUBLIC, Actor, Denied
from analysis.disclosure import number
from analysis.errors import HeardError, StoreError
from analysis.export.brief import SIGNED, brief_of
from analysis.export.content import content_of
from analysis.export.report import report
from analysis.export.workbook import workbook
from analysis.records import Run
from analysis.review import consideration
from analysis.review.checklist import checklist, hidden, plain
from analysis.review.editions import Edition, EditionContent, changes, hashes, make, texts
from analysis.store.guard import guarded
from analysis.store.store import Store
from analysis.summarise.extract import UNCHECKED

RAE = Actor("Rae", "reviewer", "rae@dept.example")
ADA = Actor("Ada", "admin", "ada@dept.example")
MIA = Actor("Mia", "minister", "mia@dept.example")


@pytest.fixture(scope="module")
def content(sample_run: Run) -> EditionContent:
    return make(sample_run, "all")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def check(store: Store, run: Run, content: EditionContent, actor: Actor = RAE) -> Edition:
    known = store.editions("c1")
    before = store.edition("c1", known[0].number)[1] if known else None
    return guarded(store, actor).check_edition(
        "c1", run.id, "all", content, hashes(run, content, []), changes(before, content),
        plain(checklist(run, content)), actor, "read all",
    )  # fmt: skip


def test_checked_then_published_by_another(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    made = check(store, sample_run, content)
    assert (made.number, made.state, made.changes) == (1, "checked", ["This is the first edition."])
    assert guarded(store, PUBLIC).published() == []
    with pytest.raises(StoreError, match="not published"):
        guarded(store, PUBLIC).published_edition("c1", 1)
    for who in (RAE, MIA, PUBLIC, Actor("Ana", "analyst", "ana@dept.example")):
        with pytest.raises(Denied):
            guarded(store, who).publish_edition("c1", 1, who, "")
    done = guarded(store, ADA).publish_edition("c1", 1, ADA, "agreed")
    assert [(s.step, s.who, s.role) for s in done.sign_offs] == [
        ("checked", "Rae", "reviewer"), ("published", "Ada", "admin"),
    ]  # fmt: skip
    shown = guarded(store, PUBLIC).published_edition("c1", 1)
    assert shown["received"] == sample_run.ledger["received"]
    with pytest.raises(StoreError, match="published already"):
        guarded(store, ADA).publish_edition("c1", 1, ADA, "")
    actions = [line.action for line in store.audit("c1")]
    assert [a for a in actions if a != "refused"] == ["edition checked", "edition published"]
    assert actions.count("refused") == 4
    assert store.verify_audit() is None


def test_nobody_publishes_what_they_checked(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    check(store, sample_run, content, ADA)
    with pytest.raises(Denied, match="Another person"):
        store.publish_edition("c1", 1, ADA, "")
    local = Actor("Kim", "admin")
    made = store.publish_edition("c1", 1, local, "")
    assert [s.by for s in made.sign_offs] == [
        "Ada (ada@dept.example)", "Kim (name not verified)",
    ]  # fmt: skip
    assert store.audit("c1")[-1].who == "Kim (name not verified)"


def test_a_published_edition_that_was_changed_is_not_shown(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    made = check(store, sample_run, content)
    store.publish_edition("c1", 1, ADA, "")
    file = store.artefacts("c1").path("edition", made.digest) / "fields.json"
    right = file.read_text()
    kept = json.loads(right)
    kept["public"]["received"] += 1
    file.write_text(json.dumps(kept))
    with pytest.raises(HeardError, match="not as it was signed"):
        store.published_edition("c1", 1)
    file.write_text(right)
    assert store.published_edition("c1", 1)["number"] == 1
    with sqlite3.connect(store.home / "heard.sqlite") as base:
        base.execute("UPDATE editions SET digest = 'x'")
    with pytest.raises(HeardError):
        store.published_edition("c1", 1)


def test_the_next_edition_says_what_changed_and_the_first_stays(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    check(store, sample_run, content)
    store.publish_edition("c1", 1, ADA, "")
    public = json.loads(json.dumps(content.public))
    public["received"] += 3
    first = public["questions"][0]["themes"][0]
    was, first["name"] = first["name"], "Tax on houses"
    gone = public["questions"][1]["also"].pop()
    made = check(store, sample_run, replace(content, public=public))
    assert made.number == 2
    received = content.public["received"]
    assert made.changes == [
        f"Replies received: {received:,} before, {received + 3:,} now.",
        f"No longer a theme: {gone['name']}.",
        f"Renamed: {was} is now Tax on houses.",
    ]
    assert changes(content, content) == ["Nothing that is shown has changed."]
    assert store.published_edition("c1", 1)["received"] == received
    with pytest.raises(StoreError):
        store.published_edition("c1", 2)


def test_hashes_tell_what_an_edition_came_from(sample_run: Run, content: EditionContent) -> None:
    first = hashes(sample_run, content, [])
    assert {len(h) for h in first.values()} == {64}
    meta = {**sample_run.meta, "settings": {**sample_run.meta["settings"], "seed": 1}}
    second = hashes(replace(sample_run, meta=meta), content, ["an edit"])
    assert {k for k in first if first[k] != second[k]} == {"settings", "edits"}
    assert hashes(sample_run, make(sample_run, "all"), []) == first


def test_what_the_public_gets_holds_no_hidden_detail_id_or_small_number(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    check(store, sample_run, content)
    store.publish_edition("c1", 1, ADA, "")
    shown = guarded(store, PUBLIC).published_edition("c1", 1)
    told = texts(shown)
    frame = sample_run.prepared.responses
    assert not any(i in t for t in told for i in frame["respondent_id"])
    no = sample_run.consultation.respondents.query("permission == 'no'")["respondent_id"]
    quotes = [t for q in shown["questions"] for th in q["themes"] for t in th["quotes"]]
    assert quotes
    others = frame[~frame["respondent_id"].isin(no)]
    for quote in quotes:
        own = others[others["text"].str.contains(quote, regex=False)]
        assert own["shown_text"].str.contains(quote, regex=False).any()
    assert hidden(sample_run)
    people = [t["people"] for q in shown["questions"] for t in [*q["themes"], *q["also"]]]
    assert "fewer than 5" in people
    assert all(p == "fewer than 5" or int(p.replace(",", "")) >= 5 for p in people)
    assert [number(n, 5) for n in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]


def test_the_rule_for_small_numbers_is_never_weaker_than_five(sample_run: Run) -> None:
    settings = {**sample_run.meta["settings"], "disclosure": "none", "disclosure_min": 0}
    made = make(replace(sample_run, meta={**sample_run.meta, "settings": settings}), "all")
    assert made.public["minimum"] == 5
    shown = made.groups[made.groups["shown"] & (made.groups["attribute"] != "")]
    assert not shown["n"].between(1, 4).any()


def test_a_hidden_detail_in_a_quotation_stops_the_edition(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    secret = max(hidden(sample_run), key=lambda t: ("@" in t, sum(c.isdigit() for c in t)))
    public = json.loads(json.dumps(content.public))
    public["questions"][0]["themes"][0]["quotes"][0] += f" {secret}"
    leaky = replace(content, public=public)
    found = {c.key: c.need for c in checklist(sample_run, leaky)}
    assert found["leaks"] == "stop"
    with pytest.raises(StoreError, match="put right first"):
        check(store, sample_run, leaky)
    assert store.editions() == []


def test_a_signed_brief_does_not_say_that_nobody_checked_it(
    sample_run: Run, content: EditionContent
) -> None:
    assert UNCHECKED in brief_of(content_of(sample_run)).caveats
    assert UNCHECKED not in content.brief["caveats"]
    assert SIGNED in content.brief["caveats"]


def test_the_checklist_names_what_a_person_must_look_at(
    sample_run: Run, content: EditionContent
) -> None:
    found = {c.key: c for c in checklist(sample_run, content)}
    n = len(sample_run.prepared.redactions)
    assert found["masks"].found.startswith(f"{n:,} passages are hidden; 0 decisions")
    refused = int((sample_run.consultation.respondents["permission"] == "no").sum())
    assert f"{refused:,} people did not allow it" in found["permissions"].found
    assert found["attachments"].need == "look"
    assert "fields can only be filled by a person" in found["atrs"].found
    quote = content.public["questions"][0]["themes"][0]["quotes"][0]
    frame = sample_run.prepared.responses
    who = frame[frame["text"].str.contains(quote, regex=False)]["respondent_id"].iloc[0]
    people = sample_run.consultation.respondents
    permission = people["permission"].where(people["respondent_id"] != who, "no")
    changed = replace(sample_run.consultation, respondents=people.assign(permission=permission))
    again = checklist(replace(sample_run, consultation=changed), content)
    assert next(c for c in again if c.key == "permissions").need == "stop"


def test_the_consideration_record(store: Store, sample_run: Run, content: EditionContent) -> None:
    check(store, sample_run, content)
    store.publish_edition("c1", 1, ADA, "")
    own = guarded(store, MIA)
    own.record_opening("c1", 1, MIA)
    own.add_note("c1", 1, MIA, " Ask about appeals. ")
    with pytest.raises(StoreError, match="empty"):
        own.add_note("c1", 1, MIA, "  ")
    theme = content.public["questions"][0]["themes"][0]["theme_id"]
    with pytest.raises(Denied):
        own.respond("c1", theme, MIA, consideration.response("T", "done", "it", ""))
    with pytest.raises(HeardError, match="why"):
        consideration.response("T", "not", "", " ")
    with pytest.raises(HeardError, match="what was done"):
        consideration.response("T", "done", "", "")
    team = guarded(store, RAE)
    team.respond("c1", theme, RAE, consideration.response("T", "open", "", ""))
    team.respond("c1", theme, RAE, consideration.response("T", "not", "", "It costs too much"))
    team.close_on("c1", date(2026, 6, 1), RAE)
    made = consideration.record(store.considered("c1"))
    assert (made["closed"], made["response_due"]) == ("2026-06-01", "2026-08-24")
    assert [(o["edition"], o["who"]) for o in made["opened"]] == [(1, "Mia")]
    assert [n["note"] for n in made["notes"]] == ["Ask about appeals."]
    assert [r["why_not"] for r in made["responses"]] == ["It costs too much"]
    assert consideration.clock(date(2026, 6, 1), date(2026, 8, 25)) == (date(2026, 8, 24), -1)
    public = guarded(store, PUBLIC).published_edition("c1", 1)
    assert public["responses"][theme]["decision"] == "not"
    assert "Ask about appeals." not in texts(public)
    assert "rae@dept.example" not in " ".join(texts(public))


def test_deleting_a_consultation_takes_its_editions(
    store: Store, sample_run: Run, content: EditionContent
) -> None:
    entry = store.create("T", [("a.csv", b"Q\nx\n")], ident="c1")
    check(store, sample_run, content)
    store.add_note("c1", 1, MIA, "n")
    store.delete(entry.id, LOCAL)
    assert store.editions() == []
    assert store.considered("c1") == []
    assert isinstance(content.groups, pd.DataFrame)


def test_the_record_is_part_of_the_report_and_the_workbook(sample_run: Run) -> None:
    said = {"theme": "Bins", "decision": "not", "did": "", "why_not": "=Too dear"}
    record = {
        "closed": "2026-06-01", "response_due": "2026-08-24",
        "opened": [{"edition": 1, "who": "Mia", "role": "minister", "at": 1.0}],
        "notes": [{"edition": 1, "who": "Mia", "role": "minister", "at": 2.0, "note": "Why?"}],
        "responses": [{"theme_id": "q7-t01", "who": "Rae", "at": 3.0, **said}],
    }  # fmt: skip
    made = content_of(sample_run)
    made = replace(made, meta={**made.meta, "consideration": record})
    paper = Document(io.BytesIO(report(made)))
    cells = {c.text for t in paper.tables for r in t.rows for c in r.cells}
    assert {"Bins", "We did not, and why", "=Too dear", "on edition 1: Why?"} <= cells
    sheet = load_workbook(io.BytesIO(workbook(made)))["You said we did"]
    values = [c for row in sheet.iter_rows() for c in row]
    assert "Bins" in [c.value for c in values]
    assert {c.data_type for c in values if "Too dear" in str(c.value)} == {"s"}
