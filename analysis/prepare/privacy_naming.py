"""The phrases with which people name themselves and others, as rules for `privacy`."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import LOW, NAME, TITLE, either, name
from analysis.prepare.privacy_people import (
    i_am,
    in_role,
    labelled,
    last_line,
    low_any,
    low_known,
    strange,
    titled,
)
from analysis.prepare.privacy_rules import DIGIT, INSIDE, UPPER, Rule

_POSS = r"(?:my|our|his|her|their|your|the)"
_MINE = r"(?:my|our|his|her|their)"
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
_NAMED = (
    r"(?:my (?:full |first |real |maiden |married |sur|last |middle )?name is|"
    r"my names?['’]?s?(?: is)?|the name['’]?s|the name is|i am called|i['’]?m called|im called|"
    r"^names|they call me|people call me|everyone calls me|known as|"
    r"i go by(?: the name of| the name)?|"
    r"(?:you can|just|please) call me|fy enw i (?:yw|ydi|ydy)|fy enw (?:yw|ydi)|is mise|"
    r"[’']?m ainm|is ainm dom|(?:he|she) (?:is|was) called|"
    r"(?:his|her|their|whose) (?:\w{2,12} )?names? (?:is|was|are|were)|i answer to)"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "name",
        re.compile(rf"\b(?i:(?:my|full) name|details)\s?[(:]\s?{TITLE}?{NAME}(?=[,)])"),
        ("name (", "details (", "details:"),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"(?<![\w'’]){NAME}(?=\s\((?:Mrs?|Ms|Miss|Mx|Dr)\))"),
        ("(mr", "(ms)", "(mx)", "(miss)", "(dr)"),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(rf"\b(?i:{_NAMED})[\s,:]{{1,2}}(?:{TITLE}?{NAME}|{LOW})"),
        (
            "name",
            "call me",
            "calls me",
            "called",
            "known as",
            " go by",
            "enw",
            "is mise",
            "ainm",
            "i answer to",
        ),
        check=either(name(1, True, sure=True)),
    ),
    Rule(
        "name",
        re.compile(rf"\b[Ii](?:['’]?m| am| AM)\s(?P<title>{TITLE}?){NAME}"),
        ("i am ", "i'm ", "i’m ", "im "),
        check=i_am,
    ),
    Rule(
        "name",
        re.compile(
            rf"(?:\b(?i:i['’]?m|i am|this is|its|it['’]s)\s){LOW}(?=\s(?i:and|from|i|here|"
            rf"age|aged|in|a|writing|again)\b|\s?[,.(!]|$)"
        ),
        ("i am ", "i'm ", "i’m ", "im ", "this is", "its ", "it's ", "it’s "),
        check=low_known,
    ),
    Rule(
        "name",
        re.compile(rf"\bI,\s(?:the undersigned,\s)?{TITLE}?{NAME}(?=,)"),
        ("i, ",),
        check=name(2),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?:[Tt]his is|THIS IS|[Ii]t['’]?s|[Ii]t is|As)\s{TITLE}?{NAME}"
            rf"(?=\s(?:here|writing|from|again|speaking|replying|and I|at number)\b|,)"
        ),
        ("this is", "it's", "it’s", "its ", "it is", "as "),
        check=in_role,
    ),
    Rule(
        "name",
        re.compile(
            rf"(?:^|[.!?\n]\s?|[Hh](?:i|ello|iya),?\s|"
            rf"[Gg]ood (?:morning|afternoon|evening|day),?\s){NAME}(?=,?\s(?:here|writing|again|"
            rf"speaking)\b|\sfrom\s{UPPER})"
        ),
        (" here", " writing", " again", " speaking", " from "),
        gate=INSIDE,
        check=in_role,
    ),
    Rule(
        "name",
        re.compile(rf"(?<!\w)(?P<title>{TITLE}){NAME}"),
        (
            "mr",
            "ms",
            "miss ",
            "mx",
            "dr",
            "prof",
            "cllr",
            "councillor ",
            "rev",
            "nurse ",
            "sir ",
            "dame ",
            "lady ",
            "sgt",
            "sergeant ",
            "fr ",
            "fr.",
            "father ",
            "sister ",
            "imam ",
            "rabbi ",
            "pastor ",
            "canon ",
            "deacon ",
            "judge ",
            "head",
            "matron ",
            "midwife ",
            "major ",
            "capt",
            "col",
            "lieutenant ",
            "lt",
            "pc",
            "dc",
            "ds ",
            "di ",
            "insp",
            "constable ",
            "superintendent ",
            "vicar ",
            "brother ",
            "aunt",
            "uncle ",
            "cousin ",
            "nan",
            "gran",
            "auld ",
            "wee ",
            "madam ",
            "master ",
        ),
        check=titled,
        gate=INSIDE,
    ),
    Rule(
        "name",
        re.compile(
            rf"(?<![\w-])(?:mr|mrs|dr|cllr|councillor|rev|aunty|auntie|uncle|mr and mrs|"
            rf"prof|nurse|sgt)\.?\s{LOW}"
        ),
        ("mr", "dr", "cllr", "councillor ", "rev", "aunt", "uncle", "prof", "nurse ", "sgt"),
        check=low_any,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:{_MINE} (?:[a-z][a-z'’-]{{1,13}} ){{0,2}}(?:{words.KIN})"
            rf"(?:['’]s (?:{words.KIN}))?)"
            rf"(?:,| called| named|['’]s name is|,? (?:who|which) is called| is called|\s[(–-]|:)?"
            rf"\s?{TITLE}?(?<=[\s(]){NAME}"
        ),
        ("my ", "our ", "his ", "her ", "their "),
        gate=INSIDE,
        check=name(sure=True),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:{_MINE}) (?:[a-z'’-]{{2,14}} ){{0,2}}(?:{words.KIN}),?"
            rf"(?: called| named)? (?=[a-z]){LOW}"
        ),
        ("my ", "our ", "his ", "her ", "their "),
        check=low_known,
    ),
    Rule(
        "name",
        re.compile(rf"\b(?:fy|Fy|ein|Ein)\s(?:{words.WELSH_KIN})[,]?\s{NAME}"),
        ("fy ", "ein "),
        check=name(sure=True),
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:{_POSS} (?:[a-z][a-z'’-]{{1,13}} ){{0,2}}(?:{words.ROLES}))"
            rf"(?:,| called| named|['’]s name (?:is|was)| (?:is|was) called| is| was|\s\()?"
            rf"\s{TITLE}?(?<=\s){NAME}"
        ),
        ("my ", "our ", "his ", "her ", "their ", "the ", "your "),
        gate=INSIDE,
        check=in_role,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?i:my|our) (?:[a-z][a-z'’-]{{1,13}} ){{0,2}}(?:{words.ROLES}),?"
            rf"(?: called| named)? {NAME}(?=\s[a-z]|[,.])"
        ),
        ("my ", "our "),
        gate=INSIDE,
        check=strange,
    ),
    Rule(
        "name",
        re.compile(
            rf"\b(?:(?:{words.PERSONS})|(?:[Ss]?[Hh]e|[Tt]hey|who)(?:['’]s|['’]re| is| was| are))"
            rf"(?:['’]s)?\s(?:called|named|by the name of|whose name (?:is|was))\s{TITLE}?{NAME}"
        ),
        (" called ", " named ", " name of ", " whose name "),
        gate=INSIDE,
        check=name(sure=True),
    ),
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

BEFORE_CONTACT = re.compile(
    rf"(?<![\w'’]){NAME}(?:,|:|;|\s-|\s–|\s\()?\s?"
    r"(?:(?i:tel|telephone|phone|mobile|mob|e-?mail|at|on|of|born|dob)[.:]?\s)?$"
)
