"""Zipped files: refused before anything is unpacked if they would unpack to too much."""

from __future__ import annotations

import io
import zipfile

from analysis.errors import FileError

MAX_ENTRIES = 10_000
MAX_BYTES = 4_000_000_000
MAX_RATIO = 200
_RATIO_FROM = 50_000_000


def check_zip(data: bytes) -> None:
    """Raises FileError if a zip would unpack to more than it may, before anything is unpacked."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except Exception:  # a broken directory; zipfile raises many kinds
        raise FileError("The file is damaged or cut short; export or copy it again.") from None
    total = sum(i.file_size for i in infos)
    packed = max(1, sum(i.compress_size for i in infos))
    if len(infos) > MAX_ENTRIES or total > MAX_BYTES:
        raise FileError(
            "The file would unpack to more than can be read here "
            f"({len(infos):,} parts, {total // 10**6:,} MB); split it or save it as CSV."
        )
    if total > _RATIO_FROM and total / packed > MAX_RATIO:
        raise FileError(
            f"The file unpacks to {total // packed} times its size, as a zip bomb does; "
            "it was not opened. Save it as CSV if it is genuine."
        )


def unpacked(data: bytes) -> int:
    """How many bytes a zip says that it unpacks to; 0 for any other file."""
    if not data.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(i.file_size for i in archive.infolist())
    except Exception:  # a broken directory; zipfile raises many kinds
        return 0


def only_file(data: bytes, file: str) -> tuple[bytes, str]:
    """The one file in a zip, as some survey tools send it, and its name.

    Raises FileError if there is not exactly one, or it may not be unpacked.
    """
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [
                i for i in archive.infolist()
                if not i.is_dir() and not i.filename.startswith(("__MACOSX", "."))
            ]  # fmt: skip
            if len(inside) != 1:
                raise FileError(
                    f"{file} is a zip with {len(inside)} files; unpack it and choose the files "
                    "with the responses."
                )
            return archive.read(inside[0]), inside[0].filename.rsplit("/", 1)[-1]
    except FileError:
        raise
    except RuntimeError:
        raise FileError(f"{file} is a zip with a password; unpack it first.") from None
    except Exception:  # a broken archive raises many kinds
        raise FileError(f"{file} is damaged or cut short; copy it again.") from None
