"""Links that lead to a person: shared files, short links, fundraisers, one's own site; accounts."""

from __future__ import annotations

import re

from analysis.prepare import privacy_words as words
from analysis.prepare.privacy_names import is_ordinary
from analysis.prepare.privacy_rules import Match, Place, Rule, sentence_after, sentence_before
from analysis.prepare.privacy_rules import ignoring_case as _i
from analysis.prepare.privacy_web import TLD

_HOSTS = (  # what stands there is put there by one person, or leads nobody knows where
    r"youtu\.be|youtube\.com/(?:watch|shorts|live|playlist)|vimeo\.com|dailymotion\.com|"
    r"(?:fb|m)\.me|fb\.watch|instagr\.am|facebook\.com|instagram\.com|tiktok\.com|vm\.tiktok\.com|"
    r"snapchat\.com|threads\.net|threads\.com|t\.me|wa\.me|chat\.whatsapp\.com|discord\.gg|"
    r"discord\.com|reddit\.com/(?:u|user|r/\w+/comments)|bsky\.app|pinterest\.(?:com|co\.uk)|"
    r"flickr\.com|flic\.kr|imgur\.com|ibb\.co|photos\.app\.goo\.gl|photos\.google\.com|"
    r"(?:docs|drive|sites|maps)\.google\.com|goo\.gl|maps\.app\.goo\.gl|forms\.gle|"
    r"forms\.office\.com|"
    r"dropbox\.com|1drv\.ms|onedrive\.live\.com|[\w-]+\.sharepoint\.com|icloud\.com|"
    r"share\.icloud\.com|"
    r"wetransfer\.com|we\.tl|box\.com|mega\.nz|pcloud\.link|notion\.so|[\w-]+\.notion\.site|"
    r"bit\.ly|tinyurl\.com|t\.co|ow\.ly|is\.gd|buff\.ly|rb\.gy|cutt\.ly|shorturl\.at|lnkd\.in|"
    r"t\.ly|"
    r"gofund\.me|gofundme\.com|justgiving\.com|crowdfunder\.co\.uk|justgiv\.ing|gf\.me|"
    r"change\.org/p|chng\.it|38degrees\.org\.uk|you\.38degrees\.org\.uk|megaphone\.org\.uk|"
    r"strava\.com|strava\.app\.link|garmin\.com|goodreads\.com/user|etsy\.com/shop|"
    r"ebay\.co\.uk/usr|depop\.com|vinted\.co\.uk/member|ko-fi\.com|buymeacoffee\.com|paypal\.me|"
    r"monzo\.me|about\.me|linktr\.ee|linkedin\.com/(?:in|pub|posts)|calendly\.com|soundcloud\.com|"
    r"mixcloud\.com|anchor\.fm|[\w-]+\.bandcamp\.com|open\.spotify\.com/(?:user|show)|twitch\.tv|"
    r"patreon\.com|onlyfans\.com|deviantart\.com|quora\.com/profile|researchgate\.net/profile|"
    r"orcid\.org|academia\.edu|github\.com|gitlab\.com|stackoverflow\.com/users|nextdoor\.co\.uk|"
    r"tripadvisor\.co\.uk/profile|(?:drive|docs|files?|share|cloud|photos|albums?|pics)\.[\w-]+\.(?:com|org|net|co\.uk|uk)|"
    r"trustpilot\.com/users|patientopinion\.org\.uk/opinions|"
    r"careopinion\.org\.uk/[0-9]+|caringbridge\.org/visit|mumsnet\.com/talk|substack\.com/@|"
    r"last\.fm/user|archiveofourown\.org/users|rightmove\.co\.uk/properties|what3words\.com|w3w\.co"
)
_MEDIA = _i(r"youtu\.?be|vimeo|dailymotion|change\.org|38degrees|megaphone|reddit\.com/r/|mumsnet")
_ME = _i(r"\b(?:my|mine|i|me|i'm|our|us|we|his|her)\b")
_WORD_ENDINGS = _i(r"^[\w.-]+\.(?:it|me|in|us|io|no|so|to|be|is|at|pl|de|es|ng|tv|ca|co|app|life)$")
_PATH = r"[\w.~/?&=%#@!:+-]{1,160}(?<![.!?:&,])"
_PUBLIC_SITE = _i(
    r"(?:^|[/.@])(?:gov\.(?:uk|scot|wales|ie)|nhs\.(?:uk|scot|wales|net)|parliament\.(?:uk|scot)|"
    r"police\.uk|ac\.uk|sch\.uk|senedd\.\w+|llyw\.cymru|europa\.eu|hscni\.net|nidirect\.gov\.uk|"
    r"wikipedia\.org|bbc\.(?:co\.uk|com)|theguardian\.com|telegraph\.co\.uk|independent\.co\.uk|"
    r"thetimes\.co\.uk|dailymail\.co\.uk|mirror\.co\.uk|itv\.com|sky\.com|channel4\.com|ft\.com|"
    r"reuters\.com|economist\.com|walesonline\.co\.uk|scotsman\.com|heraldscotland\.com|"
    r"belfasttelegraph\.co\.uk|irishtimes\.com|rte\.ie|nature\.com|thelancet\.com|bmj\.com|"
    r"arxiv\.org|doi\.org|google\.(?:com|co\.uk)|amazon\.co\.uk|moneysavingexpert\.com|"
    r"citizensadvice\.org\.uk|ageuk\.org\.uk|mind\.org\.uk|scope\.org\.uk|which\.co\.uk|"
    r"nationalrail\.co\.uk|openai\.com|microsoft\.com|[\w.-]+\.gov)(?=$|[/:?])|"
    r"council|ombudsman|healthwatch|federation|society|charity|association|institute"
)
_HANDLE_OFFICIAL = _i(
    r"(?<![a-z0-9])(?:gov|nhs|council|police|parliament|official|dwp|hmrc|dvla|ofcom|bbc)"
)
_URL = rf"(?:https?://)?(?:[\w-]{{1,40}}\.){{1,4}}(?:{TLD})\b(?:[/?#](?:{_PATH})?)?"
_SERVICES = (
    r"(?:insta(?:gram)?|twitter|tiktok|tik tok|snap(?:chat)?|discord|telegram|blue ?sky|bsky|"
    r"threads|mastodon|reddit|skype|xbox(?: live)?|psn|playstation|steam|twitch|youtube|"
    r"whats ?app|signal|kik|wechat|facebook|fb|linkedin|strava|tumblr|roblox|minecraft|nextdoor|"
    r"mumsnet|(?<=on )x|(?<=my )x)"
)


def _own(m: Match) -> Place | None:
    """A site that the writer calls theirs, unless a public body or a paper runs it."""
    site = re.sub(r"^https?://", "", m["x"])
    return None if _PUBLIC_SITE.search(site) or _WORD_ENDINGS.match(m["x"]) else m.span("x")


def _shared(m: Match) -> Place | None:
    """A page on a service where people put things; one of a public body stays."""
    first = re.split(r"[/?&=.]", m["rest"][1:])[0].lower()
    said = sentence_before(m.string, m.start()) + "|" + sentence_after(m.string, m.end())
    if _MEDIA.search(m["x"]) and not _ME.search(said):
        return None
    return None if _HANDLE_OFFICIAL.search(m["rest"]) or first in words.NO_HANDLE else m.span("x")


def _account(m: Match) -> Place | None:
    """A name on a service: joined words, figures, or any word that is no ordinary one."""
    name = m["x"].rstrip(".-_")
    odd = re.search(r"[0-9_.]|[a-z][A-Z]", name)
    told = re.search(
        r"(?:handle|name|user|id|tag|account|:|=|is|as)\W{0,2}$", m.string[: m.start("x")], re.I
    )
    if len(name) < 3 or _HANDLE_OFFICIAL.search(name) or re.fullmatch(r"[0-9.]+", name):
        return None
    if re.search(r"\.(?:com|uk|org|net)$", name, re.I) or (
        not odd and (is_ordinary(name) or not told)
    ):
        return None
    return m.start("x"), m.start("x") + len(name)


RULES: tuple[Rule, ...] = (
    Rule(
        "url",
        _i(
            rf"(?<![\w@./-])(?P<x>{_URL})(?=,\s(?:my|our|mine)\b|,?\s(?:is|was|for|has|shows?|"
            r"about|with|tells?)\s(?:\w+\s)?(?:my|mine|our|where i|how i|how we|what i(?! mean)|"
            r"what we(?! mean)|me)\b)"
        ),
        (" my", " mine", " our", " i ", " we ", " me"),
        gate=re.compile(r"\w\.[a-z]{2,10}\b"),
        check=_own,
    ),
    Rule(
        "url",
        _i(
            rf"(?<![\w@.-])(?P<x>(?:https?://)?(?:www\.|m\.|uk\.)?(?:{_HOSTS})"
            rf"(?P<rest>[/?](?:{_PATH})))"
        ),
        ("/",),
        gate=re.compile(r"\.\w{2,4}[/?]"),
        check=_shared,
    ),
    Rule(
        "url",
        _i(
            r"\b(?:my|our own|mine|i (?:\w{2,8} )?(?:blog(?:ged)?|write|wrote|run|keep|kept|"
            r"post(?:ed)?|made|make|"
            r"film(?:ed)?|record(?:ed)?|put|upload(?:ed)?|built|publish(?:ed)?|shared?|"
            r"document(?:ed)?|"
            r"sell|teach|own)|"
            r"find (?:me|us|my)|look (?:me|us) up|me (?:at|on|via)|contact (?:me|us)|about me|i am|"
            r"i'm|we (?:run|blog|write|made))\b"
            rf"[^!?\n]{{0,70}}?(?<![\w@./-])(?P<x>{_URL})(?![\w@])"
        ),
        ("my", "mine", "our ", " me", "i ", "i'm", "us ", "we "),
        gate=re.compile(r"\w\.[a-z]{2,10}\b"),
        check=_own,
    ),
    Rule(
        "handle",
        re.compile(
            rf"\b(?i:{_SERVICES})(?i:\s(?:user ?name|handle|account|name|user|id|tag|profile))?"
            r"(?i:\s(?:is|as|was|under)|\s?[:=]|\s-)?\s(?:(?i:called|just|me)\s)?@?"
            r"(?P<x>[A-Za-z][\w.-]{2,29})(?![\w@/]|\.\w)"
        ),
        (
            "insta",
            "twitter",
            "tik",
            "snap",
            "discord",
            "telegram",
            "sky",
            "threads",
            "mastodon",
            "reddit",
            "skype",
            "xbox",
            "psn",
            "playstation",
            "steam",
            "twitch",
            "youtube",
            "whats",
            "signal",
            "kik",
            "wechat",
            "facebook",
            "fb",
            "linkedin",
            "strava",
            "tumblr",
            "roblox",
            "minecraft",
            "nextdoor",
            "mumsnet",
            "on x ",
            "my x ",
        ),
        check=_account,
    ),
    Rule(
        "handle",
        re.compile(
            r"\b(?i:(?:my|his|her|our) (?:\w{2,12} )?(?:user ?name|handle|gamer ?tag|screen ?name|"
            r"account name|"
            r"login)|i (?:post|tweet|go|write|comment|blog|sign) (?:\w{2,6} )?(?:as|by|under)|"
            r"known online as|user ?name)"
            r"(?i:\s(?:is|was|on \w{2,12} is|"
            r"there is))?[:,]?\s@?(?P<x>[A-Za-z][\w.-]{2,29})(?![\w@/]|\.\w)"
        ),
        (
            "name",
            "handle",
            "tag",
            "login",
            "i post",
            "i tweet",
            "i go",
            "i write",
            "i comment",
            "online",
            "i blog",
            "i sign",
        ),
        check=_account,
    ),
    Rule(
        "handle",
        _i(r"(?<![\w/.])(?P<x>/?u/[a-z0-9][\w-]{2,24})(?![\w/])"),
        ("u/",),
    ),
    Rule("handle", _i(r"(?<![\w#&/])(?P<x>[a-z][\w.]{1,30}#[0-9]{4,5})(?!\w)"), ("#",)),
)
