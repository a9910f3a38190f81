"""Every page on an empty store, on the sample, and on a store that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis import sample
from analysis.store.store import Store

Open = Callable[[Path, str], AppTest]
VIEWS = [
    "consultations", "columns", "run", "overview", "themes", "responses", "groups", "who",
    "capture", "privacy", "ask", "exports", "quality", "teach", "blind", "method",
    "challenges",
]  # fmt: skip
RESULTS = [
    "overview", "themes", "responses", "groups", "who", "capture", "privacy", "ask", "exports",
    "quality", "teach", "blind",
]  # fmt: skip


def words(app: AppTest) -> str:
    """Everything a page says, in one string."""
    kinds = (
        app.title, app.header, app.subheader, app.markdown, app.caption, app.text, app.info,
        app.metric,
    )  # fmt: skip
    parts = [str(e.value) for kind in kinds for e in kind]
    return "\n".join(parts + [str(m.label) for m in app.metric])


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_shows_the_sample(open_page: Open, analysed_home: Path, view: str) -> None:
    app = open_page(analysed_home, view)
    assert not app.exception
    assert app.title
    assert "This did not work" not in words(app)
    assert "not representative" in words(app)
    assert "every reply was written for demonstration" in words(app)


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_without_any_consultation_says_what_to_do(
    open_page: Open, tmp_path: Path, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "ensure_sample", lambda _store: False)
    app = open_page(tmp_path, view)
    assert not app.exception
    assert "Upload" in words(app)


@pytest.mark.parametrize("view", RESULTS)
def test_a_page_before_the_analysis_says_where_to_start_it(
    open_page: Open, tmp_path: Path, view: str
) -> None:
    app = open_page(tmp_path, view)
    assert not app.exception
    assert "see “Analysis”" in words(app)


@pytest.mark.parametrize("view", VIEWS)
def test_a_store_that_cannot_be_opened_is_a_plain_sentence(
    open_page: Open, tmp_path: Path, view: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    app = open_page(tmp_path / "file", view)
    assert not app.exception
    assert "cannot be opened" in words(app)


@pytest.mark.parametrize("view", RESULTS)
def test_a_lost_result_is_a_plain_sentence(open_page: Open, home: Path, view: str) -> None:
    for parquet in home.glob("consultations/sample/artefacts/points-*/points.parquet"):
        parquet.write_bytes(b"lost")
    app = open_page(home, view)
    assert not app.exception
    assert "Run the analysis again" in words(app)


def test_the_overview_adds_up(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "overview")
    metrics = {m.label: int(str(m.value).replace(",", "")) for m in app.metric}
    received = metrics.pop("Received")
    assert received == sum(metrics.values()) == 612


def test_filters_never_add_answers(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "responses")

    def count() -> int:
        line = next(m.value for m in app.markdown if " answers by " in m.value)
        return int(line.strip("*").split(" ")[0].replace(",", ""))

    everything = count()
    app.selectbox(key="filter-position").select("oppose").run()
    opposing = count()
    app.selectbox(key="filter-tone").select("negative").run()
    negative = count()
    app.text_input(key="search").input("phone").run()
    assert everything > opposing > negative > count() > 0


def test_a_search_that_finds_nothing_says_so(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "responses")
    app.text_input(key="search").input("zzzqqq").run()
    assert "0 answers by 0 people" in words(app)
    assert not app.exception


def test_hostile_text_is_shown_letter_for_letter(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "responses")
    app.text_input(key="search").input("Ignore all previous").run()
    assert any("Ignore all previous" in t.value for t in app.text)
    assert not any("Ignore all previous" in m.value for m in app.markdown)


def test_changing_the_question_of_a_group_chart(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "groups")
    for measure in ("theme", "tone", "closed", "position"):
        app.selectbox(key="groups-measure").select(measure).run()
        assert not app.exception
    app.selectbox(key="groups-attribute").select("Region").run()
    assert not app.exception


def test_a_wrong_role_is_corrected_and_seen(open_page: Open, home: Path) -> None:
    app = open_page(home, "columns")
    box = next(b for b in app.selectbox if b.key and b.key.startswith("role-sample-What benefits"))
    box.select("ignore").run()
    assert {m.label: m.value for m in app.metric}["Open questions"] == "2"
    app.button(key="confirm").click().run()
    assert not app.exception
    mapping = Store(home).entry("sample").mapping
    assert mapping is not None
    assert mapping.count('role = "open"') == 2


def test_deleting_a_consultation_of_ones_own(open_page: Open, home: Path) -> None:
    entry = Store(home).create("Mine <b>", [("a.csv", b"x")])
    app = open_page(home, "consultations")
    app.button(key=f"delete-{entry.id}").click().run()
    assert [e.id for e in Store(home).entries()] == ["sample"]
    assert "nothing is left: files 1, rows 1." in words(app)
    assert app.get("download_button")[0].label == "Download the record of deletion"


VIEWS_OF_GROUPS = ["one", "themes", "position", "time", "alike", "differences"]


@pytest.mark.parametrize("view", VIEWS_OF_GROUPS)
def test_each_view_of_groups_is_shown_whole_and_published(
    open_page: Open, analysed_home: Path, view: str
) -> None:
    app = open_page(analysed_home, "groups")
    app.selectbox(key="groups-view").select(view).run()
    assert not app.exception
    assert "This did not work" not in words(app)
    app.selectbox(key="groups-rule").select("five").run()
    assert not app.exception
    assert "This did not work" not in words(app)


def test_the_published_view_has_no_second_attribute_and_no_filter(
    open_page: Open, analysed_home: Path
) -> None:
    app = open_page(analysed_home, "groups")
    assert any(b.key == "groups-second" for b in app.selectbox)
    app.selectbox(key="groups-second").select("Region").run()
    app.selectbox(key="groups-only-Age band").select("65-74").run()
    assert not app.exception
    assert "Counted together" in words(app)
    app.selectbox(key="groups-rule").select("five").run()
    keys = [b.key for b in app.selectbox if b.key]
    assert not [k for k in keys if k == "groups-second" or k.startswith("groups-only-")]
    assert "no filters" in words(app)
    assert "individuals," not in words(app)  # exact numbers could give a small kind away


def test_the_published_view_counts_one_way(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "groups")
    app.selectbox(key="counting").select("once").run()
    assert "counts every copy" not in words(app)
    app.selectbox(key="groups-rule").select("nhs").run()
    assert "counts every copy" in words(app)


def test_who_is_missing_is_a_caution_with_its_source(open_page: Open, analysed_home: Path) -> None:
    app = open_page(analysed_home, "who")
    said = words(app)
    assert "Invented for the sample" in said
    assert "no headline" in said
    assert "left out" in said
    app.selectbox(key="missing-by").select("Region").run()
    assert not app.exception


def test_a_reference_that_does_not_fit_says_what_to_do(open_page: Open, home: Path) -> None:
    Store(home).keep_reference(
        "sample", b"attribute,group,count,source\nShoe,40,1,x\nShoe,41,2,x\n"
    )
    app = open_page(home, "who")
    assert not app.exception
    assert "No attribute of the reference" in words(app)


def test_a_database_that_is_away_at_the_start_is_looked_for_again(
    open_page: Open, analysed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_DATABASE_URL", "postgresql://heard:secret@127.0.0.1:1/heard")
    app = open_page(analysed_home, "")
    assert not app.exception
    assert "does not answer" in words(app)
    assert "secret" not in words(app)
    app.button(key="look-again").click().run()
    assert "does not answer" in words(app)
    monkeypatch.delenv("HEARD_DATABASE_URL")
    app.button(key="look-again").click().run()
    assert "does not answer" not in words(app)
    assert app.title
