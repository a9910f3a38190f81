"""Who is missing: the replies' make-up beside a reference population that the team loads.

The team's file names its source; nothing about any population is known here. Organisations are
left out where a column tells them apart, for a population is made of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import FileError
from analysis.groups import NOT_ANSWERED, members_of_groups
from analysis.ingest.read import read
from analysis.intervals import wilson
from analysis.kinds import INDIVIDUAL, kinds
from analysis.records import POSITIONS, Consultation, Judged, each

NEEDED = ("attribute", "group", "source")
SLACK = 0.03  # rounding in a published table: shares may add up to 97 % to 103 %
ROUNDS, NEAR = 200, 1e-9  # raking ends when no margin is further off


@dataclass(frozen=True)
class Weighted:
    """How the position would look if the replies had the reference's make-up: a caution only.

    base: people counted. left_out: people without a group in the reference, by attribute.
    absent: groups of the reference that nobody of is among them; no weight can make up for these.
    effective: the number of people that the weighted base is worth (Kish 1965).
    table: value, share, weighted.
    """

    attributes: tuple[str, ...]
    base: int
    left_out: int
    absent: tuple[str, ...]
    effective: float
    table: pd.DataFrame


def read_reference(content: bytes, name: str = "reference.csv") -> pd.DataFrame:
    """attribute, group, share (adding up to 1 by attribute), source.

    The file has the columns attribute, group, source and either share or count. Raises FileError.
    """
    rows = read(content, name=name).rows
    rows = rows.rename(columns={c: str(c).strip().casefold() for c in rows.columns})
    size = next((c for c in ("share", "count") if c in rows.columns), "")
    missing = [c for c in NEEDED if c not in rows.columns]
    if missing or not size:
        wanted = ", ".join(missing + ([] if size else ["share or count"]))
        raise FileError(
            f"{name} has no column {wanted}. It needs one row a group with the columns attribute, "
            "group, share (or count), and source."
        )
    number = pd.to_numeric(rows[size].str.replace(r"[%,\s]", "", regex=True), errors="coerce")
    wrong = rows.index[number.isna() | (number < 0) | (rows["source"].str.strip() == "")]
    if len(wrong):
        raise FileError(
            f"Row {wrong[0]} of {name} has no {size} that is a number, or no source. Correct it "
            "and load the file again."
        )
    texts = {c: rows[c].str.strip() for c in NEEDED}
    folded = texts["attribute"].str.casefold()
    texts["attribute"] = texts["attribute"].groupby(folded).transform("first")
    frame = pd.DataFrame({**texts, "share": number}).reset_index(drop=True)
    twice = frame.duplicated(["attribute", "group"])
    if twice.any():
        row = frame[twice].iloc[0]
        raise FileError(f"{name} names {row['attribute']}: {row['group']} twice. Keep one row.")
    return _as_shares(frame, size, name)


def _as_shares(frame: pd.DataFrame, size: str, name: str) -> pd.DataFrame:
    total = frame.groupby("attribute")["share"].transform("sum")
    if size == "share":
        off = ~(((total - 1).abs() <= SLACK) | ((total / 100 - 1).abs() <= SLACK))
        if off.any():
            row = frame[off].iloc[0]
            raise FileError(
                f"In {name} the shares of {row['attribute']} add up to {total[off].iloc[0]:g}, not "
                "to 1 or 100 %. Add the groups that are missing, or give counts."
            )
    if (total == 0).any():
        raise FileError(f"In {name} every number of one attribute is 0. Correct it.")
    return frame.assign(share=frame["share"] / total)


def _matched(consultation: Consultation, reference: pd.DataFrame) -> pd.DataFrame:
    """The reference with attributes and groups spelt as in the consultation."""
    names = {a.casefold(): a for a in consultation.attributes}
    own = reference.assign(attribute=reference["attribute"].str.casefold().map(names))
    own = own[own["attribute"].notna()]
    if own.empty:
        raise FileError(
            "No attribute of the reference is a column of this consultation. They are: "
            f"{', '.join(consultation.attributes)}."
        )
    spelt = {
        (a, g.casefold()): g
        for a in own["attribute"].unique()
        for g in consultation.respondents[a].unique()
    }
    groups = [
        spelt.get((a, g.casefold()), g) for a, g in zip(own["attribute"], own["group"], strict=True)
    ]
    return own.assign(group=groups).reset_index(drop=True)


def _counted(consultation: Consultation) -> pd.Index:
    """Those who are compared: individuals where they can be told, else everyone."""
    kind = kinds(consultation)
    ids: pd.Index = pd.Index(consultation.respondents["respondent_id"])
    return ids if kind is None else pd.Index(kind.index[kind == INDIVIDUAL])


def makeup(consultation: Consultation, reference: pd.DataFrame) -> pd.DataFrame:
    """attribute, group, n, base, share, reference, ratio, low, high, verdict, left_out, source.

    ratio: share among the replies / share of the reference, with the Wilson interval of the former.
    verdict: more or fewer than the reference where the interval excludes 1, else about as many;
    nobody where no reply is from the group. left_out: people whose group is not in the reference.
    For the team: beside published tables of everyone it would tell about organisations.
    """
    own = _matched(consultation, reference)
    members = members_of_groups(consultation)
    members = members[members["respondent_id"].isin(_counted(consultation))]
    rows = []
    for attribute, wanted in own.groupby("attribute", sort=False):
        here = members[members["attribute"] == attribute]
        inside = here[here["group"].isin(wanted["group"])]
        base = inside["respondent_id"].nunique()
        people = here["respondent_id"].nunique()
        n = inside.groupby("group")["respondent_id"].nunique()
        for row in each(wanted):
            count = int(n.get(row.group, 0))
            rows.append((attribute, row.group, count, base, row.share, people - base, row.source))
    frame = pd.DataFrame(
        rows, columns=["attribute", "group", "n", "base", "reference", "left_out", "source"]
    )
    return _compared(frame)


def _compared(frame: pd.DataFrame) -> pd.DataFrame:
    ends = [
        wilson(n, b) if b else (0.0, 1.0) for n, b in zip(frame["n"], frame["base"], strict=True)
    ]
    share = frame["n"] / frame["base"].where(frame["base"] > 0)
    reference = frame["reference"].where(frame["reference"] > 0)
    out = frame.assign(
        share=share, ratio=share / reference,
        low=[e[0] for e in ends] / reference, high=[e[1] for e in ends] / reference,
    )  # fmt: skip
    out["verdict"] = np.select(
        [out["n"] == 0, out["low"] > 1, out["high"] < 1],
        ["nobody", "more", "fewer"],
        "about as many",
    )
    return out


def weighted(
    consultation: Consultation, judged: Judged, reference: pd.DataFrame, most: float
) -> Weighted | None:
    """The stated position with the replies raked to the reference (Deming and Stephan 1940).

    Raking fits the shares of all attributes of the reference, one after the other, again and
    again. No weight is above `most` times the average. None without a position or anybody to count.
    """
    if not consultation.position_question:
        return None
    own = _matched(consultation, reference)
    attributes = tuple(dict.fromkeys(own["attribute"]))
    people = consultation.respondents.set_index("respondent_id")
    people = people.loc[_counted(consultation), list(attributes)].replace("", NOT_ANSWERED)
    targets = {a: own[own["attribute"] == a].set_index("group")["share"] for a in attributes}
    inside = pd.Series(True, index=people.index)
    for a, target in targets.items():
        inside &= people[a].isin(target.index[target > 0])
    kept = people[inside]
    if kept.empty:
        return None
    there = {a: t[t.index.isin(kept[a].unique())] for a, t in targets.items()}
    absent = tuple(
        f"{a}: {g}" for a, t in targets.items() for g in t.index if g not in there[a].index
    )
    weights = _rake(kept, {a: t / t.sum() for a, t in there.items()}, most)
    position = judged.respondents.set_index("respondent_id")["position"].loc[kept.index]
    table = pd.DataFrame(
        {
            "value": POSITIONS,
            "share": [float((position == p).mean()) for p in POSITIONS],
            "weighted": [float(weights[position == p].sum() / weights.sum()) for p in POSITIONS],
        }
    )
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    return Weighted(attributes, len(kept), len(people) - len(kept), absent, effective, table)


def _rake(people: pd.DataFrame, targets: dict[str, pd.Series], most: float) -> pd.Series:
    """A weight for each of `people`, 1 on average before those above `most` are cut."""
    weights = pd.Series(1.0, index=people.index)
    for _ in range(ROUNDS):
        before = weights
        for attribute, target in targets.items():
            now = weights.groupby(people[attribute]).sum() / weights.sum()
            weights = weights * people[attribute].map(target / now).astype(float)
        if (weights - before).abs().max() < NEAR:
            break
    return (weights / weights.mean()).clip(upper=most)
