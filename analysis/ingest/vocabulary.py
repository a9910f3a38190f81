"""The words by which a column's header gives away what it holds.

Patterns are matched against `words(header)`: lower case, single spaces, "_" and "/" as spaces.
"""

from __future__ import annotations

import re


def _whole(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


def _inside(*parts: str) -> re.Pattern[str]:
    return re.compile(r".*\b(?:" + "|".join(parts) + r")\b.*")


def _search(*parts: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


_NO = r"(?:id|ref|reference|no|number|key|uuid)"
_ID_RANKS = (
    _whole(rf"(?:response|submission|contribution|reply) ?{_NO}"),
    _whole(rf"(?:respondent|participant|person|user|member|case|unique|consultee)s? ?{_NO}"),
    _whole(
        "respondent|participant",
        r"(?:id|ref|reference|uuid|guid|urn|key|code|identifier)\.?",
        r"(?:ref\.?|reference) ?(?:no|number|id)\.?",
    ),
    _whole(
        rf"(?:document|comment|record|doc|entry|row|tracking|letter|e-?mail|message|card) ?{_NO}"
    ),
    _whole(r".*[ -](?:id|uuid|guid|ref|reference|reference number)"),
    _whole(r"s\.? ?no\.?|no\.?|number|#|row|index|serial(?: no\.?| number)?|entry|unnamed: 0"),
    _whole(
        r"rhif|cyfeirnod|num[ée]ro|r[ée]f[ée]rence|réf\.?|identifiant|nummer|kennung",
        r"(?:lfd\.? ?)?nr\.?",
    ),
)
_DATE_RANKS = (
    _inside("submitted", "submission", "completed", "completion", "feedback", "recorded",
            "received", "response"),
    _inside("end(?:ed)?", "finished", "sent", "modified", "updated?", "timestamp", "posted",
            "published"),
    _inside("date", "time", "datetime", "created", "started", "start", "when", "day", "datum",
            "dyddiad", "fecha", "zeitstempel", "horodateur", "eingang"),
)  # fmt: skip
_SENTIMENT = re.compile(
    r".*\b(?:sentiment|polarity|emotion|tone)(?: (?:percentage|score|label|confidence))?"
)
_ATTACHMENT = _inside(
    "attachments?", "attached", "uploads?", "uploaded", "content files?", "file ?names?", "files?"
)
_TECHNICAL = _inside(
    "duration", "seconds", "time taken", "progress", "finished", "status", "user agent", "browser",
    "device", "platform", "tracking", "token", "redirect", "latitude", "longitude", "distribution",
    "collector", "page path", "client ?id", "user ?no", "referr?er", "utm", "url", "link",
    "external ref(?:erence)?", "external data reference", "response set", "response type",
    "score total", "completion code", "captcha", "session", "version", "quota", "panel", "seed",
    "hash", "checksum", "weight", "row index", "import id", "last page", "start language",
)  # fmt: skip
_WHOSE = (
    r"(?:your|full|first|last|sur|fore|family|given|contact|respondent'?s?|submitter'?s?|sender|"
    r"author|middle|recipient|customer|consultee|user|display|nick|maiden|participant)"
)
_BODY = r"(?:organi[sz]ation|company|business|employer|group|charity|submitter|representative)"
_PERSONAL = _whole(
    rf"(?:{_WHOSE}[ ]?)*names?(?: \(.*\))?",
    r".*\bwhat is your (?:\w+ )?name\b.*",
    r".*\byour (?:full |first |last )?name\b.{0,25}",
    rf".*\bname of (?:your |the )?{_BODY}\b.*",
    rf".*\b{_BODY}(?:'s|s')? name\b.*",
    "organi[sz]ation|company|employer|surname|forename|salutation",
    r".*\be-?mails?\b(?: address(?:es)?)?.{0,20}",
    r".*\b(?:tele)?phone\b.{0,20}|.*\bmobile (?:no|number)\b.*|tel\.?|fax",
    r"ip(?: address)?|.*\bip address\b",
    r".*\b(?:post ?code|zip(?: ?/? ?postal)?(?: code)?|postal code|postal address)\b.*",
    r"(?:your |home |street |full |contact |mailing )?address(?: line)?(?: \d)?",
    r".*\b(?:date of birth|dob|year of birth|birth ?date|national insurance|nhs number)\b.*",
    r".*\b(?:regist(?:er|ration|ry)|charity|passport) (?:number|no)\b.*|.*\bsignature\b.*",
    r"(?:job title|position held|your role in .*|twitter|facebook|instagram)(?: handle)?",
    r"title \(.*",
)
_MINE = (
    r"(?:response|submission|name|reply|answers?|contribution|feedback|comments?|details|views?)"
)
_PERMISSION = _inside(
    "privacy settings?",
    "permission to (?:publish|share|use)",
    "publish (?:response|name|permission)",
    "consent",
    r"(?:remain|be|kept|stay|publish\w*|respon\w*) anonymous\w*",
    "anonymous(?:ly)?|anonymity",
    "confidential(?:ity)?(?: status)?",
    r"(?:publish|publication|share|disclos|quot|attribut|made public|make public|withhold)\w*\b"
    rf".{{0,60}}\byour (?:\w+ )?{_MINE}",
    rf"your (?:\w+ )?{_MINE}\b.{{0,60}}"
    r"(?:publish|public\b|quot|attribut|shared|disclos|named|confidential|private|anonym)\w*",
)
_OF_WHOM = (
    r"(?:respondent|responder|response|user|stakeholder|submitter|organi[sz]ation|customer|"
    r"consultee|company|business|participant|client)"
)
_PERSON = _search(
    r"age(?:s|d| ?rollup| ?group| ?band| ?range)?", "gender", "sex", r"ethnic\w*", "race",
    "religion", "faith", "belief", r"disab\w+", "impairment", "health condition", "marital",
    "sexual(?:ity| orientation)", r"nationalit\w+", "citizenship", "regions?", "count(?:y|ies)",
    "countr(?:y|ies)", "province", "constituency", r"local authorit\w+", "council area", "borough",
    "district", "ward", "nation", "census", "education", "qualifications?", "income", "salary",
    "household", "hh", r"kids\w*", "children", "dependants", "occupation",
    "employment(?: status)?", "employed", "job role", "industry", "tenure", "housing", "carer",
    "veteran", "urban", "rural", "vizmin", "visible minority", "first nations?",
    "indigenous status", "party id", "political party",
    rf"{_OF_WHOM}s? (?:type|category|group|size|sector)",
    rf"(?:type|category|size|sector|kind) of {_OF_WHOM}",
    "responding (?:as|on behalf|in)", "on behalf of", "in what capacity", "capacity",
    "stakeholder", "internet access", "digital confidence", "first language", "language spoken",
    "welsh speaker", "residency", "resident",
)  # fmt: skip
_SHORT_PERSON = _search(
    "role", "type", "group", "sector", "location", "area", "category", "channel", "site", "member",
    "membership", "team", "department", "wave", "party", "size", "language", "scope", "state",
    "city", "town", "village", "profession", "job", "organi[sz]ation", "stream", "format", "mode",
    "source", "class", "translation", "territory", "major", "year",
)  # fmt: skip
_ABOUT_YOU = _search(
    "are you (?:an?|the|currently|responding|answering|completing|based|employed)",
    "do you (?:live|work|identify)",
    "do you have (?:a|any) (?:disab|long|health|impair|child|caring).*",
    "how old are you|where (?:do|did) you live|where you live",
    r"which .{0,30}\b(?:did you visit|do you use most|you visited)",
    "describes? (?:you|your).*",
    "you (?:live|work|identify|represent|belong)|year are you",
)
# Only beside a word of _PERSON or _SHORT_PERSON.
_YOURS = _search(
    r"(?:what|which|select|state|indicate|give|type in|was|is)\b.{0,60}\byour(?:self)?",
    "consider yourself",
    "your household",
)
_VIEW = _search(
    "views?", "opinion", "think", "feel", "agree", "disagree", "support", "oppose", "important",
    "importance", "trust", "should", "would", r"concern\w*", r"worr\w+", "favou?r", "likely",
    r"satisf\w+", "experience", "useful", "impact", "effect", r"priorit\w+", r"prefer\w*",
)  # fmt: skip
_OTHER = _whole(
    r".*\b(?:others?|something else)\b.{0,60}\b(?:specify|text|state|describe|detail|say)\b.*",
    r".*\b(?:please|pls) (?:specify|state|explain|describe|give details)\b.*",
    r".* text|.*\boe\b.*|(?:if )?other\b.{0,30}|.*\bspecify\b.*",
)
_ASKS_WORDS = (
    "comments?", "explain", "why", "describe", "tell us", "in your own words", "reasons?",
    "feedback", "suggestions?", "anything else", "any (?:other|further)", "free ?text", "verbatim",
    "narrative", "letter", "body", "message", "please (?:use|say|give|provide)",
    "warum", r"begründ\w+", "kommentare?", "anmerkung(?:en)?", "stellungnahme", "pourquoi",
    "commentaires?", "expliquez", "pam", "sylw(?:adau)?", "eglurwch", r"esboni\w+", "por qué",
    "comentarios?",
)  # fmt: skip
_WORDS_ASKED = _inside(*_ASKS_WORDS)
_OPENISH = _inside(
    *_ASKS_WORDS, "what (?:should|would|do|are|is)", "how (?:could|would|can|do)", "text",
    "answer", "response", "argument", "opinion", "thoughts?", "views?", "concerns?", "statement",
    "details", r"transcri\w+", "open", "please indicate", "antwort(?:en)?", "avis", "réponse",
    "ateb(?:ion)?", "barn",
)  # fmt: skip
_MEDIUM = re.compile(r"i'?(?:ll| will) (?:type|record|write|upload|speak)\b.*")
_NUMBERED = re.compile(r"^(?:q(?:uestion)?\.? ?\d+[a-z]?(?:\.\d+)*[.:)_ -]*|\d+[.)] )")


def words(header: str) -> str:
    """A header for matching: lower case, "_", "/" and camel case as spaces."""
    text = header[:400].replace("’", "'")
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return " ".join(re.sub(r"[_/]+", " ", text).casefold().split())


def id_rank(name: str, label: str) -> int | None:
    """How well a header names a respondent's reference: 0 is best, None is not at all."""
    return _rank(_ID_RANKS, name, label)


def date_rank(name: str, label: str) -> int | None:
    """How well a header names the time a reply was sent: 0 is best.

    A date that was asked for ("when did you visit?") is an answer, not the time of sending.
    """
    if "?" in label or _NUMBERED.match(words(label)):
        return None
    return _rank(_DATE_RANKS, name, label)


def _rank(patterns: tuple[re.Pattern[str], ...], *headers: str) -> int | None:
    texts = [words(header) for header in headers]
    for rank, pattern in enumerate(patterns):
        if any(pattern.fullmatch(text) for text in texts):
            return rank
    return None


def is_sentiment(label: str) -> bool:
    """Is it a column of a vendor's machine-made labels?"""
    return bool(_SENTIMENT.fullmatch(words(label)))


def is_attachment(label: str) -> bool:
    """Does a column hold the names of files that came with a reply?"""
    text = words(label)
    if len(text.split()) > 8 or re.search(r"\b(?:count|type|size|number|no)\b", text):
        return False
    return bool(_ATTACHMENT.fullmatch(text) or "upload" in text)


def is_technical(label: str) -> bool:
    """Is it something that the survey tool writes for itself?"""
    text = words(label)
    return len(text.split()) <= 6 and bool(_TECHNICAL.fullmatch(text))


def is_personal(label: str) -> bool:
    """Does the header ask for a name, an address or a number of a person or body?"""
    text = _NUMBERED.sub("", words(label).rstrip(" ?:*."))
    return len(text.split()) <= 12 and bool(_PERSONAL.fullmatch(text))


def is_place(label: str) -> bool:
    """Of the personal columns, one that may also group people: an address or postcode."""
    return any(part in words(label) for part in ("address", "post", "zip"))


def is_permission(label: str) -> bool:
    """Does the header ask whether the reply may be published?"""
    return bool(_PERMISSION.fullmatch(words(label)))


def is_person(label: str) -> bool:
    """Does the header speak of the person or organisation, rather than of the proposal?"""
    text = words(label)
    bare = _NUMBERED.sub("", text).strip(" ?:.*")
    count = len(bare.split())
    if _VIEW.search(bare):
        return False
    named = bool(_PERSON.search(bare))
    if _ABOUT_YOU.search(bare) and (count <= 20 or named):
        return True
    if _YOURS.search(bare) and (named or _SHORT_PERSON.search(bare)):
        return True
    if count <= 7 and named:
        return True
    return count <= 3 and bool(_SHORT_PERSON.search(bare))


def is_other_text(label: str) -> bool:
    """Is it the words written beside "other", or a text part of a question?"""
    return bool(_OTHER.fullmatch(words(label).rstrip(" ?:.*")))


def is_openish(label: str) -> bool:
    """May the header ask for an answer in words?"""
    return bool(_OPENISH.fullmatch(words(label)))


def asks_words(label: str) -> bool:
    """Does the header plainly ask for an answer in words?"""
    return bool(_WORDS_ASKED.fullmatch(words(label)))


def is_medium(value: str) -> bool:
    """Does a value say how the answer was given ("I'll type my answer"), not what it is?"""
    return bool(_MEDIUM.fullmatch(words(value)))
