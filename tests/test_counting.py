"""Campaign letters counted in three ways: on the sample's two letters and on a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.counting import WAYS, counted_people
from analysis.export.tables import groups_table, themes_table
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from dashboard.results import points_on_map

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


def test_the_map_holds_the_points_that_are_counted(result: Run) -> None:
    drawn = [len(points_on_map(result, result.consultation.open_questions[0].id, w)) for w in WAYS]
    of_letter = int((result.points.points["campaign_id"] != "").sum())
    assert drawn[0] - drawn[2] == of_letter
    assert drawn[1] - drawn[2] == 2  # the template's own two points


def test_summaries_say_how_they_count(result: Run) -> None:
    assert "letter" not in result.summary.counted("all")[0]["headline"].lower()
    assert result.summary.counted("once")[0]["headline"].startswith("With each campaign letter")
    assert result.summary.counted("without")[0]["headline"].startswith("Without campaign letters")


def analysed(cases: Path, name: str, place: Path) -> Run:
    table = read(next((cases / name).glob("*.csv")))
    return run(build([table], propose([table], title=name)), Settings(), Artefacts(place))


def shown_of(result: Run) -> set[str]:
    """The answers to the first question that are in a theme or in the list of those in none."""
    frame = result.points.points.merge(result.themes.assigned, on="point_id")
    themed = set(frame.loc[frame["theme_id"] != "", "response_id"])
    return themed | set(result.summary.counted("all")[0]["not_grouped"]["response_ids"])


def test_sixty_copies_do_not_take_over(cases: Path, tmp_path: Path) -> None:
    """CLU-03: a letter of sixty people, and twelve views of their own."""
    made = analysed(cases, "CLU-03", tmp_path)
    answers = made.prepared.responses
    letter = answers["campaign_copy"] == "standard"
    assert made.prepared.campaigns["standard"].tolist() == [60]
    assert base(made, "all", "tone") == 72
    assert base(made, "once", "tone") == 13
    assert base(made, "without", "tone") == 12
    points = made.points.points
    own = points[points["campaign_id"] == ""]
    assert set(own["response_id"]) == set(answers.loc[~letter, "response_id"])
    assert shown_of(made) == set(answers["response_id"])
    frame = points.merge(made.themes.assigned, on="point_id")
    themes = frame.groupby(frame["campaign_id"] == "")["theme_id"].agg(set)
    assert not (themes[True] & themes[False]) - {""}  # no view of one's own inside the letter's
    assert "72" in made.summary.counted("all")[0]["headline"]
    assert "13" in made.summary.counted("once")[0]["headline"]
    assert "12" in made.summary.counted("without")[0]["headline"]


SUBJECTS = {  # CLU-05: four answers each on chat tools, on a person who decides, on access
    "chat": ("R003", "R008", "R027", "R029"),
    "person": ("R009", "R025", "R028", "R031"),
    "access": ("R005", "R017", "R024", "R026"),
}


def test_short_answers_do_not_take_over(cases: Path, tmp_path: Path) -> None:
    """CLU-05: twenty answers without content apart; twelve in their subjects, or listed."""
    made = analysed(cases, "CLU-05", tmp_path)
    views = {f"{r}-q1" for four in SUBJECTS.values() for r in four}
    assert made.ledger["excluded"] == {"no_content": 20}
    assert made.prepared.campaigns.empty
    assert set(made.points.points["response_id"]) == views
    assert shown_of(made) == views
    frame = made.points.points.merge(made.themes.assigned, on="point_id")
    theme = frame.set_index("response_id")["theme_id"]
    subject = {f"{r}-q1": name for name, four in SUBJECTS.items() for r in four}
    held = theme[theme != ""]
    of_one = held.index.to_series().map(subject).groupby(held).nunique()
    assert (of_one == 1).all()  # no theme mixes two subjects; what is in none is listed
    assert made.ledger["questions"][0]["not_grouped"] == 12 - len(held)


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


def test_a_letter_in_short_answers_is_found_over_the_whole_reply(tmp_path: Path) -> None:
    """Two answers that are too short for a letter each, and one answer of one's own."""
    first = "Without the ferry our school and our clinic will close"
    second = "Pay the crew a fair wage and keep the boat all winter"
    answers = [(first, second, v) for v in VIEWS[:5]] + [(first, second, "")] * 3
    answers += [(VIEWS[n], VIEWS[n - 1], "") for n in range(5)]
    rows = "".join(f'R{n:02d},"{a}","{b}","{c}"\n' for n, (a, b, c) in enumerate(answers))
    head = "ID,What do you fear?,What do you hope?,Anything else?\n"
    table = read(f"{head}{rows}".encode(), name="a.csv")
    made = run(build([table], propose([table], title="T")), Settings(), Artefacts(tmp_path))
    assert made.prepared.campaigns.empty
    assert len(made.prepared.whole) == 8
    assert [base(made, way, "tone") for way in WAYS] == [13, 6, 5]
    own = made.points.points.query("campaign_id == ''").merge(
        made.prepared.responses[["response_id", "respondent_id"]], on="response_id"
    )
    senders = set(made.prepared.whole["respondent_id"])
    added = own[own["respondent_id"].isin(senders)]["text"].tolist()
    assert sorted(added) == sorted(VIEWS[:5])
