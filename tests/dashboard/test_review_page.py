"""Themes corrected on the page: kept, counted again by the worker, undone, never over another's."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.access import UNVERIFIED
from analysis.export.tables import themes_table
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.review.edits import Edit
from analysis.review.propose import passages
from analysis.sample import ID
from analysis.store.store import Store

Open = Callable[[Path, str], AppTest]


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.text, *app.warning, *app.info, *app.table]
    return " ".join(str(e.value) for e in parts).replace("\\", "")


ANA = f"Ana {UNVERIFIED}"


def signed(app: AppTest, name: str = "Ana") -> AppTest:
    return app.text_input(key="review-name").set_value(name).run()


def listed(app: AppTest) -> str:
    """What is told in bullets: others' decisions."""
    lines = [str(m.value).replace("\\", "") for m in app.markdown]
    return " ".join(line for line in lines if line.startswith("- "))


def run_of(home: Path) -> Run:
    store = Store(home)
    stored = store.latest_run(ID)
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts(ID))


def counted_again(home: Path) -> Run:
    store = Store(home)
    store.enqueue(ID)
    work(store, once=True)
    job = store.latest_job(ID)
    assert job is not None
    assert job.state == "done", job.message
    return run_of(home)


def people(run: Run, theme: str) -> int:
    return int(themes_table(run).set_index("theme_id").loc[theme, "respondents"])


@pytest.fixture
def page(open_page: Open, home: Path) -> AppTest:
    return signed(open_page(home, "review"))


def test_a_decision_needs_a_name(open_page: Open, home: Path) -> None:
    app = open_page(home, "review")
    assert not app.exception
    assert "Type your name to decide." in words(app)
    assert app.button(key="rename").disabled


def test_two_themes_merged_are_one_everywhere_and_undone_are_two(page: AppTest, home: Path) -> None:
    before = run_of(home)
    own = before.themes.themes.query("parent_id == ''")
    first = page.selectbox(key=f"theme-{own['question_id'].iloc[0]}").value
    page.radio(key="review-what").set_value("Merge").run()
    box = page.multiselect(key=f"merge-{first}")
    second = next(t for t in own["theme_id"] if t != first and t.startswith(first[:3]))
    box.set_value([second]).run()
    assert not page.exception
    page.button(key="merge").click().run()
    assert not page.exception
    assert "Not in the results yet: 1 decision" in words(page)
    (edit,) = Store(home).theme_edits(ID)
    assert (edit.kind, edit.themes, edit.who, edit.run) == (
        "merge",
        (first, second),
        ANA,
        before.id,
    )

    after = counted_again(home)
    assert second not in set(after.themes.themes["theme_id"])
    assert max(people(before, first), people(before, second)) <= people(after, first)
    assert people(after, first) <= people(before, first) + people(before, second)
    assert after.ledger == before.ledger
    assert after.meta["decisions"] == {"made_on": [edit.id], "not_carried": []}
    assert all(v["theme_id"] != second for q in after.summary.questions for v in q["viewpoints"])
    assert second not in set(after.groups.crosstabs["value"])

    page.run()
    assert "Not in the results yet" not in words(page)
    page.button(key=f"undo-{edit.id}").click().run()
    assert "Taken back." in words(page)
    assert f"took back that {ANA} merged “" in words(page)
    back = counted_again(home)
    assert back.id == before.id
    assert all(c["stored"] for c in back.meta["stages"].values())


def test_a_split_shows_its_parts_before_and_makes_them(page: AppTest, home: Path) -> None:
    question = run_of(home).themes.themes["question_id"].iloc[0]
    theme = page.selectbox(key=f"theme-{question}").value
    page.radio(key="review-what").set_value("Split").run()
    assert not page.exception
    page.text_input(key=f"part-{theme}-2-1").set_value("The other half").run()
    page.button(key="split").click().run()
    assert not page.exception
    assert "The other half" in words(page)
    (edit,) = Store(home).theme_edits(ID)
    (part,) = edit.payload["parts"]
    run = run_of(home)
    held = set(passages(run.themes, run.points, theme)["point_id"])
    assert 0 < len(part["points"]) < len(held)
    assert set(part["points"]) < held


def test_passages_move_to_another_theme(page: AppTest, home: Path) -> None:
    run = run_of(home)
    question = run.themes.themes["question_id"].iloc[0]
    theme = page.selectbox(key=f"theme-{question}").value
    page.radio(key="review-what").set_value("Passages").run()
    boxes = [b for b in page.checkbox if str(b.key).startswith("member-")]
    assert boxes
    boxes[0].check().run()
    target = page.selectbox(key=f"to-{theme}").value
    page.button(key="move").click().run()
    assert not page.exception
    (edit,) = Store(home).theme_edits(ID)
    assert edit.payload == {"points": [str(boxes[0].key).removeprefix("member-")], "to": target}


def test_a_theme_by_words_is_made_of_the_passages_that_are_ticked(
    page: AppTest, home: Path
) -> None:
    page.text_area(key="new-asked").set_value("blind and partially sighted people").run()
    assert not page.exception
    boxes = [b for b in page.checkbox if str(b.key).startswith("new-")]
    assert boxes
    for box in boxes:
        box.set_value(box is boxes[0])
    page.text_input(key="new-name").set_value("People who cannot see").run()
    page.button(key="add").click().run()
    assert not page.exception
    (edit,) = Store(home).theme_edits(ID)
    assert edit.payload["points"] == [str(boxes[0].key).removeprefix("new-")]
    assert "People who cannot see" in words(page)


def test_the_second_person_is_told_and_nothing_is_lost(page: AppTest, home: Path) -> None:
    question = run_of(home).themes.themes["question_id"].iloc[0]
    theme = page.selectbox(key=f"theme-{question}").value
    page.text_input(key=f"name-{theme}").set_value("My name for it").run()
    run = run_of(home).id
    other = Edit("b1", "rename", question, (theme,), "Ben", time.time(), {"name": "B"}, "", run)
    Store(home).add_theme_edits(ID, [other], [])
    page.button(key="rename").click().run()
    assert not page.exception
    assert "Ben decided on the same theme" in words(page)
    assert [e.who for e in Store(home).theme_edits(ID)] == ["Ben"]
    page.text_input(key=f"name-{theme}").set_value("My name for it").run()
    page.button(key="rename").click().run()
    assert [e.who for e in Store(home).theme_edits(ID)] == ["Ben", ANA]
    found = run_of(home).themes.themes.set_index("theme_id")["name"][theme]
    assert f"renamed “{found}” to “B”" in words(page)
    assert "renamed “B” to “My name for it”" in words(page)


def test_another_persons_name_is_in_every_box(page: AppTest, home: Path) -> None:
    """A browser keeps the words of what was chosen until it is told others."""
    run = run_of(home)
    question = run.themes.themes["question_id"].iloc[0]
    box = page.selectbox(key=f"theme-{question}")
    theme, other = box.value, next(t for t in box.proto.options if t != box.proto.options[0])
    box.select(other).run()  # somebody chose; then its name, and then the first one's, changes
    chosen = page.selectbox(key=f"theme-{question}").value
    assert chosen != theme
    found = run.themes.themes.set_index("theme_id")["name"][chosen]
    assert page.text_input(key=f"name-{chosen}").value == found

    def renames(name: str) -> None:
        one = Edit(
            name, "rename", question, (chosen,), "Ben", time.time(), {"name": name}, "", run.id
        )
        Store(home).add_theme_edits(ID, [one], [e.id for e in Store(home).theme_edits(ID)])
        page.run()

    renames("The name by Ben")
    assert not page.exception
    told = f"Ben renamed “{found}” to “The name by Ben”"
    assert told in listed(page)
    box = page.selectbox(key=f"theme-{question}")
    assert box.value == chosen
    assert box.proto.set_value
    assert box.proto.raw_value.removeprefix("– ").startswith("The name by Ben (")
    assert page.text_input(key=f"name-{chosen}").value == "The name by Ben"
    assert page.button(key="rename").disabled
    page.run()
    assert not page.selectbox(key=f"theme-{question}").proto.set_value
    assert told in listed(page)
    page.button(key="news-seen").click().run()
    assert told not in listed(page)
    page.text_input(key=f"name-{chosen}").set_value("What Ana types").run()
    renames("Ben again")
    assert page.text_input(key=f"name-{chosen}").value == "What Ana types"
    assert Store(home).theme_edits(ID)[-1].payload == {"name": "Ben again"}


def test_checks_and_notes_change_no_number(page: AppTest, home: Path) -> None:
    question = run_of(home).themes.themes["question_id"].iloc[0]
    theme = page.selectbox(key=f"theme-{question}").value
    page.radio(key="review-what").set_value("Check, hide, note").run()
    page.button(key="check").click().run()
    page.text_input(key=f"note-{theme}").set_value("*read* by two of us").run()
    page.button(key="keep-note").click().run()
    assert not page.exception
    assert "*read* by two of us" in words(page)
    assert "Not in the results yet" not in words(page)
    assert [e.kind for e in Store(home).theme_edits(ID)] == ["check", "note"]


def test_a_decision_that_is_not_carried_is_listed_and_can_be_taken_back(
    page: AppTest, home: Path
) -> None:
    run = run_of(home)
    question = run.themes.themes["question_id"].iloc[0]
    lost = Edit(
        "z1", "rename", question, ("q-gone",), "Ben", time.time(), {"name": "B"}, "", run.id
    )
    Store(home).add_theme_edits(ID, [lost], [])
    page.run()
    assert "a theme that it names is not there any more" in words(page)
    page.button(key="lost-z1").click().run()
    assert "could not be carried out" not in words(page)
