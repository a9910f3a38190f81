"""How an edition was made is fixed with it, and tells nothing of very few people."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.access import PUBLIC
from analysis.disclosure import together
from analysis.errors import StoreError
from analysis.fingerprint import fingerprint
from analysis.judge.hand import Label
from analysis.records import Run
from analysis.review.blind import BlindCode, BlindSample, machine_themes, new_sample
from analysis.review.editions import EditionContent, changes, content_hash, make, texts
from analysis.review.edits import Edit
from analysis.review.opendata import OLDER, groups
from analysis.review.oversight import Evidence, ledger
from analysis.store.guard import guarded
from analysis.store.store import Store
from tests import town


@pytest.fixture(scope="module")
def content(sample_run: Run) -> EditionContent:
    return make(sample_run, "all")


@pytest.fixture
def files(published_home: Path) -> dict[str, str]:
    data = guarded(Store(published_home), PUBLIC).published_data(town.ID, 1)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {n: found.read(n).decode() for n in found.namelist()}


def as_machine(run: Run, size: int = 60) -> tuple[BlindSample, tuple[BlindCode, ...]]:
    """A sample whose coder says just what the machine says."""
    question = run.consultation.open_questions[0].id
    sample = replace(new_sample(run, question, size, "Ann", 0.0, seed=1), number=1)
    themes = [t.theme_id for t in sample.themes]
    held = machine_themes(run, question, themes)
    codes = (
        BlindCode(1, i, "Ann Other", tuple(t for t in themes if held.loc[i, t]), "", 0.0)
        for i in sample.ids
    )
    return sample, tuple(codes)


def test_small_counts_are_put_together_and_still_add_up() -> None:
    assert together({"a": 29, "b": 2, "c": 14}, 5) == [(("a",), 29), (("b", "c"), 16)]
    assert together({"a": 1, "b": 0, "c": 1}, 5) == [(("a", "c"), 2)]
    assert together({"a": 3, "b": 9}, 0) == [(("a",), 3), (("b",), 9)]
    assert together({}, 5) == []


def test_the_ledger_adds_up_as_it_is_shown(sample_run: Run) -> None:
    shown = ledger(sample_run.ledger, 5)
    out = sum(n for _, n in shown["excluded"])
    assert shown["received"] == shown["analysed"] + out == sample_run.ledger["received"]
    for row in shown["questions"]:
        parts = [n for _, n in [*row["out"], *row["in"]]]
        assert row["answered"] == sum(parts)
        assert row["blank"] + row["answered"] == shown["received"]


def test_it_is_plain_and_part_of_what_is_signed(content: EditionContent) -> None:
    again = json.loads(json.dumps(content.method, allow_nan=False))
    assert fingerprint(again) == fingerprint(content.method)
    other = replace(content, method={**content.method, "licence": "another"})
    assert content_hash(other) != content_hash(content)
    old = replace(content, method={}, quotes={})
    parts = (content.public, content.brief, content.groups, content.themes)
    assert content_hash(old) == fingerprint(*parts)


def test_no_reply_and_no_name_of_the_team_is_in_it(sample_run: Run) -> None:
    label = Label("tone", "AIPS-0001-q7", "positive", "Bea Zzyzx", 1.0)
    edit = Edit("e1", "rename", "q7", ("q7-t01",), "Cy Zzyzx", 1.0, {"name": "x"})
    checks = (as_machine(sample_run),)
    method = make(sample_run, "all", Evidence(checks, labels=(label,), edits=(edit,))).method
    told = " ".join(texts(method))
    assert "Zzyzx" not in told
    assert "Ann Other" not in told
    answers = sample_run.prepared.responses["text"]
    long = [t for t in answers if len(t) > 40]
    assert not any(t in told for t in long)
    assert method["decisions"]["themes"] == {"rename": 1}
    assert method["decisions"]["labels"] == {"tone": 1}
    assert method["decisions"]["people"] == 2


def test_accuracy_is_of_this_run_or_said_to_be_missing(sample_run: Run) -> None:
    sample, codes = as_machine(sample_run)
    (check,) = make(sample_run, "all", Evidence(((sample, codes),))).method["accuracy"]["checks"]
    assert check["coders"] == 1
    assert check["machine"][0]["value"] == 1.0
    large = [t for t in check["themes"] if not t["few"]]
    assert large
    assert all(t["precision"]["value"] == 1.0 for t in large)
    small = sample_run.consultation.open_questions[0].id
    counts = machine_themes(sample_run, small, [t.theme_id for t in sample.themes]).sum()
    names = {t.name for t in sample.themes if 0 < counts[t.theme_id] < 5}
    assert {t["theme"] for t in check["themes"] if t["few"]} >= names
    earlier = replace(sample, run_id="another")
    none = make(sample_run, "all", Evidence(((earlier, codes),))).method["accuracy"]
    assert none == {"checks": [], "elsewhere": 1}
    begun = make(sample_run, "all", Evidence(((sample, codes[:3]),))).method["accuracy"]
    assert begun == {"checks": [], "elsewhere": 0}


def test_a_later_edition_says_that_it_was_measured(content: EditionContent) -> None:
    bare = replace(content, method={})
    assert changes(bare, content) == ["Nothing that is shown has changed."]
    checked = {**content.method, "accuracy": {"checks": [{"replies": 3}], "elsewhere": 0}}
    (said,) = changes(content, replace(content, method=checked))
    assert "measured anew" in said


def test_who_fares_worse_is_told_of_shown_groups_alone(
    sample_run: Run, content: EditionContent
) -> None:
    table = content.method["fairness"]
    people = sample_run.fairness.table.set_index(["measure", "attribute", "group"])["people"]  # type: ignore[union-attr]
    shown = [people[r["measure"], r["attribute"], r["group"]] for r in table["rows"]]
    assert min(shown) >= 5
    assert table["hidden"] == len(people) - len(shown) > 0
    assert not any("n" in r for r in table["rows"])


def test_the_files_hide_what_the_pages_hide(
    files: dict[str, str], published_home: Path, content: EditionContent
) -> None:
    assert set(files) == {"README.txt", "themes.csv", "groups.csv", "ledger.json", "method.json"}
    assert "Licence of these figures: Open Government Licence v3.0" in files["README.txt"]
    every = " ".join(files.values())
    assert town.SECRET not in every
    assert not any(v in every for v in town.VIEWS)
    assert json.loads(files["ledger.json"])["received"] == 60
    edition = Store(published_home).published_edition(town.ID, 1)
    assert json.loads(files["method.json"])["hashes"] == edition["hashes"]
    frame = groups(content)
    counts = frame["n"].dropna()
    assert ((counts == 0) | (counts >= 5)).all()
    assert frame.loc[~frame["shown"], ["n", "share"]].isna().all().all()


def test_values_that_add_up_are_hidden_together(content: EditionContent) -> None:
    frame = content.groups.copy()
    whole = (frame["attribute"] == "") & (frame["measure"] == "position")
    frame.loc[whole & (frame["value"] == "unclear"), "n"] = 3
    shown = groups(replace(content, groups=frame))
    own = shown[(shown["attribute"] == "") & (shown["measure"] == "position")]
    assert not own["shown"].any()
    assert pd.isna(own["n"]).all()


def test_the_same_edition_gives_the_same_file(published_home: Path) -> None:
    first, second = (Store(published_home).published_data(town.ID, 1) for _ in range(2))
    assert first == second


def test_an_older_edition_has_none(
    published_home: Path, content: EditionContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(published_home)
    edition, kept = store.edition(town.ID, 1)
    monkeypatch.setattr(store, "edition", lambda *_: (edition, replace(kept, method={})))
    assert store.published_edition(town.ID, 1)["method"] == {}
    with pytest.raises(StoreError, match=OLDER):
        store.published_data(town.ID, 1)
