"""What a name looks like: words with a capital that are no office, body, nationality or month.

`privacy_naming` has the rules that use it. Three lists weigh a word: `privacy_given` (forenames,
surnames), `privacy_words` (what is no name) and the ordinary words of TextBlob's lexicon.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from analysis.errors import BackendError
from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_given import FORENAMES, SURNAMES
from analysis.prepare.privacy_rules import UPPER, Check, Match, Place

LETTER = r"[^\W\d_]"
TITLES = (
    r"Mrs?|MRS?|Ms|Miss|MISS|Mx|Dr|DR|Prof|Professor|Cllr|Councillor|Revd?|Reverend|Nurse|Sir|"
    r"Dame|Lady|Sgt|Sergeant|Fr|Father|Sister|Imam|Rabbi|Pastor|Canon|Archdeacon|Judge|"
    r"Headteacher|Headmaster|Headmistress|Matron|Midwife|Major|Captain|Capt|Colonel|Col|"
    r"Lieutenant|Lt|W?PC|PCSO|DC|DS|DI|DCI|DCS|Insp|Inspector|Constable|Superintendent|Vicar|"
    r"Deacon|Brother|Aunt(?:y|ie)?|Uncle|Cousin|Nana?|Nanny|Grann?y?|Grandma|Grandad|Granddad|"
    r"Grandpa|Auld|Wee|Madam|Master"
)
TITLE = rf"(?:(?:(?:{TITLES})\.?[ \t]{{1,2}}(?:(?:and|&)\s)?){{1,3}})"
WORD = (
    rf"(?:{UPPER}\.(?:{UPPER}\.){{0,3}}|"
    rf"{UPPER}{LETTER}{{0,20}}(?:['’-](?!s\b){LETTER}{{1,20}}){{0,3}})"
)
PARTICLE = (
    r"(?:(?:van|von|de|del|der|den|da|dos|di|la|le|ap|ab|ferch|bin|bint|ibn|al|el|ní|nic)\s){0,2}"
)
NAME = rf"(?P<x>{PARTICLE}{WORD}(?:[ \t]{{1,2}}{PARTICLE}{WORD}){{0,7}})(?![\w@])"
LOW = rf"(?P<low>{LETTER}{{2,15}}(?:['’-]{LETTER}{{2,15}})?(?: {LETTER}{{2,15}}){{0,2}})(?![\w@'’])"
NAME_WORD = re.compile(rf"{WORD}|\S+")
_BODIES = words.BODIES - words.SURNAMES_TOO - SURNAMES
_SURNAME_SHAPE = re.compile(
    r"^(?:o['’][a-zà-ÿ]{3,}|ma?c[b-df-hj-np-tv-z][a-zà-ÿ]{2,}|fitz[a-z]{4,}|"
    r"[a-zà-ÿ]{3,}(?:owski|ewski|icki|wicz|enko|opoulos|escu|oğlu|swamy|ovic|ová))$"
)


@cache
def _ordinary() -> frozenset[str]:
    """Words that TextBlob's lexicon (Brill's) knows in lower case and not as a name."""
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise BackendError(
            "The word list for finding names (package textblob) is not installed. "
            "Install it with: pip install --no-deps -r requirements.txt"
        )
    path = Path(spec.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return frozenset(
        p[0] for p in pairs if len(p) == 2 and p[0].islower() and p[1] not in ("NNP", "NNPS", "FW")
    )


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    return re.sub(r"['’]s$", "", word).strip(".").lower()


def is_name(word: str, sure: bool = False) -> bool:
    """Whether it can be part of a name; `sure`: the words around say that a name comes."""
    bare = plain(word)
    return bool(bare) and (bare not in words.NOT_NAMES or (sure and bare in words.WORD_NAMES))


def _folded(bare: str) -> str:
    """Without accents: "rafał" as "rafal"."""
    marks = unicodedata.normalize("NFKD", bare.translate(str.maketrans("łøđı", "lodi")))
    return marks if bare.isascii() else "".join(c for c in marks if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def is_forename(word: str) -> bool:
    bare = plain(word)
    return bool({bare, _folded(bare), bare.split("-")[0]} & FORENAMES)


@lru_cache(maxsize=50_000)
def is_lone_forename(word: str) -> bool:
    """A forename that is no word, place or product as well."""
    bare = plain(word)
    return is_forename(word) and bare not in words.WORD_NAMES and bare not in words.NOT_NAMES


def is_surname(word: str) -> bool:
    bare = plain(word)
    return (
        not SURNAMES.isdisjoint((bare.split("-")[-1], _folded(bare)))
        or _SURNAME_SHAPE.match(bare) is not None
    )


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    bare = plain(word)
    return bare in words.NOT_NAMES or bare in _ordinary() or bare.rstrip("s") in _ordinary()


def name_part(
    text: str, start: int, capitals: bool, sure: bool = False, initials: bool = False
) -> tuple[Place, list[str]] | None:
    """The leading words of `text` that can be a name, as offsets from `start`, and the words.

    A word in capitals (PIP, DWP) counts only where `capitals`, initials alone where `initials`.
    """
    end, parts = 0, list[str]()
    for m in NAME_WORD.finditer(text):
        word = m[0]
        if word.islower():
            continue
        shouted = len(word) > 2 and word.isupper() and "." not in word
        shouted = shouted or (len(word) == 2 and word.isupper() and plain(word) in words.NOT_NAMES)
        if not is_name(word, sure and not shouted) or (shouted and not capitals):
            break
        if parts and plain(word) in _BODIES:
            break
        end = m.end()
        parts.append(word)
    letters = [part.strip(".") for part in parts]
    if not initials and all(len(part) == 1 or "." in part for part in letters):
        return None
    return ((start, start + end), parts) if parts else None


def low_part(m: Match, known: bool, most: int = 3) -> Place | None:
    """A name typed without capitals: words up to the first that is an ordinary one.

    known: the first must be a forename that is no word as well.
    """
    end = 0
    for count, word in enumerate(re.finditer(r"\S+", m["low"])):
        bare = plain(word[0])
        listed = (is_forename(bare) or is_surname(bare)) and bare not in words.WORD_NAMES
        wanted = is_lone_forename(bare) if known else listed or not is_ordinary(bare)
        if bare in words.NOT_NAMES or count == most or not (wanted if count == 0 else listed):
            break
        end = word.end()
    return (m.start("low"), m.start("low") + end) if end else None


def is_body(text: str, end: int) -> bool:
    """Whether the word after a name makes it a body's: "Example Trust", "Jo Example's Law"."""
    after = re.match(r"(?:['’]s)?\s?(\w+)", text[end : end + 24])
    if after is None or after[1].lower() not in words.BODIES:
        return False
    return after[1][0].isupper()


def name(
    least: int = 1, capitals: bool = False, known: bool = False, sure: bool = False,
    initials: bool = False,
) -> Check:  # fmt: skip
    """At least so many words; `known`: the first is a forename of our list."""

    def check(m: Match) -> Place | None:
        shout = m[0].isupper()
        found = name_part(m["x"], m.start("x"), capitals or shout, sure and not shout, initials)
        if not found or len(found[1]) < least or is_body(m.string, found[0][1]):
            return None
        return None if known and not is_forename(found[1][0]) else found[0]

    return check


def either(high: Check, known: bool = False, most: int = 3) -> Check:
    """The name with capitals (group x), else the one without (group low)."""
    return lambda m: high(m) if m["x"] else low_part(m, known, most)


def is_full(parts: list[str]) -> bool:
    """Words that can be nothing but a person: a forename or an unknown word, then a surname."""
    if len(parts) < 2 or len(parts) > 5:
        return False
    letters = [plain(p) for p in parts]
    if "_".join(letters[:2]) in words.PUBLIC_FIGURES:
        return False
    if is_forename(parts[0]) or letters[0] in words.GIVEN_TOO:
        word = letters[0] in words.WORD_NAMES
        return not word or is_surname(parts[-1]) or not is_ordinary(parts[1])
    initial = len(letters[0]) == 1 or "." in parts[0]
    sure = is_surname(parts[-1]) and (initial or not is_ordinary(parts[-1]))
    return sure and (initial or not is_ordinary(parts[0]))
