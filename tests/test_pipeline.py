"""The whole line on the sample: it adds up, comes out the same, and goes on where it stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import Cancelled
from analysis.export.tables import groups_table, points_table, responses_table, themes_table
from analysis.pipeline import STAGES, plan, run
from analysis.records import Run
from analysis.sample import ID
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.store.store import Store
from tests.conftest import ROOT
from tests.make import consultation


@pytest.fixture(scope="module")
def artefacts(analysed_home: Path) -> Artefacts:
    return Store(analysed_home).artefacts(ID)


@pytest.fixture(scope="module")
def sample(sample_run: Run) -> Run:
    return sample_run


def test_received_is_analysed_plus_excluded(sample: Run) -> None:
    ledger = sample.ledger
    assert ledger["received"] == 612
    assert ledger["received"] == ledger["analysed"] + sum(ledger["excluded"].values())
    for q in ledger["questions"]:
        parts = ("no_content", "not_read", "other_language", "in_themes", "not_grouped")
        assert q["answered"] == sum(q[p] for p in parts)
        assert q["answered"] + q["blank"] == 612


def test_points_lie_in_their_responses(sample: Run) -> None:
    texts = sample.prepared.responses.set_index("response_id")["text"]
    for row in points_table(sample).itertuples(index=False):
        assert 0 <= row.start < row.end <= len(texts[row.response_id])


def test_assignments_point_to_kept_responses_and_known_themes(sample: Run) -> None:
    kept = sample.prepared.responses.query("status == 'analysed'")["response_id"]
    points = points_table(sample)
    assert set(points["response_id"]) <= set(kept)
    assert set(points["theme_id"]) - {""} <= set(sample.themes.themes["theme_id"])
    of_theme = sample.themes.themes.set_index("theme_id")["question_id"]
    question = sample.prepared.responses.set_index("response_id")["question_id"]
    held = points[points["theme_id"] != ""]
    assert (held["theme_id"].map(of_theme).values == held["response_id"].map(question).values).all()


def test_nothing_received_is_lost(sample: Run) -> None:
    before = sample.consultation.responses
    after = responses_table(sample)
    assert after["response_id"].tolist() == before["response_id"].tolist()
    assert after["text"].tolist() == before["text"].tolist()


def test_the_same_counts_stand_in_table_groups_and_summary(sample: Run) -> None:
    table = themes_table(sample).set_index("theme_id")["respondents"]
    groups = groups_table(sample, "none").query("measure == 'theme' and attribute == ''")
    assert groups.set_index("value")["n"].to_dict() == table.to_dict()
    for question in sample.summary.questions:
        for view in question["viewpoints"]:
            assert f"{table[view['theme_id']]:,} of" in view["sentences"][0]["text"]


def test_every_sentence_cites_and_every_quote_is_in_its_response(sample: Run) -> None:
    rows = responses_table(sample).set_index("response_id")
    permission = sample.consultation.respondents.set_index("respondent_id")["permission"]
    for question in sample.summary.questions:
        for view in [*question["viewpoints"], *question["smaller_views"]]:
            for sentence in view["sentences"]:
                assert sentence["cites"]
                assert set(sentence["cites"]) <= set(rows.index)
            for quote in view["quotes"]:
                row = rows.loc[quote["response_id"]]
                assert row["text"][quote["start"] : quote["end"]] == quote["text"]
                assert permission[row["respondent_id"]] != "no"
                assert quote["text"] in row["shown_text"]


def test_every_theme_is_reachable_from_the_summary(sample: Run) -> None:
    for question in sample.summary.questions:
        listed = {v["theme_id"] for v in [*question["viewpoints"], *question["smaller_views"]]}
        own = sample.themes.themes.query("question_id == @question['question_id']")
        assert set(own.query("parent_id == ''")["theme_id"]) <= listed


def test_no_sentence_speaks_of_the_public(sample: Run) -> None:
    text = json.dumps(sample.summary.questions).lower()
    assert "the public think" not in text


def test_personal_details_are_never_shown(sample: Run) -> None:
    shown = " ".join(sample.prepared.responses["shown_text"])
    names = " ".join(sample.themes.themes[["name", "description", "keywords"]].to_numpy().ravel())
    for secret in ("07700 900", "@example.", "QQ 12 34"):
        assert secret not in shown
        assert secret not in names


def test_theme_names_can_be_read_aloud(sample: Run) -> None:
    names = sample.themes.themes["name"]
    assert not names.str.contains(r"_|^-?\d").any()
    per_question = sample.themes.themes.groupby("question_id")["name"]
    assert (per_question.nunique() == per_question.size()).all()


def test_a_second_run_takes_everything_from_the_store(sample: Run, artefacts: Artefacts) -> None:
    made = sample.consultation
    assert all(p.stored for p in plan(made, Settings(), artefacts))
    again = run(made, Settings(), artefacts)
    assert again.id == sample.id
    assert all(c["stored"] for c in again.meta["stages"].values())
    assert again.summary == sample.summary


def test_a_changed_setting_makes_again_only_what_depends_on_it(
    sample: Run, artefacts: Artefacts
) -> None:
    settings = replace(Settings(), quotes_per_view=1)
    todo = [p.stage for p in plan(sample.consultation, settings, artefacts) if not p.stored]
    assert todo == ["summarise", "write", "fairness"]


def test_a_stopped_run_goes_on_from_the_last_finished_stage(tmp_path: Path) -> None:
    texts = [f"The {w} line is always busy on Monday mornings." for w in "abcdefghijklmnop"]
    made, kept, seen = consultation(texts), Artefacts(tmp_path), []

    def stop_at_themes(stage: str, _title: str, _done: int, _total: int) -> None:
        seen.append(stage)
        if stage == "themes":
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        run(made, Settings(), kept, watch=stop_at_themes)
    stored = {p.stage for p in plan(made, Settings(), kept) if p.stored}
    assert stored == {"prepare", "points", "embed"}
    result = run(made, Settings(), kept)
    assert result.meta["stages"]["embed"]["stored"]
    assert not result.meta["stages"]["themes"]["stored"]


def test_the_same_file_and_seed_give_the_same_themes_in_another_process(
    sample: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    subprocess.run(
        [sys.executable, "-m", "analysis", "run", "--sample", "--out", str(out)],
        cwd=ROOT, check=True, capture_output=True,
        env={"HEARD_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    themes = pd.read_csv(out / "themes.csv", dtype=str, keep_default_na=False)
    assert themes["theme_id"].tolist() == sample.themes.themes["theme_id"].tolist()
    assert themes["name"].tolist() == sample.themes.themes["name"].tolist()
    points = pd.read_csv(out / "points.csv", dtype=str, keep_default_na=False)
    assert points["theme_id"].tolist() == points_table(sample)["theme_id"].tolist()
    assert json.loads((out / "ledger.json").read_text()) == sample.ledger


def test_few_replies_are_listed_not_grouped(tmp_path: Path) -> None:
    result = run(consultation(["Keep the phone line.", "n/a", ""]), Settings(), Artefacts(tmp_path))
    assert result.themes.themes.empty
    entry = result.ledger["questions"][0]
    assert (entry["answered"], entry["blank"], entry["no_content"]) == (2, 1, 1)
    assert entry["not_grouped"] == 1
    assert result.summary.questions[0]["viewpoints"] == []


def test_no_open_question_is_no_fault(tmp_path: Path) -> None:
    made = consultation(["", ""], ["Support", "Oppose"])
    result = run(made, Settings(), Artefacts(tmp_path))
    assert result.ledger["excluded"] == {"closed_only": 2}


def test_stage_names_are_unique_and_parents_come_first() -> None:
    seen = {"consultation"}
    for stage in STAGES:
        assert set(stage.parents) <= seen
        seen.add(stage.name)
    assert len(seen) == len(STAGES) + 1
