"""The cases on tone and position, from the file on disk to the tables that leave Heard.

Neighbours: sentences of the same kind as the cases, written for these tests.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.export.folder import files
from analysis.export.tables import responses_table
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.judge.lexicon import ruled
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from dashboard.results import Filters, answers


def _run(file: Path, folder: Path) -> Run:
    mapping = propose([read(file)], title=file.stem)
    return run(build([read(file)], mapping), Settings(), Artefacts(folder))


def _told(cases: Path, name: str, file: str, folder: Path) -> tuple[Run, pd.DataFrame]:
    """The run, and Response ID → tone, position, gold of the answers to Q1."""
    given = pd.read_csv(cases / name / file, dtype=str)
    asked = folder / file
    given[["Response ID", "Q1"]].to_csv(asked, index=False)  # Heard must not see the gold
    made = _run(asked, folder / "store")
    told = responses_table(made).set_index("respondent_id")
    return made, told.join(given.drop(columns="Q1").set_index("Response ID"))


def test_sen_01_negation(cases: Path, tmp_path: Path) -> None:
    made, told = _told(cases, "SEN-01", "negation.csv", tmp_path)
    right = [t in g.split("_or_") for t, g in zip(told["tone"], told["gold"], strict=True)]
    assert sum(right) >= 8, told["tone"].to_dict()
    assert not (told.loc[["N01", "N02", "N05", "N07"], "tone"] == "negative").any()
    backend = made.meta["backends"]["tone"]
    assert backend["name"]
    assert backend["reason"]


def test_sen_03_sarcasm_is_not_praise_nor_a_quote_of_praise(cases: Path, tmp_path: Path) -> None:
    made, told = _told(cases, "SEN-03", "sarcasm.csv", tmp_path)
    assert (told.loc[told["gold"] == "positive", "tone"] == "positive").all()
    hollow = told[told["gold"] == "negative"]
    assert (hollow["tone"] == "positive").sum() <= 1
    listed = answers(made, Filters(tone="positive"))["respondent_id"]
    assert set(listed) == set(told.index[told["gold"] == "positive"])
    owner = made.prepared.responses.set_index("response_id")["respondent_id"]
    points = made.points.points.merge(made.judged.points, on="point_id")
    praise = points.loc[points["tone"] == "positive", "response_id"].map(owner)
    assert not set(praise) & set(hollow.index)


def test_sen_04_tone_is_never_a_position(cases: Path, tmp_path: Path) -> None:
    made, told = _told(cases, "SEN-04", "stance.csv", tmp_path)
    assert set(told["position"]) == {"not stated"}
    assert told.loc["P01", "tone"] != "negative"
    assert told.loc["P02", "tone"] != "positive"
    points = made.points.points.merge(made.judged.points, on="point_id")
    who = points["response_id"].map(
        made.prepared.responses.set_index("response_id")["respondent_id"]
    )
    stance = points.groupby(who)["stance"].agg(set)
    expected = {"P01": "concerned", "P02": "supportive", "P03": "supportive", "P04": "concerned"}
    assert sum(s in stance[p] for p, s in expected.items()) >= 3, stance.to_dict()
    headings = files(made)["brief.html"].split("<h")
    named = [h.split(">", 1)[1].split("<")[0].lower() for h in headings[1:] if ">" in h]
    assert not [n for n in named if any(w in n for w in ("support", "oppose", "against"))]


def test_sen_07_the_whole_of_a_long_reply_is_read(cases: Path, tmp_path: Path) -> None:
    made, told = _told(cases, "SEN-07", "long_turn.csv", tmp_path)
    assert told.loc["L01", "tone"] in ("mixed", "negative")
    assert told.loc["L02", "tone"] == "negative"
    points = made.points.points
    length = made.prepared.responses.set_index("response_id")["text"].str.len()
    for response, own in points.groupby("response_id"):
        assert own["end"].max() == length[response]


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("We had no difficulty with the booking line.", "positive"),
        ("I have never had a problem with the app.", "positive"),
        ("Nothing to complain about, really.", "positive"),
        ("I can't say the website is easy or friendly.", "negative"),
        ("By no means the worst letter I have had.", "neutral"),
        ("There is no shortage of forms.", "neutral"),
        ("The new form is so much easier.", "positive"),
        ("It would be so much easier to ring someone.", None),
        ("It was so much better before.", None),
        ("No one listens.", None),
        ("The staff could not have been nicer.", "positive"),
        ("I cannot fault the care.", "positive"),
        ("It could not be worse.", None),
        ("The answers are not helpful at all.", "negative"),
        ("The ramp wasn’t very safe.", "negative"),
        ("Not only helpful but kind.", None),
    ],
)
def test_neighbours_of_negation(text: str, tone: str | None) -> None:
    assert ruled(text) == tone


NEIGHBOURS = {
    "negative": [
        "The answers are not helpful at all.", "It did not work and nobody cared.",
        "The portal is not fit for purpose.", "I was left waiting for weeks, it is a disgrace.",
    ],
    "positive": [
        "No problems whatsoever, the nurse was kind.", "Really happy with the help I received.",
        "Without doubt the best clinic in the county.", "The staff could not have been nicer.",
    ],
}  # fmt: skip


def test_neighbours_end_to_end(tmp_path: Path) -> None:
    rows = [(t, g) for g, own in NEIGHBOURS.items() for t in own]
    file = tmp_path / "neighbours.csv"
    frame = pd.DataFrame(rows, columns=["What do you think of the service?", "gold"])
    frame.insert(0, "Response ID", [f"X{n}" for n in range(len(rows))])
    frame.drop(columns="gold").to_csv(file, index=False)
    told = responses_table(_run(file, tmp_path / "store")).set_index("respondent_id")["tone"]
    opposite = {"negative": "positive", "positive": "negative"}
    assert not [(i, t) for i, (_, g) in enumerate(rows) if (t := told[f"X{i}"]) == opposite[g]]
    assert sum(told[f"X{i}"] == g for i, (_, g) in enumerate(rows)) >= 5, told.to_dict()
