"""What kind of file the bytes are, whatever the name says."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from analysis.errors import FileError
from analysis.ingest.mail import is_mail

Kind = Literal[
    "text", "workbook", "web", "xml_sheet", "json", "parquet", "docx", "pdf", "mail", "letter",
    "zip",
]  # fmt: skip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM\x00", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"{\\rtf", "an RTF document; save it as DOCX or PDF"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"7z\xbc\xaf", "a compressed file; unpack it first"),
    (b"Rar!", "a compressed file; unpack it first"),
    (b"SQLite format 3", "a database; export the responses as CSV"),
    (b"ID3", "a sound file"),
    (b"\0\0\0\x18ftyp", "a film"),
    (b"\0\0\0\x20ftyp", "a film"),
)
# A greeting on a line of its own within the first lines, and no table before it.
_LETTER = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[^\r\n;\t\"|]{0,80}\r?\n){0,15}"
    rb"(?:dear|annwyl|to whom it may concern)\b[^;\t|\"\r\n]{0,60}\r?\n\s*\S",
    re.IGNORECASE,
)
_ACCEPTED = "Heard reads CSV, XLSX, XLS, XLSB, ODS, JSON Lines, Parquet, DOCX, PDF, MBOX and EML."


def sniff(data: bytes, file: str) -> Kind:
    """The kind of a file. Raises FileError if Heard does not read such files."""
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise FileError(f"{file} is {what}. {_ACCEPTED}")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip(data, file)
    if data.startswith(_OLE):
        return _ole(data, file)
    if data.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    # A workbook of Excel 2 to 5 without a container.
    if re.match(rb"\x09[\x00\x02\x04\x08]\x04\x00|\x09\x08\x08\x00\x00\x05", data):
        return "workbook"
    return _markup(data, file)


def _zip(data: bytes, file: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:10_000]
            kind = archive.read("mimetype")[:200] if _small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise FileError(
            f"{file} is damaged or was not copied to the end; export or copy it again."
        ) from None
    except Exception as error:  # zlib.error and its like: the archive is broken
        raise FileError(f"{file} is damaged ({type(error).__name__}); export it again.") from None
    low = {n.lower() for n in names}
    if any(n.startswith("xl/workbook.") for n in low):
        return "workbook"
    if "word/document.xml" in low:
        return "docx"
    if b"opendocument.spreadsheet" in kind:
        return "workbook"
    if b"opendocument" in kind:
        raise FileError(f"{file} is an OpenDocument text or slides; save it as DOCX or PDF.")
    if "ppt/presentation.xml" in low:
        raise FileError(f"{file} is a slide show, not a table of responses. {_ACCEPTED}")
    return "zip"


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size < 1000


def _ole(data: bytes, file: str) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("Workbook") or holds("Book"):
        return "workbook"
    if holds("WordDocument"):
        raise FileError(f"{file} is an old Word document (.doc); save it as DOCX or PDF.")
    if holds("__substg1.0_"):
        raise FileError(
            f"{file} is a single Outlook message; export the mailbox folder as CSV from Outlook."
        )
    if holds("PowerPoint Document"):
        raise FileError(f"{file} is a slide show, not a table of responses. {_ACCEPTED}")
    raise FileError(f"{file} is an Office file that holds no worksheet. {_ACCEPTED}")


def _markup(data: bytes, file: str) -> Kind:
    head = data[:8192].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    low = head.lower()
    archive = re.search(rb"multipart/related|content-type: ?text/html", low)
    if low.startswith(b"mime-version") and archive and not re.search(rb"^from:", low, re.M):
        raise FileError(f"{file} is a web archive; open it in Excel and save it as XLSX.")
    if low.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in low:
            return "xml_sheet"
        if re.search(rb"<(?:html|!doctype html|table|head|body|meta|style|tr|div)\b", low):
            return "web"
        if low.startswith(b"<?xml"):
            raise FileError(f"{file} is an XML file that Heard does not know. {_ACCEPTED}")
    if is_mail(data):
        return "mail"
    if _LETTER.match(data[:4096]):
        return "letter"
    if re.match(rb'\{\s*"|\[\s*[\[{]|\{\s*\}', head):
        return "json"
    return "text"
