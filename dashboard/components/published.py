"""Which edition a page shows: the one in its address, and how to get to another."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode, urljoin

import streamlit as st

from analysis.errors import StoreError
from dashboard.components.language import say


def day(at: float | date) -> str:
    """A time (seconds since 1970) or a day, in words."""
    when = at if isinstance(at, date) else datetime.fromtimestamp(at)
    return f"{when.day} {when:%B %Y}"


def asked() -> tuple[str, int] | None:
    """(consultation, number) in the page's address. Raises StoreError if it is none."""
    consultation, number = (st.query_params.get(k, "") for k in ("consultation", "edition"))
    if not consultation or not number:
        return None
    if not number.isdecimal() or len(number) > 6:
        raise StoreError("This address leads to no edition.")
    return consultation, int(number)


def asked_or_told(title: str) -> tuple[str, int] | None:
    """`asked`; where there is none, the page `title` says how to choose one."""
    where = asked()
    if where is None:
        st.title(title)
        st.info(say("choose"))
        st.page_link("views/public/start.py", label=say("link_start"))
    return where


def link(page: str, label: str, consultation: str, number: int) -> None:
    """A link to the permanent address of an edition on a page."""
    where = {"consultation": consultation, "edition": str(number)}
    st.page_link(page, label=label, query_params=where)


def address(path: str, **query: str) -> str:
    """The whole address of a page, for somebody to keep; without its beginning if unknown."""
    return urljoin(st.context.url or "/", path) + f"?{urlencode(query)}"
