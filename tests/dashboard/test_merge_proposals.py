"""A model's proposals to merge, on the Review page: a person takes or dismisses each one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.access import UNVERIFIED
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.review.propose import MOST_TWINS, TWINS
from analysis.sample import ID
from analysis.store.store import Store
from tests.dashboard.test_review_page import words
from tests.llm.loopback import serve, user
from tests.llm.test_in_the_line import TEXTS, answers
from tests.make import consultation

Open = Callable[[Path, str], AppTest]
HEADING, REASON = "Themes that may be one", "Both hold a number."


def model(request: dict[str, Any]) -> dict[str, Any]:
    """Proposes the first two themes, and one that is not there."""
    step = answers(request)
    if "groups" in user(request):
        step["json"]["merges"].append({"themes": ["t1", "t99"], "reason": "A number."})
    return step


def counted(home: Path) -> Run:
    store = Store(home)
    store.enqueue("mine")
    with serve(model) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", server.base_url)
        patch.delenv("OPENAI_API_KEY", raising=False)
        work(store, once=True)
    return run_of(home)


def run_of(home: Path) -> Run:
    store = Store(home)
    stored = store.latest_run("mine")
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts("mine"))


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("proposals")
    store = Store(home)
    store.create("Merges", [("a.csv", b"")], ident="mine")
    store.confirm("mine", consultation(TEXTS, ["Support", "Oppose"] * 12), "")
    store.switch_llm("mine", True)
    counted(home)
    return home


@pytest.fixture
def mine(analysed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("analysis.sample.ensure_sample", lambda _store: False)
    return Path(shutil.copytree(analysed, tmp_path / "mine"))


def headings(app: AppTest) -> list[Any]:
    return [h.value for h in app.subheader]


def pressable(app: AppTest, begin: str) -> Any:
    return next(b for b in app.button if b.key and b.key.startswith(begin))


@pytest.fixture
def page(open_page: Open, mine: Path) -> AppTest:
    app = open_page(mine, "review")
    assert not app.exception
    assert pressable(app, "take-").disabled
    assert pressable(app, "dismiss-").disabled
    app.text_input(key="review-why").set_value("They say the same")
    return app.text_input(key="review-name").set_value("Ana").run()


def test_a_proposal_is_shown_with_reason_and_counts_and_changes_nothing(
    page: AppTest, mine: Path
) -> None:
    run = run_of(mine)
    (proposal,) = run.meta["merges"]["proposed"]
    assert set(proposal["themes"]) <= set(run.themes.themes["theme_id"])
    assert HEADING in headings(page)
    said = words(page)
    assert f"The model ({proposal['model']}): {REASON}" in said
    held = run.themes.assigned["theme_id"].isin(proposal["themes"])
    assert f"Together {held.sum()} people with {held.sum()} passages" in said  # one point each
    assert "names a theme that was not given" in said
    assert Store(mine).theme_edits("mine") == []


def test_taken_it_is_a_merge_by_a_person_and_can_be_undone(page: AppTest, mine: Path) -> None:
    before = run_of(mine)
    ids = before.meta["merges"]["proposed"][0]["themes"]
    pressable(page, "take-").click().run()
    assert not page.exception
    (edit,) = Store(mine).theme_edits("mine")
    assert (edit.kind, set(edit.themes)) == ("merge", set(ids))
    assert (edit.who, edit.why) == (f"Ana {UNVERIFIED}", "They say the same")
    assert edit.payload["proposed_by"] == before.meta["merges"]["proposed"][0]["model"]
    assert "Not in the results yet: 1 decision" in words(page)
    assert not any(b.key and b.key.startswith("take-") for b in page.button)
    after = counted(mine)
    assert set(before.themes.themes["theme_id"]) - set(after.themes.themes["theme_id"]) == {
        edit.themes[1]
    }
    assert after.ledger == before.ledger
    page.run()
    assert not any(b.key and b.key.startswith("take-") for b in page.button)
    page.button(key=f"undo-{edit.id}").click().run()
    assert pressable(page, "take-")


def test_dismissed_it_stays_away_and_can_be_brought_back(page: AppTest, mine: Path) -> None:
    before = run_of(mine)
    pressable(page, "dismiss-").click().run()
    assert not page.exception
    (edit,) = Store(mine).theme_edits("mine")
    assert (edit.kind, edit.who) == ("apart", f"Ana {UNVERIFIED}")
    said = words(page)
    assert "decided to keep apart" in said
    assert "proposed by the model" in said
    assert "Not in the results yet" not in said
    assert not any(b.key and b.key.startswith("take-") for b in page.button)
    after = counted(mine)
    assert after.meta["decisions"]["made_on"] == []  # no number rests on it
    assert after.themes.themes.equals(before.themes.themes)
    page.run()
    assert not any(b.key and b.key.startswith("take-") for b in page.button)
    page.button(key=f"undo-{edit.id}").click().run()
    assert pressable(page, "dismiss-")


def test_without_a_model_near_themes_are_offered_with_their_figures(
    open_page: Open, home: Path
) -> None:
    app = open_page(home, "review")
    app.text_input(key="review-name").set_value("Ana").run()
    assert not app.exception
    assert HEADING in headings(app)
    said = words(app)
    assert "The model (" not in said
    figures = [float(n) for n in re.findall(r"Near in meaning \((0\.\d\d);", said)]
    assert figures == sorted(figures, reverse=True)
    assert min(figures) >= TWINS
    taken = [b.key.removeprefix("take-") for b in app.button if b.key and b.key[:5] == "take-"]
    assert 1 <= len(taken) == len(figures) <= MOST_TWINS
    pressable(app, "dismiss-").click().run()
    (edit,) = Store(home).theme_edits(ID)
    assert (edit.kind, "-".join(edit.themes), edit.payload) == ("apart", taken[0], {})
    left = [b.key for b in app.button if b.key and b.key[:5] == "take-"]
    assert f"take-{taken[0]}" not in left
    app.button(key=f"undo-{edit.id}").click().run()
    assert pressable(app, f"take-{taken[0]}")
    pressable(app, f"take-{taken[0]}").click().run()
    assert not app.exception
    assert [e.kind for e in Store(home).theme_edits(ID)][-1] == "merge"
    assert not any(b.key == f"take-{taken[0]}" for b in app.button)
