"""Which encoding a text is in: BOM, else strict UTF-8, else UTF-16, else one byte a letter."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from analysis.errors import FileError
from analysis.ingest import alphabets
from analysis.records import Notice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 1 << 20
_LEAST_TO_GUESS = 6  # letters beyond ASCII
_STRAY = 1 / 3  # of the bytes beyond ASCII: with more outside UTF-8's sequences it is not UTF-8
_OTHERS = {
    "cp1250": "Central European", "cp1251": "Cyrillic", "koi8_r": "Cyrillic", "cp1253": "Greek",
    "cp1254": "Turkish", "cp1255": "Hebrew", "cp1256": "Arabic", "cp1257": "Baltic",
    "cp932": "Japanese", "euc_jp": "Japanese", "gb18030": "Chinese", "big5": "Chinese",
    "cp949": "Korean", "cp437": "DOS",
}  # fmt: skip
# A UTF-8 character of two bytes or more.
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_USUAL = frozenset("’‘“”–—…£€éèêëàâäáùûüúôöóòîïíìçñßøåæŵŷÉÈÀÖÜÄÇ°½¼¾«»•´®©§")
_ODD = frozenset("‡ˆ‰˜¸˝ˇ˙˛˚◊√∂∫≈∆Ω∏∑πµƒ¬≠≤≥ﬁﬂ¨ª¯ˉ¤¦¶þðýÐÞÝ")


@dataclass(frozen=True)
class Encoding:
    """`codec` is what Python calls it, `errors` how to decode, `name` what is shown."""

    codec: str
    name: str
    errors: str = "strict"
    notices: tuple[Notice, ...] = ()


def find_encoding(data: bytes, override: str | None = None) -> Encoding:
    """The encoding of a text file.

    Raises FileError if `override` is not an encoding or does not fit the file.
    """
    if override:
        return _overridden(data, override)
    for mark, codec in _BOMS:
        if data.startswith(mark) and (codec == "utf-8-sig" or _decodes(data, codec)):
            if codec == "utf-8-sig" and not _decodes(data, codec):
                return _mixed_or_bytes(data)
            return Encoding(codec, codec.removesuffix("-sig"))
    if b"\0" in data[:_BLOCK] and (wide := _wide(data)):
        return Encoding(wide, wide)
    if _decodes(data, "utf-8"):
        return Encoding("utf-8", "utf-8")
    return _mixed_or_bytes(data)


def _overridden(data: bytes, override: str) -> Encoding:
    try:
        name = codecs.lookup(override).name
        fits = _decodes(data, override)
    except (LookupError, ValueError):
        raise FileError(
            f"“{override}” is not an encoding that can be read; try utf-8 or windows-1252."
        ) from None
    if not fits:
        raise FileError(
            f"The file is not in the encoding {override}; leave the encoding open and it is found."
        )
    if name == "utf-8" and data.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig", "utf-8")
    return Encoding(name, name)


def _decodes(data: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK])
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a BOM: plain letters leave every second byte NUL."""
    head = data[: 1 << 16]
    head = head[: len(head) // 2 * 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half and _decodes(data, "utf-16-le"):
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half and _decodes(data, "utf-16-be"):
        return "utf-16-be"
    return None


def _mixed_or_bytes(data: bytes) -> Encoding:
    head = data[: 16 * _BLOCK]
    high = sum(head.count(b) for b in range(0x80, 0x100))
    stray = high - sum(len(m) for m in _MULTIBYTE.findall(head))
    # Pieces of two files stuck together, or a file cut in the middle of a character.
    if high and stray <= _STRAY * high and (high - stray) >= 4:
        message = (
            f"The file is UTF-8 but for {stray} bytes, which were read as Windows-1252; "
            "check accents and quotation marks in the preview."
        )
        codec = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
        return Encoding(codec, "utf-8", _FALLBACK, (Notice("mixed_encoding", message),))
    return _one_byte(data)


def _one_byte(data: bytes) -> Encoding:
    head = data[: 16 * _BLOCK]
    sample = b"\n".join(line for line in head.split(b"\n") if not line.isascii())[:_BLOCK]
    windows = sample.decode("cp1252", "replace")
    mac = sample.decode("mac_roman")
    found = re.findall(r"[^\x00-\x7f]+", windows)
    letters = sum(map(len, found))
    if alphabets.central(sample) and _decodes(data, "cp1250"):
        return _guess("cp1250")
    western = max(_score(windows), _score(mac)) >= 0.5 * letters and letters < 2 * len(found)
    western |= alphabets.western(sample)
    if letters >= _LEAST_TO_GUESS and not western and (guess := _guessed(data, sample)):
        return guess
    if _score(mac) > _score(windows):
        return Encoding("mac_roman", "mac-roman")
    # Five bytes have no meaning in Windows-1252; a file must not fail for one of them.
    return Encoding("cp1252", "windows-1252", _FALLBACK)


def _guessed(data: bytes, sample: bytes) -> Encoding | None:
    """An encoding of other alphabets, where the letters are not those of western Europe."""
    best = charset_normalizer.from_bytes(sample[: 1 << 16], cp_isolation=list(_OTHERS)).best()
    if best is None or best.encoding not in _OTHERS or not _decodes(data, best.encoding):
        return None
    nearest = alphabets.nearest(sample, best.encoding)
    return _guess(nearest if _decodes(data, nearest) else best.encoding)


def _guess(codec: str) -> Encoding:
    message = (
        f"The file does not say how its letters are written; {_OTHERS[codec]} "
        f"({codec}) fits best. Check the preview, and choose another encoding if it is odd."
    )
    return Encoding(codec, codec, notices=(Notice("encoding_guess", message),))


def _score(text: str) -> float:
    """How much a text looks like writing: usual characters in usual places."""
    score = 0.0
    for m in re.finditer(r"[^\x00-\x7f]", text):
        char = m.group()
        before = text[m.start() - 1 : m.start()] if m.start() else " "
        if char == "�" or "\x80" <= char <= "\x9f":
            score -= 3
        elif char in _ODD:
            score -= 1
        elif char.isupper() and before.islower():
            score -= 2
        elif char in _USUAL:
            score += 1
    return score


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "replace").replace("�", byte.decode("latin-1")), error.start + 1


_FALLBACK = "heard_windows_1252"
codecs.register_error(_FALLBACK, _as_windows)
