"""Language is taken out of the vectors, and themes of the five-language case go by point."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.embed import multilingual
from analysis.embed.languages import languages_of, without_language
from analysis.export.tables import responses_table
from analysis.pipeline import load, plan, run
from analysis.records import Run, Vectors
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from tests.make import consultation, frame

TOGETHER = Settings(embedder="multilingual")


def made(n: int, codes: list[str]) -> tuple[Vectors, pd.Series]:
    """Vectors of two subjects, moved by language; the two are independent."""
    rng = np.random.default_rng(1)
    rows = rng.normal(0, 0.05, (n, 16))
    rows[np.arange(n), np.arange(n) % 2] += 1
    rows[:, 2] += np.array([c == "cy" for c in codes])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    texts = [f"t{i:02d}" for i in range(n)]
    vectors = Vectors(frame([(t,) for t in texts], ["text"]), rows.astype(np.float32))
    return vectors, pd.Series(codes, index=texts, dtype="str")


def test_what_a_language_shares_goes_and_the_subject_stays() -> None:
    vectors, language = made(20, ["cy"] * 10 + ["en"] * 10)
    before = vectors.vectors.copy()
    level = without_language(vectors, language).vectors
    assert np.array_equal(vectors.vectors, before)
    assert np.allclose(np.linalg.norm(level, axis=1), 1, atol=1e-5)
    subject = np.arange(20) % 2
    for i in range(10):
        near = level[10:] @ level[i]
        assert near[subject[10:] == subject[i]].min() > 0.8
        assert near[subject[10:] != subject[i]].max() < 0.4
    assert np.abs(level[:10].mean(0) - level[10:].mean(0)).max() < 0.1


def test_a_language_of_too_few_texts_moves_nothing() -> None:
    vectors, language = made(20, ["cy"] * 4 + ["en"] * 16)
    assert without_language(vectors, language) is vectors


def test_the_language_of_a_text_does_not_depend_on_order() -> None:
    points = frame([("r1", "same"), ("r2", "same"), ("r2", "b")], ["response_id", "text"])
    responses = frame([("r1", "und"), ("r2", "cy")], ["response_id", "language"])
    assert languages_of(points, responses).to_dict() == {"same": "cy", "b": "cy"}
    assert languages_of(points[::-1], responses[::-1]).to_dict() == {"same": "cy", "b": "cy"}


@pytest.fixture(scope="module")
def five(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[str], Artefacts]:
    if multilingual.problem():
        pytest.skip(multilingual.problem())
    table = pd.read_csv(cases / "CLU-11" / "five_languages.csv")
    kept = Artefacts(tmp_path_factory.mktemp("five"))
    result = run(consultation(list(table["Q1"])), TOGETHER, kept)
    kept.save("consultation", result.meta["fingerprints"]["consultation"], result.consultation)
    return result, list(table["Language"]), kept


def test_three_themes_of_ten_each_in_five_languages(
    five: tuple[Run, list[str], Artefacts],
) -> None:
    result, languages, _ = five
    table = responses_table(result).assign(point=[i % 3 for i in range(30)], spoken=languages)
    assert (table["status"] == "analysed").all()
    by_theme = table.groupby("theme_ids")
    assert by_theme.size().tolist() == [10, 10, 10]
    assert by_theme["point"].nunique().tolist() == [1, 1, 1]
    assert by_theme["spoken"].nunique().tolist() == [5, 5, 5]
    assert "" not in set(table["theme_ids"])


def test_tone_is_not_called_neutral_where_it_cannot_be_read(
    five: tuple[Run, list[str], Artefacts],
) -> None:
    result, languages, _ = five
    table = responses_table(result)
    english = np.array(languages) == "en"
    assert (table["tone"][english] != "").all()
    assert (table["tone"][~english] == "").all()
    tone = result.groups.crosstabs.query("measure == 'tone' and attribute == ''")
    assert set(tone["base"]) == {english.sum()}
    assert tone["n"].sum() == english.sum()


def test_names_are_english_where_english_can_name(five: tuple[Run, list[str], Artefacts]) -> None:
    keywords = "; ".join(five[0].themes.themes["keywords"])
    assert "phone queue" in keywords
    assert "refusal" in keywords
    for word in ("coada", "espera", "ciw", "gwrthodiad", "odmow"):
        assert word not in keywords.lower()


def test_which_encoder_ran_and_why_is_kept(five: tuple[Run, list[str], Artefacts]) -> None:
    result, _, kept = five
    said = result.meta["backends"]["embedding"]
    assert said["name"] == multilingual.NAME
    assert said["revision"] == multilingual.revision()
    assert "all languages" in said["reason"]
    again = load(result.meta["fingerprints"], result.meta, kept)
    assert again.themes.themes.equals(result.themes.themes)


def test_the_switch_makes_status_and_themes_again(
    five: tuple[Run, list[str], Artefacts],
) -> None:
    result, _, kept = five
    todo = {p.stage for p in plan(result.consultation, Settings(), kept) if not p.stored}
    assert {"prepare", "points", "embed", "themes"} <= todo
    assert all(p.stored for p in plan(result.consultation, TOGETHER, kept))
