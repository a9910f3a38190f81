"""Other languages on the pages: listed, filtered, readable, translated, and the team's switch."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.embed import multilingual
from analysis.jobs.worker import _settings, work
from analysis.store.store import Store
from dashboard.components.safe import directed
from tests.dashboard.test_pages import words as escaped_words
from tests.llm.loopback import serve
from tests.llm.test_translate import POLISH, model
from tests.make import consultation

Open = Callable[[Path, str], AppTest]
ARABIC = "يجب أن يتحقق موظف من كل رفض للطلب قبل إرساله."
WELSH = ("Mae angen mwy o staff yn yr ysbyty lleol.", "Mae’r ciw ffôn yn llawer rhy hir i bawb.")
ENGLISH = [f"The telephone line number {n} is busy every Monday morning." for n in range(14)]


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A consultation in four languages, its other-language answers translated by a loopback."""
    home = tmp_path_factory.mktemp("languages")
    store = Store(home)
    ident = store.create("Languages", [("a.csv", b"")], ident="mine").id
    store.confirm(ident, consultation([*ENGLISH, *WELSH, POLISH, ARABIC]), "")
    store.switch_llm(ident, True)
    store.enqueue(ident)
    with serve(model) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", server.base_url)
        patch.delenv("OPENAI_API_KEY", raising=False)
        work(store, once=True)
    assert store.latest_run(ident) is not None
    return home


@pytest.fixture
def opened(analysed: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setattr("analysis.sample.ensure_sample", lambda _store: False)
    home = Path(shutil.copytree(analysed, tmp_path / "home"))
    return lambda view: (open_page(home, view), Store(home))


def words(app: AppTest) -> str:
    return escaped_words(app).replace("\\", "")


def tables(app: AppTest) -> list[Any]:
    return [t.value for t in app.table]


def test_the_overview_lists_them_by_language(opened: Any) -> None:
    app, _ = opened("overview")
    assert not app.exception
    lists = [t for t in tables(app) if "Language" in t.columns]
    whole = next(t for t in lists if "Question" not in t.columns)
    assert whole.astype(str).to_numpy().tolist() == [
        ["Welsh", "2", "2"], ["Arabic", "1", "1"], ["Polish", "1", "1"],
    ]  # fmt: skip
    assert any("Question" in t.columns for t in lists)
    assert "in no theme" in words(app)


def test_the_language_filter_and_the_facts(opened: Any) -> None:
    app, _ = opened("responses")
    app.selectbox(key="filter-language").select("cy").run()
    assert not app.exception
    assert "2 answers by 2 people" in words(app)
    assert words(app).count("language: Welsh") == 2
    app.selectbox(key="filter-language").select("en").run()
    assert "14 answers by 14 people" in words(app)
    assert "language: " not in words(app)


def test_a_translation_stands_marked_under_the_original(opened: Any) -> None:
    app, _ = opened("responses")
    app.selectbox(key="filter-language").select("pl").run()
    texts = [t.value for t in app.text]
    at = texts.index(POLISH)
    assert texts[at + 1] == f"EN {POLISH.upper()}"
    assert any("Translated by machine" in c.value for c in app.caption)


def test_right_to_left_lines_are_marked_and_nothing_else_is(opened: Any) -> None:
    assert directed("plain\ntext") == "plain\ntext"
    assert directed("12 – ok") == "12 – ok"
    assert directed(f"first\n{ARABIC}") == f"first\n\u2067{ARABIC}\u2069"
    assert directed("\u202e" + ARABIC + "\u2069") == f"\u2067{ARABIC}\u2069"
    app, _ = opened("responses")
    app.selectbox(key="filter-language").select("ar").run()
    assert any(t.value == f"\u2067{ARABIC}\u2069" for t in app.text)


def test_the_switch_is_kept_and_the_plan_names_the_encoder(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multilingual, "problem", lambda: "")
    app, store = opened("run")
    assert "Encoder: all-MiniLM" in words(app)
    app.toggle(key="multilingual").set_value(True).run()
    assert not app.exception
    assert store.entry("mine").multilingual
    assert _settings(store, "mine").embedder == "multilingual"
    assert "Encoder: multilingual-e5" in words(app)
    assert "switched on by the team" in words(app)
    app.toggle(key="multilingual").set_value(False).run()
    assert not store.entry("mine").multilingual


def test_without_the_package_the_switch_is_a_sentence(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multilingual, "problem", lambda: multilingual.ABSENT)
    app, store = opened("run")
    assert not app.exception
    assert not any(t.key == "multilingual" for t in app.toggle)
    assert "is not installed" in words(app)
    store.switch_multilingual("mine", True)
    app.run()
    assert not app.exception
    assert _settings(store, "mine").embedder == "minilm"
    assert "Encoder: all-MiniLM" in words(app)
    assert "switched on, but" in words(app)


def test_the_method_page_says_which_encoder_ran(opened: Any) -> None:
    app, _ = opened("method")
    assert not app.exception
    assert any("all-MiniLM" in str(t.to_numpy()).replace("\\", "") for t in tables(app))
