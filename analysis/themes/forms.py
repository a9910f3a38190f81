"""How words and phrases are written in a name: singular or plural, capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.themes.phrases import fold, is_plural

# share of a phrase's uses in which it is not part of a longer one
WHOLE = 0.25
# share of a word's uses in the plural from which a name has it in the plural
PLURAL = 0.33
INSIDE = re.compile(r"(?<=[a-zß-ÿ,;] )[^\W\d_][\w&'-]*")


def shown_forms(texts: Sequence[Sequence[tuple[str, bool]]]) -> dict[str, str]:
    """Folded phrase → the plural, if enough texts use it, else the form that most texts use.

    Ties go to the first in the alphabet. Phrases that hardly ever stand whole are left out.
    """
    forms: dict[str, Counter[str]] = {}
    whole: Counter[str] = Counter()
    for found in texts:
        for phrase, free in sorted(set(found)):
            forms.setdefault(fold(phrase), Counter())[phrase] += 1
            whole[fold(phrase)] += free
    return {
        key: _usual_form(count)
        for key, count in forms.items()
        if whole[key] >= WHOLE * count.total()
    }


def _usual_form(count: Counter[str]) -> str:
    usual = min(count, key=lambda p: (-count[p], p))
    longer = [p for p in count if p != usual and is_plural(p, usual)]
    often = [p for p in longer if count[p] >= max(2, PLURAL * count.total())]
    return min(often, key=lambda p: (-count[p], p), default=usual)


def written(texts: Sequence[str]) -> dict[str, str]:
    """Lower-case word → how it is written inside sentences, where that is not in lower case."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        if text.isupper():
            continue
        for word in INSIDE.findall(text):
            forms.setdefault(word.lower(), Counter())[word] += 1
    usual = {w: min(c, key=lambda p: (-c[p], p)) for w, c in forms.items()}
    return {
        w: form for w, form in usual.items() if form != w and 2 * forms[w][form] > forms[w].total()
    }
