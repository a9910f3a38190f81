"""The public page on how an edition was made, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.access import PUBLIC
from analysis.store.store import Store
from dashboard import identity
from tests import town
from tests.dashboard.test_pages import words

Page = Callable[..., AppTest]


@pytest.fixture
def page(
    open_page: Callable[[Path, str], AppTest], published_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Page:
    def opened(path: str = "method", **address: str) -> AppTest:
        monkeypatch.setattr(identity, "actor", lambda *_, **__: PUBLIC)
        app = open_page(published_home, "")
        for key, value in address.items():
            app.query_params[key] = value
        return app.switch_page(f"views/public/{path}.py").run()

    return opened


EDITION = {"consultation": town.ID, "edition": "1"}


def test_everything_that_was_fixed_is_said(page: Page) -> None:
    app = page(**EDITION)
    assert not app.exception
    said = words(app)
    heads = [h.value for h in app.header]
    assert len(heads) == 13
    assert "Nobody has read some of the replies" in said
    assert "60 replies came in = 58 are in the numbers + 2 are not." in said
    assert "Nothing. No reply was sent anywhere." in said
    assert "People changed nothing" in said
    assert "If fewer than 5 people said something" in said
    assert "Open Government Licence" in said.replace("\\", "")
    codes = [c.value for c in app.code]
    assert any("how-it-was-made?consultation=town&edition=1" in c for c in codes)
    assert any(c.startswith("python -m analysis run") for c in codes)
    assert [b.label for b in app.get("download_button")] == ["Download the figures (ZIP)"]
    assert not any(v in said for v in town.VIEWS)


def test_the_published_edition_leads_to_it(page: Page) -> None:
    assert not page("edition", **EDITION).exception


def test_in_welsh_it_says_that_nobody_checked_the_words(page: Page) -> None:
    app = page(**EDITION)
    app.radio(key="language").set_value("cy").run()
    assert not app.exception
    assert app.title[0].value == "Sut y gwnaed yr adroddiad hwn"
    assert "Nid yw siaradwr Cymraeg wedi’i wirio eto" in words(app)


def test_an_older_edition_says_so(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = Store.edition

    def older(store: Store, *where: object) -> object:
        found, content = edition(store, *where)  # type: ignore[arg-type]
        return found, replace(content, method={})

    monkeypatch.setattr(Store, "edition", older)
    app = page(**EDITION)
    assert not app.exception
    assert "This edition was made before Heard kept" in app.info[0].value


def test_without_an_edition_it_says_where_to_find_one(page: Page) -> None:
    assert "Choose an edition" in words(page())
