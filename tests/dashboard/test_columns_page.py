"""The Columns page on files that need a person: sheets, a wrong header, more files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.store.store import Store
from dashboard import session

Open = Callable[[Path, str], AppTest]
CSV = b"ID,Region,What do you think?\nR1,North,The phone line is busy\nR2,South,Please write back\n"


def opened(open_page: Open, home: Path, *files: tuple[str, bytes]) -> tuple[AppTest, str]:
    store = Store(home)
    ident = store.create("Mine", list(files)).id
    return open_page(home, "columns"), ident


def metrics(app: AppTest) -> dict[str, str]:
    return {m.label: str(m.value) for m in app.metric}


def test_two_sheets_are_read_one_below_the_other(
    open_page: Open, analysed_home: Path, home: Path, cases: Path
) -> None:
    file = next((cases / "ING-14").glob("*.xlsx"))
    app, ident = opened(open_page, home, (file.name, file.read_bytes()))
    assert not app.exception
    sheets = app.multiselect(key=f"sheets-{ident}-0")
    waves = [s for s in sheets.options if "Wave" in s]
    sheets.set_value([w.split(" (")[0] for w in waves]).run()
    app.button(key=f"again-{ident}-0").click().run()
    assert not app.exception
    assert metrics(app)["Respondents"] == "12"
    confirmed = Store(home).entry(ident)
    assert confirmed.files[0].options["sheets"] == ["Responses Wave 1", "Responses Wave 2"]


def test_another_header_row_is_obeyed(open_page: Open, home: Path) -> None:
    app, ident = opened(open_page, home, ("a.csv", CSV))
    assert metrics(app)["Respondents"] == "2"
    app.text_input(key=f"header-{ident}-0").input("2").run()
    app.button(key=f"again-{ident}-0").click().run()
    assert Store(home).entry(ident).files[0].options["header_rows"] == [2]
    assert not app.exception


def test_late_files_become_part_of_the_consultation(open_page: Open, home: Path) -> None:
    late = CSV.replace(b"R1", b"R8").replace(b"R2", b"R9")
    app, _ = opened(open_page, home, ("a.csv", CSV), ("late.csv", late))
    assert not app.exception
    assert metrics(app)["Respondents"] == "4"


def test_a_file_that_cannot_be_read_is_never_kept(home: Path) -> None:
    with pytest.raises(Exception, match="empty"):
        session.readable([("a.csv", CSV), ("b.csv", b"")])
    assert [e.id for e in Store(home).entries()] == ["sample"]
