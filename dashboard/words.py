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
DATE_ORDER = {
    "": "As the dates themselves show, else day first",
    "day first": "Day first: 3 April",
    "month first": "Month first: 4 March",
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
SMALL_NUMBERS_RULE = {
    "none": "Team: every number",
    "five": "As published: fewer than 5 hidden",
    "ons10": "As published, ONS: fewer than 10 hidden",
    "nhs": "As published, NHS: 1 to 7 hidden, others to the nearest 5",
}
STANCE = {
    "supportive": "Supportive",
    "mixed": "Mixed",
    "concerned": "Concerned",
    "suggestion": "Suggestion only",
    "unclear": "Neither can be told",
}
STANCE_NOTE = (
    "How people speak of each theme, by what the question asked for and by outright words. It is "
    "not their position on the proposal, which is what they ticked."
)
FAIR = {
    "not_grouped": "Points in no theme",
    "not_quoted": "People not quoted in a summary",
    "tone_unclear": "Points whose tone is unclear",
    "tone_error": "Tones that the team corrected",
    "position_error": "Positions told wrongly from the text",
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

CAPTURED = {"captured": "Captured", "partly": "Partly captured", "missing": "Missing"}
MISSED = {"missing": "missing", "partly": "partly captured", "whole": "the whole text"}
_SURE = ((0.75, "fairly sure"), (0.5, "more likely than not"), (0.25, "not sure"))


def sure(similarity: float) -> str:
    """How sure a match is, in words."""
    return next((word for least, word in _SURE if similarity >= least), "hardly alike")
