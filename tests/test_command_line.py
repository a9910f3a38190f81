from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.__main__ import main
from tests.conftest import ROOT

CSV = "ID,Region,What do you think of it?\n" + "".join(
    f"R{n},{'North' if n % 2 else 'South'},The telephone line was busy on day {n} of my long wait\n"
    for n in range(20)
)


def test_read_prints_what_it_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text(CSV)
    assert main(["read", str(file), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["rows"], facts["delimiter"], facts["layout"]) == (20, ",", "plain")
    assert [c["role"] for c in facts["columns"]] == ["id", "attribute", "open"]
    assert main(["read", str(file), "--rows"]) == 0
    assert json.loads(capsys.readouterr().out)["data"][0][0] == "R0"


def test_what_was_found_in_a_file_can_be_overruled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(CSV)
    command = ["read", str(file), "--json", "--layout", "smartsurvey", "--header-rows"]
    assert main(command) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["layout"], facts["rows"], facts["header_rows"]) == ("smartsurvey", 21, [])
    assert any("chosen by the user" in w["message"] for w in facts["warnings"])
    assert main(["read", str(file), "--layout", "nothing"]) == 2
    assert "There is no layout “nothing”" in capsys.readouterr().err
    columns = tmp_path / "c.toml"
    columns.write_text('[[files]]\nname = "a.csv"\nlayout = "nothing"\n')
    out = ["--out", str(tmp_path / "out")]
    assert main(["run", str(file), "--columns", str(columns), *out]) == 2
    assert "There is no layout “nothing”" in capsys.readouterr().err
    columns.write_text('[[files]]\nname = "b.csv"\nlayout = "plain"\n')
    assert main(["run", str(file), "--columns", str(columns), *out]) == 2
    assert "c.toml says how to read “b.csv”" in capsys.readouterr().err
    assert main(["read", str(file), "--sheet", "one", "--sheet", "two"]) == 2
    assert "one sheet at a time" in capsys.readouterr().err


def test_run_is_silent_and_leaves_the_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path / "home"))
    (tmp_path / "a.csv").write_text(CSV)
    assert main(["run", str(tmp_path / "a.csv"), "--out", str(tmp_path / "out")]) == 0
    assert capfd.readouterr().out == ""
    assert json.loads((tmp_path / "out" / "ledger.json").read_text())["received"] == 20


@pytest.mark.parametrize(
    ("content", "word"), [("", "empty"), ("ID,Q\n", "no responses"), (None, "no file")]
)
def test_what_the_user_can_mend_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, word: str
) -> None:
    file = tmp_path / "a.csv"
    if content is not None:
        file.write_text(content)
    assert main(["run", str(file), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert word in error
    assert "Traceback" not in error
    assert not (tmp_path / "out").exists()


def test_an_unknown_column_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "c.toml").write_text('[[columns]]\nname = "Nope"\nrole = "open"\n')
    arguments = ["run", str(tmp_path / "a.csv"), "--columns", str(tmp_path / "c.toml")]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert "Nope" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["read"], ["run"], ["agree"], ["worker"]])
def test_every_command_explains_itself(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *command, "--help"],
        cwd=ROOT, capture_output=True, text=True, env=dict(os.environ), check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "usage" in done.stdout


def test_late_replies_are_placed_onto_an_earlier_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path / "home"))
    subjects = ("The bus comes too late at stop", "Nobody empties the bins near house")
    rows = [f"R{n},{subjects[n % 2]} {n}" for n in range(40)]
    first, late = tmp_path / "first.csv", tmp_path / "late.csv"
    first.write_text("ID,What do you think of it?\n" + "\n".join(rows) + "\n")
    late.write_text("ID,What do you think of it?\nR40,The bus comes too late at stop 41\n")
    one, two = tmp_path / "one", tmp_path / "two"
    assert main(["run", str(first), "--out", str(one)]) == 0
    assert main(["run", str(first), str(late), "--out", str(two), "--onto", str(one)]) == 0
    assert (two / "themes.csv").read_text().count("\n") >= 2

    def names(folder: Path) -> list[str]:
        lines = (folder / "themes.csv").read_text(encoding="utf-8").splitlines()[1:]
        return [",".join(line.split(",")[:4]) for line in lines]

    assert names(two) == names(one)
    made = json.loads((two / "run.json").read_text())
    assert made["onto"]["run"] == json.loads((one / "run.json").read_text())["run_id"]
    account = made["themes"]["q1"]
    assert (account["how"], account["further_replies"], account["placed_replies"]) == ("kept", 1, 1)
    assert json.loads((two / "ledger.json").read_text())["received"] == 41
    capsys.readouterr()
    changed = json.loads((one / "run.json").read_text())
    changed["settings"]["embedder"] = "multilingual"
    (one / "run.json").write_text(json.dumps(changed))
    assert main(["run", str(first), "--out", str(two), "--onto", str(one)]) == 2
    assert "another encoder" in capsys.readouterr().err
    assert main(["run", str(late), "--out", str(two), "--onto", str(tmp_path)]) == 2
    assert "holds no run" in capsys.readouterr().err


def test_answers_are_placed_in_a_code_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEARD_HOME", str(tmp_path / "home"))
    file, frame = tmp_path / "a.csv", tmp_path / "frame.csv"
    file.write_text(CSV)
    frame.write_text("theme,example 1\nTelephone,Nobody answers the telephone\nPonds,A dry pond\n")
    run = ["run", str(file), "--out", str(tmp_path / "out"), "--frame"]
    assert main([*run, "1", str(frame)]) == 0
    themes = (tmp_path / "out" / "themes.csv").read_text().splitlines()[1:]
    assert [line.split(",")[3] for line in themes] == ["Telephone", "Ponds"]
    assert main([*run, "9", str(frame)]) == 2
    assert "There is no open question “9” for --frame." in capsys.readouterr().err
