"""What the Groups pages ask of a run: small frames with small numbers hidden, ready to draw."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from analysis.counting import Way
from analysis.crossing import Ask, ask
from analysis.differences import published
from analysis.disclosure import disclose_sizes
from analysis.export.tables import disclosed
from analysis.groups import EVERYONE, members_of_groups, with_intervals
from analysis.groups import sizes as people_by_group
from analysis.records import POSITIONS, Question, Run
from analysis.settings import Rule, Settings
from analysis.twins import Group
from analysis.twins import twins as same_people
from analysis.unlisted import BY_DATE, BY_POSITION
from dashboard import results

THEME, WEEK = "Theme", "Submitted"


@st.cache_resource(show_spinner=False, max_entries=8)
def _disclosed(_run: Run, run_id: str, way: Way, rule: Rule) -> pd.DataFrame:
    return disclosed(_run, rule, way)


def crosstab(run: Run, wanted: Ask, way: Way = "all", rule: Rule = "none") -> pd.DataFrame:
    """CROSSTABS plus `shown` for one chart: everyone first, then the groups by size.

    Raises HeardError where the rule does not allow what is wanted.
    """
    if wanted.plain:
        attribute = wanted.by[0] if wanted.by else ""
        frame = _disclosed(run, run.id, way, rule)
        frame = frame[
            (frame["question_id"] == wanted.question_id)
            & (frame["measure"] == wanted.measure)
            & frame["attribute"].isin(["", attribute])
        ]
        order = results.groups(run, attribute) if attribute else []
    else:
        frame = ask(run, wanted, way, rule)
        own = frame[frame["attribute"] != ""].drop_duplicates("group")
        order = own.sort_values(["base", "group"], ascending=[False, True])["group"].tolist()
    at = {g: i for i, g in enumerate([EVERYONE, *order])}
    rank = frame["group"].map(at).fillna(len(at))
    return frame.assign(_o=rank).sort_values("_o", kind="stable").drop(columns="_o")


def position_by_theme(run: Run, question_id: str, way: Way, rule: Rule) -> pd.DataFrame:
    """The stated position of those who raised each theme, and of all whose answer was analysed."""
    frame = _disclosed(run, run.id, way, rule)
    frame = frame[(frame["question_id"] == question_id) & (frame["measure"] == "theme")]
    raised = frame[frame["attribute"] == ""].set_index("value")
    own = frame[frame["attribute"] == BY_POSITION]
    if own.empty:
        return own
    top = results.themes(run, question_id, way).query("parent_id == ''")["theme_id"]
    base = raised["n"].reindex(top).astype("Int64")
    known = own.set_index(["value", "group"])[["n", "shown"]]
    whole = own.drop_duplicates("group").set_index("group")["base"]
    everyone = {p: (whole.get(p, 0), pd.notna(whole.get(p, 0))) for p in POSITIONS}
    rows = [(p, EVERYONE, *everyone[p], int(raised["base"].iloc[0])) for p in POSITIONS]
    for theme in top:
        for p in POSITIONS:
            n, shown = known.loc[(theme, p)] if (theme, p) in known.index else (0, True)
            rows.append((p, theme, n, bool(shown), int(base[theme])))
    made = pd.DataFrame(rows, columns=["value", "group", "n", "shown", "base"])
    made["attribute"] = np.where(made["group"] == EVERYONE, "", THEME)
    return _with_shares(made.assign(question_id=question_id, measure="position", counting=way))


def _with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    """CROSSTABS plus `shown` from n (missing where hidden), shown and base."""
    number = frame["n"].astype("Int64")
    n = number.fillna(0).clip(upper=frame["base"])  # a rounded number can be above its base
    made = with_intervals(frame.assign(n=n)).assign(shown=frame["shown"].astype(bool))
    made = made.astype({"n": "Int64", "base": "Int64"})
    made.loc[~made["shown"], ["n", "share", "low", "high"]] = pd.NA
    return made


def tone_over_time(run: Run, question_id: str, way: Way, rule: Rule) -> pd.DataFrame:
    """The tone of the answers by the week (or month) they came in; empty without dates."""
    frame = _disclosed(run, run.id, way, rule)
    own = frame[(frame["question_id"] == question_id) & (frame["measure"] == "tone")]
    if not (own["attribute"] == BY_DATE).any():
        return pd.DataFrame()
    return own[own["attribute"].isin(["", BY_DATE])].reset_index(drop=True)


def sizes(run: Run, attribute: str, rule: Rule) -> pd.DataFrame:
    """group, n (empty where the rule hides it) of all who replied, in the order of display."""
    shown = disclose_sizes(people_by_group(run.consultation), rule, run.groups.links)[attribute]
    order = results.groups(run, attribute)
    return pd.DataFrame({"group": order, "n": shown.loc[order].to_numpy()})


def differences(run: Run, rule: Rule) -> pd.DataFrame:
    """The clear differences that the rule allows to be shown."""
    return published(run.groups, rule).query("clear")


def twins(found: pd.DataFrame, run: Run) -> list[tuple[Group, Group]]:
    """Pairs of groups in `found` (differences) that are nearly the same people."""
    told = set(zip(found["attribute"], found["group"], strict=True))
    members = members_of_groups(run.consultation)
    own = pd.MultiIndex.from_frame(members[["attribute", "group"]]).isin(list(told))
    return same_people(members[own], Settings().twin_groups)


def alike(run: Run) -> list[tuple[Question, ...]]:
    """Closed questions with the same answers in the same order, where there are several."""
    found: dict[tuple[str, ...], list[Question]] = {}
    for question in run.consultation.closed_questions:
        if question.kind == "single":
            found.setdefault(question.options, []).append(question)
    return [tuple(own) for own in found.values() if len(own) > 1]


def public_way(way: Way, rule: Rule) -> Way:
    """Beside each other two ways of counting would tell about the few who sent a letter."""
    return way if rule == "none" else "all"
