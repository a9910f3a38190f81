"""The public pages can be read at twelve: short words, short sentences (Flesch-Kincaid grade 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from dashboard.words_public import table

AGE_12 = 7.0  # the US grade of that age
HARDEST = 9.0  # of one sentence among easy ones
SKIPPED = {"months"}
PAGES = {
    "start": ("s_", "link_"),
    "edition": ("e_", "side_", "done_", "count_", "ch_"),
    "captured": ("c_", "is_", "sure_", "g_", "t_"),
    "answer": ("a_", "answered_"),
    "receipt": ("r_", "not_"),
    "method": ("m_", "f_", "v_", "l_", "d_", "count_", "by_", "len_"),
    "every page": ("self_", "sign_", "invented", "choose", "address", "x_"),
}


def syllables(word: str) -> int:
    """Groups of vowels, less an “e” at the end that is not spoken."""
    plain = re.sub(r"(?:[^laeiouy]e|[^aeiouytd]ed)$", "", word.lower())
    return max(len(re.findall(r"[aeiouy]+", plain)), 1)


def sentences(texts: Sequence[str]) -> Iterator[list[str]]:
    for text in texts:
        plain = re.sub(r"\{[a-z_]+\}", "7", text).replace("**", "")
        for sentence in re.split(r"(?<=[.!?:])\s+", plain):
            if len(words := re.findall(r"[A-Za-z]+(?:['’][a-z]+)?|\d+", sentence)) > 3:
                yield words


def grade(found: Sequence[Sequence[str]]) -> float:
    """Kincaid et al. 1975."""
    words = [w for own in found for w in own]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def of_page(starts: tuple[str, ...]) -> list[list[str]]:
    own = [row["en"] for key, row in table().items() if key.startswith(starts)]
    return list(sentences(own))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_at_twelve(page: str) -> None:
    found = of_page(PAGES[page])
    assert grade(found) <= AGE_12
    hard = [" ".join(s) for s in found if len(s) > 7 and grade([s]) > HARDEST]
    assert hard == []


def test_every_text_is_on_a_page() -> None:
    starts = tuple(s for own in PAGES.values() for s in own)
    left = [k for k in table() if not k.startswith(starts)]
    assert all(len(table()[k]["en"].split()) < 12 for k in left if k not in SKIPPED)


def test_hard_words_are_found_hard() -> None:
    hard = "The representative consultation necessitated considerable administrative deliberation."
    assert grade(list(sentences([hard]))) > 15
    assert grade(list(sentences(["The cat sat on the mat and then it ran off."]))) < 3
