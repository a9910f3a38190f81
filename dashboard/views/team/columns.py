"""How the columns were understood, and the team's corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.errors import HeardError
from analysis.ingest.build import build
from analysis.ingest.mapping import dump_mapping, parse_mapping, propose, relabelled
from analysis.ingest.scales import order, positions
from analysis.records import (
    DATE_ORDERS,
    ROLES,
    ColumnChoice,
    ColumnGuess,
    Consultation,
    Mapping,
    Position,
    Role,
    Table,
)  # fmt: skip
from analysis.store.rows import PART_OF
from analysis.store.store import Entry
from dashboard import session
from dashboard.components import frame, needs, reading, safe
from dashboard.components.download import button
from dashboard.words import DATE_ORDER, POSITION, ROLE

ON_A_PAGE = 15
EXAMPLES, EXAMPLE_WIDTH = 3, 90
SHOWN_FIRST: tuple[Role, ...] = (
    "open", "closed", "multiple", "attribute", "id", "date", "permission", "personal", "ignore",
)  # fmt: skip
MEANINGS: tuple[Position, ...] = ("support", "mixed", "oppose", "unclear")


def show() -> None:
    st.title("Columns")
    entry = needs.consultation()
    if entry is None:
        return
    if entry.source.startswith(PART_OF):
        st.info("This is a part of another consultation, with the columns as confirmed there.")
        return
    tables = session.tables(entry)
    reading.show(entry, tables)
    start = _start(entry, tables)
    roles = _roles(entry, tables, start)
    mapping = _details(entry, tables, replace(start, columns=roles))
    consultation = _preview(tables, mapping)
    if consultation is not None:
        _confirm(entry, consultation, mapping)


def _start(entry: Entry, tables: Sequence[Table]) -> Mapping:
    guess = propose(tables, title=entry.title)
    return parse_mapping(entry.mapping, guess) if entry.mapping else guess


def _columns(tables: Sequence[Table]) -> list[ColumnGuess]:
    return list({c.name: c for table in tables for c in table.columns}.values())


def _roles(entry: Entry, tables: Sequence[Table], start: Mapping) -> tuple[ColumnChoice, ...]:
    """The columns with the roles and names as they are chosen on this page so far."""
    store = st.session_state.setdefault(f"roles-{entry.id}", {})
    renamed = st.session_state.setdefault(f"labels-{entry.id}", {})
    current = {c.name: store.get(c.name, c.role) for c in start.columns}
    st.subheader("What is in each column")
    st.write("Check the guesses, above all the open questions. Every choice can be corrected.")
    columns = _columns(tables)
    counts = {r: sum(current[c.name] == r for c in columns) for r in ROLES}
    present: list[Role] = [r for r in SHOWN_FIRST if counts[r]]
    chosen: Role | None = st.segmented_control(
        "Show the columns that are", present, key=f"show-{entry.id}", default=present[0],
        required=True, format_func=lambda r: f"{ROLE[r]}: {counts[r]}",
    )  # fmt: skip
    listed = [c for c in columns if current[c.name] == chosen]
    page = 1
    if len(listed) > ON_A_PAGE:
        page = st.pagination(-(-len(listed) // ON_A_PAGE), key=f"columns-page-{entry.id}-{chosen}")
    choices = {c.name: c for c in start.columns}
    asked: set[str] = set()
    for column in listed[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]:
        choice = choices[column.name]
        if choice.question and choice.question not in asked:
            asked.add(choice.question)
            _rename(entry, "Question of the tick boxes below", choice.question, renamed)
        _one(entry, column, choice, current[column.name], store, renamed)
    return tuple(
        relabelled(replace(c, role=store.get(c.name, c.role)), renamed) for c in start.columns
    )


def _rename(entry: Entry, what: str, label: str, renamed: dict[str, str]) -> None:
    """A field that changes how a label is shown everywhere."""
    typed = st.text_input(
        safe.escaped(what), renamed.get(label, label), key=f"label-{entry.id}-{label}",
        help="How it is called on every page and in every download.",
    )  # fmt: skip
    renamed[label] = " ".join(typed.split()) or label


def _one(
    entry: Entry,
    column: ColumnGuess,
    choice: ColumnChoice,
    role: Role,
    store: dict[str, Role],
    renamed: dict[str, str],
) -> None:
    label = choice.label or column.label
    with st.container(border=True):
        left, right = st.columns([3, 1])
        with left:
            if choice.question:
                st.markdown(f"**{safe.escaped(label)}**")
            else:
                _rename(entry, f"Column “{column.name[:80]}”, shown as", label, renamed)
            values = [" ".join(v.split()) for v in column.values[:EXAMPLES]]
            short = [v if len(v) <= EXAMPLE_WIDTH else v[:EXAMPLE_WIDTH] + "…" for v in values]
            safe.text("\n".join(f"· {v}" for v in short) or "(no values)")
            st.caption(safe.escaped(f"Taken for this because: {column.reason}"))
        key = f"role-{entry.id}-{column.name}"
        picked = right.selectbox(
            "Role of this column", ROLES, index=ROLES.index(role), key=key,
            format_func=lambda r: ROLE[r], label_visibility="collapsed",
        )  # fmt: skip
        if picked != role:
            store[column.name] = picked
            st.rerun()


def _details(entry: Entry, tables: Sequence[Table], mapping: Mapping) -> Mapping:
    st.subheader("About the consultation")
    title = st.text_input("Title", mapping.title, key=f"title-{entry.id}", max_chars=200)
    statement = st.text_area(
        "The proposal, in one sentence", mapping.statement, key=f"statement-{entry.id}",
        help="Support and oppose refer to this statement.",
    )  # fmt: skip
    closed = [c for c in mapping.columns if c.role == "closed"]
    names = {"": "None: positions stay “not stated”", **{c.name: c.label or c.name for c in closed}}
    wanted = mapping.position_column if mapping.position_column in names else ""
    column = st.selectbox(
        "Which closed question says whether people are for or against?", list(names),
        index=list(names).index(wanted or ""), key=f"position-{entry.id}",
        format_func=lambda n: safe.option(names[n]),
    )  # fmt: skip
    values = _position_values(entry, tables, mapping, column) if column else {}
    mapping = replace(
        mapping, title=title.strip() or mapping.title, statement=statement.strip(),
        position_column=column or None, position_values=values,
        files={f.name: f.options for f in entry.files if f.options},
    )  # fmt: skip
    return _phrases(entry, _dates(entry, mapping))


def _dates(entry: Entry, mapping: Mapping) -> Mapping:
    if not any(c.role == "date" for c in mapping.columns):
        return mapping
    order = st.selectbox(
        "Dates such as 03/04/2026", DATE_ORDERS, DATE_ORDERS.index(mapping.date_order),
        key=f"dates-{entry.id}", format_func=lambda o: DATE_ORDER[o],
        help="How they were read is said under “What will be analysed”.",
    )  # fmt: skip
    return replace(mapping, date_order=order)


def _phrases(entry: Entry, mapping: Mapping) -> Mapping:
    with st.expander("Answers that hold no view"):
        st.write(
            "“n/a”, “don’t know”, “see above” and their like are counted, but left out of themes. "
            "Put whole answers here, one a line, to change that for this consultation. Upper and "
            "lower case, accents and punctuation make no difference."
        )
        without = st.text_area(
            "These hold no view either", "\n".join(mapping.no_view), key=f"no-view-{entry.id}"
        )
        views = st.text_area(
            "These do hold a view", "\n".join(mapping.views), key=f"views-{entry.id}"
        )
    return replace(mapping, no_view=_each_line(without), views=_each_line(views))


def _each_line(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _position_values(
    entry: Entry, tables: Sequence[Table], mapping: Mapping, column: str
) -> dict[str, Position]:
    cells = pd.concat([t.rows[column] for t in tables if column in t.rows])
    found = [str(v) for v in cells[cells.str.strip() != ""].str.strip().value_counts().index]
    values = [v for v in order(found) or found if v in found]
    guess = positions(values)
    if column == mapping.position_column:
        guess = {**guess, **mapping.position_values}
    st.write("What does each answer mean for the proposal?")
    out: dict[str, Position] = {}
    for at, value in enumerate(values[:20]):
        start = guess.get(value, "unclear")
        out[value] = st.selectbox(
            safe.escaped(value), MEANINGS, index=MEANINGS.index(start),
            key=f"value-{entry.id}-{column}-{at}", format_func=lambda p: POSITION[p],
        )  # fmt: skip
    return out


def _preview(tables: Sequence[Table], mapping: Mapping) -> Consultation | None:
    st.subheader("What will be analysed")
    try:
        consultation = build(tables, mapping)
    except HeardError as error:
        session.shown_error(error)
        return None
    left, middle, right = st.columns(3)
    left.metric("Respondents", f"{len(consultation.respondents):,}")
    middle.metric("Open questions", len(consultation.open_questions))
    right.metric("Answers to open questions", f"{len(consultation.responses):,}")
    answered = consultation.responses["question_id"].value_counts()
    rows = [
        {"Open question": q.text, "Answers": f"{answered.get(q.id, 0):,}"}
        for q in consultation.open_questions
    ]
    if rows:
        safe.table(pd.DataFrame(rows), "Open questions with the number of answers to each")
    known = {n for table in tables for n in table.notices}
    for notice in dict.fromkeys(n for n in consultation.notices if n not in known):
        st.markdown(f"- {safe.escaped(notice.message)}")
    return consultation


def _confirm(entry: Entry, consultation: Consultation, mapping: Mapping) -> None:
    toml = dump_mapping(mapping)
    left, right = st.columns(2)
    if left.button("Confirm the columns", key="confirm", type="primary", width="stretch"):
        session.store().confirm(entry.id, consultation, toml)
        st.switch_page("views/team/run.py")
    with right:
        button(
            "Download these choices (TOML)", toml, "columns.toml", key="download-columns",
            whole_width=True, help="For the command line: --columns columns.toml",
        )  # fmt: skip


frame.page(show)
