"""Word lists of `privacy_rules`: what can and what cannot be part of a name or an address."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


POSTCODE_AREAS = _set(
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN "
    "DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA "
    "LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG "
    "SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
    "ZZ "
)
PUBLIC_POSTCODES = _set("SW1A0AA SW1A0PW SW1A1AA SW1A2AA EH991SP CF991SN")
CAPS = _set(
    "AND THE FOR ARE BUT NOT YOU ALL CAN HAD HAS WAS ONE OUR OUT WHO GET NEW NOW MAY ACT TAX AI "
)

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
    "Gerddi|Cilgant|Teras|Rhiw|Erw|Gelli|Dôl|Pant|Cnoc|Sráid|Bóthar|Páirc|Ard|Cúirt|Gleann|Cluain"
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
NO_STREET = _set(
    "mile high supreme crown county magistrates family youth appeal appeals bus cycle car country "
    "national theme business science retail trailer holiday industrial job one two other same "
    "long third first second fast central open white green opera acute council care "
    "nursing children childrens royal ward wards houses homes beds places people years hours "
    "minutes miles days weeks months percent of the a an in to on per and for single dual slip "
    "ring main side dead parking work right wrong long hard easy best better only motorway lords "
    "commons courts "
) - {"high", "green", "main", "ring", "royal", "white", "council", "central", "long"}

NOT_STREETS = _set(  # between a number and "way", "place", "end" in small letters
    "i i'm im me my mine is was are were be been by but with without from at and or in on to the "
    "a an of for not no any his her their our your this that years year months weeks days hours "
    "minutes miles times people kids different other more per cent percent out so if when it they "
    "we you he she going long one two three four five six seven eight nine ten steps ways "
    "hundred thousand million old times only just hour minute mile minutes' "
)
MEASURES = _set(  # "20 mph road", "2 bed terrace"
    "mph kph km mile foot ft inch metre metres meter yard yards bed bedroom storey story star "
    "tonne ton tonnes hour hr hrs min mins yr yrs th nd pm am vehicle vehicles ish plus x cm mm"
)
STREET_OPENERS = _set(
    "the upper lower old new high low north south east west great little long top"
)
TOWNS_TOO = _set(  # forenames and everyday words that are towns as well
    "Bath Reading Sale Bury Battle Deal Rugby Street Wells March Preston Lincoln Chester Durham "
    "London Bristol Derry Lisburn Devon Kent Leeds Cardiff Swansea Newport Edinburgh Glasgow "
    "Aberdeen Dundee Belfast Liverpool Manchester Birmingham Sheffield Newcastle Nottingham "
    "Leicester Cambridge Oxford Cornwall Essex Yorkshire Lancashire Wales Scotland Ireland England "
    "Barry Selby Ashton Clare Kerry Florence Skye Iona Arran Lewis Perth Troon Ross Beverley "
    "Whitby Shirley Stanley Milton Kirkby Hope Eden Settle Hull Poole Diss Ware Wick Nelson Flint "
    "Douglas Nelson Kelso Castleford Mold Ely Rye Bala Holyhead Melrose Hexham York Stone Wem "
    "Leek Stroud Yarm Hove Hythe "
)

NO_SCHOOL = _set(
    "the a an our my his her their any every year british english state primary infant infants "
    "junior high secondary grammar comprehensive special catholic community national nursery "
    "school academy college prep middle first independent juniors local "
)

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
NO_HANDLE = _set(
    "home work all everyone here channel media property override import param return gmail "
    "hotmail posts groups pages watch share hashtag search intent status login events marketplace "
    "explore home help about "
)
BEFORE_AT = _set(
    "look looked looking found find available is are was online site website page see live lives "
    "click go goes hosted out me us it them form forms apply service services published start "
    "starts arrive arrived read more info information details and or up "
)
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
BODIES = _set(
    "association council group party union forum network committee board team intelligence "
    "institute foundation trust centre center hospital school surgery university college society "
    "ltd limited plc partnership hospice road street avenue lane house park actions prize day act "
    "report review inquiry award prize law rule commission foundation's station infirmary library "
    "stadium bridge arms bank airport square gardens museum gallery theatre memorial ambulance "
    "principles rules laws reviews reports tests standards guidelines reforms proposals "
    "clause test principle doctrine effect theorem medal bill judgment case fund appeal campaign "
    "protocol framework method scale index chatbot assistant app system pro max bot model "
    "castle cathedral abbey priory decision ruling supermarket shop stores primary academy "
    "nursery building tower court ward wing clinic estate "
    "county city town river island islands isle "
)

SURNAMES_TOO = _set(  # a body after "the …", a surname after a forename
    "lane house day bridge ward law bill case max green hill wood price hall mill field "
)

PUBLIC_FIGURES = _set(
    "alan_turing john_lewis george_orwell martin_luther stephen_hawking steven_hawking "
    "geoff_hinton geoffrey_hinton angus_reid marie_curie adam_smith alan_bates tony_blair "
    "gordon_brown david_cameron theresa_may boris_johnson rachel_reeves ed_davey nigel_farage "
    "donald_trump joe_biden bill_gates steve_jobs sam_altman mark_zuckerberg peter_thiel "
    "larry_ellison jeremy_hunt jeremy_corbyn angela_rayner wes_streeting peter_kyle liz_truss "
    "karl_marx isaac_newton isaac_asimov charles_darwin charles_dickens charles_babbage "
    "douglas_adams henry_ford robin_hood peter_pan harry_potter oscar_wilde oliver_twist "
    "thomas_hardy jane_austen james_bond mary_shelley stuart_russell tim_berners martin_lewis "
    "david_attenborough alfred_nobel john_smith john_doe jane_doe joe_bloggs joe_public "
    "fred_bloggs william_shakespeare florence_nightingale john_stuart max_headroom max_weber "
    "marie_sk "
    "marie_sklodowska robert_maxwell joan_bakewell frank_sinatra kate_bush elizabeth_fry "
    "margaret_thatcher john_major keir_starmer rishi_sunak winston_churchill clement_attlee "
    "harold_wilson aneurin_bevan nye_bevan elon_musk jeff_bezos vladimir_putin barack_obama "
    "bill_clinton hillary_clinton nelson_mandela ada_lovelace demis_hassabis william_beveridge "
    "robert_peel andy_burnham sadiq_khan andy_street ben_houchen steve_rotheram nicola_sturgeon "
    "john_swinney humza_yousaf mark_drakeford eluned_morgan vaughan_gething rhun_ap "
    "michelle_o'neill micheál_martin leo_varadkar simon_harris matt_hancock michael_gove "
    "priti_patel suella_braverman kemi_badenoch ed_miliband yvette_cooper david_lammy "
    "bridget_phillipson liz_kendall pat_mcfadden shabana_mahmood john_healey lisa_nandy "
    "sajid_javid jacob_rees-mogg dominic_cummings grant_shapps ed_balls george_osborne "
    "nick_clegg iain_duncan neil_kinnock michael_foot james_callaghan edward_heath enoch_powell "
    "rosa_parks greta_thunberg marcus_rashford tommy_robinson stephen_fry jamie_oliver "
    "jeremy_clarkson "
    "jimmy_savile harold_shipman lucy_letby sir_humphrey king_charles queen_elizabeth "
    "victoria_derbyshire martha_lane john_smiths morgan_stanley jo_cox david_amess "
    "father_christmas "
    "milton_keynes melton_mowbray morgan_sindall virginia_water father_ted big_brother uncle_sam "
    "aunt_sally john_bull jack_frost peter_rabbit mary_poppins "
    "mickey_mouse donald_duck noel_edmonds tom_cruise arnold_schwarzenegger albert_einstein "
    "leonard_cheshire george_cross victoria_cross charlie_chaplin alfred_korzybski gerald_holton "
)

NOT_NAMES = _set(
    # small words, and words that open a sentence
    "a an the and or but not nor so if in on at of for to from by with without as is are was were "
    "be been am i we you he she it they this that these those my our your his her its their me us "
    "them who what when where why how which there here then than very too also just really quite "
    "more most less no yes please thanks thank dear hello hi hey sorry regarding re because while "
    "after before since until about over under between although however don't dont can't cant "
    "won't wont i'm im i've ive i'd i'll it's have has had do does did will would could should "
    "may might must can let make get got never always every each all any some none both many few "
    "one two three four five six seven eight nine ten first second third another other such only "
    "even still already yet again now today tomorrow yesterday once ask ring call contact write "
    "email phone text tel mobile speak speaking signed sent told see read "
    # kinds of people
    "practice le meas yours truly sincerely faithfully disgusted nat ins appt appts tba tbc "
    "british english scottish welsh irish northern european american canadian african asian "
    "caribbean indian pakistani bangladeshi chinese polish romanian french german spanish italian "
    "portuguese somali arab arabic black white mixed roma gypsy traveller jewish muslim christian "
    "catholic hindu sikh buddhist quaker atheist deaf deafblind blind disabled autistic "
    "neurodivergent dyslexic diabetic adhd bsl gay lesbian bisexual trans transgender queer lgbt "
    "male female non-binary nonbinary retired unemployed single married divorced widowed pregnant "
    "scouse geordie cockney brummie mackem glaswegian bajan cornish kurdish ukrainian russian "
    "nigerian ghanaian turkish gaelic urdu punjabi bengali "
    "hebrew latin greek dutch swedish danish japanese korean australian "
    # offices and work
    "minister secretary state prime president chancellor speaker chair chairman chairwoman "
    "chairperson chief executive officer director head manager senior junior deputy vice "
    "assistant associate lead leader principal commissioner ombudsman inspector mayor governor "
    "judge justice clerk councillor mp msp ms mla mep lord lady sir dame king queen prince "
    "princess his her majesty professor doctor dr mr mrs miss prof cllr nurse midwife teacher "
    "headteacher engineer developer consultant analyst researcher lecturer student registrar "
    "surgeon gp pharmacist physiotherapist therapist psychologist solicitor barrister lawyer "
    "accountant architect planner librarian carer caregiver parent mother father mum dad "
    "grandmother grandfather gran nan citizen resident voter taxpayer patient user customer "
    "client member volunteer trustee founder owner operator driver pensioner worker social "
    "support care service services public civil servant staff team general registered chartered "
    "certified qualified independent professional full-time part-time self-employed freelance ceo "
    "cto cfo cio coo hr it ux pa sro "
    # bodies and products
    "nhs dwp hmrc dvla dhsc ofsted ofcom gov gov.uk council borough county city town parish "
    "district university college school academy primary trust hospital surgery clinic centre "
    "center ltd limited plc llp inc gmbh society association union unions institute institution "
    "foundation group company charity department ministry office government parliament senedd "
    "commission committee board authority agency police army navy force court tribunal bank party "
    "labour conservative conservatives tory tories liberal lib dem democrat democrats snp plaid "
    "cymru reform ukip brexit citizens advice age mind scope samaritans jobcentre job plus "
    "universal credit pip esa jsa carer's allowance attendance personal independence payment "
    "national insurance act bill law regulation directive article section annex chapter schedule "
    "gdpr ico ai ml llm chatgpt gpt copilot gemini claude siri alexa google microsoft apple "
    "amazon facebook meta openai twitter whatsapp tiktok youtube instagram zoom teams excel word "
    "windows outlook internet web app online website form horizon post mail bbc itv sky channel "
    "radio times guardian telegraph "
    # places
    "uk u.k eu usa us england scotland wales ireland britain great united kingdom london north "
    "south east west midlands northern southern eastern western yorkshire lancashire cornwall "
    "devon kent essex sussex europe america canada africa asia australia india pakistan china "
    "france germany spain italy poland birmingham manchester liverpool leeds sheffield bristol "
    "newcastle nottingham leicester cardiff swansea newport edinburgh glasgow aberdeen dundee "
    "belfast derry brussels paris berlin vancouver victoria columbia b.c bc street road avenue "
    "lane close drive house flat world universe land home "
    # time
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december christmas easter covid year years day week "
    "month "
    # adjectives and the people who are not there
    "angry sad happy worried concerned sure unsure old young new good bad big small local digital "
    "human artificial intelligence machine computer robot data question questions answer average "
    "big who bean robot men nobody everyone everybody anyone someone bloggs bates everyman "
    "joe+public spartacus anonymous doctors nurses teachers people everyone all thing things "
    "system systems "
    "martens pepper darcy fix+it against pro anti open free live lives work works year+3 "
    "reception sixth foundation+stage sen send ehcp down down's downs ps pps so-and-so somebody "
    "id gcse gcses level btec phd msc ba bsc cambridge oxford "
)

# Everyday words that are forenames if a surname follows, and those that a "my son …" before
# them makes one even in small letters.
GIVEN_TOO = _set(
    "joy hope grace faith mark rose frank bill drew rob sue pat dean ray gene iris ivy lily daisy "
    "ruby penny dawn eve holly heather hazel jay kit olive pearl poppy violet amber jasmine "
    "prudence felicity verity honor ginger lance guy glen basil clement ernest constance "
)
LOW_TOO = "bill|grace|joy|daisy|lily|ruby|ivy|holly|heather|hazel|iris|olive|poppy|violet|gene|jean"
PUBLIC_ALONE = _set("cameron blair boris keir rishi elon nigel farage beveridge ada")
MONONYMS = _set(  # said alone, nearly always somebody known to all
    "cameron blair ada boris keir rishi nigel elon shakespeare ozempic adam eve peter paul david "
    "goliath jekyll "
    "napoleon socrates plato aristotle moses noah job simon columbus einstein "
)

# Forenames that are also words, places or products: no reason by themselves to see a name.
WORD_NAMES = _set(
    "will may mark grace hope faith joy rose bill frank grant april june august summer drew rob "
    "sue pat art dean miles chase ray gene iris ivy lily daisy ruby penny sky dawn eve holly "
    "heather basil dot gift ginger glen guy hazel honor honour jasmine jay kit lance mercy olive "
    "patsy pearl pip poppy precious prince princess robin said sandy storm violet willow trinity "
    "amber angelica blessing cliff coral crystal ebony felicity flora harmony homer "
    "lacey marina max melody myrtle prudence ram saul sherry sienna verity victor wren tam tan "
    "florence victoria lincoln preston chelsea paris sydney georgia india jordan israel carolina "
    "virginia alexa siri claude gemini cortana merlin nelson windsor douglas barry clare kerry "
    "iona skye ross stanley wesley brooklyn madison milan roma sofia charlotte phoenix warren "
    "austin murray morgan dallas kelvin bari maria earl shea arran ashton barnaby eden tyne "
    "norman beverley shirley tyrone shannon devon lourdes nancy lorraine whitney orlando asia "
    "chester "
    "troy rowan prem asa "
    "selwyn santiago jesus moses "
    "horace mo les wei li jo roman ali min in an to so see man sal regan mei gus bo tia nan roy "
    "augusta bailey carlton chad dick dom euros fern "
    "haf harley harris harrison hong hudson indira jenner jock "
    "laurel ling lulu mali mason mercedes mort non "
    "pandora pansy parker patience peg piers quinn raja remi sakura shan stella tad "
    "zion "
)
# Parts of a respondent's name that are everyday words are masked only within the whole name.
EVERYDAY = _set(
    "will may mark grace hope faith joy rose bill frank grant young brown black white green king "
    "bishop long short small wood woods hill field ford lane street church house park day may "
    "june august april summer winter price rich best good hall mills banks baker cook smith read "
    "reed page case law wise drew rob sue pat art dean miles chase ray gene jack jean iris ivy "
    "lily daisy ruby penny sky dawn eve holly heather "
)
