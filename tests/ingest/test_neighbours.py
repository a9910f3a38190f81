"""Kinds of files beside the public cases: other tools, languages, alphabets, mail, letters."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from analysis.errors import FileError
from analysis.ingest.build import build
from analysis.ingest.mapping import propose, relabelled
from analysis.ingest.read import ReadOptions, read
from tests.ingest.make import (
    HEAD,
    cells,
    codes,
    column,
    consultation_of,
    counts,
    csv_bytes,
    docx_bytes,
    table_of,
    xlsx_bytes,
)

TEXTS = [
    "The phone line must stay open for people without a computer.",
    "I would like to see the costs before anything is signed off.",
    "Nobody asked the people who use the bus at night.",
]
# tool, its header, one row with {n} and {text}, the open question, the date column
TOOLS = [
    ("typeform", ["#", "What do you think?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
     ["a8f{n}", "{text}", "2026-03-01 10:00", "2026-03-0{n} 10:05", "x{n}"],
     "What do you think?", "Submit Date (UTC)"),
    ("limesurvey",
     ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page",
      "startlanguage. Start language", "seed. Seed", "Q3. Tell us more"],
     ["{n}", "2026-03-0{n} 10:00", "4", "en", "18{n}", "{text}"],
     "Tell us more", "submitdate. Date submitted"),
    ("survey123", ["ObjectID", "GlobalID", "Please tell us why", "CreationDate", "EditDate",
                   "Editor", "x", "y"],
     ["{n}", "{n}a-b", "{text}", "3/1{n}/2026 9:15:02 AM", "3/1{n}/2026", "jo", "-3.{n}", "55.{n}"],
     "Please tell us why", "CreationDate"),
    ("engagementhq",
     ["Contribution ID", "Login (Screen name)", "Date of contribution", "Please tell us why"],
     ["90{n}", "user{n}", "{n} Mar 26 10:13:01 am", "{text}"],
     "Please tell us why", "Date of contribution"),
    ("commonplace",
     ["Comment ID", "Comment date", "Map latitude", "Map longitude", "Agreements", "Why is that?"],
     ["{n}", "2026-03-0{n}T10:00:00Z", "51.{n}", "-0.{n}", "{n}", "{text}"],
     "Why is that?", "Comment date"),
    ("ms_forms", ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Was denken Sie?"],
     ["{n}", "0{n}.03.2026 10:00", "0{n}.03.2026 10:05", "anonymous", "", "{text}"],
     "Was denken Sie?", "Fertigstellungszeit"),
    ("ms_forms",
     ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Votre avis ?"],
     ["{n}", "3/1{n}/26 10:00", "3/1{n}/26 10:05", "anonymous", "", "{text}"],
     "Votre avis ?", "Heure de fin"),
    ("google_forms", ["Stamp amser", "Beth yw eich barn am y cynllun?"],
     ["2026/03/0{n} 10:05:11", "{text}"], "Beth yw eich barn am y cynllun?", "Stamp amser"),
    ("google_forms", ["Horodateur", "Que pensez-vous du projet ?"],
     ["2026/03/0{n} 10:05:11", "{text}"], "Que pensez-vous du projet ?", "Horodateur"),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "head", "row", "question", "date"), TOOLS)
def test_other_tools_and_languages(
    tool: str, head: list[str], row: list[str], question: str, date: str
) -> None:
    body = [[c.format(n=n, text=t) for c in row] for n, t in enumerate(TEXTS, 1)]
    table = table_of([head, *body])
    assert table.layout == tool
    assert {c.name for c in table.columns if c.role == "date"} == {date}
    made = consultation_of(table)
    assert [q.text for q in made.questions] == [question]
    assert made.responses["text"].tolist() == TEXTS
    assert all(sent.startswith("2026-03-") for sent in made.respondents["submitted"])


def test_tick_boxes_of_a_coded_question_and_those_headed_by_their_option() -> None:
    head = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "seed. Seed"]
    head += ["Q2[SQ001]. Which do you use? [Phone]", "Q2[SQ002]. Which do you use? [Post]"]
    rows = [[str(n), "2026-03-01", "4", "9", "Yes", "No" if n % 2 else "Yes"] for n in range(4)]
    made = consultation_of(table_of([head, *rows]))
    assert [(q.text, q.options) for q in made.questions] == [
        ("Which do you use?", ("Phone", "Post"))
    ]
    head = ["ID", "Phone", "Post", "Other", "Why?"]
    rows = [[str(n), "Phone", "Post" if n else "", "", t] for n, t in enumerate(TEXTS)]
    made = consultation_of(table_of([head, *rows]))
    assert made.questions[0].options == ("Phone", "Post")
    assert counts(made, "q1") == {"Phone": 3, "Post": 2}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Zażółć gęślą jaźń, proszę o więcej łóżek w szpitalu numer {n}"),
        ("cp1251", "Пожалуйста, сохраните телефонную линию номер {n}"),
        ("koi8_r", "Пожалуйста, сохраните телефонную линию номер {n}"),
        ("cp1253", "Παρακαλώ κρατήστε το τηλέφωνο ανοιχτό για όλους {n}"),
        ("cp932", "電話の窓口{n}を残してください。お願いします。"),
        ("gb18030", "请保留电话服务{n}，因为老年人需要它。"),
        ("big5", "請保留電話服務{n}，因為老年人需要它。"),
        ("cp949", "전화 서비스를 유지해 주세요. 노인에게 필요합니다 {n}."),
        ("cp1256", "الخدمة سريعة لكن أريد التحدث مع موظف {n}"),
        ("utf-32", "Café {n}"),
    ],
)
def test_other_alphabets(encoding: str, text: str) -> None:
    rows = [[f"R{n}", "North", text.format(n=n)] for n in range(5)]
    table = read(csv_bytes([HEAD, *rows], encoding=encoding))
    assert cells(table) == rows
    assert ("encoding_guess" in codes(table)) == (encoding != "utf-32")


def test_a_letter_that_everybody_sent_is_no_mark_of_the_survey_tool() -> None:
    for text in ("Keep the phone line open for people without a computer, please, all of you.",
                 "请保留电话服务，因为老年人需要它，谢谢。"):  # fmt: skip
        table = table_of([HEAD, *[[f"R{n}", "North", text] for n in range(30)]])
        assert column(table, HEAD[2]).role == "open"
        assert len(consultation_of(table).responses) == 30


@pytest.mark.parametrize(
    "data",
    [
        b'ID, Region, "Why?"\nR1, North, "Yes, keep it"\nR2, South, "No, never"\n',
        b"'ID','Region','Why?'\n'R1','North','Yes, keep it'\n'R2','South','No, never'\n",
        b"ID~Region~Why?\nR1~North~Yes, keep it\nR2~South~No, never\n",
        b"ID^Region^Why?\nR1^North^Yes, keep it\nR2^South^No, never\n",
    ],
)
def test_other_ways_to_separate_and_quote(data: bytes) -> None:
    table = read(data)
    assert list(table.rows.columns) == ["ID", "Region", "Why?"]
    assert cells(table) == [["R1", "North", "Yes, keep it"], ["R2", "South", "No, never"]]


# ---------------------------------------------------------------- mail
MESSAGE = """From: =?utf-8?q?Jos=C3=A9?= <a@example.org>
To: consult@example.org
Date: Sun, 1 Mar 2026 10:00:00 +0000
Subject: Response
Message-ID: <{n}@example.org>
MIME-Version: 1.0
{body}
"""
PLAIN = "Content-Type: text/plain; charset=utf-8\n\nI oppose it, café {n}.\n>From here on quoted."
RICH = """Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><style>p {{}}</style><p>I oppose it,<br>caf=E9 &amp; all {n}.</p></html>
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="our letter.pdf"

JVBERi0=
--x--"""


def message(body: str, n: int) -> bytes:
    return MESSAGE.format(n=n, body=body.format(n=n)).encode()


def test_a_mailbox_is_a_response_a_message() -> None:
    box = b"".join(
        b"From a@example.org Sun Mar  1 10:00:00 2026\n" + message(body, n) + b"\n"
        for n, body in enumerate([PLAIN, RICH])
    )
    for name in ("box.mbox", "box.csv"):
        table = read(box, name=name)
        assert (table.layout, len(table.rows)) == ("mail", 2)
    made = consultation_of(table)
    assert made.responses["text"].tolist() == [
        "I oppose it, café 0.\nFrom here on quoted.", "I oppose it,\ncafé & all 1.",
    ]  # fmt: skip
    assert made.respondents["respondent_id"].tolist() == ["0@example.org", "1@example.org"]
    assert made.respondents["attachments"].tolist() == ["", "our letter.pdf"]
    assert column(table, "From").values[0] == "José <a@example.org>"
    assert column(table, "From").role == "personal"


def test_one_message_and_mail_that_cannot_be_read() -> None:
    assert len(read(message(PLAIN, 1), name="one.eml").rows) == 1
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    with pytest.raises(FileError, match=r"nested|no message"):
        read(message(nested.replace("{", "{{"), 1))
    with pytest.raises(FileError, match="no message"):
        read(message("Content-Type: image/png\n\nxx", 1))
    table = read(b"Name: text,Date: x,From\na,b,c\nd,e,f\ng,h,i\n")
    assert len(table.columns) == 3


# ---------------------------------------------------------------- several letters in one document
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def paragraphs(*texts: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" for t in texts)


def test_letters_typed_one_a_page_are_a_response_each() -> None:
    letters = [paragraphs("3 March", "Dear team,", f"{t}") for t in TEXTS]
    table = read(docx_bytes(BREAK.join(letters)), name="letters.docx")
    assert table.rows["Document ID"].tolist() == ["letters-1", "letters-2", "letters-3"]
    assert [t.splitlines()[-1] for t in table.rows["Response"]] == TEXTS
    whole = read(docx_bytes(BREAK.join(letters)), options=ReadOptions(layout="document"))
    assert len(whole.rows) == 1


def test_one_long_letter_stays_one_and_says_how_to_split_it() -> None:
    body = docx_bytes(BREAK.join([paragraphs("Dear team,", TEXTS[0]), paragraphs(TEXTS[1])]))
    table = read(body, name="one.docx")
    assert table.rows["Document ID"].tolist() == ["one"]
    assert "letters, one a page" in next(n.message for n in table.notices if n.code == "pages")
    assert len(read(body, options=ReadOptions(layout="letters")).rows) == 2


# ---------------------------------------------------------------- traces in the cells
BODY = [[f"R{n}", "North" if n % 2 else "South", TEXTS[n % 3] + f" {n}"] for n in range(6)]


def test_sums_under_the_table_are_no_replies() -> None:
    rows = [["ID", "Region", "Why?", "Score"], *([*r, "3"] for r in BODY)]
    table = table_of([*rows, ["Total", "6", "", "18"], ["Average", "", "", "3"]])
    assert len(table.rows) == 6
    assert [n.row for n in table.notices if n.code == "footnote"] == [8, 9]


def test_error_values_of_a_workbook_are_seen() -> None:
    rows = [HEAD, *BODY[:2], ["R7", "#N/A", "#VALUE!"], ["R8", "South", "=1/0"]]
    table = read(xlsx_bytes({"Data": rows}))
    assert cells(table)[2] == ["R7", "#N/A", "#VALUE!"]
    assert {"excel_error", "formula"} <= codes(table)


def test_what_cannot_be_seen_makes_no_group_and_no_answer() -> None:
    unseen = [["R1", "North\u200b", "\u200bFine by me"], ["R2", "North", "\u200b"],
              ["R3", "\u200fNorth\u00a0", "\u00ad"], ["R4", "South", "Not by me"],
              ["R5", "South", "Nor by me"]]  # fmt: skip
    made = consultation_of(table_of([["\u200bResponse ID", "Region\u200b", HEAD[2]], *unseen]))
    assert made.attributes == ("Region",)
    assert made.respondents["Region"].value_counts().to_dict() == {"North": 3, "South": 2}
    assert made.responses["text"].tolist() == ["\u200bFine by me", "Not by me", "Nor by me"]


def test_excels_apostrophe_and_the_end_mark_of_dos() -> None:
    quoted = [["'" + r[0], r[1], r[2]] for r in BODY]
    table = table_of([HEAD, *quoted])
    assert [r[0] for r in cells(table)] == [r[0] for r in BODY]
    assert "excel_apostrophe" in codes(table)
    table = table_of([HEAD, *BODY[:3], ["R9", "North", "'Tis a pity"]])
    assert cells(table)[-1][2] == "'Tis a pity"
    assert len(read(csv_bytes([HEAD, *BODY]) + b"\x1a").rows) == 6


def test_replies_within_one_json_object() -> None:
    inner = ",".join(f'{{"id": {n}, "answers": {{"why": "{t}"}}}}' for n, t in enumerate(TEXTS))
    table = read(f'{{"survey": "x", "responses": [{inner}]}}'.encode())
    assert table.rows["answers/why"].tolist() == TEXTS


def test_a_table_on_its_side_is_set_upright() -> None:
    rows = [["", "R1", "R2", "R3", "R4"], ["Region", "North", "South", "North", "South"],
            ["What do you think of it?", *TEXTS, "Fine"],
            ["Why is that so?", *TEXTS, "Just so"]]  # fmt: skip
    table = read(xlsx_bytes({"Data": rows}))
    assert "turned" in codes(table)
    made = consultation_of(table)
    assert len(made.respondents) == 4
    assert [q.text for q in made.open_questions] == ["What do you think of it?", "Why is that so?"]
    assert made.responses["text"].tolist()[:3] == TEXTS


def test_one_row_an_answer_is_pointed_out() -> None:
    rows = [[f"R{n // 2}", ("What do you think?", "Why?")[n % 2], f"{TEXTS[n % 3]} {n}"]
            for n in range(12)]  # fmt: skip
    assert "row_per_answer" in codes(table_of([["Respondent", "Question", "Answer"], *rows]))
    assert "row_per_answer" not in codes(table_of([HEAD, *BODY]))


def test_a_letter_typed_as_plain_text_is_one_response() -> None:
    letter = b"3 March 2026\n\nDear team,\n\nIt is wrong, because of the buses.\n\nYours,\nJo\n"
    table = read(letter, name="jo.txt")
    assert table.rows["Document ID"].tolist() == ["jo"]
    assert table.rows["Response"][1] == letter.decode().strip()
    mail = csv_bytes([["ID", "Letter"], ["1", "Dear team,\nno"], ["2", "Dear all,\nyes"]])
    assert len(read(mail).rows) == 2


def test_forms_letters_and_mails_become_one_question() -> None:
    question = "What do you think of the plan?"
    main = table_of([["ID", "Region", question], *BODY[:2]], "main.csv")
    typed = read(xlsx_bytes({"Typed": [["No", "Region", " what do you think of the plan"],
                                       [1, "South", "As typed"]]}), name="hard.xlsx")  # fmt: skip
    letter = read(docx_bytes(paragraphs("We support it.")), name="trust.docx")
    mail = read(message(PLAIN, 1), name="late.eml")
    tables = [main, typed, letter, mail]
    guess = propose(tables, "T")
    assert len(build(tables, guess).open_questions) == 3
    named = {"Response": question, "Body": question}
    chosen = replace(guess, columns=tuple(relabelled(c, named) for c in guess.columns))
    made = build(tables, chosen)
    assert [q.text for q in made.questions] == [question]
    assert len(made.respondents) == len(made.responses) == 5
    assert made.respondents["Source file"].tolist() == [
        "main.csv", "main.csv", "hard.xlsx", "trust.docx", "late.eml",
    ]  # fmt: skip


def test_a_damaged_encoding_in_a_mail_header_is_no_fault() -> None:
    mail = (
        "From a@example.org Mon Jan  1 00:00:00 2025\nSubject: =?ut\ufffd-8?q?Hello?=\n\nI agree.\n"
    )
    assert "I agree." in read(mail.encode(), name="box.mbox").rows.to_numpy().ravel().tolist()


def test_a_parquet_file_with_broken_letters_is_refused_in_a_sentence() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    broken = pa.array([b"na\xefve"]).view(pa.string())
    out = io.BytesIO()
    pq.write_table(pa.table({"comment": broken}), out)
    with pytest.raises(FileError, match="damaged"):
        read(out.getvalue(), name="r.parquet")


SERVICES = [
    ["", "Service A", "", "Service B", ""],
    ["Ref", "Rating", "Why?", "Rating", "Why?"],
    *[[f"A{n}", "Good", f"{text} Said {n}.", "Bad", f"{text} And {n}."]
      for n, text in enumerate(TEXTS * 3)],
]  # fmt: skip


@pytest.mark.parametrize("kind", ["merged", "sheet", "text", "under a title"])
def test_headings_over_several_columns(kind: str) -> None:
    rows = [["Results"], [], *SERVICES] if kind == "under a title" else SERVICES
    if kind == "text":
        table = read("\n".join(";".join(r) for r in rows).encode(), name="a.csv")
    else:
        merges = ["B1:C1", "D1:E1"] if kind == "merged" else []
        table = read(xlsx_bytes({"Data": rows}, merges=merges), name="a.xlsx")
    assert [c.label for c in table.columns] == [
        "Ref", "Service A – Rating", "Service A – Why?", "Service B – Rating", "Service B – Why?",
    ]  # fmt: skip
    assert len(table.rows) == 9


def test_a_workbook_with_a_header_only_says_so() -> None:
    table = read(xlsx_bytes({"Data": [["Response ID", "Region", "Comment"]]}), name="a.xlsx")
    assert "no_responses" in codes(table)
    with pytest.raises(FileError, match="no text in any sheet"):
        read(xlsx_bytes({"Data": [[]]}), name="a.xlsx")


def test_a_web_archive_is_told_from_a_letter() -> None:
    page = "<table><tr><td>ID</td><td>Comment</td></tr></table>"
    archive = f"MIME-Version: 1.0\nContent-Type: text/html\n\n{page}".encode()
    with pytest.raises(FileError, match="web archive"):
        read(archive, name="a.xls")
    mail = b"MIME-Version: 1.0\nFrom: Jo <jo@example.org>\nSubject: Bus\n" + archive[18:]
    assert len(read(mail, name="a.eml").rows) == 1


@pytest.mark.parametrize("name", ["Rhif", "Numéro", "Nummer", "Cyfeirnod"])
def test_numbers_of_replies_in_other_languages(name: str) -> None:
    rows = [[str(n), text] for n, text in enumerate(TEXTS * 2, 1)]
    table = read(csv_bytes([[name, "Comment"], *rows]), name="a.csv")
    assert column(table, name).role == "id"
