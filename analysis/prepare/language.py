"""The language of each answer, or "und" where it is too short to tell.

py3langid's naive Bayes over byte n-grams, restricted to languages that answers to consultations in
Britain and the European Union are written in: the fewer the candidates, the surer short answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import pandas as pd
from py3langid.langid import MODEL_FILE, LanguageIdentifier

# fmt: off
NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gd": "Scottish Gaelic", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "it": "Italian", "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian",
    "mt": "Maltese", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sv": "Swedish", "ta": "Tamil", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}
# fmt: on
LANGUAGES = tuple(NAMES)
UNDETERMINED = "und"
SURE = 0.8  # probability under which a language is not named
FEWEST_BYTES = 8  # of letters; a word of another script says more than one of ours
MOST_CHARACTERS = 600  # more of the same answer changes nothing but the time
LIKELY = 0.5  # of the best language's probability: how far an answer may be from its context

_WORDS = re.compile(r"[^\W\d_]+")
_LINKS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(LANGUAGES)
    return found


def _plain(text: str) -> str:
    """Letters of fancy alphabets as ordinary ones, without addresses, cut to what is needed."""
    text = unicodedata.normalize("NFKC", text[: 2 * MOST_CHARACTERS])
    return _LINKS.sub(" ", text)[:MOST_CHARACTERS]


def _long_enough(text: str) -> bool:
    words = _WORDS.findall(text)
    letters = "".join(words)
    latin = all(c < "\u0370" for c in letters)
    return len(letters.encode()) >= FEWEST_BYTES and (len(words) > 1 or not latin)


def _own(text: str) -> str:
    plain = _plain(text)
    if not _long_enough(plain):
        return UNDETERMINED
    language, probability = _identifier().classify(plain)
    return str(language) if probability >= SURE else UNDETERMINED


def _in_context(text: str, context: str) -> str:
    """The language of the respondent's other answers, if `text` may well be in it too."""
    language = _own(context)
    ranked = dict(_identifier().rank(_plain(text)))
    if language == UNDETERMINED or not _WORDS.search(text):
        return UNDETERMINED
    return language if ranked[language] >= LIKELY * max(ranked.values()) else UNDETERMINED


def other(languages: pd.Series[str], main: str) -> pd.Series[bool]:
    """Which answers are in another language than `main`; one that cannot be told is not."""
    return ~languages.isin([main, UNDETERMINED])


def detect(texts: Sequence[str], context: Sequence[str] | None = None) -> list[str]:
    """ISO 639-1 codes of `texts`, in their order; "und" where a text is too short or unclear.

    `context[i]`, if given, is what the same respondent wrote elsewhere ("" for nothing): an
    unclear text gets its language when the text itself does not speak against that. Method:
    Lui and Baldwin, langid.py (ACL 2012), in the py3langid model.
    """
    own = {text: _own(text) for text in dict.fromkeys(texts)}
    found = [own[text] for text in texts]
    if context is None:
        return found
    return [
        _in_context(text, around) if language == UNDETERMINED and around else language
        for text, around, language in zip(texts, context, found, strict=True)
    ]
