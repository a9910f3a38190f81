"""Names that were found once, where they stand again in the same answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import (
    NAME_WORD,
    is_body,
    is_lone_forename,
    is_name,
    is_ordinary,
    plain,
)
from analysis.prepare.privacy_rules import Place

_INSIDE = re.compile(
    r"(?<!\bin)(?<!\bof)(?<!\bby)(?<!\blast)(?<!\bnext)(?<!\bsince)(?<!\buntil)(?<!\bfrom)"
    r"(?<!\bthis)(?<!\bearly)(?<!\blate)(?<!\bevery)(?<!\bduring)(?<!\bbefore)(?<!\bafter)"
    r"(?<=[\w,]) $"
)
_AS_WORD = re.compile(r"\s(?:you|we|they|he|she|it|i|the|there|this|that|my|your|[0-9])\b", re.I)


def repeats(text: str, names: Sequence[str]) -> list[Place]:
    """Where names that were found once, or their parts, stand again in the same answer.

    Parts that are everyday words count only inside a sentence, with a capital.
    """
    wanted: dict[str, bool] = {}
    for known in names:
        parts = [w[0].strip(".,") for w in NAME_WORD.finditer(known)]
        if len(parts) > 1:
            wanted[known] = False
        for part in parts:
            if len(part) > 2 and part[0].isupper() and (is_name(part, True) or len(parts) == 1):
                everyday = is_ordinary(part) and not is_lone_forename(part)
                wanted[part] = everyday or plain(part) in words.EVERYDAY
    out: list[Place] = []
    for said, everyday in wanted.items():
        if len(said.split()) == 1 and said not in text:
            continue
        pattern = r"\s+".join(map(re.escape, said.split()))
        for m in re.finditer(rf"(?<![\w@.]){pattern}(?![\w@])", text):
            if not (everyday and _usual(text, *m.span())) and not is_body(text, m.end()):
                out.append(m.span())
    return out


def _usual(text: str, start: int, end: int) -> bool:
    """Whether an everyday word means what it always means: "Will you", "in May"."""
    before = text[max(0, start - 20) : start]
    return not _INSIDE.search(before) or _AS_WORD.match(text, end) is not None
