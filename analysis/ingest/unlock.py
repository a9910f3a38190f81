"""Workbooks with a password."""

from __future__ import annotations

import base64

from analysis.errors import FileError
from analysis.ingest.isolated import read_outside
from analysis.records import Notice

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def unlock(data: bytes, password: str | None) -> tuple[bytes, list[Notice]]:
    """The bytes of a workbook without its password; others are returned as they are.

    The password is used here and kept nowhere. Raises FileError if it is missing or wrong.
    """
    if not data.startswith(_OLE) or _PACKAGE not in data:
        return data, []
    if not password:
        raise FileError(
            "The workbook has a password (it is encrypted). Give the password, or open it in "
            "Excel, remove the password under File, Info, Protect Workbook, and save it again."
        )
    opened = next(read_outside("unlock", data, password))
    notice = Notice("password", "The workbook was opened with the password given.")
    return base64.b64decode(opened["bytes"]), [notice]
