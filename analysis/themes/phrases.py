"""Candidate noun phrases of a text, from a word-class lexicon and a few rules: no model needed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from analysis.errors import BackendError
from analysis.themes.words import CLASSES, INNER, LINKS, STANCE, STOP, VERB_BEFORE, stop_words

TOKEN = re.compile(r"[^\W\d_](?:[\w]|['’-](?=\w))*|\d[\w.,%]*|[^\w\s]|\n")
# French and Italian articles run into their noun: l'Europe, dell'Unione
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|dell|nell|all|sull|un)'(?=\w)", re.IGNORECASE)
MOST_WORDS = 5
TOLD = 5  # phrases that tell one set of texts from another
ENDINGS = ("ing", "ed", "er")
SHORTENED = ("n't", "'nt", "'ll", "'ve", "'d", "'re", "'m")  # "there'll", "who'd": no names
_KINDS = {"NN": "n", "NNS": "n", "NNP": "n", "NNPS": "n", "JJ": "a", "VBG": "g", "VBN": "a"}
SUFFIXES = (
    ("ness", "n"), ("ment", "n"), ("tion", "n"), ("sion", "n"), ("ity", "n"), ("ism", "n"),
    ("ship", "n"), ("ance", "n"), ("ence", "n"), ("ing", "g"), ("ly", "x"), ("ous", "a"),
    ("ful", "a"), ("able", "a"), ("ible", "a"), ("ive", "a"), ("ed", "a"), ("al", "a"),
)  # fmt: skip


@cache
def _lexicon() -> dict[str, str]:
    """Most frequent word class of 90,000 English words: Brill's lexicon, as TextBlob ships it."""
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise BackendError(
            "The word list for naming themes (package textblob) is not installed. "
            "Install it with: pip install --no-deps -r requirements.txt"
        )
    path = Path(spec.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {p[0]: p[1] for p in pairs if len(p) >= 2 and not p[0].startswith(";")}


@cache
def kind(word: str) -> str:
    """n noun, a adjective or participle, g -ing form, i inner word (of, for …), d article, x other.

    `word` in lower case.
    """
    if word in CLASSES:
        return CLASSES[word]
    if word in INNER:
        return "i"
    if word in ("the", "a", "an", "our", "my", "your", "their", "its", "his", "her"):
        return "d"
    if word in STOP or not word[0].isalpha() or word.endswith(SHORTENED):
        return "x"
    lexicon = _lexicon()
    tag = lexicon.get(word) or lexicon.get(word.capitalize())
    if tag is None and "-" in word:
        return "a" if word.endswith(("ed", "ing")) else "n"
    if tag is None:
        return next((k for suffix, k in SUFFIXES if word.endswith(suffix)), "n")
    return _KINDS.get(tag, "x")


def tokens(text: str) -> list[str]:
    """Words in lower case, and every other mark as a token of its own, in order."""
    return [t.lower().replace("’", "'") for t in TOKEN.findall(text)]


def phrases(text: str, language: str = "en") -> list[tuple[str, bool]]:
    """Candidate phrases in lower case, with repeats: runs of adjectives and nouns that end on a
    noun, at most four words, and two of them joined by one of a few prepositions.

    The flag tells whether the phrase stands whole, not cut out of a longer run: "collar workers"
    never does. In other languages (ISO 639-1) than English see `_plain_phrases`.
    """
    if language != "en":
        return _plain_phrases(text, language)
    words = tokens(text)
    kinds = _kinds_of(words)
    runs = _runs(kinds)
    found: list[tuple[str, bool]] = []
    for start, end in runs:
        for i in range(start, end):
            for j in range(i + 1, min(end, i + 4) + 1):
                if kinds[j - 1] == "n":
                    found.append((" ".join(words[i:j]), (i, j) == (start, end)))
    for (first, stop), (again, end) in pairwise(runs):
        link = [w for w in words[stop:again] if kind(w) != "d"]
        if again - stop > 2 or len(link) != 1 or link[0] not in INNER or kinds[stop - 1] != "n":
            continue
        for i in range(max(first, stop - 2), stop):
            for j in range(again + 1, min(end, again + 2) + 1):
                if kinds[j - 1] == "n" and (stop - i) + (j - again) + 1 <= MOST_WORDS:
                    joined = " ".join([*words[i:stop], link[0], *words[again:j]])
                    found.append((joined, (i, j) == (first, end)))
    return [(p, whole) for p, whole in found if allowed(p)]


def _plain_phrases(text: str, language: str) -> list[tuple[str, bool]]:
    """Runs of up to three words that are no stop words, and two words joined by "of".

    In German they end on a word with a capital, which nouns have.
    """
    written = TOKEN.findall(ELIDED.sub("", text.replace("’", "'")))
    words = [w.lower() for w in written]
    stop, links = stop_words(language), LINKS.get(language, frozenset())
    says = [w[0].isalpha() and len(w) > 2 and w not in stop for w in words]
    ends = [s and (language != "de" or w[0].isupper()) for s, w in zip(says, written, strict=True)]
    found: list[tuple[str, bool]] = []
    for i in range(len(words)):
        for j in range(i + 1, min(len(words), i + 3) + 1):
            if all(says[i:j]) and ends[j - 1]:
                whole = not (i and says[i - 1]) and not (j < len(words) and ends[j])
                found.append((" ".join(words[i:j]), whole))
        if i + 2 < len(words) and ends[i] and words[i + 1] in links and ends[i + 2]:
            found.append((" ".join(words[i : i + 3]), True))
    return found


def _kinds_of(words: list[str]) -> list[str]:
    """Word classes in place: what follows "to", "we" or "can", or opens a demand, is a verb."""
    kinds = [kind(w) for w in words]
    for i, word in enumerate(words):
        opens = i == 0 or not words[i - 1][0].isalnum()
        driven = i > 0 and words[i - 1] in VERB_BEFORE
        follows = kinds[i + 1] if i + 1 < len(kinds) else "x"
        if kinds[i] == "n" and (opens or driven) and follows in "dna" and word in _verbs():
            kinds[i] = "x"
    return kinds


def _runs(kinds: list[str]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in "nag":
            end += 1
        if end > start:
            runs.append((start, end))
        start = max(end, start + 1)
    return runs


@cache
def _verbs() -> frozenset[str]:
    """Base forms that are also verbs: those whose -ing or -ed form the lexicon knows."""
    lexicon = _lexicon()
    forms = {w for w, t in lexicon.items() if t in ("VBG", "VBD", "VBN", "VBZ")}
    stems = {w[: -len(s)] for w in forms for s in ("ing", "ed", "s") if w.endswith(s)}
    doubled = {w[:-1] for w in stems if len(w) > 3 and w[-1] == w[-2]}
    return frozenset(stems | {w + "e" for w in stems} | doubled)


@cache
def allowed(phrase: str) -> bool:
    """No stance words, nothing made of stop words, no repeated word."""
    words = phrase.split()
    outer = [w for w in words if w not in INNER]
    return (
        not any(w in STANCE for w in words)
        and not words[-1].endswith(("'s", "s'"))
        and not any(w in STOP for w in outer)
        and len(set(words)) == len(words)
        and all(len(set(w)) > 1 for w in outer)
    )


def heads(phrase: str) -> int:
    """Number of words that carry meaning."""
    return sum(w not in INNER for w in phrase.split())


def has_content(text: str) -> bool:
    """Whether there is more to the text than marks, or one word that says nothing."""
    return sum(w[0].isalpha() for w in tokens(text)) > 1 or any(
        w[0].isalpha() and w not in STOP for w in tokens(text)
    )


def telling(inside: Iterable[str], outside: Iterable[str]) -> list[str]:
    """Phrases that many of the one and few of the other hold, at most `TOLD`."""
    one, two = _shares(inside), _shares(outside)
    score = {p: share - two.get(p, 0.0) for p, share in one.items()}
    best = sorted(score, key=lambda p: (-score[p], -len(p), p))
    kept: list[str] = []
    for phrase in best:
        if score[phrase] > 0 and not any(set(phrase.split()) & set(k.split()) for k in kept):
            kept.append(phrase)
        if len(kept) == TOLD:
            break
    return kept


def _shares(texts: Iterable[str]) -> dict[str, float]:
    """Phrase → the share of the texts that hold it."""
    held = [{p for p, _ in phrases(text)} for text in texts]
    return {p: n / len(held) for p, n in Counter(p for own in held for p in own).items()}


@lru_cache(2**16)
def fold(phrase: str) -> str:
    """One key for a phrase in singular and plural, with and without hyphens."""
    return " ".join(_singular(w) for w in phrase.replace("-", " ").split())


def is_proper(word: str) -> bool:
    """Whether the lexicon has this word only with a capital, or not at all."""
    return word not in _lexicon()


def known(word: str) -> bool:
    """Whether the lexicon has the word in any form, or the parts of a compound."""
    forms = {word, word.capitalize(), word.upper(), _singular(word), _singular(word).capitalize()}
    return "-" in word or word in CLASSES or any(f in _lexicon() for f in forms)


def is_plural(phrase: str, other: str) -> bool:
    """Whether `phrase` is the plural of `other`."""
    return phrase != other and fold(phrase.split()[-1]) == other.split()[-1].replace("-", " ")


@cache
def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes", "zes")):
        return word[:-2] if word[:-2] in _lexicon() and word[:-1] not in _lexicon() else word[:-1]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(2**16)
def stem(word: str) -> str:
    """One key for most forms of a word: stammer, stammers, stammering."""
    word = fold(word.split("'")[0])
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
