"""Workbooks with a password."""

from __future__ import annotations

import io

from analysis.errors import FileError
from analysis.records import Notice

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HOW = (
    "Give the password, or open it in Excel, remove the password under File, Info, Protect "
    "Workbook, and save it again."
)


def unlock(data: bytes, password: str | None) -> tuple[bytes, list[Notice]]:
    """The bytes of a workbook without its password; others are returned as they are.

    The password is used here and kept nowhere. Raises FileError if it is missing or wrong.
    """
    if not data.startswith(_OLE) or "EncryptedPackage".encode("utf-16-le") not in data:
        return data, []
    if not password:
        raise FileError(f"The workbook has a password (it is encrypted). {_HOW}")
    try:
        import msoffcrypto
    except ImportError:
        raise FileError(f"Workbooks with a password cannot be opened here. {_HOW}") from None
    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password, verify_password=True)
        office.decrypt(out)
    except msoffcrypto.exceptions.InvalidKeyError:
        raise FileError(f"The password does not open the workbook. {_HOW}") from None
    except Exception:  # the container is broken: whatever the parser says of it
        raise FileError("The workbook is damaged and cannot be decrypted; save it again.") from None
    return out.getvalue(), [Notice("password", "The workbook was opened with the password given.")]
