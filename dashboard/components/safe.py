"""The one path by which texts from outside reach the screen: shown letter for letter.

Streamlit reads Markdown in labels, captions and table cells, and Plotly reads some HTML in its
labels; a reply, a file name or a model's words must never be read as either.
"""

from __future__ import annotations

import html
import re

import pandas as pd
import streamlit as st

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~^=&@\"'/])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")


def escaped(text: object) -> str:
    """`text` for a place that reads Markdown; it comes out as typed, on one line."""
    one_line = re.sub(r"\s+", " ", _CONTROL.sub("", str(text)))
    return _MARKDOWN.sub(r"\\\1", one_line)


def label(text: object, width: int = 0) -> str:
    """`text` for a Plotly label, broken into lines of about `width` letters if given."""
    words, lines = _CONTROL.sub("", str(text)).split(), [""]
    for word in words:
        if width and lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(html.escape(line) for line in lines)


def text(body: str) -> None:
    """A reply in full, line breaks kept."""
    st.text(_CONTROL.sub("", body))


def quote(body: str, source: str) -> None:
    """A reply's words in a frame, with where they are from."""
    with st.container(border=True):
        text(body)
        st.caption(escaped(source))


def table(frame: pd.DataFrame, alt: str) -> None:
    """A real table (not a canvas): readable by a screen reader, every cell escaped."""
    shown = frame.rename(columns=escaped)
    for name in shown.columns:
        if pd.api.types.is_float_dtype(shown[name]):
            shown[name] = shown[name].map(lambda v: "" if pd.isna(v) else f"{v:.2f}")
        shown[name] = shown[name].map(lambda v: "" if pd.isna(v) else escaped(v))
    st.table(shown, hide_index=True, border="horizontal", alt=alt)


def option(text: object) -> str:
    """`text` for the entries of a select box, which are shown as they are."""
    return " ".join(_CONTROL.sub("", str(text)).split())
