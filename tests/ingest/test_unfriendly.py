"""Files as tools and people really leave them: other marks, languages and slips than elsewhere."""

from __future__ import annotations

import pytest

from analysis.ingest.read import read
from analysis.ingest.scales import is_yes_no, order, positions
from tests.ingest.make import cells, codes, column, csv_bytes, xlsx_bytes


def test_short_turkish_file_is_not_taken_for_baltic() -> None:
    rows = [
        ["No", "İl", "Görüş"],
        ["1", "İzmir", "Telefona kimse bakmıyor, çok beklediğim oldu"],
        ["2", "Muğla", "Başvurunun sonucu öğrenilemiyor"],
    ]
    table = read(csv_bytes(rows, ";", "cp1254"))
    assert (table.encoding, cells(table)) == ("cp1254", rows[1:])


@pytest.mark.parametrize(
    ("codec", "place", "answer"),
    [
        ("cp1250", "Gdańsk", "Żądam, żeby ktoś oddzwonił"),
        ("cp1257", "Šiauliai", "Labai ilgai laukiau, niekas neatsiliepė į skambučius"),
        ("cp1253", "Βόλος", "Δεν απαντά κανείς"),
        ("cp1251", "Одеса", "Никто не отвечает"),
    ],
)
def test_two_replies_are_enough_for_an_alphabet(codec: str, place: str, answer: str) -> None:
    rows = [["ID", "Region", "Answer"], ["1", place, answer], ["2", place, f"{answer}. {place}!"]]
    assert cells(read(csv_bytes(rows, encoding=codec))) == rows[1:]


def test_a_few_bytes_of_windows_do_not_make_a_file_mac() -> None:
    data = "Ref,Comment\n1,Café – “good”\n2,naïve\n".encode() + b"3,\x93bad\x94 \xa310\n"
    table = read(data)
    assert [row[1] for row in cells(table)] == ["Café – “good”", "naïve", "“bad” £10"]
    assert "mixed_encoding" in codes(table)


def test_two_marks_of_utf8_leave_the_header_clean() -> None:
    table = read(b"\xef\xbb\xbf" * 2 + b'"Reply ID","Why?"\r\n"a1","it is slow"\r\n')
    assert list(table.rows.columns) == ["Reply ID", "Why?"]


def test_letters_garbled_before_the_export_are_named() -> None:
    data = "Ref,Comment\n1,It’s £40\n".encode().decode("latin-1").encode()
    assert "garbled" in codes(read(data))


@pytest.mark.parametrize("mark", [", ", "; "])
def test_commas_of_sentences_make_no_columns(mark: str) -> None:
    lines = [
        "What do you think?",
        f"Good{mark}but slow",
        f"No{mark}never",
        f"Dear{mark}late{mark}rude",
    ]
    table = read("\n".join(lines).encode())
    assert (list(table.rows.columns), cells(table)) == (lines[:1], [[line] for line in lines[1:]])


def test_a_title_above_a_table_still_leaves_its_columns() -> None:
    table = read(b"Results 2026\n\nRef,Region,Why?\n1,N,too slow\n2,S,too dear\n3,E,fine\n")
    assert (len(table.rows), table.rows.shape[1]) == (3, 3)


def test_unclosed_quote_in_the_first_column_keeps_the_cells_after_it() -> None:
    data = b'Why?,Region,Ref\n"never closes,N,1\nplain,S,2\n"fine, this",E,3\nlast,W,4\n'
    table = read(data)
    assert cells(table)[0] == ["never closes", "N", "1"]
    assert len(cells(table)) == 4
    assert "unclosed_quote" in codes(table)


def test_line_breaks_without_quotation_marks_add_no_reply() -> None:
    data = b"Ref,Region,Why?\n1,N,It is slow\nand rude\nto all of us\n2,S,fine\n3,E,no\n4,W,yes\n"
    table = read(data)
    assert cells(table)[0] == ["1", "N", "It is slow\nand rude\nto all of us"]
    assert len(table.rows) == 4
    assert "joined_lines" in codes(table)


def test_people_who_gave_only_their_name_are_replies() -> None:
    data = b"Name,Region,Why?\nAnn,N,It is slow\nBob,,\nCy,S,fine\nDi,E,no\n"
    assert len(read(data).rows) == 4


def test_two_notes_in_another_language_under_a_table() -> None:
    replies = [[f"A{i}", "Nord", f"Zu langsam, Fall {i}"] for i in range(6)]
    notes = [["Stand: vorläufig"], ["Quelle: eigene Erhebung"]]
    rows = [["Nr.", "Land", "Antwort"], *replies, [], *notes]
    table = read(xlsx_bytes({"Daten": rows}))
    assert len(table.rows) == 6
    assert sum(n.code == "footnote" for n in table.notices) == 2


def test_words_beside_other_are_no_tick_box() -> None:
    rows = [
        ["Respondent ID", "Collector ID", "Which are you?", "", "", "Why?"],
        ["", "", "Carer", "Parent", "Other (please specify)", "Open-Ended Response"],
        ["1181", "44", "Carer", "", "", "It takes far too long"],
        ["1182", "44", "", "Parent", "guardian", "Nobody answers the phone"],
        ["1183", "44", "Carer", "Parent", "", "It is fine as it is"],
    ]
    table = read(csv_bytes(rows))
    other = next(c for c in table.columns if "Other" in c.label)
    assert (other.role, other.label) == ("open", "Which are you? – Other (please specify)")


def test_dates_in_words_are_no_answers() -> None:
    days = ["3 Feb 2026", "11 February 2026", "Wed 4th March 2026"]
    rows = [["ID", "Date", "Why?"], *[[str(i), d, f"reason {i}"] for i, d in enumerate(days)]]
    assert column(read(csv_bytes(rows)), "Date").role == "date"


def test_yes_and_no_of_few_people_are_closed_but_not_where_words_are_asked_for() -> None:
    rows = [["ID", "Do you agree?", "Any other comments?"], ["1", "Yes", "No"], ["2", "No", "Yes"]]
    table = read(csv_bytes(rows))
    assert [c.role for c in table.columns] == ["id", "closed", "open"]
    assert not is_yes_no(["N/A", "not sure"])


def test_a_welsh_scale_has_its_order_and_sides() -> None:
    given = ["Cytuno", "Ddim yn gwybod", "Anghytuno’n gryf", "Cytuno’n gryf",
             "Ddim yn cytuno nac yn anghytuno"]  # fmt: skip
    assert order(given) == (
        "Anghytuno’n gryf",
        "Anghytuno",
        "Ddim yn cytuno nac yn anghytuno",
        "Cytuno",
        "Cytuno’n gryf",
        "Ddim yn gwybod",
    )
    sides = positions([*given, "Tueddu i gytuno"])
    assert [sides[v] for v in given] == ["support", "unclear", "oppose", "support", "mixed"]
    assert sides["Tueddu i gytuno"] == "support"


def test_a_letter_in_german_is_an_answer_not_a_choice() -> None:
    letter = (
        "Ich fordere Sie auf, die Schalter offen zu halten, weil viele keinen Computer haben. "
        "Hilfe von Menschen ist durch nichts zu ersetzen. Bitte stoppen Sie den Plan."
    )
    more = [letter + " Meine Mutter ist 84.", "Zu teuer", "Niemand ruft zurück"]
    rows = [["Nr", "Meinung"], *[[str(i), t] for i, t in enumerate([letter] * 20 + more * 2)]]
    assert column(read(csv_bytes(rows, ";")), "Meinung").role == "open"


def test_a_german_mailbox_hides_who_wrote() -> None:
    rows = [
        ["Betreff", "Text", "Von: (Name)", "Von: (Adresse)", "An: (Name)"],
        ["Anhörung", "Es dauert zu lange für uns.", "Jo Test", "jo@example.org", "Team"],
        ["Anhörung", "Ich bin dafür, danke.", "Al Test", "al@example.org", "Team"],
    ]
    roles = [c.role for c in read(csv_bytes(rows)).columns]
    assert roles == ["ignore", "open", "personal", "personal", "personal"]


def test_options_under_the_questions_are_no_reply() -> None:
    own = ["UserID", "UserNo", "Unique ID", "Tracking Link", "Ended"]
    rows = [
        [*own, "Q1. Which do you use?", "", "", "Q2. Why?"],
        [""] * 5 + ["Buses", "Trains", "Ferries", ""],
        ["11", "1", "aa", "Web", "01/10/2026 10:00", "Buses", "", "", "The bus is late every day."],
        ["12", "2", "ab", "Web", "01/10/2026 11:00", "", "Trains", "", "No train on a Sunday."],
        ["13", "3", "ac", "Web", "02/10/2026 10:00", "Buses", "", "Ferries", "Nobody asks us."],
    ]
    table = read(csv_bytes(rows))
    assert (table.layout, len(table.rows)) == ("smartsurvey", 3)
    assert "Q1. Which do you use? – Trains" in table.rows.columns
