"""E-mail addresses, also disguised ("jo at example dot org"), profiles and account names."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_rules import (
    PUBLIC_LINE,
    Match,
    Place,
    Rule,
    sentence_after,
    sentence_before,
)
from analysis.prepare.privacy_rules import ignoring_case as _i

TLD = (
    "com|org|net|uk|co|io|gov|edu|ac|info|eu|ie|scot|wales|cymru|london|ca|de|fr|nl|us|me|biz|"
    "pl|in|ng|pk|es|it|pt|ro|dev|app|email|online|site|blog|tv|tk|ly|me|fm|ee|social|life|uk|eu|example"
)
_PROVIDERS = (
    "(?:gmail|googlemail|hotmail|yahoo|outlook|btinternet|icloud|aol|talktalk|sky|live|msn|"
    "protonmail|proton|virginmedia|ntlworld|tiscali|eircom|me)"
)
_ROLE = re.compile(
    r"(?:general\.?)?(?:enquir(?:y|ies)|inquiries|info|information|contact(?:us)?|help|help-?desk|"
    r"support|admin|office|customer\.?(?:services?|care)|feedback|complaints?|consultations?|press|"
    r"foi|dpo|data\.?protection|team|reception|hello|mail|post|noreply|no-reply|planning|benefits|"
    r"housing|council\.?tax|adult\.?social\.?care|pals|elections|service\.?desk)"
    r"(?:[._-]?(?:team|desk|office|uk))?",
    re.I,
)
_PUBLIC_DOMAIN = re.compile(
    r"(?:^|\.)(?:gov|nhs|police|parliament|mod|ac|sch)\.uk$|(?:^|\.)(?:nhs\.net|gov\.scot|"
    r"gov\.wales|"
    r"llyw\.cymru|europa\.eu|gc\.ca|gov\.[a-z]{2}|gov|senedd\.wales|parliament\.scot)$|"
    r"council|ombudsman|police|nhs|borough|ministry|department|citizensadvice|ageuk|samaritans|"
    r"shelter\.|acas\.|nspcc|rnib|charity|trust\.|library|museum|housing",
    re.I,
)


_BODY = re.compile(
    r"\b(?:charit(?:y|ies)|society|association|organisation|advice (?:service|centre))\b",
    re.I,
)


def _mail(m: Match) -> Place | None:
    """An address, unless a role of a public body (enquiries@…gov.uk) or of a named help desk."""
    local, domain = m["local"], re.sub(r"\s?(?:\bdot\b|\.)\s?", ".", m["domain"])
    if _ROLE.fullmatch(local):
        around = sentence_before(m.string, m.start()) + "|" + sentence_after(m.string, m.end())
        if _BODY.search(around) or _PUBLIC_DOMAIN.search(domain) or PUBLIC_LINE.search(around):
            return None
    return m.span("x")


def _spoken_mail(m: Match) -> Place | None:
    return None if m["local"].split()[-1].lower() in words.BEFORE_AT else _mail(m)


_PUBLIC_HANDLE = re.compile(
    r"gov|nhs|council|police|parliament|dwp|hmrc|dvla|dhsc|ofcom|ofsted|bbc|senedd|cityof|borough|"
    r"ministry|dept|department|number10|10downing|tfl|metoffice|citizensadvice|official",
    re.I,
)


def _handle(m: Match) -> Place | None:
    handle = m["handle"].rstrip(".-")
    if handle.lower() in words.NO_HANDLE or _PUBLIC_HANDLE.search(handle):
        return None
    return m.start("x"), m.end("x") - len(m["x"]) + len(m["x"].rstrip(".-"))


_LOCAL = r"(?<![\w.+@-])(?P<x>(?P<local>[\w+][\w.+'’-]{0,63}"
RULES: tuple[Rule, ...] = (
    Rule(
        "email",
        _i(
            r"(?<![\w.@])(?P<x>(?P<local>[a-z0-9][a-z0-9.-]{0,30}(?:_[a-z0-9]{1,20}){0,2}?)[_-]at[_-]"
            r"(?P<domain>[a-z0-9-]{2,40}?(?:(?:[_-]dot[_-]|\.)[a-z0-9]{2,20}){1,3}))(?![\w@])"
        ),
        ("_at_", "-at-"),
        check=_mail,
    ),
    Rule(
        "email",
        _i(_LOCAL + r")@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}))"),
        ("@",),
        check=_mail,
    ),
    Rule(
        "email",
        _i(
            _LOCAL
            + rf")\s?@\s(?P<domain>[a-z0-9-]{{1,63}}(?:\s?\.\s?[a-z0-9-]{{1,63}}){{0,3}}\s?\.\s?"
            rf"(?:{TLD})))\b"
        ),
        ("@ ",),
        check=_mail,
    ),
    Rule(
        "email",
        _i(
            _LOCAL + r"(?:(?:\s(?:dot|underscore|dash)\s|\s?[\[({<]\s?(?:dot|underscore|dash|\.)"
            r"\s?[\])}>]\s?)\w{1,30}){0,3})"
            r"\s?(?:[\[({<]\s?(?:at|@)\s?[\])}>]|\sat)\s?(?P<domain>[a-z0-9-]{1,63}"
            rf"(?:\s?(?:\.|[\[({{<]\s?(?:dot|\.)\s?[\])}}>]|\sdot\s)\s?[a-z0-9-]{{1,63}}){{0,3}}"
            rf"\s?(?:[\[({{<]\s?(?:dot|\.)\s?[\])}}>]|\sdot\s)\s?(?:{TLD})))\b"
        ),
        (" dot", "dot)", "dot]", "(.)", "[.]", "{dot"),
        check=_spoken_mail,
    ),
    Rule(
        "email",
        _i(
            _LOCAL + r")\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?(?P<domain>[a-z0-9-]{1,63}"
            r"(?:\.[a-z0-9-]{1,63}){1,4}))\b"
        ),
        ("at)", "at]", "at}", "at>", "@)", "@]"),
        check=_mail,
    ),
    Rule(
        "email",
        _i(_LOCAL + rf")@(?P<domain>{_PROVIDERS}))(?![\w-]|\.\w)"),
        ("@",),
        check=_mail,
    ),
    Rule(
        "email",
        _i(
            r"(?<![\w.+@-])(?P<x>(?P<local>\w[\w+-]{0,30}[._0-9][\w.+-]{0,30})\s?(?:\bat\b|@)\s?"
            rf"(?P<domain>(?:[a-z0-9-]{{1,40}}\.){{1,3}}(?:{TLD})))\b"
        ),
        (" at ",),
        check=_spoken_mail,
    ),
    Rule(
        "url",
        _i(
            rf"(?<![\w.-])(?P<x>(?:https?://)?(?:www\.|m\.|uk\.)?(?:{words.PROFILES})/@?"
            rf"(?P<handle>[\w.~-]{{2,50}})(?:/[\w.~/-]{{0,100}})?)"
        ),
        (".com/", ".app/", ".net/", ".me/", ".social/"),
        check=_handle,
    ),
    Rule(
        "url",
        _i(
            r"(?<![\w.-])(?P<x>(?:https?://|"
            r"www\.)?[\w-]{2,40}(?:\.[\w-]{2,40}){1,3}/[~@][\w.-]{1,40}"
            r"(?:/[\w.~/-]{0,80}(?<![.]))?)"
        ),
        ("/~", "/@"),
    ),
    Rule(
        "url",
        _i(
            rf"(?<![\w.@-])(?P<x>(?:https?://)?(?:www\.)?(?P<handle>[\w-]{{3,40}})\.(?:{words.BLOGS})"
            rf"\b(?:/[\w.~/-]{{0,80}}(?<![.]))?)"
        ),
        (
            "wordpress",
            "blogspot",
            "substack",
            "tumblr",
            "wix",
            "weebly",
            "journal",
            "medium.",
            "github.io",
            "carrd",
            "neocities",
        ),
        check=_handle,
    ),
    Rule(
        "url",
        _i(
            r"\bmy\s(?:\w{1,12}\s){0,2}(?:web ?site|web ?page|blog|site|page|profile|channel|"
            r"portfolio|story|vlog|podcast)['’]?s?(?:\s(?:is|at|on|was|here|about|it|"
            r"up)){0,3}[:,]?\s"
            rf"(?P<x>(?:https?://|www\.)?[\w-]{{2,40}}(?:\.[\w-]{{2,40}}){{0,2}}\.(?:{TLD})\b"
            r"(?:/[\w.~/-]{0,80}(?<![.]))?)"
        ),
        ("my ",),
        gate=re.compile(r"\w\.\w\w"),
    ),
    Rule(
        "handle",
        _i(r"(?<![\w@./-])(?P<x>@(?P<handle>[a-z_][\w.]{2,29})(?:@[\w.-]{3,60})?)"),
        ("@",),
        check=_handle,
    ),
)
