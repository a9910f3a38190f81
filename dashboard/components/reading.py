"""How the files were read, why, and the controls to overrule it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from analysis.ingest.tools import LAYOUTS
from analysis.records import Table
from analysis.settings import UPLOAD_TYPES
from analysis.store.store import Entry, StoredFile
from dashboard import session
from dashboard.components import safe, unredacted

DELIMITERS = {
    ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "^": "caret", "~": "tilde",
}  # fmt: skip
ENCODINGS = (
    "utf-8", "utf-16", "cp1252", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "cp932", "gb18030", "big5", "cp949", "cp437", "cp850",
)  # fmt: skip
FOUND = ""  # leave it to Heard
PREVIEW = (5, 6)  # rows and columns
CELL = 60  # letters of a cell in the preview


def show(entry: Entry, tables: Sequence[Table]) -> None:
    """A line and its notices for each file, a preview, and what can be overruled."""
    rows = sum(min(len(t.rows), PREVIEW[0]) for t in tables)
    unredacted.log("Columns, first rows of the files", rows)
    for table in tables:
        known = {
            "encoding": table.encoding,
            "delimiter": DELIMITERS.get(table.delimiter or "", table.delimiter),
            "sheet": table.sheet,
            "layout": table.layout,
            "header in row": ", ".join(map(str, table.header_rows)),
        }
        facts = [f"{len(table.rows):,} rows", f"{len(table.columns)} columns"]
        facts += [f"{name} {value}" for name, value in known.items() if value]
        st.markdown(f"**{safe.escaped(table.file)}**: {safe.escaped(', '.join(facts))}")
        for notice in table.notices:
            st.markdown(f"- {safe.escaped(notice.message)}")
    with st.expander("Was a file read wrongly?"):
        for number, file in enumerate(entry.files):
            own = [t for t in tables if t.file.startswith(file.name)]
            _overrule(entry, number, own[0])
    with st.expander("Add a file: easy-read forms, hard copies, late e-mails"):
        _add(entry)


def _overrule(entry: Entry, number: int, table: Table) -> None:
    file, key = entry.files[number], f"{entry.id}-{number}"
    st.markdown(f"**{safe.escaped(file.name)}**")
    rows, columns = PREVIEW
    top = table.rows.iloc[:rows, :columns]
    safe.table(top.map(lambda c: c if len(c) <= CELL else f"{c[:CELL]}…"), "The first rows")
    chosen: dict[str, Any] = {"sheets": _sheets(file, table, key)}
    left, right = st.columns(2)
    with left:
        tools = {x.name: x.tool for x in LAYOUTS}
        tools = {FOUND: f"As found: {tools[table.layout]}", **tools}
        chosen["layout"] = _select("Survey tool", tools, file, "layout", key)
        st.caption(safe.escaped(f"Found because: {table.layout_reason}"))
        rows_text = st.text_input(
            "Header in row (or rows: 1, 2)", ", ".join(map(str, table.header_rows)),
            key=f"header-{key}",
        )  # fmt: skip
    if table.delimiter:
        with right:
            names = {FOUND: "As found", **DELIMITERS}
            chosen["delimiter"] = _select("Delimiter", names, file, "delimiter", key)
            codes = {FOUND: "As found", **dict(zip(ENCODINGS, ENCODINGS, strict=True))}
            chosen["encoding"] = _select("Encoding", codes, file, "encoding", key)
    parts = [p.strip() for p in rows_text.split(",")]
    numbers = [int(p) for p in parts if p.isdigit()]
    if numbers != list(table.header_rows) or "header_rows" in file.options:
        chosen["header_rows"] = numbers
    if st.button("Read it again", key=f"again-{key}"):
        changed = replace(file, options={k: v for k, v in chosen.items() if v})
        files = [changed if n == number else f for n, f in enumerate(entry.files)]
        session.store().set_files(entry.id, files)
        st.rerun()


def _sheets(file: StoredFile, table: Table, key: str) -> list[str]:
    if not table.sheets:
        return []
    names = {
        s.name: f"{s.name} ({s.rows:,} rows{', hidden' if s.hidden else ''})" for s in table.sheets
    }
    kept = file.options.get("sheets") or [table.sheet]
    picked = st.multiselect(
        "Sheets to read, one below the other", list(names), kept, key=f"sheets-{key}",
        format_func=lambda s: safe.option(names[s]),
    )  # fmt: skip
    return picked if "sheets" in file.options or picked != [table.sheet] else []


def _select(label: str, names: Mapping[str, str], file: StoredFile, option: str, key: str) -> str:
    options = list(names)
    now = file.options.get(option, FOUND)
    picked: str = st.selectbox(
        label, options, index=options.index(now), key=f"{option}-{key}",
        format_func=lambda n: names[n],
    )  # fmt: skip
    return picked


def _add(entry: Entry) -> None:
    files = st.file_uploader(
        "More files", UPLOAD_TYPES, accept_multiple_files=True, key=f"more-{entry.id}"
    )
    if st.button("Add them", key=f"add-{entry.id}", disabled=not files):
        contents = session.uploaded(*files)
        session.readable(contents)
        session.store().add_files(entry, contents)
        st.rerun()
