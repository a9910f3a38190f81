from __future__ import annotations

import numpy as np

from analysis.settings import Settings
from analysis.themes.cluster import ThemeClusters
from analysis.themes.graph import Floats, exact, nearest, renumber, unit, without
from analysis.themes.layout import flat
from analysis.themes.means import merge
from analysis.themes.stability import best_jaccard, stability

RANDOM = np.random.default_rng(3)


def blobs(groups: int, size: int, spread: float = 0.6) -> tuple[Floats, np.ndarray]:
    centres = unit(RANDOM.normal(size=(groups, 64)))
    noise = unit(RANDOM.normal(size=(groups * size, 64)))
    labels = np.repeat(np.arange(groups), size)
    return unit(centres[labels] + spread * noise), labels


def test_clear_groups_are_found() -> None:
    vectors, labels = blobs(5, 40)
    found = ThemeClusters(Settings()).fit(vectors)
    assert best_jaccard(labels, found.labels_).mean() > 0.9


def test_nearest_is_exact() -> None:
    vectors, _ = blobs(3, 30)
    rows, cosines = nearest(vectors, 5)
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -2)
    assert np.allclose(np.sort(scores, axis=1)[:, :-6:-1], cosines, atol=1e-3)
    assert not (rows == np.arange(90)[:, None]).any()


def test_products_of_exact_vectors_do_not_depend_on_the_order_of_adding() -> None:
    vectors = exact(blobs(3, 30)[0])
    turned = np.ascontiguousarray(vectors[:, ::-1])
    assert np.array_equal(vectors @ vectors.T, turned @ turned.T)
    assert np.abs(vectors @ vectors.T - np.einsum("ij,kj->ik", vectors, vectors)).max() == 0


def test_clear_groups_come_back_and_noise_does_not() -> None:
    clear, _ = blobs(5, 40)
    fine, tops = stability(ThemeClusters(Settings()).fit(clear))
    assert fine.min() > 0.8
    assert tops.min() > 0.6
    noise = unit(RANDOM.normal(size=(300, 64)))
    again, _ = stability(ThemeClusters(Settings()).fit(noise))
    assert again.size == 0 or again.mean() < 0.6


def test_one_text_less_changes_little() -> None:
    vectors, _ = blobs(8, 30, spread=1.0)
    whole = ThemeClusters(Settings()).fit(vectors)
    less = ThemeClusters(Settings()).fit(vectors[1:])
    assert best_jaccard(renumber(whole.labels_[1:]), less.labels_).mean() > 0.8


def test_merge_joins_the_nearest_groups() -> None:
    vectors = unit(np.array([[1, 0, 0], [1, 0.1, 0], [0.9, 0.3, 0], [0, 0, 1]], np.float32))
    merged = merge(vectors, np.arange(4), 2, 10, -1.0)
    assert list(merged) == [0, 0, 0, 1]
    assert merge(vectors, np.arange(4), 1, 10, 0.5).max() == 1


def test_the_word_of_the_question_makes_no_difference() -> None:
    vectors, labels = blobs(2, 30)
    marks = RANDOM.random(60) < 0.5
    named = unit(vectors + 2 * marks[:, None] * unit(np.ones((1, 64), np.float32)))
    plain = without(named - named.mean(axis=0), [marks])
    gap = plain[marks].mean(axis=0) - plain[~marks].mean(axis=0)
    assert np.linalg.norm(gap) < 0.3
    assert labels.max() == 1


def test_picture_keeps_groups_apart() -> None:
    vectors, labels = blobs(4, 30)
    place = flat(vectors, labels)
    middle = np.stack([place[labels == g].mean(axis=0) for g in range(4)])
    inside = np.mean([place[labels == g].std(axis=0).mean() for g in range(4)])
    gaps = np.linalg.norm(middle[:, None] - middle[None], axis=2)[np.triu_indices(4, 1)]
    assert gaps.mean() > 3 * inside
