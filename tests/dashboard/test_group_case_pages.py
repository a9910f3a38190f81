"""The failure cases of groups and tone on the pages, and in what is published of them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.crossing import Ask, ask
from analysis.errors import HeardError
from analysis.export.tables import groups_table
from analysis.groups import EVERYONE
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Run
from analysis.review.checklist import checklist, plain
from analysis.review.editions import hashes, make, texts
from analysis.review.opendata import archive
from analysis.store.store import Store
from dashboard.words import TONE_NOTE
from tests.dashboard.test_pages import words
from tests.town import RAE

Open = Callable[[Path, str], AppTest]
FILES = ("GRP-03", "GRP-05", "GRP-06", "GRP-07", "SEN-04")
FEW = {"C": "Lighthouse keepers", "D": "Bell founders"}  # names that no reply holds by chance
SIDES = re.compile(r"\b(?:support\w*|oppos\w*|for or|in favour|against)\b", re.IGNORECASE)


def _content(cases: Path, case: str) -> bytes:
    frame = pd.read_csv(next((cases / case).glob("*.csv")), dtype=str, keep_default_na=False)
    if case == "GRP-03":
        frame["Group"] = frame["Group"].replace(FEW)
    frame = frame[[c for c in frame if not c.startswith("gold")]]  # Heard must not see the gold
    return frame.to_csv(index=False).encode()


@pytest.fixture(scope="module")
def home(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the cases, analysed; each is a consultation named as its case."""
    folder = tmp_path_factory.mktemp("cases")
    store = Store(folder)
    for case in FILES:
        content = _content(cases, case)
        store.create(case, [("a.csv", content)], ident=case.lower())
        table = read(content, name="a.csv")
        store.confirm(case.lower(), build([table], propose([table], case)), "")
        store.enqueue(case.lower())
    work(store, once=True)
    return folder


def run_of(home: Path, case: str) -> Run:
    store = Store(home)
    stored = store.latest_run(case.lower())
    assert stored is not None
    return load(stored.fingerprints, stored.meta, store.artefacts(case.lower()))


def at(home: Path, case: str, path: str, open_page: Open) -> AppTest:
    app = open_page(home, "")
    app.query_params["consultation"] = case.lower()
    app.switch_page(f"views/team/{path}.py").run()
    assert not app.exception
    assert "This did not work" not in words(app)
    return app


def drawn(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(c.proto.spec) for c in app.get("plotly_chart")]


def cells(app: AppTest) -> dict[str, list[str]]:
    """First cell of each row of the page's tables → the others."""
    rows = [list(map(str, r)) for t in app.table for r in t.value.to_numpy()]
    return {first.replace("\\", ""): rest for first, *rest in rows}


def test_small_groups_are_in_no_chart_or_table_as_published(home: Path, open_page: Open) -> None:
    """GRP-03."""
    app = at(home, "GRP-03", "groups", open_page)
    app.selectbox(key="groups-rule").select("five").run()
    for view in ("one", "themes", "position"):
        app.selectbox(key="groups-view").select(view).run()
        assert not app.exception
        assert drawn(app)
        assert not [n for n in FEW.values() for chart in drawn(app) if n in json.dumps(chart)]
        for name in set(FEW.values()) & set(cells(app)):
            assert set(cells(app)[name]) == {"hidden"}
    app.selectbox(key="groups-view").select("one").run()
    assert set(FEW.values()) <= set(cells(app))
    assert "fewer than 5 hidden" in app.selectbox(key="groups-rule").format_func("five")


def test_small_groups_count_in_totals_and_themes(home: Path) -> None:
    """GRP-03."""
    run = run_of(home, "GRP-03")
    table = groups_table(run, "five").query("attribute == '' and measure == 'theme'")
    people = run.consultation.respondents
    few = people.loc[people["Group"].isin(FEW.values()), "respondent_id"]
    assert len(few) == 3
    assert set(table["base"]) == {28}
    mine = run.prepared.responses["respondent_id"].isin(few)
    assert run.prepared.responses.loc[mine, "status"].eq("analysed").all()


def test_small_groups_cannot_be_crossed_or_filtered_into_view(home: Path) -> None:
    """GRP-03."""
    run = run_of(home, "GRP-03")
    for wanted in (
        Ask("q1", "closed", ("Group",), (("Group", FEW["C"]),)),
        Ask("q1", "closed", ("Group", "Group")),
    ):
        assert len(ask(run, wanted))
        with pytest.raises(HeardError, match="one attribute and no filter"):
            ask(run, wanted, rule="five")


def test_no_quote_and_no_file_of_an_edition_names_a_small_group(home: Path) -> None:
    """GRP-03: groups' names stand in the list of who replied and in the tables, nowhere else."""
    run = run_of(home, "GRP-03")
    content = make(run, "all")
    assert content.public["minimum"] == 5
    said = [*texts(content.public), *texts(content.brief), *texts(content.quotes)]
    answers = run.points.points["text"]
    assert any(a in t for a in answers for t in said), "nothing is quoted"
    assert not [t for t in said for name in FEW.values() if name in t]
    store = Store(home)
    checks = plain(checklist(run, content))
    store.check_edition(
        "grp-03", run.id, "all", content, hashes(run, content, []), [], checks, RAE, ""
    )
    (edition,) = store.editions("grp-03")
    with zipfile.ZipFile(io.BytesIO(archive(edition, content))) as packed:
        files = {n: packed.read(n).decode("utf-8-sig") for n in packed.namelist()}
    assert any(n.endswith(".csv") for n in files)
    for name, text in files.items():
        for line in (x for x in text.splitlines() for few in FEW.values() if few in x):
            assert name.endswith("groups.csv"), (name, line)
            assert not re.search(r"(?<![\w-])\d+(?:\.\d+)?(?![\w-])", line), line


def test_bars_show_per_cent_and_counts_are_one_click_away(home: Path, open_page: Open) -> None:
    """GRP-05."""
    app = at(home, "GRP-05", "groups", open_page)
    app.selectbox(key="groups-measure").select("closed").run()
    (chart,) = drawn(app)
    names = " ".join(chart["layout"]["yaxis"]["ticktext"])
    assert "(n = 80)" in names
    assert "(n = 8)" in names
    yes = next(b for b in chart["data"] if b["name"] == "Yes")
    assert sorted(yes["text"]) == ["50 %", "52 %", "75 %"]
    said = words(app).replace("\\", "")
    assert "Fewer than 30 people, read with care: Disabled people’s organisations" in said
    assert "too few groups of 30 people or more to compare" in said
    app.segmented_control(key="groups-counts").set_value("counts").run()
    yes = next(b for b in drawn(app)[0]["data"] if b["name"] == "Yes")
    assert sorted(yes["text"]) == ["40", "46", "6"]


def test_rounding_is_said_beside_the_counts(home: Path, open_page: Open) -> None:
    """GRP-06: no column tells people apart, and everyone's answers are shown all the same."""
    for page in ("overview", "groups"):
        app = at(home, "GRP-06", page, open_page)
        assert re.search(r"\b(?:99|101)\b", words(app)), page
        assert {"8", "4", "1"} <= set(re.findall(r"\b\d\b", json.dumps(cells(app))))


def test_ticks_are_shares_of_people_who_answered(home: Path, open_page: Open) -> None:
    """GRP-07."""
    app = at(home, "GRP-07", "groups", open_page)
    app.selectbox(key="groups-measure").select("closed").run()
    app.selectbox(key="groups-question-closed").select("q1").run()
    (chart,) = drawn(app)
    assert chart["data"][0]["text"] == ["5 (56 %)", "4 (44 %)", "3 (33 %)", "1 (11 %)"]
    assert "9" in cells(app)[EVERYONE]
    assert "can add up to more than 100 %" in words(app)
    app = at(home, "GRP-07", "overview", open_page)
    assert any(m.value == "10" for m in app.metric) or "10 people" in words(app)


def test_the_way_tone_is_told_stands_beside_its_chart(home: Path, open_page: Open) -> None:
    """SEN-01: the method and its limits, on each view that has tone."""
    app = at(home, "SEN-04", "groups", open_page)
    app.selectbox(key="groups-measure").select("tone").run()
    assert len(drawn(app)) == 1
    assert TONE_NOTE in words(app)
    assert "Sarcasm" in TONE_NOTE


@pytest.mark.parametrize("page", ["overview", "themes", "groups", "quality", "method"])
def test_no_heading_and_no_chart_of_tone_speaks_of_sides(
    home: Path, open_page: Open, page: str
) -> None:
    """SEN-04: nobody was asked for a position, so no heading says who is for or against."""
    app = at(home, "SEN-04", page, open_page)
    headings = [str(h.value) for kind in (app.title, app.header, app.subheader) for h in kind]
    assert headings
    assert not [h for h in headings if SIDES.search(h)]
    if page == "groups":
        offered = app.selectbox(key="groups-measure").options
        assert "Position on the proposal" not in offered
        app.selectbox(key="groups-measure").select("tone").run()
        (chart,) = drawn(app)
        assert len(chart["data"]) == 5
        said = [b["name"] for b in chart["data"]] + [c.proto.alt for c in app.get("plotly_chart")]
        assert not [t for t in said if SIDES.search(str(t))]
