"""A file to take away: a line of the log says so before it leaves."""

from __future__ import annotations

import streamlit as st

from dashboard import identity, session


def button(
    label: str, data: bytes | str, file: str, mime: str = "text/plain", *, key: str,
    consultation_id: str = "", whole_width: bool = False, help: str | None = None,
) -> None:  # fmt: skip
    """A button that gives `data` as `file` to whoever is still allowed when it is pressed.

    The page does not run again: as it starts, it would drop the answer to the button now and then.
    """
    entry = None if consultation_id else session.chosen()
    about = consultation_id or (entry.id if entry else "")
    asks = identity.later(session.unguarded())

    def taken() -> bytes | str:
        actor = asks()
        session.of(actor).exported(about, file, actor)
        return data

    st.download_button(
        label, taken, file, mime, key=key, help=help, on_click="ignore",
        width="stretch" if whole_width else "content",
    )  # fmt: skip
