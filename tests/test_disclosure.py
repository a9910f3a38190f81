import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import disclose


def table(cells: dict[str, list[int]], measure: str = "position") -> pd.DataFrame:
    """cells: group → counts of v0, v1 …; the base is their sum."""
    rows = [
        ("q1", measure, f"v{i}", "Region", g, n, sum(counts), n / max(sum(counts), 1), 0.0, 1.0)
        for g, counts in cells.items()
        for i, n in enumerate(counts)
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
    return pd.DataFrame(rows, columns=names)


def test_small_cells_and_small_groups_are_hidden() -> None:
    out = disclose(table({"A": [20, 3, 9], "B": [30, 20, 10], "C": [1, 1, 0]}), 5)
    hidden = out[~out["shown"]]
    assert {("A", "v1"), ("C", "v0"), ("C", "v1"), ("C", "v2")} <= set(
        zip(hidden["group"], hidden["value"], strict=True)
    )
    assert hidden[["n", "share", "low", "high"]].isna().all(axis=None)


def test_one_hidden_cell_is_never_alone_in_its_line() -> None:
    out = disclose(table({"A": [20, 3, 9], "B": [30, 20, 10]}), 5)
    by = out.assign(hidden=~out["shown"])
    assert (by.groupby("group")["hidden"].sum() != 1).all()
    assert (by.groupby("value")["hidden"].sum() != 1).all()


def test_the_team_sees_everything_and_everyone_stays_whole() -> None:
    cells = table({"A": [1, 2], "B": [3, 50]})
    assert disclose(cells, 0)["shown"].all()
    assert disclose(cells.assign(attribute=""), 5)["shown"].all()


@given(
    st.dictionaries(
        st.sampled_from("ABCDE"), st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1
    )
)
def test_nothing_shown_is_small_and_no_line_has_one_secret(cells: dict[str, list[int]]) -> None:
    out = disclose(table(cells), 5)
    shown = out[out["shown"]]
    assert not ((shown["n"] > 0) & (shown["n"] < 5)).any()
    secrets = out.assign(h=~out["shown"]).groupby("value")["h"].sum()
    assert len(cells) == 1 or (secrets != 1).all()
