"""What reads like an instruction to a machine is flagged, and honest replies are not."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.prepare.orders import orders
from tests.llm.payloads import HONEST, PAYLOADS


def test_there_are_at_least_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("text", PAYLOADS)
def test_orders_are_flagged(text: str) -> None:
    assert orders(text)
    assert orders(f"The phone line is always busy on Mondays. {text}\nThank you for reading.")


@pytest.mark.parametrize("text", HONEST)
def test_honest_replies_are_not(text: str) -> None:
    assert not orders(text)


def test_the_case_is_told_as_it_expects(cases) -> None:
    frame = pd.read_csv(cases / "LLM-07" / "responses.csv", dtype=str)
    facts = json.loads((cases / "index.json").read_text())
    checks = next(c["checks"] for c in facts if c["id"] == "LLM-07")
    flagged = set(frame.loc[[orders(t) for t in frame.iloc[:, 3]], "Response ID"])
    assert flagged == set(checks["inject"])


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert orders(text) in (True, False)
