"""What a reply's publication setting allows: its name, only its text, or nothing."""

from __future__ import annotations

import re
from typing import Literal

Permission = Literal["named", "anonymous", "no", ""]

_ANONYMOUS = re.compile(
    r"anonym|without (?:my|your|the|a) (?:name|personal)|not (?:my|your) name|no name|"
    r"(?:withhold|remove|omit|hide|exclud)\w* (?:my|your|the)? ?(?:name|personal|details)|"
    r"text only|name (?:withheld|removed)"
)
_NO = re.compile(
    r"^no\b|^n$|^false$|^0$|confidential|do(?:es)? not|don't|"
    r"not (?:be )?(?:publish|shared|consent|agree|happy)|private|refuse|object|declin|withhold"
)
_NAMED = re.compile(r"name|personal information|personal details|attribut|identif|in full with")
_YES = re.compile(r"^yes\b|^y$|^true$|^1$|agree|consent|publish|public|happy|share|quot|ok\b|allow")
_HIDE = re.compile(r"confidential|anonym|withh?old|private")


def permission_of(value: str, label: str) -> Permission:
    """One cell of the permission column. A bare yes is read by what `label` asks for.

    A yes that does not speak of the name allows the text only.
    """
    text = " ".join(value.replace("’", "'").split()).casefold()
    asked = label.replace("’", "'").casefold()
    if not text:
        return ""
    bare = re.fullmatch(r"(yes|no|y|n|true|false|1|0)[.,!]?", text)
    if bare and (m := _HIDE.search(asked)):
        yes = bare[1] in ("yes", "y", "true", "1")
        if m[0] == "anonym":
            return "anonymous" if yes else "named"
        return "no" if yes else "anonymous"
    if _ANONYMOUS.search(text):
        return "anonymous"
    if _NO.search(text):
        return "no"
    if _NAMED.search(text):
        return "named"
    if _YES.search(text):
        return "named" if re.search(r"\bnames?d?\b|attribut", asked) else "anonymous"
    return ""
