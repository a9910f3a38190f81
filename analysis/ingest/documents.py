"""Letters: a DOCX or PDF is one response, or one a page. Only its text layer is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from analysis.errors import FileError
from analysis.ingest.encoding import find_encoding
from analysis.ingest.isolated import read_outside
from analysis.ingest.raw import Raw, ReadOptions, text_frame
from analysis.ingest.zips import check_zip
from analysis.records import Notice

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = ["Document ID", "Response", "Attachment"]
LETTERS = "letters"
_PAGE = "\f"
_HEAD = 600  # letters of a page in which its greeting is looked for
_GREETING = re.compile(r"\b(?:dear|annwyl|to whom it may concern|sir or madam)\b", re.IGNORECASE)


def read_docx(data: bytes, options: ReadOptions) -> Raw:
    """The paragraphs and tables of a Word document as one response.

    Several letters typed into one document, each on a page of its own, are a response each: where
    every page that was begun by hand greets somebody, or if the layout “letters” is asked for.
    Raises FileError if the document is damaged or dangerous.
    """
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
    lines = [t for p in root.iter(f"{_W}p") if (t := "".join(_runs(p)).strip(" \t\n\r"))]
    pages = [p.strip() for p in "\n".join(lines).split(_PAGE) if p.strip()]
    greeted = len(pages) > 1 and all(_GREETING.search(p[:_HEAD]) for p in pages)
    if len(pages) > 1 and (options.layout == LETTERS or (not options.layout and greeted)):
        return _several(pages)
    raw = _one("\n".join(pages), "Word document")
    if len(pages) < 2:
        return raw
    message = (
        f"The document has {len(pages)} pages that were begun by hand. If each is a letter of its "
        "own, choose the survey tool “letters, one a page”."
    )
    return replace(raw, notices=(*raw.notices, Notice("pages", message)))


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
            yield _PAGE if child.get(f"{_W}type") == "page" else "\n"
        elif child.tag != f"{_W}pPr":
            yield from _runs(child)
        elif child.find(f"{_W}pageBreakBefore") is not None:
            yield _PAGE


def read_letter(data: bytes, options: ReadOptions) -> Raw:
    """A letter typed as plain text, as one response. Raises FileError for a wrong encoding."""
    encoding = find_encoding(data, options.encoding)
    text = data.decode(encoding.codec, encoding.errors).replace("\r\n", "\n").strip()
    return _one(text, "text file")


def read_pdf(data: bytes, options: ReadOptions) -> Raw:
    """The text layer of a PDF as one response; a scan has none and is said to be not read.

    Raises FileError for a password that is missing or wrong, and for a damaged file.
    """
    pages = [str(item["page"]) for item in read_outside("pdf", data, options.password)]
    if options.layout == LETTERS and sum(1 for p in pages if p.strip()) > 1:
        return _several([_flowing(p) for p in pages if p.strip()])
    return _one(_flowing("\n\n".join(pages)), "PDF")


def _flowing(text: str) -> str:
    """Lines of a page joined into paragraphs, words divided at a line's end put together."""
    text = "\n".join(line.rstrip(" \t") for line in text.replace("\r", "").split("\n"))
    text = re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", text)
    text = re.sub(r"(?<=[^\n.:;!?])\n(?=[^\n\s•*·–-])", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _several(pages: list[str]) -> Raw:
    frame = text_frame([FIELDS, *([str(n), text, ""] for n, text in enumerate(pages, 1))])
    frame.index = frame.index - 1
    message = (
        f"The document holds {len(pages)} letters, one a page; each is read as one response. If it "
        "is one letter, choose the survey tool “a letter”."
    )
    return Raw(frame, named=True, notices=(Notice("document", message),))


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
