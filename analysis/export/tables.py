"""The frames of a run as they leave Heard: redacted where they must be, small numbers hidden."""

from __future__ import annotations

import pandas as pd

from analysis.counting import Way, counted_points, ways
from analysis.differences import published
from analysis.disclosure import disclose
from analysis.export.cells import safe_frame
from analysis.groups import theme_members
from analysis.records import Run
from analysis.settings import Rule
from analysis.unlisted import GROUPED_BY


def responses_table(run: Run) -> pd.DataFrame:
    """One row per answer to an open question."""
    members = theme_members(run.points, run.themes, run.prepared)
    ids = members.sort_values("theme_id").groupby("response_id")["theme_id"]
    themes = ids.agg(lambda own: ";".join(dict.fromkeys(own)))
    frame = run.prepared.responses.merge(run.judged.responses, on="response_id")
    frame["theme_ids"] = frame["response_id"].map(themes).fillna("")
    return frame[
        ["response_id", "respondent_id", "question_id", "text", "shown_text", "language", "status",
         "campaign_id", "campaign_copy", "theme_ids", "position", "position_source",
         "position_confidence", "tone"]
    ]  # fmt: skip


def themes_table(run: Run, way: Way = "all") -> pd.DataFrame:
    """One row per theme and sub-theme, with people, responses and points counted."""
    kept = counted_points(run.points, run.prepared, way)
    members = theme_members(kept, run.themes, run.prepared)
    counts = members.groupby("theme_id").agg(
        responses=("response_id", "nunique"),
        respondents=("respondent_id", "nunique"),
        points=("point_id", "nunique"),
    )
    inside = run.prepared.responses["response_id"].isin(kept.points["response_id"])
    analysed = run.prepared.responses[inside]
    base = analysed.groupby("question_id")["respondent_id"].nunique()
    frame = run.themes.themes.merge(counts, on="theme_id", how="left")
    frame["base"] = frame["question_id"].map(base).fillna(0).astype("int64")
    for name in ("responses", "respondents", "points"):
        frame[name] = frame[name].fillna(0).astype("int64")
    share = run.meta["settings"]["minority_share"]
    frame["minority"] = frame["respondents"] <= share * frame["base"]
    return frame[
        ["theme_id", "parent_id", "question_id", "name", "description", "keywords", "responses",
         "respondents", "points", "base", "stability", "minority"]
    ]  # fmt: skip


def points_table(run: Run) -> pd.DataFrame:
    frame = run.points.points.merge(run.themes.assigned, on="point_id")
    frame = frame.merge(run.judged.points, on="point_id")
    frame = frame.rename(columns={"text": "passage"})
    return frame[["response_id", "start", "end", "theme_id", "similarity", "tone", "passage"]]


def groups_table(run: Run, rule: Rule, way: Way = "all") -> pd.DataFrame:
    """CROSSTABS with small numbers hidden, campaigns counted in one way."""
    shown = disclosed(run, rule, way).drop(columns="counting")
    return shown[~shown["attribute"].isin(GROUPED_BY.values())]


def disclosed(run: Run, rule: Rule, way: Way = "all") -> pd.DataFrame:
    """The same, with the tables by position and by date."""
    return disclose(counted(run, run.groups.tables(), way), rule, run.groups.links)


def counted(run: Run, crosstabs: pd.DataFrame, way: Way) -> pd.DataFrame:
    """CROSSTABS in one way of counting; without campaigns all ways are the same."""
    return crosstabs[crosstabs["counting"] == (way if way in ways(run.prepared) else "all")]


def differences_table(run: Run, rule: Rule) -> pd.DataFrame:
    """DIFFERENCES that the rule allows, with the themes' names; each letter counts once."""
    named = dict(zip(run.themes.themes["theme_id"], run.themes.themes["name"], strict=True))
    found = published(run.groups, rule)
    return found.assign(name=found["value"].map(named).fillna(found["value"]))


def csv_text(frame: pd.DataFrame) -> str:
    """CSV whose cells no spreadsheet will run; true and false in small letters."""
    flat = safe_frame(frame)
    for name in flat.columns:
        if pd.api.types.is_bool_dtype(flat[name]):
            flat[name] = flat[name].map({True: "true", False: "false"})
    return flat.to_csv(index=False, lineterminator="\r\n", float_format="%.6g")


def download(frame: pd.DataFrame) -> bytes:
    """The same for a browser's download: with the mark that lets Excel read accents."""
    return csv_text(frame).encode("utf-8-sig")
