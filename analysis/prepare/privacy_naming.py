"""The phrases with which people name themselves and others, as rules for `privacy`."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import LOW, NAME, TITLE, either, name
from analysis.prepare.privacy_people import (
    i_am,
    in_role,
    low_any,
    low_known,
    strange,
    titled,
)
from analysis.prepare.privacy_rules import INSIDE, UPPER, Rule

_POSS = r"(?:my|our|his|her|their|your|the)"
_MINE = r"(?:my|our|his|her|their)"
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
)

BEFORE_CONTACT = re.compile(
    rf"(?<![\w'’]){NAME}(?:,|:|;|\s-|\s–|\s\()?\s?"
    r"(?:(?i:tel|telephone|phone|mobile|mob|e-?mail|at|on|of|born|dob)[.:]?\s)?$"
)
