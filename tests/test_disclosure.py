"""What is hidden stays hidden: small tables by hand, and an attack on random consultations."""

from __future__ import annotations

import random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import disclose
from analysis.groups import NOT_ANSWERED
from analysis.links import links
from tests.attack import Attack

LEVELS = ["Strongly oppose", "Oppose", "Neither", "Support", "Strongly support", NOT_ANSWERED]
POSITION = dict(
    zip(LEVELS, ["oppose", "oppose", "mixed", "support", "support", "not stated"], strict=True)
)
THEMES = {"t1": "", "t2": "", "t1-s1": "t1", "t1-s2": "t1"}


def crossed(people: pd.DataFrame, attributes: list[str]) -> pd.DataFrame:
    """Counts by plain comparison; `people`: attributes, closed, position, theme columns (bool)."""
    rows = []
    everyone = people.assign(**{"": "Everyone"})
    for attribute in ["", *attributes]:
        for group, own in everyone.groupby(attribute, sort=False):
            for measure, values in (("closed", LEVELS), ("position", sorted({*POSITION.values()}))):
                for v in values:
                    rows.append(
                        ("q1", measure, v, attribute, group, (own[measure] == v).sum(), len(own))
                    )
            answered = own[own["wrote"]]
            for v in THEMES:
                rows.append(("q2", "theme", v, attribute, group, answered[v].sum(), len(answered)))
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
            links("attribute", {a: people[a] for a in attributes}),
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
             one or two or draw.random() < 0.2, draw.random() < 0.3, one, two)
        )  # fmt: skip
    names = ["Type", "Sector", "Region", "Nation", "closed", "position", "wrote", *THEMES]
    return pd.DataFrame(rows, columns=names)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    size=st.integers(16, 220),
    skew=st.sampled_from([0.1, 0.5, 1.0]),
    attributes=st.sampled_from(
        [["Region"], ["Type", "Sector"], ["Sector", "Type", "Region", "Nation"], ["Nation", "Type"]]
    ),
)
def test_no_hidden_cell_can_be_worked_out(
    seed: int, size: int, skew: float, attributes: list[str]
) -> None:
    people = drawn_people(seed, size, skew)
    true = crossed(people, attributes)
    known = known_links(people, attributes)
    shown = disclose(true, "five", known)
    several = {a for a in attributes if people[a].nunique() > 1}
    attack = Attack(shown[shown["attribute"].isin(["", *several])], known, 5)
    secret = true[(true["n"] > 0) & (true["n"] < 5) & true["attribute"].isin(several)]
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
        assert high >= min(5, totals[cell[1], cell[3]])
