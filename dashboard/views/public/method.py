"""How a published edition was made: everything as it was fixed when a person signed it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.components import frame, method, method_measures, safe
from dashboard.components.language import say, when
from dashboard.components.published import address, asked_or_told, link

PATH = "how-it-was-made"


def show() -> None:
    where = asked_or_told(say("m_title"))
    if where is None:
        return
    edition = session.store().published_edition(*where)
    st.title(say("m_title"))
    st.markdown(f"**{safe.escaped(edition['title'])}**")
    st.caption(say("e_edition", number=edition["number"], day=when(edition["published"])))
    link("views/public/edition.py", say("link_report"), *where)
    if edition["method"]:
        _all(where, edition)
    else:
        st.info(say("m_older"))
    st.write(say("address"))
    kept = address(PATH, consultation=where[0], edition=str(where[1]))
    st.code(kept, language=None, wrap_lines=True)


def _all(where: tuple[str, int], edition: dict[str, Any]) -> None:
    made = edition["method"]
    st.write(say("m_intro"))
    method.steps(edition["model"])
    method_measures.accuracy(made["accuracy"])
    method_measures.stability(made["stability"])
    method_measures.fairness(made["fairness"])
    method.ledger(made["ledger"])
    method.letters(made["campaigns"])
    method.hidden(made["hidden"])
    method.decisions(made["decisions"])
    method.left(made["left"])
    method.tools(made)
    method.record(made["record"])
    _data(where, made)
    method.again(made, edition["hashes"], edition["digest"])


def _data(where: tuple[str, int], made: dict[str, Any]) -> None:
    st.header(say("m_data"))
    st.write(say("m_data_says"))
    st.write(say("m_licence", licence=safe.escaped(made["licence"])))
    data = session.store().published_data(*where)
    name = f"edition-{where[1]}.zip"
    st.download_button(say("m_data_get"), data, name, "application/zip", key="method-data")


frame.public(show)
