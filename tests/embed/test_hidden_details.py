"""What hides a personal detail is nothing that a reply is about."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.embed.encode import embed
from analysis.embed.minilm import MiniLM
from analysis.prepare.privacy import PLACEHOLDERS, unnamed
from analysis.records import Points, Run


@pytest.mark.parametrize("hidden", sorted(set(PLACEHOLDERS.values())))
def test_no_word_of_a_mask_is_read(hidden: str) -> None:
    read = unnamed(f"The letter went to {hidden} on Monday.")
    assert "removed" not in read
    assert "[" not in read
    assert read.startswith("The letter went to")
    assert read.endswith("on Monday.")


def test_other_brackets_and_the_word_itself_stay() -> None:
    text = "It was removed [sic], and the sign [on the door] removed too."
    assert unnamed(text) == text
    assert unnamed("[postcode removed]") == "[postcode removed]"  # nothing else is there to read


def test_the_vector_is_that_of_the_words_around_it() -> None:
    texts = ["Ask [name removed] at the desk.", "Ask them at the desk."]
    made = embed(Points(pd.DataFrame({"text": texts})))
    wanted = MiniLM().encode(["Ask someone at the desk."])[0]
    row = made.texts["text"].tolist().index(texts[0])
    assert np.allclose(made.vectors[row], wanted)


def test_no_theme_of_the_sample_is_called_after_a_mask(sample_run: Run) -> None:
    themes = sample_run.themes.themes
    words = themes["name"] + " " + themes["keywords"]
    assert not words.str.contains(r"\bremoved\b", case=False).any()
