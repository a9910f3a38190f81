import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dashboard.components.safe import JOINER, escaped, label

HOSTILE = [
    "costs $5 and $6", ":red[now]", "# Heading", "* a list", "[link](javascript:alert(1))",
    "![x](https://example.org/p.png)", "~~gone~~ _so_ `code`", "<script>alert(1)</script>", "<5%",
    "1. first", "a | b", ":smile:", "&amp;", "\\", "https://example.org", "me@example.org",
    "WWW.example.org", "see http://example.org/a?b=c",
]  # fmt: skip


def rendered(markdown: str) -> str:
    html = MarkdownIt("commonmark").render(markdown)
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_comes_out_as_typed(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(escaped(text))
    assert html.startswith("<p>")
    assert "<a" not in html
    assert "<img" not in html
    assert "<script" not in html
    import html as h

    assert h.unescape(rendered(escaped(text))).strip().replace(JOINER, "") == text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), max_size=60))
def test_no_mark_survives(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(escaped(text))
    assert re.sub(r"</?p>|\n", "", html).count("<") == 0


@pytest.mark.parametrize("text", ["http://a.org", "HTTPS://a.org", "www.a.org", "mailto:x@a.org"])
def test_an_address_is_broken_where_a_link_would_begin(text: str) -> None:
    plain = escaped(text).replace("\\", "")
    assert plain != text
    assert not re.search(r"(?i)https?://|www\.|mailto:|\w@\w", plain)


def test_plotly_labels_hold_no_tags() -> None:
    assert label('<a href="x">y</a> <b>5 < 6</b>').count("<") == 0
    assert label("one two three four", 8) == "one two<br>three<br>four"


def test_text_that_turns_its_direction_is_stopped() -> None:
    assert "\u202e" not in escaped("abc\u202edef")
    assert "\u202e" not in label("abc\u202edef")
