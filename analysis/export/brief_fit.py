"""How large the type of the minister's page can be, so that the page stays one sheet of A4.

The lines are laid out as `brief.html.j2` lays them out in print; lengths are in ems unless they
are in points. No font is needed: Arial's widths stand here, other letters count as wide ones.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.export.brief import Brief

SMALLEST, LARGEST = 6.2, 10.5  # points
READABLE = 9.0  # points, below which the page says less before its type gets smaller
WIDE, HIGH = 527.0, 779.0 * 0.98  # points within the margins; a reader's Arial may be wider
SIZES = [n / 10 for n in range(round(SMALLEST * 10), round(LARGEST * 10) + 1)]
LINE, GAP, BETWEEN = 1.27, 0.15, 1.1  # a line, the room between paragraphs and between columns
BOLD, HEAD = 1.08, 1.02
THREE = (0.85, 1.3, 1.55)  # of the lists side by side
_WIDTHS = {
    **dict.fromkeys("'ijl’", 0.22),
    **dict.fromkeys(" !,./:;I[]ft·", 0.28),
    **dict.fromkeys('()-"r“”', 0.34),
    **dict.fromkeys("Jcksvxyz", 0.5),
    **dict.fromkeys("FTZ", 0.61),
    **dict.fromkeys("&ABEKPSVXY", 0.67),
    **dict.fromkeys("CDHNRUw", 0.72),
    **dict.fromkeys("GOQMm", 0.83),
    **dict.fromkeys("%W@…", 1.0),
}


def size_of(page: Brief) -> float:
    """Points: the largest size in which the whole page is one sheet, or SMALLEST."""
    fits = bisect_right(SIZES, HIGH, key=lambda size: height(page, size))
    return SIZES[max(0, fits - 1)]


def height(page: Brief, size: float) -> float:
    """Points that the page takes from top to bottom in type of this size."""
    wide, rule = WIDE / size, 1.5 / size
    head = HEAD * (0.55 + 0.25 + LINE + 0.2) + rule
    title = f"{page.title}: what respondents said"
    asked, who = f"Asked: {page.asked}", f"Who replied: {page.received} {page.makeup}"
    told = "They chose to reply: this describes the replies, not the population."
    invented = "Invented consultation: every reply was written for demonstration."
    top = [
        LINE + 2 * rule + GAP,
        lines(title, wide / 1.55 / BOLD) * 1.55 * 1.15 + GAP,
        _text(invented if page.invented else "", wide),
        _text(f"Proposal: {page.statement}" if page.statement else "", wide),
        _text(asked, wide),
        _text(f"{who} {told}", wide),
    ]
    bar = 0.45 + 0.9 * (LINE + 0.4) if page.positions else 0.0
    position = head + bar + _text(page.headline, wide)
    themes = head + sum(_theme(theme, wide) for theme in page.themes)
    lists = _beside((page.organisations, page.few, page.requests), THREE, wide, head)
    last = _beside((page.sure, page.caveats), (1.0, 1.0), wide, head)
    foot = 0.85 * (1.0 + lines(page.foot, wide / 0.85) * LINE) + rule
    return size * (sum(top) + position + themes + lists + last + foot)


def lines(text: str, room: float, bold: str = "", scale: float = 1.0) -> int:
    """Lines that the words take, each as many as `room` holds.

    bold: words before them; scale: the size of `text` beside theirs.
    """
    count, used = 0, room
    widths = [_width(word) * BOLD for word in bold.split()]
    widths += [_width(word) * scale for word in text.split()]
    for width in widths:
        if used + width > room:
            count, used = count + 1 + int(width // room), 0.0
            width %= room
        used += width + 0.28
    return count


@lru_cache(maxsize=8192)
def _width(word: str) -> float:
    return sum(_WIDTHS.get(c, 0.56 if ord(c) < 0x250 else 1.0) for c in word)


def _text(text: str, room: float, scale: float = 1.0) -> float:
    return lines(text, room / scale) * LINE * scale + GAP if text else 0.0


def _theme(theme: dict[str, Any], wide: float) -> float:
    on = f"On: {theme['question']}" if theme["question"] else ""
    above = 0.5 + lines(on, wide, f"1. {theme['name']}: {theme['people']}", 0.9) * LINE
    above += _text(theme["difference"], wide, 0.9)
    room = (wide - BETWEEN * (len(theme["sides"]) - 1)) / max(1, len(theme["sides"]))
    return above + max((_side(side, room) for side in theme["sides"]), default=0.0)


def _side(side: dict[str, Any], room: float) -> float:
    named = side["side"] in ("support", "oppose")
    head = _text(f"Against the proposal: {side['count']}" if named else "", room / BOLD)
    quotes = (f"{q['text']} {q['response_id']}" for q in side["quotes"])
    inside = room - 0.8  # the line and the room beside a quotation
    return head + sum(_text(t, room) for t in side["model"]) + sum(_text(q, inside) for q in quotes)


def _beside(
    columns: tuple[list[str], ...], shares: tuple[float, ...], wide: float, head: float
) -> float:
    room = wide - BETWEEN * (len(columns) - 1)
    own = [
        sum(lines(text, room * share / sum(shares) - 1.1) for text in column or ["x " * 30])
        for column, share in zip(columns, shares, strict=True)
    ]
    return head + 2 * GAP + max(own) * LINE
