"""The Columns page on files that need a person: sheets, a wrong header, more files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.prepare.prepare import prepare
from analysis.records import Consultation
from analysis.settings import Settings
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


def test_every_tools_export_shows_a_preview_or_what_it_needs(
    open_page: Open, home: Path, shared: Path
) -> None:
    """Each file of the export collection, without touching a control."""
    shown: dict[str, str] = {}
    for file in sorted((shared / "data" / "export_formats").iterdir()):
        if file.suffix not in (".csv", ".xlsx"):
            continue
        app, _ = opened(open_page, home, (file.name, file.read_bytes()))
        assert not app.exception, file.name
        said = " ".join(str(t.value) for t in app.text)
        shown[file.name] = metrics(app).get("Respondents", said[:80])
        assert metrics(app) or "This did not work" in " ".join(m.value for m in app.markdown)
    # these two hold no answers to any question, and the page says so
    assert {name for name, said in shown.items() if not said[0].isdigit()} == {
        "iai_consult_layout_biomass.csv",
        "regs_gov_docket_export_legacy_preamble.csv",
    }
    assert shown["qualtrics_three_header_rows.csv"][0].isdigit()
    assert shown["surveymonkey_two_header_rows_star_wars_first300.csv"] == "300"
    assert shown["smartsurvey_govuk_header_lorem_first25.csv"] == "25"


def test_labels_dates_and_phrases_of_the_team_reach_the_results(
    open_page: Open, home: Path
) -> None:
    rows = ["ID,Sent,Region,q_17", "R1,03/04/2026,North,Same as my neighbour said"]
    rows += ["R2,05/04/2026,South,The phone line is always busy on Mondays", "R3,,North,None"]
    app, ident = opened(open_page, home, ("a.csv", "\n".join(rows).encode()))
    app.text_input(key=f"label-{ident}-q_17").input("What do you think of the plan?").run()
    app.selectbox(key=f"dates-{ident}").set_value("month first").run()
    app.text_area(key=f"no-view-{ident}").input("same as my neighbour said!").run()
    app.text_area(key=f"views-{ident}").input("none").run()
    assert not app.exception
    app.button(key="confirm").click().run()
    assert not app.exception
    store = Store(home)
    entry = store.entry(ident)
    assert entry.consultation_fp is not None
    made = store.artefacts(ident).load("consultation", entry.consultation_fp, Consultation)
    assert [q.text for q in made.open_questions] == ["What do you think of the plan?"]
    assert made.respondents["submitted"].tolist() == ["2026-03-04", "2026-05-04", ""]
    status = prepare(made, Settings()).responses["status"]
    assert status.tolist() == ["no_content", "analysed", "analysed"]
    assert "month first" in str(entry.mapping)


def test_the_tool_that_wrote_a_file_is_shown_with_its_reason_and_can_be_overruled(
    open_page: Open, home: Path
) -> None:
    head = b"StartDate,ResponseId,Finished,Q1\n"
    body = b"2026-01-02,R_1,True,-\n2026-01-02,R_2,True,The phones are busy all day\n"
    app, ident = opened(open_page, home, ("a.csv", head + body))
    assert any("has the columns" in str(c.value) for c in app.caption)
    app.selectbox(key=f"layout-{ident}-0").set_value("smartsurvey").run()
    app.button(key=f"again-{ident}-0").click().run()
    assert not app.exception
    assert any("chosen by the user" in str(c.value) for c in app.caption)
    assert metrics(app)["Answers to open questions"] == "1"
    assert Store(home).entry(ident).files[0].options == {"layout": "smartsurvey"}
