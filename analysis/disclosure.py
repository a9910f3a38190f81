"""Small numbers: no published table lets a reader find out what very few people said.

Applied in the query, so charts, tables, alternative texts and exports hide the same cells. The
numbers of everyone together are published as they are. One way of counting campaigns is published,
never two beside each other, for their difference would be a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.intervals import wilson
from analysis.records import LINKS, each
from analysis.settings import SMALL_NUMBERS, Rule
from analysis.suppression import Bools, Cells, Parts, Suppressor, hidden_groups

NO_LINKS = pd.DataFrame(columns=list(LINKS.columns))


def disclose(crosstabs: pd.DataFrame, rule: Rule, links: pd.DataFrame = NO_LINKS) -> pd.DataFrame:
    """CROSSTABS of one way of counting plus `shown`; where it is false, n and share are empty.

    `links` (Groups.links) say which tables could give each other's hidden cells away. The base is
    empty too where the whole group is too small, and rounded where the rule rounds. Give whole
    tables, all that are published together: what one of them hides depends on the others.
    """
    minimum, nearest = SMALL_NUMBERS[rule]
    out = crosstabs.assign(
        shown=True, n=crosstabs["n"].astype("Int64"), base=crosstabs["base"].astype("Int64")
    )
    if minimum == 0:
        return out
    secret, groups = _hidden(crosstabs, links, minimum)
    out["shown"] = ~secret
    if nearest:
        own = out["attribute"] != ""
        out = pd.concat([out[~own], _rounded(out[own], nearest)]).loc[crosstabs.index]
    out.loc[~out["shown"], ["n", "share", "low", "high"]] = pd.NA
    out.loc[groups, "base"] = pd.NA
    return out


def disclose_sizes(
    sizes: Mapping[str, pd.Series], rule: Rule, links: pd.DataFrame = NO_LINKS
) -> dict[str, pd.Series]:
    """attribute → sizes of its groups (Int64), empty where too few people are in one.

    `sizes`: attribute → number of people (indexed by group), of all attributes together.
    """
    minimum, nearest = SMALL_NUMBERS[rule]
    bases = {a: (tuple(map(str, s.index)), s.to_numpy(dtype="int64")) for a, s in sizes.items()}
    hidden, _ = hidden_groups(bases, _parts(links, "attribute"), minimum)
    rounded = {a: _nearest(s, nearest) if nearest else s for a, s in sizes.items()}
    return {a: s.astype("Int64").mask(hidden[a]) for a, s in rounded.items()}


def _nearest(numbers: pd.Series, to: int) -> pd.Series:
    """To the nearest multiple, halves upwards."""
    return (numbers + to // 2) // to * to


def _rounded(frame: pd.DataFrame, to: int) -> pd.DataFrame:
    """Counts and bases to the nearest multiple; shares and intervals from these, not from below."""
    n, base = _nearest(frame["n"], to), _nearest(frame["base"], to)
    n = n.where(n < base, base)
    ends = [wilson(int(a), int(b)) if b else (np.nan, np.nan) for a, b in zip(n, base, strict=True)]
    share = [a / b if b else np.nan for a, b in zip(n, base, strict=True)]
    return frame.assign(
        n=n, base=base, share=share, low=[e[0] for e in ends], high=[e[1] for e in ends]
    )


def _parts(links: pd.DataFrame, kind: str) -> Parts:
    out: dict[str, dict[str, dict[str, int]]] = {}
    for row in each(links[links["kind"] == kind]):
        other = row.right if row.owner == row.left else row.left
        out.setdefault(row.owner, {}).setdefault(other, {})[row.value] = row.component
    return out


def _hidden(
    crosstabs: pd.DataFrame, links: pd.DataFrame, minimum: int
) -> tuple[pd.Series, pd.Series]:
    """For each row: must it be hidden, and must its base be hidden."""
    parents = links[links["kind"] == "theme"].set_index("value")["owner"]
    sub = crosstabs["value"].isin(parents.index) & (crosstabs["measure"] == "theme")
    own = crosstabs[(crosstabs["attribute"] != "") & ~sub]
    keys = own["question_id"] + "|" + own["measure"]
    cells = {
        (str(attribute), str(key)): _cells(table, crosstabs, str(key))
        for (attribute, key), table in own.groupby([own["attribute"], keys], sort=False)
    }
    rows, columns = _parts(links, "attribute"), _parts(links, "question")
    secret = sub & (crosstabs["attribute"] != "")
    groups = pd.Series(False, index=crosstabs.index)
    places = {
        (str(attribute), str(key)): table
        for (attribute, key), table in crosstabs.groupby(
            [crosstabs["attribute"], crosstabs["question_id"] + "|" + crosstabs["measure"]],
            sort=False,
        )
    }
    for tables in _populations(cells):
        suppressor = Suppressor(tables, rows, columns, minimum)
        _withhold_concentrated(suppressor, crosstabs, parents, minimum)
        for key, hidden in suppressor.hidden().items():
            _mark(secret, groups, places[key], tables[key], hidden, suppressor.groups[key[0]])
    return secret, groups


def _cells(table: pd.DataFrame, crosstabs: pd.DataFrame, key: str) -> Cells:
    values, groups = list(dict.fromkeys(table["value"])), list(dict.fromkeys(table["group"]))
    n = table.pivot(index="group", columns="value", values="n").loc[groups, values]
    base = table.drop_duplicates("group").set_index("group")["base"].loc[groups]
    counts = n.to_numpy(dtype="int64")
    question, _, measure = key.rpartition("|")
    whole = crosstabs[
        (crosstabs["attribute"] == "")
        & (crosstabs["question_id"] == question)
        & (crosstabs["measure"] == measure)
    ].set_index("value")["n"]
    total = whole.reindex(values).fillna(n.sum()).to_numpy(dtype="int64")
    adds_up = bool((counts.sum(axis=1) == base.to_numpy()).all())
    return Cells(tuple(groups), tuple(values), counts, base.to_numpy(dtype="int64"), total, adds_up)


def _populations(
    cells: Mapping[tuple[str, str], Cells],
) -> list[dict[tuple[str, str], Cells]]:
    """Tables of the same people together: measures that add up and have the same bases."""
    bases: dict[str, list[object]] = {}
    for (attribute, measure), table in cells.items():
        bases.setdefault(measure, []).append(
            (attribute, table.partition, table.groups, tuple(table.base))
        )
    kinds: dict[object, dict[tuple[str, str], Cells]] = {}
    for (attribute, measure), table in cells.items():
        whole = tuple(bases[measure]) if table.partition else measure
        kinds.setdefault(whole, {})[attribute, measure] = table
    return list(kinds.values())


def _withhold_concentrated(
    suppressor: Suppressor, crosstabs: pd.DataFrame, parents: pd.Series, minimum: int
) -> None:
    """A theme that one group alone raised gives away that group's share of a small sub-theme."""
    whole = crosstabs[(crosstabs["attribute"] == "") & crosstabs["value"].isin(parents.index)]
    small = whole[(whole["n"] > 0) & (whole["n"] < minimum)]
    at_risk = set(small["value"].map(parents))
    for key, table in suppressor.tables.items():
        for place, value in enumerate(table.cells.values):
            if value in at_risk and (table.n[:, place] > 0).sum() == 1:
                suppressor.withhold(key, [place])


def _mark(
    secret: pd.Series, groups: pd.Series, rows: pd.DataFrame, cells: Cells, hidden: Bools,
    whole: Bools,
) -> None:  # fmt: skip
    """Write what is hidden in one table into the marks of all rows."""
    at = {g: i for i, g in enumerate(cells.groups)}
    column = {v: i for i, v in enumerate(cells.values)}
    group = rows["group"].map(at).to_numpy(dtype="int64")
    value = rows["value"].map(column)
    known = value.notna().to_numpy()
    places = value.fillna(0).to_numpy(dtype="int64")
    secret.loc[rows.index] |= known & hidden[group, places]
    groups.loc[rows.index] |= whole[group]
