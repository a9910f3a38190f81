"""What must hold for any file: nothing but FileError is raised, and text comes back as it was."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import FileError, HeardError
from analysis.ingest.bands import band
from analysis.ingest.build import build
from analysis.ingest.dates import parse_dates
from analysis.ingest.mapping import propose
from analysis.ingest.multi import find_splitter
from analysis.ingest.permission import permission_of
from analysis.ingest.quotes import repair_rows
from analysis.ingest.read import read
from analysis.ingest.scales import order, positions
from analysis.ingest.values import UNSEEN
from analysis.records import ColumnChoice, Mapping
from tests.ingest.make import (
    HEAD,
    ROWS,
    cells,
    csv_bytes,
    docx_bytes,
    ods_bytes,
    pdf_bytes,
    xlsx_bytes,
    zip_bytes,
)

SEEDS = {
    "text": csv_bytes([HEAD, *ROWS]),
    "wide text": csv_bytes([HEAD, *ROWS], ";", "utf-16"),
    "json": b'{"id": "1", "text": "a"}\n{"id": "2", "text": "b", "x": {"y": [1, 2]}}\n',
    "web": b"<html><table><tr><th>ID<th>Comment</tr><tr><td>1<td>yes</tr></table></html>",
    "docx": docx_bytes("<w:p><w:r><w:t>I oppose this.</w:t></w:r></w:p>"),
    "zip": zip_bytes({"r.csv": csv_bytes([HEAD, *ROWS])}),
}
SLOW_SEEDS = {
    "xlsx": xlsx_bytes({"Data": [HEAD, *ROWS]}),
    "ods": ods_bytes([HEAD, *ROWS]),
    "pdf": pdf_bytes(["I oppose the plan."]),
}


def mutated(data: bytes, seed: int) -> bytes:
    """Bytes changed, cut, doubled or moved in a few places."""
    rng = random.Random(seed)
    out = bytearray(data)
    for _ in range(rng.choice([1, 2, 5, 20])):
        if not out:
            break
        at, size = rng.randrange(len(out)), rng.choice([1, 2, 8, 64])
        match rng.randrange(5):
            case 0:
                out[at] = rng.randrange(256)
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = bytes(rng.randrange(256) for _ in range(size))
            case 3:
                out[at:at] = out[at : at + size] * 20
            case _:
                out[at : at + 1] = rng.choice([b'"', b",", b"\n", b"\0", b"<", b"{", b"\xff"])
    return bytes(out)


def must_be_read_or_refused(data: bytes) -> None:
    try:
        table = read(data, name="upload")
    except FileError:
        return
    assert len(set(table.rows.columns)) == len(table.columns)
    try:
        made = build([table], propose([table], "T"))
    except HeardError:
        return
    assert len(made.respondents) == len(table.rows)


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_mutated_files_are_read_or_refused(kind: str, seed: int) -> None:
    must_be_read_or_refused(mutated(SEEDS[kind], seed))


@pytest.mark.parametrize("kind", SLOW_SEEDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_mutated_workbooks_and_pdfs_are_read_or_refused(kind: str, seed: int) -> None:
    must_be_read_or_refused(mutated(SLOW_SEEDS[kind], seed))


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    must_be_read_or_refused(data)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    must_be_read_or_refused(text.encode("utf-8", "surrogatepass"))


# Text that a CSV cell can hold and a reader can see: no NUL, no half characters, no lone carriage
# return; a cell of invisible characters alone is blank.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t,;\"'|"), max_size=60
).filter(lambda t: t.strip(f"{UNSEEN} \n\t") and t.strip())
IDS = st.from_regex(r"[A-Z0]{1,2}[0-9]{1,25}", fullmatch=True)


@settings(max_examples=120, deadline=None)
@given(
    rows=st.lists(st.tuples(IDS, WORDS), min_size=1, max_size=12),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_ids_and_texts_come_back_as_they_were(
    rows: list[tuple[str, str]], delimiter: str, encoding: str
) -> None:
    head = ["Response ID", "Region", "Comment"]
    given_rows = [[ref, "North", text] for ref, text in rows]
    table = read(csv_bytes([head, *given_rows], delimiter, encoding))
    assert cells(table) == given_rows
    roles = (ColumnChoice("Response ID", "id"), ColumnChoice("Comment", "open"))
    made = build([table], Mapping("T", roles))
    assert made.respondents["respondent_id"].is_unique
    assert made.responses["text"].tolist() == [text for _, text in rows]


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(st.text(st.sampled_from('ab12,"\n '), max_size=12), max_size=20))
def test_repair_of_quotes_loses_no_character(lines: list[str]) -> None:
    physical = "\n".join(lines).splitlines(keepends=True)
    kept = "".join("".join(row) for row in repair_rows(physical, ",").rows)
    for letter in "ab12":
        assert kept.count(letter) == "".join(physical).count(letter)


@settings(max_examples=200, deadline=None)
@given(values=st.lists(st.text(max_size=30), max_size=8))
def test_small_judgements_take_any_text(values: list[str]) -> None:
    for value in values:
        band(value)
        permission_of(value, value)
    seen = order(values)
    stripped = {v.strip() for v in values if v.strip()}
    assert seen is None or stripped <= set(seen)
    assert set(positions(values)) <= stripped
    assert len(parse_dates(values).values) == len(values)
    if splitter := find_splitter(values):
        for value in values:
            letters = "".join(splitter.split(value))
            assert set(letters) <= set(value)
