"""What the team says: which replies it is asked for, and what becomes of its labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.embed.encode import embed
from analysis.judge.adapt import adapt
from analysis.judge.hand import Label, effective, hand_positions, hand_tones, last
from analysis.judge.judge import judge
from analysis.judge.people import people_of, written
from analysis.judge.teach import pick
from analysis.prepare.points import split_points
from analysis.prepare.prepare import prepare
from analysis.prepare.review import mark
from analysis.records import Judged, Points, Prepared, Vectors
from analysis.settings import Settings
from tests.judge.test_infer import AGAINST, FOR, SETTINGS, replies
from tests.make import consultation

N = 60
SILENT = consultation(replies(FOR, "please go ahead", N) + replies(AGAINST, "please stop this", N))
TRUTH = {f"R{n:03d}": "support" if n < N else "oppose" for n in range(2 * N)}


@pytest.fixture(scope="module")
def material() -> tuple[Prepared, Points, Vectors]:
    prepared = prepare(SILENT, SETTINGS)
    points = split_points(prepared, SETTINGS)
    return prepared, points, embed(points)


def said(who: str, value: str, prepared: Prepared, when: float = 1.0) -> Label:
    return Label("position", who, value, "Ana", when, of=mark(written(prepared)[who]))  # type: ignore[arg-type]


def judged(material: tuple[Prepared, Points, Vectors], labels: list[Label]) -> Judged:
    return judge(SILENT, *material, SETTINGS, labels=labels)


def asked(material: tuple[Prepared, Points, Vectors], labels: pd.Series) -> list[str]:
    return pick(*people_of(*material), labels, SETTINGS)


def test_the_replies_asked_for_are_the_same_each_time_and_different_people(
    material: tuple[Prepared, Points, Vectors],
) -> None:
    first = asked(material, pd.Series(dtype="str"))
    assert len(set(first)) == SETTINGS.teach_batch
    assert first == asked(material, pd.Series(dtype="str"))
    assert {TRUTH[i] for i in first} == {"support", "oppose"}
    labels = pd.Series({i: TRUTH[i] for i in first})
    then = asked(material, labels)
    assert not set(then) & set(first)
    assert then == asked(material, labels)


def test_nobody_is_asked_for_twice_and_at_the_end_nobody(
    material: tuple[Prepared, Points, Vectors],
) -> None:
    people, vectors = people_of(*material)
    everyone = pd.Series(TRUTH)
    assert pick(people, vectors, everyone, SETTINGS) == []
    assert pick(people, vectors, everyone.drop("R003"), SETTINGS) == ["R003"]


def test_of_copies_of_a_letter_one_is_asked_for() -> None:
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 0, 1]]
    people = pd.DataFrame(
        {"respondent_id": list("abcd"), "text": ["x", "x", "x", "y"], "group": ["x", "x", "x", "y"]}
    )
    nothing = pd.Series(dtype="str")
    assert sorted(pick(people, vectors, nothing, Settings())) == ["a", "d"]
    assert pick(people, vectors, pd.Series({"b": "support"}), Settings()) == ["d"]


def test_a_large_pool_is_cut_to_the_same_people_whatever_their_order() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    ids = [f"r{i}" for i in range(50)]
    people = pd.DataFrame({"respondent_id": ids, "text": ids, "group": ids})
    few = replace(Settings(), teach_pool=10)
    first = pick(people, vectors, pd.Series(dtype="str"), few)
    turned = people.iloc[::-1].reset_index(drop=True)
    assert set(first) == set(pick(turned, vectors[::-1], pd.Series(dtype="str"), few))


def test_forty_labels_teach_a_consultation_without_ticks(
    material: tuple[Prepared, Points, Vectors],
) -> None:
    labels: list[Label] = []
    while len(labels) < SETTINGS.teach_wanted:
        known = hand_positions(labels, material[0])
        labels += [said(i, TRUTH[i], material[0]) for i in asked(material, known)]
    made = judged(material, labels)
    assert made.inference["done"], made.inference["reason"]
    assert f"{len(labels)} of them as the team read them" in made.inference["reason"]
    told = made.responses.query("position_source == 'inferred'")
    model = told[told["position_confidence"].notna()]
    assert len(model) > 40
    right = [TRUTH[r.removesuffix("-q2")] for r in model["response_id"]]
    assert (model["position"] == right).mean() > 0.9
    assert (made.respondents["position"] == "not stated").all()
    assert set(made.checked.query("measure == 'position'")["unit"]) == {x.about for x in labels}


def test_a_reply_read_by_the_team_has_its_position_though_nothing_is_learnt(
    material: tuple[Prepared, Points, Vectors],
) -> None:
    made = judged(material, [said("R001", "oppose", material[0])])
    assert not made.inference["done"]
    assert "Teach" in made.inference["reason"]
    assert made.inference["by_hand"] == 1
    told = made.responses.query("position_source == 'inferred'")
    assert told["response_id"].tolist() == ["R001-q2"]
    assert told["position"].tolist() == ["oppose"]
    assert told["position_confidence"].isna().all()


def test_the_later_label_counts_and_one_taken_back_does_not() -> None:
    one = Label("position", "R1", "support", "Ana", 1.0)
    two = replace(one, value="oppose", who="Bo", when=2.0)
    assert [x.value for x in last([one, two]).values()] == ["oppose"]
    assert last([one, two, replace(two, value="", when=3.0)]) == {}
    assert effective([one, two]) == effective([replace(two, who="Cy", when=9.0, why="because")])


def test_a_label_on_other_words_does_not_apply(
    material: tuple[Prepared, Points, Vectors],
) -> None:
    prepared, points, _ = material
    label = said("R001", "support", prepared)
    assert hand_positions([label], prepared).to_dict() == {"R001": "support"}
    assert hand_positions([replace(label, of=mark("other words"))], prepared).empty
    assert hand_positions([replace(label, about="gone")], prepared).empty
    point = points.points.iloc[0]
    tone = Label(
        "tone", point["response_id"], "negative", "Ana", 1.0, int(point["start"]),
        int(point["end"]), of=mark(point["text"]),
    )  # fmt: skip
    assert hand_tones([tone], points).to_dict() == {point["point_id"]: "negative"}
    assert hand_tones([replace(tone, end=tone.end - 1)], points).empty


def test_a_tone_by_hand_stands_and_its_reply_follows(
    material: tuple[Prepared, Points, Vectors],
) -> None:
    point = material[1].points.iloc[0]
    label = Label(
        "tone", point["response_id"], "mixed", "Ana", 1.0, int(point["start"]), int(point["end"]),
        of=mark(point["text"]),
    )  # fmt: skip
    made = judged(material, [label])
    assert made.points.set_index("point_id")["tone"][point["point_id"]] == "mixed"
    assert made.responses.set_index("response_id")["tone"][point["response_id"]] == "mixed"
    assert "1 passages have a tone by hand" in made.tone_training["reason"]
    before = judged(material, [])
    same = before.points["point_id"] != point["point_id"]
    assert (before.points["tone"] == made.points["tone"])[same].all()


def _toned(wrong: bool) -> tuple[pd.Series, pd.Series, np.ndarray, np.ndarray]:
    """80 points in two heaps; the shipped model is right about all, or wrong about all."""
    ids = [f"p{i}" for i in range(80)]
    truth = np.array(["negative", "positive"] * 40)
    vectors = np.zeros((80, 4), np.float32)
    vectors[np.arange(80), np.where(truth == "positive", 0, 1)] = 1
    shipped = np.where((truth == "positive") != wrong, 2, 0)
    shares = np.full((80, 3), 0.05)
    shares[np.arange(80), shipped] = 0.9
    tones = pd.Series(np.array(["negative", "neutral", "positive"])[shipped], ids)
    return tones, pd.Series(truth, ids), shares, vectors


def test_tones_by_hand_teach_only_where_they_beat_the_shipped_model() -> None:
    tones, truth, shares, vectors = _toned(wrong=True)
    made = adapt(tones, truth[:40], shares, vectors, Settings())
    assert made.decision["done"], made.decision["reason"]
    assert made.tones.tolist() == truth.tolist()
    tones, truth, shares, vectors = _toned(wrong=False)
    made = adapt(tones, truth[:40], shares, vectors, Settings())
    assert not made.decision["done"]
    assert made.decision["reason"].startswith("The shipped model stays")
    pd.testing.assert_series_equal(made.tones, tones)
