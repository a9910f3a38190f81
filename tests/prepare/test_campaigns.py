"""Letters sent by many: found whole, with nobody else in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.prepare.added import added_passages, runs_of_many
from analysis.prepare.campaigns import find_campaigns, normalised
from analysis.prepare.stock import without_stock
from analysis.settings import SAMPLE, Settings
from tests.benchmarks import campaigns as benchmark

LETTER = (
    "I write to support the Save Our Ferry campaign. The ferry carries children to school and "
    "patients to the hospital every day of the year. Without it the drive takes two hours on a "
    "road that floods each winter. Please keep the boat and pay the crew a fair wage."
)
SENTENCES = LETTER.split(". ")
STORIES = [
    "My daughter has her kidney treatment on Tuesdays and would miss it",
    "We moved here in 1988 because of the boat, it was the selling point",
    "I drive the school bus and nobody asked us anything",
    "As a baker I send forty loaves over before six",
    "Last January the road was shut for nine days and we ran out of insulin",
    "My husband proposed on that boat so you can guess how I feel",
]
OTHERS = [
    "The timetable should be printed in large letters and put up at both piers please.",
    "Dogs ought to travel free of charge on any boat that the council pays for in summer.",
    "Nobody needs a ferry when a bridge could be built for the price of three new boats.",
    "Tickets cost more than my weekly food, and the machine does not take coins any more.",
]


def responses(texts: Sequence[str], question: str = "q2") -> pd.DataFrame:
    ids = [f"R{n:03d}" for n in range(len(texts))]
    return pd.DataFrame(
        {
            "response_id": [f"{i}-{question}" for i in ids],
            "respondent_id": ids,
            "question_id": question,
            "text": list(texts),
        }
    ).astype("str")


def found(texts: Sequence[str], **changes: int) -> tuple[dict[int, str], pd.DataFrame]:
    """{number of text: campaign_copy} of the only campaign, and the campaigns."""
    copies, campaigns = find_campaigns(responses(texts), Settings(**changes))  # type: ignore[arg-type]
    numbers = copies["response_id"].str[1:4].astype(int)
    return dict(zip(numbers, copies["campaign_copy"], strict=True)), campaigns


def edited() -> list[str]:
    """Six edits: sentence before, after, in the middle; one dropped; words changed; order."""
    first, second, third, last = SENTENCES
    return [
        f"{STORIES[0]}. {LETTER}",
        f"{LETTER} {STORIES[1]}.",
        f"{first}. {second}. {STORIES[2]}. {third}. {last}",
        f"{first}. {STORIES[3]}. {third}. {last}",
        LETTER.replace("every day of the year", "daily").replace("a fair wage", "properly"),
        f"{STORIES[5]}. {third}. {second}. {first}. {last}",
    ]


def test_copies_and_edits_are_found_with_nobody_else() -> None:
    shout = LETTER.upper().replace(". ", ".\n\n")
    copies, campaigns = found([LETTER, *OTHERS, shout, LETTER, *edited()])
    assert copies == {0: "standard", 5: "standard", 6: "standard"} | dict.fromkeys(
        range(7, 13), "edited"
    )
    assert campaigns.to_dict("records") == [
        {
            "campaign_id": "q2-c1", "question_id": "q2", "template_response_id": "R000-q2",
            "standard": 3, "edited": 6,
        }
    ]  # fmt: skip


def test_a_letter_that_everybody_edited() -> None:
    copies, campaigns = found([*OTHERS, *edited()])
    assert sorted(copies) == list(range(4, 10))
    assert list(copies.values()).count("standard") == 1
    assert int(campaigns["edited"].iloc[0]) == 5


def test_fewer_than_the_least_are_no_campaign() -> None:
    assert found([LETTER] * 4)[0] == {}
    assert len(found([LETTER] * 5)[0]) == 5
    assert len(found([LETTER] * 3, campaign_min=3)[0]) == 3


def test_one_person_sending_it_often_is_no_campaign() -> None:
    frame = responses([LETTER] * 6).assign(respondent_id="R001")
    assert find_campaigns(frame, Settings())[0].empty


def test_short_answers_that_many_give_are_no_campaign() -> None:
    said = ["human contact"] * 40 + ["I do not want to lose the human contact with my doctor"] * 9
    assert found(said)[0] == {}


def test_a_quoted_question_joins_nobody() -> None:
    question = (
        "What should the government do before artificial intelligence is used more widely in "
        "public services that people in this country depend on"
    )
    texts = [f"{question}? {story}." for story in (*STORIES, *OTHERS)]
    copies, _ = find_campaigns(responses(texts), Settings(), {"q2": [question]})
    assert copies.empty


def test_a_shared_sentence_in_long_answers_joins_nobody() -> None:
    quote = "The strategy says that by 2030 every public body should use these tools by default"
    texts = [
        f"{story}. {other} {quote}. {OTHERS[(n + 1) % 4]} {STORIES[n - 1]}. {LETTER[n * 40 :][:60]}"
        for n, (story, other) in enumerate(zip(STORIES, [*OTHERS, *OTHERS], strict=False))
    ]
    unlike = [
        " ".join(np.random.default_rng(n).permutation(t.split())) for n, t in enumerate(texts)
    ]
    assert found([f"{u} {quote}" for u in unlike])[0] == {}


HEADING = (
    "Docket 2019 0009 of the Transport Department received through the public portal and stripped "
    "of personal details. To the Minister, on the proposed Standards for Island Ferry Subsidies."
)
OWN = [  # twelve texts of about forty words; no two share a sentence of fifteen words
    " ".join(np.random.default_rng(n).permutation(f"{LETTER} {' '.join(STORIES)}".split())[:40])
    for n in range(12)
]
FOOTER = (
    "This message and any file sent with it are meant for the person it is addressed to; if you "
    "have it by mistake please delete it and tell the sender at once."
)


@pytest.mark.parametrize("form", [f"{HEADING} %s", f"%s {FOOTER}", f"{HEADING} %s {FOOTER}"])
def test_a_heading_or_footer_joins_nobody(form: str) -> None:
    short = ["Boats are good.", "Starving the islands is bad.", "No cuts please."]
    assert found([form % text for text in (*OWN, *short)])[0] == {}


def test_a_letter_with_long_stories_after_it_is_no_heading() -> None:
    copies, campaigns = found([*[LETTER] * 12, *(f"{LETTER} {t} {t.upper()}" for t in OWN)])
    assert len(copies) == 24
    assert campaigns[["standard", "edited"]].to_numpy().tolist() == [[12, 12]]


def test_a_letter_under_a_heading_is_found_without_the_heading() -> None:
    letters = [LETTER, LETTER, f"{HEADING} {LETTER}", *(f"{HEADING} {t}" for t in edited())]
    others = [f"{HEADING} {t}" for t in (*OWN, "Boats are good, so keep the boats.")]
    copies, campaigns = found([*letters, *others])
    assert sorted(copies) == list(range(len(letters)))
    assert campaigns[["standard", "edited"]].to_numpy().tolist() == [[3, 6]]


def test_a_longer_letter_that_holds_a_shorter_one_is_another() -> None:
    paragraph = SENTENCES[1] + ". " + SENTENCES[2] + "."
    longer = (
        "Islanders for Fair Fares ask the council to think again about the summer timetable, which "
        f"leaves the northern pier without any service after six. {paragraph} We also ask for a "
        "family ticket, for a waiting room with heating, and for a printed list of sailings that "
        "is sent to every household before the season begins. Our members will vote on this."
    )
    _, campaigns = found([paragraph] * 9 + [f"{longer} {s}." for s in STORIES])
    assert campaigns[["standard", "edited"]].to_numpy().tolist() == [[9, 0], [1, 5]]


def test_a_letter_that_was_made_longer_is_the_same_campaign() -> None:
    more = " ".join(f"{s}." for s in OTHERS[:3])
    _, campaigns = found([LETTER] * 9 + [f"{LETTER} {more}"] * 6)
    assert campaigns[["standard", "edited"]].to_numpy().tolist() == [[9, 6]]


def test_letters_are_not_chained_by_a_text_that_holds_both() -> None:
    other = " ".join(OTHERS)
    _, campaigns = found([LETTER] * 6 + [other] * 6 + [f"{LETTER} {other}"])
    assert sorted(campaigns[["standard", "edited"]].sum(axis=1)) == [6, 7]


def test_two_letters_stay_two_and_the_larger_is_first() -> None:
    other = (
        "Please withdraw the plan for a toll on the causeway, which the island did not ask for "
        "and cannot pay. Shops will close and the clinic will lose its only nurse by next spring."
    )
    _, campaigns = found([other] * 5 + [LETTER] * 7 + [f"{s}. {other}" for s in STORIES[:1]])
    assert campaigns["campaign_id"].tolist() == ["q2-c1", "q2-c2"]
    assert campaigns["template_response_id"].tolist() == ["R005-q2", "R000-q2"]
    assert campaigns["edited"].tolist() == [0, 1]


def test_questions_are_kept_apart() -> None:
    both = pd.concat([responses([LETTER] * 3, "q1"), responses([LETTER] * 3, "q2")])
    assert find_campaigns(both, Settings())[0].empty


def test_no_responses() -> None:
    copies, campaigns = find_campaigns(responses([]), Settings())
    assert copies.empty
    assert campaigns.empty
    assert list(copies.columns) == ["response_id", "campaign_id", "campaign_copy"]


def test_identical_letters_case(cases: Path) -> None:
    table = pd.read_csv(cases / "CLU-03" / "campaign.csv", dtype=str)
    copies, campaigns = found(list(table.iloc[:, 3]))
    assert campaigns[["standard", "edited"]].to_numpy().tolist() == [[60, 0]]
    assert len({table.iloc[n, 3] for n in copies}) == 1


def test_sample_letters_are_found_with_nobody_else() -> None:
    table = pd.read_csv(SAMPLE / "responses.csv", dtype=str, keep_default_na=False)
    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    ids = table["Response ID"]
    found_in: dict[str, set[str]] = {"standard": set(), "edited": set()}
    for start in ("What benefits", "What concerns", "What should"):
        column = next(c for c in table.columns if c.startswith(start))
        frame = responses(list(table[column])).assign(respondent_id=ids, response_id=ids)
        copies, _ = find_campaigns(frame[frame["text"] != ""], Settings())
        for kind, who in copies.groupby("campaign_copy")["response_id"]:
            found_in[str(kind)] |= set(who)
    wrote = {k: set(v) for k, v in gold.groupby("written_as")["respondent_id"]}
    assert found_in["standard"] | found_in["edited"] == (
        wrote["campaign_standard"] | wrote["campaign_edited"]
    )
    assert len(found_in["edited"] & wrote["campaign_edited"]) >= 25  # one of them is the template


def test_pilot_clusters(shared: Path) -> None:
    made, read = benchmark.quality()
    table = made.set_index("data")
    assert table.loc["four_dockets", "precision"] >= 0.95
    assert table.loc["four_dockets", "recall"] >= 0.90
    assert table.loc["usda_snap", "precision"] >= 0.92
    assert table.loc["usda_snap", "recall"] >= 0.40
    assert table.loc["usda_snap", "recall of alike"] >= 0.75
    assert table.loc["usda_snap", "precision mended"] >= 0.95
    assert read.precision >= 0.95
    assert read.recall >= 0.80


def test_what_many_begin_alike_in_the_midst_of_a_letter_is_no_heading() -> None:
    letter = [f"word{n}" for n in range(120)]
    told = [f"relative{n}" for n in range(12)]
    own = [" ".join([*letter[:60], "my", who, f"{who}s", "boat", *letter[60:]]) for who in told]
    others = [" ".join([*letter[:p], story, *letter[p:]])
              for p in (54, 55, 56, 64, 65, 66) for story in STORIES]  # fmt: skip
    assert without_stock([*others, *own], np.ones(48), Settings())[:36] == others


def test_the_template_is_the_letter_without_what_a_sender_added() -> None:
    texts = [f"{where}. {LETTER} {story}." for story in STORIES for where in ("Hello", "Dear all")]
    texts.append(f"Sirs. {LETTER}")
    _, campaigns = found([*OTHERS, *texts])
    assert list(campaigns["template_response_id"]) == [f"R{len(OTHERS) + 12:03d}-q2"]


def test_hubs_do_not_slow_it_down() -> None:
    frame = benchmark.big(edited=True, texts=4000)
    copies, _ = find_campaigns(frame, Settings())
    numbers = copies.loc[copies["campaign_id"] == "q1-c1", "response_id"].str[1:].astype(int)
    assert sorted(numbers) == list(range(0, 4000, 2))


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_order_does_not_matter_and_every_campaign_is_large_enough(data: st.DataObject) -> None:
    pool = [LETTER, *edited(), *OTHERS, *STORIES, "no", ""]
    texts = data.draw(st.lists(st.sampled_from(pool), max_size=25))
    order = data.draw(st.permutations(range(len(texts))))
    frame = responses(texts)
    copies, campaigns = find_campaigns(frame, Settings())
    again, campaigns_again = find_campaigns(frame.iloc[order], Settings())
    pd.testing.assert_frame_equal(campaigns, campaigns_again)
    pd.testing.assert_frame_equal(
        copies.sort_values("response_id", ignore_index=True),
        again.sort_values("response_id", ignore_index=True),
    )
    people = frame.merge(copies).groupby("campaign_id")["respondent_id"].nunique()
    assert (people >= Settings().campaign_min).all()
    sums = campaigns.set_index("campaign_id")[["standard", "edited"]].sum(axis=1)
    assert sums.to_dict() == copies.groupby("campaign_id").size().to_dict()


@pytest.mark.parametrize(("text", "own"), zip(edited()[:4], STORIES, strict=False))
def test_added_passages(text: str, own: str) -> None:
    assert [text[a:b] for a, b in added_passages(LETTER, text)] == [f"{own}."]


def test_added_passages_of_a_standard_copy_and_of_small_changes() -> None:
    assert added_passages(LETTER, LETTER.upper()) == []
    assert added_passages(LETTER, LETTER.replace("carries", "takes")) == []
    assert added_passages("", "All of this is mine.") == [(0, 20)]
    assert added_passages(LETTER, "") == []


def test_what_many_added_alike_is_not_ones_own() -> None:
    version = f"{LETTER} {OTHERS[0]} {OTHERS[1]}"
    many = runs_of_many([LETTER] * 9 + [f"{version} {s}." for s in STORIES], 5)
    text = f"{version} {STORIES[0]}."
    assert [text[a:b] for a, b in added_passages(LETTER, text, many)] == [f"{STORIES[0]}."]


@given(st.text(max_size=300), st.text(max_size=300))
def test_added_passages_are_ordered_and_inside(template: str, copy: str) -> None:
    spans = added_passages(template, copy)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert all(0 <= a < b <= len(copy) and copy[a:b].strip() == copy[a:b] for a, b in spans)


def test_normalised() -> None:
    assert normalised("  Don’t\nSTOP, the ﬁne print! ") == "dont stop the fine print"
