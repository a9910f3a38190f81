"""E-mails as a mailbox file (mbox) or one message (eml): one row a message, as received.

Only headers, the body and the names of attachments are read. A body in HTML is read as text.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from analysis.errors import FileError
from analysis.ingest.raw import Raw, ReadOptions, text_frame
from analysis.ingest.webtable import page_text
from analysis.records import Notice

FIELDS = ["Message ID", "Date", "From", "Subject", "Body", "Attachments"]
_HEADER = 2_000  # letters of a header line that are looked at
_START = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\r?\n(?=[A-Za-z-]+:)")
_LINE = re.compile(rb"(From|To|Subject|Date|Message-ID|Received|MIME-Version|Return-Path):", re.I)


def is_mail(data: bytes) -> bool:
    """Does a file begin like a mailbox or like a message?"""
    head = data[:8192]
    if _START.match(head):
        return True
    lines = re.split(rb"\r?\n", re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0])
    known = {m[1].lower() for line in lines if (m := _LINE.match(line))}
    shaped = all(re.match(rb"[ \t]|[\w-]+:", line) for line in lines[:5])
    return shaped and b"from" in known and len(known) >= 3


def read_mail(data: bytes, options: ReadOptions) -> Raw:
    """The messages of a mailbox. Raises FileError if there is none that can be read."""
    del options
    parts = _START.split(data)[1:] if _START.match(data) else [data]
    try:
        rows = [
            _row(message_from_bytes(part.lstrip(b"\r\n")), n) for n, part in enumerate(parts, 1)
        ]
    except RecursionError:
        raise FileError(
            "A message in the mailbox is nested too deeply to be read; export the messages as CSV."
        ) from None
    if not any(row[4].strip() for row in rows):
        raise FileError("The mailbox holds no message with a text; export it again.")
    frame = text_frame([FIELDS, *rows])
    frame.index = frame.index - 1
    message = f"{len(rows)} messages were read, each as one response; attachments are listed only."
    return Raw(frame, named=True, notices=(Notice("mail", message),))


def _row(message: Message, number: int) -> list[str]:
    leaves = [part for part in message.walk() if not part.is_multipart()]
    files = [name for part in leaves if (name := _decoded(part.get_filename()))]
    key = _decoded(message["Message-ID"]).strip("<> ") or str(number)
    sent = _date(_decoded(message["Date"]))
    sender, subject = _decoded(message["From"]), _decoded(message["Subject"])
    return [key, sent, sender, subject, _body(leaves), "; ".join(files)]


def _body(leaves: list[Message]) -> str:
    """The plain text of a message, else the text of its HTML."""
    for kind in ("text/plain", "text/html"):
        own = [p for p in leaves if p.get_content_type() == kind and not p.get_filename()]
        text = "\n\n".join(t for t in map(_text, own) if t.strip())
        if text:
            return (page_text(text) if kind == "text/html" else text).strip()
    return ""


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        text = content.decode("cp1252", "replace")
    return re.sub(r"^>From ", "From ", text.replace("\r\n", "\n"), flags=re.MULTILINE)


def _decoded(value: object) -> str:
    text = " ".join(str(value or "").split())[:_HEADER]
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, LookupError, UnicodeError, ValueError):
        return text


def _date(text: str) -> str:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return text
