"""What a letter says, without what only belongs to a letter, an e-mail or a page.

A greeting, a line of a mail's head or a sign-off is no point, and would be called missing; marks of
quoting, links and tags are not words.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-z!][^<>]*>", re.I | re.S)
_ADDRESS = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\([^()\s]*\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)")
_BARE = re.compile(r"\bhttps?://\S+", re.I)
_MARKS = re.compile(
    r"^[ \t]*(?:>[ \t]*)+|^[ \t]*#{1,6}[ \t]+|^[ \t]*dear [^.!?,\n]{1,60},|\*\*|__|`+", re.I | re.M
)
_HEAD = re.compile(
    r"(?:^[ \t]*(?:from|to|cc|bcc|sent|date|subject)[ \t]*:.*(?:\n|\Z)){2,}", re.I | re.M
)
_LEFT_OUT = re.compile(
    r"^[ \t]*(?:"
    r"on\b.{4,120}\bwrote[ \t]*:"
    r"|-{2,}.*(?:original|forwarded).*-{2,}"
    r"|sent from my .{2,40}"
    r"|dear\b[^.!?\n]{1,60}[,:]"
    r"|(?:hello|hi|hey|good (?:morning|afternoon|evening))(?:,? [^\s.!?]+){0,2}[,:!]?"
    r"|to whom it may concern[,.:]?"
    r"|(?:with )?(?:my |our )?(?:very |all )?(?:(?:kind(?:est)?|best|warm(?:est)?|many|good) )?"
    r"(?:regards|wishes|thanks)"
    r"(?: (?:again|in advance|and (?:kind |best )?(?:regards|wishes)))?[,.!]?"
    r"|(?:yours|sincerely|cheers|thank you)"
    r"(?: (?:faithfully|sincerely|truly|again|in advance|very much))?[,.!]?"
    r"|[-_=*~ \t]{2,}"
    r")[ \t]*$",
    re.I | re.M,
)  # fmt: skip


def said(letter: str) -> str:
    """The letter without these; as it is, should nothing be left."""
    plain = _TAG.sub(" ", _ADDRESS.sub(" ", letter))
    plain = _BARE.sub(" ", _LINK.sub(r"\1", _PICTURE.sub(" ", html.unescape(plain))))
    plain = _LEFT_OUT.sub("", _HEAD.sub("", _MARKS.sub("", plain)))
    return plain if re.search(r"\w", plain) else letter
