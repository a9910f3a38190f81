"""The submissions in a file: a letter is one, each row of a table is one."""

from __future__ import annotations

from analysis.errors import FileError
from analysis.ingest.mapping import propose
from analysis.ingest.read import read

PLAIN = (".txt", ".text", ".md")
TABLE = ".csv"
LETTERS = (".txt", ".docx", ".pdf")


def submissions(content: bytes, name: str) -> list[str]:
    """Their texts, in the order of the file; answers of one row joined.

    Raises FileError if the file cannot be read or holds no free text.
    """
    if name.lower().endswith(PLAIN):
        texts = [content.decode("utf-8-sig", errors="replace")]
    else:
        table = read(content, name=name)
        columns = [c.name for c in propose([table], title=name).columns if c.role == "open"]
        own = table.rows[[c for c in columns if c in table.rows]]
        texts = own.agg("\n".join, axis=1).tolist() if len(own.columns) else []
    kept = [t.strip() for t in texts if t.strip()]
    if not kept:
        raise FileError(
            f"{name} holds no free text to check. Give a letter (TXT, DOCX, PDF), or a table in "
            "which one column holds what each person wrote."
        )
    return kept


def group(content: bytes, name: str) -> list[str]:
    """A letter, or the replies of a group's members in a CSV. Raises FileError."""
    if name.lower().endswith(TABLE):
        return submissions(content, name)
    return [letter(content, name)]


def letter(content: bytes, name: str) -> str:
    """The text of one letter. Raises FileError if it is none, or cannot be read."""
    if not name.lower().endswith(LETTERS):
        raise FileError("This is not a letter that we can read. Please choose a TXT, DOCX or PDF.")
    return "\n".join(submissions(content, name))
