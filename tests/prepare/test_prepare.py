"""One row in, one row out, with everything known of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.prepare.prepare import STEPS, prepare
from analysis.records import PREPARED, STATUSES, Consultation
from analysis.settings import Settings
from tests.make import OPEN, consultation, frame
from tests.prepare.test_campaigns import LETTER, edited

WELSH = "Mae angen mwy o staff yn yr ysbyty lleol"
POOL = [
    LETTER, *edited(), "n/a", "see attached", "as Q1", "jobs", WELSH, "Gwych", "👍", "-",
    "Ring me on 07700 900123 about the lunch club, please.", "No comment",
    "Il faut garder un guichet avec une personne dans chaque commune.",
]  # fmt: skip


def statuses(texts: list[str], **changes: str) -> list[str]:
    made = prepare(consultation(texts), Settings(**changes))  # type: ignore[arg-type]
    return made.responses["status"].tolist()


def test_statuses() -> None:
    texts = ["jobs", "n/a", "see attached", WELSH, "as Q1", "I oppose this, see attached."]
    assert statuses(texts) == [
        "analysed", "no_content", "not_read", "other_language", "no_content", "analysed",
    ]  # fmt: skip


def test_no_content_comes_before_language() -> None:
    assert statuses(["Dim sylwadau", "gweler ynghlwm"]) == ["no_content", "not_read"]


def test_another_main_language() -> None:
    assert statuses([WELSH, "There should be more staff on the ward"], language="cy") == [
        "analysed", "other_language",
    ]  # fmt: skip


def test_an_encoder_for_all_languages_makes_every_language_analysed() -> None:
    texts = [WELSH, "There should be more staff on the ward", "Dim sylwadau"]
    assert statuses(texts, embedder="multilingual") == ["analysed", "analysed", "no_content"]


def test_a_short_answer_goes_by_the_respondents_other_answers() -> None:
    both = consultation(["Gwych"])
    more = frame(
        [("R000-q3", "R000", "q3", WELSH), ("R001-q3", "R001", "q3", "Gwych")],
        ["response_id", "respondent_id", "question_id", "text"],
    )
    responses = pd.concat([both.responses, more], ignore_index=True)
    made = prepare(replace(both, responses=responses), Settings()).responses
    assert made["language"].tolist() == ["cy", "cy", "und"]
    assert made["status"].tolist() == ["other_language", "other_language", "analysed"]


def test_campaigns_and_shown_text() -> None:
    texts = [LETTER] * 5 + edited() + ["Ring me on 07700 900123 about the lunch club, please."]
    made = prepare(consultation(texts), Settings())
    copies = made.responses["campaign_copy"].tolist()
    assert copies == ["standard"] * 5 + ["edited"] * 6 + [""]
    assert set(made.responses["campaign_id"]) == {"q2-c1", ""}
    assert made.campaigns["standard"].tolist() == [5]
    assert "07700" not in made.responses["shown_text"].iloc[-1]
    assert "07700" in made.responses["text"].iloc[-1]
    assert made.redactions["response_id"].tolist() == ["R011-q2"]


def test_attachment_pointers_of_many_are_no_campaign() -> None:
    pointer = "Please see the attached letter for our full response to each of the questions asked"
    made = prepare(consultation([pointer] * 6), Settings())
    assert made.campaigns.empty
    assert set(made.responses["status"]) == {"not_read"}


def test_a_quoted_question_is_no_letter() -> None:
    question = f"{OPEN} Say in your own words what matters to you and to the people near you"
    made = consultation([f"{question}. {w}" for w in ("Ferries", "Buses", "Bins", "Cats", "Dogs")])
    asked = tuple(replace(q, text=question) if q.kind == "open" else q for q in made.questions)
    assert prepare(replace(made, questions=asked), Settings()).campaigns.empty


def test_no_responses_and_progress() -> None:
    seen: list[tuple[int, int]] = []
    made = prepare(consultation([]), Settings(), lambda done, total: seen.append((done, total)))
    assert made.responses.empty
    assert list(made.responses.columns) == list(PREPARED.columns)
    assert seen == [(n, STEPS) for n in range(1, STEPS + 1)]


def test_five_languages_case(cases: Path) -> None:
    table = pd.read_csv(cases / "CLU-11" / "five_languages.csv")
    found = statuses(list(table["Q1"]))
    assert [s == "analysed" for s in found] == list(table["Language"] == "en")


def same_rows(made: Consultation) -> pd.DataFrame:
    before = made.responses.copy(deep=True)
    after = prepare(made, Settings()).responses
    pd.testing.assert_frame_equal(made.responses, before)
    pd.testing.assert_frame_equal(after[list(before.columns)], before)
    return after


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_same_rows_and_texts_and_order_changes_nothing(data: st.DataObject) -> None:
    anything = st.one_of(st.sampled_from(POOL), st.text(max_size=60))
    made = consultation(data.draw(st.lists(anything, max_size=15)))
    after = same_rows(made)
    assert set(after["status"]) <= set(STATUSES)
    order = data.draw(st.permutations(range(len(after))))
    shuffled = same_rows(replace(made, responses=made.responses.iloc[order]))
    pd.testing.assert_frame_equal(shuffled.sort_index(), after)
