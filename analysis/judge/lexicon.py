"""VADER's word list and rules, with what it misses: far, double and denied complaint, and irony.

VADER (Hutto & Gilbert 2014) turns a word round when a negation stands up to three words before it.
"I can't say the letters are clear" is further apart, and "no lack of goodwill" is not a complaint.
Its compound score beyond ±0.05 counts as positive or negative, as its authors advise.
"""

from __future__ import annotations

import re
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.records import Tone

THRESHOLD = 0.05
TURNED = -0.74  # what VADER multiplies a negated word by
# A negated verb of saying or thinking: what follows, to the end of the clause, is denied.
_FAR = re.compile(
    r"\b(?:can(?:no|')t|can not|couldn'?t|could not|wouldn'?t|would not|don'?t|do not|didn'?t|"
    r"did not|hardly|never) (?:really |honestly |truly )?(?:say|call|claim|think|believe|feel|find|"
    r"describe|pretend|see how|consider)\b(?P<denied>[^.;!?\n]*?)"
    r"(?=[.;!?\n]|,? but\b|, (?:and|so|which|because)\b|$)",
    re.IGNORECASE,
)
# Denying something bad praises little: the phrase is taken out, neither praise nor complaint.
_DOUBLE = re.compile(
    r"\b(?:no (?:lack|shortage|want|absence) of|(?:by no means|not|nowhere near|far from) "
    r"(?:the |a |an )?(?:worst|bad|terrible|awful|useless|hopeless|disaster))\b(?! enough\b)",
    re.IGNORECASE,
)


# "You couldn't say it better", "I can't believe how good": praise, though it looks denied.
_BEYOND = re.compile(r"\b(?:better|more|improv\w+|anything|how|what a)\b", re.IGNORECASE)
# "No problems", "never had any trouble": a complaint that is denied is mild praise.
_DENIED = re.compile(
    r"\b(?:no|not a|never (?:had|have|been|met|found|seen|known)|without|nothing to|not had|"
    r"(?:haven't|hasn't|hadn't|didn't|don't) (?:had|have|met|found|seen)) "
    r"(?:(?:any|a|the|single|real|major|such|further) ){0,2}"
    r"(?:problems?|complaints?|trouble|issues?|faults?|delays?|difficult(?:y|ies)|worr(?:y|ies)|"
    r"fear|hassle|hitch(?:es)?|concerns?|complain about|grumbles?|fuss|glitch(?:es)?|regrets?)\b",
    re.IGNORECASE,
)
# "So much easier now": what has become better is praised, unless it is only wished for.
_BETTER = re.compile(
    r"\b(?:(?:so |very )?much|far|a lot|loads|way|so many times) "
    r"(?:easier|better|quicker|faster|clearer|nicer|simpler|smoother|kinder|friendlier)\b"
    r"(?! (?:if|when|to have|service|than (?:nothing|this|that|it is))\b)",
    re.IGNORECASE,
)
# "The staff could not have been nicer", "I cannot fault them": praise that looks like a denial.
_UTMOST = re.compile(
    r"\b(?:could|can)(?:n't|not| not) (?:(?:have been|be|have asked for|ask for|have had) "
    r"(?:any |a |an )?(?:nicer|better|kinder|happier|easier|friendlier|more (?:helpful|pleased|"
    r"supportive|caring|grateful|understanding))|fault|praise \w+ (?:highly )?enough|"
    r"thank \w+ enough|recommend \w+ (?:highly )?enough)\b",
    re.IGNORECASE,
)
# "Not helpful at all", "wasn't good enough": praise that is denied outright.
_LACKING = re.compile(
    r"(?:\b(?:not|never|hardly|nor)|n't)(?: (?:very|at all|really|particularly|that|so|always|been|"
    r"even|remotely|especially))? (?:helpful|useful|good enough|clear|easy|friendly|fair|kind|"
    r"caring|fit for purpose|happy|satisfied|impressed|pleased|acceptable|reliable|safe|welcoming|"
    r"accessible|listened to|treated well)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(?:should|could|would|must|needs?|if|wish|want|hop(?:e|ing)|might|may|will|be|not|never|"
    r"no|used to|was|were|before)\b|n't\b|\?",
    re.IGNORECASE,
)
_OUTRIGHT: tuple[tuple[re.Pattern[str], Tone], ...] = (
    (_UTMOST, "positive"), (_DENIED, "positive"), (_DOUBLE, "neutral"), (_LACKING, "negative"),
)  # fmt: skip
_AGAINST: dict[Tone, Tone] = {
    "positive": "negative", "neutral": "positive", "negative": "positive",
}  # fmt: skip
_HOLLOW = r"(?:great|brilliant|fantastic|wonderful|marvellous|excellent|lovely|superb|perfect|nice)"
# Praise that stands alone before something else, and turns of phrase that are rarely meant.
_OPENING = re.compile(
    rf"^\W*(?:oh,? |well,? |wow,? )?(?:how |just )?{_HOLLOW}\b ?[,.!…]+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_IRONY = re.compile(
    r"^\W*(?:oh |yeah |yes |well )?(?:sure|of course|yeah|right),? (?:because|since|as if|that)\b|"
    r"\b(?:just|simply|really) (?:love|adore|enjoy) (?:being|having|waiting|how|it when|sitting|"
    r"spending|getting)\b|\bthanks (?:a lot |a bunch |a million )?for "
    r"(?:nothing|the .{0,40}\b(?:nothing|never|nobody)\b)|\bthanks for nothing\b|"
    r"\bwhat a (?:treat|joke)\b",
    re.IGNORECASE,
)


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def _compound(text: str) -> float:
    return float(_analyser().polarity_scores(text)["compound"])


def _plain(text: str) -> str:
    return text.replace("’", "'")


def _far(plain: str) -> re.Match[str] | None:
    found = _FAR.search(plain)
    return None if found is None or _BEYOND.search(found["denied"]) else found


def scores(text: str) -> tuple[float, float, float, float]:
    """Shares of negative, neutral and positive words (0 to 1) and the compound score (±1)."""
    plain = _DOUBLE.sub(" ", _plain(text))
    found = _analyser().polarity_scores(plain)
    compound = float(found["compound"])
    far = _far(plain)
    if far:
        rest = _compound(plain[: far.start()] + plain[far.end() :])
        compound = max(-1.0, min(1.0, rest + TURNED * _compound(far["denied"])))
    return float(found["neg"]), float(found["neu"]), float(found["pos"]), compound


def sign(compound: float) -> Tone:
    if compound >= THRESHOLD:
        return "positive"
    return "negative" if compound <= -THRESHOLD else "neutral"


def lexicon_tone(text: str) -> Tone:
    """The tone of a point by the word list alone: positive, neutral or negative."""
    return sign(scores(text)[3])


def ruled(text: str) -> Tone | None:
    """The tone where a negation says it outright and nothing beside it says otherwise, else None.

    Denied praise is negative, a denied complaint positive, denied condemnation neutral; what has
    become much better is praised.
    """
    plain = _plain(text)
    if ironic(text):
        return None
    for pattern, tone in _OUTRIGHT:
        if found := pattern.search(plain):
            return tone if _beside(plain, found) != _AGAINST[tone] else None
    if far := _far(plain):
        praised = sign(_compound(far["denied"])) == "positive"
        return "negative" if praised and _beside(plain, far) != "positive" else None
    better = _BETTER.search(plain) and not _WISHED.search(plain)
    return "positive" if better and sign(_compound(plain)) == "positive" else None


def _beside(plain: str, found: re.Match[str]) -> Tone:
    """The tone of what is left without the words that were found."""
    return sign(_compound(plain[: found.start()] + " " + plain[found.end() :]))


def ironic(text: str) -> bool:
    """Does praise here look hollow: an exclamation that nothing bears out, or a phrase of irony?"""
    plain = _plain(text)
    opening = _OPENING.match(plain)
    return bool(_IRONY.search(plain)) or bool(
        opening and sign(_compound(opening["rest"])) != "positive"
    )
