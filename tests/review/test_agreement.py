"""Agreement with human codes: known figures on a small made run, and codes in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.__main__ import main
from analysis.errors import FileError
from analysis.intervals import wilson
from analysis.review.agreement import agree, lines
from analysis.review.codes import read_codes


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Six replies to q1; theme t1 has sub-themes s1 (a, b) and s2 (c), t2 has d; e, f in none."""
    folder = tmp_path / "run"
    folder.mkdir()
    held = ["q1-t1;q1-t1-s1", "q1-t1;q1-t1-s1", "q1-t1;q1-t1-s2", "q1-t2", "", ""]
    finest = ["q1-t1-s1", "q1-t1-s1", "q1-t1-s2", "q1-t2", "", ""]
    ids = ["'-a", "b", "c", "d", "e", "f"]
    responses = pd.DataFrame({"response_id": ids, "question_id": "q1", "theme_ids": held})
    points = pd.DataFrame({"response_id": ids, "start": 0, "end": 9, "theme_id": finest})
    names = ["Buses", "Night buses", "School buses", "Bins"]
    themes = pd.DataFrame({"theme_id": ["q1-t1", "q1-t1-s1", "q1-t1-s2", "q1-t2"], "name": names})
    for name, frame in (("responses", responses), ("points", points), ("themes", themes)):
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


def coded(tmp_path: Path, text: str) -> pd.DataFrame:
    (tmp_path / "codes.csv").write_text(text, encoding="utf-8")
    return read_codes(tmp_path / "codes.csv")


def test_figures_of_a_small_run(run: Path, tmp_path: Path) -> None:
    codes = "response_id,code\n-a,bus\nb,bus\nc,bus\ne,bus\nd,bins\nf,\n"
    found = agree(run, coded(tmp_path, codes))
    assert (found.replies, found.not_in_run) == (6, 0)
    bus, bins = found.codes
    assert (bus.code, bus.theme_id, bus.theme) == ("bus", "q1-t1", "Buses")
    assert (bus.replies, bus.theme_replies, bus.both) == (4, 3, 3)
    assert (bus.precision, bus.recall) == (1.0, 0.75)
    assert bus.f1 == pytest.approx(6 / 7)
    assert bus.recall_interval == wilson(3, 4)
    # observed 5/6, by chance 1/2
    assert bus.kappa == pytest.approx((5 / 6 - 1 / 2) / (1 - 1 / 2))
    assert (bins.theme, bins.f1, bins.kappa) == ("Bins", 1.0, 1.0)
    assert found.macro_f1 == pytest.approx((6 / 7 + 1) / 2)
    assert found.ami_replies == 5
    assert found.ami is not None
    assert 0 < found.ami < 1
    # 12 decisions: 4 + 1 yes of people, 3 + 1 of the machine, one apart
    chance = (5 * 4 + 7 * 8) / 144
    assert found.kappa == pytest.approx((11 / 12 - chance) / (1 - chance))


def test_a_code_that_no_theme_meets_counts_nought(run: Path, tmp_path: Path) -> None:
    found = agree(run, coded(tmp_path, "response_id,code\n-a,bus\ne,lamp\nf,lamp\n"))
    lamp = next(c for c in found.codes if c.code == "lamp")
    assert (lamp.theme_id, lamp.f1, lamp.precision, lamp.recall) == ("", 0.0, 0.0, 0.0)
    assert any("no theme" in line for line in lines(found))


FORMS = [
    "response_id,code\na,bus;bin\nb,bus\nc,\n",
    'Response ID;codes\na;"bus; bin"\nb;bus\nc;\n',
    "response_id,code\na,bus\na,bin\nb,bus\nc,\n",
    "response_id,code_1,code_2,note\na,bus,bin,long talk\nb,,bus,\nc,,,x\n",
    "response_id,bus,bin\na,1,1\nb,1,0\nc,0,0\n",
    "response_id,bus,bin\na,TRUE,x\nb,true,\nc,false,\n",
    "\ufeffresponse_id\tbus\tbin\na\t1.0\t1.0\nb\t1.0\t\nc\t\t\n",
]


@pytest.mark.parametrize("text", FORMS)
def test_codes_in_every_form_are_the_same(tmp_path: Path, text: str) -> None:
    rows = coded(tmp_path, text)
    assert {tuple(r) for r in rows.itertuples(index=False)} == {
        ("a", "bus"), ("a", "bin"), ("b", "bus"), ("c", ""),
    }  # fmt: skip


def test_a_column_called_code_may_hold_noughts_and_ones(tmp_path: Path) -> None:
    rows = coded(tmp_path, "response_id,code\na,1\nb,0\n")
    assert list(rows["code"]) == ["1", "0"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,code\na,b\n", "no column response_id"),
        ("response_id\na\n", "no column of codes"),
        ("response_id,code\n", "only a header"),
        ("response_id,code\na,\n", "every code cell is empty"),
        ("response_id,code\na,b\n,c\n", "row 3: response_id is empty"),
        ("response_id,said\n" + "".join(f"r{n},text {n}\n" for n in range(600)), "looks like text"),
    ],
)
def test_what_is_wrong_with_a_file_of_codes_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileError, match=words):
        coded(tmp_path, text)


def test_codes_of_another_run_are_refused_with_examples(run: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"like “zz”.*has “-a”"):
        agree(run, coded(tmp_path, "response_id,code\nzz,bus\n"))
    found = agree(run, coded(tmp_path, "response_id,code\nzz,bus\nb,bus\n"))
    assert (found.not_in_run, found.unknown) == (1, ("zz",))


def test_the_command_prints_json_alone(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("response_id,code\n-a,bus\nb,bus\nd,bins\n")
    assert main(["agree", str(run), "--codes", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"macro_f1", "kappa", "ami"} <= set(found)
    assert {"code", "theme_id", "precision", "recall", "f1"} <= set(found["codes"][0])
    assert main(["agree", str(run), "--codes", str(file)]) == 0
    assert "macro F1" in capsys.readouterr().out
    assert main(["agree", str(tmp_path), "--codes", str(file), "--json"]) == 2
    assert "responses.csv" in capsys.readouterr().err


@given(st.permutations([("-a", "bus"), ("b", "bus"), ("c", "bin"), ("d", "bin"), ("e", "")]))
def test_the_order_of_rows_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    frame = pd.DataFrame(rows, columns=["response_id", "code"])
    base = frame.sort_values("response_id").reset_index(drop=True)
    place = _made(folder)
    assert agree(place, frame) == agree(place, base)


def _made(folder: Path) -> Path:
    ids = ["-a", "b", "c", "d", "e"]
    held = ["q1-t1", "q1-t1", "q1-t2", "", "q1-t2"]
    pd.DataFrame({"response_id": ids, "question_id": "q1", "theme_ids": held}).to_csv(
        folder / "responses.csv", index=False
    )
    pd.DataFrame({"response_id": ids, "start": 0, "end": 5, "theme_id": held}).to_csv(
        folder / "points.csv", index=False
    )
    pd.DataFrame({"theme_id": ["q1-t1", "q1-t2"], "name": ["One", "Two"]}).to_csv(
        folder / "themes.csv", index=False
    )
    return folder
