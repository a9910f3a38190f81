"""Whether bytes are Windows-1252 or Windows-1250: whose language's letters they would be."""

from __future__ import annotations

import re
from collections.abc import Mapping

# The letters beyond ASCII of each language; Spanish marks stand at words as letters do.
WESTERN = {
    "Danish, Norwegian": "æøåéòôó", "Dutch": "áéëïíóöüè", "Estonian": "äöõüšž",
    "Finnish, Swedish": "åäöéšž", "French": "àâæçéèêëîïôœùûüÿ", "German": "äöüßé",
    "Icelandic": "áéíóúýþæöð", "Irish": "áéíóú", "Italian": "àèéìîòù",
    "Portuguese": "áâãàçéêíóôõúüªº", "Spanish": "áéíñóúü¿¡ªº", "Welsh": "âêîôûäëïöüáéíóúàèìòù",
}  # fmt: skip
CENTRAL = {
    "Albanian": "çë", "Croatian, Serbian, Slovene": "čćđšž", "Czech": "áčďéěíňóřšťúůýž",
    "Hungarian": "áéíóöőúüű", "Polish": "ąćęłńóśźż", "Romanian": "ăâîşţ",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
}  # fmt: skip
# Encodings that one byte a letter leaves alike; "i̇" is how Python lowers the Turkish capital.
ALIKE = {
    "cp1254": {"Turkish": "çğıöşüâîûi̇"},
    "cp1257": {"Estonian": "äõöüšž", "Latvian": "āčēģīķļņšūž", "Lithuanian": "ąčęėįšųūž"},
}
_FITS = 0.95
_FEWEST, _LEAST = 3, 0.08  # letters that no language of the west explains; their share of all
_SORTS, _DIFFERENT = 5, 2  # different letters; of these, such as the other encoding has not
# In words, a sign that is a letter in the other encoding ("Wa³êsa").
_SIGN = re.compile(r"(?<=[^\W\d_])(?:³|¹|¿|¾|¼|¯|¥|£|º|ª)(?=[^\W\d_])")
# A letter of a word: inside it, at its end, or at its start before three small letters.
_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f](?=[^\W\d_])|(?<![\w])[^\x00-\x7f](?=[a-z]{3})")


def western(sample: bytes) -> bool:
    """Whether one western European language explains nearly all letters of the sample."""
    text = sample.decode("cp1252", "replace")
    letters = [i for i in _places(text) if text[i].isalpha()]
    return _strange(text, letters, WESTERN)[0] <= 1 - _FITS


def central(sample: bytes) -> bool:
    """Whether a Central European language explains the letters, and no western one does."""
    east, west = sample.decode("cp1250", "replace"), sample.decode("cp1252", "replace")
    both = {*_places(east), *_places(west)}
    places = sorted(i for i in both if east[i].isalpha() or west[i].isalpha())
    if not places or _strange(east, places, CENTRAL)[0] > 1 - _FITS:
        return False
    if len(_SIGN.findall(west)) > 1:
        return True
    share, letters = _strange(west, places, WESTERN)
    different = {east[i].lower() for i in places if east[i] != west[i]}
    sorts = {east[i].lower() for i in places}
    many = len(sorts) >= _SORTS and len(different) >= _DIFFERENT
    return many and len(letters) >= _FEWEST and share >= _LEAST


def nearest(sample: bytes, codec: str) -> str:
    """Of encodings that are easily mistaken for each other, the one whose language fits best."""
    if codec not in ALIKE:
        return codec

    def strange(other: str) -> float:
        text = sample.decode(other, "replace")
        return _strange(text, _places(text), ALIKE[other])[0]

    return min((codec, *ALIKE), key=strange)


def _places(text: str) -> list[int]:
    """Where letters beyond ASCII stand, as the text is decoded."""
    inside = {m.start() for m in _IN_WORD.finditer(text)}
    return sorted(inside | {m.start() for m in re.finditer(r"[^\W\d_a-zA-Z]", text)})


def _strange(text: str, places: list[int], languages: Mapping[str, str]) -> tuple[float, str]:
    """The share of the letters at `places` that the best language has not, and these letters.

    A capital behind a small letter is in no language.
    """
    letters = [
        " " if text[i].isupper() and text[i - 1 : i].islower() else text[i].lower() for i in places
    ]
    best = min(
        ("".join(x for x in letters if x not in alphabet) for alphabet in languages.values()),
        key=len,
    )
    return len(best) / max(len(letters), 1), best
