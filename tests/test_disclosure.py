"""What is hidden stays hidden: small tables by hand, and an attack on random consultations."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import disclose, disclose_sizes
from analysis.groups import NOT_ANSWERED
from analysis.links import links
from analysis.settings import SMALL_NUMBERS, Rule
from analysis.unlisted import BY_DATE, BY_POSITION, GROUPED_BY
from tests.attack import Attack

LEVELS = ["Strongly oppose", "Oppose", "Neither", "Support", "Strongly support", NOT_ANSWERED]
POSITION = dict(
    zip(LEVELS, ["oppose", "oppose", "mixed", "support", "support", "not stated"], strict=True)
)
THEMES = {"t1": "", "t2": "", "t1-s1": "t1", "t1-s2": "t1"}
TONES = ["positive", "negative", "unclear"]
WHOLE = {"closed": LEVELS, "position": sorted({*POSITION.values()})}


def crossed(people: pd.DataFrame, attributes: list[str]) -> pd.DataFrame:
    """Counts by plain comparison; `people`: attributes, closed, position, tone, themes (bool)."""
    rows: list[tuple[object, ...]] = []
    everyone = people.assign(**{"": "Everyone"})
    for attribute in ["", *attributes, *GROUPED_BY.values()]:
        for group, own in everyone.groupby(attribute, sort=False):
            at = (attribute, group)
            if attribute not in GROUPED_BY.values():
                for measure, values in WHOLE.items():
                    for v in values:
                        rows.append(("q1", measure, v, *at, (own[measure] == v).sum(), len(own)))
            wrote = own[own["wrote"]]
            if attribute != BY_DATE and len(wrote):
                rows += [("q2", "theme", v, *at, wrote[v].sum(), len(wrote)) for v in THEMES]
            if attribute != BY_POSITION and len(wrote):
                told = wrote["tone"]
                rows += [("q2", "tone", v, *at, (told == v).sum(), len(wrote)) for v in TONES]
    columns = ["question_id", "measure", "value", "attribute", "group", "n", "base"]
    frame = pd.DataFrame(rows, columns=columns).astype({"n": "int64", "base": "int64"})
    return frame.assign(share=frame["n"] / frame["base"], low=0.0, high=1.0)


def known_links(people: pd.DataFrame, attributes: list[str]) -> pd.DataFrame:
    measures = {"q1|closed": people["closed"], "q1|position": people["position"]}
    above = {v: p for v, p in THEMES.items() if p}
    parents = pd.DataFrame(
        {"kind": "theme", "left": above.values(), "right": above.keys(), "owner": above.values(),
         "value": above.keys(), "component": 0}
    )  # fmt: skip
    return pd.concat(
        [
            links("attribute", {a: people[a] for a in [*attributes, *GROUPED_BY.values()]}),
            links("question", measures),
            parents,
        ]
    )


def drawn_people(seed: int, size: int, skew: float) -> pd.DataFrame:
    """People whose sector is blank unless they are an organisation, with a lopsided opinion."""
    draw = random.Random(seed)
    sectors = ["Charity", "Business", "Council", "Union"][: draw.randint(1, 4)]
    rows = []
    for _ in range(size):
        organisation = draw.random() < draw.choice([0.1, 0.4])
        sector = draw.choice(sectors) if organisation else NOT_ANSWERED
        kind = "Organisation" if organisation else "Individual"
        region = draw.choices(["North", "South", "East", "West", "Isles"], [9, 7, 4, 2, skew])[0]
        nation = "Islands" if region == "Isles" else "Mainland"
        level = draw.choices(LEVELS, [1, 3, 3 * skew, 5, skew, 1])[0]
        one, two = draw.random() < 0.2, draw.random() < 0.1
        rows.append(
            (kind, sector, region, nation, level, POSITION[level], draw.random() < 0.8,
             draw.choices(TONES, [4, 2, skew])[0], draw.choices(["May", "June"], [5, skew])[0],
             one or two or draw.random() < 0.2, draw.random() < 0.3, one, two)
        )  # fmt: skip
    told = ["closed", "position", "wrote", "tone", BY_DATE]
    frame = pd.DataFrame(rows, columns=["Type", "Sector", "Region", "Nation", *told, *THEMES])
    camp = {"support": "For", "oppose": "Against"}  # an attribute that follows from the position
    frame["Camp"] = frame["position"].map(camp).fillna("Neither")
    frame["Wave"] = frame[BY_DATE].map({"May": "First", "June": "Second"})
    return frame.assign(**{BY_POSITION: frame["position"]})


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    size=st.integers(16, 220),
    skew=st.sampled_from([0.1, 0.5, 1.0]),
    attributes=st.sampled_from(
        [
            ["Region"],
            ["Type", "Sector"],
            ["Sector", "Type", "Region", "Nation"],
            ["Nation", "Type"],
            ["Camp", "Wave"],
            ["Camp", "Region"],
        ]
    ),
    rule=st.sampled_from(["five", "five", "ons10"]),
)
def test_no_hidden_cell_can_be_worked_out(
    seed: int, size: int, skew: float, attributes: list[str], rule: Rule
) -> None:
    minimum, _ = SMALL_NUMBERS[rule]
    people = drawn_people(seed, size, skew)
    true = crossed(people, attributes)
    known = known_links(people, attributes)
    shown = disclose(true, rule, known)
    wrote = people[people["wrote"]]  # one group alone is everyone, whose numbers are published
    several = {a for a in [*attributes, *GROUPED_BY.values()] if wrote[a].nunique() > 1}
    attack = Attack(shown[shown["attribute"].isin(["", *several])], known, minimum)
    no_groups = attack.shown.copy()
    by_group = no_groups["attribute"] != ""
    no_groups.loc[by_group, ["n", "base"]] = pd.NA
    no_groups.loc[by_group, "shown"] = False
    nothing_shown = Attack(no_groups, known, minimum)
    secret = true[(true["n"] > 0) & (true["n"] < minimum) & true["attribute"].isin(several)]
    assert not shown.loc[secret.index, "shown"].any()
    cells = {
        (r.attribute, f"{r.question_id}|{r.measure}", r.group, r.value): r.n
        for r in secret.itertuples()
    }
    assert not attack.determined() & set(cells)
    totals = {
        (r.question_id + "|" + r.measure, r.value): r.n
        for r in true[true["attribute"] == ""].itertuples()
    }
    for cell in random.Random(seed).sample(sorted(cells), min(6, len(cells))):
        low, high = attack.reach(cell)
        assert low < high
        wanted = min(minimum, totals[cell[1], cell[3]])
        if high < wanted and cell[0] == BY_POSITION:  # the position of everyone says that much
            wanted = min(wanted, nothing_shown.reach(cell)[1])
        assert high >= wanted


@pytest.fixture
def people() -> pd.DataFrame:
    return drawn_people(11, 200, 1.0)


def test_the_team_sees_everything(people: pd.DataFrame) -> None:
    true = crossed(people, ["Region"])
    shown = disclose(true, "none")
    assert shown["shown"].all()
    assert (shown["n"] == true["n"]).all()


@pytest.mark.parametrize("rule", ["five", "ons10", "nhs"])
def test_what_is_shown_is_never_small(people: pd.DataFrame, rule: Rule) -> None:
    attributes = ["Type", "Sector", "Region"]
    true = crossed(people, attributes)
    shown = disclose(true, rule, known_links(people, attributes))
    minimum, nearest = SMALL_NUMBERS[rule]
    own = shown["attribute"] != ""
    seen = own & shown["shown"]
    assert seen.any()
    assert not ((true.loc[seen, "n"] > 0) & (true.loc[seen, "n"] < minimum)).any()
    hidden = shown[own & ~shown["shown"]]
    assert hidden[["n", "share", "low", "high"]].isna().all(axis=None)
    if nearest:
        assert (shown.loc[seen, ["n", "base"]] % nearest == 0).all(axis=None)
    assert (shown.loc[~own, "n"] == true.loc[~own, "n"]).all()


def test_rounded_numbers_have_rounded_shares_and_intervals() -> None:
    """Else the share of 12 in 43, or its interval, would tell 12 from 10 or 13."""
    rows = [
        ("q1", "closed", v, "Region", g, n, 43, n / 43, 0.1, 0.9)
        for g in "AB"
        for v, n in (("x", 12), ("y", 31))
    ]
    rows += [
        ("q1", "closed", v, "", "Everyone", n, 86, n / 86, 0.1, 0.9)
        for v, n in (("x", 24), ("y", 62))
    ]
    names = [
        "question_id",
        "measure",
        "value",
        "attribute",
        "group",
        "n",
        "base",
        "share",
        "low",
        "high",
    ]
    shown = disclose(pd.DataFrame(rows, columns=names), "nhs")
    row = shown[(shown["group"] == "A") & (shown["value"] == "x")].iloc[0]
    assert (row["n"], row["base"]) == (10, 45)
    assert row["share"] == pytest.approx(10 / 45)
    assert row["low"] < row["share"] < row["high"] != 0.9


def test_group_sizes_hide_more_than_the_small_group_alone() -> None:
    sizes = {"Type": pd.Series({"A": 50, "B": 7, "C": 2})}
    shown = disclose_sizes(sizes, "five")["Type"]
    assert shown["A"] == 50
    assert shown[["B", "C"]].isna().all()  # with B shown, C would be 59 - 57


def test_sub_themes_by_group_are_the_teams_alone(people: pd.DataFrame) -> None:
    shown = disclose(crossed(people, ["Region"]), "five", known_links(people, ["Region"]))
    below = shown[shown["value"].isin(["t1-s1", "t1-s2"])]
    assert not below.loc[below["attribute"] != "", "shown"].any()
    assert below.loc[below["attribute"] == "", "shown"].all()


def test_hiding_does_not_depend_on_the_order_of_rows(people: pd.DataFrame) -> None:
    true = crossed(people, ["Region"])
    known = known_links(people, ["Region"])
    once = disclose(true, "five", known)["shown"]
    again = disclose(true.copy(), "five", known)["shown"]
    assert once.equals(again)
