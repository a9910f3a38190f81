"""What holds no view, in any spelling, and what does, however short."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.prepare.content import classify, fold, kind, phrases_of, pointed_question
from analysis.settings import SAMPLE, Settings
from analysis.stages import fingerprints
from tests.make import consultation

KINDS = {
    "no_view": [
        "n/a", "N / A", "N.A.", "NA", "na", "Nil", "None", "none.", "none really", "No comment",
        "NO COMMENTS!!", "no coments", "nothing to ad", "no further comment thank you",
        "Nothing at the moment", "I have nothing more to add", "(blank)", "*none*", "nowt",
        "pass", "not applicable", "prefer not to say", "None whatsoever that I can answer",
        "Not that I can think of right now", "Can't think of anything", "null", "NaN",
        "no opinion on this", "I don't have a view", "dim sylwadau", "Dim byd", "Keine Angabe",
        "sans objet", "RAS", "sin comentarios", "nessun commento", "niet van toepassing",
        "brak uwag", "nimic", "inga synpunkter", "ei kommentoitavaa", "bez komentáře", "nincs",
        "κανένα σχόλιο", "без коментар", "无", "Nothing.\nNothing.", "n/a 🙂",
        "No comment - sorry", "no comment to make", "<p>None</p>", "Nil return", "dim rhagor",
        "brak odpowiedzi", "žádný komentář", "nincs vélemény", "без коментари",
        "gan tuairim", "ni komentarja",
    ],
    "dont_know": [
        "don't know", "Dont know", "DON’T KNOW!", "dunno", "idk tbh", "not sure",
        "I'm really not sure. Sorry.", "No idea!!!", "i dont no", "no clue",
        "Don't know enough about it", "hard to say", "ddim yn gwybod", "weiß nicht",
        "je ne sais pas", "no lo sé", "D/K", "pas sûr", "no estoy seguro", "nie jestem pewien",
        "nie wiem", "en osaa sanoa", "не знам", "Not enough information to answer",
    ],
    "yes_no": [
        "yes", "Yes.", "YES!!!", "no", "No no no", "nope", "nah", "ok", "fine", "agree",
        "yes i do", "Not really", "maybe", "Oes", "nac oes", "ja", "Nein", "oui", "sí", "tak",
        "ναι",
    ],
    "pointer": [
        "see above", "See Above.", "as Q3", "As per question two",
        "same as my answer to question 2", "Ditto", "as above", "Already answered", "see q 4b",
        "my answer to 1", "Same again", "As I said above", "see previous answer",
        "gweler uchod", "siehe oben", "voir ci-dessus", "ks. edellä", "cf. question précédente",
        "I refer you to my previous answer", "See Q1 & Q2", "same as Q1", "as in 3", "See 2(b)",
        "my comments at Q1 apply", "gweler isod", "Yr un fath â chwestiwn 2", "gweler C3",
        "comme ci-dessus", "zie vraag 2", "ver pregunta 3", "vedi risposta alla domanda 2",
        "patrz wyżej", "jw.", "se spørgsmål 2", "katso yllä", "lásd fent", "žr. aukščiau",
        "féach thuas", "siehe Antwort zu Frage 2",
    ],
    "attachment": [
        "see attached", "See attached file(s)", "Please see the attached letter.",
        "SEE ATTACHED SHEET", "see atachment", "as per e-mail",
        "please refer to our written submission", "as per email sent 3 July",
        "See enclosed letter, page 2", "see letter", "Attached",
        "Please find attached comments from the Anytown Health Association (AHA).",
        "No comment. See attached.",
        "Please see response to Section 1, Q3 in the additional documentation submitted.",
        "Anytown Trust comments attached", "siehe Anhang", "voir pièce jointe",
        "Ver documento adjunto", "zie bijlage", "patrz załącznik",
        "Si rinvia ai commenti in allegato", "gweler ynghlwm",
        "Refer to attachment dated 3 July 2026", "see separate sheet", "wedi'i atodi", "ci-joint",
        "gweler y ffeil", "si veda l'allegato", "em anexo", "vezi documentul atașat", "se vedlegg",
        "вижте приложението", "skatīt pielikumu", "féach ceangaltán",
    ],
    "noise": [
        "-", "--", ".", "...", "?", "???", "!!", "/", "x", "xxx", "asdf", "asdfgh", "qwerty",
        "sdjfhskdf", "test", "This is a test", "blah blah", "#NAME?", "<br>",
    ],
    "content": [
        "too cold", "human contact", "jobs", "none at all", "No concerns.", "no concerns", "👍",
        "👎👎", "🤷", "No AI", "no robots", "None of it", "do nothing", "see attached, too costly",
        "I support the plan, see attachment for costs.", "see above - too costly",
        "See attached and stop it", "answer the phone", "Answer my letter", "letters",
        "attach conditions", "no strings attached", "same as everyone else", "same as now",
        "NHS", "bin it", "Scrap it.", "Nothing will help", "I have no say", "No. Never.",
        "Labour rights. See contribution attached.", "my letter was lost",
        "It can read letters to me.", "No, it should be banned", "yes but only in hospitals",
        "Not for me", "Tarmac.", "10/10", "Keine KI", "nothing good", "Same old rubbish",
        "I do not want it to stop my money", "None for me.", "Sack them all, see Q2", "good",
        "great", "test it first", "Nein zu KI", "all of the above", "Pass a law",
        "Question everything", "Yes, and soon", "no change", "See how it goes for a year",
        "As question 3 shows you have already decided", "Attached housing should be exempt",
        "Above all keep the phone line", "Dim ond mewn argyfwng", "nada de IA",
        "same rules for all",
        "see people face to face", "No view of the sea should be lost", "below inflation rises",
    ],
}  # fmt: skip
SENTENCES = Path(__file__).with_name("content_sentences.csv")
EXAMPLES = [(text, name) for name, texts in KINDS.items() for text in texts]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_kind(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_case_spaces_and_stops_make_no_difference(text: str, expected: str) -> None:
    assert kind(f"  {text} \n") == expected
    if text.isascii() and text[0] != "#" and "(A" not in text:
        assert kind(text.lower()) == expected
    if expected not in ("content", "noise"):
        assert kind(text.upper() + "!") == expected


def test_sentences_written_without_looking_at_the_tables() -> None:
    """No view is lost, and nearly all that holds none is told; 70 % and 74 % were when written."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {r["text"]: kind(r["text"]) for r in rows}
    views = [r["text"] for r in rows if r["kind"] == "content"]
    assert [t for t in views if found[t] != "content"] == []
    wrong = [r["text"] for r in rows if found[r["text"]] != r["kind"]]
    assert len(wrong) <= 0.02 * len(rows), wrong


def test_classify_follows_kind() -> None:
    assert [classify(t) for t in ("n/a", "as Q3", "see attached", "buses", "-")] == [
        "no_content", "no_content", "not_read", "analysed", "no_content",
    ]  # fmt: skip


def test_the_teams_own_list_comes_first() -> None:
    made = replace(
        consultation(["x"]),
        no_view=("As my union says",),
        views=("None", "no comment", "see above"),
    )
    own = phrases_of(made)
    assert kind("as my Union says!", own) == "no_view"
    assert kind("as my union says, stop it", own) == "content"
    assert [classify(t, own) for t in ("none", "No comment.", "n/a")] == [
        "analysed", "analysed", "no_content",
    ]  # fmt: skip
    settings, changed = Settings(), replace(made, views=())
    first, other = fingerprints(made, settings), fingerprints(changed, settings)
    assert first["prepare"] != other["prepare"]


def test_another_table_of_phrases_makes_stored_results_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = consultation(["x"])
    before = fingerprints(made, Settings())["prepare"]
    changed = tmp_path / "content.toml"
    changed.write_text("no_view = ''", encoding="utf-8")
    monkeypatch.setattr("analysis.prepare.content._FILE", changed)
    assert fingerprints(made, Settings())["prepare"] != before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as Q3", "3"), ("see my answer to question 2", "2"), ("As per question two", "2"),
        ("covered in Q4b above", "4b"), ("see above", "previous"), ("see below", "next"),
        ("ditto", "previous"), ("n/a", None), ("Q3 is not clear to me", None), ("see q 12", "12"),
        ("See 2(b)", "2"), ("as in 3", "3"), ("gweler fy ateb i gwestiwn 4", "4"),
        ("ver pregunta 3", "3"), ("zie boven", "previous"),
    ],
)  # fmt: skip
def test_pointed_question(text: str, expected: str | None) -> None:
    assert pointed_question(text) == expected


def test_short_answers_case(cases: Path) -> None:
    texts = pd.read_csv(cases / "CLU-05" / "short.csv", keep_default_na=False).iloc[:, 3]
    assert sum(classify(t) == "analysed" for t in texts) == 12
    assert sum(classify(t) == "no_content" for t in texts) == 20


def test_typed_none_case(cases: Path) -> None:
    texts = pd.read_csv(cases / "ING-23" / "responses.csv", keep_default_na=False).iloc[:, 3]
    assert {t for t in texts if t and classify(t) == "analysed"} == {"none at all", "No concerns."}


def test_attachments_case(cases: Path) -> None:
    table = pd.read_csv(cases / "ING-40" / "regs.csv", keep_default_na=False)
    found = {
        key: classify(t) for key, t in zip(table.iloc[:, 0], table["Comment"], strict=True) if t
    }
    not_read = {key for key, status in found.items() if status == "not_read"}
    assert not_read == {"DOC-0001", "DOC-0002", "DOC-0003"}
    assert found["DOC-0004"] == found["DOC-0006"] == "analysed"


def test_sample_loses_no_view_but_a_bare_none() -> None:
    """What the sample's authors gave codes to is content, but for bare no, none and pointers."""
    table = pd.read_csv(SAMPLE / "responses.csv", dtype=str, keep_default_na=False)
    gold = pd.read_csv(SAMPLE / "gold.csv", dtype=str, keep_default_na=False)
    texts = table.set_index("Response ID")
    columns = dict(zip(gold["question"].unique(), _open_columns(table), strict=True))
    lost, missed = [], []
    for row in gold.itertuples(index=False):
        text = texts.loc[row.respondent_id, columns[row.question]]
        view = bool(row.themes)
        if view and classify(text) != "analysed":
            lost.append(fold(text))
        if row.written_as == "non_answer" and not view and classify(text) == "analysed":
            missed.append(text)
    bare = {
        fold(t) for t in ("none", "no", "nope", "nowt", "nowt really", "none mate", "see answer 2")
    }
    bare |= {fold("nothing springs to mind"), fold("None. N o n e.")}
    assert set(lost) <= bare
    assert not missed


def _open_columns(table: pd.DataFrame) -> list[str]:
    starts = ("What benefits", "What concerns", "What should")
    return [next(c for c in table.columns if c.startswith(s)) for s in starts]


@given(st.text(max_size=400))
def test_any_text_has_one_kind_and_is_quick(text: str) -> None:
    assert kind(text) in KINDS
    assert classify(text) in ("analysed", "no_content", "not_read")
    assert pointed_question(text) is None or kind(text) == "pointer"


@given(
    st.lists(
        st.sampled_from(("in", "my", "as per", "see", "the", "attached", "answer to", "2", "not")),
        max_size=40,
    )
)
def test_words_of_the_tables_in_any_order_end(words: list[str]) -> None:
    assert kind(" ".join(words)) in KINDS


@given(st.text(alphabet="bcdeghilmnoprstu ", min_size=250, max_size=300))
def test_long_texts_are_content(text: str) -> None:
    assert len(text.split()) <= 40 or kind(text) == "content"
