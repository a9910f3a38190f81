"""The blind check: how the sample is drawn, and what it tells where the truth is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import HeardError
from analysis.intervals import weighted, wilson
from analysis.records import Run
from analysis.review.blind import (
    BlindCode,
    BlindSample,
    _rarest,
    bounds,
    coded,
    draw,
    finished,
    machine_themes,
    new_sample,
    offered,
    to_code,
)  # fmt: skip
from analysis.review.blind_measures import MACHINE, disagreements, measure


def held_of(run: Run, question: str) -> pd.DataFrame:
    return machine_themes(run, question, [t.theme_id for t in offered(run, question)])


def codes_of(sample: BlindSample, said: pd.DataFrame, coder: str = "Ana") -> list[BlindCode]:
    """What a person codes who sees each reply as `said` does."""
    ticked = {i: list(said.columns[said.loc[i]]) for i in sample.ids}
    return [coded(sample, i, coder, t, not t, "", 1.0) for i, t in ticked.items()]


@pytest.fixture(scope="module")
def question(sample_run: Run) -> str:
    return sample_run.consultation.open_questions[0].id


# ---------------------------------------------------------------- drawing
@settings(max_examples=10)
@given(size=st.integers(1, 700), seed=st.integers(0, 2**31 - 1))
def test_every_sample_stands_for_all_replies_and_holds_every_theme(
    sample_run: Run, question: str, size: int, seed: int
) -> None:
    least, most = bounds(sample_run, question)
    drawn = draw(sample_run, question, size, seed)
    assert len(drawn) == min(max(size, least), most)
    assert drawn["response_id"].is_unique
    assert drawn["weight"].sum() == pytest.approx(most)
    assert (drawn["weight"] >= 1).all()
    held = held_of(sample_run, question)
    assert held.loc[drawn["response_id"]].any().all()
    assert (~held.loc[drawn["response_id"]].any(axis=1)).any()  # not grouped
    for _, own in drawn.groupby("stratum"):
        assert own["weight"].nunique() == 1


def test_the_same_seed_draws_the_same_and_another_does_not(sample_run: Run, question: str) -> None:
    one, same, other = (draw(sample_run, question, 80, seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert set(one["response_id"]) != set(other["response_id"])


def test_low_and_high_similarity_are_both_there_and_the_order_hides_them(
    sample_run: Run, question: str
) -> None:
    drawn = draw(sample_run, question, 100, 4)
    strata = drawn["stratum"].str.rsplit(", ", n=1, expand=True)
    assert strata.groupby(0)[1].nunique().eq(2).all()
    order = list(drawn["stratum"])
    assert sum(a == b for a, b in pairwise(order)) < 20
    assert drawn["group"].ne("").all()


@given(
    st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=12)
)  # fmt: skip
def test_drawing_one_of_each_stratum_draws_every_theme(rows: list[list[bool]]) -> None:
    held = pd.DataFrame(rows, columns=list("abcd"), index=[f"R{n}" for n in range(len(rows))])
    theme = _rarest(held)
    assert ((theme == "") == ~held.any(axis=1)).all()
    assert all(held.loc[i, t] for i, t in theme.items() if t)
    for name in held.columns[held.any()]:
        # the worst draw: wherever a stratum has a reply without the theme, that one is drawn
        inside = held[name].groupby(theme.to_numpy()).all()
        assert inside.any()


def test_a_question_without_themes_has_nothing_to_check(sample_run: Run) -> None:
    bare = replace(sample_run.themes, themes=sample_run.themes.themes.head(0))
    run = replace(sample_run, themes=bare)
    assert bounds(run, "q7") == (0, 0)
    with pytest.raises(HeardError, match="no themes"):
        new_sample(run, "q7", 50, "Ana", 1.0)


def test_the_rule_says_what_was_done(sample_run: Run, question: str) -> None:
    sample = new_sample(sample_run, question, 90, "Ana", 1.0, seed=5)
    assert sample.size == len(sample.drawn) == 90
    assert sample.run_id == sample_run.id
    assert "90 of 355 analysed replies" in sample.rule
    assert "“Channel”" in sample.rule
    assert sample.rule.endswith("Seed 5.")
    names = [t.name.casefold() for t in sample.themes]
    assert names == sorted(names)
    assert not any("-s" in t.theme_id for t in sample.themes)


# ---------------------------------------------------------------- coding
def test_a_reply_is_about_something_or_about_none_of_these(sample_run: Run, question: str) -> None:
    sample = new_sample(sample_run, question, 50, "Ana", 1.0, seed=1)
    first, theme = sample.ids[0], sample.themes[0].theme_id
    for ticked, none in (([], False), ([theme], True)):
        with pytest.raises(HeardError, match="not both"):
            coded(sample, first, "Ana", ticked, none, "", 1.0)
    assert coded(sample, first, "Ana", [theme, "unknown"], False, " x ", 1.0).theme_ids == (theme,)


def test_the_last_word_counts_and_a_part_of_the_sample_does_not(
    sample_run: Run, question: str
) -> None:
    sample = new_sample(sample_run, question, 50, "Ana", 1.0, seed=1)
    codes = codes_of(sample, held_of(sample_run, question))
    assert finished(sample, codes[:-1]) == []
    assert to_code(sample, codes[:-1], "Ana") == [sample.ids[-1]]
    assert to_code(sample, codes, "Ben") == sample.ids
    with pytest.raises(HeardError, match="Nobody"):
        measure(sample_run, sample, codes[:-1])
    again = replace(codes[0], theme_ids=(), note="second thought")
    changed = disagreements(sample_run, sample, [*codes, again])
    assert [d.response_id for d in changed] == [codes[0].response_id] * bool(codes[0].theme_ids)


# ---------------------------------------------------------------- measuring
@settings(max_examples=8)
@given(size=st.integers(1, 400), seed=st.integers(0, 1000))
def test_who_agrees_with_the_machine_finds_it_perfect_and_its_counts_right(
    sample_run: Run, question: str, size: int, seed: int
) -> None:
    sample = new_sample(sample_run, question, size, "Ana", 1.0, seed=seed)
    held = held_of(sample_run, question)
    found = measure(sample_run, sample, codes_of(sample, held))
    counts = [*held.sum(), (~held.any(axis=1)).sum()]
    assert [m.machine_count for m in found.themes] == counts
    for m in found.themes:
        assert (m.precision.value, m.recall.value, m.f1.value, m.kappa) == (1, 1, 1, 1)
        assert m.people_count.value == m.machine_count
        assert m.people_count.low <= m.machine_count <= m.people_count.high
    (pair,) = found.machine
    assert (pair.one, pair.two, pair.f1.value, pair.macro_f1, pair.kappa) == (
        MACHINE, "Ana", 1, 1, 1,
    )  # fmt: skip
    assert found.people == ()
    assert disagreements(sample_run, sample, codes_of(sample, held)) == []


def test_where_everything_is_coded_the_count_is_what_people_count(
    sample_run: Run, question: str
) -> None:
    sample = new_sample(sample_run, question, 10_000, "Ana", 1.0, seed=1)
    held = held_of(sample_run, question)
    truth = held.sample(frac=1, random_state=1).set_axis(held.index)
    found = measure(sample_run, sample, codes_of(sample, truth))
    for m, column in zip(found.themes, held.columns, strict=False):
        ours, theirs = held[column], truth[column]
        assert m.people_count.value == pytest.approx(theirs.sum())
        assert m.people_count.low == pytest.approx(m.people_count.high)
        assert m.precision.value == pytest.approx((ours & theirs).sum() / ours.sum())
        assert m.recall.value == pytest.approx((ours & theirs).sum() / theirs.sum())
        assert m.f1.value == pytest.approx(2 * (ours & theirs).sum() / (ours.sum() + theirs.sum()))


def test_the_estimates_are_right_on_the_whole_and_the_intervals_hold_the_truth(
    sample_run: Run, question: str
) -> None:
    """A person who sees one theme in five less than the machine and adds some by mistake."""
    held = held_of(sample_run, question)
    rng = np.random.default_rng(0)
    less, more = rng.random(held.shape) < 0.2, rng.random(held.shape) < 0.02
    truth = (held & ~less) | more
    real = np.array([*truth.sum(), (~truth.any(axis=1)).sum()])
    inside, off = [], []
    for seed in range(12):
        sample = new_sample(sample_run, question, 100, "Ana", 1.0, seed=seed)
        made = [m.people_count for m in measure(sample_run, sample, codes_of(sample, truth)).themes]
        inside += [c.low <= n <= c.high for c, n in zip(made, real, strict=True)]
        off.append([c.value - n for c, n in zip(made, real, strict=True)])
    assert np.mean(inside) > 0.9
    assert abs(np.mean(off)) < 2


def test_two_people_are_compared_with_each_other_and_the_furthest_apart_come_first(
    sample_run: Run, question: str
) -> None:
    sample = new_sample(sample_run, question, 60, "Ana", 1.0, seed=2)
    held = held_of(sample_run, question)
    ana = codes_of(sample, held)
    ben = codes_of(sample, held, "Ben")
    one = next(n for n, c in enumerate(ben) if len(c.theme_ids) == 1)
    two = next(n for n, c in enumerate(ben) if len(c.theme_ids) == 2)
    ben[one] = replace(ben[one], theme_ids=(), note="about nothing")
    ben[two] = replace(ben[two], theme_ids=ben[two].theme_ids[:1])
    found = measure(sample_run, sample, [*ana, *ben])
    assert found.coders == ("Ana", "Ben")
    (people,) = found.people
    assert (people.one, people.two) == ("Ana", "Ben")
    assert people.f1.low < people.f1.value < 1
    assert people.kappa < 1
    assert [p.f1.value for p in found.machine] == [1.0, people.f1.value]
    first, second = disagreements(sample_run, sample, [*ana, *ben])
    assert (first.response_id, first.distance) == (ben[one].response_id, 1.0)
    assert (second.response_id, second.distance) == (ben[two].response_id, 0.5)
    assert first.notes == (("Ben", "about nothing"),)
    assert dict(first.answers) == {
        MACHINE: ana[one].theme_ids, "Ana": ana[one].theme_ids, "Ben": (),
    }  # fmt: skip


def test_a_share_of_equal_weights_is_that_of_wilson() -> None:
    values, cases = np.array([1, 1, 0, 0, 0]), np.ones(5)
    many = 1e9  # stand for so many that what was drawn is nothing beside it
    assert weighted(values, cases, np.full(5, many)) == pytest.approx((0.4, *wilson(2, 5)))
    assert weighted(values, cases, np.ones(5)) == (0.4, 0.4, 0.4)
    half = weighted(values, cases, np.full(5, 2.0))
    assert wilson(2, 5)[0] < half[1] < half[0] < half[2] < wilson(2, 5)[1]
    assert np.isnan(weighted(values, np.zeros(5), np.ones(5))[0])
