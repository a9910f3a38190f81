"""Answers that tell of the writer's health or a child: for the reviewer, nothing is masked."""

from __future__ import annotations

import re

_OWN_HEALTH = re.compile(
    r"\b(?:i am|i'm|i have|i've(?: got)?|i live with|i suffer|my (?:own )?(?:condition|diagnosis|"
    r"medication|disability|mental health)|(?:he|she) has|(?:son|daughter|husband|wife|mum|mother|"
    r"dad|father|partner) (?:has|is))\b[^.!?\n]{0,40}\b(?:diabet|epilep|autis|asthma|cancer|lupus|"
    r"arthritis|"
    r"dementia|alzheimer|parkinson|depress|anxiety|bipolar|schizo|hiv|copd|stroke|dialysis|pregnan|"
    r"disab|blind|deaf|dyslex|adhd|wheelchair|ms\b|multiple sclerosis|fibromyalgia|mental health)",
    re.I,
)
_CHILD = re.compile(
    r"\bmy (?:\w{1,12} ){0,2}(?:son|daughter|child|children|kids?|boy|girl|grandson|granddaughter|"
    r"stepson|stepdaughter|baby|twins?)\b",
    re.I,
)


def concerns(text: str) -> tuple[str, ...]:
    """Special care, for the reviewer only (nothing is masked): health, child, or both."""
    tests = (("health", _OWN_HEALTH), ("child", _CHILD))
    return tuple(name for name, pattern in tests if pattern.search(text))
