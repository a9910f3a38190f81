"""Scales and bands in display order, positions, splitting of joined ticks, dates, permission."""

from __future__ import annotations

import pytest

from analysis.ingest.dates import parse_dates
from analysis.ingest.multi import find_splitter
from analysis.ingest.permission import permission_of
from analysis.ingest.scales import by_number, order, positions

AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
IMPORTANT = [
    "1 - Not important at all", "2 - Not important", "3 - Neutral", "4 - Important",
    "5 - Very important",
]  # fmt: skip
FAVOUR = [
    "Very unfavourably", "Somewhat unfavourably", "Neither favourably nor unfavourably (neutral)",
    "Somewhat favourably", "Very favourably",
]  # fmt: skip


@pytest.mark.parametrize(
    "scale",
    [
        AGREE,
        IMPORTANT,
        FAVOUR,
        ["Strongly oppose", "Oppose", "Neutral", "Support", "Strongly support"],
        ["Strongly disagree", "Tend to disagree", "Tend to agree", "Strongly agree"],
        ["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"],
        ["Not useful", "Useful", "Very useful"],
        ["Not at all important", "Not very important", "Fairly important", "Very important"],
        ["Never", "Rarely", "Sometimes", "Often", "Always"],
        ["Very poor", "Poor", "Fair", "Good", "Excellent"],
        ["Not at all", "Rather not", "Much", "Very much"],
        ["Low", "Medium", "High"],
        ["Under 18", "18 to 24", "25-44", "45–64", "65+"],
        ["18-34", "35-54", "55 Plus"],
        ["Less than £10,000", "£10,000 to £19,999", "£20,000 or more"],
        ["Micro (< 10 employees)", "Small (< 50 employees)", "Large (250 or more)"],
        ["Less than 1 mile", "1 - 5 miles", "6-10 miles", "More than 100 miles"],
        ["No", "Yes"],
        ["1", "2", "3", "4", "5"],
        ["0", "1", "2"],
        ["0 - Not at all likely", "1", "2", "3", "4 - Extremely likely"],
        ["1 Strongly disagree", "2 Disagree", "3 Agree"],
    ],
)
@pytest.mark.parametrize("last", [[], ["Don't know"], ["No opinion"], ["Prefer not to say"]])
def test_scales_in_order_whatever_the_order_of_sight(scale: list[str], last: list[str]) -> None:
    assert order([*last, *reversed(scale)]) == (*scale, *last)


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (["65+", "34", "x", "45-54", "3", "under 18", "27"],
         ["under 18", "3", "27", "34", "45-54", "65+", "x"]),
        (["101", "34", "3.5", "3"], ["3", "3.5", "34", "101"]),
        (["North", "34", "South", "3"], None), (["Zone 12", "Ward", "Town"], None), ([], None),
    ],
)  # fmt: skip
def test_numbers_and_bands_in_one_column(values: list[str], ordered: list[str] | None) -> None:
    assert by_number(values) == ordered


def test_missing_levels_of_a_known_scale_are_put_in() -> None:
    assert order(["Agree", "Strongly disagree"]) == (
        "Strongly disagree", "Disagree", "Agree", "Strongly agree",
    )  # fmt: skip
    assert order(["strongly oppose", "neutral"]) == (
        "strongly oppose", "neutral", "strongly support",
    )  # fmt: skip
    assert order(["5", "2"]) == ("1", "2", "3", "4", "5")


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["North", "South"],
        ["a"],
        ["Online", "By phone"],
        [str(i) for i in range(60)],
        ["x" * 999],
    ],
)
def test_other_values_are_no_scale(values: list[str]) -> None:
    assert order(values) is None


def test_positions() -> None:
    assert positions([*AGREE, "Don’t know"]) == {
        "Strongly disagree": "oppose",
        "Disagree": "oppose",
        "Neither agree nor disagree": "mixed",
        "Agree": "support",
        "Strongly agree": "support",
        "Don’t know": "unclear",
    }
    assert positions(["Yes – I support it", "No, I do not support it", "Not sure"]) == {
        "Yes – I support it": "support",
        "No, I do not support it": "oppose",
        "Not sure": "unclear",
    }
    mixed = positions(
        ["Mostly optimistic – good", "Mostly concerned – bad", "Mixed/neutral – both"]
    )
    assert list(mixed.values()) == ["support", "oppose", "mixed"]


def test_positions_need_both_sides_and_words_that_are_understood() -> None:
    assert positions(["Agree", "Strongly agree"]) == {}
    assert positions(IMPORTANT) == {}
    assert positions(["Yes", "No"]) == {}
    assert positions(["Yes", "No"], "Do you support the plan?")["No"] == "oppose"
    assert positions(["Yes", "No"], "Do you oppose the plan?")["Yes"] == "oppose"
    assert positions(["Support"] * 99 + ["Oppose"] * 99 + ["banana"])["banana"] == "unclear"
    assert positions(["Support", "Oppose", "banana"]) == {}


@pytest.mark.parametrize(
    ("cells", "split"),
    [
        (["a;b;", "b;", "a;"], [["a", "b"], ["b"], ["a"]]),
        (["a; b", "b; c", "a; c"], [["a", "b"], ["b", "c"], ["a", "c"]]),
        (["a;b; or c;", "a;", "b; or c;"], [["a", "b; or c"], ["a"], ["b; or c"]]),
        (
            ["x; y", "libraries; museums", "x; libraries; museums", "y"],
            [["x", "y"], ["libraries; museums"], ["x", "libraries; museums"], ["y"]],
        ),
        (["a|b", "b|a", "a"], [["a", "b"], ["b", "a"], ["a"]]),
        (["Email, Phone", "Phone", "Email", "Email, Phone"], [["Email", "Phone"], ["Phone"]]),
    ],
)
def test_joined_ticks(cells: list[str], split: list[list[str]]) -> None:
    splitter = find_splitter(cells)
    assert splitter is not None
    assert [list(splitter.split(c)) for c in cells][: len(split)] == split


@pytest.mark.parametrize(
    "cells",
    [
        ["Yes, for all", "Yes, for some", "No", "No opinion", "Yes, for all"],
        ["I think, on balance, yes", "Well, no", "Perhaps; who knows", "Never; ever"],
        ["Arts, culture, and media", "Jobs and the economy", "Arts, culture, and media"],
        ["one", "two", ""],
    ],
)
def test_single_answers_are_not_split(cells: list[str]) -> None:
    assert find_splitter(cells) is None


@pytest.mark.parametrize(
    ("cells", "values", "rule", "proven"),
    [
        (["03/02/2026", "28/02/2026"], ["2026-02-03", "2026-02-28"], "day first", True),
        (["2/3/2026 1:05 PM", "2/28/2026"], ["2026-02-03T13:05:00", "2026-02-28"],
         "month first", True),
        (["03/02/2026", ""], ["2026-02-03", ""], "day first", False),
        (["03.02.26 09:30", "04.02.26 10:00:05"], ["2026-02-03T09:30:00", "2026-02-04T10:00:05"],
         "day first", True),
        (["2026-02-03T04:00Z"], ["2026-02-03T04:00:00+00:00"], "year first or in words", True),
        (["3 February 2026", "Mon, 4 Mar 2026"], ["2026-02-03", "2026-03-04"],
         "year first or in words", True),
        (["45321", "45321.5", ""], ["2024-01-30", "2024-01-30T12:00:00", ""],
         "Excel day numbers", True),
    ],
)  # fmt: skip
def test_dates(cells: list[str], values: list[str], rule: str, proven: bool) -> None:
    found = parse_dates(cells)
    assert (found.values, found.rule, found.proven, found.unread) == (values, rule, proven, 0)


def test_dates_that_follow_no_one_rule_stay_text() -> None:
    assert parse_dates(["28/02/2026", "02/28/2026"]).values == ["28/02/2026", "02/28/2026"]
    assert parse_dates(["soon", "later", "03/02/2026"]).values == ["soon", "later", "03/02/2026"]
    mostly = parse_dates([*["28/02/2026"] * 9, "unknown"])
    assert (mostly.values[-2:], mostly.unread) == (["2026-02-28", "unknown"], 1)


@pytest.mark.parametrize(
    ("value", "label", "means"),
    [
        ("", "May we publish your response?", ""),
        ("The feedback can be published with your personal information", "Privacy", "named"),
        ("The feedback can be published in an anonymous way", "Privacy", "anonymous"),
        ("Yes", "May we publish your response?", "anonymous"),
        ("Yes", "May we publish your response with your name?", "named"),
        ("Yes, but without my name", "May we publish your response?", "anonymous"),
        ("You may publish my response but not my name", "", "anonymous"),
        ("No", "May we publish your response?", "no"),
        ("Do not publish my response", "", "no"),
        ("Publish with name", "Permission to publish", "named"),
        ("Yes", "Do you want your response to be confidential?", "no"),
        ("No", "Do you want your response to be confidential?", "anonymous"),
        ("No", "Do you wish to remain anonymous?", "named"),
        ("named", "permission", "named"),
        ("anonymous", "permission", "anonymous"),
        ("no", "permission", "no"),
        ("banana", "permission", ""),
    ],
)
def test_permission(value: str, label: str, means: str) -> None:
    assert permission_of(value, label) == means
