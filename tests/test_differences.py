"""Differences between a group and all others: known figures, chance, and what may be published."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.differences import differences, in_words, published
from analysis.groups import EVERYONE
from analysis.links import linked
from analysis.records import LINKS, Groups
from analysis.settings import Settings

SETTINGS = Settings()
NO_LINKS = linked(pd.DataFrame(columns=list(LINKS.columns)))


def table(groups: dict[str, tuple[int, int]], value: str = "t1", way: str = "all") -> pd.DataFrame:
    """groups: name → (n, base) of one attribute; everyone is their sum."""
    whole = (sum(n for n, _ in groups.values()), sum(b for _, b in groups.values()))
    rows = [
        (way, "q2", "theme", value, attribute, g, n, b, n / b, 0.0, 1.0)
        for attribute, g, (n, b) in [("", EVERYONE, whole), *(("Type", *i) for i in groups.items())]
    ]
    names = ["counting", "question_id", "measure", "value", "attribute", "group", "n", "base"]
    return pd.DataFrame(rows, columns=[*names, "share", "low", "high"])


def test_a_difference_has_newcombes_interval_and_is_said_in_words() -> None:
    found = differences(table({"A": (56, 70), "B": (48, 80)}), {"t1"}, SETTINGS).set_index("group")
    row = found.loc["A"]
    # Newcombe 1998, Statistics in Medicine 17, 873-890, example (a), method 10
    assert (round(row["low"], 4), round(row["high"], 4)) == (0.0524, 0.3339)
    assert row["clear"]
    said = in_words(row, "Organisations", "")
    assert said == "Organisations: raise this more often: 80 % of 70, against 60 % of 80"
    assert "less often" in in_words(found.loc["B"], "B", "")


def test_small_groups_and_small_rests_are_not_tested() -> None:
    found = differences(table({"A": (20, 200), "B": (15, 29)}), {"t1"}, SETTINGS)
    assert found.empty  # B is small, and B is all the others of A


def test_sub_themes_are_not_tested() -> None:
    assert differences(table({"A": (56, 70), "B": (48, 80)}), {"t2"}, SETTINGS).empty


def test_letters_count_once() -> None:
    both = pd.concat(
        [table({"A": (90, 100), "B": (10, 100)}), table({"A": (12, 50), "B": (10, 50)}, way="once")]
    )
    found = differences(both, {"t1"}, SETTINGS)
    assert set(found["base"]) == {50}
    assert not found["clear"].any()


def alike(seed: int, themes: int) -> pd.DataFrame:
    """Themes that A and B raise alike."""
    n = np.random.default_rng(seed).binomial(120, 0.3, size=(themes, 2))
    one = table({"A": (1, 120), "B": (1, 120)})
    many = pd.concat([one] * themes, ignore_index=True)
    counts = np.column_stack([n.sum(axis=1), n]).ravel()
    names = np.repeat([f"t{i}" for i in range(themes)], 3)
    return many.assign(value=names, n=counts, share=counts / many["base"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chance_alone_is_seldom_called_clear(seed: int) -> None:
    found = differences(alike(seed, 200), {f"t{i}" for i in range(200)}, SETTINGS)
    alone = (found["low"] > 0) | (found["high"] < 0)
    assert alone.sum() >= 6  # what would be called a difference if each stood alone
    assert not found["clear"].any()


def test_a_true_difference_is_found_among_many() -> None:
    both = pd.concat([alike(7, 99), table({"A": (70, 120), "B": (36, 120)}, "real")])
    found = differences(both, {"real", *(f"t{i}" for i in range(99))}, SETTINGS)
    assert set(found.loc[found["clear"], "value"]) == {"real"}


def test_order_and_result_do_not_depend_on_the_order_of_rows() -> None:
    both = pd.concat([table({"A": (56, 70), "B": (48, 80)}, v) for v in ("t1", "t2", "t3")])
    wanted = {"t1", "t2", "t3"}
    mixed = both.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        differences(both, wanted, SETTINGS), differences(mixed, wanted, SETTINGS)
    )


def test_what_is_hidden_in_the_table_is_no_published_difference() -> None:
    counts = table({"A": (40, 60), "B": (3, 60), "C": (2, 60)})
    groups = Groups(counts, NO_LINKS, differences(counts, {"t1"}, SETTINGS))
    assert len(published(groups, "none")) == 3
    assert set(published(groups, "five")["group"]) <= {"A"}


def test_two_ways_of_counting_do_not_tell_of_the_few_who_sent_a_letter() -> None:
    """In B two people fewer count once: 40 of 60 here beside 42 of 62 there would tell of them."""
    ways = {"all": {"A": (90, 150), "B": (42, 62), "C": (80, 150)}}
    ways["once"] = {"A": (60, 100), "B": (40, 60), "C": (50, 100)}
    counts = pd.concat([table(groups, way=way) for way, groups in ways.items()])
    groups = Groups(counts, NO_LINKS, differences(counts, {"t1"}, SETTINGS))
    assert "B" in set(published(groups, "none")["group"])
    assert "B" not in set(published(groups, "five")["group"])


@pytest.mark.parametrize("least", [30, 60, 61])
def test_the_least_base_is_a_setting(least: int) -> None:
    counts = table({"A": (40, 60), "B": (10, 60)})
    found = differences(counts, {"t1"}, replace(SETTINGS, difference_base=least))
    assert len(found) == (2 if least <= 60 else 0)


def test_where_the_tables_are_rounded_the_differences_are_too() -> None:
    counts = table({"A": (41, 63), "B": (13, 61), "C": (12, 62)})
    groups = Groups(counts, NO_LINKS, differences(counts, {"t1"}, SETTINGS))
    row = published(groups, "nhs").set_index("group").loc["A"]
    assert [row[c] for c in ("n", "base", "others_n", "others_base")] == [40, 65, 25, 125]
    assert row["difference"] == pytest.approx(40 / 65 - 25 / 125)
    assert row["low"] < row["difference"] < row["high"]
