"""The one path by which texts from outside reach the screen: shown letter for letter.

Streamlit reads Markdown in labels, captions and table cells, and Plotly reads some HTML in its
labels; a reply, a file name or a model's words must never be read as either.
"""

from __future__ import annotations

import html
import re
import unicodedata

import pandas as pd
import streamlit as st

from analysis.translate import MARK

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~^=&@\"'/])")
_ADDRESS = re.compile(r"\b(?:https?|ftp|mailto|xmpp|www)(?=[:.])|(?=@)", re.IGNORECASE)
JOINER = "\u2060"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]")


def escaped(text: object) -> str:
    """`text` for a place that reads Markdown; it comes out as typed, on one line.

    Bare addresses become links even where their marks are escaped: an invisible joiner stops that.
    """
    one_line = re.sub(r"\s+", " ", _CONTROL.sub("", str(text)))
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(rf"\g<0>{JOINER}", one_line))


def label(text: object, width: int = 0) -> str:
    """`text` for a Plotly label, broken into lines of about `width` letters if given."""
    words, lines = _CONTROL.sub("", str(text)).split(), [""]
    for word in words:
        if width and lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(html.escape(line) for line in lines)


def directed(text: str) -> str:
    """Each line that begins in a right-to-left script, marked so: its full stop stays at its end.

    The marks (isolate and its end) are ours and balanced; those in the text are gone.
    """
    lines = _CONTROL.sub("", text).split("\n")
    return "\n".join(f"\u2067{line}\u2069" if _leftward(line) else line for line in lines)


def _leftward(line: str) -> bool:
    strong = (kind for kind in map(unicodedata.bidirectional, line) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def text(body: str) -> None:
    """A reply in full, line breaks kept."""
    st.text(directed(body))


def quote(body: str, source: str, translation: str = "") -> None:
    """A reply's words in a frame, with where they are from; the whole reply's translation below."""
    with st.container(border=True):
        text(body)
        st.caption(escaped(source))
        translated(translation)


def translated(translation: str) -> None:
    """A machine's translation, marked as one; nothing for ""."""
    if translation:
        st.caption(f"{MARK}, the whole reply:")
        text(translation)


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
