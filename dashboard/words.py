"""The words that pages use for what the analysis calls by a short name."""

from __future__ import annotations

from analysis.prepare.language import NAMES, UNDETERMINED

LANGUAGE = {**NAMES, UNDETERMINED: "Too short to tell"}
ROLE = {
    "id": "Reference number",
    "attribute": "About the respondent",
    "closed": "Closed question (one answer)",
    "multiple": "Closed question (tick all)",
    "open": "Open question",
    "date": "Date of the reply",
    "permission": "Permission to publish",
    "personal": "Personal data (left out)",
    "ignore": "Leave out",
}
STATUS = {
    "analysed": "Analysed",
    "no_content": "Without content",
    "not_read": "File not read",
    "other_language": "Other language",
    "closed_only": "Ticks only",
    "blank": "Blank",
}
STATUS_NOTE = (
    "Without content: for instance “n/a”. File not read: the reply is in an attachment. Other "
    "language: not grouped, listed by language. Ticks only: no open question answered."
)
KIND = {
    "no_view": "No view (“n/a”, “no comment”)",
    "dont_know": "Don’t know",
    "yes_no": "Only yes or no",
    "pointer": "Points to another answer",
    "attachment": "Points to a file that was not read",
    "noise": "No words (“.”, “asdf”)",
    "content": "Decided otherwise",
}
POSITION = {
    "support": "Support",
    "mixed": "Neither, or both",
    "oppose": "Oppose",
    "unclear": "Don’t know or unclear",
    "not stated": "Not stated",
}
TONE = {
    "positive": "Positive wording",
    "neutral": "Neutral wording",
    "mixed": "Mixed wording",
    "negative": "Negative wording",
    "unclear": "Unclear wording",
}
MEASURE = {
    "position": "Position on the proposal",
    "theme": "Themes",
    "tone": "Tone of the wording",
    "closed": "Answers to a closed question",
}
STRUCK = {
    "needs_person": "Needs a person to read it: the model refused",
    "viewpoint": "Viewpoint not written",
    "sentence": "Sentence struck out",
    "citation": "Citation struck out",
    "quote": "Quotation taken off",
    "surplus": "Left out: said already",
}
JOB = {
    "queued": "Waiting for a worker",
    "running": "Running",
    "done": "Finished",
    "failed": "Failed",
    "cancelled": "Stopped",
}
SELF_SELECTING = (
    "Those who replied chose to do so. The figures describe the replies; they are not "
    "representative of the population."
)
TONE_NOTE = (
    "Tone is how something is worded, judged point by point by a model and a word list; it is not "
    "whether people are for or against. Where the two disagree or are not sure, the wording counts "
    "as unclear. Sarcasm is often unclear and at times taken for praise."
)
COUNTING = {
    "all": "Count every copy",
    "once": "Count each letter once",
    "without": "Leave letters out",
}
COUNTING_NOTE = {
    "all": "",
    "once": (
        "Figures count each campaign letter once: of those who sent a copy only one person counts, "
        "except where they added words of their own."
    ),
    "without": (
        "Figures leave out campaign letters and, where people are counted, those who sent them; "
        "words that they added of their own stay."
    ),
}
INVENTED = "Invented consultation: every reply was written for demonstration. No real person spoke."
