from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.errors import BackendError
from analysis.prepare.privacy import KINDS, Span, concerns, find, hide, placeholder, redact
from analysis.prepare.privacy_numbers import luhn, mod11, mod97
from tests.benchmarks.privacy import (
    PRECISION,
    RECALL,
    SEEN,
    harmless_masked,
    parse,
    score,
    sentences,
)

PIECES = (
    "My name is |Jo |Testperson |Mr |my son |07700 900456|01632 960001 |jo@example.org",
    " at |example| dot |org|@jo_t|x.com/|jo.test|QQ 12 34 56 C|999 000 0018|12-34-56 ",
    "12345678| account ",
    "passport |AB12 CDE|ZZ99 3VZ|14 Example Street|, |Flat 2, |born |I was |12/03/1958|case ref ",
    "HB/2026/00417|Yours,\n|aged 8|I am |Dr |@|(|)|1|+44 |A|’s |-|/|]|[|call me ",
    "live at |The |Mill ",
)
FRAGMENTS = [fragment for line in PIECES for fragment in line.split("|")]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in find(text)]


def frame(*texts: str) -> pd.DataFrame:
    ids = [f"R{i}" for i in range(len(texts))]
    return pd.DataFrame(
        {"response_id": ids, "text": list(texts)}, index=[7 + i for i in range(len(texts))]
    )


def test_labelled_sentences_are_many_and_two_in_five_harmless() -> None:
    cases = sentences()
    harmless = sum(not gold for _, gold in cases) / len(cases)
    assert len({text for text, _ in cases}) == len(cases) >= 220
    assert 0.3 < harmless < 0.45
    assert {s.kind for _, gold in cases for s in gold} == set(KINDS)


def test_recall_and_precision_per_kind() -> None:
    table, misses = score(SEEN)
    assert (table["recall"] >= RECALL).all(), misses
    assert (table["precision"] >= PRECISION).all(), misses


@pytest.mark.parametrize("name", ["held", "fresh"])
def test_sentences_that_the_rules_were_not_written_for(name: str) -> None:
    """Floors under what was measured: these sets are not tuned to."""
    table, misses = score((name,))
    assert table.loc["all", "recall"] >= 0.9, misses
    assert table.loc["all", "precision"] >= 0.9, misses
    assert len(harmless_masked((name,))) <= 5


def test_labels_are_read_with_their_places() -> None:
    text, spans = parse("Ring {{phone|07700 900456}} now")
    assert (text, spans) == ("Ring 07700 900456 now", (Span(5, 17, "phone", "07700 900456"),))


def test_checksums() -> None:
    assert [mod11(n) for n in ("9990000018", "9990000019")] == [True, False]
    assert [luhn(n) for n in ("4111111111111111", "4111111111111112")] == [True, False]
    ibans = ("GB33 BUKB 2020 1555 5555 55", "GB34 BUKB 2020 1555 5555 55")
    assert [mod97(n) for n in ibans] == [True, False]


def test_case_of_typed_personal_data(cases: Path) -> None:
    data = pd.read_csv(cases / "PRI-01" / "pii.csv", dtype=str)
    facts = json.loads(
        (cases / "PRI-01" / "expect.md").read_text().split("```json")[1].split("```")[0]
    )
    shown = redact("\n".join(data.iloc[:, 3]))
    hidden = [
        *facts["mask"],
        "Sam Example",
        "14 Sample Street",
        "HB/2026/00417",
        "Alex",
        "Hilltop",
        "ZZ99",
    ]
    assert [text for text in hidden if text in shown] == []
    assert all(
        text in shown for text in ("Information Commissioner", "Mayor", "help@council.example")
    )
    assert concerns(data.iloc[6, 3]) == ("health", "child")
    assert [concerns(text) for text in data.iloc[:6, 3]] == [()] * 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ring 07700 900456.", "Ring [phone number removed]."),
        ("Write to jo@example.org!", "Write to [e-mail address removed]!"),
        ("Dr Testwell left", "Dr [name removed] left"),
        ("My council's help desk, 0300 123 4567, is good", None),
        ("Mine, not the council: 07700 900456", "Mine, not the council: [phone number removed]"),
        ("The council rang me on 0808 157 0210", "The council rang me on [phone number removed]"),
        ("enquiries@exampleshire.gov.uk", None),
        ("enquiries@example.org", "[e-mail address removed]"),
        ("Chair of the Example Residents Association", None),
        ("Yours sincerely, Example Residents Association", None),
    ],
)  # fmt: skip
def test_redact(text: str, shown: str | None) -> None:
    assert redact(text) == (text if shown is None else shown)


def test_known_names_are_found_whole_in_any_case_and_in_parts() -> None:
    text = "jo will testperson wrote this. Testperson again, and Will you reply?"
    assert [s.text for s in find(text, ["Jo Will Testperson"])] == [
        "jo will testperson",
        "Testperson",
    ]
    assert find(text) == ()


def test_hide_gives_shown_texts_and_places_in_the_original() -> None:
    data = frame("Ring 07700 900456", "Nothing here", "I am Jo Example, jo@example.org")
    before = data.copy()
    shown, found = hide(data)
    pd.testing.assert_frame_equal(data, before)
    assert list(shown) == [redact(text) for text in data["text"]]
    assert list(shown.index) == list(data.index)
    texts = dict(zip(data["response_id"], data["text"], strict=True))
    cut = [texts[r.response_id][r.start : r.end] for r in found.itertuples()]
    assert cut == ["07700 900456", "Jo Example", "jo@example.org"]
    assert list(found["kind"]) == ["phone", "name", "email"]


def test_hide_of_nothing_keeps_the_types() -> None:
    shown, found = hide(frame("Nothing here"))
    assert list(shown) == ["Nothing here"]
    assert [str(t) for t in found.dtypes] == ["str", "int64", "int64", "str"]
    assert hide(frame())[0].empty


def test_a_recogniser_of_the_departments_own_is_joined() -> None:
    def finder(text: str) -> list[Span]:
        at = text.find("Zorblax")
        return [Span(at, at + 7, "person", "Zorblax")] if at >= 0 else []

    shown, found = hide(frame("Since Zorblax passed, ring 07700 900456", "Mrs Zorblax came"), finder)
    assert shown.iloc[0] == f"Since {placeholder('person')} passed, ring [phone number removed]"
    assert list(found["kind"]) == ["person", "phone", "name"]


def test_a_recogniser_with_wrong_places_is_refused() -> None:
    with pytest.raises(BackendError, match="outside"):
        hide(frame("short"), lambda _: [Span(2, 99, "name", "")])


def test_names_by_response() -> None:
    shown, _ = hide(frame("ask for pat", "ask for pat"), names={"R1": ["Pat"]})
    assert list(shown) == ["ask for pat", "ask for [name removed]"]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_places_lie_in_the_text_in_order(text: str) -> None:
    spans = find(text)
    assert all(0 <= s.start < s.end <= len(text) and text[s.start : s.end] == s.text for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ,;:!?'-\n", max_size=200))
def test_plain_lower_case_is_left_alone(text: str) -> None:
    assume("dot" not in text)  # "jo at example dot org"
    assert redact(text) == text


@pytest.mark.parametrize(
    "seed",
    ["a", "0", "07700 ", "a@", "@", "Aa ", "A. ", "Jo Smith ", "Flat 1, ", "a at b dot ",
     "my son at A ", "12-34-56 ", "Yours, \n", "jo@example.org", "case ref ::",
     "14 Example Street ", "[name removed] "],
)  # fmt: skip
def test_time_is_linear_on_hostile_texts(seed: str) -> None:
    def seconds(length: int) -> float:
        text = (seed * length)[:length] + " live at my car reg aged call me dot (at) @ Jo"
        start = time.process_time()
        find(text)
        return time.process_time() - start

    assert seconds(100_000) < max(2.0, 12 * seconds(25_000))
