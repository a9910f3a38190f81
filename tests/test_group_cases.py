"""The group charts' failure cases, their neighbours, and the EU file's user types."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.disclosure import disclose, disclose_sizes
from analysis.groups import EVERYONE, NOT_ANSWERED, crosstabs, sizes
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.records import Consultation, Groups
from analysis.settings import Settings
from tests.attack import Attack
from tests.make import nothing_read
from tests.test_groups import parts


def built(source: Path | bytes, **roles: str) -> Consultation:
    """The file as a consultation; `roles`: column name (_ for a space) → role."""
    table = read(source, name="a.csv")
    mapping = propose([table], title="Case")
    if roles:
        wanted = {k.replace("_", " "): v for k, v in roles.items()}
        mapping = replace(
            mapping,
            columns=tuple(
                replace(c, role=wanted.get(c.name, c.role))  # type: ignore[arg-type]
                for c in mapping.columns
            ),
        )
    return build([table], mapping)


def ticked(made: Consultation) -> Groups:
    """Groups of what was ticked."""
    return crosstabs(made, *nothing_read(made), Settings())


def counts(groups: Groups, measure: str, attribute: str, value: str) -> dict[str, int]:
    """group → people with the value."""
    rows = groups.crosstabs.query(
        "measure == @measure and attribute == @attribute and value == @value"
    )
    return dict(zip(rows["group"], rows["n"], strict=True))


def bases(groups: Groups, measure: str, attribute: str) -> dict[str, int]:
    rows = groups.crosstabs.query("measure == @measure and attribute == @attribute")
    return dict(zip(rows["group"], rows["base"], strict=True))


def test_who_says_nothing_of_themselves_is_a_group(cases: Path) -> None:
    """GRP-01."""
    made = built(cases / "GRP-01" / "missing.csv")
    wanted = {"North": 6, "South": 5, NOT_ANSWERED: 4, "Prefer not to say": 2}
    assert sizes(made)["Region"].to_dict() == wanted
    assert bases(ticked(made), "closed", "Region") == wanted
    assert sum(wanted.values()) == len(made.respondents) == 17


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_blanks_of_any_kind_are_not_answered(blank: str) -> None:
    rows = "".join(f"R{n},{'North' if n < 6 else blank},{'YN'[n % 2]}\n" for n in range(9))
    made = built(f"ID,Region,Support\n{rows}".encode(), Region="attribute", Support="closed")
    assert sizes(made)["Region"].to_dict() == {"North": 6, NOT_ANSWERED: 3}


def test_small_groups_are_hidden_and_cannot_be_worked_out(cases: Path) -> None:
    """GRP-03: C has 2 people and D has 1; with A and B shown, their sum of 3 would be known."""
    made = built(cases / "GRP-03" / "small_groups.csv")
    groups = ticked(made)
    shown = disclose(groups.crosstabs, "five", groups.links)
    small = shown[shown["group"].isin(["C", "D"])]
    assert not small["shown"].any()
    assert small[["n", "base", "share", "low", "high"]].isna().all(axis=None)
    everyone = shown.query("attribute == '' and measure == 'closed'")
    assert everyone["n"].sum() == 28
    attack = Attack(shown, groups.links, 5)
    found = attack.determined()
    for cell in attack.place:
        if cell[2] in ("C", "D") and cell[3] in ("", "Yes", "No"):
            assert cell not in found
    assert attack.reach(("Group", "q1|closed", "C", ""))[1] >= 5
    makeup = disclose_sizes(sizes(made), "five", groups.links)["Group"]
    assert makeup[["C", "D"]].isna().all()
    assert makeup.notna().sum() < 3  # with three of the four the others would be known


def test_percent_is_of_the_group_beside_its_base(cases: Path) -> None:
    """GRP-05."""
    groups = ticked(built(cases / "GRP-05" / "bases.csv"))
    rows = groups.crosstabs.query("measure == 'closed' and attribute == 'Type' and value == 'Yes'")
    share = dict(zip(rows["group"], rows["share"], strict=True))
    base = dict(zip(rows["group"], rows["base"], strict=True))
    assert share == {"Residents": 0.5, "Disabled people’s organisations": 0.75}
    assert base == {"Residents": 80, "Disabled people’s organisations": 8}
    assert groups.differences.empty  # 8 people are too few to call it a difference


def test_counts_stay_exact_where_per_cents_do_not_add_up(cases: Path) -> None:
    """GRP-06: 61.5, 30.8 and 7.7 % round to 101."""
    groups = ticked(built(cases / "GRP-06" / "rounding.csv"))
    rows = groups.crosstabs.query("measure == 'closed' and n > 0")
    assert dict(zip(rows["value"], rows["n"], strict=True)) == {
        "Support": 8, "Neutral": 4, "Oppose": 1,
    }  # fmt: skip
    assert rows["share"].sum() == pytest.approx(1.0)


def test_ticks_are_counted_by_people(cases: Path) -> None:
    """GRP-07: as a question, and as something to group by."""
    file = cases / "GRP-07" / "ticks.csv"
    rows = ticked(built(file)).crosstabs.query("question_id == 'q1' and attribute == ''")
    assert dict(zip(rows["value"], rows["n"], strict=True)) == {
        "Carer": 5, "Disabled": 3, "Parent": 4, "None of these": 1,
    }  # fmt: skip
    assert set(rows["base"]) == {9}
    percent = dict(zip(rows["value"], (100 * rows["share"]).round(), strict=True))
    assert percent == {"Carer": 56, "Parent": 44, "Disabled": 33, "None of these": 11}
    made = built(file, About_you="attribute")
    assert sizes(made)["About you"].to_dict() == {
        "Carer": 5, "Parent": 4, "Disabled": 3, "None of these": 1, NOT_ANSWERED: 1,
    }  # fmt: skip
    groups = ticked(made)
    assert bases(groups, "closed", "") == {EVERYONE: 10}
    yes = counts(groups, "closed", "About you", "Yes")
    assert yes == {"Carer": 3, "Disabled": 3, "Parent": 1, "None of these": 0, NOT_ANSWERED: 1}
    assert counts(groups, "closed", "", "Yes") == {EVERYONE: 5}


def test_a_theme_is_counted_once_for_whoever_ticked_several(cases: Path) -> None:
    """GRP-07: in the row of everyone, and once in each of their groups."""
    frame = pd.read_csv(cases / "GRP-07" / "ticks.csv", dtype=str, keep_default_na=False)
    frame["What should change?"] = [f"Sentence {n} about the form." for n in range(len(frame))]
    made = built(frame.to_csv(index=False).encode(), About_you="attribute")
    prepared, points, themes = parts(made, dict.fromkeys(made.responses["response_id"], "q2-t01"))
    twice = points.points.assign(point_id=points.points["point_id"] + "b")
    points = replace(points, points=pd.concat([points.points, twice], ignore_index=True))
    assigned = points.points[["point_id"]].assign(theme_id="q2-t01", similarity=1.0)
    themes = replace(themes, assigned=assigned)
    judged = nothing_read(made)[3]
    groups = crosstabs(made, prepared, points, themes, judged, Settings())
    assert counts(groups, "theme", "", "q2-t01") == {EVERYONE: 10}
    assert bases(groups, "theme", "") == {EVERYONE: 10}
    assert counts(groups, "theme", "About you", "q2-t01") == sizes(made)["About you"].to_dict()


def test_who_does_not_answer_is_in_the_base_of_every_chart_or_of_none() -> None:
    """GRP-05: of one question, and of the position that is told from it."""
    rows = "".join(f"R{n},{'AB'[n % 2]},{('Yes', 'No', '')[n % 3]}\n" for n in range(30))
    made = built(f"ID,Type,Support\n{rows}".encode(), Type="attribute", Support="closed")
    groups = ticked(made)
    wanted = {"A": 15, "B": 15}
    assert bases(groups, "closed", "Type") == bases(groups, "position", "Type") == wanted
    for measure, value in (("closed", NOT_ANSWERED), ("position", "not stated")):
        assert bases(groups, measure, "") == {EVERYONE: 30}
        assert counts(groups, measure, "Type", value) == {"A": 5, "B": 5}


@pytest.mark.parametrize("separator", [";", "; ", "|"])
def test_other_separators_of_ticks(separator: str) -> None:
    cells = ["A", f"A{separator}B", f"B{separator}C", "C", f"A{separator}C", "", "B", "A"]
    rows = "".join(f"R{n},{c},{'YN'[n % 2]}\n" for n, c in enumerate(cells))
    made = built(f"ID,About you,Support\n{rows}".encode(), About_you="attribute", Support="closed")
    assert sizes(made)["About you"].to_dict() == {"A": 4, "B": 3, "C": 3, NOT_ANSWERED: 1}


def test_a_place_with_a_comma_is_one_group() -> None:
    rows = "".join(f'R{n},"Bath, Somerset",Yes\nS{n},Bath,No\n' for n in range(6))
    made = built(f"ID,Region,Support\n{rows}".encode(), Region="attribute")
    assert sizes(made)["Region"].to_dict() == {"Bath": 6, "Bath, Somerset": 6}


def test_a_scale_keeps_its_order_and_its_empty_level(cases: Path) -> None:
    """GRP-09: in every group, though nobody disagrees."""
    groups = ticked(built(cases / "GRP-09" / "likert.csv")).crosstabs.query("measure == 'closed'")
    wanted = [
        "Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree",
        "Don’t know", NOT_ANSWERED,
    ]  # fmt: skip
    for _, own in groups.groupby(["attribute", "group"]):
        assert own["value"].tolist() == wanted
        assert own.set_index("value").loc["Disagree", "n"] == 0


NEW_RULES = {
    "new legislation": 459, "Current legislation may have some gaps": 355, "Other": 201,
    "No opinion": 45, "fully sufficient": 32, NOT_ANSWERED: 124,
}  # fmt: skip


@pytest.fixture(scope="module")
def eu(shared: Path) -> Groups:
    folder = shared / "data" / "eu_ai_white_paper_2020"
    return ticked(built(folder / "responses_eusurvey_export.csv"))


def _asked(eu: Groups) -> pd.DataFrame:
    rows = eu.crosstabs.query("measure == 'closed'")
    question = rows.loc[rows["value"].str.contains("new legislation"), "question_id"].unique()
    assert len(question) == 1
    return rows[rows["question_id"] == question[0]]


def test_new_legislation_as_the_data_set_says(eu: Groups) -> None:
    rows = _asked(eu)
    everyone = rows[rows["attribute"] == ""].set_index("value")["n"]
    for words, n in NEW_RULES.items():
        assert everyone[everyone.index.str.contains(words, regex=False)].tolist() == [n]
    citizens = rows[(rows["attribute"] == "User type") & (rows["group"] == "EU Citizen")]
    assert set(citizens["base"]) == {115}
    assert sorted(citizens["n"]) == [3, 4, 4, 9, 38, 57]


def test_small_user_types_are_not_in_the_published_view(eu: Groups) -> None:
    shown = disclose(eu.crosstabs, "five", eu.links)
    rows = shown.loc[_asked(eu).index].query("attribute == 'User type'")
    by = rows.groupby("group")["base"].first()
    assert by["EU Citizen"] == 115
    assert by["Company/Business organisation"] == 150
    hidden = set(by.index[by.isna()])
    small = {"Environmental Organisation", "Consumer Organisation"}
    assert small <= hidden
    assert len(hidden) == 2
    assert not rows.loc[rows["group"].isin(small), "shown"].any()
    seen = rows[rows["shown"]]
    assert not ((seen["n"] > 0) & (seen["n"] < 5)).any()
    attack = Attack(shown[shown["question_id"] == rows["question_id"].iloc[0]], eu.links, 5)
    true = _asked(eu).query("attribute == 'User type' and 0 < n < 5")
    found = attack.determined()
    key = f"{rows['question_id'].iloc[0]}|closed"
    assert not {(r.attribute, key, r.group, r.value) for r in true.itertuples()} & found
