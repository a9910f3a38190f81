"""The controls by which a person changes a theme: its name, its members, whether it is shown."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

import pandas as pd
import streamlit as st

from analysis.embed.encode import encoder
from analysis.records import each
from analysis.review.edits import new_id, new_theme
from analysis.review.propose import Part, alike, parts, passages
from analysis.settings import Settings
from dashboard import session
from dashboard.components import fresh, safe
from dashboard.reviewing import Desk

PAGE = 10  # passages on one page
SHOWN = 3  # passages of each part of a proposed split
PARTS = 4
NEAR = 0.5  # likeness from which a passage is ticked for a new theme
NOWHERE = ""


def name(desk: Desk, row: Any) -> None:
    key = f"name-{row.theme_id}"
    fresh.offered(key, row.name)
    made = st.text_input("Name", key=key, max_chars=80).strip()
    others = set(desk.listed.query("question_id == @row.question_id")["name"]) - {row.name}
    if made in others:
        st.caption("Another theme of this question has this name.")
    st.caption("A name says what is talked about, not whether it is liked.")
    ready = desk.who and made and made != row.name and made not in others
    if st.button("Rename", key="rename", disabled=not ready):
        desk.decide("rename", row.question_id, (row.theme_id,), name=made)


def merge(desk: Desk, row: Any) -> None:
    own = desk.of(row.question_id)
    below = set(own.loc[own["parent_id"] == row.theme_id, "theme_id"])
    others = own[~own["theme_id"].isin({row.theme_id, row.parent_id, *below}) & ~own["hidden"]]
    names = dict(zip(others["theme_id"], others["name"], strict=True))
    key = f"merge-{row.theme_id}"
    chosen = st.multiselect(
        "Themes that say the same", list(names), key=key, format_func=fresh.words(key, names)
    )
    if chosen:
        st.write(f"{together(desk, (row.theme_id, *chosen))}, under the name of the first.")
    if st.button("Merge", key="merge", disabled=not (desk.who and chosen)):
        desk.decide("merge", row.question_id, (row.theme_id, *chosen))


def together(desk: Desk, themes: Sequence[str]) -> str:
    """How many people and passages the themes have as one."""
    members = pd.concat([passages(desk.edited.themes, desk.points, t) for t in themes])
    found = members["point_id"].nunique()
    return f"Together {_people(desk, members):,} people with {found:,} passages"


def _people(desk: Desk, own: pd.DataFrame) -> int:
    frame = desk.run.prepared.responses
    inside = frame["response_id"].isin(own["response_id"])
    return int(frame.loc[inside, "respondent_id"].nunique())


def split(desk: Desk, row: Any) -> None:
    own = passages(desk.edited.themes, desk.points, row.theme_id)
    count = st.slider("Into how many", 2, PARTS, 2, key=f"parts-{row.theme_id}")
    proposed = parts(own, session.vectors(desk.consultation_id), count, Settings())
    if not proposed:
        st.info("There are too few different passages to split.")
        return
    st.caption("By what the passages say. The largest part keeps the theme’s name and number.")
    names = []
    for number, part in enumerate(proposed):
        inside = own[own["point_id"].isin(part.points)]
        with st.container(border=True):
            names.append(_named(row, part, f"part-{row.theme_id}-{count}-{number}", number))
            size = f"{_people(desk, inside):,} people, {len(inside):,} passages"
            st.caption(safe.escaped(f"{size}. {part.keywords}".rstrip(". ") + "."))
            for text in inside["text"].drop_duplicates().tail(SHOWN):
                safe.text(f"“{text}”")
    ready = desk.who and all(names) and len(set(names)) == len(names)
    if not ready:
        st.caption("Each part needs a name of its own.")
    if st.button("Split", key="split", disabled=not ready):
        made = new_id()
        new = [
            {"theme_id": new_theme(row.question_id, made, n), "name": names[n],
             "keywords": part.keywords, "points": list(part.points)}
            for n, part in enumerate(proposed) if n
        ]  # fmt: skip
        desk.decide("split", row.question_id, (row.theme_id,), made, parts=new)


def _named(row: Any, part: Part, key: str, number: int) -> str:
    """The first part keeps the theme's name, the others are given one."""
    if number == 0:
        st.markdown(f"**{safe.escaped(row.name)}**")
        return str(row.name)
    return st.text_input("Name", part.name, key=key, max_chars=80).strip()


def members(desk: Desk, row: Any) -> None:
    """The passages of a theme, those that fit it least first, to be moved elsewhere."""
    own = passages(desk.edited.themes, desk.points, row.theme_id)
    st.caption("Those that fit the theme least come first.")
    pages = -(-len(own) // PAGE)
    page = st.pagination(pages, key=f"members-{row.theme_id}") if pages > 1 else 1
    chosen = _pick(own.iloc[(page - 1) * PAGE : page * PAGE], "member")
    themes = desk.of(row.question_id)
    names = dict(zip(themes["theme_id"], themes["name"], strict=True)) | {NOWHERE: "Not grouped"}
    key = f"to-{row.theme_id}"
    to = st.selectbox(
        "Move them to", [t for t in names if t != row.theme_id], key=key,
        format_func=fresh.words(key, names),
    )  # fmt: skip
    label = f"Move {len(chosen):,} passages"
    if st.button(label, key="move", disabled=not (desk.who and chosen)):
        whence = sorted(set(own.set_index("point_id").loc[chosen, "theme_id"]))
        desk.decide("move", row.question_id, tuple(whence), points=chosen, to=to)


def _pick(
    frame: pd.DataFrame, key: str, ticked: Set[str] = frozenset(), beside: Sequence[str] = ()
) -> list[str]:
    """Passages with a box each; returns the ids of those that are ticked."""
    chosen = []
    for number, point in enumerate(each(frame)):
        with st.container(border=True):
            own = f" · now in {beside[number]}" if beside else ""
            if st.checkbox(
                safe.escaped(f"Response {point.response_id}{own}"), point.point_id in ticked,
                key=f"{key}-{point.point_id}",
            ):  # fmt: skip
                chosen.append(str(point.point_id))
            safe.text(point.text)
    return chosen


def visibility(desk: Desk, row: Any) -> None:
    question, theme = row.question_id, (row.theme_id,)
    checked, hidden = st.columns(2)
    ready = bool(desk.who)
    if checked.button("Mark as checked", key="check", disabled=not ready or row.checked):
        desk.decide("check", question, theme)
    if row.hidden:
        if hidden.button("Show it again", key="restore", disabled=not ready):
            desk.decide("restore", question, theme)
    elif hidden.button("Hide this theme", key="hide", disabled=not ready):
        desk.decide("hide", question, theme)
    st.caption("The passages of a hidden theme count as not grouped; none of them is lost.")
    note = st.text_input("Note", key=f"note-{row.theme_id}", max_chars=500).strip()
    if st.button("Keep the note", key="keep-note", disabled=not (ready and note)):
        desk.decide("note", question, theme, text=note)


def new(desk: Desk, question_id: str) -> None:
    """A theme that the machine did not find, from words or an example."""
    asked = st.text_area(
        "What the theme is about, or a passage that belongs to it", key="new-asked", max_chars=1000
    ).strip()
    if not asked:
        return
    encode = encoder(desk.run.meta["settings"]["embedder"]).encode
    vectors = session.vectors(desk.consultation_id)
    found = alike(asked, desk.points, question_id, vectors, encode)
    held = desk.edited.themes.assigned.set_index("point_id")["theme_id"]
    names = desk.names
    beside = [names.get(held[p], "no theme") for p in found["point_id"]]
    chosen = _pick(found, "new", set(found.loc[found["score"] >= NEAR, "point_id"]), beside)
    name = st.text_input("Name of the new theme", key="new-name", max_chars=80).strip()
    taken = name in set(desk.of(question_id)["name"])
    if taken:
        st.caption("Another theme of this question has this name.")
    ready = desk.who and chosen and name and not taken
    label = f"Make a theme of {len(chosen):,} passages"
    if st.button(label, key="add", disabled=not ready):
        made = new_id()
        whence = sorted({held[p] for p in chosen} - {""})
        desk.decide(
            "add", question_id, tuple(whence), made, theme_id=new_theme(question_id, made),
            name=name, points=chosen,
        )  # fmt: skip
