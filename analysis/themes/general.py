"""Themes that no words of their own name: by their largest part, or as general remarks."""

from __future__ import annotations

from collections.abc import Mapping

GENERAL = "General remarks"
PART = 0.25  # share of a theme's texts from which a part of it lends its name
Row = dict[str, object]


def general(name: str) -> bool:
    """Whether a theme of this name has no subject: lists put it behind those that have one."""
    return name.startswith(GENERAL)


def by_parts(rows: list[Row], sizes: Mapping[str, int]) -> list[Row]:
    """Themes that no words of their own name, named by their largest part where it is large.

    rows: of THEMES; sizes: theme → number of texts.
    """
    out = []
    for row in rows:
        below = [r for r in rows if r["parent_id"] == row["theme_id"]]
        named = [r for r in below if not general(str(r["name"]))]
        best = max(named, key=lambda r: sizes[str(r["theme_id"])], default=None)
        if general(str(row["name"])) and best is not None:
            share = sizes[str(best["theme_id"])] / max(1, sizes[str(row["theme_id"])])
            row = _and_others(row, str(best["name"])) if share >= PART else row
        out.append(row)
    return _numbered(out)


def _numbered(rows: list[Row]) -> list[Row]:
    """General remarks counted anew, so that no number is missing."""
    ids = sorted(str(r["theme_id"]) for r in rows if general(str(r["name"])))
    names = {t: GENERAL if n == 1 else f"{GENERAL} ({n})" for n, t in enumerate(ids, 1)}
    return [{**r, "name": names.get(str(r["theme_id"]), r["name"])} for r in rows]


def _and_others(row: Row, part: str) -> Row:
    words = part[:1].lower() + part[1:] if part[1:2].islower() else part
    return {
        **row,
        "name": f"{part.replace(' and ', ', ')} and other remarks",
        "description": f"Points about {words}, and others that name no single subject.",
    }
