"""The respondents: one a row, with reference, date, permission and attributes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.errors import MappingError
from analysis.ingest.dates import parse_dates
from analysis.ingest.join import Joined, Merged
from analysis.ingest.permission import permission_of
from analysis.ingest.values import trimmed
from analysis.ingest.vocabulary import is_attachment
from analysis.records import DateOrder, Notice, Role, Table

SOURCE = "Source file"
_SHOWN = 20
_NOTHING = frozenset({"", "-", "n/a", "na", "no", "none", "0", "false", "null"})
_RESERVED = ("respondent_id", "submitted", "permission", "attachments")


def respondents_of(
    tables: Sequence[Table], joined: Joined, date_order: DateOrder = ""
) -> tuple[pd.DataFrame, tuple[str, ...], list[Notice]]:
    """Respondents in file order, the names of their attributes, and notices.

    Columns: respondent_id, submitted, permission, attachments (names of files that came with the
    reply, "" if none), then one a attribute.
    """
    rows = [int(i) for table in tables for i in table.rows.index]
    ids, notices = _ids(tables, _only(joined, "id"), rows)
    submitted, more = _submitted(tables, _only(joined, "date"), rows, date_order)
    permission, also = _permission(tables, _only(joined, "permission"), joined.size)
    files = _attachments(joined)
    columns: dict[str, list[str]] = {
        "respondent_id": ids,
        "submitted": submitted,
        "permission": permission,
        "attachments": files,
    }
    attributes: list[str] = []
    for column in joined.by_role("attribute"):
        name = _free(column.label, columns)
        columns[name] = trimmed(column.cells).tolist()
        attributes.append(name)
    if len(tables) > 1:
        name = _free(SOURCE, columns)
        columns[name] = [
            n for n, t in zip(_sources(tables), tables, strict=True) for _ in t.rows.index
        ]
        attributes.append(name)
    if attached := sum(1 for f in files if f):
        message = f"{attached} replies came with files, which are not read here."
        also.append(Notice("attachments", message))
    return pd.DataFrame(columns, dtype="str"), tuple(attributes), [*notices, *more, *also]


def _only(joined: Joined, role: Role) -> Merged | None:
    found = joined.by_role(role)
    if len(found) > 1:
        raise MappingError(
            f"Two columns have the role {role}: “{found[0].label}” and “{found[1].label}”; "
            "keep one and ignore the other."
        )
    return found[0] if found else None


def _free(label: str, taken: dict[str, list[str]]) -> str:
    name, n = label, 1
    while name in taken or name in _RESERVED:
        n += 1
        name = f"{label} ({n})"
    return name


def _sources(tables: Sequence[Table]) -> list[str]:
    names = [t.file for t in tables]
    return [
        f"{t.file} – {t.sheet}" if names.count(t.file) > 1 and t.sheet else t.file for t in tables
    ]


# ---------------------------------------------------------------- references
def _ids(
    tables: Sequence[Table], column: Merged | None, rows: Sequence[int]
) -> tuple[list[str], list[Notice]]:
    if column is None:
        return [f"r{i:04d}" for i in range(1, len(rows) + 1)], []
    own = column.cells.tolist()
    ids: list[str] = []
    taken = set(own)
    turns: Counter[str] = Counter()
    places: dict[str, list[int]] = defaultdict(list)
    missing = 0
    for text, row in zip(own, rows, strict=True):
        wanted = text if text.strip() else f"row-{row}"
        missing += not text.strip()
        turns[wanted] += 1
        places[wanted].append(row)
        name = wanted
        while turns[wanted] > 1 and (name == wanted or name in taken):
            name = f"{wanted}#{turns[wanted]}"
            if name in taken:
                turns[wanted] += 1
        taken.add(name)
        ids.append(name)
    return ids, [*_missing(column, missing), *_repeated(column, places, own)]


def _missing(column: Merged, missing: int) -> list[Notice]:
    if not missing:
        return []
    message = f"{missing} rows have no “{column.label[:60]}”; they are called after their row."
    return [Notice("missing_id", message, column=column.label)]


def _repeated(column: Merged, places: dict[str, list[int]], own: Sequence[str]) -> list[Notice]:
    given = set(own)
    twice = {k: v for k, v in places.items() if len(v) > 1 and k in given}
    notices = []
    for reference, rows in list(twice.items())[:_SHOWN]:
        listed = ", ".join(map(str, rows[:10]))
        message = (
            f"“{reference[:60]}” in “{column.label[:60]}” occurs {len(rows)} times "
            f"(rows {listed}); each row is counted as a respondent of its own."
        )
        notices.append(Notice("repeated_id", message, rows[1], column.label))
    if len(twice) > _SHOWN:
        message = f"{len(twice) - _SHOWN} more references occur more than once."
        notices.append(Notice("repeated_id", message, column=column.label))
    return notices


# ---------------------------------------------------------------- date and permission
def _slices(tables: Sequence[Table], column: Merged) -> Iterator[tuple[str, list[str]]]:
    """For each table, what it calls the column, and its cells there."""
    start = 0
    for number, table in enumerate(tables):
        stop = start + len(table.rows)
        yield column.labels.get(number, column.label), column.cells.iloc[start:stop].tolist()
        start = stop


def _submitted(
    tables: Sequence[Table], column: Merged | None, rows: Sequence[int], order: DateOrder
) -> tuple[list[str], list[Notice]]:
    if column is None:
        return [""] * len(rows), []
    out: list[str] = []
    notices: list[Notice] = []
    for label, cells in _slices(tables, column):
        dates = parse_dates(cells, order)
        out += dates.values
        if any(c.strip() for c in cells):
            notices += _about_dates(label, dates.rule, dates.proven, dates.unread, len(cells))
    return out, notices


def _about_dates(label: str, rule: str, proven: bool, unread: int, total: int) -> list[Notice]:
    name = label[:60]
    if unread == total or unread > 0.2 * total:
        message = f"The dates in “{name}” could not be read under one rule ({rule}): kept as text."
        return [Notice("dates_as_text", message, column=label)]
    notices = []
    if not proven:
        message = (
            f"No date in “{name}” shows whether the day or the month comes first; they were read "
            f"{rule} throughout. Check this before using any chart over time."
        )
        notices.append(Notice("ambiguous_dates", message, column=label))
    else:
        notices.append(Notice("dates", f"Dates in “{name}” were read {rule}.", column=label))
    if unread:
        message = f"{unread} cells in “{name}” are no dates and were kept as text."
        notices.append(Notice("dates_unread", message, column=label))
    return notices


def _permission(
    tables: Sequence[Table], column: Merged | None, size: int
) -> tuple[list[str], list[Notice]]:
    if column is None:
        return [""] * size, []
    out: list[str] = []
    notices: list[Notice] = []
    for label, cells in _slices(tables, column):
        known = {v: permission_of(v, label) for v in dict.fromkeys(cells)}
        out += [known[v] for v in cells]
        unknown = [v for v, p in known.items() if v.strip() and not p]
        if unknown:
            message = (
                f"“{unknown[0][:80]}” in “{label[:60]}” was not understood as a permission to "
                "publish; these replies are shown without names."
            )
            notices.append(Notice("permission", message, column=label))
    return out, notices


def _attachments(joined: Joined) -> list[str]:
    """File names from columns that are not analysed but list what came with a reply."""
    found = [c for c in joined.by_role("ignore") if is_attachment(c.label)]
    if not found:
        return [""] * joined.size
    parts = [c.cells.str.strip().tolist() for c in found]
    return [
        "; ".join(p for p in row if p.casefold() not in _NOTHING)
        for row in zip(*parts, strict=True)
    ]
