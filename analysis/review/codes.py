"""A file of codes that people gave to replies, in any of the forms that coders keep them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import FileError
from analysis.ingest.read import ReadOptions, read

ID = ("response_id", "response id", "responseid")
NAMED = "code"  # if a column is called so, or code_1, codes …, the others are not codes
YES = {"1", "1.0", "true", "yes", "y", "x", "✓"}
NO = {"", "0", "0.0", "false", "no", "n"}
SEPARATOR = ";"
MOST_CODES, FREE_TEXT = 200, 0.5  # more different values, in more of the rows: not codes but text


def read_codes(file: Path) -> pd.DataFrame:
    """response_id, code: one row for each code of a reply, code "" where a reply has none.

    Beside response_id there may be one column of codes or several, with one code a cell or several
    joined by “;”, or one column a code with 1 and 0, and a reply may have several rows. If there
    are columns called code, codes, code_1 …, others are not looked at. Raises FileError.
    """
    rows = read(file, options=ReadOptions(layout="plain", header_rows=(1,))).rows
    rows = rows.apply(lambda column: column.str.strip())
    names = [str(c) for c in rows.columns]
    ids = [c for c in names if c.strip().lower().lstrip("\ufeff") in ID]
    if not ids:
        raise FileError(
            f"{file.name} has no column response_id; its columns are: {', '.join(names[:10])}. "
            "Name the replies as the run's responses.csv does."
        )
    if rows.empty:
        raise FileError(f"{file.name} holds no coded replies, only a header.")
    empty = [int(str(i)) for i in rows.index[rows[ids[0]] == ""]]
    if empty:
        raise FileError(f"{file.name}, row {empty[0]}: response_id is empty.")
    columns = _code_columns([c for c in names if c != ids[0]], file)
    parts = [_codes(rows[ids[0]], rows[c], c, file) for c in columns]
    long = pd.concat([pd.DataFrame({"response_id": rows[ids[0]], "code": ""}), *parts])
    coded = long[long["code"] != ""].drop_duplicates()
    if coded.empty:
        raise FileError(f"{file.name} gives no code to any reply: every code cell is empty.")
    bare = long[~long["response_id"].isin(coded["response_id"])].drop_duplicates()
    return pd.concat([coded, bare], ignore_index=True).astype("str")


def _code_columns(names: Sequence[str], file: Path) -> list[str]:
    if not names:
        raise FileError(f"{file.name} has only response_id: there is no column of codes.")
    called = [c for c in names if c.strip().lower().startswith(NAMED)]
    return called or list(names)


def _codes(ids: pd.Series, cells: pd.Series, name: str, file: Path) -> pd.DataFrame:
    """The codes of one column: its own name where a cell says yes, else what the cells list."""
    lower = cells.str.lower()
    if lower.isin(YES | NO).all() and lower.isin(YES).any() and not _numbers_only(name, lower):
        return pd.DataFrame(
            {"response_id": ids, "code": lower.isin(YES).map({True: name, False: ""})}
        )
    listed = pd.DataFrame({"response_id": ids, "code": cells.str.split(SEPARATOR)}).explode("code")
    listed["code"] = listed["code"].str.strip()
    different = listed.loc[listed["code"] != "", "code"].nunique()
    if different > max(MOST_CODES, FREE_TEXT * len(ids)):
        raise FileError(
            f"{file.name}: the column “{name}” holds {different:,} different values in "
            f"{len(ids):,} rows, which looks like text, not codes. Leave it out, or call the "
            "columns of codes code_1, code_2 …"
        )
    return listed


def _numbers_only(name: str, lower: pd.Series) -> bool:
    """A column just called “code” holds codes, even if these are 0 and 1."""
    return name.strip().lower() in ("code", "codes") and not (lower == "").all()
