"""What a summary covers, what is asked for, what organisations say: counted again from the run."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.groups import theme_members
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.summarise.asked import asks
from analysis.summarise.organisations import organisations, raised_by
from analysis.summarise.quotes import clear, unquoted
from tests.make import consultation, frame

TOPICS = (
    "The telephone line for appointments is busy on Monday morning, said {}.",
    "Medical records must stay private and inside the country, wrote {}.",
    "Computer contracts run over budget and waste public money, found {}.",
)
TEXTS = [t.format(n) for t in TOPICS for n in "abcdefgh"]
ALONE = "My grandmother keeps bees behind the lighthouse and sells honey."
SETTINGS = Settings(views_per_question=2, theme_min_question=6)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = consultation([*TEXTS, ALONE], ["Support", "Oppose"] * 12, ["North"] * 22 + ["South"] * 3)
    return run(made, SETTINGS, Artefacts(tmp_path_factory.mktemp("a")))


def test_the_meter_counts_what_the_written_themes_hold(result: Run) -> None:
    question = result.summary.questions[0]
    written = {v["theme_id"] for v in question["viewpoints"]}
    members = theme_members(result.points, result.themes, result.prepared)
    people = members.loc[members["theme_id"].isin(written), "respondent_id"].nunique()
    meter = question["coverage"]
    assert (meter["respondents"]["n"], meter["respondents"]["base"]) == (people, 25)
    assert 0 < people < 25
    assert meter["listed"]["respondents"]["n"] == members["respondent_id"].nunique()
    assert meter["points"]["n"] <= meter["listed"]["points"]["n"] <= meter["points"]["base"]


def test_views_left_out_are_named_and_every_theme_is_reachable(result: Run) -> None:
    question = result.summary.questions[0]
    reached = {v["theme_id"] for v in [*question["viewpoints"], *question["smaller_views"]]}
    members = theme_members(result.points, result.themes, result.prepared)
    assert reached == set(members["theme_id"])
    left = question["coverage"]["left_out"]
    assert left
    assert all(v["respondents"] > 0 for v in left)
    few = SETTINGS.minority_share * question["base"]
    assert all(v["few"] == (v["respondents"] <= few) for v in question["smaller_views"])


def test_a_group_of_few_has_no_share_of_its_own(result: Run) -> None:
    groups = {g["group"] for g in result.summary.questions[0]["coverage"]["groups"]}
    assert groups == {"North"}


def test_requests_stand_together_and_lead_to_their_replies(result: Run) -> None:
    asked = result.summary.questions[0]["asked_for"]
    first = asked["requests"][0]
    assert first["respondents"] == len(first["cites"]) == asked["respondents"] == 8
    assert first["positions"] == {"support": 4, "oppose": 4}
    texts = result.prepared.responses.set_index("response_id")["text"]
    assert texts[first["response_id"]][first["start"] : first["end"]] == first["text"]
    assert all("must stay private" in texts[i] for i in first["cites"])


@pytest.mark.parametrize(
    "text",
    [
        "The government should publish the error rates.",
        "Please keep the counter open.",
        "Publish the contracts.",
        "We call on ministers to stop the trial.",
        "There needs to be an appeal.",
        "A human must sign every decision.",
        "I would like to see more training for staff.",
        "It is essential that people can still phone.",
        "Don't sell our data.",
        "A right of appeal is needed.",
    ],
)
def test_requests_are_told_by_their_wording(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "I must admit it works.",
        "I have to ring four times.",
        "The portal is slow.",
        "Why should I trust it?",
        "My mother was told to wait.",
        "It must have been the computer.",
        "Please see our attached letter.",
        "",
    ],
)
def test_what_asks_for_nothing_is_no_request(text: str) -> None:
    assert not asks(text)


def test_who_answers_for_an_organisation_is_told_from_the_attributes() -> None:
    made = consultation(["x"] * 4, groups=["Citizen", "Company", "NGO (charity)", "Resident"])
    assert organisations(made) == ("Region", {"R001", "R002"})
    assert organisations(consultation(["x"] * 2, groups=["North", "South"])) == ("", set())


def test_what_few_organisations_say_cannot_be_worked_out() -> None:
    def theme(*ids: str):  # type: ignore[no-untyped-def]
        return frame([(i,) for i in ids], ["respondent_id"])

    who = {f"o{n}" for n in range(8)}
    many, people = sorted(who), [f"p{n}" for n in range(6)]
    own = {
        "all-told": theme(*many, *people),
        "few-organisations": theme(*many[:3], *people),
        "few-others": theme(*many, *people[:2]),
        "only-organisations": theme(*many),
    }
    shown = raised_by(who, own, list(own), 5)
    assert [(r["theme_id"], r["n"]) for r in shown] == [("all-told", 8), ("only-organisations", 8)]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The phone line is always busy.", True),
        ("But then so was the cane.", False),
        ("She was told to wait.", False),
        ("and the letter never came.", False),
        ("• a clear definition", False),
        ("It works", False),
        ("“Nobody answers,” my mother says.", True),
    ],
)
def test_a_quote_can_be_read_alone(text: str, alone: bool) -> None:
    assert clear(text) is alone


def test_words_that_a_person_must_read_first_stand_nowhere() -> None:
    def view(*names: str) -> dict[str, Any]:
        return {"respondents": 2, "quotes": [{"text": n, "response_id": n} for n in names]}

    requests = [{"text": n, "response_id": n, "start": 0, "end": 1, "respondents": 3} for n in "ab"]
    question = {
        "viewpoints": [view("a", "b")], "smaller_views": [view("b"), view("c", "b")],
        "organisations": view("b"), "asked_for": {"respondents": 3, "requests": requests},
    }  # fmt: skip
    (done,) = unquoted([question], {"b"})
    assert done["viewpoints"] == [view("a")]
    assert done["smaller_views"] == [view(), view("c")]
    assert done["organisations"] == view()
    assert [(r["text"], r["respondents"]) for r in done["asked_for"]["requests"]] == [
        ("a", 3), ("", 3)
    ]  # fmt: skip
    (none,) = unquoted([{**question, "organisations": {}}], {"b"})
    assert none["organisations"] == {}
