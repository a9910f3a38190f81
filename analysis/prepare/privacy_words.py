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
    "Ffordd|House|Cottages?|Villas|Buildings|Lodge|Wynd|Brae|Croft|Quay|Wharf|Fold|Meadows?"
)
HOUSES = "Cottage|House|Farm|Barn|Lodge|Villa|Manor|Bungalow|Croft|Vicarage|Rectory|Mill|Hall"
NO_STREET = _set(
    "mile high supreme crown county magistrates family youth appeal appeals bus cycle car country "
    "national theme business science retail trailer holiday industrial job one two other same "
    "long third first second fast central open white green parliament opera acute council care "
    "nursing children childrens royal ward wards houses homes beds places people years hours "
    "minutes miles days weeks months percent of the a an in to on per and for single dual slip "
    "ring main side dead parking work right wrong long hard easy best better only motorway lords "
    "commons courts "
) - {"high", "green", "main", "ring", "royal", "white", "council", "central", "long"}

PROFILES = (
    r"(?:facebook|fb|instagram|twitter|x|tiktok|github|medium|pinterest|threads)\.com|"
    r"threads\.net|linkedin\.com/in|youtube\.com/(?:user|c|channel)|youtube\.com(?=/@)|"
    r"reddit\.com/u(?:ser)?|t\.me|snapchat\.com/add|bsky\.app/profile|mastodon\.social"
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
REFERENCES = (
    r"(?:case|claim|customer|patient|application|complaint|tenancy|booking|crime|my|his|her|"
    r"pension|policy|appeal|payroll|staff|student|account|appointment|incident|claimant|"
    r"taxpayer)\s(?:ref|reference|id)|(?:hospital|patient|crime|tenancy|policy|claim|membership|"
    r"customer|student|payroll|collar|prisoner)\s(?:number|no)|\butr"
)

KIN = (
    "brother in law|sister in law|son|daughter|husband|wife|partner|mum|mom|mother|"
    "dad|father|brother|sister|neighbour|"
    "friend|nan|nana|gran|grandma|grandad|granddad|grandmother|grandfather|grandson|"
    "granddaughter|nephew|niece|aunt|auntie|uncle|cousin|carer|colleague|boss|manager|"
    "social worker|support worker|caseworker|case worker|work coach|doctor|gp|consultant|"
    "landlord|landlady|baby|boy|girl|lad|twins?|fiance|fiancé|fiancée|mother in law|"
    "mother-in-law|father in law|father-in-law|stepson|stepdaughter|child|nurse|flatmate|"
    "boyfriend|girlfriend|mate|pal|kids|boys|girls|children|mam|tad"
)
PERSONS = (
    "man|woman|lady|gentleman|bloke|lad|girl|boy|nurse|chap|fella|person|lass|guy|officer|"
    "adviser|advisor|caseworker|clerk|carer|worker|doctor|teacher|somebody|someone|colleague|"
    "neighbour|friend|volunteer|receptionist|child|patient|client|resident|tenant|kid|manager|"
    "coach"
)
BODIES = _set(
    "association council group party union forum network committee board team intelligence "
    "institute foundation trust centre center hospital school surgery university college society "
    "ltd limited plc partnership hospice road street avenue lane house park actions prize day act "
    "report review inquiry award prize law "
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
    "george_cross victoria_cross charlie_chaplin alfred_korzybski gerald_holton "
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
    "practice "
    "british english scottish welsh irish northern european american canadian african asian "
    "caribbean indian pakistani bangladeshi chinese polish romanian french german spanish italian "
    "portuguese somali arab arabic black white mixed roma gypsy traveller jewish muslim christian "
    "catholic hindu sikh buddhist quaker atheist deaf deafblind blind disabled autistic "
    "neurodivergent dyslexic diabetic adhd bsl gay lesbian bisexual trans transgender queer lgbt "
    "male female non-binary nonbinary retired unemployed single married divorced widowed pregnant "
    "cornish kurdish ukrainian russian nigerian ghanaian turkish gaelic urdu punjabi bengali "
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
    "joe+public anonymous doctors nurses teachers people everyone all thing things system systems "
    "martens pepper darcy fix+it against pro anti open free live lives work works year+3 "
    "reception sixth foundation+stage sen send ehcp down down's downs ps pps so-and-so somebody "
    "gcse gcses level btec phd msc ba bsc cambridge oxford "
)

FORENAMES = _set(
    # a short list of forenames heard in the UK: enough to tell "I'm Dave" from "I'm Deaf"
    "aaron abdul abigail adam adele agnes ahmed aisha alan alasdair albert alec aled alex "
    "alexander alexandra alfie alfred ali alice alison alistair alun amanda amber amelia amina "
    "amir amy andrea andrew angela angharad angus anita ann anna anne annie anthony antonia anwen "
    "aoife archie arjun arlo arthur arwen asha ashley audrey ava ayesha barbara barry bashir "
    "beatrice becky ben benjamin bernadette bert beryl beth bethan bethany betty beverley bill "
    "billy blessing bob bogdan brandon brenda brian bridget bronwen bruce bryan bryn callum "
    "cameron carl carol caroline carolyn carys cath catherine catrin catriona ceri cerys "
    "chantelle charles charlie charlotte cheryl chidi chloe chris christina christine christopher "
    "ciara cieran claire clare clifford clive colin connor conor constance courtney craig cynthia "
    "dafydd daisy damian dan daniel danielle darius darren dave david davina dawn dean debbie "
    "deborah declan deepak delyth denise dennis derek desmond devinder diana diane dilys dominic "
    "donald donna doreen doris dorota dorothy doug douglas duncan dylan eamonn ebony edith edna "
    "edward edwina eifion eileen eilidh elaine eleanor eleri elin elizabeth ella ellen ellie "
    "elliot elliott elsie eluned emeka emily emma emyr enid eric erica esme esther ethan ethel "
    "euan eva evan evelyn evie ewan ezra farah fatima fergus ffion finlay fiona florence frances "
    "francis frank fraser fred freda frederick gail gareth gary gavin gaynor gemma geoff geoffrey "
    "george georgia georgina geraint gerald gethin ghulam gill gillian gladys glenn glenys gloria "
    "gordon graham greg gregor grzegorz gurpreet gwen gwenda gwilym gwyn gwyneth hamish hamza "
    "hannah harjit harold harpreet harriet harry harvey hassan hazel heather helen henry hettie "
    "hilary hodan howard hugh hussain huw hywel iain ian ibrahim ida iestyn ieuan ifan imran ines "
    "ioan iqbal irene irfan iris isaac isabel ishaan isla ivan ivana ivor jack jackie jacob "
    "jacqueline jagdeep jake james jamie jan jane janet janice jasmine jason jaswinder javed "
    "jayne jean jeff jeffrey jemima jennifer jenny jeremy jess jessica jill jim jo joan joanna "
    "joanne jodie joe joel joginder john jolene jon jonathan jordan joseph josh joshua joyce juan "
    "judith judy julia julian julie june kamal karen karl karolina katarzyna kate katherine "
    "kathleen kathryn kathy katie kay kayleigh keeley keith kelly kelvin ken kenneth kerry kevin "
    "khalid kieran kim kiran kirsty krystyna kulwinder kwame kyle lachlan lakshmi laura lauren "
    "lawrence layla leah leanne lee leila len lena leon leonard leroy leslie lewis liam lily "
    "linda lindsey lisa liz lloyd lola lorna lorraine louise lowri luca lucinda lucy luis luke "
    "lydia lynn lynne mabel madeleine maeve magda maggie mair mairead maisie malcolm malgorzata "
    "mandy manjit manuel marcin marcus margaret maria mariam marian marie marilyn marion marjorie "
    "marlene marta martha martin martyn mary matilda matt matthew maureen mavis max maya meera "
    "megan mehdi mehmet meinir melanie melissa mhairi mia michael michal michelle mike mildred "
    "millie mina miriam mohamed mohammad mohammed mohan moira mollie molly monica morag moses "
    "muhammad muhammed murdo muriel mustafa myfanwy nadeem nadia nancy naomi nasreen natalie "
    "natasha nathan nathaniel neil nerys nesta ngozi nia niall niamh nicholas nick nicola nicole "
    "nigel nikhil nina noah noel noor nora norma norman nuala olga olive oliver olivia oluwaseun "
    "olwen omar oonagh orla oscar owen padraig pam pamela parveen pat patricia patrick paul paula "
    "pauline pawel peggy penny perpetua pete peter petra phil philip phillip phoebe phyllis piotr "
    "pippa polly poppy priya rachel rafal rahul raj rajesh rajinder ralph ramesh ravi raymond "
    "rebecca reg reginald rhian rhiannon rhodri rhona rhys richard rita rob robert robin rodney "
    "roger rohan roisin roland ron ronald ronan rosa rosemary rosie ross rowena roxanne roy ruby "
    "rupert russell ruth ryan sadia sajid sally salma sam samantha samuel sandra sanjay sanjeev "
    "saoirse sara sarah satnam scott seamus sean selina shabana shane shanice shannon sharon "
    "shaun shazia sheikh sheila shirley shona sian simon sinead siobhan siân sonia sophie stan "
    "stanley stefan stella stephanie stephen steve steven stewart stuart sue sukhdev sunita "
    "suresh susan suzanne sybil sylvia tahir tamsin tanisha tanya tariq tegan terence teresa "
    "terry thelma theresa thomas tim timothy tina tobi toby tom tomasz tony tracey tracy trevor "
    "trisha tristan una usha valerie vanessa vera vicky victor vijay vincent violet vivien walter "
    "wasim wayne wendy wilf wilfred william winifred winston xin yasmeen yasmin yolanda yusra "
    "yusuf yvonne zahra zainab zara zoe zoltan "
)
# Parts of a respondent's name that are everyday words are masked only within the whole name.
EVERYDAY = _set(
    "will may mark grace hope faith joy rose bill frank grant young brown black white green king "
    "bishop long short small wood woods hill field ford lane street church house park day may "
    "june august april summer winter price rich best good hall mills banks baker cook smith read "
    "reed page case law wise drew rob sue pat art dean miles chase ray gene jack jean iris ivy "
    "lily daisy ruby penny sky dawn eve holly heather "
)
