"""Word lists of `privacy_rules`: what can and what cannot be part of a name or an address."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_name("privacy_words.toml").read_text("utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


POSTCODE_AREAS = _set("postcode_areas")
PUBLIC_POSTCODES = _set("public_postcodes")
CAPS = _set("caps")

STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Way|Court|Ct|Crescent|Cres|Terrace|Place|"
    "Gardens?|Grove|Hill|Park|Row|Square|Walk|Mews|View|Rise|Green|Parade|Broadway|Heol|Stryd|"
    "Ffordd|House|Cottages?|Villas|Buildings|Lodge|Wynd|Brae|Croft|Quay|Wharf|Fold|Meadows?|"
    "Lanes|Gate|End|Heights|Towers?|Point|Passage|Embankment|Esplanade|Promenade|Circus|"
    "Boulevard|Vale|Nook|Chase|Garth|Mount|Yard|Loan|Path|Estate|Bóthar|"
    "Approach|Bank|Brow|Copse|Corner|Cross|Causeway|Dell|Dene|Drove|Fields|Glade|Glebe|Glen|"
    "Hollow|Knoll|Lea|Leas|Mead|Orchard|Paddock|Pastures|Reach|Ridge|Spinney|Vennel|Gdns|Pl|Sq|"
    "Terr|Mansions|Maltings|Almshouses|Steps|Braes|Common|Mill|Side|Entry|Port|Haven|Close"
)
ROADS = (  # that are hardly anything but a street
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Cres|Terrace|Grove|Gardens|Mews|"
    "Court|Walk|Row|House|Towers?|Heights|Buildings|Wynd|Villas|Cottages|Boulevard|Square|Parade"
)
CELTIC = (
    "Heol|Stryd|Ffordd|Clos|Maes|Lôn|Lon|Rhes|Rhodfa|Tan|Pen|Bryn|Bro|Llys|Ty|Tŷ|Cwrt|Cae|Parc|Trem|"
    "Gerddi|Cilgant|Teras|Rhiw|Erw|Gelli|Dôl|Pant|Cnoc|Sráid|Bóthar|Páirc|Ard|Cúirt|Gleann|Cluain|"
    "Rue"
)
ONE_WORD_STREET = (  # "7 Ashgrove", "33 Queensway"
    r"[a-z'’]{2,12}(?:grove|way|gate|side|fields?|croft|lea|leigh|mead|meadows?|wood|woods|hurst|"
    r"bank|"
    r"dale|view|park|hill|mount|garth|fold|lands?|court|dene|ridge|brook|brae|lawns?|cliffe?|holme|"
    r"stead|worth|ley|leaze|combe|thorpe|royd|holt|well|mere|acre|acres|end|stones?|bridge)"
)
HOUSES = (
    "Cottage|House|Farm|Farmhouse|Forge|Stables|Gatehouse|Grange|Lodge|Chapel|Manse|"
    "Schoolhouse|Barn|Villa|Manor|Bungalow|Croft|Vicarage|Rectory|Mill|Hall"
)
NO_STREET = _set("no_street")
NOT_STREETS = _set("not_streets")
MEASURES = _set("measures")
STREET_OPENERS = _set("street_openers")
TOWNS_TOO = _set("towns_too")
TOWNS = frozenset(t.replace("_", " ") for t in _set("towns")) | TOWNS_TOO
NO_SCHOOL = _set("no_school")

PROFILES = (
    r"(?:facebook|fb|instagram|twitter|x|tiktok|github|medium|pinterest|threads)\.com|"
    r"threads\.net|linkedin\.com/in|youtube\.com/(?:user|c|channel)|youtube\.com(?=/@)|"
    r"linktr\.ee|patreon\.com|gofundme\.com/f|justgiving\.com/(?:fundraising|page|crowdfunding)|"
    r"nextdoor\.co\.uk/profile|flickr\.com/(?:people|photos)|wa\.me|vimeo\.com|twitch\.tv|"
    r"soundcloud\.com|spotify\.com/user|linkedin\.com/pub|nextdoor\.com/profile|"
    r"reddit\.com/u(?:ser)?|t\.me|snapchat\.com/add|bsky\.app/profile|mastodon\.social"
)
BLOGS = (
    r"wordpress\.(?:com|org)|blogspot\.(?:com|co\.uk|ie)|substack\.com|tumblr\.com|wixsite\.com|"
    r"weebly\.com|livejournal\.com|medium\.com|github\.io|carrd\.co|neocities\.org"
)
NO_HANDLE = _set("no_handle")
BEFORE_AT = _set("before_at")
# what a person's own number is of …
OWN = (
    r"case|claims?|claimant|customer|patient|applications?|applicant|planning(?: application)?|"
    r"complaints?|tenancy|tenant|rent|booking|crime|incident|police|court|tribunal|appeal|"
    r"my(?: \w{1,12})?|our|his|her|their|pension|policy|payroll|staff|student|pupil|employee|"
    r"membership|member|account|appointment|taxpayer|council tax|home office|visa|brp|permit|"
    r"blue badge|badge|hospital|clinic|prisoner|prison|collar|library card|universal credit|pip|"
    r"esa|dwp|hmrc|ucas|loan|mortgage|meter|housing(?: register)?|bidding|enforcement|probation|"
    r"medical|health|unit|service|referral|ticket|enquiry|query|repair|journal|self assessment"
)
PASSES = (  # what else has a number of one person's
    r"parcels?|packages?|tracking|consignment|parking(?: ticket)?|penalty(?: charge)?|pcn|"
    r"fine|oyster(?: card)?|bus pass|rail ?card|freedom pass|concession(?:ary)?(?: pass)?|"
    r"smart ?card|travel card|season ticket|attendance allowance|carer['’]?s allowance|"
    r"housing benefit|job ?seekers|disability living allowance|uc|jsa|dla|hb|tv licence|"
    r"gas|electric(?:ity)?|water|energy|mrn|pals|ombudsman|foi|sar|subject access|letter|"
    r"prescription|ehcp|ehc plan|referral|adoption|probate|land registry|title|ihs|visa|"
    r"immigration|asylum|bail|caution|warrant|summons|prosecution|pension credit|winter fuel|"
    r"scheme|voucher|donor|research|trial|study|participant|device|hearing aid|wheelchair|"
    r"pass|job|task|report|social worker|children['’]?s services|adult social care|"
    r"safeguarding|care plan|assessment|form|barcode|licence|certificate"
)
# … and what it is called
NUMBERS = r"ref(?:erence)?s?|numbers?|nos?|num|id|code|file|account|log"

KIN = (
    r"(?:grand|gran|god|step|foster)?[ -]?(?:son|daughter|child|children|dad|mum|mam|mother|"
    r"father|parents?)(?:[ -]in[ -]law)?|husband|hubby|wife|partner|mom|mammy|mummy|daddy|"
    r"(?:half[ -]|step[ -]?)?(?:brother|sister|sis|bro)(?:[ -]in[ -]law)?|neighbours?|friends?|"
    r"nans?|nanas?|nanny|gran|granny|grandma|grandpa|grandad|granddad|grandmother|grandfather|"
    r"nephews?|nieces?|aunts?|aunty|auntie|uncles?|cousins?|carer|colleague|boss|manager|landlord|"
    r"landlady|"
    r"baby|bab[ay]s|boys?|girls?|lads?|lass|lassie|twins?|kids?|fiance|fiancé|fiancée|flatmate|"
    r"housemate|boyfriend|girlfriend|mates?|pal|tad|little one|other half|better half|missus|"
    r"eldest|youngest|oldest|ex|widow|widower|sons|daughters|brothers|sisters|grandchildren|"
    r"grandkids|toddler|teenager|guardian|supervisor"
)
WELSH_KIN = (
    "mab|merch|gŵr|ngŵr|gwraig|ngwraig|mam|nhad|tad|chwaer|mrawd|brawd|nain|mam-gu|taid|tad-cu|"
    "ffrind|mhartner|partner|nghymydog|modryb|ewythr|nghefnder|nghyfnither|ŵyr|wyres|wyres"
)
ROLES = (
    "(?:social|support|care|key|case|youth|outreach|care|link|family|welfare) ?worker|work coach|"
    "job coach|doctor|gp|consultant|dentist|optician|solicitor|barrister|lawyer|teacher|tutor|"
    "head ?teacher|head ?master|head ?mistress|teaching assistant|principal|lecturer|nurse|"
    "midwife|health visitor|physio(?:therapist)?|therapist|counsellor|psychologist|psychiatrist|"
    "pharmacist|chemist|surgeon|specialist|registrar|paramedic|caretaker|warden|housing officer|"
    "probation officer|case ?officer|planning officer|benefits officer|officer(?: in charge)?|"
    "adviser|advisor|assessor|decision maker|team leader|line manager|receptionist|secretary|"
    "clerk|councillor|mp|msp|vicar|priest|minister|pastor|curate|accountant|advocate|interpreter|"
    "translator|childminder|home help|cleaner|tenant|lodger|client|patient|pupil|student|employee|"
    "chair(?:man|woman|person)?|treasurer|caseworker|organiser|coordinator|co-ordinator"
)
PERSONS = (
    "man|woman|lady|gentleman|bloke|lads?|girls?|boys?|nurse|chap|fella|persons?|lass|guy|"
    "officer|adviser|advisor|agent|handler|assistant|"
    "caseworker|clerk|carer|worker|doctor|teacher|somebody|someone|colleague|neighbour|friend|"
    "volunteer|receptionist|child|patient|client|resident|tenant|kid|manager|coach|mum|dad|"
    "daughter|son|one|staff|member"
)
BODIES = _set("bodies")
SURNAMES_TOO = _set("surnames_too")
PUBLIC_FIGURES = _set("public_figures")
NOT_NAMES = _set("not_names")
GIVEN_TOO = _set("given_too")
LOW_TOO = "bill|grace|joy|daisy|lily|ruby|ivy|holly|heather|hazel|iris|olive|poppy|violet|gene|jean"
PUBLIC_ALONE = _set("public_alone")
MONONYMS = _set("mononyms")
WORD_NAMES = _set("word_names")
EVERYDAY = _set("everyday")
