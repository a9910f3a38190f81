"""The replies' make-up beside a reference population, and what weights would do."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import FileError
from analysis.records import Judged
from analysis.representation import makeup, read_reference, weighted
from analysis.sample import sample_consultation
from analysis.settings import SAMPLE
from tests.make import LIKERT, consultation

HALVES = b"attribute,group,share,source\nregion,north,50,Made up\nregion,South,50 %,Made up\n"
# 30 of the North, all for it; 10 of the South, all against; 4 who do not say where they live
PEOPLE = consultation(
    [""] * 44,
    ["Support"] * 30 + ["Oppose"] * 10 + ["Support"] * 4,
    ["North"] * 30 + ["South"] * 10,
)


def judged() -> Judged:
    ticks = PEOPLE.answers.set_index("respondent_id")["value"].map(LIKERT)
    ids = PEOPLE.respondents["respondent_id"]
    return Judged(
        pd.DataFrame(),
        pd.DataFrame(),
        pd.DataFrame({"respondent_id": ids, "position": ids.map(ticks)}),
    )


def test_groups_are_compared_with_an_interval() -> None:
    table = makeup(PEOPLE, read_reference(HALVES)).set_index("group")
    assert table["base"].tolist() == [40, 40]
    assert table.loc["North", "ratio"] == pytest.approx(1.5)
    assert table["verdict"].to_dict() == {"North": "more", "South": "fewer"}
    assert table["left_out"].tolist() == [4, 4]
    assert (table["low"] < table["ratio"]).all()
    assert (table["ratio"] < table["high"]).all()


def test_weights_give_each_group_its_share() -> None:
    found = weighted(PEOPLE, judged(), read_reference(HALVES), 5.0)
    assert found is not None
    rows = found.table.set_index("value")
    assert rows.loc["support", "share"] == pytest.approx(0.75)
    assert rows.loc["support", "weighted"] == pytest.approx(0.5)
    assert (found.base, found.left_out, found.absent) == (40, 4, ())
    assert found.effective == pytest.approx(30.0)  # 40² / (30·(2/3)² + 10·2²)


def test_a_group_that_nobody_is_of_cannot_be_weighted_up() -> None:
    three = HALVES.replace(b"50,", b"40,").replace(b"50 %", b"40") + b"Region,Isles,20,Made up\n"
    assert (
        makeup(PEOPLE, read_reference(three)).set_index("group").loc["Isles", "verdict"] == "nobody"
    )
    found = weighted(PEOPLE, judged(), read_reference(three), 5.0)
    assert found is not None
    assert found.absent == ("Region: Isles",)
    assert found.table.set_index("value").loc["oppose", "weighted"] == pytest.approx(0.5)


def test_no_reply_weighs_more_than_the_limit() -> None:
    rare = HALVES.replace(b"north,50", b"north,2").replace(b"50 %", b"98")
    found = weighted(PEOPLE, judged(), read_reference(rare), 2.0)
    assert found is not None
    assert found.table.set_index("value").loc["oppose", "weighted"] == pytest.approx(
        20 / 20.8
    )  # 0.98 uncut


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"attribute,group,share\nRegion,North,50\nRegion,South,50\n", "source"),
        (b"attribute,group,source\nRegion,North,x\nRegion,South,x\n", "share or count"),
        (b"attribute,group,share,source\nRegion,North,half,x\nRegion,South,50,x\n", "Row 2"),
        (b"attribute,group,share,source\nRegion,North,50,x\nRegion,South,20,x\n", "add up to 70"),
        (b"attribute,group,share,source\nRegion,North,50,x\nRegion,North,50,x\n", "twice"),
        (b"attribute,group,count,source\nRegion,North,0,x\nRegion,South,0,x\n", "is 0"),
    ],
)
def test_a_reference_that_cannot_be_used_says_why(content: bytes, message: str) -> None:
    with pytest.raises(FileError, match=message):
        read_reference(content)


def test_a_reference_about_something_else_names_the_columns_there_are() -> None:
    other = read_reference(b"attribute,group,count,source\nShoe size,40,10,x\nShoe size,41,5,x\n")
    with pytest.raises(FileError, match="Region"):
        makeup(PEOPLE, other)


def test_counts_become_shares() -> None:
    frame = read_reference(
        b'attribute,group,count,source\nRegion,A,"3,000",x\nRegion,B,"1,000",x\n'
    )
    assert frame["share"].tolist() == [0.75, 0.25]


def test_the_sample_has_an_invented_reference_for_individuals() -> None:
    reference = read_reference((SAMPLE / "reference.csv").read_bytes())
    assert reference["source"].str.contains("Invented").all()
    table = makeup(sample_consultation()[0], reference)
    age = table[table["attribute"] == "Age band"]
    assert len(age) == 7
    assert age["base"].iloc[0] + age["left_out"].iloc[0] == 563  # organisations are not compared
