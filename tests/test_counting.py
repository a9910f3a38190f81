"""Campaign letters counted in three ways: on the sample's two letters and on a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.counting import counted_people
from analysis.export.tables import groups_table, themes_table
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts

VIEWS = [
    "The phone line is engaged every morning when I ring for my prescription.",
    "Nobody told my mother that a machine had refused her parking badge.",
    "Road works in our street are announced after they have begun.",
    "The library should keep its paper forms for people like my uncle.",
    "I would like to see the bus times at the stop again.",
    "Please print the letters larger, my eyes are failing.",
    "The clinic lost my appointment when the system was changed.",
    "Our village has no signal, so the app is of no use here.",
]
LETTER = (
    "I write as a member of the residents' league. The council must not let a computer decide on "
    "housing applications, because families are more than numbers on a screen and need a person."
)
OWN = "When our roof leaked in March the housing officer came herself and that saved the ceiling."


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Run:
    texts = [LETTER] * 9 + [f"{LETTER} {OWN}"] + VIEWS
    ticks = ["Support", "Oppose", "Don't know"]
    rows = "".join(f'R{n},{ticks[n % 3]},"{t}"\n' for n, t in enumerate(texts))
    table = read(f"ID,Do you support it?,What should we know?\n{rows}".encode(), name="a.csv")
    consultation = build([table], propose([table], title="Letters"))
    return run(consultation, Settings(), Artefacts(tmp_path_factory.mktemp("a")))


def base(result: Run, way: str, measure: str) -> int:
    table = groups_table(result, "none", way)  # type: ignore[arg-type]
    return int(table.query("measure == @measure and attribute == ''")["base"].iloc[0])


def test_the_letter_and_its_copies_are_known(result: Run) -> None:
    campaign = result.prepared.campaigns.iloc[0]
    assert (campaign["standard"], campaign["edited"]) == (9, 1)


def test_ticks_are_counted_in_three_ways(result: Run) -> None:
    assert base(result, "all", "closed") == 18
    assert base(result, "once", "closed") == 9
    assert base(result, "without", "closed") == 8


def test_what_a_copy_adds_is_the_senders_own(result: Run) -> None:
    points = result.points.points
    own = points[points["text"] == OWN]
    assert own["campaign_id"].tolist() == [""]
    assert (points["campaign_id"] != "").sum() == 2 * 10
    assert base(result, "all", "tone") == 18
    assert base(result, "once", "tone") == 1 + 1 + 8
    assert base(result, "without", "tone") == 1 + 8


def test_no_way_counts_more_than_every_copy(result: Run) -> None:
    full = themes_table(result)["respondents"]
    assert (themes_table(result, "once")["respondents"] <= full).all()
    assert (themes_table(result, "without")["respondents"] <= full).all()


def test_summaries_say_how_they_count(result: Run) -> None:
    assert "letter" not in result.summary.counted("all")[0]["headline"].lower()
    assert result.summary.counted("once")[0]["headline"].startswith("With each campaign letter")
    assert result.summary.counted("without")[0]["headline"].startswith("Without campaign letters")


def test_sixty_copies_do_not_take_over(cases: Path, tmp_path: Path) -> None:
    """CLU-03: a letter of sixty people, and twelve views of their own."""
    table = read(next((cases / "CLU-03").glob("*.csv")))
    made = run(build([table], propose([table], title="CLU-03")), Settings(), Artefacts(tmp_path))
    assert made.prepared.campaigns["standard"].tolist() == [60]
    assert base(made, "all", "tone") == 72
    assert base(made, "once", "tone") == 13
    assert base(made, "without", "tone") == 12


def test_a_letter_with_a_text_for_each_question_is_one_letter(tmp_path: Path) -> None:
    """Seven people paste one text into both boxes of the form, five write for themselves."""
    first, second = (
        LETTER,
        LETTER.replace("residents' league", "tenants' union").replace("must", "may"),
    )
    answers = [(first, second)] * 7 + list(zip(VIEWS[:5], VIEWS[3:], strict=False))
    rows = "".join(f'R{n},{n % 2},"{a}","{b}"\n' for n, (a, b) in enumerate(answers))
    table = read(f"ID,Tick,What do you fear?,What do you hope?\n{rows}".encode(), name="a.csv")
    made = run(build([table], propose([table], title="T")), Settings(), Artefacts(tmp_path))
    assert made.prepared.whole["respondent_id"].tolist() == [f"R{n}" for n in range(7)]
    everyone = made.consultation.respondents["respondent_id"]
    assert len(counted_people(made.prepared, everyone, "all")) == 12
    assert len(counted_people(made.prepared, everyone, "once")) == 6
    assert len(counted_people(made.prepared, everyone, "without")) == 5
