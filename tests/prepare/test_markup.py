"""HTML in answers: kept as received, shown as plain text, never mistaken for what people type."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.prepare.markup import Plain, by_answer, find_markup, plain_texts
from analysis.prepare.points import split_points
from analysis.prepare.prepare import prepare
from analysis.prepare.review import RedactionEdit
from analysis.records import Points, Prepared
from analysis.settings import Settings
from tests.make import consultation

LETTER = (
    "I&rsquo;m against this &ndash; it won&#39;t work.<br/><br/>Ring me on 07700&nbsp;900123 "
    "please.<p>Tom &amp;amp; I queued for &lt;2 hours&gt; in <b>the rain</b>.</p>"
)
SHOWN = (
    "I’m against this – it won't work.\n\n"
    "Ring me on 07700 900123 please.Tom & I queued for <2 hours> in the rain.\n"
)
SECOND = "Keep the phones open.<br />Many people need them."
TYPED = [
    "<script>document.title='x'</script>Slow site", "<img src=x onerror=\"alert(1)\">",
    "<b>Bold</b> about <a href=\"javascript:x\">fees</a>", "Fees <5% are fine", "a < b & c",
    "Use &nbsp; in the form, please",
]  # fmt: skip


def made(texts: list[str], edits: tuple[RedactionEdit, ...] = ()) -> tuple[Prepared, Points]:
    settings = Settings()
    prepared = prepare(consultation(texts), settings, edits=edits)
    return prepared, split_points(prepared, settings)


def test_the_text_stays_and_what_is_shown_is_plain() -> None:
    prepared, points = made([LETTER, SECOND, "I like it & so does my R&D team."] + [SECOND] * 4)
    first = prepared.responses.iloc[0]
    assert first["text"] == LETTER
    assert first["shown_text"] == (
        SHOWN.replace("07700 900123", "[phone number removed]").replace("Tom", "[name removed]")
    )
    assert prepared.responses["shown_text"].iloc[2] == "I like it & so does my R&D team."
    found = prepared.redactions.query("response_id == 'R000-q2'").iloc[0]
    assert LETTER[found["start"] : found["end"]] == "07700&nbsp;900123"
    own = points.points.query("response_id == 'R001-q2'")
    assert own["text"].tolist() == ["Keep the phones open.", "Many people need them."]
    assert [SECOND[p.start : p.end] for p in own.itertuples()] == own["text"].tolist()
    assert not points.points["text"].str.contains("&rsquo;|<br|&amp;|</?b>").any()


def test_an_edit_of_the_team_still_refers_to_the_original() -> None:
    start = SECOND.index("Many people")
    edit = RedactionEdit("R001-q2", start, start + 11, "name", "hide", "a person", 1.0)
    prepared, points = made([LETTER, SECOND], (edit,))
    assert prepared.responses["shown_text"].iloc[1].endswith("open.\n[name removed] need them.")
    assert "Many people" not in " ".join(points.points["text"])


@pytest.mark.parametrize("text", TYPED)
def test_what_people_type_themselves_stays(text: str) -> None:
    texts = [text, "Fine by me & mine, as it is.", "Less than <3 of ours agree with it."]
    prepared, _ = made(texts)
    assert prepared.responses["shown_text"].tolist() == texts
    assert prepared.markup.empty


def test_scripts_among_the_tools_marks_are_left_visible() -> None:
    prepared, _ = made([TYPED[0], *[SECOND] * 6])
    assert prepared.responses["shown_text"].iloc[0] == TYPED[0]
    assert "<br" not in prepared.responses["shown_text"].iloc[1]


PARTS = st.lists(
    st.sampled_from(["<br/>", "&amp;", "&rsquo;", "<p>", "</p>", "a", " ", "Ja.", "\n", "&#39;"])
)


@given(texts=st.lists(PARTS.map("".join), min_size=2, max_size=5))
def test_every_place_in_the_plain_text_has_one_in_the_original(texts: list[str]) -> None:
    frame = pd.DataFrame(
        {"response_id": [f"r{n}" for n in range(len(texts))], "question_id": "q1", "text": texts},
        dtype="str",
    )
    pieces = by_answer(find_markup(frame, 1, 1.0))
    for key, text, plain in zip(
        frame["response_id"], texts, plain_texts(frame, pieces), strict=True
    ):
        places = Plain(text, pieces.get(key, ()))
        assert places.text == plain
        for n, letter in enumerate(plain):
            start, end = places.original(n, n + 1)
            assert text[start:end] == letter or text[start] in "<&"
