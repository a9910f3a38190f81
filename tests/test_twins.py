"""Which groups are the same people by another name."""

from __future__ import annotations

import random

import pandas as pd

from analysis.groups import members_of_groups
from analysis.records import Run
from analysis.settings import Settings
from analysis.twins import Group, twins

LEAST = Settings().twin_groups


def found(**columns: list[str]) -> list[tuple[Group, Group]]:
    people = pd.DataFrame(columns).rename_axis("respondent_id").reset_index()
    members = people.melt("respondent_id", var_name="attribute", value_name="group")
    members["group"] = members["group"].str.split(";")
    return twins(members.explode("group"), LEAST)


def test_a_group_by_another_name_is_a_twin() -> None:
    region = random.Random(1).choices("ABCDE", k=200)
    nation = ["Isles" if r == "E" else "Mainland" for r in region]
    assert found(Region=region, Nation=nation) == [(("Region", "E"), ("Nation", "Isles"))]


def test_nearly_the_same_is_enough_and_related_is_not() -> None:
    kind = random.Random(3).choices("IO", k=400)
    slips = random.Random(4)
    nearly = [k.lower() if slips.random() > 0.02 else "o" for k in kind]
    related = [k + k if slips.random() > 0.3 else "OO" for k in kind]
    assert found(Type=kind, Who=nearly, Size=related) == [
        (("Type", a), ("Who", a.lower())) for a in dict.fromkeys(kind)
    ]


def test_groups_of_one_attribute_are_never_twins() -> None:
    assert found(About=["Carer;Parent"] * 9 + ["None"]) == []  # everyone ticked both


def test_the_sample_says_that_organisations_have_no_age(sample_run: Run) -> None:
    members = members_of_groups(sample_run.consultation).query("attribute != ''")
    pairs = twins(members, LEAST)
    sets = members.groupby(["attribute", "group"])["respondent_id"].agg(set)
    assert any("Organisation" in one[1] and "Age" in two[0] for one, two in pairs)
    for one, two in pairs:
        assert len(sets[one] & sets[two]) >= LEAST * len(sets[one] | sets[two])
