"""Of a letter, a mail or a page only what is said is compared."""

from __future__ import annotations

import pytest

from analysis.capture.letter import said

SAID = "The pier should stay open in winter."


@pytest.mark.parametrize(
    "letter",
    [
        f"Dear Sir or Madam,\n\n{SAID}\n\nYours faithfully,\n",
        f"Dear Sir, {SAID}\nBest wishes,",
        f"Hello everyone,\n{SAID}\nMany thanks\nSent from my Galaxy phone",
        f"From: Ann <ann@pier.example>\nTo: team@pier.example\nSubject: Pier\n\n{SAID}",
        f"On Mon, 3 Nov 2026 at 10:12, Ann <ann@pier.example> wrote:\n> {SAID}\n",
        f"-----Original Message-----\n>> {SAID}\n---",
        f"<p>The <b>pier</b> should stay open in winter.</p><script>alert('{SAID}')</script>",
        "The [pier](https://pier.example/a?b=(c)) should stay **open** in winter.",
        f"# {SAID}\n\n![a photo of it](x.png)",
        f"{SAID} https://pier.example/",
        f"Good morning all,\n{SAID}\nWith many thanks and best wishes\nKind regards,",
    ],
)
def test_what_is_no_point_is_left_out(letter: str) -> None:
    assert " ".join(said(letter).split()) == SAID


@pytest.mark.parametrize(
    "letter",
    [
        SAID,
        "Best of all was the evening boat.\nTo: nobody should it be sold, I say; is 3 < 5 > 2?",
        "Thank you for asking us about the pier.\nHello? Is anybody reading this?",
        "Dear Ann. The pier is dear to us, and it should stay open.",
        "- Open the pier\n1. Paint it",
    ],
)
def test_what_somebody_says_stays(letter: str) -> None:
    for word in ("pier", "boat", "reading", "sold", "paint"):
        assert (word in letter.lower()) == (word in said(letter).lower())


@pytest.mark.parametrize(
    "line",
    [
        "Many people agree.",
        "Best option is the train.",
        "Good morning buses would help the town.",
        "With fewer cars, please!",
        "Dear fares hurt the poor.",
        "Thanks to the nurses we coped.",
        "Warm homes first.",
    ],
)
def test_a_short_point_is_no_greeting(line: str) -> None:
    assert said(f"Dear Sir,\n{line}\nYours sincerely").split() == line.split()


def test_a_letter_of_nothing_else_stays_as_it_is() -> None:
    assert said("Dear Sir,") == "Dear Sir,"
