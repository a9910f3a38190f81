"""HTML that a survey tool wrote into the answers: shown as plain text, kept as received.

Bulk exports hold `<br/>` for a line break and `&rsquo;` for an apostrophe. The answer's text stays
letter for letter what the file holds, and offsets refer to it; what is shown, counted and grouped
has the marks replaced. A person may also have typed "<b>" or "a < b" themselves, so a question's
answers are taken for HTML only if many hold its marks and hardly any a sign that HTML would have
had to write otherwise.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.records import MARKUP, each

Piece = tuple[int, int, str]  # start and end in the text as received, and what is shown instead

# What stands for a tag; tags that are not here (scripts, pictures) are left as they are.
_SHOWN = {
    "\n": "br hr /p /div /h1 /h2 /h3 /h4 /h5 /h6 /tr /ul /ol /table /blockquote ul ol",
    "\n- ": "li",
    " ": "/td /th",
    "": "p div span /span b /b i /i em /em strong /strong u /u s /s a /a font /font sup /sup sub "
    "/sub small /small h1 h2 h3 h4 h5 h6 /li table tr td th tbody /tbody thead /thead blockquote "
    "pre /pre",
}
_TAGS = {name: shown for shown, names in _SHOWN.items() for name in names.split()}
_NAMES = "|".join(sorted({name.strip("/") for name in _TAGS}, key=lambda n: (-len(n), n)))
_ENTITY = r"&(?:amp;)*(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});"
_TAG = rf"<(?P<tag>/?(?:{_NAMES}))(?:\s(?![^<>]*(?:javascript:|\bon[a-z]+\s*=))[^<>]*)?/?>"
_MARK = re.compile(rf"{_TAG}|{_ENTITY}", re.IGNORECASE)
_SURE = re.compile(rf"<(?:br|/p|/div|/li)\s*/?>|{_ENTITY}", re.IGNORECASE)
_BARE = re.compile(rf"<(?!/?(?:{_NAMES})\b[^<>]*>)|&(?!{_ENTITY[1:]})", re.IGNORECASE)


def find_markup(responses: pd.DataFrame, least: int, most_bare: float) -> pd.DataFrame:
    """MARKUP: the places where the answers to a question hold HTML.

    responses: RESPONSES. least: so many answers to the question must hold HTML marks. most_bare:
    bare "<" and "&" may stand in at most so many answers for each one that holds marks.
    """
    rows: list[tuple[str, int, int, str]] = []
    some = responses[responses["text"].str.contains("[<&]")]
    for _, answers in some.groupby("question_id", sort=False):
        sure = sum(1 for text in answers["text"] if _SURE.search(text))
        bare = sum(1 for text in answers["text"] if _BARE.search(text))
        if sure >= least and bare <= most_bare * sure:
            rows += [(r.response_id, *p) for r in each(answers) for p in _pieces(r.text)]
    frame = pd.DataFrame(rows, columns=list(MARKUP.columns))
    types = {"response_id": "str", "start": "int64", "end": "int64", "shown": "str"}
    return MARKUP.validate(frame.astype(types))


def _pieces(text: str) -> list[Piece]:
    return [(m.start(), m.end(), _plain(m)) for m in _MARK.finditer(text)]


def _plain(mark: re.Match[str]) -> str:
    if mark["tag"]:
        return _TAGS.get(mark["tag"].lower(), "")
    shown = mark[0]
    while (decoded := html.unescape(shown)) != shown:  # "&amp;rsquo;" has been written twice
        shown = decoded
    return shown.replace("\xa0", " ")


def by_answer(markup: pd.DataFrame) -> dict[str, list[Piece]]:
    """The pieces of each answer that has any, in order."""
    out: dict[str, list[Piece]] = {}
    for r in each(markup):
        out.setdefault(str(r.response_id), []).append((int(r.start), int(r.end), str(r.shown)))
    return out


class Plain:
    """A text with its marks replaced, which knows where each letter stands in the original."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        parts: list[str] = []
        begin: list[int] = []
        end: list[int] = []
        at = 0
        for left, right, shown in [*pieces, (len(text), len(text), "")]:
            parts += [text[at:left], shown]
            begin += [*range(at, left), *[left] * len(shown)]
            end += [*range(at + 1, left + 1), *[right] * len(shown)]
            at = right
        self.text = "".join(parts)
        self._begin, self._end = begin, end

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the passage [start, end), which must not be empty."""
        return self._begin[start], self._end[end - 1]


def plain_texts(responses: pd.DataFrame, pieces: Mapping[str, Sequence[Piece]]) -> pd.Series[str]:
    """The texts without HTML, with the index of `responses`."""
    texts = [
        Plain(text, pieces[key]).text if key in pieces else text
        for key, text in zip(responses["response_id"], responses["text"], strict=True)
    ]
    return pd.Series(texts, index=responses.index, dtype="str")


def in_original(
    found: pd.DataFrame, responses: pd.DataFrame, pieces: Mapping[str, Sequence[Piece]]
) -> pd.DataFrame:
    """`found` (response_id, start, end …, offsets in plain texts) with offsets in the original."""
    marked = found["response_id"].isin(list(pieces))
    if not marked.any():
        return found
    texts = responses.set_index("response_id")["text"]
    plain = {key: Plain(texts[key], own) for key, own in pieces.items()}
    out = found.copy()
    places = [plain[r.response_id].original(r.start, r.end) for r in each(found[marked])]
    out.loc[marked, ["start", "end"]] = places
    return out
