"""The words of answer scales and of support and opposition."""

from __future__ import annotations

import re

# Word pairs of scales with two ends. In a pair the second is the opposite of the first.
PAIRS: tuple[tuple[str, str], ...] = (
    ("agree", "disagree"),
    ("support", "oppose"),
    ("in favour", "against"),
    ("in favor", "against"),
    ("for", "against"),
    ("favourable", "unfavourable"),
    ("favorable", "unfavorable"),
    ("favourably", "unfavourably"),
    ("favorably", "unfavorably"),
    ("satisfied", "dissatisfied"),
    ("optimistic", "concerned"),
    ("optimistic", "pessimistic"),
    ("positive", "negative"),
    ("positively", "negatively"),
    ("likely", "unlikely"),
    ("important", "unimportant"),
    ("useful", "useless"),
    ("helpful", "unhelpful"),
    ("helpful", "harmful"),
    ("effective", "ineffective"),
    ("comfortable", "uncomfortable"),
    ("confident", "worried"),
    ("easy", "difficult"),
    ("clear", "unclear"),
    ("fair", "unfair"),
    ("safe", "unsafe"),
    ("acceptable", "unacceptable"),
    ("beneficial", "harmful"),
    ("better", "worse"),
    ("trust", "distrust"),
    ("good", "bad"),
    ("good", "poor"),
    ("approve", "disapprove"),
    ("happy", "unhappy"),
    ("concerned", "unconcerned"),
    ("welcome", "reject"),
    ("cytuno", "anghytuno"),
    ("cefnogi", "gwrthwynebu"),
)
# Scales that always have both ends, even if a file shows only one.
TWO_ENDED = ("agree", "support", "in favour", "in favor", "satisfied")
UNIPOLAR = (
    "relevant", "familiar", "aware", "interested", "worried", "well", "much", "concerned",
)  # fmt: skip
STRONG = "strongly|very|completely|totally|fully|extremely|highly|definitely|entirely|a lot"
PLAIN = "mostly|quite|generally|largely|broadly"
WEAK = "tend to|somewhat|slightly|fairly|moderately|partly|partially|rather|a little|a bit|probably"
DEGREE = {**dict.fromkeys(STRONG.split("|"), 3.0), **dict.fromkeys(PLAIN.split("|"), 1.5)}
DEGREE |= dict.fromkeys(WEAK.split("|"), 1.0)
GRADED = re.compile(
    rf"(?P<degree>{STRONG}|{PLAIN}|{WEAK})?\s*(?P<not>not (?:at all |very |so )?)?"
    r"(?P<word>.+?)(?P<tail> at all| or .+| with .+)?"
)
MIDDLE = re.compile(
    r"neither\b.*|ddim yn cytuno nac yn anghytuno|niwtral|neutral|mixed|"
    r"mixed ?/ ?neutral|no (?:strong )?(?:preference|difference)|"
    r"undecided|indifferent|in[- ]between|about the same|no change|both|it depends|"
    r"moderate(?:ly)?|some(?:what)?|average|fair|.* neither .* nor .*"
)
LAST = re.compile(
    r"(?:i )?(?:do ?n[o']?t|dont|did not|can(?:no|')t) (?:know|say|tell|remember|wish to say)\b.*|"
    r"dk|not (?:sure|applicable|answered|stated|relevant|known|given)\b.*|unsure\b.*|"
    r"no (?:opinion|answer|view|response|comment|reply)\b.*|n/?a|prefer not\b.*|"
    r"(?:would )?rather not say|unknown|uncertain|none of (?:the above|these)|other\b.*|"
    r"ddim yn (?:gwybod|siŵr|berthnasol)|"
    r"unfamiliar\b.*|blank|skipped|(?:i have )?no idea.*|undisclosed"
)
YES_NO = (
    {"yes", "no", "y", "n", "maybe"}, {"oui", "non"}, {"ja", "nein", "nee"}, {"sí", "si", "no"},
    {"ydw", "nac ydw", "oes", "nac oes", "ie", "nage", "ydy", "nac ydy"}, {"true", "false"},
)  # fmt: skip
# Welsh says how strongly behind the word, and softens it behind "tueddu i".
WELSH = re.compile(
    r"(?P<weak>tueddu i )?(?P<word>[cg]ytuno|anghytuno|[cg]efnogi|g?wrthwynebu)(?P<strong>'n gryf)?"
)
UNMUTATED = {"gytuno": "cytuno", "gefnogi": "cefnogi", "wrthwynebu": "gwrthwynebu"}
# Scales whose levels have no common word, from low to high.
FIXED: tuple[tuple[str, ...], ...] = (
    ("never", "rarely", "seldom", "occasionally", "sometimes", "regularly", "often",
     "very often", "usually", "most of the time", "nearly always", "always"),
    ("never", "less than once a year", "once a year", "yearly", "a few times a year", "monthly",
     "once a month", "weekly", "once a week", "daily", "every day"),
    ("terrible", "very poor", "very bad", "poor", "bad", "below average", "fair", "average",
     "acceptable", "ok", "okay", "good", "above average", "very good", "excellent", "outstanding"),
    ("not at all", "hardly", "very little", "rather not", "a little", "slightly", "to some extent",
     "somewhat", "moderately", "neutral", "rather", "quite", "much", "a lot", "a great deal",
     "to a great extent", "very much", "completely", "extremely"),
    ("none", "very low", "low", "medium", "moderate", "high", "very high"),
    ("much worse", "worse", "slightly worse", "about the same", "the same", "slightly better",
     "better", "much better"),
    ("too little", "about right", "too much"),
    ("decrease", "stay the same", "no change", "increase"),
    ("no", "partly", "maybe", "perhaps", "yes"),
    ("false", "true"),
    ("micro", "small", "medium", "large"),
    ("not a priority", "low priority", "medium priority", "high priority", "essential"),
)  # fmt: skip
NUMBERED = re.compile(r"[\[(]?(-?\d{1,2})[\])]?(?:\s*[-–—:.=)]\s*|\s+)(?!\d)(\D.*)", re.DOTALL)


OPPOSE = re.compile(
    r"\b(?:oppos\w*|disagree\w*|against|reject\w*|object\w*|disapprov\w*|unfavou?rabl\w+|"
    r"pessimis\w+|anghytuno|g?wrthwynebu|yn erbyn|concerned|worried|"
    r"negative(?:ly)?|unacceptable|do(?:es)? not support|"
    r"don't support|not support(?:ive)?|not in favou?r|no, i do not|harmful|bad idea)\b"
)
SUPPORT = re.compile(
    r"\b(?:support\w*|agree\w*|in favou?r|approv\w*|welcome|favou?rabl\w+|optimis\w+|"
    r"[cg]ytuno|[cg]efnogi|o blaid|positive(?:ly)?|acceptable|"
    r"enthusiastic|good idea|beneficial)\b|^for$"
)
MIXED = re.compile(
    r"\b(?:neither|nac yn anghytuno|niwtral|neutral|mixed|both|undecided|depends|"
    r"balanced|indifferent|in part|partly|partially|with (?:changes|conditions|reservations))\b"
)
