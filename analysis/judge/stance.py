"""How a point speaks of its theme: supportive, concerned, a suggestion, or neither of these.

By what the question asked for and by outright words, never by tone alone: in an answer to “What
concerns do you have?” a cool sentence is a concern, and “I am furious that this was not done years
ago” is none. It says nothing of the position on the proposal, which is the respondent's own tick.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.records import STANCES, Stance

# What a question asks for, by its own words; the first kind whose words come first in it.
_ASKS: dict[Stance, str] = {
    "supportive": r"\b(?:benefits?|advantages?|hopes?|opportunit\w+|like (?:most|best|about)|"
    r"strengths?|went well|did .{0,20}well|good about|positives?|reasons? (?:for|to) "
    r"support)\b",
    "concerned": r"\b(?:concern\w*|worr\w+|risks?|disadvantages?|dislike\w*|fears?|"
    r"challenges?|barriers?|problems?|drawbacks?|negatives?|weakness\w*|harms?)\b",
    "suggestion": r"\b(?:should .{0,40}\b(?:do|change|consider|happen)|suggest\w*|"
    r"recommend\w*|improve\w*|advice|what else|do differently|safeguards?|ideas?)\b",
}
_AGAINST = (
    r"\b(?:stop|scrap|halt|abandon|drop|cancel|reject|withdraw|abolish|bin) (?:this|it|these|"
    r"them|the (?:plan|programme|proposal|scheme|project|roll-?out|idea)s?|all of (?:this|"
    r"it))\b|\b(?:do not|don't|please not|never) (?:do|go ahead with|introduce|allow|roll out|"
    r"build|use) (?:this|it|that)\b|\bi (?:strongly |firmly |totally |completely |must |do "
    r")*(?:oppose|object|disagree|reject)\b|\b(?:am|is|are|'m|'re) (?:strongly |firmly |"
    r"totally |wholly )*(?:opposed|against)\b|\b(?:should|must) (?:not|never) (?:go ahead|"
    r"happen|be (?:allowed|used|introduced))\b|\bno benefits?\b|\bbad idea\b"
)
_FOR = (
    r"\broll (?:it|this|them) out\b|\bi (?:strongly |fully |wholly |very much |do "
    r")*(?:support|back|welcome|favou?r|agree|endorse|approve)\b|\b(?:in favou?r of|all for|"
    r"go ahead with)\b|\b(?:bring|get on with|go for) (?:it|this)\b|\bgood idea\b|\bfully "
    r"behind\b|\bcannot come soon\b|\bnot done (?:\w+ ){0,3}ago\b|\b(?:long )?overdue\b"
)
_CONCERN = (
    r"\b(?:worr\w+|concern(?:s|ed|ing)?|afraid|fear\w*|risk\w*|danger\w*|harm\w*|unfair\w*|"
    r"bias\w*|mistakes?|errors?|wrong\w*|problem\w*|lose|losing|lost|cannot|can't|excluded?|"
    r"left behind|discriminat\w*|threat\w*|scar\w+|abuse\w*|misuse\w*|distrust|cruel|"
    r"useless)\b"
)
_PRAISE = (
    r"\b(?:help(?:s|ed|ful)?|benefit\w*|quick\w*|faster|easier|sav(?:e|es|ed|ing)|useful|"
    r"better|improv\w+|free up|frees|efficien\w+|accura\w+|brilliant|great|excellent|good|"
    r"love)\b"
)
_PROPOSES = (
    r"\b(?:should|ought to|must|needs? to|(?:has|have) to be|we need|i (?:would )?(?:suggest|"
    r"urge|recommend|propose|ask|want|request|encourage)|i(?:'d| would) (?:like|prefer|want)|"
    r"please|why not|how about|could (?:you|we|they)|let (?:us|people|the)|it would be "
    r"(?:good|better|helpful|nice)|shall|shouldn't|mustn't)\b"
)
# Sentences that begin so tell somebody what to do.
_BIDS = (
    r"^\W*(?:(?:and|so|then|also|first(?:ly)?|but) ,? ?)?(?:add|allow|always|appoint|ask|ban|"
    r"bring|build|check|consult|create|do not|don't|employ|ensure|explain|extend|fix|fund|"
    r"give|guarantee|have|hire|include|introduce|invest|involve|keep|limit|listen|make|never|"
    r"offer|open|pass|pay|pilot|prohibit|protect|prove|provide|publish|put|reduce|regulate|"
    r"remove|require|restrict|set up|simplify|start|stop|talk to|teach|tell|test|think|train|"
    r"try|use|wait)\b"
)
_NOTHING = (
    r"^\W*(?:none|no|nothing|i (?:can't|cannot|don't) (?:see|think of) any|not (?:any|"
    r"really))\b"
)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def asks_for(question: str) -> Stance:
    """What a question asks for: supportive, concerned or suggestion; "unclear" if it is open."""
    first = [
        (m.start(), kind)
        for kind, words in _ASKS.items()
        if (m := re.search(words, question, re.IGNORECASE))
    ]
    return min(first)[1] if len({kind for _, kind in first}) == 1 else _last(first)


def _last(found: Sequence[tuple[int, Stance]]) -> Stance:
    """“What benefits or risks …?” asks for both, hence for neither."""
    return "suggestion" if any(k == "suggestion" for _, k in found) else "unclear"


def point_stance(text: str, tone: str, asked: Stance) -> Stance:
    """The stance of one point. tone: as told, "" where it was not; asked: `asks_for`."""
    plain = text.replace("’", "'")
    against, agreed = _found(_AGAINST, plain), _found(_FOR, plain)
    if against != agreed:
        return "concerned" if against else "supportive"
    if _found(_PROPOSES, plain) or _found(_BIDS, plain):
        return "suggestion"
    if _found(_NOTHING, plain) and asked in ("supportive", "concerned"):
        return "concerned" if asked == "supportive" else "supportive"
    opposite = {"supportive": "negative", "concerned": "positive"}
    if asked != "unclear":
        return "unclear" if tone == opposite.get(asked) else asked
    worried, praised = _found(_CONCERN, plain), _found(_PRAISE, plain)
    if worried and not praised and tone != "positive":
        return "concerned"
    if praised and not worried and tone != "negative":
        return "supportive"
    return "unclear"


def theme_stances(members: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """theme_id, stance (STANCES), n: people by how they speak of each theme; base: all its people.

    members: groups.theme_members. points: point_id, stance. Whoever is supportive in one point and
    concerned in another is mixed; a suggestion counts where neither was said.
    """
    held = members.merge(points[["point_id", "stance"]], on="point_id")
    said = pd.crosstab([held["theme_id"], held["respondent_id"]], held["stance"])
    said = said.reindex(columns=list(STANCES), fill_value=0) > 0
    stance = pd.Series("unclear", index=said.index)
    stance[said["suggestion"]] = "suggestion"
    for side in ("supportive", "concerned"):
        stance[said[side]] = side
    stance[said["supportive"] & said["concerned"]] = "mixed"
    counts = stance.groupby(level="theme_id").value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=list(STANCES), fill_value=0)
    long = counts.rename_axis(columns="stance").reset_index().melt("theme_id", value_name="n")
    return long.assign(base=long["theme_id"].map(counts.sum(axis=1))).astype({"n": "int64"})
