"""What one person opened stays theirs: caches are shared by all sessions of a process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.access import PUBLIC, Actor
from analysis.store.store import Store
from dashboard import identity
from tests import town
from tests.conftest import ROOT
from tests.dashboard.test_pages import words

ANA = Actor("Ana", "analyst", "ana@dept.example")
MIA = Actor("Mia", "minister", "mia@dept.example")
TEAM = (
    "overview", "themes", "review", "uncovered", "responses", "groups", "who", "privacy", "quality",
    "teach", "blind", "method", "exports", "publish", "columns", "run", "consultations",
)  # fmt: skip


def straight(page: str, consultation: str) -> AppTest:
    """The page without the navigation before it: what holds is held below."""
    app = AppTest.from_file(str(ROOT / "dashboard" / "views" / f"{page}.py"), default_timeout=60)
    app.query_params["consultation"] = consultation
    app.query_params["edition"] = "1"
    return app.run()


def everything(app: AppTest) -> str:
    tables = "".join(t.value.to_string() for t in app.table)
    return words(app) + tables + "".join(str(o) for b in app.selectbox for o in b.options)


def test_no_page_of_the_team_shows_others_what_its_caches_hold(
    published_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(published_home, tmp_path / "home"))
    monkeypatch.setenv("HEARD_HOME", str(home))
    who = {"now": ANA}
    monkeypatch.setattr(identity, "actor", lambda *_, **__: who["now"])
    # links need the navigation, which is left out here
    monkeypatch.setattr(st, "page_link", lambda *_, **__: None)
    names = town.run_of(Store(home)).themes.themes["name"]
    secrets = ("TOWN-0", "Theodora", "Our town", "town.csv", "What should change", *names)
    telling = 0  # pages that would give something away
    for page in TEAM:
        who["now"] = ANA
        mine = straight(f"team/{page}", town.ID)
        assert not mine.exception, page
        telling += any(s in everything(mine) for s in secrets)
        assert "Your role does not allow this" not in everything(mine), page
        for other in (MIA, PUBLIC):
            who["now"] = other
            theirs = straight(f"team/{page}", town.ID)
            said = everything(theirs)
            assert "Your role does not allow this" in said, (page, other)
            assert not [s for s in secrets if s in said], (page, other)
            assert not theirs.get("download_button"), page
    assert telling > len(TEAM) / 2
    who["now"] = PUBLIC
    assert "Your role does not allow this" in everything(straight("minister/brief", town.ID))
    refused = [x for x in Store(home).audit() if x.action == "refused"]
    assert {x.who for x in refused} >= {MIA.who, PUBLIC.who}
