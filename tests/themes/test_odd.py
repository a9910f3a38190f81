"""Small and odd sets through the whole line: nothing invented, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.make import consultation
from tests.themes.make import case

Done = Callable[..., Run]

BUS = [
    "The bus is late every morning in our village.",
    "Buses do not run after six in the evening.",
    "We need a bus to the hospital on Sundays.",
    "The bus fare has doubled since last year.",
    "Bus drivers leave before the timetable says.",
    "There is no shelter at the bus stop.",
]
LIBRARY = [
    "The library should open on Saturdays.",
    "Our library has lost half of its books.",
    "Children need a library within walking distance.",
    "The library computers are always taken.",
    "A mobile library would reach the farms.",
    "Library staff help me with forms.",
]
GERMAN = [
    "Der Bus kommt jeden Morgen zu spät in unser Dorf.",
    "Nach sechs Uhr fährt kein Bus mehr in die Stadt.",
    "Wir brauchen einen Bus zum Krankenhaus am Sonntag.",
    "Die Fahrkarten für den Bus sind teurer geworden.",
    "Der Bus fährt ab, bevor der Fahrplan es sagt.",
    "An der Haltestelle für den Bus gibt es kein Dach.",
    "Die Bibliothek sollte samstags geöffnet sein.",
    "Unsere Bibliothek hat viele Bücher verloren.",
    "Kinder brauchen eine Bibliothek in der Nähe.",
    "Die Computer in der Bibliothek sind immer besetzt.",
    "Eine mobile Bibliothek würde die Höfe erreichen.",
    "In der Bibliothek hilft man mir mit Formularen.",
]


@pytest.fixture
def done(tmp_path: Path) -> Done:
    def of(texts: list[str], **changed: str) -> Run:
        return run(consultation(texts), Settings(**changed), Artefacts(tmp_path))

    return of


def names(result: Run) -> list[str]:
    return sorted(result.themes.themes["name"])


def accounted(result: Run, texts: list[str]) -> dict[str, int]:
    """The ledger of the one open question, after checking that it adds up to the replies."""
    (question,) = result.ledger["questions"]
    parts = ("no_content", "not_read", "other_language", "in_themes", "not_grouped")
    assert sum(question[p] for p in parts) == question["answered"] == len(texts)
    return {p: question[p] for p in parts}


@pytest.mark.parametrize(
    "texts",
    [
        [],
        BUS[:1],
        BUS[:3],
        BUS[:5],
        ["🙂👍", "😡", "🎉🎉", "...", "!!!"] * 6,
        [str(n) for n in range(100, 140)] + ["3.14", "50%", "£200"],
    ],
    ids=["none", "one", "three", "five", "emojis", "numbers"],
)
def test_no_theme_is_invented(done: Done, texts: list[str]) -> None:
    result = done(texts)
    assert names(result) == []
    assert accounted(result, texts)["in_themes"] == 0


def test_fifty_of_one_letter_are_a_theme_and_one_other_is_listed(done: Done) -> None:
    texts = ["Please stop this plan at once, it will ruin our village."] * 50 + BUS[:1]
    parts = accounted(done(texts), texts)
    assert (parts["in_themes"], parts["not_grouped"]) == (50, 1)


def test_two_subjects_of_six_among_thousands_of_no(done: Done) -> None:
    texts = BUS + ["No", "no.", "NO"] * 400 + LIBRARY
    result = done(texts)
    assert accounted(result, texts)["no_content"] == 1200
    assert names(result) == ["Bus", "Library"]
    assert accounted(result, texts)["in_themes"] >= 11


def test_three_subjects_in_thirty_replies(done: Done) -> None:
    roads = "North South East West Mill Park Hill Lake Wood Farm High Low Church King Queen Old"
    texts = BUS + LIBRARY + [f"Street lights in {r} Road are broken." for r in roads.split()]
    result = done(texts)
    assert {"Bus", "Library", "Street lights"} <= set(names(result))


def test_a_reply_of_forty_pages_does_not_bury_the_others(done: Done) -> None:
    places = ("mill", "market", "river", "church", "quarry", "harbour")
    things = ("drains", "taxes", "weather", "geese", "paint")
    book = " ".join(
        f"Section {n}. I went to the {places[n % 6]} and thought about {things[n % 5]} for long."
        for n in range(400)
    )
    result = done([book, *BUS, *LIBRARY])
    assert names(result) == ["Bus", "Library"]
    of = result.themes.assigned.merge(result.points.points, on="point_id")
    sizes = of[of["theme_id"] != ""].groupby("theme_id")["response_id"].nunique()
    assert list(sizes) == [6, 6]


def test_one_word_replies_are_grouped_or_listed(done: Done) -> None:
    words = "buses libraries parks money roads schools trains housing jobs health water energy"
    texts = [*words.split(), *["buses"] * 8, *["parks"] * 5]
    result = done(texts)
    assert accounted(result, texts)["no_content"] == 0
    assert not any(n.lower() in ("the", "and") for n in names(result))


def test_the_other_language_is_counted_and_does_not_name(done: Done) -> None:
    texts = BUS + LIBRARY + GERMAN
    result = done(texts)
    assert accounted(result, texts)["other_language"] == len(GERMAN)
    assert names(result) == ["Bus", "Library"]


def test_german_replies_have_german_names(done: Done) -> None:
    result = done(GERMAN, language="de")
    assert accounted(result, GERMAN)["other_language"] == 0
    assert set(names(result)) <= {"Bus", "Bibliothek", "Bus und Bibliothek", "Bibliothek und Bus"}


@pytest.mark.parametrize("name", ["CLU-01", "CLU-03", "CLU-05", "CLU-07"])
def test_cases_with_nothing_to_group_list_all(done: Done, cases: Path, name: str) -> None:
    texts = case(cases / name)
    result = done(texts)
    parts = accounted(result, texts)
    assert parts["in_themes"] + parts["not_grouped"] == len(texts) - parts["no_content"]
    assert len(names(result)) <= 4


def test_few_deaf_drivers_among_many_pleased(done: Done, cases: Path) -> None:
    texts = case(cases / "CLU-12")
    result = done(texts)
    held = pd.Series(result.themes.assigned["theme_id"])
    themes = result.themes.themes.set_index("theme_id")["name"]
    few = [t for t, n in themes.items() if "Deaf" in n or "ign language" in n]
    assert [int((held == t).sum()) for t in few] == [5]
