"""Letters: a DOCX or PDF is one response. Only its text layer is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from analysis.errors import FileError
from analysis.ingest.isolated import read_outside
from analysis.ingest.raw import Raw, ReadOptions, text_frame
from analysis.ingest.zips import check_zip
from analysis.records import Notice

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = ["Document ID", "Response", "Attachment"]


def read_docx(data: bytes, options: ReadOptions) -> Raw:
    """The paragraphs and tables of a Word document as one response.

    Raises FileError if the document is damaged or dangerous.
    """
    del options
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = fromstring(archive.read("word/document.xml"))
    except (ParseError, DefusedXmlException):
        raise FileError(
            "The Word document is damaged; open it in Word and save it again."
        ) from None
    except Exception:  # a broken archive raises many kinds
        raise FileError("The Word document is damaged or cut short; copy it again.") from None
    return _one("\n".join(_paragraphs(root)).strip(), "Word document")


def _paragraphs(root: Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(_runs(paragraph))
        if text.strip():
            yield text.strip()


def _runs(paragraph: Element) -> Iterator[str]:
    """Text in order; deleted text of tracked changes is not part of the letter."""
    for child in paragraph:
        if child.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}p"):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag != f"{_W}pPr":
            yield from _runs(child)


def read_pdf(data: bytes, options: ReadOptions) -> Raw:
    """The text layer of a PDF as one response; a scan has none and is said to be not read.

    Raises FileError for a password that is missing or wrong, and for a damaged file.
    """
    pages = [str(item["page"]) for item in read_outside("pdf", data, options.password)]
    return _one(_flowing("\n\n".join(pages)), "PDF")


def _flowing(text: str) -> str:
    """Lines of a page joined into paragraphs, words divided at a line's end put together."""
    text = re.sub(r"[ \t]+\n", "\n", text.replace("\r", ""))
    text = re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", text)
    text = re.sub(r"(?<=[^\n.:;!?])\n(?=[^\n\s•*·–-])", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _one(text: str, what: str) -> Raw:
    notices = [Notice("document", f"The {what} is read as one response.")]
    row = ["1", text, ""]
    if not text:
        message = f"The {what} has no text layer (a scan, or pictures): it is listed as not read."
        notices = [Notice("not_read", message, 1)]
        row = ["1", "", f"{what} without text"]
    frame = text_frame([FIELDS, row])
    frame.index = frame.index - 1
    return Raw(frame, named=True, notices=tuple(notices))
