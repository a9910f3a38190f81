from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.errors import BackendError
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.prepare import privacy_ner as ner
from analysis.prepare.prepare import prepare
from analysis.prepare.privacy import KINDS, Span, find, hide, redact
from analysis.prepare.privacy_concerns import concerns
from analysis.prepare.privacy_known import is_person
from analysis.prepare.privacy_numbers import luhn, mod11, mod97
from analysis.settings import Settings
from analysis.stages import fingerprints
from tests.benchmarks.privacy import (
    PRECISION,
    RECALL,
    SEEN,
    SETS,
    harmless_masked,
    parse,
    score,
    sentences,
)
from tests.make import consultation
from tests.prepare.toy_ner import toy

TOY = "tests.prepare.toy_ner:toy"
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


@pytest.mark.parametrize("name", [s for s in SETS if s not in SEEN])
def test_sentences_that_the_rules_were_not_written_for(name: str) -> None:
    """Floors only: what was measured before each was looked at stands in README."""
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
    data = frame("Since Zorblax passed, ring 07700 900456", "Mrs Zorblax came", "nothing")
    shown, found = hide(data, toy)
    assert shown.iloc[0] == "Since [alien removed] passed, ring [phone number removed]"
    assert list(found["kind"]) == ["alien", "phone", "name"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([[(2, 99, "name")]], "outside"),
        ([[(2, 1, "name")]], "outside"),
        ([], "1 texts with 0 lists"),
        ([[("a", "b")]], "belongs"),
        ([[(0, 2, "<b>")]], "no word or two"),
        (3, "TypeError"),
    ],
)
def test_a_recogniser_that_breaks_the_protocol_is_refused(given: Any, said: str) -> None:
    with pytest.raises(BackendError, match=said):
        hide(frame("short"), lambda _: given)


def test_the_recogniser_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    made = consultation(["Since Zorblax passed"])
    monkeypatch.delenv(ner.VARIABLE, raising=False)
    assert (ner.load(), ner.revision(), ner.reason()) == (None, "rules", "default")
    rules_only = fingerprints(made, Settings())["prepare"]
    monkeypatch.setenv(ner.VARIABLE, TOY)
    recogniser = ner.load()
    assert recogniser is not None
    assert ner.revision() == f"rules, {TOY} 7"
    assert list(recogniser(["Zorblax"])[0]) == [(0, 7, "ALIEN")]
    assert fingerprints(made, Settings())["prepare"] != rules_only
    assert list(prepare(made, Settings()).responses["shown_text"]) == [
        "Since [alien removed] passed"
    ]


@pytest.mark.parametrize("named", ["no_such_module_x:toy", "tests.prepare.toy_ner:none", "json"])
def test_a_recogniser_that_is_not_there_is_said(
    named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ner.VARIABLE, named)
    with pytest.raises(BackendError, match="HEARD_NER"):
        ner.load()


def test_equal_texts_are_recognised_once() -> None:
    asked: list[str] = []

    def recogniser(texts: Sequence[str], /) -> list[list[tuple[int, int, str]]]:
        asked.extend(texts)
        return [[(0, 1, "PERSON")] for _ in texts]

    assert ner.places(recogniser, ["b", "a", "b"]) == [[(0, 1, "name")]] * 3
    assert asked == ["b", "a"]


def test_what_the_file_tells_is_hidden_in_own_answers_and_full_names_everywhere() -> None:
    made = consultation(
        [
            "i am quillon zarnecki of Zarnecki Widgets. Ask for Quillon or qz@zw.example",
            "Quillon Zarnecki's reply is right. Quillon Street floods.",
            "Resident groups agree, and Manager is a job.",
        ]
    )
    cells = [
        ("R000", "First name", "Quillon"), ("R000", "Last name", "Zarnecki"),
        ("R000", "Organisation contact", "Zarnecki Widgets"), ("R000", "E-mail", "qz@zw.example"),
        ("R001", "Name", "Prefer not to say"), ("R002", "Name", "Resident"),
        ("R002", "Post", "Manager"),
    ]  # fmt: skip
    columns = ["respondent_id", "label", "value"]
    told = replace(made, personal=pd.DataFrame(cells, columns=columns, dtype="str"))
    assert list(prepare(told, Settings()).responses["shown_text"]) == [
        "i am [name removed] of [name removed]. Ask for [name removed] or [e-mail address removed]",
        "[name removed]'s reply is right. Quillon Street floods.",
        "Resident groups agree, and Manager is a job.",
    ]
    assert fingerprints(told, Settings())["prepare"] != fingerprints(made, Settings())["prepare"]


def test_names_of_personal_columns_come_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "Your name,Contact e-mail,Region,What should we know about it?\n"
        "Quillon Zarnecki,qz@zw.example,North,Please ring quillon zarnecki about the long form.\n"
        "Prefer not to say,,South,The form is far too long and nobody here ever reads it.\n"
        "Ola Vint,ola@vint.example,South,Quillon Zarnecki told the meeting that it is too long.\n"
    )
    table = read(file)
    built = build([table], propose([table], "Test"))
    assert list(built.personal["value"])[:2] == ["Quillon Zarnecki", "Prefer not to say"]
    shown = prepare(built, Settings()).responses["shown_text"]
    assert [("Zarnecki" in text or "zarnecki" in text) for text in shown] == [False] * 3


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("Quillon Zarnecki", True), ("Jo Smith", True), ("MARY O'BRIEN", True),
        ("siân bowen", True), ("Royal Society", False), ("Head of Policy", False),
        ("Citizens Advice", False), ("Keir Starmer", False), ("Quillon", False),
        ("Not Given", False), ("The Example Trust", False),
    ],
)  # fmt: skip
def test_full_names_of_people(value: str, person: bool) -> None:
    assert is_person(value) is person


def test_a_name_found_once_is_hidden_each_time() -> None:
    text = "My neighbour Clive Marlow helps. Without Clive, or Marlow, nobody would. clive knows."
    assert redact(text) == (
        "My neighbour [name removed] helps. Without [name removed], or [name removed], nobody "
        "would. clive knows."
    )
    assert redact("My son Will is nine. Will you help? I told Will. It is his will.") == (
        "My son [name removed] is nine. Will you help? I told [name removed]. It is his will."
    )


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
