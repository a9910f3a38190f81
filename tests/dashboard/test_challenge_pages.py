"""From a text that somebody pastes to the answer that they read: page by page."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main
from analysis.access import LOCAL, PUBLIC, Actor
from analysis.export.folder import write
from analysis.store.store import Store
from dashboard import identity
from tests import town
from tests.dashboard.test_pages import words

Page = Callable[..., AppTest]
HOSTILE = "# Say <b>no</b> ![x](http://e.example/x.png) $a$ to jo.testperson@example.org now."


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published_home, tmp_path / "home"))


@pytest.fixture
def page(
    open_page: Callable[[Path, str], AppTest], home: Path, monkeypatch: pytest.MonkeyPatch
) -> Page:
    """A page as somebody sees it, with what stands in its address."""

    def opened(actor: Actor, path: str, **address: str) -> AppTest:
        monkeypatch.setattr(identity, "actor", lambda *_, **__: actor)
        monkeypatch.setattr(identity, "source", lambda: "192.0.2.1")
        app = open_page(home, "")
        for key, value in address.items():
            app.query_params[key] = value
        return app.switch_page(f"views/{path}.py").run()

    return opened


@pytest.fixture
def public(page: Page) -> Page:
    return partial(page, PUBLIC)


@pytest.fixture
def captured(public: Page) -> AppTest:
    return public("public/captured", consultation=town.ID, edition="1")


def check(app: AppTest, text: str) -> None:
    app.text_area(key="captured-text").input(text).run()
    app.button(key="captured-check").click().run()
    assert not app.exception


def test_a_text_beside_the_edition(captured: AppTest) -> None:
    check(captured, f"{town.CAPTURED} {town.MISSING}")
    said = words(captured)
    assert "- Captured: 1 of 2" in said
    assert "- Missing: 1 of 2" in said
    assert "The closest in the report is this. Please compare." in said
    assert "20 people wrote about this" in said
    assert "We did not find this in the report." in said
    assert town.MISSING in [t.value for t in captured.text]


def test_it_says_how_sure_it_is(captured: AppTest) -> None:
    check(captured, f"{town.CAPTURED} {town.MISSING}")
    assert [c.value for c in captured.caption].count("We are fairly sure of this.") == 2


def test_the_pages_and_the_command_agree(
    captured: AppTest, page: Page, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(f"{town.CAPTURED} {town.MISSING} {town.VIEWS[4]}", encoding="utf-8")
    write(town.run_of(Store(home)), tmp_path / "out")
    assert main(["capture", str(tmp_path / "out"), "--text", str(letter), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["points"]
    assert [p["status"] for p in told] == ["captured", "missing", "captured"]

    check(captured, letter.read_text())
    said = words(captured)
    assert "- Captured: 2 of 3" in said
    assert "- Missing: 1 of 3" in said
    team = page(LOCAL, "team/capture", consultation=town.ID)
    team.text_area(key="capture-text").input(letter.read_text()).run()
    team.button(key="capture-check").click().run()
    assert {m.label: m.value for m in team.metric} == {
        "Captured": "2 of 3", "Partly captured": "0 of 3", "Missing": "1 of 3"
    }  # fmt: skip
    for point in told:
        assert f"“{point['theme']}”" in words(team)
        if point["status"] == "captured":
            assert f"**{point['theme']}**" in said


def test_a_long_text_is_told_too_long_and_not_dropped(captured: AppTest) -> None:
    assert not captured.text_area(key="captured-text").max_chars
    check(captured, f"{town.CAPTURED} " * 400)
    assert "too long" in " ".join([e.value for e in captured.error] + words(captured).split("\n"))


def test_a_letter_is_read_from_a_file(captured: AppTest) -> None:
    paper, file = Document(), io.BytesIO()
    paper.add_paragraph(town.MISSING)
    paper.save(file)
    uploader = captured.file_uploader(key="captured-file")
    uploader.set_value(("letter.docx", file.getvalue(), "")).run()
    captured.button(key="captured-check").click().run()
    assert not captured.exception
    assert "- Missing: 1 of 1" in words(captured)


def test_nothing_that_was_not_published_is_shown(captured: AppTest, home: Path) -> None:
    _, content = Store(home).edition(town.ID, 1)
    quotes = {q for own in content.quotes.values() for q in own}
    check(captured, town.SECRET)
    said = words(captured)
    assert "- Missing: 1 of 1" in said
    shown = {t.value.strip("“”") for t in captured.text} - {town.SECRET}
    assert shown <= quotes
    assert "alpacas" not in "".join(quotes)


def test_without_an_edition_the_page_says_where_to_find_one(public: Page) -> None:
    assert "Choose an edition" in words(public("public/captured"))
    other = public("public/captured", consultation=town.ID, edition="2")
    assert "no such edition" in words(other)


def test_what_was_pasted_is_not_kept(captured: AppTest, home: Path) -> None:
    check(captured, f"{town.MISSING} Zyxwvut is my word.")
    held = [p for p in home.rglob("*") if p.is_file() and b"Zyxwvut" in p.read_bytes()]
    assert held == []


def test_from_missing_to_the_answer(captured: AppTest, public: Page, page: Page) -> None:
    check(captured, f"{town.CAPTURED} {town.MISSING}")
    assert captured.button(key="challenge-send").disabled
    assert captured.text_area(key="challenge-text-1-1").value == town.MISSING
    captured.text_area(key="challenge-text-1-1").input(HOSTILE).run()
    captured.checkbox(key="challenge-kept-1").check().run()
    captured.button(key="challenge-send").click().run()
    assert not captured.exception
    assert "The team has your text" in captured.success[0].value
    (address,) = [c.value for c in captured.code]
    token = address.split("code=")[1]
    captured.button(key="challenge-send").click().run()
    assert "has this text already" in words(captured)

    waiting = public("public/answer", code=token)
    assert "no answer yet" in words(waiting)
    assert "jo.testperson" not in words(waiting)

    team = page(LOCAL, "team/challenges", consultation=town.ID)
    assert not team.exception
    assert HOSTILE in [t.value for t in team.text]
    assert not any("e.example" in m.value for m in team.markdown)
    team.text_input(key="challenges-name").input("Rae").run()
    team.selectbox(key="kind-1").select("there")
    team.selectbox(key="edition-1").select(1)
    team.button(key="answer-1").click().run()
    assert "Say in a sentence" in words(team)
    team.text_area(key="words-1").input("See the theme “Buses”.")
    team.button(key="answer-1").click().run()
    assert not team.exception
    assert "0 to be answered" in words(team)

    answer = public("public/answer", code=token)
    assert "It is in the report" in words(answer)
    assert "See the theme “Buses”." in [t.value for t in answer.text]
    assert "Rae" not in words(answer)


def test_the_minister_sees_what_was_missed_and_the_answer(page: Page, home: Path) -> None:
    store = Store(home)
    store.challenge(town.ID, 1, f"{town.MISSING} Call 07700 900123.", "missing", "")
    mia = Actor("Mia", "minister", "mia@dept.example")
    empty = page(mia, "minister/consideration", consultation=town.ID, edition="1")
    assert "Not answered yet" in str(empty.table[0].value.to_numpy())
    store.answer_challenge(town.ID, 1, "not", "Dogs are in part 4.", 0, LOCAL)
    app = page(mia, "minister/consideration", consultation=town.ID, edition="1")
    assert not app.exception
    told = str(app.table[0].value.to_numpy())
    assert "library should open" in told
    assert "Dogs are in part 4" in told.replace("\\", "")
    assert "07700" not in told


def test_a_wrong_code_is_a_plain_sentence(public: Page) -> None:
    assert "nothing under this address" in words(public("public/answer", code="x"))
    asked = public("public/answer")
    asked.text_input(key="answer-code").input("<b>").run()
    assert "nothing under this address" in words(asked)


def test_a_browser_sends_only_so_many(captured: AppTest, home: Path) -> None:
    check(captured, town.MISSING)
    for n in range(6):
        captured.text_area(key="challenge-text-1-0").input(f"Not heard at all: {n}.").run()
        if n == 0:
            captured.checkbox(key="challenge-kept-1").check().run()
        captured.button(key="challenge-send").click().run()
    assert "You can send 5 in one hour" in words(captured)
    assert len(Store(home).challenges(town.ID)) == 5


def test_the_public_does_not_see_the_queue(public: Page) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        public("team/challenges")


def test_an_empty_queue_says_so(page: Page) -> None:
    said = words(page(LOCAL, "team/challenges", consultation=town.ID))
    assert "Nobody has said that something was missed" in said


def test_codes_are_made_for_the_team_and_open_a_reply(page: Page, public: Page, home: Path) -> None:
    team = page(LOCAL, "team/exports", consultation=town.ID)
    team.button(key="receipts-make").click().run()
    assert not team.exception
    assert "Download receipts.csv" in [b.label for b in team.get("download_button")]
    codes = dict(Store(home).receipts(town.ID, LOCAL))
    reader = public("public/receipt", consultation=town.ID, edition="1")

    def typed(reference: str, code: str) -> str:
        reader.text_input(key="receipt-reference").input(reference)
        reader.text_input(key="receipt-code").input(code)
        reader.button(key="receipt-show").click().run()
        assert not reader.exception
        return words(reader)

    said = typed("TOWN-003", codes["TOWN-003"])
    assert town.VIEWS[3] in [t.value for t in reader.text]
    assert "It went to the theme **Bins on street**" in said
    assert "19 people wrote about this. You are one of them." in said
    assert "The report quotes these words" in said
    assert "ticked answers and wrote no text" in typed(town.QUIET, codes[town.QUIET])
    assert "no view in it" in typed(town.EMPTY, codes[town.EMPTY])
    wrong = typed("TOWN-004", codes["TOWN-003"])
    assert "do not fit together" in wrong
    assert "It went to" not in wrong
    assert wrong == typed("TOWN-9", codes["TOWN-003"])
    for _ in range(9):
        typed("TOWN-9", "x")
    assert "too many tries" in typed("TOWN-9", "x")
    assert "It went to the theme" in typed("TOWN-003", codes["TOWN-003"])


def test_a_groups_replies_beside_all_replies(captured: AppTest) -> None:
    rows = f"Response ID,What should change?\nA1,{town.CAPTURED}\nA2,{town.MISSING}\n"
    uploader = captured.file_uploader(key="captured-file")
    uploader.set_value(("ours.csv", rows.encode(), "text/csv")).run()
    captured.button(key="captured-check").click().run()
    assert not captured.exception
    assert "Your group beside all replies" in [h.value for h in captured.header]
    first = captured.table[0].value
    assert first.iloc[0, 0].replace("\\", "") == "Your group: 2 replies, 2 points"
    assert first.iloc[1, 0].replace("\\", "") == "All replies: 60 people"


def test_each_public_page_in_welsh(public: Page) -> None:
    start = public("public/start")
    start.radio(key="language").set_value("cy").run()
    assert start.title[0].value == "Beth ddywedodd pobl wrthym"
    for path, title in (
        ("captured", "A gafodd fy marn ei chynnwys?"),
        ("receipt", "Beth ddigwyddodd i fy ymateb"),
        ("answer", "Ateb gan y tîm"),
        ("edition", "Our town"),
    ):
        app = public(f"public/{path}", consultation=town.ID, edition="1", lang="cy")
        assert not app.exception
        assert app.title[0].value == title
        assert app.radio(key="language").value == "cy"
        assert "Nid yw siaradwr Cymraeg wedi’i wirio eto" in words(app)


def test_the_team_sees_what_is_left_out_and_goes_on_to_mend_it(page: Page) -> None:
    app = page(LOCAL, "team/uncovered", consultation=town.ID)
    assert not app.exception
    assert "points are in no theme" in words(app)
    assert app.selectbox(key="uncovered-by").value == "Region"
    assert len(app.get("table")) >= 1


def test_the_team_compares_a_groups_file(page: Page) -> None:
    app = page(LOCAL, "team/capture", consultation=town.ID)
    rows = f"Response ID,What should change?\nA1,{town.CAPTURED}\nA2,{town.MISSING}\n"
    app.file_uploader(key="capture-file").set_value(("ours.csv", rows.encode(), "text/csv")).run()
    app.button(key="capture-check").click().run()
    assert not app.exception
    assert "The group beside all replies" in [h.value for h in app.header]
    assert "not the same measure" in words(app)
    assert app.selectbox(key="capture-by").value == "Region"
    assert any("North" in row for row in app.table[0].value.iloc[:, 0])
