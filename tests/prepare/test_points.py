from hypothesis import given
from hypothesis import strategies as st

from analysis.prepare.points import masked, split


def pieces(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text, 4)]


def test_sentences_are_points() -> None:
    text = "The phone line is always busy. Please keep the counter open at weekends."
    assert pieces(text) == [
        "The phone line is always busy.",
        "Please keep the counter open at weekends.",
    ]


def test_abbreviations_and_sums_do_not_split() -> None:
    text = "My GP, Dr. Smith, charged me £3.50 at 9.30 a.m. on Monday for the letter."
    assert pieces(text) == [text]


def test_items_of_a_list_are_points_without_their_marks() -> None:
    text = "1. Keep phones.\n2. Publish a register of every system.\n- cost"
    assert pieces(text) == ["Keep phones.", "Publish a register of every system.", "cost"]


def test_fragments_join_their_neighbour() -> None:
    first = "No. People must decide these things."
    assert pieces(first) == [first]
    assert pieces("People must decide these things. Always.") == [
        "People must decide these things. Always."
    ]


def test_a_short_reply_is_one_point() -> None:
    assert pieces("  too cold ") == ["too cold"]
    assert pieces(" \n ") == []


LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n.1-)!?")


@given(st.text(LETTERS, max_size=400))
def test_points_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for left, right in split(text, 4):
        assert end <= left < right <= len(text)
        assert text[left:right] == text[left:right].strip()
        end = right


@given(st.text(max_size=200))
def test_words_are_never_lost_between_points(text: str) -> None:
    inside = "".join(text[a:b] for a, b in split(text, 4))
    kept = {c for c in inside if c.isalpha()}
    marks = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")  # of lists: "a) …"
    assert {c for c in text if c.isalpha()} - kept <= marks


def test_masked_hides_only_what_lies_in_the_passage() -> None:
    text = "Ring 07700 900123 now. Or write to ann@example.org please."
    spans = [(5, 17, "phone"), (35, 50, "email")]
    assert masked(text, 0, 22, spans) == "Ring [phone number removed] now."
    assert "ann@" not in masked(text, 23, len(text), spans)
