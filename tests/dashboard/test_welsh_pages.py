"""In Welsh no public page says a word of ours in English: titles, menu, tables, buttons, errors.

Nobody who speaks Welsh has read the words; this only sees that none was forgotten.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.access import PUBLIC
from analysis.store.store import Store
from dashboard import identity
from dashboard.words_public import table, told
from tests import town
from tests.conftest import ROOT

WORD = re.compile(r"[a-z]+(?:[’'][a-z]+)?")
SAME = {"heard", "txt", "docx", "pdf", "csv", "zip", "sha", "atrs", "iaith", "language", "english"}
RAISERS = (
    "analysis/store/public_store.py", "analysis/store/receipt_store.py",
    "analysis/capture/receipt.py", "analysis/capture/submissions.py",
    "dashboard/components/published.py", "analysis/review/opendata.py",
)  # fmt: skip
SHOWN = ("title", "header", "subheader", "markdown", "caption", "text", "info", "success")
LABELLED = (
    "button", "download_button", "text_input", "text_area", "file_uploader", "expander",
    "checkbox", "selectbox", "page_link",
)  # fmt: skip
AS_MADE = ("parts", "settings", "versions", "record", "again", "licence")
FOR_THE_TEAM = {"This consultation has not been analysed yet."}


@cache
def english() -> frozenset[str]:
    """Words of the English column that no Welsh row has."""
    sides = {
        side: {w for row in table().values() for w in WORD.findall(_bare(row[side]))}
        for side in ("en", "cy")
    }
    return frozenset(sides["en"] - sides["cy"] - SAME)


def _bare(text: str) -> str:
    return re.sub(r"\{[a-z_]+\}", "", text).lower()


@pytest.fixture
def page(
    open_page: Callable[[Path, str], AppTest], published_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    def opened(path: str, **address: str) -> AppTest:
        monkeypatch.setattr(identity, "actor", lambda *_, **__: PUBLIC)
        monkeypatch.setattr(identity, "source", lambda: "")
        app = open_page(published_home, "")
        for key, value in {"lang": "cy", **address}.items():
            app.query_params[key] = value
        app = app.switch_page(f"views/public/{path}.py").run()
        if path == "start":  # where the app began, in English
            app.radio(key="language").set_value("cy").run()
        return app

    return opened


def said(app: AppTest) -> Iterator[str]:
    """All that the page shows, also on buttons, in tables, and beside fields."""
    for kind in SHOWN:
        yield from (str(e.value) for e in app.main.get(kind))
    for kind in LABELLED:
        for element in app.main.get(kind):
            yield str(getattr(element, "label", "") or element.proto.label)
    for found in app.table:
        yield from map(str, found.value.columns)
        yield from (str(v) for v in found.value.to_numpy().ravel())


def of_people(home: Path) -> str:
    """What stays as it is: the consultation's own words, names of themes, settings and tools."""
    run = town.run_of(Store(home))
    edition = Store(home).published_edition(town.ID, 1)
    themes = run.themes.themes
    method = edition["method"]
    fixed = [
        str(method[k]) for k in ("parts", "settings", "versions", "record", "again", "licence")
    ]
    return " ".join([town.table().decode(), *themes["name"], str(edition["hashes"]), *fixed])


def left(app: AppTest, home: Path, also: str = "") -> set[str]:
    known = set(WORD.findall(f"{of_people(home)} {also}".replace("_", " ").lower()))
    shown = {w for text in said(app) for w in WORD.findall(re.sub(r"https?\S+", "", text.lower()))}
    return (shown & english()) - known


@pytest.mark.parametrize("path", ["start", "edition", "captured", "receipt", "answer", "method"])
def test_no_english_on_a_welsh_page(
    page: Callable[..., AppTest], published_home: Path, path: str
) -> None:
    where = {} if path in ("start", "answer") else {"consultation": town.ID, "edition": "1"}
    app = page(path, **where)
    assert not app.exception
    assert left(app, published_home) == set()


def test_the_walk_sees_english(page: Callable[..., AppTest], published_home: Path) -> None:
    app = page("captured", consultation=town.ID, edition="1", lang="en")
    assert {"paste", "anyone"} <= left(app, published_home)


def test_results_and_errors_in_welsh(page: Callable[..., AppTest], published_home: Path) -> None:
    app = page("captured", consultation=town.ID, edition="1")
    app.text_area(key="captured-text").input(f"{town.CAPTURED} {town.MISSING}").run()
    app.button(key="captured-check").click().run()
    assert left(app, published_home, f"{town.CAPTURED} {town.MISSING}") == set()
    app.file_uploader(key="captured-file").set_value(("x.pdf", b"%PDF-1.7", "")).run()
    app.button(key="captured-check").click().run()
    assert "Ni allem ddarllen y ffeil hon" in " ".join(said(app))
    receipt = page("receipt", consultation=town.ID, edition="1")
    receipt.button(key="receipt-show").click().run()
    assert "Nid yw’r cyfeirnod a’r cod yn cyd-fynd" in " ".join(said(receipt))
    assert left(receipt, published_home) == set()
    for path, address in (("edition", {"edition": "99"}), ("answer", {"code": "x"})):
        wrong = page(path, consultation=town.ID, **address)
        assert "Ni weithiodd hyn" in " ".join(said(wrong))
        assert left(wrong, published_home) == set()


def test_the_menu_is_in_welsh(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []
    whole = st.navigation

    def navigation(pages: Any, **more: Any) -> Any:
        seen.append({s: [p.title for p in own] for s, own in pages.items() if s})
        return whole(pages, **more)

    monkeypatch.setattr(st, "navigation", navigation)
    page("answer")
    (menu,) = [seen[-1]]
    assert list(menu) == ["Cyhoeddi"]
    words = {w for title in menu["Cyhoeddi"] for w in WORD.findall(title.lower())}
    assert words & english() == set()


def raised(path: str) -> Iterator[str]:
    """The texts with which a module raises an error, values in them as 7."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            text = node.exc.args[0]
            if isinstance(text, ast.JoinedStr):
                parts = (v.value if isinstance(v, ast.Constant) else "7" for v in text.values)
                yield "".join(map(str, parts))
            elif isinstance(text, ast.Constant):
                yield str(text.value)


@pytest.mark.parametrize("path", RAISERS)
def test_errors_that_readers_meet_are_in_the_table(path: str) -> None:
    texts = [t for t in raised(path) if t not in FOR_THE_TEAM and "letters or less at" not in t]
    assert [t for t in texts if told(t, "x_", "cy") is None] == []


def test_a_sentence_made_elsewhere_keeps_its_values() -> None:
    assert told("New theme: Buses.", "ch_", "cy") == "Thema newydd: Buses."
    assert told("Something else.", "ch_", "cy") is None
