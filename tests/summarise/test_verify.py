from __future__ import annotations

import json
import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.summarise.verify import (
    borne_out,
    check_sentence,
    content_words,
    direction,
    overclaim,
    passages,
    place_quote,
    quote_span,
)

TEXTS = {
    "a": "I want a named person to look at the decision again, not another automated letter.",
    "b": "The letters are automated now and nobody signs a decision with their name.",
    "c": "The ferry timetable in winter is hopeless and the pier café is shut.",
}


def check(sentence: str, cites: list[str], position: str = "oppose", **more: object) -> str | None:
    return check_sentence(sentence, cites, TEXTS, position, **more)


# ---------------------------------------------------------------- quotations
def test_quotes_of_the_case_are_printed_refused_or_linked_anew(cases):
    frame = pd.read_csv(cases / "LLM-05" / "responses.csv", dtype=str)
    texts = dict(zip(frame.iloc[:, 0], frame.iloc[:, 3], strict=True))
    quotes = json.loads((cases / "LLM-05" / "mock_summary.json").read_text())["quotes"]
    placed = {q["n"]: place_quote(q["text"], q["id"], texts) for q in quotes}
    assert {n: p and p[0] for n, p in placed.items()} == {
        1: "R005", 2: "R001", 3: "R003", 4: None, 5: None, 6: "R004",
    }  # fmt: skip
    name, start, end = placed[2]
    assert texts[name][start:end] == "the website isn’t usable with my screen reader"
    name, start, end = placed[3]
    assert "four,\nand" in texts[name][start:end]


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("He said “no – never”.", 'He said "no - never".', "He said “no – never”."),
        ("one\u00a0 two\n\nthree", "one two three", "one\u00a0 two\n\nthree"),
        ("cafe\u0301 is shut", "caf\u00e9 is", "cafe\u0301 is"),
        ("soft\u00adware fails", "software fails", "soft\u00adware fails"),
        ("wait… what", "wait... what", "wait… what"),
        ("catalog. A log.", "log", "log"),
        ("I would not support this", "support", "support"),
        ("Not at all", "not at all", None),
        ("partial art", "part", None),
        ("Keep it open", "Keep it ... open", None),
        ("anything", "  ", None),
        ("anything", "“”", None),
        ("", "anything", None),
    ],
)
def test_quote_span_gives_offsets_in_the_original(text, quote, shown):
    span = quote_span(text, quote)
    assert (None if span is None else text[slice(*span)]) == shown


@given(st.text(max_size=60), st.data())
def test_a_span_is_the_quote_once_folded(text, data):
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    span = quote_span(text, text[begin:end])
    if span is None:
        return
    found = text[slice(*span)]
    assert quote_span(found, text[begin:end]) is not None
    letters = [
        "".join(c for c in unicodedata.normalize("NFC", t) if c.isalnum())
        for t in (found, text[begin:end])
    ]
    assert letters[0] == letters[1] or unicodedata.normalize("NFC", text) != text


def test_words_cut_off_behind_a_not_are_no_quotation():
    texts = {"a": "We do not want the trial to go on.", "b": "Stop it."}
    assert quote_span(texts["a"], "want the trial to go on")
    assert place_quote("want the trial to go on", "a", texts) is None
    assert place_quote("do not want the trial", "a", texts)


def test_words_of_two_others_are_not_linked_to_either():
    texts = {"a": "x", "b": "Please keep the line open.", "c": "Please keep the line open."}
    assert place_quote("keep the line open", "a", texts) is None
    assert place_quote("keep the line open", "c", texts) == ("c", 7, 25)


# ---------------------------------------------------------------- sentences
def test_a_sentence_that_its_replies_bear_out_stands():
    assert check("Respondents want a named person to look at an automated decision.", ["a"]) is None


@pytest.mark.parametrize(
    ("sentence", "cites", "reason"),
    [
        ("Respondents want a named person.", [], "cites no reply"),
        ("Respondents want a named person.", ["z"], "cites no reply"),
        ("", ["a"], "empty"),
        ("A named person " * 30, ["a"], "too long"),
        ("Replies say: how hard is that", ["a"], "too little"),
        ("97% of respondents want a named person.", ["a"], "number"),
        ("Ninety people want a named person.", ["a"], "number"),
        ("A third of respondents want a named person.", ["a"], "number"),
        ("٩٧ respondents want a named person.", ["a"], "number"),
        ("Half of the respondents want a named person.", ["a"], "quantity"),
        ("Most respondents want a named person.", ["a"], "quantity"),
        ("A named person is widespread among the wishes.", ["a"], "quantity"),
        ("All the respondents want a named person.", ["a"], "quantity"),
        ("No respondents want a named person.", ["a"], "quantity"),
        ("The most common wish is a named person.", ["a"], "quantity"),
        ("The public want a named person.", ["a"], "public"),
        ("We want a named person to look at the decision.", ["a"], "voice of its own"),
        ("A named person, see https://example.org, is wanted.", ["a"], "link"),
        ("A named person ![x](y) is wanted.", ["a"], "link"),
        ("A named\u200b person is wanted.", ["a"], "hidden"),
        ("Respondents support the use of a named person.", ["a"], "says support"),
        ("Respondents want “a robot to decide” with a named person.", ["a"], "quotes words"),
        ("Respondents complain of noise from the airport at night.", ["a", "b"], "not borne out"),
        ("Respondents want a named person to look at the decision again.", ["c"], "not borne out"),
    ],
)
def test_a_sentence_is_struck_with_its_reason(sentence, cites, reason):
    assert reason in str(check(sentence, cites))


def test_everyday_words_are_no_claims_of_quantity():
    for words in (
        "Respondents ask for help for the most vulnerable.",
        "A third party should audit the system.",
        "The headquarters should be in Wales.",
        "Replies describe all the forms that an applicant fills in.",
    ):
        assert overclaim(words) is None, words


def test_what_the_program_gave_is_allowed():
    assert check("Many (61 of 240) want a named person.", ["a"]) is not None
    assert (
        check("Many (61 of 240) want a named person.", ["a"], allowed=["Many (61 of 240)"]) is None
    )


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Respondents support the proposal.", "support"),
        ("Respondents welcome this change.", "support"),
        ("Respondents are in favour of the plans.", "support"),
        ("Respondents oppose it.", "oppose"),
        ("Respondents do not support the use of AI.", "oppose"),
        ("Respondents are not opposed to pilots.", None),
        ("Respondents are against cameras.", "oppose"),
        ("Respondents want the scheme scrapped.", "oppose"),
        ("Respondents support the pilot but reject the plan.", "mixed"),
        ("Respondents ask for support for carers.", None),
        ("Software discriminates against poor districts.", None),
        ("Respondents want a right of appeal against decisions.", None),
        ("Residents who object to nothing else", "oppose"),
    ],
)
def test_direction(sentence, said):
    assert direction(sentence) == said


def test_direction_must_be_that_of_those_who_are_cited():
    texts = {"a": "Use AI in hospitals, it finds cancer early and I support the plan."}
    sentence = "Respondents support the plan to find cancer early in hospitals."
    for position, right in {
        "support": True, "mixed": True, "oppose": False, "unclear": False, "not stated": False,
    }.items():  # fmt: skip
        assert (check_sentence(sentence, ["a"], texts, position) is None) is right, position


def test_a_lost_or_added_not_is_noticed():
    texts = {"a": "The website is not usable with a screen reader. It is blue."}
    assert borne_out("The website is usable with a screen reader.", ["a"], texts) == []
    assert borne_out("The website is not usable with a screen reader.", ["a"], texts) == ["a"]
    plain = {"a": "The website is usable with a screen reader."}
    assert borne_out("The website is not usable with a screen reader.", ["a"], plain) == []


def test_only_replies_that_bear_it_out_are_kept():
    sentence = "Respondents want a named person to sign an automated decision."
    assert borne_out(sentence, ["a", "b", "c"], TEXTS) == ["a", "b"]


def test_vectors_may_bear_out_what_words_do_not():
    sentence = "Respondents call for oversight by humans."

    def encode(texts: list[str]) -> np.ndarray:
        near = [t == sentence or "named person" in t for t in texts]
        return np.array([[1.0, 0.0] if n else [0.0, 1.0] for n in near], np.float32)

    assert borne_out(sentence, ["a", "c"], TEXTS) == []
    assert borne_out(sentence, ["a", "c"], TEXTS, encode) == ["a"]


def test_a_long_text_is_compared_by_passages():
    filler = "Word salad about nothing much at all goes on and on here. " * 200
    text = filler + "Please train guide dogs for the new stations."
    assert all(len(p.split()) <= 60 for p in passages(text))
    assert sum(len(p.split()) for p in passages(text)) == len(text.split())
    assert borne_out("Replies ask for guide dogs at stations.", ["x"], {"x": text}) == ["x"]


def test_a_text_that_holds_everything_somewhere_does_not_bear_out_everything():
    words = ["guide", "harbour", "dogs", "violin", "stations", "copper", "winter", "planets"]
    text = " ".join(f"{w} {' filler' * 70}." for w in words)
    assert borne_out("Guide dogs visit harbour stations in winter.", ["x"], {"x": text}) == []


def test_inflections_meet():
    assert content_words("automated decisions") == content_words("automatic decision")
