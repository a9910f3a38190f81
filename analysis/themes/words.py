"""Word tables for phrases and names."""

from __future__ import annotations

from functools import cache

import stopwordsiso


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# may stand inside a name, never at its ends
INNER = _words("of for in to with on from between by and at into over against about")

# say nothing about a subject
STOP = _words("""
a able about above across after again against all almost alone along already also although always
am among an and another any anybody anyone anything anyway are aren't around as ask asked asking
at away be became because become been before began begin behind being believe below best better
between both bit brilliant but by call came can can't cannot case cases certain certainly come
comes coming could couldn't day days did didn't different do does doesn't doing don't done dont
down during each either else end enough especially etc even ever every everybody everyone
everything example far feel feeling few find first for form former forward found from further gave
general generally get gets getting give given gives giving go goes going gone got great group
guess had hadn't happen happens hardly has hasn't have haven't having he hence her here hers
herself him himself his hope how however i i'd i'll i'm i've idea ideas if important in indeed
instead into is isn't issue issues it it's its itself just keep keeping kind kinds knew know known
knows large last later latter least less let lets like likely little lot lots made main mainly
make makes making man many matter may maybe me mean means merely might mine more moreover most
mostly mr mrs much must my myself name namely near necessary need needed needs neither never
nevertheless new next no nobody none nor not nothing now number numbers of off often oh ok okay
old on once one ones only onto or order other others otherwise ought our ours ourselves out over
overall own part particular particularly people perhaps person persons place places please point
points possible possibly probably put quite rather re really reason reasons regarding right said
same saw say saying says see seem seems seen self sense several shall she should shouldn't show
side simply since small so some somebody someone something sometimes somewhat sort sorts still
stuff such sure take taken takes taking tell than thank thanks that that's thats the their theirs
them themselves then there there's therefore these they they're thing things think thinking this
those though thought thoughts through throughout thus time times to today together too took toward
towards tried truly try trying turn two type types under until up upon us use used uses using
usually various very via view views want wanted wants was wasn't way ways we well went were
weren't what whatever when whenever where whether which while who whole whom whose why will wish
with within without won't word works working worked answer answers clue comment comments opinion
opinions question questions response responses survey fact facts luck anymore gonna wanna alot im
ive whats tbh springs she'd he'd we'd they'd you'd it'd he'll she'll we've they've who's
everything's somebody's lady woman girl lad boy chap bloke wife husband mother father mum dad mam
sister brother daughter son morning evening night monday tuesday wednesday thursday friday
saturday sunday january february march april june july august september october november december
mins dr due http https www pdf doubt sentence middle ends cup tea itll shouldnt wouldnt couldnt
wont doesnt does'nt isnt arent havent theyre youre theres hes shes weve theyve id ill words
would wouldn't year years yes yet you you're your yours yourself yourselves
""")

# joins two words of a name, and what may stand inside one, in other languages than English
AND = {"de": "und", "fr": "et", "es": "y", "it": "e", "nl": "en", "pl": "i", "pt": "e", "cy": "a"}
LINKS = {
    "fr": _words("de du des d'"), "es": _words("de del"), "it": _words("di del della dei delle"),
    "pt": _words("de do da dos das"), "nl": _words("van"), "de": _words("für von der des"),
}  # fmt: skip


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words of a language (ISO 639-1) that name no subject; none if no list is known."""
    if language == "en":
        return STOP
    known = stopwordsiso.has_lang(language)
    return frozenset(stopwordsiso.stopwords(language)) if known else frozenset()


# say whether something is liked; a theme says what is talked about
STANCE = _words("""
abysmal afraid amazing angry anxious appalling atrocious awesome awful bad badly beautiful
beneficial best better biggest brilliant careful cautious concerned concern concerns concerning
crap dangerous delighted desperate despicable destroy detrimental dire disappointed disappointing
disaster disastrous disgrace disgraceful disgusting dreadful easy easier evil excellent
exceptional excited exciting fabulous fair fantastic favourite fear fears fearful fed fine foolish
frightened frightening glad good grateful great greatest greedy happy harmful hate helpful
hopeless horrible horrific idiotic ideal impressed impressive incredible insane interesting
invaluable kind lovely love loved lucky ludicrous mad marvellous mess mistake negative nasty nice
nonsense outstanding perfect phenomenal pleasant pleased poor positive positively proud rubbish
sad safe scared scary serious shameful shocking silly stupid super superb superior supportive
terrible terrified terrifying terrific thrilled tremendous ugly unacceptable unfair unhappy
unpleasant unfortunate upset useful useless valuable wonderful worse worst worried worries worry
worrying worthless worthwhile wrong pathetic ridiculous trust distrust advantage advantages
disadvantage disadvantages benefit benefits pros cons problem problems dumb stupidity dumber lazy
lazier smarter sociopaths idiots greed danger dangers threat risk-free odd negatives positives
hell nuts greater faster cheaper bigger huge big massive vast real true full whole key major main
significant total complete
friendly friendlier caring welcoming polite difficult robust wasteful bully bullies
satisfaction satisfied satisfactory satisfying
""")

# where the lexicon's most frequent class misleads
CLASSES: dict[str, str] = {
    "ai": "n",
    "online": "a",
    "human": "a",
    "humans": "n",
    "need": "x",
    "needs": "n",
    "use": "n",
    "used": "x",
    "using": "x",
    "being": "x",
    "having": "x",
    "going": "x",
    "making": "x",
    "getting": "x",
    "based": "x",
    "including": "x",
    "concerning": "x",
    "staff": "n",
    "nhs": "n",
    "data": "n",
    # spellings of the everyday that a lexicon takes for nouns
    **dict.fromkeys(
        ("tho", "thru", "cant", "wont", "coz", "cos", "cuz", "gonna", "wanna", "dunno"), "x"
    ),
}

# too general to end a name well
VAGUE = _words("""
fault trouble thankyou thank-you mind rest matter matters bit bits half quarter front focus folk
folks sigh joke loop ring counts
pounds bar share difference bell bot bots complaint complaints humans video videos email emails
prosses scenario crisis
ability abilities act amount approach capabilities capability care control decade degree excuse
field fields figure form hands hell increase influence intelligence item level lack line list move
option outcome outcomes picture power process processes purpose question role room sector step
steps system systems table tool tools topic user users version area areas aspect aspects change
changes community day effect effects example fact future group groups hand hour hours impact life
lives minute minutes month months part population reason resource side society solution solutions
something start term terms thing time times today way week weeks work world year years
""")

CAPITALS = {
    "ai": "AI", "nhs": "NHS", "gp": "GP", "gps": "GPs", "bc": "BC", "eu": "EU", "uk": "UK",
    "gdpr": "GDPR", "smes": "SMEs", "sme": "SME", "bsl": "BSL", "dwp": "DWP", "hmrc": "HMRC",
    "pip": "PIP", "ubi": "UBI",
    "usa": "USA", "us": "US", "dna": "DNA", "it": "IT", "english": "English",
    "welsh": "Welsh", "european": "European", "europe": "Europe", "british": "British",
    "canada": "Canada", "canadian": "Canadian", "canadians": "Canadians", "columbia": "Columbia",
    "indigenous": "Indigenous", "chatgpt": "ChatGPT", "internet": "internet", "r&d": "R&D",
    "foi": "FOI", "mri": "MRI", "ict": "ICT", "iot": "IoT", "stem": "STEM", "phd": "PhD",
}  # fmt: skip

# a word after one of these is a verb, if it can be
VERB_BEFORE = _words("to i we you they will can would should must could please just")
