"""A code frame that people wrote: read, checked, given away, and replies placed in it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.embed.minilm import MiniLM
from analysis.errors import FileError
from analysis.export.tables import download
from analysis.jobs.worker import work
from analysis.pipeline import load
from analysis.records import Question, Run
from analysis.store.store import Store
from analysis.themes.frame import CodeFrame, frame_table, in_frames, read_frame, with_frames
from tests.jobs.test_onto import EARLY, LATE, analysed
from tests.make import OPEN, consultation

TABLE = """Theme,Part of,Definition,Example 1,Example 2
Buses,,How buses run,The bus never comes,
Late buses,Buses,,The bus was late again,I waited an hour for the bus
Night buses,Buses,,There is no bus at night,
Waste,,Bins and rubbish,Nobody empties the bins,The bins overflow
Dragons,,Beasts that breathe fire,A dragon burnt the castle,
"""


def frame(text: str = TABLE) -> CodeFrame:
    return read_frame(text.encode(), "frame.csv")


def test_a_frame_is_read_with_its_levels_and_examples() -> None:
    got = frame()
    assert got.codes["theme"].tolist() == ["Buses", "Late buses", "Night buses", "Waste", "Dragons"]
    assert got.codes["part of"].tolist() == ["", "Buses", "Buses", "", ""]
    assert len(got.examples) == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column “theme”; its columns are: a, b"),
        ("theme,example\nBus,x\nBus,y\n", "“Bus” more than once"),
        ("theme,part of\nBus,Travel\nCar,\n", "“Bus” is part of “Travel”, which is no theme"),
        ("theme,part of\nA,\nB,A\nC,B\n", "“C” is part of “B”"),
        ("theme,definition\n,nothing\n,more\n", "names no theme"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, said: str) -> None:
    with pytest.raises(FileError, match=said):
        frame(text)


def test_the_themes_of_a_run_are_a_frame_that_is_read_back(sample_run: Run) -> None:
    question = sample_run.consultation.open_questions[0].id
    table = frame_table(sample_run.themes, sample_run.points.points, question)
    own = sample_run.themes.themes.query("question_id == @question")
    assert table["theme"].tolist() == own["name"].tolist()
    got = read_frame(download(table), "code-frame.csv")
    assert got.codes["theme"].tolist() == own["name"].tolist()
    first = table["example 1"].tolist()
    assert set(first) - {""} <= set(got.examples["text"]) | {""}
    refused = set(sample_run.points.points["response_id"][::2])
    kept = frame_table(sample_run.themes, sample_run.points.points, question, refused)
    points = sample_run.points.points
    others = set(points.loc[~points["response_id"].isin(refused), "text"])
    shown = set(kept.filter(like="example").to_numpy().ravel()) - {""}
    assert shown
    assert shown <= others
    assert kept["theme"].tolist() == table["theme"].tolist()


def test_replies_go_to_the_theme_they_are_about_or_to_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ident = store.create("Test", [("a.csv", b"")]).id
    store.set_frame(ident, "q2", frame(), "Ana")
    run = analysed(store, ident, consultation([*EARLY, LATE[1]]))
    names = dict(zip(run.themes.themes["theme_id"], run.themes.themes["name"], strict=True))
    joined = run.points.points.merge(run.themes.assigned, on="point_id")
    told = joined.assign(name=joined["theme_id"].map(names).fillna(""))
    buses = told[told["text"].str.contains("bus")]["name"]
    bins = told[told["text"].str.contains("bins")]["name"]
    assert set(buses) <= {"Late buses", "Night buses"}
    assert set(bins) == {"Waste"}
    assert told.loc[told["text"] == LATE[1], "name"].tolist() == [""]
    assert "Dragons" in set(run.themes.themes["name"])  # nobody spoke of it: that is a finding
    assert run.themes.themes["stability"].isna().all()
    made = run.themes.made["q2"]
    assert (made["how"], made["frame"]) == ("frame", "frame.csv")
    assert made["measured"]["theirs_missing"] is not None
    assert "onto" not in run.meta
    assert run.ledger["questions"][0]["answered"] == 41
    assert [x.action for x in store.audit(ident)] == ["code frame"]

    store.set_frame(ident, "q2", None, "Ana")
    store.enqueue(ident)
    work(store, once=True)
    stored = store.latest_run(ident)
    assert stored is not None
    again = load(stored.fingerprints, stored.meta, store.artefacts(ident))
    assert again.themes.made["q2"]["how"] == "found"


def test_other_questions_keep_what_they_had(tmp_path: Path) -> None:
    questions = (Question("q2", OPEN, "open"), Question("q3", "And else?", "open"))
    encode = MiniLM().encode
    one = in_frames({"q2": frame()}, questions, encode)
    assert one is not None
    two = in_frames({"q3": frame()}, questions, encode, one)
    assert two is not None
    assert set(two.themes.themes["question_id"]) == {"q2", "q3"}
    assert two.prints != one.prints
    assert two.vectors.texts["text"].is_unique
    assert in_frames({}, questions, encode, one) is one
    assert in_frames({"q9": frame()}, questions, encode, one) is one
    assert with_frames(one.prints, {"q9": frame()}, questions) == one.prints
    pd.testing.assert_frame_equal(two.themes.themes.query("question_id == 'q2'"), one.themes.themes)
