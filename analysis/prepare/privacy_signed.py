"""Names in signatures, behind labels and beside an age, as rules for `privacy`."""

from __future__ import annotations

import re

from analysis.prepare.privacy_names import LOW, NAME, TITLE, either, name
from analysis.prepare.privacy_people import labelled, last_line
from analysis.prepare.privacy_rules import DIGIT, UPPER, Rule

_END = r"(?=\s*(?:[,.(\n!]|x{1,3}\b|$))"
_CLOSING = (
    r"(?:yours?['’]?s?[,]? (?:most |very )?(?:sin?cer\w{1,4}|faith?f\w{1,4}|tru\w{1,4}|ever|"
    r"respectf\w{1,4}|gratef\w{1,4}|in \w{3,12}|aye|etc)|yours(?=[,\n])|"
    r"(?:kind|kindest|best|warm|warmest|many) ?regards|regards|rgds|"
    r"(?:best|good|warm|warmest|kind) wishes|sincerely|respectfully(?: submitted| yours)?|"
    r"faithfully|cofion(?: gorau| cynnes)?|yn gywir|yr eiddoch yn gywir|le gach dea-ghuí|"
    r"(?:is mise[,]? )?le meas|is mise|slán|beannachtaí|hwyl(?: fawr)?|obedient servant|"
    r"signed(?: by)?|signature|submitted by|written by|completed by|filled in by|dictated by|"
    r"typed by|from all of us|respondent|name of respondent)"
)
_THANKS = (
    r"(?:many thanks|thanks(?: very much| so much| again| for (?:reading|listening|your time))?|"
    r"thank you(?: very much| for (?:reading|listening|your time|asking))?|thx|ta|cheers|"
    r"diolch(?: yn fawr)?|go raibh maith agat|all the best|take care|best|love|lots of love|"
    r"hope (?:this|that) helps|that['’]?s all|sent from my \w{2,12}(?: \w{1,12})?|god bless|"
    r"bye(?: for now)?)"
)
_LABELS = (
    r"(?:(?:full|first|last|sur|fore|your|contact|my) ?)?name|ask for|attn|fao|c/o|contact|"
    r"parent|patient|tenant|applicant|claimant|signed|signature|respondent|author|from|"
    r"submitted by|written by|completed by|resident|customer|complainant|appellant|enw|ainm"
)
RULES: tuple[Rule, ...] = (
    Rule(
        "name",
        re.compile(rf"\b(?i:{_CLOSING})[,.:!-]{{0,2}}\s{{1,3}}(?:{TITLE}?{NAME}{_END}|{LOW}\s*$)"),
        (
            "your",
            "regard",
            "rgds",
            "wishes",
            "sincerely",
            "respectful",
            "faithfully",
            "cofion",
            "gywir",
            "meas",
            "is mise",
            "slán",
            "servant",
            "signed",
            "signature",
            " by ",
            "hwyl",
            "respondent",
            "dea-ghuí",
            "beannachtaí",
        ),
        check=either(name(1, True, sure=True, initials=True), most=3),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:{_THANKS})(?:[,.!-]{{0,3}}\s{{0,2}}\n\s?|[,!.-]{{1,2}}\s?)"
            rf"(?:{TITLE}?{NAME}|{LOW})\s?(?:x{{1,3}})?"
            rf"(?=\s*$|\s?\n|,\s{UPPER}\w+\.?\s*$)"
        ),
        (
            "thank",
            "thx",
            "ta,",
            "cheers",
            "diolch",
            "maith agat",
            "all the best",
            "best",
            "take care",
            "love",
            "helps",
            "s all",
            "sent from",
            "bless",
            "bye",
        ),
        check=either(name(1, True, sure=True, initials=True), known=True),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:cheers|ta|thx|thanks|thank you|regards|love)\s(?:{NAME}|{LOW})\s?"
            r"(?i:x{1,3})?[.!]?\s*$"
        ),
        ("cheers", "ta ", "thx", "thank", "regards", "love"),
        check=either(name(1, known=True), known=True),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:{_LABELS})\s?(?::\s?|(?<=for)\s|(?<=fao)\s|(?<=FAO)\s|(?<=c/o)\s|"
            rf"\s[-–]\s)(?:{TITLE}?{NAME}|{LOW}(?=\s?[\n,;]|\s?$))"
        ),
        ("ask for", "attn", "fao", "c/o", ":", "name -", "name –"),
        check=either(labelled, known=True),
    ),
    Rule(
        "name",
        re.compile(rf"(?:^|\n)(?i:from):?\s{TITLE}?{NAME}(?=,|\n|$)"),
        ("from",),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"{NAME}(?=,?\s\(?(?i:aged?)\s[0-9]{{1,3}}\b)"),
        ("aged ", " age "),
        gate=DIGIT,
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"\n\s*[-–—~]?\s?{TITLE}?{NAME}[.]?(?=\s*$|,?\s?\n[^\n]{{0,60}}$)"),
        ("\n",),
        check=last_line,
    ),
    Rule(
        "name",
        re.compile(rf"(?:^|\s)[-–—~]\s?{TITLE}?{NAME}(?=,\s{UPPER}\w+\.?\s*$|\s*$)"),
        ("-", "–", "—", "~"),
        check=last_line,
    ),
    Rule(
        "name",
        re.compile(rf"^(?P<x>(?:{UPPER}\.\s?){{2,4}})(?=,\s{UPPER}\w+\.?\s*$)"),
        (".,",),
    ),
)
